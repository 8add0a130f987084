import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { askWhatIsNeeded, periodOf } from "../../src/grants/recertify.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { atOnce } from "../support/at-once.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { aCase, application, granted, stepOn } from "../support/forms.js";
import { step } from "../support/steps.js";

test.each([
  ["2026-11-22T15:00:00+08:00", 3, "2026-10"],
  ["2026-12-31T23:59:59+08:00", 3, "2026-10"],
  ["2026-12-31T16:00:00Z", 3, "2027-01"],
  ["2026-11-22T15:00:00+08:00", 1, "2026-11"],
  ["2026-11-22T15:00:00+08:00", 6, "2026-07"],
  ["2026-11-22T15:00:00+08:00", 12, "2026-01"],
])("at %s a period of %i months began in %s", (now, months, expected) => {
  expect(periodOf(new Date(now), months)).toBe(expected);
});

describe("in January heads are asked which grants are still needed", () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await demoServer();
  });
  afterAll(() => server?.close());

  // 4 January 2027 is a Monday; ten working days later is the 18th.
  const january = new Date("2027-01-04T09:00:00+08:00");
  const deadline = new Date("2027-01-18T24:00:00+08:00");
  const of = async (staffNo: string) =>
    server.database.db.recertification.findFirst({
      where: { grantee: { staffNo }, round: "2027-01" },
      include: { grant: true },
    });

  test("not before, and never where it is switched off", async () => {
    const { db } = server.database;
    expect(await askWhatIsNeeded(db, new Date("2026-12-31T23:59:59+08:00"), 3)).toBe(0);
    expect(await askWhatIsNeeded(db, january, 0)).toBe(0);
  });

  test("each grant in force is asked about once, however many servers ask", async () => {
    const { db } = server.database;
    const inForce = await db.grant.count({ where: { state: "ACTIVE", validTo: { gt: january } } });
    const asked = await Promise.all([1, 2, 3].map(() => askWhatIsNeeded(db, january, 3)));
    expect(asked.reduce((sum, count) => sum + count, 0)).toBe(inForce);
    expect(await db.recertification.count({ where: { round: "2027-01" } })).toBe(inForce);
    expect(await db.formEvent.count({ where: { action: "ask", at: january } })).toBe(inForce);
    expect((await of("sam"))!.dueAt).toEqual(deadline);
  });

  test.each([
    ["sam", "sam", "NOT_YOUR_ROLE"],
    ["pia", "sam", "NOT_FOUND"],
    ["adam", "sam", "NOT_YOUR_ROLE"],
    ["sue", "sue", "SELF_DECISION"],
  ])("%s cannot confirm the grant of %s: %s", async (account, whose, code) => {
    const { id } = (await of(whose))!;
    expect((await step(server, account, "confirmRecertification", { id }, { now: january })).code).toBe(code);
  });

  test("confirmed by the head, and for the head by the general manager", async () => {
    for (const [account, whose] of [
      ["sue", "sam"],
      ["gina", "sue"],
    ] as const) {
      const { id } = (await of(whose))!;
      const twice = await Promise.all(
        [1, 2].map(() => step(server, account, "confirmRecertification", { id }, { now: january })),
      );
      expect(twice.map(({ code, form }) => code ?? form.state).sort()).toEqual(["CONFIRMED", "WRONG_STATE"]);
    }
  });

  test("dropped: the grant is revoked at once", async () => {
    const { id } = (await of("dora"))!;
    expect((await step(server, "sue", "dropRecertification", { id }, { now: january })).form.state).toBe(
      "DROPPED",
    );
    expect((await of("dora"))!.grant).toMatchObject({ state: "REVOKED", endedAt: january });
  });

  test("not confirmed in time: held up, and the others go on", async () => {
    const { db } = server.database;
    await keepTime(db, deadline);
    expect((await of("pat"))!).toMatchObject({ state: "LAPSED", grant: { state: "SUSPENDED" } });
    expect((await of("sam"))!).toMatchObject({ state: "CONFIRMED", grant: { state: "ACTIVE" } });
    const { grantId } = (await of("pat"))!;
    const told = await db.notification.findMany({
      where: { recordId: grantId },
      select: { says: true, person: { select: { staffNo: true } } },
    });
    expect(told.map(({ says, person }) => `${person.staffNo}: ${says}`).sort()).toEqual(
      ["adam", "pat", "pia"].map((who) => `${who}: A grant is held up: nobody has confirmed it in time.`),
    );
  });

  test("administration's head puts it into force again", async () => {
    const { grantId: id } = (await of("pat"))!;
    const restored = await step(server, "ada", "restoreGrant", { id, note: "Needed" }, { now: deadline });
    expect(restored.form.state).toBe("ACTIVE");
  });
});

