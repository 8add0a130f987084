import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type GrantLimits, policy } from "../../src/access/policy.js";
import { employeeId } from "../../src/database/demo/people.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { atOnce } from "../support/at-once.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import {
  type Application,
  type ApplicationState,
  aCase,
  aPost,
  application,
  applicationStates,
  customers,
  granted,
  inDays,
  stepOn,
  withoutTrace,
} from "../support/forms.js";
import { otherwise } from "../support/people.js";
import { step } from "../support/steps.js";

// What comes of an approved application (S002-3.1b, 3.1c), and of one that nobody has gone on with.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const implement = (id: string, account = "tim", now = testNow) =>
  step(server, account, "implementGrantApplication", { id }, { now });
const grantOf = (applicationId: string) =>
  server.database.db.grant.findUniqueOrThrow({
    where: { applicationId },
    include: { classes: true, customerList: true },
  });
/** The grants of somebody's post that are in force or held up. */
const postOf = (employee: string) =>
  server.database.db.grant.findMany({
    where: {
      granteeId: employeeId(employee),
      kind: { in: ["STANDING", "TRANSFER", "CHANGE"] },
      state: { in: ["ACTIVE", "SUSPENDED"] },
    },
  });
const stateOf = async (id: string) => {
  const { state, endedAt } = await server.database.db.grant.findUniqueOrThrow({ where: { id } });
  return { state, endedAt };
};

test("the grant is what was approved, part by part, from that instant on", async () => {
  const now = new Date(inDays(1));
  const id = await application(server, "SUBMITTED", {
    employee: "cara",
    form: {
      ...{ ...aCase, customerIds: customers("C1", "C2", "C4"), tier: "SERVICE" },
      classes: [
        { fieldClass: "BASIC", cap: "CLEAR", onlyFields: ["Customer.name", "Customer.mobile"] },
        { fieldClass: "SERVICE", cap: "MASKED" },
      ],
      ...{ operations: ["SEE_MASKED", "SEE_CLEAR", "SORT"], purposes: ["CUSTOMER_SERVICE", "QUALITY"] },
    },
  });
  const narrowed = {
    customerIds: customers("C1", "C4"),
    operations: ["SEE_CLEAR", "SORT"],
    validTo: inDays(9),
  };
  await stepOn(server, "adam", "approveGrantApplication", { id, narrowed });
  expect((await implement(id, "tim", now)).code).toBeUndefined();
  const { classes, customerList, ...grant } = await grantOf(id);
  expect(grant).toMatchObject({
    ...{ granteeId: employeeId("cara"), kind: "CASE", tier: "SERVICE", operations: ["SEE_CLEAR", "SORT"] },
    ...{
      customerScope: "CASE_LIST",
      purposes: ["CUSTOMER_SERVICE", "QUALITY"],
      secrecyClearance: "ORDINARY",
    },
    ...{ validFrom: now, validTo: new Date(inDays(9)), state: "ACTIVE", policyVersion: 1, endedAt: null },
  });
  expect(classes.map(({ fieldClass, cap, onlyFields }) => ({ fieldClass, cap, onlyFields }))).toEqual([
    { fieldClass: "BASIC", cap: "CLEAR", onlyFields: ["Customer.name", "Customer.mobile"] },
    { fieldClass: "SERVICE", cap: "MASKED", onlyFields: [] },
  ]);
  expect(customerList.map(({ customerId }) => customerId)).toEqual(customers("C1", "C4"));
  const history = await server.database.db.formEvent.findMany({ where: { recordId: grant.id } });
  expect(history).toMatchObject([
    { action: "give", from: null, to: "ACTIVE", byId: null, seat: null, at: now },
  ]);
});

