import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Role } from "../../src/database/client.js";
import { employeeId } from "../../src/database/demo/people.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { atOnce } from "../support/at-once.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { aDeclaration, customers, filed, inDays, stepOn, withoutTrace } from "../support/forms.js";
import { otherwise } from "../support/people.js";
import { step } from "../support/steps.js";

// Sensitive use is declared before it happens, and returned (S002-3.3b; rulebook 2.4 B, 6-02, 6-03). carl of customer
// service can declare at SENSITIVE, with no clearance.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const hour = 3_600_000;
const later = (hours: number) => new Date(testNow.getTime() + hours * hour);
const file = (account: string, form: object, now = testNow) =>
  step(server, account, "fileSensitiveUse", { ...aDeclaration, ...form }, { now });
const rowOf = (id: string) => server.database.db.sensitiveUse.findUniqueOrThrow({ where: { id } });
const classified = { fields: ["Customer.idNumber"] };
const allReturned = { records: [], noneKept: true };

type State = "FILED" | "OPEN" | "OVERDUE" | "RETURNED" | "RETURNED_LATE" | "REVOKED";

/** A declaration of carl's that has come to a state. */
async function thatIs(state: State): Promise<string> {
  const soon = { plannedUntil: later(1).toISOString() };
  const id = await filed(server, state === "FILED" ? classified : state === "OVERDUE" ? soon : {});
  if (state === "OVERDUE") await keepTime(server.database.db, later(1));
  if (state === "RETURNED") await stepOn(server, "carl", "returnSensitiveUse", { id, ...allReturned });
  if (state === "RETURNED_LATE")
    await stepOn(server, "carl", "returnSensitiveUse", { id, ...allReturned }, { now: later(48) });
  if (state === "REVOKED") await stepOn(server, "adam", "objectToSensitiveUse", { id, note: "No need." });
  return id;
}

// Whatever is overdue bars the next: each test begins with everything returned, but for what is sven's.
beforeEach(async () => {
  const open = await server.database.db.sensitiveUse.findMany({
    where: { state: { in: ["OPEN", "OVERDUE"] }, declaredBy: { staffNo: { not: "sven" } } },
    select: { id: true, declaredBy: { select: { staffNo: true } } },
  });
  for (const { id, declaredBy } of open)
    await stepOn(server, declaredBy.staffNo, "returnSensitiveUse", { id, ...allReturned });
});

describe("filing", () => {
  test("opens at once what is not classified, and says who, what, until when", async () => {
    const id = await filed(server, { note: "A question about the balance." });
    expect(await rowOf(id)).toMatchObject({
      ...{ declaredById: employeeId("carl"), purpose: "CUSTOMER_SERVICE", fields: ["Customer.balance"] },
      ...{ plannedFrom: testNow, plannedUntil: later(48), filedAt: testNow, standing: false },
      ...{ state: "OPEN", dueAt: null, acknowledgedById: null },
    });
    const history = await server.database.db.formEvent.findMany({ where: { recordId: id } });
    expect(history).toMatchObject([
      {
        action: "file",
        from: null,
        to: "OPEN",
        byId: employeeId("carl"),
        note: "A question about the balance.",
      },
    ]);
  });

  test.each<[string, string, object]>([
    ["a classified field", "carl", classified],
    ["one classified field among others", "carl", { fields: ["Customer.balance", "Customer.healthNotes"] }],
    ["a classified customer", "mona", { customerIds: customers("C1", "C3") }],
  ])("waits for administration with %s", async (_, account, form) => {
    const { form: answered, code } = await file(account, form);
    expect(code).toBeUndefined();
    // 22 November 2026 is a Sunday.
    const dueAt = new Date("2026-11-24T00:00:00+08:00");
    expect(await rowOf(answered.id)).toMatchObject({ state: "FILED", dueAt });
  });

  test("without a grant's name it is under the first that covers it, and with one under that", async () => {
    const { db } = server.database;
    const { id: grantId } = await db.grant.findFirstOrThrow({ where: { grantee: { staffNo: "carl" } } });
    for (const form of [{}, { grantId }])
      expect(await rowOf(await filed(server, form))).toMatchObject({ grantId });
  });
});

