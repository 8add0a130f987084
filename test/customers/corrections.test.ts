import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Secrecy } from "../../src/database/client.js";
import { employeeId } from "../../src/database/demo/people.js";
import { testNow } from "../support/database.js";
import { type Answer, type DemoServer, demoServer } from "../support/execute-as.js";
import { otherwise } from "../support/people.js";

let server: DemoServer;
let customers: Record<string, string>;
beforeAll(async () => {
  server = await demoServer();
  const rows = await server.database.db.customer.findMany({
    where: { code: { startsWith: "C" } },
    take: 3_000,
  });
  customers = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
});
afterAll(() => server?.close());

const codesOf = ({ errors }: Answer) => (errors ?? []).map(({ extensions }) => extensions?.code);
const problemsOf = ({ errors }: Answer) =>
  (errors?.[0]?.extensions?.problems ?? []) as { inputPath: string; code: string; reason: string }[];

const proposal = `mutation ($input: ProposeCorrectionInput!) { proposeCorrection(input: $input) { correctionRequest {
  id formNo state field oldValue newValue reason evidence dueAt proposedBy { staffNo } customer { code }
  history { action from to by { staffNo } note changes }
  availableActions { action allowed reason }
} } }`;

interface Proposal {
  customerId?: string | null;
  field?: string | null;
  newValue?: string | null;
  reason?: string | null;
  evidence?: string[] | null;
}

/** Proposes a correction of C1's e-mail address, unless it is said otherwise. */
const propose = (account: string, input: Proposal = {}, asking = {}) =>
  server.executeAs(account, proposal, {
    variables: {
      input: {
        customerId: customers.C1,
        field: "Customer.email",
        newValue: "other@example.com",
        reason: "Said so on the phone.",
        ...input,
      },
    },
    ...asking,
  });

/** The id of a correction that has been proposed. */
async function proposed(account: string, input: Proposal = {}): Promise<string> {
  const answer = await propose(account, input);
  expect(answer.errors).toBeUndefined();
  const correction = answer.data.proposeCorrection.correctionRequest as { id: string } | null;
  return correction!.id;
}

const take = (
  account: string,
  step: "apply" | "reject" | "withdraw",
  id: string,
  note?: string,
  asking = {},
) =>
  server.executeAs(
    account,
    `mutation ($id: ID!, $note: String) { ${step}Correction(input: { id: $id, note: $note }) { correctionRequest {
      state note decidedBy { staffNo } dueAt history { action to note } } } }`,
    { variables: { id, note }, ...asking },
  );

const stored = (code = "C1") => server.database.db.customer.findUniqueOrThrow({ where: { code } });
const correction = (id: string) => server.database.db.correctionRequest.findUniqueOrThrow({ where: { id } });

/** Opens FINANCIAL and PRIVATE fields of a customer to somebody, as an acknowledged declaration does. */
async function declare(account: string, fields: string[], code = "C1"): Promise<void> {
  const { db } = server.database;
  const person = await db.employee.findUniqueOrThrow({
    where: { staffNo: account },
    include: { grants: { where: { state: "ACTIVE" } } },
  });
  const adam = await db.employee.findUniqueOrThrow({ where: { staffNo: "adam" } });
  await db.sensitiveUse.create({
    data: {
      id: `use_${account}_${fields.join("_")}_${code}`,
      declaredById: person.id,
      grantId: person.grants[0]!.id,
      purpose: "CUSTOMER_SERVICE",
      fields,
      plannedFrom: testNow,
      plannedUntil: new Date(testNow.getTime() + 86_400_000),
      filedAt: testNow,
      acknowledgedById: adam.id,
      acknowledgedAt: testNow,
      state: "OPEN",
      customers: { create: [{ customerId: customers[code]! }] },
    },
  });
}

