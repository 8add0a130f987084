import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { type RealServer, realServer } from "../attacks/real-server.js";

let server: RealServer;
beforeAll(async () => {
  server = await realServer();
});
afterAll(() => server?.close());

const create = `mutation Create($input: CreateCustomerInput!) {
  createCustomer(input: $input) { customer {
    id code name mobile businessNeeds idNumber birthYear healthNotes creditLimit taxId
    bankAccounts { bankName accountNumber }
  } }
}`;
const brief =
  "mutation Create($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { code } } }";

const known = { partyType: "PERSON", name: "欧阳明珠", mobile: "13800138000" };
const secrets = {
  idType: "RESIDENT_ID",
  idNumber: "11010519491231002X",
  healthNotes: "allergic to pollen",
  creditLimit: "1250.50",
  taxId: "91330106MA2BX4QK7T",
  bankAccounts: [{ holderName: "欧阳明珠", bankName: "中国银行杭州分行", accountNumber: "6217000012345678" }],
};

/** Everything that a refused mutation must leave as it is. */
async function counts() {
  const { db } = server.database;
  return { customers: await db.customer.count(), accounts: await db.bankAccount.count() };
}

async function refusedWithoutTrace(asked: Promise<{ codes: readonly string[] }>, code: string) {
  const before = await counts();
  expect((await asked).codes).toEqual([code]);
  expect(await counts()).toEqual(before);
}

describe("who may enter a customer", () => {
  const outcomes: Readonly<Record<string, string | null>> = {
    sam: null,
    sue: null,
    cara: null,
    carl: null,
    mona: null,
    sven: null,
    spec: null,
    dora: null,
    pat: "TIER_TOO_LOW",
    pia: "TIER_TOO_LOW",
    tess: "TIER_TOO_LOW",
    neo: "DEVICE_UNREGISTERED",
    adam: "TIER_TOO_LOW",
    ada: "TIER_TOO_LOW",
    tim: "TIER_TOO_LOW",
    clerk: "TIER_TOO_LOW",
    fin: "TIER_TOO_LOW",
    gina: "TIER_TOO_LOW",
    ian: "TIER_TOO_LOW",
    vic: "NDA_REQUIRED",
    bo: "TIER_TOO_LOW",
    cory: "TIER_TOO_LOW",
    qin: "TIER_TOO_LOW",
    cu1: "FIELD_WITHHELD",
    rep: "TIER_TOO_LOW",
    nina: "FIELD_WITHHELD",
    vera: "FIELD_WITHHELD",
    tara: "DEVICE_UNREGISTERED",
    audrey: "DEVICE_UNREGISTERED",
  };

  test.each(demoAccounts.map(({ staffNo }) => staffNo))("%s", async (account) => {
    const before = await counts();
    const reply = await server.ask(account, brief, { input: { ...known, code: `BY-${account}` } });
    const expected = outcomes[account];
    if (expected) {
      expect(reply).toMatchObject({ status: 403, codes: [expected] });
      expect(await counts()).toEqual(before);
    } else {
      expect(reply.data).toEqual({ createCustomer: { customer: { code: `BY-${account}` } } });
      expect(await counts()).toEqual({ ...before, customers: before.customers + 1 });
    }
  });

  test("nobody who has not signed in", () =>
    refusedWithoutTrace(server.ask(null, brief, { input: known }), "UNAUTHENTICATED"));

  test.each<[string, string, { device?: string | null; purpose?: string }]>([
    ["from no device", "DEVICE_UNREGISTERED", { device: null }],
    ["from a colleague's device", "DEVICE_NOT_YOURS", { device: "D3" }],
    ["from a device that nobody was issued", "DEVICE_UNREGISTERED", { device: "D5" }],
    ["for a purpose that is not on the grant", "PURPOSE_REQUIRED", { purpose: "CUSTOMER_SERVICE" }],
  ])("not sam %s", (_, code, asking) =>
    refusedWithoutTrace(server.ask("sam", brief, { input: known }, asking), code),
  );
});

