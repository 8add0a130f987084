import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RealServer, realServer } from "../attacks/real-server.js";
import { formerCustomer } from "./former-customer.js";

// S000-4.3b, S004-P5-25, rulebook 6-23: after a destruction no value of the customer can be read, in no table, history
// or log; what is left is a tombstone, and the ids that lead to it.

let server: RealServer;
let client: pg.Client;
beforeAll(async () => {
  server = await realServer();
  client = new pg.Client({ connectionString: server.database.url });
  await client.connect();
  // Columns that somebody adds later are not known to any list of what goes.
  await sql(`ALTER TABLE "Customer" ADD "later" text, ADD "laterNumber" numeric NOT NULL DEFAULT 0`);
  await sql(`ALTER TABLE "Order" ADD "later" text`);
  await sql(`ALTER TABLE "CorrectionRequest" ADD "later" text`);
  await sql(
    `ALTER TABLE "SensitiveUse" ADD "later" text NOT NULL DEFAULT 'nothing', ADD "laterList" text[], ADD "laterJson" jsonb`,
  );
  await sql(`ALTER TABLE "GroupVote" ADD "later" text`);
});
afterAll(async () => {
  await client?.end();
  await server?.close();
});

const sql = async (statement: string, values: unknown[] = []) => (await client.query(statement, values)).rows;

/** One row out of what it is to hold. */
const insert = (table: string, row: object) =>
  sql(
    `INSERT INTO "${table}" (${Object.keys(row).map((name) => `"${name}"`)}) VALUES (${Object.keys(row).map((_, at) => `$${at + 1}`)})`,
    Object.values(row),
  );

const employeeId = async (staffNo: string) =>
  (await server.database.db.employee.findUniqueOrThrow({ where: { staffNo } })).id;

const propose = (account: string, input: object) =>
  server.ask(
    account,
    "mutation ($input: ProposeDisposalInput!) { proposeDisposal(input: $input) { disposal { id } } }",
    {
      input: { method: "SHRED", reason: "The period is over.", ...input },
    },
  );

async function approved(customerIds: string[], reason = "The period is over."): Promise<string> {
  const { data, codes } = await propose("spec", { customerIds, reason });
  expect(codes).toEqual([]);
  const { id } = data.proposeDisposal.disposal as { id: string };
  const step = (account: string, name: string) =>
    server.ask(account, `mutation { ${name}Disposal(input: { id: "${id}" }) { disposal { state } } }`);
  expect((await step("cara", "witness")).codes).toEqual([]);
  expect((await step("sven", "approve")).codes).toEqual([]);
  return id;
}

const destroy = (id: string) =>
  server.ask(
    "cara",
    `mutation { destroyDisposal(input: { id: "${id}" }) { disposal { state reason note destroyedBy { staffNo } customers { code status name version } } } }`,
  );

let count = 0;