describe("everything that is wrong is named at once", () => {
  test.each<[string, object, string[]]>([
    [
      "an empty form",
      { customerIds: null, fields: null, purpose: null, plannedUntil: null },
      ["customerIds", "fields", "purpose"],
    ],
    ["no customer", { customerIds: [] }, ["customerIds"]],
    [
      "more customers than one can answer for",
      { customerIds: Array.from({ length: 501 }, (_, at) => `cus_${at}`) },
      ["customerIds"],
    ],
    ["no field", { fields: [] }, ["fields"]],
    [
      "fields that are not sensitive, or not there",
      { fields: ["Customer.name", "Customer.balance", "Customer.shoeSize"] },
      ["fields.0", "fields.2"],
    ],
    ["a blank purpose", { purpose: " " }, ["purpose"]],
    [
      "a beginning that has passed: nothing is declared afterwards",
      { plannedFrom: later(-0.001).toISOString() },
      ["plannedFrom"],
    ],
    ["an end that has passed", { plannedUntil: testNow.toISOString() }, ["plannedUntil"]],
    [
      "an end before the beginning",
      { plannedFrom: later(9).toISOString(), plannedUntil: later(8).toISOString() },
      ["plannedUntil"],
    ],
    [
      "an end at the beginning",
      { plannedFrom: later(9).toISOString(), plannedUntil: later(9).toISOString() },
      ["plannedUntil"],
    ],
    ["a standing one that names customers", { standing: true }, ["customerIds"]],
    [
      "everything",
      {
        customerIds: [],
        fields: ["Order.shoeSize"],
        purpose: "",
        plannedFrom: inDays(-2),
        plannedUntil: inDays(-1),
      },
      ["purpose", "plannedFrom", "plannedUntil", "fields.0", "customerIds"],
    ],
  ])("%s", async (_, form, paths) => {
    const told = await withoutTrace(server, () => file("carl", form));
    expect(told).toMatchObject({ form: null, code: "FORM_INCOMPLETE" });
    expect(told.paths).toEqual(paths.map((path) => `input.${path}`));
  });
});