describe("a correction is proposed", () => {
  test("with the value that the record holds, read by the server, and a number and a deadline", async () => {
    const { data, errors } = await propose("sam", { evidence: ["Call 17", " Call  17 "] });
    expect(errors).toBeUndefined();
    expect(data.proposeCorrection.correctionRequest).toEqual({
      id: expect.stringMatching(/^cor_/),
      formNo: expect.stringMatching(/^B-2026-\d{4}$/),
      state: "PROPOSED",
      field: "Customer.email",
      oldValue: "linxiuying@example.com",
      newValue: "other@example.com",
      reason: "Said so on the phone.",
      evidence: ["Call 17"],
      // The 22nd is a Sunday: two working days end with Tuesday, Asia/Shanghai.
      dueAt: "2026-11-24T16:00:00+00:00",
      proposedBy: { staffNo: "sam" },
      customer: { code: "C1" },
      history: [
        { action: "propose", from: null, to: "PROPOSED", by: { staffNo: "sam" }, note: null, changes: [] },
      ],
      availableActions: [
        { action: "consent", allowed: false, reason: "SELF_DECISION" },
        { action: "permit", allowed: false, reason: "NOT_YOUR_ROLE" },
        { action: "apply", allowed: false, reason: "NOT_YOUR_ROLE" },
        { action: "reject", allowed: false, reason: "NOT_YOUR_ROLE" },
        { action: "withdraw", allowed: true, reason: null },
      ],
    });
    expect((await stored()).email).toBe("linxiuying@example.com");
  });

  test.each([
    ["Customer.creditLimit", "1,000", "1000.00"],
    ["Customer.mobile", "138 5711 0099", "+8613857110099"],
    ["Customer.dateOfBirth", "1985年3月12日", null],
    ["Customer.idNumber", "330106198503124264", null],
    ["Customer.paymentTermDays", "0", "0"],
    ["Customer.collectedAt", "2024-01-01T00:00:00+08:00", "2023-12-31T16:00:00+00:00"],
    ["Customer.rating", null, null],
    ["Customer.rating", " ", null],
  ])("%s as %s is stored as a new customer's would be: %s", async (field, newValue, expected) => {
    const by = field === "Customer.collectedAt" || field === "Customer.rating" ? "cara" : "cu1";
    const answer = await propose(by, { field, newValue });
    const kept = ["Customer.dateOfBirth", "Customer.idNumber"].includes(field);
    // What the record holds already is no correction of it.
    if (kept) expect(problemsOf(answer)).toEqual([unchanged]);
    else expect(answer.data.proposeCorrection.correctionRequest.newValue).toBe(expected);
  });
  const unchanged = {
    inputPath: "input.newValue",
    code: "FORM_INCOMPLETE",
    reason: "The field holds this already.",
  };

  test.each<[account: string, field: string, codes: string[]]>([
    ["sam", "Customer.mobile", []],
    ["cara", "Customer.businessNeeds", []],
    ["dora", "Customer.source", []],
    ["cu1", "Customer.taxId", []],
    // What is withheld or masked is not corrected by those who do not see it.
    ["sam", "Customer.taxId", ["TIER_TOO_LOW"]],
    ["cara", "Customer.taxId", ["TIER_TOO_LOW"]],
    ["carl", "Customer.taxId", ["DECLARATION_REQUIRED"]],
    ["mona", "Customer.healthNotes", ["DECLARATION_REQUIRED"]],
    ["cu1", "Customer.rating", ["FIELD_WITHHELD"]],
    // A mask that hides nothing is not a right to what is stored, nor is the tier MASKED.
    ["ian", "Customer.region", ["TIER_TOO_LOW"]],
    ["bo", "Customer.kind", ["TIER_TOO_LOW"]],
    ["cara", "Customer.idType", ["TIER_TOO_LOW"]],
    ["rep", "Customer.mobile", ["TIER_TOO_LOW"]],
    // Nobody to whom the customer is in reach.
    ["sue", "Customer.mobile", ["NOT_FOUND"]],
    ["tim", "Customer.mobile", ["TIER_TOO_LOW"]],
    ["neo", "Customer.mobile", ["DEVICE_UNREGISTERED"]],
    ["vic", "Customer.mobile", ["NDA_REQUIRED"]],
  ])("%s proposes one of %s of C1: %j", async (account, field, codes) => {
    const before = await server.database.db.correctionRequest.count();
    const newValue = field.endsWith("mobile")
      ? "13857110077"
      : field.endsWith("kind")
        ? "SPECIAL"
        : "Another";
    expect(codesOf(await propose(account, { field, newValue }))).toEqual(codes);
    expect(await server.database.db.correctionRequest.count()).toBe(before + (codes.length > 0 ? 0 : 1));
  });

  test.each(["C2", "C3", "cus_nobody"])(
    "%s is not there for the customer C1, and not there alike",
    async (code) => {
      const { errors } = await propose("cu1", { customerId: customers[code] ?? code });
      const { errors: none } = await propose("cu1", { customerId: "cus_nothing" });
      expect(errors).toEqual(none);
      expect(errors![0]!.extensions).toMatchObject({ code: "NOT_FOUND", inputPath: "input.customerId" });
    },
  );

  test("a classified customer is a line in the catalogue to cara, and nothing that she corrects", async () => {
    expect(codesOf(await propose("cara", { customerId: customers.C3! }))).toEqual(["NOT_FOUND"]);
    expect(codesOf(await propose("mona", { customerId: customers.C3! }))).toEqual([]);
  });

  test("with a declaration, of the fields and the customer that it names", async () => {
    await declare("carl", ["Customer.taxId"]);
    const input = { field: "Customer.taxId", newValue: "92330106MA2BX4QK8T" };
    expect(codesOf(await propose("carl", input))).toEqual([]);
    expect(codesOf(await propose("carl", { ...input, customerId: customers.C2! }))).toEqual([
      "DECLARATION_REQUIRED",
    ]);
    expect(codesOf(await propose("carl", { ...input, field: "Customer.balance" }))).toEqual([
      "DECLARATION_REQUIRED",
    ]);
  });

  test("what is missing or not usable is named at once", async () => {
    const { errors } = await server.executeAs("sam", proposal, {
      variables: { input: { field: "Customer.code", evidence: [""] } },
    });
    const told = errors![0]!.extensions!.problems as { inputPath: string; code: string }[];
    expect(told.map(({ inputPath, code }) => `${inputPath} ${code}`).sort()).toEqual([
      "input.customerId FORM_INCOMPLETE",
      "input.evidence FORM_INCOMPLETE",
      "input.field FORM_INCOMPLETE",
      "input.newValue FORM_INCOMPLETE",
      "input.reason FORM_INCOMPLETE",
    ]);
  });

  test.each([
    "Customer.code",
    "Customer.status",
    "Customer.birthYear",
    "Customer.ownerEmployee",
    "Customer.bankAccounts",
    "BankAccount.accountNumber",
    "toString",
    "Customer.secrecy",
  ])("%s is no field that can be corrected", async (field) =>
    expect(problemsOf(await propose("mona", { field })).map(({ inputPath }) => inputPath)).toEqual([
      "input.field",
    ]),
  );

  test.each<[account: string, field: string, newValue: string | null, code: string]>([
    ["sam", "Customer.mobile", "12345", "FORM_INCOMPLETE"],
    ["sam", "Customer.email", "nobody", "FORM_INCOMPLETE"],
    ["sam", "Customer.name", null, "KEY_INFO_MISSING"],
    ["sam", "Customer.partyType", null, "KEY_INFO_MISSING"],
    ["sam", "Customer.kind", null, "FORM_INCOMPLETE"],
    ["sam", "Customer.partyType", "ROBOT", "FORM_INCOMPLETE"],
    ["sam", "Customer.specialRole", "BANK", "FORM_INCOMPLETE"],
    ["sam", "Customer.mobile", "+8619905710001", "STAFF_CONTACT"],
    ["cu1", "Customer.idNumber", "330106198503124265", "ID_NUMBER_INVALID"],
    ["cu1", "Customer.dateOfBirth", "1985-03-13", "ID_MISMATCH"],
    ["cu1", "Customer.sex", "M", "ID_MISMATCH"],
    ["cu1", "Customer.idNumber", "11010519491231002X", "ID_MISMATCH"],
    ["cu1", "Customer.idNumber", null, "KEY_INFO_MISSING"],
    ["cu1", "Customer.creditLimit", "-1", "FORM_INCOMPLETE"],
  ])("as %s, %s cannot be %s: %s, as for a new customer", async (account, field, newValue, code) => {
    const answer = await propose(account, { field, newValue });
    expect(codesOf(answer)).toEqual([code]);
    for (const problem of problemsOf(answer)) expect(problem.inputPath).toBe("input.newValue");
    // No refusal quotes a value.
    if (newValue && newValue.length > 4) expect(JSON.stringify(answer)).not.toContain(newValue);
  });

  test("the last way to reach a customer cannot be cleared", async () => {
    const { db } = server.database;
    await db.customer.update({
      where: { code: "C100001" },
      data: { landline: null, email: null, address: null },
    });
    const clear = { customerId: customers.C100001!, field: "Customer.mobile", newValue: null };
    expect(codesOf(await propose("cara", clear))).toEqual(["KEY_INFO_MISSING"]);
    await db.customer.update({ where: { code: "C100001" }, data: { email: "left@example.com" } });
    expect(codesOf(await propose("cara", clear))).toEqual([]);
  });

  test("a customer is not told whose contact it is; the steward is", async () => {
    const id = await proposed("cu1", { field: "Customer.landline", newValue: "+8619905710001" });
    expect(codesOf(await take("sven", "apply", id))).toEqual(["STAFF_CONTACT"]);
    expect((await correction(id)).state).toBe("PROPOSED");
  });

  test("what the proposer does not see says nothing to them, and is held against it when it is applied", async () => {
    await declare("carl", ["Customer.sex"]);
    // The identity number says F; carl sees the sex clear, and the number not.
    const input = { field: "Customer.sex", newValue: "M" };
    const id = await proposed("carl", input);
    await declare("sven", ["Customer.sex"]);
    expect(codesOf(await take("sven", "apply", id))).toEqual(["ID_MISMATCH"]);
    expect((await stored()).sex).toBe("F");
  });

  test("what is wrong already does not keep another field from being corrected", async () => {
    await server.database.db.customer.update({
      where: { code: "C100002" },
      data: { email: "old and bad", idNumber: "1" },
    });
    const input = { customerId: customers.C100002!, field: "Customer.region", newValue: "Elsewhere" };
    expect(codesOf(await take("mona", "apply", await proposed("cara", input)))).toEqual([]);
    expect((await stored("C100002")).region).toBe("Elsewhere");
  });
});