describe("what is entered and what is read back", () => {
  test("sam enters FINANCIAL and PRIVATE, which are stored and not shown to him", async () => {
    const reply = await server.ask("sam", create, { input: { ...known, ...secrets, code: "W-SAM" } });
    expect(reply.errors).toBeUndefined();
    expect(reply.data.createCustomer.customer).toMatchObject({
      code: "W-SAM",
      name: "欧阳明珠",
      mobile: "+8613800138000",
      idNumber: null,
      birthYear: null,
      healthNotes: null,
      creditLimit: null,
      taxId: null,
      bankAccounts: null,
    });
    const reasons = new Map(
      reply.extensions!.access!.fields.map(({ field, outcome, reason, rows }) => [
        field,
        { outcome, reason, rows },
      ]),
    );
    const withheld = ["idNumber", "birthYear", "healthNotes", "creditLimit", "taxId", "bankAccounts"];
    for (const name of withheld)
      expect(reasons.get(`Customer.${name}`)).toEqual({
        outcome: "WITHHELD",
        reason: expect.any(String),
        rows: 1,
      });
    for (const secret of ["11010519491231002", "pollen", "1250", "91330106", "62170000", "1949"])
      expect(reply.text).not.toContain(secret);
    const stored = await server.database.db.customer.findUniqueOrThrow({
      where: { code: "W-SAM" },
      include: { bankAccounts: true },
    });
    expect(stored).toMatchObject({
      idNumber: "11010519491231002X",
      sex: "F",
      dateOfBirth: new Date("1949-12-31"),
      healthNotes: "allergic to pollen",
      taxId: "91330106MA2BX4QK7T",
      bankAccounts: [{ accountNumber: "6217000012345678" }],
      secrecy: "ORDINARY",
      status: "ACTIVE",
      verification: "UNVERIFIED",
    });
    expect(String(stored.creditLimit)).toBe("1250.5");
  });

  test("what sam entered cara reads masked, as she does what she entered herself", async () => {
    const selection = "idNumber birthYear creditLimit healthNotes bankAccounts { bankName accountNumber }";
    const masked = {
      idNumber: "110*002X",
      birthYear: 1949,
      creditLimit: null,
      healthNotes: null,
      bankAccounts: [{ bankName: null, accountNumber: "****5678" }],
    };
    const found = await server.ask(
      "cara",
      `{ customers(where: { code: { eq: "W-SAM" } }) { nodes { ${selection} } } }`,
    );
    expect(found.data.customers.nodes).toEqual([masked]);
    const own = await server.ask(
      "cara",
      `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { ${selection} } } }`,
      { input: { ...known, ...secrets, code: "W-CARA" } },
    );
    expect(own.data.createCustomer.customer).toEqual(masked);
  });

  test("the customer is sam's where he made it, and another seller does not see it", async () => {
    const query = '{ customers(where: { code: { eq: "W-SAM" } }) { totalCount } }';
    expect((await server.ask("sam", query)).data.customers.totalCount).toBe(1);
    expect((await server.ask("sue", query)).data.customers.totalCount).toBe(0);
  });
});