describe("for the post, the old grant ends in the same instant", () => {
  const read = "{ customers(first: 3) { nodes { code businessNeeds rating } } }";
  /** How sam's requests are answered: the code of a refusal, or what is open. */
  const asked = async (purpose: string, now: Date) => {
    const { data, errors } = await server.executeAs("sam", read, { purpose, now });
    if (errors) return errors[0]!.extensions?.code;
    const [first] = data.customers.nodes as { businessNeeds: string | null; rating: string | null }[];
    return Object.keys(first!).filter((name) => first![name as keyof typeof first] !== null);
  };

  test("and opens nothing on the next request, while the new one does", async () => {
    const [old] = await postOf("sam");
    const now = new Date(testNow.getTime() + 60_000);
    const just = new Date(now.getTime() - 1);
    const id = await application(server, "APPROVED", {
      form: {
        ...{ purposes: ["MARKETING"], customerScope: "OWN" },
        classes: [
          { fieldClass: "BASIC", cap: "CLEAR" },
          { fieldClass: "BUSINESS", cap: "CLEAR", onlyFields: ["Customer.rating"] },
        ],
      },
    });
    expect(await asked("ORDER_HANDLING", now)).toEqual(["code", "businessNeeds", "rating"]);
    expect((await implement(id, "tim", now)).code).toBeUndefined();
    expect(await stateOf(old!.id)).toEqual({ state: "SUPERSEDED", endedAt: now });
    expect(await asked("ORDER_HANDLING", now)).toBe("PURPOSE_REQUIRED");
    expect(await asked("MARKETING", now)).toEqual(["code", "rating"]);
    // It does not reach back.
    expect(await asked("MARKETING", just)).toBe("GRANT_EXPIRED");
    expect((await postOf("sam")).map((grant) => grant.applicationId)).toEqual([id]);
    const { data } = await server.executeAs(
      "adam",
      `{ grantApplication(id: "${id}") { replaces { id state } } }`,
    );
    expect(data.grantApplication.replaces).toEqual({ id: old!.id, state: "SUPERSEDED" });
    const last = await server.database.db.formEvent.findFirst({
      where: { recordId: old!.id },
      orderBy: { seq: "desc" },
    });
    expect(last).toMatchObject({
      action: "supersede",
      from: "ACTIVE",
      to: "SUPERSEDED",
      byId: null,
      at: now,
    });
  });

  test.each([
    ["CHANGE", { changeReason: "More" }],
    ["TRANSFER", { changeReason: "Another post" }],
    ["STANDING", {}],
  ])("on the occasion of a %s, too", async (kind, form) => {
    const old = await granted(server, { employee: "dora" });
    const next = await granted(server, { employee: "dora", form: { kind, ...form } });
    expect(await stateOf(old)).toEqual({ state: "SUPERSEDED", endedAt: testNow });
    expect((await postOf("dora")).map(({ id }) => id)).toEqual([next]);
  });

  test("but one whose end has come is not replaced: it has expired, at its end", async () => {
    const old = await granted(server, { employee: "neo", form: { validTo: inDays(10) } });
    await granted(server, { employee: "neo", now: new Date(inDays(11)) });
    expect(await stateOf(old)).toEqual({ state: "EXPIRED", endedAt: new Date(inDays(10)) });
  });
});

describe("for a case", () => {
  test("the post's grant stays, and so do other cases", async () => {
    const post = await postOf("cara");
    const first = await granted(server, { employee: "cara", form: aCase });
    const second = await granted(server, { employee: "cara", form: aCase });
    expect([(await stateOf(first)).state, (await stateOf(second)).state]).toEqual(["ACTIVE", "ACTIVE"]);
    expect(await postOf("cara")).toEqual(post);
  });

  test("the one that it follows on ends", async () => {
    const first = await granted(server, { employee: "cara", form: aCase });
    const second = await granted(server, { employee: "cara", form: { ...aCase, replacesId: first } });
    expect([(await stateOf(first)).state, (await stateOf(second)).state]).toEqual(["SUPERSEDED", "ACTIVE"]);
  });
});