describe("a correction is settled", () => {
  let id: string;
  beforeEach(async () => {
    await server.database.db.customer.update({
      where: { code: "C1" },
      data: { email: "linxiuying@example.com" },
    });
    id = await proposed("sam");
  });

  test.each(["dora", "sven", "mona"])(
    "%s applies it: the record, its version and the day of its last change",
    async (steward) => {
      const before = await stored();
      const now = new Date("2026-11-23T10:00:00+08:00");
      const { data, errors } = await take(steward, "apply", id, "Called back.", { now });
      expect(errors).toBeUndefined();
      expect(data.applyCorrection.correctionRequest).toMatchObject({
        state: "APPLIED",
        note: "Called back.",
        decidedBy: { staffNo: steward },
        dueAt: null,
      });
      const after = await stored();
      expect(after).toEqual({
        ...before,
        email: "other@example.com",
        version: before.version + 1,
        lastUpdatedAt: now,
      });
    },
  );

  test("rejects take a note, and leave the record as it is", async () => {
    const before = await stored();
    expect(codesOf(await take("dora", "reject", id))).toEqual(["FORM_INCOMPLETE"]);
    const { data } = await take("dora", "reject", id, "It is the old one.");
    expect(data.rejectCorrection.correctionRequest).toMatchObject({
      state: "REJECTED",
      note: "It is the old one.",
    });
    expect(await stored()).toEqual(before);
  });

  test("the note is open where the field is; the history has none, and no values", async () => {
    await take("dora", "reject", id, "other@example.com is another customer's.");
    const events = await server.database.db.formEvent.findMany({ where: { recordId: id } });
    expect(events.map(({ action, note, changes }) => ({ action, note, changes }))).toEqual([
      { action: "propose", note: null, changes: [] },
      { action: "reject", note: null, changes: [] },
    ]);
    const query = `{ correctionRequest(id: "${id}") { state note newValue oldValue reason history { note changes } } }`;
    const { data } = await server.executeAs("gina", query);
    expect(data.correctionRequest.note).toContain("other@");
    const masked = await server.executeAs("bo", query);
    expect(masked.data.correctionRequest).toMatchObject({
      state: "REJECTED",
      note: null,
      newValue: null,
      oldValue: null,
      reason: null,
    });
    expect(JSON.stringify(masked)).not.toMatch(/other@|linxiuying@/);
  });

  test.each<[account: string, step: "apply" | "reject" | "withdraw", codes: string[]]>([
    ["sam", "withdraw", []],
    ["sam", "apply", ["NOT_YOUR_ROLE"]],
    ["cara", "apply", ["NOT_YOUR_ROLE"]],
    ["gina", "apply", ["NOT_YOUR_ROLE"]],
    ["cu1", "apply", ["NOT_YOUR_ROLE"]],
    ["cara", "reject", ["NOT_YOUR_ROLE"]],
    ["dora", "withdraw", ["NOT_YOUR_ROLE"]],
    ["cu1", "withdraw", ["NOT_YOUR_ROLE"]],
    // Out of reach and not existing alike.
    ["sue", "withdraw", ["NOT_FOUND"]],
    ["tim", "withdraw", ["NOT_FOUND"]],
  ])("%s may %s it: %j", async (account, step, codes) => {
    expect(codesOf(await take(account, step, id, "So be it."))).toEqual(codes);
    expect((await correction(id)).state).toBe(codes.length > 0 ? "PROPOSED" : "WITHDRAWN");
  });

  test("nobody decides on what they proposed themselves", async () => {
    const own = await proposed("dora", { newValue: "another@example.com" });
    for (const step of ["apply", "reject"] as const)
      expect(codesOf(await take("dora", step, own, "Mine."))).toEqual(["SELF_DECISION"]);
  });

  test.each(["apply", "reject", "withdraw"] as const)(
    "what is settled cannot be settled again: %s",
    async (step) => {
      expect(codesOf(await take("sven", "apply", id))).toEqual([]);
      const by = step === "withdraw" ? "sam" : "dora";
      expect(codesOf(await take(by, step, id, "Again."))).toEqual(["WRONG_STATE"]);
    },
  );

  test("of two stewards at once one wins", async () => {
    const { version } = await stored();
    const outcomes = await Promise.all([
      take("dora", "apply", id),
      take("sven", "apply", id),
      take("mona", "reject", id, "No."),
    ]);
    const codes = outcomes.map((answer) => codesOf(answer)[0] ?? "done").sort();
    expect(codes).toEqual(["WRONG_STATE", "WRONG_STATE", "done"]);
    expect((await stored()).version).toBeLessThanOrEqual(version + 1);
    expect(await server.database.db.formEvent.count({ where: { recordId: id } })).toBe(2);
  });

  test("of two corrections of one field the second finds it changed", async () => {
    const second = await proposed("cara", { newValue: "third@example.com" });
    expect(codesOf(await take("dora", "apply", id))).toEqual([]);
    expect(codesOf(await take("sven", "apply", second))).toEqual(["WRONG_STATE"]);
    expect((await stored()).email).toBe("other@example.com");
    expect((await correction(second)).state).toBe("PROPOSED");
    expect(codesOf(await take("sven", "reject", second, "Changed since."))).toEqual([]);
  });

  test("of two applied at once likewise", async () => {
    const second = await proposed("cara", { newValue: "third@example.com" });
    const outcomes = await Promise.all([take("dora", "apply", id), take("sven", "apply", second)]);
    expect(outcomes.map((answer) => codesOf(answer)[0] ?? "done").sort()).toEqual(["WRONG_STATE", "done"]);
  });

  test("a steward needs the right to correct this field of this customer", async () => {
    const { db } = server.database;
    const taxId = await proposed("cu1", { field: "Customer.taxId", newValue: "92330106MA2BX4QK9T" });
    // dora's grant has FINANCIAL only masked; mona has it clear, and has declared nothing.
    expect(codesOf(await take("dora", "apply", taxId))).toEqual(["TIER_TOO_LOW"]);
    expect(codesOf(await take("mona", "apply", taxId))).toEqual(["DECLARATION_REQUIRED"]);
    expect(codesOf(await take("mona", "reject", taxId, "No."))).toEqual(["DECLARATION_REQUIRED"]);
    await declare("mona", ["Customer.taxId"], "C2");
    expect(codesOf(await take("mona", "apply", taxId))).toEqual(["DECLARATION_REQUIRED"]);
    await declare("mona", ["Customer.taxId"]);
    expect(codesOf(await take("mona", "apply", taxId))).toEqual([]);
    expect((await stored()).taxId).toBe("92330106MA2BX4QK9T");

    // Out of the department: not there for dora.
    const code = (
      await db.customer.findFirstOrThrow({
        where: { departmentCode: "CUSTOMER_SERVICE", secrecy: "ORDINARY" },
      })
    ).code;
    const elsewhere = await proposed("cara", { customerId: customers[code]!, newValue: "x@example.com" });
    expect(codesOf(await take("dora", "apply", elsewhere))).toEqual(["NOT_FOUND"]);

    // Without the operation on the grant.
    await db.grant.updateMany({
      where: { grantee: { staffNo: "dora" } },
      data: { operations: ["SEE_CLEAR", "SEE_MASKED"] },
    });
    expect(codesOf(await take("dora", "apply", id))).toEqual(["TIER_TOO_LOW"]);
    await db.grant.updateMany({
      where: { grantee: { staffNo: "dora" } },
      data: { operations: ["SEE_CLEAR", "SEE_MASKED", "CREATE", "CORRECT", "DELETE"] },
    });
  });

  test("a customer whose disposal is under way, or has been destroyed, is corrected no more", async () => {
    for (const code of ["C11", "C14"])
      expect(codesOf(await propose("cara", { customerId: customers[code]! }))).toEqual(["WRONG_STATE"]);
  });

  test("a proposer who does not see the field any more does not see the old value either", async () => {
    await declare("carl", ["Customer.balance"]);
    const own = await proposed("carl", { field: "Customer.balance", newValue: "1.00" });
    const query = `{ correctionRequest(id: "${own}") { oldValue newValue reason } }`;
    expect((await server.executeAs("carl", query)).data.correctionRequest.oldValue).toBe("21000.00");
    const later = new Date(testNow.getTime() + 2 * 86_400_000);
    const after = await server.executeAs("carl", query, { now: later });
    expect(after.data.correctionRequest).toEqual({ oldValue: null, newValue: null, reason: null });
    expect(after.extensions!.access!.fields.map(({ reason }) => reason)).toContain("DECLARATION_OVERDUE");
  });

  test("nothing is half written: what fails at the end has changed nothing", async () => {
    const { db, asOwner } = server.database;
    await asOwner(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$`);
    await asOwner(`CREATE TRIGGER fault BEFORE INSERT ON "FormEvent" FOR EACH ROW EXECUTE FUNCTION fail()`);
    const before = await stored();
    expect(codesOf(await take("dora", "apply", id))).toEqual(["INTERNAL"]);
    const corrections = await db.correctionRequest.count();
    expect(codesOf(await propose("cara", { newValue: "fourth@example.com" }))).toEqual(["INTERNAL"]);
    await asOwner('DROP TRIGGER fault ON "FormEvent"');
    expect(await stored()).toEqual(before);
    expect((await correction(id)).state).toBe("PROPOSED");
    expect(await db.correctionRequest.count()).toBe(corrections);
  });
});

// Rulebook 3.3: a classified record is corrected with its keeper, a TOP_SECRET one with the general manager as well.
describe("of a classified customer", () => {
  const field = "Customer.region";
  let id: string;

  const approve = (account: string, mutation: "consentTo" | "permit", of: string = id) =>
    server.executeAs(
      account,
      `mutation ($id: ID!) { ${mutation}Correction(input: { id: $id }) { correctionRequest {
        state consentedBy { staffNo } permittedBy { staffNo } } } }`,
      { variables: { id: of } },
    );
  const needsOf = ({ errors }: Answer) => errors?.[0]?.extensions?.needs;

  const clear = (account: string, secrecyClearance: Secrecy) =>
    server.database.db.grant.updateMany({
      where: { grantee: { staffNo: account }, state: "ACTIVE" },
      data: { secrecyClearance },
    });

  /** C3 as it is classified, kept by somebody, with these beside the keeper who may see it at all. */
  async function kept(secrecy: Secrecy, keeper = "mona") {
    const { db } = server.database;
    const customerId = customers.C3!;
    await db.customer.update({ where: { id: customerId }, data: { secrecy, keeperId: employeeId(keeper) } });
    await db.customerClearance.createMany({
      data: ["carl", "sven", "mona", "gina"].map((one) => ({ customerId, employeeId: employeeId(one) })),
      skipDuplicates: true,
    });
  }

  let turn = 0;
  /** A correction of C3 that somebody has proposed. */
  const proposedBy = (account: string) =>
    proposed(account, { customerId: customers.C3!, field, newValue: `Region ${++turn}` });

  beforeAll(async () => {
    for (const account of ["carl", "sven", "mona", "gina"]) await clear(account, "TOP_SECRET");
  });
  beforeEach(async () => {
    await kept("CONFIDENTIAL");
    id = await proposedBy("carl");
  });

  test("a steward applies it when its keeper has consented, and not before", async () => {
    const before = await take("sven", "apply", id);
    expect(codesOf(before)).toEqual(["APPROVAL_MISSING"]);
    expect(needsOf(before)).toBe("the consent of the record's keeper");
    const { data } = await approve("mona", "consentTo");
    expect(data.consentToCorrection.correctionRequest).toEqual({
      ...{ state: "PROPOSED", consentedBy: { staffNo: "mona" }, permittedBy: null },
    });
    expect(codesOf(await take("sven", "apply", id))).toEqual([]);
    expect((await stored("C3")).region).toBe(`Region ${turn}`);
  });

  test("its keeper, a steward too, is not the only one", async () => {
    expect(codesOf(await take("mona", "apply", id))).toEqual(["APPROVAL_MISSING"]);
    await approve("mona", "consentTo");
    expect(codesOf(await take("mona", "apply", id))).toEqual(["SELF_DECISION"]);
    expect(codesOf(await take("sven", "apply", id))).toEqual([]);
  });

  test("what its keeper proposes has the keeper's consent, while they keep it", async () => {
    const own = await proposedBy("mona");
    expect(codesOf(await approve("mona", "consentTo", own))).toEqual(["SELF_DECISION"]);
    await kept("CONFIDENTIAL", "gina");
    expect(codesOf(await take("sven", "apply", own))).toEqual(["APPROVAL_MISSING"]);
    await kept("CONFIDENTIAL");
    expect(codesOf(await take("sven", "apply", own))).toEqual([]);
  });

  test.each<[account: string, mutation: "consentTo" | "permit", code: string]>([
    ["sven", "consentTo", "NOT_YOUR_ROLE"],
    ["gina", "consentTo", "NOT_YOUR_ROLE"],
    ["carl", "consentTo", "SELF_DECISION"],
    ["cara", "consentTo", "NOT_FOUND"],
    ["mona", "permit", "NOT_YOUR_ROLE"],
    // What is CONFIDENTIAL takes no permission.
    ["gina", "permit", "WRONG_STATE"],
  ])("%s, %s: %s", async (account, mutation, code) => {
    expect(codesOf(await approve(account, mutation))).toEqual([code]);
  });

  test("twice at once it is consented to once, and not after it is settled", async () => {
    const both = await Promise.all([1, 2].map(() => approve("mona", "consentTo")));
    expect(both.flatMap(codesOf)).toEqual(["WRONG_STATE"]);
    expect(codesOf(await take("sven", "reject", id, "No."))).toEqual([]);
    expect(codesOf(await approve("mona", "consentTo"))).toEqual(["WRONG_STATE"]);
  });

  test("it waits for its keeper, then for a steward", async () => {
    const mutationsOf = async (account: string) => {
      const { data } = await server.executeAs(account, "{ myTasks(first: 500) { record { id } mutations } }");
      const tasks = data.myTasks as { record: { id: string } | null; mutations: string[] }[];
      return tasks.filter(({ record }) => record?.id === id).flatMap(({ mutations }) => mutations);
    };
    expect([await mutationsOf("mona"), await mutationsOf("sven")]).toEqual([["consentToCorrection"], []]);
    await approve("mona", "consentTo");
    expect([await mutationsOf("mona"), await mutationsOf("sven")]).toEqual([[], ["applyCorrection"]]);
  });

  test("of a TOP_SECRET one the general manager's permission is missing as well", async () => {
    await kept("TOP_SECRET");
    await approve("mona", "consentTo");
    const before = await take("sven", "apply", id);
    expect(codesOf(before)).toEqual(["APPROVAL_MISSING"]);
    expect(needsOf(before)).toBe("the permission of the general manager");
    expect(codesOf(await approve("gina", "permit"))).toEqual([]);
    expect(codesOf(await approve("gina", "permit"))).toEqual(["WRONG_STATE"]);
    expect(codesOf(await take("sven", "apply", id))).toEqual([]);
    expect(codesOf(await approve("gina", "permit"))).toEqual(["WRONG_STATE"]);
  });

  test("the permission alone does not do", async () => {
    await kept("TOP_SECRET");
    await approve("gina", "permit");
    expect(needsOf(await take("sven", "apply", id))).toBe("the consent of the record's keeper");
  });

  test("a general manager who keeps it does both, and a steward applies it", async () => {
    await kept("TOP_SECRET", "gina");
    expect(codesOf(await approve("gina", "permit"))).toEqual([]);
    expect(codesOf(await approve("gina", "consentTo"))).toEqual([]);
    expect(codesOf(await take("sven", "apply", id))).toEqual([]);
  });

  test("without a keeper who is at work it is not applied", async () => {
    await otherwise(server, "mona", { status: "LEAVING" }, async () => {
      const refused = await take("sven", "apply", id);
      expect(codesOf(refused)).toEqual(["APPROVAL_MISSING"]);
      expect(needsOf(refused)).toBe("a keeper of the record who is at work, to consent to it");
    });
  });

  test("an ordinary record with a keeper takes nobody's consent", async () => {
    const { db } = server.database;
    await db.customer.update({ where: { code: "C1" }, data: { keeperId: employeeId("dora") } });
    const ordinary = await proposed("sam", { newValue: "kept@example.com" });
    expect(codesOf(await approve("dora", "consentTo", ordinary))).toEqual(["WRONG_STATE"]);
    expect(codesOf(await take("dora", "apply", ordinary))).toEqual([]);
  });

  test("what is classified while it is being applied is not applied without its keeper", async () => {
    const { db } = server.database;
    await db.customer.update({ where: { code: "C2" }, data: { secrecy: "ORDINARY", keeperId: null } });
    const ordinary = await proposed("cara", { customerId: customers.C2!, field, newValue: "Meanwhile" });
    const applying = await db.$transaction(async (tx) => {
      const classified = { secrecy: "CONFIDENTIAL", keeperId: employeeId("mona") } as const;
      await tx.customer.update({ where: { code: "C2" }, data: classified });
      const outcome = take("sven", "apply", ordinary);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { outcome };
    });
    expect(codesOf(await applying.outcome)[0]).toMatch(/WRONG_STATE|APPROVAL_MISSING/);
    expect((await stored("C2")).region).not.toBe("Meanwhile");
  });
});

test("a customer finds the corrections of their own record, and of no other", async () => {
  const { data } = await server.executeAs(
    "cu1",
    "{ correctionRequests(first: 200) { totalCount nodes { customer { code } } } }",
  );
  expect(data.correctionRequests.totalCount).toBeGreaterThan(0);
  for (const { customer } of data.correctionRequests.nodes) expect(customer.code).toBe("C1");
});