/** A customer with a value in every column and of every kind, in their own rows and in what others wrote of them. */
async function richCustomer(): Promise<{ id: string; code: string }> {
  count += 1;
  const { db } = server.database;
  const mark = `zq${count}v`;
  const id = await formerCustomer(db, {
    name: `${mark} name 秘密姓名`,
    kind: "SPECIAL",
    specialRole: "LAWYER",
    region: `${mark} region`,
    address: `${mark} address`,
    landline: `+86571876${55_500 + count}`,
    mobile: `+8613812345${670 + count}`,
    email: `${mark}mail@example.com`,
    sex: "F",
    dateOfBirth: new Date(`1931-01-${10 + count}`),
    idType: "PASSPORT",
    idNumber: `${mark}passport`,
    healthNotes: `${mark} health`,
    personalNotes: `${mark} personal`,
    taxId: `${mark}tax`,
    creditLimit: `734512.${10 + count}`,
    balance: `-834512.${10 + count}`,
    paymentTermDays: 27_106_510 + count,
    businessNeeds: `${mark} needs`,
    preferences: `${mark} preferences`,
    source: `${mark} source`,
    rating: `${mark} rating`,
    collectionPurpose: `${mark} purpose`,
    collectionChannel: `${mark} channel`,
    collectedAt: new Date(`2001-02-${10 + count}T03:04:05Z`),
    firstContactAt: new Date(`2001-01-${10 + count}T03:04:05Z`),
    verification: "VERIFIED",
    verifiedAt: new Date(`2002-02-${10 + count}T03:04:05Z`),
    verifiedVia: `${mark} via`,
    retentionUntil: new Date(`2011-02-${10 + count}`),
    ownerId: await employeeId("sam"),
    collectedById: await employeeId("sam"),
  });
  const { code } = await db.customer.findUniqueOrThrow({ where: { id } });
  await sql(`UPDATE "Customer" SET "later" = $2, "laterNumber" = $3 WHERE "id" = $1`, [
    id,
    `${mark} later`,
    91_000_000 + count,
  ]);
  const at = `2009-03-${10 + count}T03:04:05Z`;
  await insert("BankAccount", {
    id: `acc_${id}`,
    customerId: id,
    holderName: `${mark} holder`,
    bankName: `${mark} bank`,
    accountNumber: `${mark}account`,
  });
  await insert("Order", {
    ...{
      id: `ord_${id}`,
      orderNo: `${mark}order`,
      customerId: id,
      product: `${mark} product`,
      quantity: `4321.${120 + count}`,
    },
    ...{ deliveryDate: `2009-04-${10 + count}`, specification: `${mark} specification`, status: "DELIVERED" },
    ...{
      unitPrice: `54321.${10 + count}`,
      amount: `654321.${10 + count}`,
      deliveryAddress: `${mark} delivery`,
      later: `${mark} order later`,
    },
  });
  await insert("Transaction", {
    id: `txn_${id}`,
    customerId: id,
    orderId: `ord_${id}`,
    at,
    kind: "PAYMENT",
    amount: `754321.${10 + count}`,
    account: `${mark} paid from`,
  });
  await insert("ServiceCase", {
    ...{
      id: `svc_${id}`,
      customerId: id,
      kind: "COMPLAINT",
      channel: "PHONE",
      status: "RESOLVED",
      receivedAt: at,
    },
    ...{
      firstReplyAt: `2009-05-${10 + count}T03:04:05Z`,
      resolvedAt: `2009-06-${10 + count}T03:04:05Z`,
      content: `${mark} content`,
      result: `${mark} result`,
    },
  });
  await insert("Dossier", {
    ...{
      id: `dos_${id}`,
      code: `RICH-${count}`,
      customerId: id,
      title: `${mark} title`,
      medium: "PAPER",
      location: `${mark} location`,
    },
    ...{ remark: `${mark} remark`, indexTerms: [`${mark} term`], retentionUntil: `2010-04-${10 + count}` },
  });
  await corrections(id, mark);
  await declaration(id, mark);
  await application(id, mark);
  await loan(id, mark);
  await handedOut(id, mark);
  await login(id, mark);
  return { id, code };
}

/** Corrections, through the server: one applied, one rejected with a note that quotes it. */
async function corrections(id: string, mark: string): Promise<void> {
  for (const [step, value] of [
    ["apply", "new email"],
    ["reject", "other"],
  ] as const) {
    const input = {
      customerId: id,
      field: "Customer.preferences",
      newValue: `${mark} ${value}`,
      reason: `${mark} ${step} reason`,
      evidence: [`${mark} ${step} evidence`],
    };
    const { data, codes } = await server.ask(
      "cara",
      "mutation ($input: ProposeCorrectionInput!) { proposeCorrection(input: $input) { correctionRequest { id } } }",
      { input },
    );
    expect(codes).toEqual([]);
    const settle = `mutation ($input: ${step === "apply" ? "Apply" : "Reject"}CorrectionInput!) { ${step}Correction(input: $input) { correctionRequest { state } } }`;
    const settled = await server.ask("mona", settle, {
      input: { id: data.proposeCorrection.correctionRequest.id, note: `${mark} ${step} note` },
    });
    expect(settled.codes).toEqual([]);
  }
  await sql(`UPDATE "CorrectionRequest" SET "later" = $2 WHERE "customerId" = $1`, [
    id,
    `${mark} correction later`,
  ]);
}