describe("while the old grant is being looked into", () => {
  test("nothing takes its place, until that has come to an end", async () => {
    const old = await granted(server, { employee: "dora" });
    await stepOn(server, "adam", "suspendGrant", { id: old, note: "Is looked into." });
    const id = await application(server, "APPROVED", { employee: "dora" });
    const told = await withoutTrace(server, () => implement(id));
    expect(told).toMatchObject({ form: null, code: "OPEN_ITEMS", paths: ["input.id"] });
    await stepOn(server, "ada", "restoreGrant", { id: old, note: "Nothing was found." });
    expect((await implement(id)).code).toBeUndefined();
    expect((await stateOf(old)).state).toBe("SUPERSEDED");
  });

  test("nor where it is held up in the same moment", async () => {
    const old = await granted(server, { employee: "dora" });
    const id = await application(server, "APPROVED", { employee: "dora" });
    const suspend = `UPDATE "Grant" SET "state" = 'SUSPENDED', "suspendedById" = '${employeeId("adam")}', "suspendedAt" = now() WHERE "id" = '${old}'`;
    const [told] = await atOnce(server.database, { table: "Grant", id: old }, [() => implement(id)], suspend);
    expect(told).toMatchObject({ form: null, code: "OPEN_ITEMS" });
    expect((await postOf("dora")).map((grant) => [grant.id, grant.state])).toEqual([[old, "SUSPENDED"]]);
    await stepOn(server, "ada", "restoreGrant", { id: old, note: "Nothing was found." });
  });
});

describe("two of one person at once", () => {
  afterEach(async () => {
    const held = await server.database.db.grant.groupBy({
      by: ["granteeId"],
      where: { kind: { in: ["STANDING", "TRANSFER", "CHANGE"] }, state: { in: ["ACTIVE", "SUSPENDED"] } },
      _count: true,
    });
    expect(held.filter(({ _count }) => _count > 1)).toEqual([]);
  });

  test("both are implemented, one after the other: one grant of the post is in force", async () => {
    const ids = [await application(server, "APPROVED"), await application(server, "APPROVED")];
    const told = await atOnce(
      server.database,
      { table: "Employee", id: employeeId("sam") },
      ids.map((id, at) => () => implement(id, ["tim", "tess"][at]!)),
    );
    expect(told.map(({ code }) => code)).toEqual([undefined, undefined]);
    const states = await Promise.all(ids.map(async (id) => (await grantOf(id)).state));
    expect(states.sort()).toEqual(["ACTIVE", "SUPERSEDED"]);
    expect(await postOf("sam")).toHaveLength(1);
  });

  test("and where neither has had one before", async () => {
    const [post] = await postOf("S102");
    expect(post).toBeUndefined();
    const ids = [];
    for (const employee of ["S102", "S102", "S102"])
      ids.push(await application(server, "APPROVED", { employee }));
    const told = await atOnce(
      server.database,
      { table: "Employee", id: employeeId("S102") },
      ids.map((id) => () => implement(id)),
    );
    expect(told.map(({ code }) => code)).toEqual([undefined, undefined, undefined]);
    expect(await postOf("S102")).toHaveLength(1);
  });
});