describe("what cannot be stored", () => {
  const cases: { name: string; input: object; code: string; inputPath: string }[] = [
    { name: "no name", input: { name: null }, code: "KEY_INFO_MISSING", inputPath: "input.name" },
    {
      name: "a name of spaces",
      input: { name: " \u3000 " },
      code: "KEY_INFO_MISSING",
      inputPath: "input.name",
    },
    {
      name: "no kind of party",
      input: { partyType: null },
      code: "KEY_INFO_MISSING",
      inputPath: "input.partyType",
    },
    {
      name: "no way to reach them",
      input: { mobile: null },
      code: "KEY_INFO_MISSING",
      inputPath: "input.mobile",
    },
    {
      name: "a document of no kind",
      input: { idNumber: "11010519491231002X" },
      code: "KEY_INFO_MISSING",
      inputPath: "input.idType",
    },
    {
      name: "a kind of document without a number",
      input: { idType: "PASSPORT" },
      code: "KEY_INFO_MISSING",
      inputPath: "input.idNumber",
    },
    {
      name: "a wrong check digit",
      input: { idType: "RESIDENT_ID", idNumber: "110105194912310021" },
      code: "ID_NUMBER_INVALID",
      inputPath: "input.idNumber",
    },
    {
      name: "a resident not yet born",
      input: { idType: "RESIDENT_ID", idNumber: "110105209912310023" },
      code: "ID_NUMBER_INVALID",
      inputPath: "input.idNumber",
    },
    {
      name: "another birth date",
      input: { idType: "RESIDENT_ID", idNumber: "11010519491231002X", dateOfBirth: "1949-12-30" },
      code: "ID_MISMATCH",
      inputPath: "input.dateOfBirth",
    },
    {
      name: "another sex",
      input: { idType: "RESIDENT_ID", idNumber: "11010519491231002X", sex: "M" },
      code: "ID_MISMATCH",
      inputPath: "input.sex",
    },
    {
      name: "a phone number that is none",
      input: { mobile: "123" },
      code: "FORM_INCOMPLETE",
      inputPath: "input.mobile",
    },
    {
      name: "an e-mail that is none",
      input: { email: "nobody" },
      code: "FORM_INCOMPLETE",
      inputPath: "input.email",
    },
    {
      name: "a role of special customers for a general one",
      input: { kind: "GENERAL", specialRole: "BANK" },
      code: "FORM_INCOMPLETE",
      inputPath: "input.specialRole",
    },
    {
      name: "an account number that is none, in the second account",
      input: {
        bankAccounts: [secrets.bankAccounts[0], { holderName: "x", bankName: "y", accountNumber: "?" }],
      },
      code: "FORM_INCOMPLETE",
      inputPath: "input.bankAccounts.1.accountNumber",
    },
    {
      name: "an account without a holder",
      input: { bankAccounts: [{ holderName: " ", bankName: "y", accountNumber: "6217000012345678" }] },
      code: "KEY_INFO_MISSING",
      inputPath: "input.bankAccounts.0.holderName",
    },
    { name: "a code that is taken", input: { code: "C1" }, code: "DUPLICATE", inputPath: "input.code" },
    {
      name: "a department that is not one's own",
      input: { department: "PRODUCTION" },
      code: "NOT_YOUR_ROLE",
      inputPath: "input.department",
    },
  ];

  test.each(cases)("$name", async ({ input, code, inputPath }) => {
    const before = await counts();
    const reply = await server.ask("sam", create, { input: { ...known, ...input } });
    expect(reply.data).toEqual({ createCustomer: null });
    expect(reply.errors).toMatchObject([{ path: ["createCustomer"], extensions: { code, inputPath } }]);
    expect(await counts()).toEqual(before);
    expect(reply.text).not.toContain("110105");
  });

  test("a colleague's phone, whoever asks, without saying whose", async () => {
    const { phone, name } = await server.database.db.employee.findUniqueOrThrow({
      where: { staffNo: "pat" },
    });
    for (const account of ["sam", "cara", "dora"]) {
      const reply = await server.ask(account, create, { input: { ...known, mobile: phone } });
      expect(reply.errors).toMatchObject([
        { extensions: { code: "STAFF_CONTACT", inputPath: "input.mobile" } },
      ]);
      expect(reply.text).not.toContain(phone);
      expect(reply.text).not.toContain(name);
    }
  });

  test("all problems are told at once", async () => {
    const reply = await server.ask("sam", create, {
      input: { ...known, name: null, email: "x", mobile: "1" },
    });
    expect(reply.errors![0]!.extensions!.problems).toMatchObject([
      { inputPath: "input.mobile", code: "FORM_INCOMPLETE" },
      { inputPath: "input.email", code: "FORM_INCOMPLETE" },
      { inputPath: "input.name", code: "KEY_INFO_MISSING" },
    ]);
  });
});