describe("what cannot be declared", () => {
  test.each<[string, string, object, string, string | undefined]>([
    [
      "a purpose that the grant does not name",
      "carl",
      { purpose: "MARKETING" },
      "PURPOSE_REQUIRED",
      "purpose",
    ],
    [
      "a grant that has no customer data",
      "tim",
      { purpose: "ACCESS_ADMINISTRATION" },
      "TIER_TOO_LOW",
      "grantId",
    ],
    ["a tier that masks it", "cara", {}, "TIER_TOO_LOW", "fields.0"],
    ["what one may only write", "sam", { purpose: "ORDER_HANDLING" }, "TIER_TOO_LOW", "fields.0"],
    ["a class that the grant caps", "dora", { purpose: "DATA_STEWARDSHIP" }, "TIER_TOO_LOW", "fields.0"],
    [
      "a field that is not on the grant",
      "fin",
      { purpose: "FINANCE", fields: ["Customer.balance", "Customer.idNumber"] },
      "FIELD_WITHHELD",
      "fields.1",
    ],
    ["a grant of somebody else's", "carl", { grantId: "gra_other" }, "NOT_FOUND", "grantId"],
    [
      "a customer that there is not",
      "carl",
      { customerIds: [...customers("C1"), "cus_none"] },
      "NOT_FOUND",
      "customerIds.1",
    ],
    [
      "a customer above the clearance",
      "carl",
      { customerIds: customers("C1", "C2", "C3") },
      "NOT_FOUND",
      "customerIds.2",
    ],
    [
      "all customers at once, outside finance",
      "carl",
      { standing: true, customerIds: null },
      "NOT_YOUR_ROLE",
      "standing",
    ],
    ["while something is overdue", "sven", {}, "OVERDUE_ITEMS", undefined],
  ])("%s", async (_, account, form, code, path) => {
    const told = await withoutTrace(server, () => file(account, form));
    expect(told).toMatchObject({ form: null, code, paths: path ? [`input.${path}`] : [] });
  });

  test("customers outside the grant's scope", async () => {
    const { db } = server.database;
    const [known, unknown] = await Promise.all([
      db.customer.findFirstOrThrow({ where: { transactions: { some: {} }, secrecy: "ORDINARY" } }),
      db.customer.findFirstOrThrow({ where: { transactions: { none: {} }, secrecy: "ORDINARY" } }),
    ]);
    const of = (...customerIds: string[]) => file("fin", { purpose: "FINANCE", customerIds });
    expect((await of(known.id)).code).toBeUndefined();
    expect(await withoutTrace(server, () => of(known.id, unknown.id))).toMatchObject({
      code: "NOT_FOUND",
      paths: ["input.customerIds.1"],
    });
  });

  test("under a grant that names no purpose, for whatever purpose", async () => {
    const grant = await server.database.db.grant.findFirstOrThrow({
      where: { grantee: { staffNo: "carl" } },
    });
    const naming = (purposes: string[]) =>
      server.database.db.grant.update({ where: { id: grant.id }, data: { purposes } });
    await naming([]);
    const told = await file("carl", {});
    await naming(grant.purposes);
    expect(told).toMatchObject({ form: null, code: "PURPOSE_REQUIRED", paths: ["input.purpose"] });
  });

  test.each([
    ["carl", null, "DEVICE_UNREGISTERED"],
    ["carl", "D1", "DEVICE_NOT_YOURS"],
    ["neo", null, "DEVICE_UNREGISTERED"],
    ["cu1", null, "DEVICE_UNREGISTERED"],
  ])("by %s from the device %s, whether or not there is such a customer", async (account, device, code) => {
    for (const customerIds of [customers("C1"), ["cus_nobody"]]) {
      const input = { ...aDeclaration, customerIds };
      const told = withoutTrace(server, () => step(server, account, "fileSensitiveUse", input, { device }));
      expect((await told).code).toBe(code);
    }
  });

  test("under a grant that is held up", async () => {
    const grant = await server.database.db.grant.findFirstOrThrow({
      where: { grantee: { staffNo: "carl" } },
    });
    await stepOn(server, "adam", "suspendGrant", { id: grant.id, note: "Is looked into." });
    expect(await withoutTrace(server, () => file("carl", {}))).toMatchObject({
      code: "GRANT_EXPIRED",
      paths: ["input.grantId"],
    });
    await stepOn(server, "ada", "restoreGrant", { id: grant.id, note: "Nothing was found." });
    expect((await file("carl", {})).code).toBeUndefined();
  });

  test("after what has come to its end and was not returned, whether or not the clock has looked", async () => {
    const id = await filed(server, { plannedUntil: later(10).toISOString() }, { account: "mona" });
    const next = (hours: number) => file("mona", { plannedUntil: later(40).toISOString() }, later(hours));
    const barred = { code: "OVERDUE_ITEMS" };
    expect((await next(10 - 1e-6)).code).toBeUndefined();
    expect(await next(10)).toMatchObject(barred);
    await keepTime(server.database.db, later(11));
    expect((await rowOf(id)).state).toBe("OVERDUE");
    expect(await next(12)).toMatchObject(barred);
    await stepOn(server, "mona", "returnSensitiveUse", { id, ...allReturned }, { now: later(13) });
    expect((await next(14)).code).toBeUndefined();
  });

  test("sven declares again once he has returned what is overdue", async () => {
    const overdue = await server.database.db.sensitiveUse.findFirstOrThrow({
      where: { declaredBy: { staffNo: "sven" }, state: "OVERDUE" },
    });
    await stepOn(server, "sven", "returnSensitiveUse", { id: overdue.id, ...allReturned });
    expect((await rowOf(overdue.id)).state).toBe("RETURNED_LATE");
    expect((await file("sven", {})).code).toBeUndefined();
  });
});

describe("how long it can be open", () => {
  test.each<[string, string, object, number, number]>([
    ["named customers", "carl", {}, 0, 72],
    ["named customers, later on", "carl", {}, 100, 72],
    [
      "a whole scope, for finance",
      "fin",
      { standing: true, customerIds: null, purpose: "FINANCE" },
      0,
      31 * 24,
    ],
    ["named customers, for finance", "fin", { purpose: "FINANCE" }, 0, 72],
  ])("%s, from when it begins", async (_, account, form, from, longest) => {
    const of = (ms: number) =>
      file(account, {
        ...form,
        plannedFrom: later(from).toISOString(),
        plannedUntil: new Date(later(from + longest).getTime() + ms).toISOString(),
      });
    expect(await withoutTrace(server, () => of(1))).toMatchObject({
      code: "TERM_TOO_LONG",
      paths: ["input.plannedUntil"],
    });
    expect((await of(0)).code).toBeUndefined();
    const untold = await file(account, {
      ...form,
      ...{ plannedFrom: later(from).toISOString(), plannedUntil: null },
    });
    expect(await rowOf(untold.form.id), "without an end").toMatchObject({
      plannedUntil: later(from + longest),
    });
  });
});