describe("the end that was asked for comes before anything is given", () => {
  const onTheWay: readonly ApplicationState[] = ["DRAFT", "SUBMITTED", "RETURNED", "ESCALATED", "APPROVED"];
  const end = new Date(inDays(5));
  const form = { validTo: end.toISOString() };

  test("nobody goes on with it from then on, and until then somebody does", async () => {
    const id = await application(server, "APPROVED", { form });
    const told = await withoutTrace(server, () => implement(id, "tim", end));
    expect(told).toMatchObject({ form: null, code: "WRONG_STATE" });
    expect((await implement(id, "tim", new Date(end.getTime() - 1))).code).toBeUndefined();
  });

  test("the clock takes it back, wherever it stands; what has ended stays as it ended", async () => {
    const ids = new Map<ApplicationState, string>();
    for (const state of applicationStates) ids.set(state, await application(server, state, { form }));
    await keepTime(server.database.db, new Date(end.getTime() - 1));
    const states = async () =>
      Promise.all(
        [...ids].map(async ([before, id]) => {
          const { state, dueAt } = await server.database.db.grantApplication.findUniqueOrThrow({
            where: { id },
          });
          return [before, state, state === "WITHDRAWN" ? dueAt : null];
        }),
      );
    expect(await states()).toEqual(applicationStates.map((state) => [state, state, null]));
    await keepTime(server.database.db, end);
    expect(await states()).toEqual(
      applicationStates.map((state) => [state, onTheWay.includes(state) ? "WITHDRAWN" : state, null]),
    );
    const events = await server.database.db.formEvent.findMany({
      where: { recordId: { in: [...ids.values()] }, action: "lapse" },
    });
    expect(events).toHaveLength(onTheWay.length);
    for (const event of events)
      expect(event).toMatchObject({ to: "WITHDRAWN", byId: null, seat: null, at: end });
  });
});

describe("without an end, its clock starts when it is put into effect", () => {
  const hour = 3_600_000;
  const after = (hours: number) => new Date(testNow.getTime() + hours * hour);
  const masked = {
    ...{ classes: [{ fieldClass: "BASIC", cap: "MASKED" }], operations: ["SEE_MASKED"] },
    ...{ tier: "MASKED", customerScope: "OWN", customerIds: [] },
  };

  test("a case of technology waits over a weekend, and has its 24 hours from then on", async () => {
    const asked = { ...aCase, ...masked, validTo: null };
    const id = await application(server, "APPROVED", { employee: "tess", form: asked });
    await keepTime(server.database.db, after(72));
    const stored = await server.database.db.grantApplication.findUniqueOrThrow({ where: { id } });
    expect(stored).toMatchObject({ state: "APPROVED", validTo: null });
    expect((await implement(id, "tim", after(72))).code).toBeUndefined();
    expect(await grantOf(id)).toMatchObject({ validFrom: after(72), validTo: after(96) });
  });

  test.each<[string, Application, Date]>([
    ["staff, for a post", { employee: "qin", form: { validTo: null } }, after(72 + 731 * 24)],
    ["staff, for a case", { employee: "cara", form: { ...aCase, validTo: null } }, after(72 + 90 * 24)],
    [
      "an intern, by the contract",
      { employee: "ian", form: { ...masked, validTo: null } },
      new Date("2027-01-22T00:00:00+08:00"),
    ],
  ])("%s: it runs as long as it can", async (_, asked, end) => {
    const id = await application(server, "APPROVED", asked);
    expect((await implement(id, "tim", after(72))).code).toBeUndefined();
    expect(await grantOf(id)).toMatchObject({ validFrom: after(72), validTo: end });
  });
});