/** A declaration that has been returned, with what was said on it; it names another customer, too. */
async function declaration(id: string, mark: string): Promise<void> {
  const { db } = server.database;
  const use = `use_${id}`;
  const day = "2008-12-01T00:00:00Z";
  const grant = await db.grant.findFirstOrThrow({ where: { grantee: { staffNo: "mona" }, state: "ACTIVE" } });
  const other = await db.customer.findUniqueOrThrow({ where: { code: "C2" } });
  await insert("SensitiveUse", {
    ...{
      id: use,
      declaredById: grant.granteeId,
      grantId: grant.id,
      purpose: "CUSTOMER_SERVICE",
      fields: ["Customer.taxId"],
    },
    ...{
      plannedFrom: day,
      plannedUntil: "2009-12-31T00:00:00Z",
      returnedAt: "2009-12-30T00:00:00Z",
      returnNote: `${mark} return note`,
      objectedById: (await db.employee.findUniqueOrThrow({ where: { staffNo: "adam" } })).id,
      objectedAt: "2009-12-29T00:00:00Z",
      objection: `${mark} objection`,
      state: "RETURNED",
    },
    ...{
      later: `${mark} use later`,
      laterList: [`${mark} use list`],
      laterJson: JSON.stringify({ of: `${mark} use json` }),
    },
  });
  for (const customerId of [id, other.id])
    await insert("SensitiveUseCustomer", { declarationId: use, customerId });
  await insert("FormEvent", {
    id: `evt_${id}`,
    form: "SensitiveUse",
    recordId: use,
    department: "CUSTOMER_SERVICE",
    action: "file",
    to: "OPEN",
    note: `${mark} history note`,
    changes: [`${mark} history change`],
    at: day,
  });
}

/** An application that names the customer, implemented long ago. */
async function application(id: string, mark: string): Promise<void> {
  const day = "2008-01-01T00:00:00Z";
  const [signer, reviewer, implementer] = await Promise.all(["sue", "adam", "tim"].map(employeeId));
  await insert("GrantApplication", {
    ...{
      id: `app_${id}`,
      formNo: `A-2008-${count}`,
      kind: "CASE",
      employeeId: await employeeId("ian"),
      tier: "MASKED",
      operations: [],
    },
    ...{
      customerScope: "CASE_LIST",
      purposes: ["COMPLIANCE"],
      validTo: day,
      reason: `${mark} application reason`,
      reviewerNotes: `${mark} reviewer notes`,
    },
    ...{
      signedById: signer,
      signedAt: day,
      reviewedById: reviewer,
      reviewedAt: day,
      decision: "APPROVE",
      implementedById: implementer,
      implementedAt: day,
      state: "IMPLEMENTED",
    },
  });
  await insert("GrantCustomer", { id: `gcu_${id}`, applicationId: `app_${id}`, customerId: id });
  await insert("GroupVote", {
    id: `vot_${id}`,
    applicationId: `app_${id}`,
    memberId: await employeeId("pia"),
    inFavour: true,
    note: `${mark} vote note`,
    votedAt: day,
    later: `${mark} vote later`,
  });
}

/** A loan of the dossier that was refused, with what was said of it. */
async function loan(id: string, mark: string): Promise<void> {
  const day = "2008-02-01T00:00:00Z";
  const [borrowerId, signedById, decidedById] = await Promise.all(["sam", "sue", "spec"].map(employeeId));
  await insert("Loan", {
    ...{ id: `loa_${id}`, formNo: `L-2008-${count}`, dossierId: `dos_${id}`, borrowerId, copies: 1 },
    ...{ reason: `${mark} loan reason`, decisionNote: `${mark} loan note`, state: "REFUSED" },
    ...{ signedById, signedAt: day, decidedById, decidedAt: day },
  });
}

/** What was given away of the customer: on whose word, to whom and how, in forms whose states ask for those texts. */
async function handedOut(id: string, mark: string): Promise<void> {
  const [at, approvalEndsAt] = ["2008-03-01T00:00:00Z", "2008-03-31T00:00:00Z"];
  const [requestedById, supervisorId, managerId, carrierId] = await Promise.all(
    ["sam", "sven", "mona", "cara"].map(employeeId),
  );
  await insert("ExternalDisclosure", {
    ...{
      id: `dis_${id}`,
      formNo: `D-2008-${count}`,
      customerId: id,
      fields: ["Customer.mobile"],
      requestedById,
      requestedAt: at,
    },
    ...{ recipient: `${mark} recipient`, purpose: `${mark} purpose`, channel: "MAIL", consentAt: at },
    ...{
      consentGivenBy: `${mark} consent`,
      legalBasis: `${mark} basis`,
      measures: `${mark} measures`,
      approvalEndsAt,
    },
    ...{ supervisorId, supervisorAt: at, managerId, managerAt: at, carrierId, sentAt: at, state: "SENT" },
  });
  await insert("CopyRequest", {
    ...{
      id: `cpy_${id}`,
      formNo: `K-2008-${count}`,
      customerId: id,
      fields: ["Customer.mobile"],
      requestedById,
      requestedAt: at,
    },
    ...{
      recipient: `${mark} reader`,
      purpose: `${mark} use`,
      reason: `${mark} why`,
      decisionNote: `${mark} decision`,
    },
    ...{ measures: `${mark} envelope`, receipt: `${mark} receipt`, approvalEndsAt, handedOverAt: at },
    ...{
      medium: "PAPER",
      forOutside: false,
      decidedById: supervisorId,
      decidedAt: at,
      carrierId,
      state: "HANDED_OVER",
    },
  });
}