describe("a grant that ends while its head is asked about it", () => {
  let server: DemoServer;
  beforeEach(async () => {
    server = await demoServer();
  });
  afterEach(() => server?.close());

  const january = new Date("2027-01-04T09:00:00+08:00");
  const deadline = new Date("2027-01-18T24:00:00+08:00");
  const later = (days: number) => new Date(january.getTime() + days * 86_400_000);

  /** cara's grant of a case, which ends a week after her head has been asked about it, or later. */
  async function askedAbout(days = 7) {
    const { db } = server.database;
    const grantId = await granted(server, {
      employee: "cara",
      form: { ...aCase, validTo: later(days).toISOString() },
    });
    await askWhatIsNeeded(db, january, 3);
    const { id } = await db.recertification.findFirstOrThrow({ where: { grantId } });
    return { id, grantId };
  }
  const stateOf = async (id: string) =>
    (await server.database.db.recertification.findUniqueOrThrow({ where: { id } })).state;
  const saidOf = async (...ids: string[]) =>
    (await server.database.db.notification.findMany({ where: { recordId: { in: ids } } })).map(
      ({ says }) => says,
    );
  const heldUp = "A grant is held up: nobody has confirmed it in time.";

  test.each([["replace", "drop"] as const, ["drop", "replace"] as const])(
    "at once with its head's word, first %s: neither waits for the other for ever",
    async (...order) => {
      const { id, grantId } = await askedAbout();
      const renewal = await application(server, "APPROVED", {
        employee: "cara",
        form: { ...aCase, validTo: later(7).toISOString(), replacesId: grantId },
      });
      const now = { now: later(0.1) };
      const acts = {
        replace: () => step(server, "tim", "implementGrantApplication", { id: renewal }, now),
        drop: () => step(server, "mona", "dropRecertification", { id }, now),
      };
      const told = await atOnce(
        server.database,
        { table: "Grant", id: grantId },
        order.map((one) => acts[one]),
      );
      expect(told.map(({ code }) => code)).not.toContain("OVERLOADED");
      const { state } = await server.database.db.grant.findUniqueOrThrow({ where: { id: grantId } });
      expect(["SUPERSEDED", "REVOKED"]).toContain(state);
      expect(await stateOf(id)).not.toBe("OPEN");
    },
  );

  type Ending = (grantId: string) => Promise<unknown>;
  const suspended: Ending = (id) =>
    stepOn(server, "adam", "suspendGrant", { id, note: "Looked into." }, { now: later(1) });
  test.each<[string, Ending]>([
    ["by its date", () => keepTime(server.database.db, later(7))],
    [
      "because it is taken back",
      async (id) => {
        await suspended(id);
        await stepOn(server, "ada", "revokeGrant", { id, note: "Misused." }, { now: later(2) });
      },
    ],
    [
      "because its holder goes",
      async () => {
        const input = { employeeId: employeeId("cara"), kind: "LEAVE", reason: "Gave notice" };
        await stepOn(server, "mona", "confirmOffboarding", input, { now: later(1) });
      },
    ],
  ])(
    "%s: the question is closed, in the same step, and nobody is told that anything is held up",
    async (_, ends) => {
      const { db } = server.database;
      const { id, grantId } = await askedAbout();
      await ends(grantId);
      expect(await stateOf(id)).toBe("CLOSED");
      const { to: state, at } = await db.formEvent.findFirstOrThrow({
        where: { recordId: grantId },
        orderBy: { seq: "desc" },
      });
      expect(["EXPIRED", "REVOKED"]).toContain(state);
      expect(await db.formEvent.findMany({ where: { recordId: id, action: "close" } })).toMatchObject([
        { from: "OPEN", to: "CLOSED", at, byId: null },
      ]);
      await keepTime(db, deadline);
      expect(await stateOf(id)).toBe("CLOSED");
      expect(await saidOf(id, grantId)).not.toContain(heldUp);
    },
  );

  test("because another one takes its place", async () => {
    const { db } = server.database;
    await askWhatIsNeeded(db, january, 3);
    const grant = await db.grant.findFirstOrThrow({
      where: { granteeId: employeeId("sam"), state: "ACTIVE" },
    });
    await granted(server, { now: later(1), form: { kind: "CHANGE", changeReason: "Sells more" } });
    expect(await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).toMatchObject({
      state: "SUPERSEDED",
    });
    expect(
      await db.recertification.findFirstOrThrow({ where: { grantId: grant.id, round: "2027-01" } }),
    ).toMatchObject({ state: "CLOSED" });
  });

  test("because it is dropped: it is the head's word that stands", async () => {
    const { id, grantId } = await askedAbout();
    await stepOn(server, "mona", "dropRecertification", { id }, { now: later(1) });
    expect(await stateOf(id)).toBe("DROPPED");
    expect(await server.database.db.grant.findUniqueOrThrow({ where: { id: grantId } })).toMatchObject({
      state: "REVOKED",
    });
  });

  test("one that administration looks into lapses, and nobody is told that it is held up for want of a word", async () => {
    const { id, grantId } = await askedAbout(30);
    await suspended(grantId);
    await keepTime(server.database.db, deadline);
    expect(await stateOf(id)).toBe("LAPSED");
    expect(await saidOf(id, grantId)).not.toContain(heldUp);
  });

  test("by its date, which the clock has not marked yet: it can no longer be confirmed", async () => {
    const { id } = await askedAbout();
    const confirmed = await step(server, "mona", "confirmRecertification", { id }, { now: later(7) });
    expect(confirmed.code).toBe("WRONG_STATE");
  });
});