describe("what is approved and given is within the limits that are in force then", () => {
  const stricter = (limits: Partial<GrantLimits>) =>
    demoServer({
      database: server.database,
      policy: { ...policy, limits: { ...policy.limits, ...limits } },
    });
  const ofSven: Application = { employee: "sven", form: { secrecyClearance: "CONFIDENTIAL" } };

  const limited: [string, Application, Partial<GrantLimits>, string, RegExp | undefined][] = [
    ["a shorter term", {}, { terms: [{ hours: 240 }] }, "TERM_TOO_LONG", /^an end no later than 2026-12-02/],
    [
      "an operation that is never granted",
      {},
      { never: [{ operations: ["FILTER"] }] },
      "FORM_INCOMPLETE",
      undefined,
    ],
    ["a lower ceiling", {}, { ceilings: [{ tier: "MASKED" }] }, "APPROVAL_MISSING", /group/],
    ["a lower clearance", ofSven, { clearances: [] }, "APPROVAL_MISSING", /group/],
  ];
  const steps = [
    ["approve", "SUBMITTED", "adam"],
    ["implement", "APPROVED", "tim"],
  ] as const;

  test.each(limited.flatMap((row) => steps.map((step) => [...row, ...step] as const)))(
    "%s: %o, limited to %o, is refused with %s (%s) to whoever comes to %s it",
    async (_what, asked, limits, code, needs, action, state, account) => {
      const id = await application(server, state, asked);
      const take = (on: DemoServer) => step(on, account, `${action}GrantApplication`, { id });
      const told = await withoutTrace(server, async () => take(await stricter(limits)));
      expect(told).toMatchObject({ form: null, code, paths: ["input.id"] });
      if (needs) expect(told.needs).toMatch(needs);
      expect((await take(server)).code).toBeUndefined();
    },
  );

  test("a term that is too long by now can be narrowed to what it may be", async () => {
    const id = await application(server, "SUBMITTED");
    const narrowed = { validTo: inDays(10) };
    const told = await step(await stricter({ terms: [{ hours: 240 }] }), "adam", "approveGrantApplication", {
      ...{ id, narrowed },
    });
    expect(told).toMatchObject({ form: { state: "APPROVED" } });
  });

  test.each<[string, Parameters<typeof otherwise>[2]]>([
    ["another department", { departmentCode: "PRODUCTION" }],
    ["another kind of employment", { kind: "TEMP" }],
  ])("nobody is given what is above the ceiling of %s, where they are by now", async (_, changes) => {
    const id = await application(server, "APPROVED", {
      form: { ...aPost, tier: "SENSITIVE", validTo: inDays(50) },
    });
    await otherwise(server, "sam", changes, async () => {
      const told = await withoutTrace(server, () => implement(id));
      expect(told).toMatchObject({ form: null, code: "APPROVAL_MISSING", paths: ["input.id"] });
    });
    expect((await implement(id)).code).toBeUndefined();
  });

  test("what a role opened is not given once the role has gone", async () => {
    const steward = await otherwise(server, "sam", { roles: ["DATA_STEWARD"] }, () =>
      application(server, "APPROVED", { form: { tier: "STEWARD" } }),
    );
    const told = await withoutTrace(server, () => implement(steward));
    expect(told).toMatchObject({ form: null, code: "APPROVAL_MISSING" });
  });

  test("the group's decision stands above the ceiling, and not above the term", async () => {
    const id = await application(server, "ESCALATED", { form: { tier: "STEWARD" } });
    for (const member of ["pia", "tess"])
      await stepOn(server, member, "voteOnGrantApplication", { id, inFavour: true });
    await stepOn(server, "ada", "decideGrantApplication", { id });
    const shorter = await stricter({ terms: [{ hours: 240 }] });
    const told = await withoutTrace(server, () => step(shorter, "tim", "implementGrantApplication", { id }));
    expect(told).toMatchObject({ form: null, code: "TERM_TOO_LONG", paths: ["input.id"] });
    expect((await implement(id)).code).toBeUndefined();
  });
});

test("deadlines count working days from each step on, and end with the form", async () => {
  const dueAt = async (id: string) =>
    (await server.database.db.grantApplication.findUniqueOrThrow({ where: { id } })).dueAt;
  // 22 November 2026 is a Sunday.
  const ends = (day: string) => new Date(`2026-${day}T00:00:00+08:00`);
  const due: Record<string, Date | null> = {};
  for (const state of applicationStates) due[state] = await dueAt(await application(server, state));
  expect(due).toEqual({
    ...{ DRAFT: null, SUBMITTED: ends("11-25"), RETURNED: null, ESCALATED: ends("11-28") },
    ...{ APPROVED: ends("11-24"), REJECTED: null, WITHDRAWN: null, IMPLEMENTED: null },
  });
  // A vote does not put the deadline off.
  const id = await application(server, "ESCALATED");
  const later = new Date(inDays(2));
  await stepOn(server, "pia", "voteOnGrantApplication", { id, inFavour: true }, { now: later });
  expect(await dueAt(id)).toEqual(ends("11-28"));
});