const others = { cara: "NOT_FOUND", tim: "NOT_FOUND", sue: "NOT_FOUND" };
const nobody = { cara: "NOT_YOUR_ROLE", tim: "NOT_YOUR_ROLE", sue: "NOT_YOUR_ROLE" };
const head = { mona: "NOT_YOUR_ROLE", ada: "NOT_YOUR_ROLE", gina: "NOT_YOUR_ROLE", clerk: "NOT_YOUR_ROLE" };
const moves: readonly {
  readonly mutation: string;
  readonly from: readonly State[];
  readonly to: readonly State[];
  readonly right: string;
  readonly input: object;
  readonly wrong: Readonly<Record<string, string>>;
}[] = [
  {
    ...{ mutation: "acknowledgeSensitiveUse", right: "adam", input: {} },
    ...{ from: ["FILED"], to: ["OPEN"], wrong: { ...nobody, ...head, carl: "NOT_YOUR_ROLE" } },
  },
  {
    ...{ mutation: "objectToSensitiveUse", right: "adam", input: { note: "No need." } },
    ...{
      from: ["FILED", "OPEN"],
      to: ["REVOKED", "REVOKED"],
      wrong: { ...nobody, ...head, carl: "NOT_YOUR_ROLE" },
    },
  },
  {
    ...{ mutation: "returnSensitiveUse", right: "carl", input: allReturned },
    ...{ from: ["OPEN", "OVERDUE"], to: ["RETURNED", "RETURNED_LATE"] },
    wrong: { ...others, ...head, adam: "NOT_YOUR_ROLE" },
  },
];