/** The customer's own login, called by their mobile number. */
async function login(id: string, mark: string): Promise<void> {
  const employee = `emp_${id}`;
  await insert("Employee", {
    ...{
      id: employee,
      staffNo: `${mark}login`,
      name: `${mark} login name`,
      kind: "CUSTOMER",
      departmentCode: "EXTERNAL",
      post: `${mark} post`,
    },
    ...{
      status: "ACTIVE",
      joinedAt: `2003-04-${10 + count}`,
      customerId: id,
      phone: `+8613712345${670 + count}`,
      address: `${mark} home`,
      relativesContacts: [`${mark} relative`],
    },
  });
  await insert("Login", { employeeId: employee, passwordHash: `${mark}hash` });
  await insert("RefreshToken", {
    tokenHash: String(count).padStart(64, "0"),
    familyId: `${mark}family`,
    employeeId: employee,
    expiresAt: "2030-01-01T00:00:00Z",
  });
}

const kept =
  /^(id|code|formNo|kind|field|fields|purpose|purposes|state|status|form|action|from|to|seat|version|.*Id)$/;
const own = ["BankAccount", "Order", "Transaction", "ServiceCase", "Dossier", "CorrectionRequest"];

/** Every value that the customer's rows hold and that is its own: no words of enums, no ids of others, no small numbers. */
async function valuesOf(id: string): Promise<string[]> {
  const [customer] = await sql(`SELECT to_jsonb(c) AS row FROM "Customer" c WHERE "id" = $1`, [id]);
  const rows: object[] = [customer!.row];
  for (const table of own)
    rows.push(
      ...(await sql(`SELECT to_jsonb(t) AS row FROM "${table}" t WHERE "customerId" = $1`, [id])).map(
        ({ row }) => row,
      ),
    );
  rows.push(
    ...(
      await sql(`SELECT to_jsonb(e) - 'customerId' AS row FROM "Employee" e WHERE "customerId" = $1`, [id])
    ).map(({ row }) => row),
  );
  const texts = rows.flatMap((row) =>
    Object.entries(row).flatMap(([name, value]) =>
      kept.test(name) && !["orderNo"].includes(name) ? [] : [value].flat().map(String),
    ),
  );
  const distinctive = texts.filter((text) => /^zq\d+v|\d{4}/.test(text) && !/^2026-/.test(text));
  return [...new Set(distinctive)];
}