describe("prefillRenewal", () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await demoServer();
  });
  afterAll(() => server?.close());

  const draft = async (account: string, whose: string) => {
    const grant = await server.database.db.grant.findFirstOrThrow({ where: { grantee: { staffNo: whose } } });
    return server.executeAs(
      account,
      `query ($id: ID!) { prefillRenewal(grantId: $id) { employeeId kind tier classes { fieldClass cap onlyFields }
        operations customerScope customerIds purposes secrecyClearance replacesId } }`,
      { variables: { id: grant.id } },
    );
  };

  test("is what applyForGrant takes: with a reason it is a whole form", async () => {
    const { data } = await draft("sue", "sam");
    const { replacesId, ...form } = data.prefillRenewal;
    expect(replacesId).toBeNull();
    const applied = await step(server, "sue", "applyForGrant", { ...form, reason: "Goes on selling" });
    expect(applied.form.state).toBe("DRAFT");
    const { db } = server.database;
    const application = await db.grantApplication.findUniqueOrThrow({ where: { id: applied.form.id } });
    const grant = await db.grant.findFirstOrThrow({ where: { grantee: { staffNo: "sam" } } });
    expect(application).toMatchObject({
      tier: grant.tier,
      operations: grant.operations,
      ...{ replacesId: grant.id, validTo: null },
    });
  });

  test.each(["CHANGE", "TRANSFER"] as const)(
    "of what a %s led to, too: it goes on standing",
    async (kind) => {
      const { db } = server.database;
      await db.grant.updateMany({ where: { grantee: { staffNo: "sue" } }, data: { kind } });
      const { data } = await draft("gina", "sue");
      const applied = await step(server, "gina", "applyForGrant", {
        ...{ ...data.prefillRenewal, reason: "Goes on selling" },
      });
      expect(applied).toMatchObject({ form: { state: "DRAFT" } });
      expect(await db.grantApplication.findUnique({ where: { id: applied.form.id } })).toMatchObject({
        ...{ kind: "STANDING", changeReason: null },
      });
    },
  );

  test("a grant out of reach is none", async () => {
    expect((await draft("pia", "sam")).errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND" });
  });
});