describe.each(moves)("$mutation", ({ mutation, from, to, right, input, wrong }) => {
  const take = (account: string, id: string) => step(server, account, mutation, { id, ...input });

  test.each(from.map((state, at) => [state, to[at]!] as const))(
    "from %s to %s: by whose step it is, and by nobody else",
    async (state, next) => {
      const id = await thatIs(state);
      await withoutTrace(server, async () => {
        const told: Record<string, string | undefined> = {};
        for (const account of Object.keys(wrong)) told[account] = (await take(account, id)).code;
        expect(told).toEqual(wrong);
      });
      expect(await take(right, id)).toMatchObject({ form: { id, state: next } });
    },
  );

  test("from no other state", async () => {
    const states: readonly State[] = ["FILED", "OPEN", "RETURNED", "RETURNED_LATE", "REVOKED", "OVERDUE"];
    const elsewhere = states.filter((state) => !from.includes(state));
    const ids: string[] = [];
    for (const state of elsewhere) ids.push(await thatIs(state));
    const codes: (string | undefined)[] = [];
    await withoutTrace(server, async () => {
      for (const id of ids) codes.push((await take(right, id)).code);
    });
    // Who has objected to it does not acknowledge it, wherever it stands.
    const seated = (state: State) => state === "REVOKED" && mutation === "acknowledgeSensitiveUse";
    expect(codes).toEqual(elsewhere.map((state) => (seated(state) ? "SELF_DECISION" : "WRONG_STATE")));
  });

  test("twice at once: once", async () => {
    const id = await thatIs(from[0]!);
    const both = await atOnce(server.database, { table: "SensitiveUse", id }, [
      () => take(right, id),
      () => take(right, id),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
  });
});

describe("administration", () => {
  test.each<[string, string, string, object]>([
    ["acknowledge", "carl", "acknowledgeSensitiveUse", {}],
    ["object to", "carl", "objectToSensitiveUse", { note: "No need." }],
  ])("does not %s what is its own", async (_, account, mutation, input) => {
    const id = await filed(server, classified);
    await otherwise(server, account, { roles: ["ADMIN_REVIEWER" satisfies Role] }, () =>
      withoutTrace(server, async () => {
        expect((await step(server, account, mutation, { id, ...input })).code).toBe("SELF_DECISION");
      }),
    );
  });

  test("objects to what it has acknowledged, and says why", async () => {
    const id = await filed(server, classified);
    await stepOn(server, "adam", "acknowledgeSensitiveUse", { id });
    expect(await step(server, "adam", "objectToSensitiveUse", { id })).toMatchObject({
      code: "FORM_INCOMPLETE",
      paths: ["input.note"],
    });
    expect(
      (await step(server, "adam", "objectToSensitiveUse", { id, note: "No need." })).code,
    ).toBeUndefined();
    expect(await rowOf(id)).toMatchObject({
      ...{ state: "REVOKED", acknowledgedById: employeeId("adam"), objectedById: employeeId("adam") },
    });
  });

  test("tells the declarer and the head why it objects, and nobody of another department", async () => {
    const id = await filed(server, classified);
    await stepOn(server, "adam", "objectToSensitiveUse", { id, note: "No need." });
    const told: Record<string, unknown> = {};
    for (const account of ["carl", "mona", "adam", "gina", "sue", "tim"]) {
      const query = `{ sensitiveUse(id: "${id}") { state objection objectedBy { staffNo } history { action note } } }`;
      const { data } = await server.executeAs(account, query);
      told[account] = data.sensitiveUse && [
        data.sensitiveUse.objection,
        data.sensitiveUse.history.at(-1).note,
      ];
    }
    expect(told).toEqual({
      ...{ carl: ["No need.", null], mona: ["No need.", null] },
      ...{ adam: ["No need.", "No need."], gina: ["No need.", "No need."], sue: null, tim: null },
    });
  });

  test("objects to and acknowledges at once: one of them comes first, and objecting is the last word", async () => {
    const id = await filed(server, classified);
    const told = await atOnce(server.database, { table: "SensitiveUse", id }, [
      () => step(server, "adam", "acknowledgeSensitiveUse", { id }),
      () => step(server, "adam", "objectToSensitiveUse", { id, note: "No need." }),
    ]);
    expect(told[1]!.code).toBeUndefined();
    expect((await rowOf(id)).state).toBe("REVOKED");
  });

  test("who waits for it until the end waits no longer: nothing was open, nothing is to be returned", async () => {
    const id = await filed(server, classified);
    const late = { now: later(48) };
    await withoutTrace(server, async () => {
      expect((await step(server, "adam", "acknowledgeSensitiveUse", { id }, late)).code).toBe("WRONG_STATE");
    });
    await keepTime(server.database.db, late.now);
    expect(await rowOf(id)).toMatchObject({ state: "REVOKED", objectedById: null, dueAt: null });
  });
});

describe("returning", () => {
  const opened = () =>
    filed(server, { customerIds: customers("C1", "C2"), fields: ["Customer.balance", "Customer.taxId"] });
  const give = (id: string, input: object, now = testNow) =>
    step(server, "carl", "returnSensitiveUse", { id, noneKept: true, records: [], ...input }, { now });
  const used = (code: string, ...fields: string[]) => ({ customerId: customers(code)[0]!, fields });

  test.each<[string, object, string[]]>([
    ["what was used is not said", { records: null }, ["records"]],
    ["something is kept", { noneKept: false }, ["noneKept"]],
    ["neither is said", { records: null, noneKept: null }, ["records", "noneKept"]],
    [
      "a customer was not declared",
      { records: [used("C1", "Customer.taxId"), used("C4", "Customer.taxId")] },
      ["records.1.customerId"],
    ],
    [
      "a customer comes twice",
      { records: [used("C1", "Customer.taxId"), used("C1", "Customer.balance")] },
      ["records.1.customerId"],
    ],
    [
      "a field was not declared",
      { records: [used("C1", "Customer.balance", "Customer.idNumber")] },
      ["records.0.fields"],
    ],
    ["a customer is without fields", { records: [used("C1")] }, ["records.0.fields"]],
    [
      "all of it",
      { noneKept: null, records: [used("C4", "Customer.taxId"), used("C2", "Order.amount")] },
      ["noneKept", "records.0.customerId", "records.1.fields"],
    ],
  ])("is refused where %s", async (_, input, paths) => {
    const id = await opened();
    const told = await withoutTrace(server, () => give(id, input));
    expect(told).toMatchObject({ form: null, code: "FORM_INCOMPLETE" });
    expect(told.paths).toEqual(paths.map((path) => `input.${path}`));
  });

  test("keeps the list of what was used, each field once", async () => {
    const id = await opened();
    const records = [used("C2", "Customer.taxId", "Customer.taxId"), used("C1", "Customer.balance")];
    const told = await give(id, { records, note: "Answered." }, later(1));
    expect(told).toMatchObject({ form: { state: "RETURNED" } });
    expect(await rowOf(id)).toMatchObject({ returnedAt: later(1), returnNote: "Answered.", dueAt: null });
    const { data } = await server.executeAs(
      "adam",
      `{ sensitiveUse(id: "${id}") { returnNote records { customer { code } fields } } }`,
    );
    expect(data.sensitiveUse.returnNote).toBe("Answered.");
    const kept = await server.database.db.sensitiveUseRecord.findMany({
      where: { declarationId: id },
      orderBy: { customer: { code: "asc" } },
      select: { customerId: true, fields: true },
    });
    expect(kept).toEqual([used("C1", "Customer.balance"), used("C2", "Customer.taxId")]);
  });

  test("too late is late, whether or not the clock has looked; up to the end it is in time", async () => {
    const [inTime, late, noticed] = [await opened(), await opened(), await opened()];
    const end = later(48);
    expect(await give(inTime, {}, new Date(end.getTime() - 1))).toMatchObject({
      form: { state: "RETURNED" },
    });
    expect(await give(late, {}, end)).toMatchObject({ form: { state: "RETURNED_LATE" } });
    await keepTime(server.database.db, end);
    expect((await rowOf(noticed)).state).toBe("OVERDUE");
    expect(await give(noticed, {}, end)).toMatchObject({ form: { state: "RETURNED_LATE" } });
    for (const id of [late, noticed]) {
      const steps = await server.database.db.formEvent.findMany({
        where: { recordId: id },
        orderBy: { seq: "asc" },
      });
      expect(steps.map(({ action, byId }) => [action, byId])).toEqual([
        ["file", employeeId("carl")],
        ["fallOverdue", null],
        ["return", employeeId("carl")],
      ]);
    }
  });

  test("of a standing one: customers in reach, no others", async () => {
    const told = await file("fin", { standing: true, customerIds: null, purpose: "FINANCE" });
    const { id } = told.form;
    const give = (...customerIds: string[]) =>
      step(server, "fin", "returnSensitiveUse", {
        ...{ id, noneKept: true },
        records: customerIds.map((customerId) => ({ customerId, fields: ["Customer.balance"] })),
      });
    expect(await withoutTrace(server, () => give(...customers("C1"), "cus_none"))).toMatchObject({
      code: "NOT_FOUND",
      paths: ["input.records.1"],
    });
    expect((await give(...customers("C1"))).code).toBeUndefined();
  });
});

describe("what is declared is open, and nothing else: cell by cell, before, while and after", () => {
  const codes = ["C1", "C2", "C4"];
  const fields = [
    "taxId",
    "creditLimit",
    "balance",
    "paymentTermDays",
    "sex",
    "dateOfBirth",
    "idNumber",
    "healthNotes",
    "personalNotes",
  ];
  const secret = ["idNumber", "healthNotes", "personalNotes"];
  type Cells = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  let stored: Cells;

  const query = `{ customers(where: { code: { in: ${JSON.stringify(codes)} } }) { nodes { code ${fields.join(" ")} } } }`;

  beforeAll(async () => {
    // What there is in each cell, as whoever may see everything would be shown it.
    const rows = await server.database.db.$queryRawUnsafe<{ json: Record<string, unknown> }[]>(
      `SELECT to_jsonb(c) || jsonb_build_object('creditLimit', c."creditLimit"::text, 'balance', c."balance"::text) AS json
       FROM "Customer" c WHERE c."code" = ANY($1)`,
      codes,
    );
    stored = Object.fromEntries(rows.map(({ json }) => [json.code as string, json]));
  });

  /** The cells that carl reads as they are stored: `C1.balance`. */
  async function clear(now: Date): Promise<string[]> {
    const { data } = await server.executeAs("carl", query, { now });
    const rows = data.customers.nodes as Record<string, unknown>[];
    expect(rows).toHaveLength(codes.length);
    return rows
      .flatMap((row) =>
        fields
          .filter((field) => row[field] !== null && row[field] === stored[row.code as string]![field])
          .map((field) => `${row.code}.${field}`),
      )
      .sort();
  }

  test("there is something to see", () => {
    for (const field of fields) expect(codes.some((code) => stored[code]![field] !== null)).toBe(true);
  });

  test("whichever customers and fields, whenever, however it ends", async () => {
    let runs = 0;
    const declaration = fc.record({
      named: fc.subarray(codes, { minLength: 1 }),
      about: fc.subarray(fields, { minLength: 1, maxLength: 5 }),
      waits: fc.integer({ min: 1, max: 20 }),
      // The version of the tier policy that is in force by then has 48 hours at most.
      lasts: fc.integer({ min: 2, max: 48 }),
      end: fc.constantFrom("returned", "objected", "left alone"),
    });
    await fc.assert(
      fc.asyncProperty(declaration, async ({ named, about, waits, lasts, end }) => {
        const begun = later(24 * (10 + 7 * runs++));
        const at = (hours: number, ms = 0) => new Date(begun.getTime() + hours * hour + ms);
        const id = await filed(
          server,
          {
            customerIds: customers(...named),
            fields: about.map((field) => `Customer.${field}`),
            plannedFrom: at(waits).toISOString(),
            plannedUntil: at(waits + lasts).toISOString(),
          },
          { now: begun },
        );
        const declared = named
          .flatMap((code) =>
            about.filter((field) => stored[code]![field] !== null).map((field) => `${code}.${field}`),
          )
          .sort();
        if (about.some((field) => secret.includes(field))) {
          expect(await clear(at(waits + 1))).toEqual([]);
          await stepOn(server, "adam", "acknowledgeSensitiveUse", { id }, { now: at(0.5) });
        }
        expect(await clear(at(waits, -1))).toEqual([]);
        expect(await clear(at(waits))).toEqual(declared);
        expect(await clear(at(waits + lasts, -1))).toEqual(declared);
        expect(await clear(at(waits + lasts))).toEqual([]);
        const now = at(waits + 1);
        if (end === "returned")
          await stepOn(server, "carl", "returnSensitiveUse", { id, ...allReturned }, { now });
        if (end === "objected")
          await stepOn(server, "adam", "objectToSensitiveUse", { id, note: "No." }, { now });
        if (end === "left alone") {
          const late = at(waits + lasts + 1);
          await stepOn(server, "carl", "returnSensitiveUse", { id, ...allReturned }, { now: late });
        }
        expect(await clear(now)).toEqual([]);
      }),
      { numRuns: Number(process.env.DECLARATION_RUNS ?? 12) },
    );
  });

  test("two that are open at once each open what they name, under their own grant", async () => {
    const now = later(24 * 9);
    const until = { plannedUntil: later(24 * 10).toISOString() };
    const one = await filed(
      server,
      { ...until, customerIds: customers("C1"), fields: ["Customer.balance"] },
      { now },
    );
    const other = await filed(
      server,
      { ...until, customerIds: customers("C2"), fields: ["Customer.taxId"] },
      { now },
    );
    expect(await clear(now)).toEqual(["C1.balance", "C2.taxId"]);
    await stepOn(server, "carl", "returnSensitiveUse", { id: one, ...allReturned }, { now });
    expect(await clear(now)).toEqual(["C2.taxId"]);
    await stepOn(server, "carl", "returnSensitiveUse", { id: other, ...allReturned }, { now });
  });

  test("it opens nothing to anybody else", async () => {
    await filed(server, { customerIds: customers("C1"), fields: ["Customer.balance"] });
    for (const account of ["cara", "mona", "sven"]) {
      const { data } = await server.executeAs(
        account,
        '{ customers(where: { code: { eq: "C1" } }) { nodes { balance } } }',
      );
      expect(data.customers.nodes).toEqual([{ balance: null }]);
    }
  });
});