/** Of these values, those that are anywhere in the database: in any column of any table. */
async function found(values: readonly string[]): Promise<string[]> {
  const tables = await sql(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const places: string[] = [];
  for (const { name } of tables) {
    const hits = await sql(
      `SELECT v FROM unnest($1::text[]) v WHERE EXISTS (SELECT 1 FROM "${name}" t WHERE strpos(to_jsonb(t)::text, v) > 0)`,
      [values],
    );
    places.push(...hits.map(({ v }) => `${v} in ${name}`));
  }
  return places;
}

/** Every row of every table, in one fingerprint each; of some tables, only those that are not of these customers. */
async function fingerprints(ids: readonly string[] = []): Promise<Record<string, string>> {
  const tables = await sql(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const prints: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql(
      `SELECT md5(coalesce(string_agg(j, '' ORDER BY j), '')) AS print FROM (SELECT to_jsonb(t)::text AS j FROM "${name}" t) r
       WHERE NOT EXISTS (SELECT 1 FROM unnest($1::text[]) i WHERE strpos(j, i) > 0)`,
      [ids],
    );
    prints[name] = row!.print;
  }
  return prints;
}

describe("a destruction", () => {
  test("leaves no value of the customer in any column of any table, and none in the log", async () => {
    const { id, code } = await richCustomer();
    const mark = `zq${count}v`;
    const disposal = await approved([id], `${mark} disposal reason`);
    const values = [...(await valuesOf(id)), mark, "秘密姓名"];
    expect(values.length).toBeGreaterThan(60);
    // The search finds what there is.
    const before = await found(values);
    for (const value of values)
      expect(before.filter((place) => place.startsWith(`${value} in `))).not.toEqual([]);
    const others = await fingerprints([id, disposal]);

    const { data, codes } = await destroy(disposal);
    expect(codes).toEqual([]);
    expect(data.destroyDisposal.disposal).toEqual({
      ...{ state: "DESTROYED", reason: "—", note: null, destroyedBy: { staffNo: "cara" } },
      customers: [{ code, status: "DESTROYED", name: "—", version: 4 }],
    });
    expect(await found(values)).toEqual([]);
    const lines = server.log.join("");
    expect(server.log.length).toBeGreaterThan(5);
    for (const value of values) expect(lines).not.toContain(value);

    // Nobody else has lost anything.
    const { FormEvent: _, FormCounter: __, ...after } = await fingerprints([id, disposal]);
    for (const [table, print] of Object.entries(after))
      expect([table, print]).toEqual([table, others[table]]);
  });

  test("leaves a tombstone, the ids that lead to it, and who did what", async () => {
    const { id, code } = await richCustomer();
    const disposal = await approved([id]);
    expect((await destroy(disposal)).codes).toEqual([]);
    const [row] = await sql(
      `SELECT jsonb_strip_nulls(to_jsonb(c)) AS row FROM "Customer" c WHERE "id" = $1`,
      [id],
    );
    expect(row!.row).toEqual({
      ...{
        id,
        code,
        status: "DESTROYED",
        version: 4,
        lastUpdatedAt: expect.stringContaining("2026-11-22"),
        name: "—",
      },
      // What may not be missing, as for anybody.
      ...{ kind: "GENERAL", partyType: "PERSON", departmentCode: "SALES", secrecy: "ORDINARY" },
      ...{ verification: "UNVERIFIED", storageClass: "SERVER", laterNumber: 0 },
    });
    for (const table of ["BankAccount", "Order", "Transaction", "ServiceCase"])
      expect(await sql(`SELECT 1 FROM "${table}" WHERE "customerId" = $1`, [id])).toEqual([]);
    // Loans and consultations lead to a dossier: its number in the catalogue stays, and nothing of what was in it.
    const [dossier] = await sql(`SELECT to_jsonb(d) AS row FROM "Dossier" d WHERE "customerId" = $1`, [id]);
    expect(dossier!.row).toEqual({
      ...{ id: `dos_${id}`, code: `RICH-${count}`, customerId: id, keeperId: null, secrecy: "ORDINARY" },
      ...{ title: "—", medium: "PAPER", copies: 1, location: null, remark: null, condition: "GOOD" },
      ...{ indexTerms: [], retentionUntil: null },
    });
    const loan = await server.database.db.loan.findUniqueOrThrow({ where: { id: `loa_${id}` } });
    expect(loan).toMatchObject({
      formNo: `L-2008-${count}`,
      dossierId: `dos_${id}`,
      state: "REFUSED",
      reason: "—",
      decisionNote: "—",
    });
    const corrected = await server.database.db.correctionRequest.findMany({
      where: { customerId: id },
      include: { decidedBy: true },
      orderBy: { formNo: "asc" },
    });
    expect(corrected.map(({ field, state, decidedBy }) => [field, state, decidedBy!.staffNo])).toEqual([
      ["Customer.preferences", "APPLIED", "mona"],
      ["Customer.preferences", "REJECTED", "mona"],
    ]);
    for (const { oldValue, newValue, reason, evidence, note } of corrected)
      expect([oldValue, newValue, reason, evidence, note]).toEqual([null, null, "—", [], null]);
    const used = await server.database.db.sensitiveUse.findUniqueOrThrow({ where: { id: `use_${id}` } });
    expect(used).toMatchObject({
      purpose: "CUSTOMER_SERVICE",
      fields: ["Customer.taxId"],
      returnNote: "—",
      objection: "—",
      state: "RETURNED",
    });
    const events = await server.database.db.formEvent.findMany({
      where: { recordId: disposal },
      orderBy: { seq: "asc" },
    });
    expect(events.map(({ action }) => action)).toEqual(["propose", "witness", "approve", "destroy"]);

    const { data } = await server.ask(
      "cara",
      `{ customer(id: "${id}") { code status name mobile orders { totalCount } corrections { nodes { state newValue } } ownerEmployee { staffNo } } }`,
    );
    expect(data.customer).toEqual({
      ...{
        code,
        status: "DESTROYED",
        name: "—",
        mobile: null,
        orders: { totalCount: 0 },
        ownerEmployee: null,
      },
      corrections: {
        nodes: [
          { state: "APPLIED", newValue: null },
          { state: "REJECTED", newValue: null },
        ],
      },
    });
    // It is nobody's customer any more.
    expect((await server.ask("sam", `{ customer(id: "${id}") { code } }`)).data.customer).toBe(null);
  });

  test("closes the customer's login", async () => {
    const { id } = await richCustomer();
    expect((await destroy(await approved([id]))).codes).toEqual([]);
    const { db } = server.database;
    const employee = await db.employee.findUniqueOrThrow({ where: { id: `emp_${id}` } });
    expect(employee).toMatchObject({
      status: "LEFT",
      name: "—",
      staffNo: `emp_${id}`,
      phone: null,
      address: null,
      relativesContacts: [],
      customerId: id,
    });
    expect(await db.login.count({ where: { employeeId: employee.id } })).toBe(0);
    expect(await db.refreshToken.count({ where: { employeeId: employee.id } })).toBe(0);
  });

  test.each([
    ["at its beginning", "SensitiveUse", "UPDATE"],
    ["in the middle", "Order", "DELETE"],
    ["at the customer", "Customer", "UPDATE"],
    ["at the very end", "FormEvent", "INSERT"],
  ])("that fails %s has changed nothing at all", async (_when, table, event) => {
    const { id } = await richCustomer();
    const disposal = await approved([id]);
    await sql(
      `CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$`,
    );
    await sql(`CREATE TRIGGER fault BEFORE ${event} ON "${table}" FOR EACH ROW EXECUTE FUNCTION fail()`);
    const before = await fingerprints();
    expect((await destroy(disposal)).codes).toEqual(["INTERNAL"]);
    expect(await fingerprints()).toEqual(before);
    await sql(`DROP TRIGGER fault ON "${table}"`);
    expect((await destroy(disposal)).codes).toEqual([]);
  });

  test("takes a note of nobody: it would outlive what it speaks of", async () => {
    const { codes } = await server.ask(
      "cara",
      `mutation { destroyDisposal(input: { id: "dsp_x", note: "He moved to Paris." }) { disposal { state } } }`,
    );
    expect(codes).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  });
});

describe("a tombstone", () => {
  test("is not written to, and nothing is put on it", async () => {
    const id = await formerCustomer(server.database.db);
    await destroy(await approved([id]));
    const log = `mutation { logServiceCase(input: { customerId: "${id}", kind: FEEDBACK, channel: PHONE, content: "x" }) { serviceCase { id } } }`;
    expect((await server.ask("cara", log)).codes).toEqual(["WRONG_STATE"]);
    const correct = `mutation { proposeCorrection(input: { customerId: "${id}", field: "Customer.rating", newValue: "A", reason: "x" }) { correctionRequest { id } } }`;
    expect((await server.ask("cara", correct)).codes).toEqual(["WRONG_STATE"]);
    const refused = "has been destroyed";
    await expect(sql(`UPDATE "Customer" SET "name" = 'x' WHERE "id" = $1`, [id])).rejects.toThrow(refused);
    await expect(sql(`UPDATE "Customer" SET "status" = 'ACTIVE' WHERE "id" = $1`, [id])).rejects.toThrow(
      refused,
    );
    const account = { id: `acc_${id}`, customerId: id, holderName: "x", bankName: "x", accountNumber: "x" };
    await expect(insert("BankAccount", account)).rejects.toThrow(refused);
  });

  test("has nothing on it of what was logged while it was made", async () => {
    const id = await formerCustomer(server.database.db);
    const disposal = await approved([id]);
    const log = `mutation { logServiceCase(input: { customerId: "${id}", kind: FEEDBACK, channel: PHONE, content: "x" }) { serviceCase { id } } }`;
    await Promise.all([
      destroy(disposal),
      ...["cara", "carl", "mona", "sven"].map((account) => server.ask(account, log)),
    ]);
    const [{ status, cases }] = (await sql(
      `SELECT "status"::text, (SELECT count(*)::int FROM "ServiceCase" s WHERE s."customerId" = c."id") AS cases FROM "Customer" c WHERE "id" = $1`,
      [id],
    )) as [{ status: string; cases: number }];
    expect(status === "DESTROYED" ? cases : 0).toBe(0);
    expect(["DESTROYED", "DISPOSAL_PENDING"]).toContain(status);
  });
});