describe("a field of an input is decided before anything runs", () => {
  /** As sam, without FINANCIAL on his grant. */
  beforeAll(async () => {
    await server.database.db.grantClass.deleteMany({
      where: { fieldClass: "FINANCIAL", grant: { grantee: { staffNo: "sam" } } },
    });
  });

  const literal = 'partyType: PERSON, name: "Ann", mobile: "13800138000"';
  const account = '{ holderName: "Ann", bankName: "Bank", accountNumber: "621700001234" }';
  test.each<{ way: string; query: string; variables?: object; inputPath: string }>([
    {
      way: "in the document",
      query: `mutation { createCustomer(input: { ${literal}, taxId: "1" }) { customer { id } } }`,
      inputPath: "input.taxId",
    },
    {
      way: "by a variable for the whole input",
      query: brief,
      variables: { input: { ...known, taxId: "1" } },
      inputPath: "input.taxId",
    },
    {
      way: "by a variable for the field",
      query: `mutation ($x: String) { createCustomer(input: { ${literal}, taxId: $x }) { customer { id } } }`,
      variables: { x: "1" },
      inputPath: "input.taxId",
    },
    {
      way: "by the default of a variable",
      query: `mutation ($x: Decimal = "5") { createCustomer(input: { ${literal}, creditLimit: $x }) { customer { id } } }`,
      inputPath: "input.creditLimit",
    },
    {
      way: "by the default of the whole input",
      query: `mutation ($i: CreateCustomerInput! = { ${literal}, paymentTermDays: 3 }) { createCustomer(input: $i) { customer { id } } }`,
      inputPath: "input.paymentTermDays",
    },
    {
      way: "in a nested list",
      query: brief,
      variables: {
        input: {
          ...known,
          bankAccounts: [{ holderName: "a", bankName: "b", accountNumber: "621700001234" }],
        },
      },
      inputPath: "input.bankAccounts.0.holderName",
    },
    {
      way: "in one object where a list is expected",
      query: `mutation { createCustomer(input: { ${literal}, bankAccounts: ${account} }) { customer { id } } }`,
      inputPath: "input.bankAccounts.0.holderName",
    },
    {
      way: "as null",
      query: brief,
      variables: { input: { ...known, taxId: null } },
      inputPath: "input.taxId",
    },
    {
      way: "under an alias",
      query: `mutation { customer: createCustomer(input: { ${literal}, taxId: "1" }) { x: customer { id } } }`,
      inputPath: "input.taxId",
    },
    {
      way: "in a fragment",
      query: `mutation { ...f } fragment f on Mutation { createCustomer(input: { ${literal}, taxId: "1" }) { customer { id } } }`,
      inputPath: "input.taxId",
    },
    {
      way: "in the second of two mutations, and the first does not run either",
      query: `mutation { createCustomer(input: { ${literal} }) { customer { id } } second: createCustomer(input: { ${literal}, taxId: "1" }) { customer { id } } }`,
      inputPath: "input.taxId",
    },
  ])("$way", async ({ query, variables, inputPath }) => {
    const before = await counts();
    const reply = await server.ask("sam", query, variables);
    expect(reply.data ?? null).toBeNull();
    expect(reply.errors).toMatchObject([{ extensions: { code: "FIELD_WITHHELD", inputPath } }]);
    expect(await counts()).toEqual(before);
  });

  test("a value of an enum, where the class is not on the grant", async () => {
    await server.database.db.grantClass.deleteMany({
      where: { fieldClass: "PRIVATE", grant: { grantee: { staffNo: "sue" } } },
    });
    const before = await counts();
    const query = `mutation { createCustomer(input: { ${literal}, sex: F }) { customer { id } } }`;
    expect((await server.ask("sue", query)).errors).toMatchObject([
      { extensions: { code: "FIELD_WITHHELD", inputPath: "input.sex" } },
    ]);
    expect(await counts()).toEqual(before);
  });

  test("what is skipped is not asked for", async () => {
    const query = `mutation ($no: Boolean!) { createCustomer(input: { ${literal}, taxId: "1" }) @skip(if: $no) { customer { id } } __typename }`;
    expect((await server.ask("sam", query, { no: true })).data).toEqual({ __typename: "Mutation" });
    expect((await server.ask("sam", query, { no: false })).codes).toEqual(["FIELD_WITHHELD"]);
  });
});

describe("mass assignment", () => {
  test.each(
    Object.entries({
      id: "cus_mine",
      ownerId: "emp_sam",
      ownerEmployee: "sam",
      departmentCode: "SALES",
      secrecy: "TOP_SECRET",
      keeperId: "emp_sam",
      status: "DESTROYED",
      verification: "VERIFIED",
      verifiedAt: "2026-01-01T00:00:00Z",
      version: 9,
      retentionUntil: "2000-01-01",
      collectedById: "emp_sue",
      lastUpdatedAt: "2026-01-01T00:00:00Z",
      storageClass: "PAPER",
      orders: { create: [{ orderNo: "X" }] },
      constructor: { prototype: { ownerId: "emp_sam" } },
    }),
  )("%s is no field of the input", async (name, value) => {
    await refusedWithoutTrace(
      server.ask("cara", brief, { input: { ...known, [name]: value } }),
      "BAD_USER_INPUT",
    );
  });

  test("nor is what a bank account is checked for", () =>
    refusedWithoutTrace(
      server.ask("cara", brief, {
        input: { ...known, bankAccounts: [{ ...secrets.bankAccounts[0], controlledByStaff: false }] },
      }),
      "BAD_USER_INPUT",
    ));
});

describe("in strict mode a mutation whose answer would not be clear does not run", () => {
  const strict = { headers: { "access-mode": "strict" } };
  test.each([
    ["a field that sam may enter and not read", "cara", "{ customer { code idNumber } }"],
    ["a field under an alias", "cara", "{ customer { code: creditLimit } }"],
    ["a field of a row below", "cara", "{ customer { bankAccounts { accountNumber } } }"],
    ["a withheld field", "sue", "{ customer { taxId } }"],
  ])("%s", async (_, account, selection) => {
    const query = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) ${selection} }`;
    await refusedWithoutTrace(server.ask(account, query, { input: known }, strict), "FIELD_WITHHELD");
  });

  test("and one whose answer is clear does", async () => {
    const before = await counts();
    const query =
      "mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { code name } } }";
    const reply = await server.ask("sam", query, { input: { ...known, code: "STRICT" } }, strict);
    expect(reply.data).toEqual({ createCustomer: { customer: { code: "STRICT", name: known.name } } });
    expect(await counts()).toEqual({ ...before, customers: before.customers + 1 });
  });
});
