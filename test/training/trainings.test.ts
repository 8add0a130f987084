import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { isPassed } from "../../src/training/trained.js";
import { trainingRecordWorkflow } from "../../src/training/training-record.workflow.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { atOnce } from "../support/at-once.js";
import { testNow } from "../support/database.js";
import { aCourse } from "../support/drivers/training.js";
import { type Asking, type DemoServer, demoServer } from "../support/execute-as.js";
import { clockAt } from "../support/form-steps.js";
import { stepOn, withoutTrace } from "../support/forms.js";
import { step } from "../support/steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

type Input = Readonly<Record<string, unknown>>;

const hours = (count: number, from = testNow) => new Date(from.getTime() + count * 3_600_000);
const record = { form: "trainingRecord" };
const ofSession = { form: "trainingSession" };

/** A session of tara's that begins in three hours. */
const scheduled = (more: Input = {}, account = "tara") =>
  stepOn(server, account, "scheduleTrainingSession", { ...aCourse(hours(3)), ...more }, ofSession);

const enrol = (account: string, input: Input, asking: Asking = {}) =>
  step(server, account, "enrolInTraining", input, { ...record, ...asking });

const enrolled = (account: string, sessionId: string): Promise<string> =>
  stepOn(server, account, "enrolInTraining", { sessionId }, record);

/** After it: when tara records what came of it. */
const then = { now: hours(7) };
const hold = (id: string) => stepOn(server, "tara", "holdTrainingSession", { id }, { ...ofSession, ...then });

const recordOf = (id: string) => server.database.db.trainingRecord.findUniqueOrThrow({ where: { id } });

describe("a session", () => {
  test("is announced to everybody who works here, and to nobody else", async () => {
    const id = await scheduled();
    const query =
      "query ($id: ID!) { trainingSession(id: $id) { title hours heldAt trainer { staffNo } state } }";
    const asked = async (account: string) =>
      (await server.executeAs(account, query, { variables: { id } })).data?.trainingSession ?? null;
    expect(await asked("sam")).toEqual({
      ...{ title: "Customer-list devices", hours: "4.0", heldAt: expect.any(String), state: "SCHEDULED" },
      trainer: { staffNo: "tara" },
    });
    expect(await asked("vic")).toMatchObject({ title: "Customer-list devices" });
    expect([await asked("cu1"), await asked("vera")]).toEqual([null, null]);
  });

  test.each<[string, Input, string[]]>([
    ["names all that is missing at once", {}, ["kind", "title", "place", "hours", "heldAt"]],
    ["about devices has a topic", { ...aCourse(hours(3)), topics: [] }, ["topics"]],
    ["of sellers has none", { ...aCourse(hours(3)), kind: "SELLER" }, ["topics"]],
    [
      "of sellers takes two class hours",
      { ...aCourse(hours(3)), kind: "SELLER", topics: [], hours: "1.9" },
      ["hours"],
    ],
    ["has hours of one decimal place", { ...aCourse(hours(3)), hours: "2.25" }, ["hours"]],
    ["is still to come", aCourse(hours(-1)), ["heldAt"]],
    ["has a place at least", { ...aCourse(hours(3)), places: 0 }, ["places"]],
  ])("%s", async (_what, input, fields) => {
    const { code, paths } = await withoutTrace(server, () =>
      step(server, "tara", "scheduleTrainingSession", input, ofSession),
    );
    expect(code).toBe("FORM_INCOMPLETE");
    expect(paths).toEqual(fields.map((field) => `input.${field}`));
  });

  test("is not held before it has begun", async () => {
    const id = await scheduled();
    const early = { ...ofSession, now: hours(2.9) };
    expect((await step(server, "tara", "holdTrainingSession", { id }, early)).code).toBe("WRONG_STATE");
    expect(
      (await step(server, "tara", "holdTrainingSession", { id }, { ...ofSession, now: hours(3) })).code,
    ).toBe(undefined);
  });

  test("is evaluated once everybody has a result or was absent", async () => {
    const id = await scheduled();
    const [there, absent] = [await enrolled("sam", id), await enrolled("pat", id)];
    await hold(id);
    const evaluate = () => step(server, "tara", "evaluateTrainingSession", { id }, { ...ofSession, ...then });
    expect(await evaluate()).toMatchObject({ code: "OPEN_ITEMS", needs: expect.stringContaining("2 to go") });
    await stepOn(server, "tara", "recordTrainingAbsence", { id: absent }, { ...record, ...then });
    await stepOn(server, "tara", "recordTrainingAttendance", { id: there }, { ...record, ...then });
    expect((await evaluate()).code).toBe("OPEN_ITEMS");
    await stepOn(server, "tara", "gradeTraining", { id: there, score: "70" }, { ...record, ...then });
    expect((await evaluate()).form.state).toBe("EVALUATED");
  });

  test("that is called off takes every enrolment with it, and everybody hears of it", async () => {
    const id = await scheduled();
    const one = await enrolled("sam", id);
    await stepOn(server, "tara", "cancelTrainingSession", { id, note: "No room." }, ofSession);
    expect((await recordOf(one)).state).toBe("WITHDRAWN");
    const told = await server.database.db.notification.findMany({
      where: { recordId: one, says: "A training has been called off." },
      select: { person: { select: { staffNo: true } } },
    });
    expect(told.map(({ person }) => person.staffNo).sort()).toEqual(["sam", "sue"]);
  });

  test("that is moved is moved for everybody who is enrolled", async () => {
    const id = await scheduled();
    const one = await enrolled("sam", id);
    const heldAt = hours(50);
    await stepOn(
      server,
      "tara",
      "rescheduleTrainingSession",
      { id, heldAt: heldAt.toISOString() },
      ofSession,
    );
    expect(await recordOf(one)).toMatchObject({ state: "ENROLLED", heldAt });
  });

  test("that is handed over is the other trainer's to evaluate, and theirs alone", async () => {
    const id = await scheduled();
    const one = await enrolled("sam", id);
    const handOver = (trainer: string) =>
      step(server, "gina", "handOverTrainingSession", { id, trainerId: employeeId(trainer) }, ofSession);
    expect((await handOver("sam")).code).toBe("NOT_FOUND");
    expect((await handOver("tara")).code).toBe("WRONG_STATE");
    expect((await handOver("T101")).code).toBe(undefined);
    await stepOn(server, "T101", "holdTrainingSession", { id }, { ...ofSession, ...then });
    const attend = (account: string) =>
      step(server, account, "recordTrainingAttendance", { id: one }, { ...record, ...then });
    expect((await attend("tara")).code).toBe("NOT_FOUND");
    expect((await attend("T101")).form.state).toBe("ATTENDED");
  });

  test("is not handed over to somebody who takes part", async () => {
    const id = await scheduled();
    await enrolled("T101", id);
    const input = { id, trainerId: employeeId("T101") };
    expect((await step(server, "gina", "handOverTrainingSession", input, ofSession)).code).toBe(
      "SELF_DECISION",
    );
  });
});

describe("an enrolment", () => {
  test.each<[string, string, Input, string | undefined]>([
    ["in one's own name", "sam", {}, undefined],
    ["by the head", "sue", { employeeId: employeeId("sam") }, undefined],
    ["of a vendor's own people", "vic", {}, undefined],
    ["by a colleague", "sam", { employeeId: employeeId("S101") }, "NOT_YOUR_ROLE"],
    ["by the head of another department", "pia", { employeeId: employeeId("sam") }, "NOT_YOUR_ROLE"],
    ["by the trainer, of somebody else", "tara", { employeeId: employeeId("sam") }, "NOT_YOUR_ROLE"],
    ["by the trainer, in the own session", "tara", {}, "SELF_DECISION"],
    ["by a customer", "cu1", {}, "NOT_FOUND"],
    ["in a session that is not there", "sam", { sessionId: "trs_nobody" }, "NOT_FOUND"],
    ["in no session", "sam", { sessionId: null }, "FORM_INCOMPLETE"],
  ])("%s", async (_what, account, input, code) => {
    const sessionId = await scheduled();
    const taken = await enrol(account, { sessionId, ...input });
    expect(taken.code).toBe(code);
  });

  test("is made once, and again after it was taken back", async () => {
    const sessionId = await scheduled();
    const id = await enrolled("sam", sessionId);
    expect((await enrol("sue", { sessionId, employeeId: employeeId("sam") })).code).toBe("DUPLICATE");
    await stepOn(server, "sam", "withdrawFromTraining", { id }, record);
    expect((await enrol("sam", { sessionId })).code).toBe(undefined);
  });

  test.each<[string, string, string, string | undefined]>([
    ["the head, of one of the department", "sue", "sam", undefined],
    ["the general manager, of a head", "gina", "sue", undefined],
    ["the general manager, of a department without a head", "gina", "fin", undefined],
    ["the general manager, of somebody who has a head", "gina", "sam", "NOT_FOUND"],
    ["the head of another department", "pia", "sam", "NOT_FOUND"],
    ["a head, of another head", "pia", "sue", "NOT_FOUND"],
    ["the head of administration, of the general manager", "ada", "gina", undefined],
  ])("is taken back by whoever signs for the person: %s", async (_what, account, person, code) => {
    const id = await enrolled(person, await scheduled());
    const { code: refused } = await step(server, account, "withdrawFromTraining", { id }, record);
    expect(refused).toBe(code);
    const { data } = await server.executeAs(
      account,
      `{ node(id: "${id}") { ... on TrainingRecord { employee { staffNo } state } } }`,
    );
    expect(data.node).toEqual(code ? null : { employee: { staffNo: person }, state: "WITHDRAWN" });
  });

  test("of two at once that ask for the last place one is made", async () => {
    const sessionId = await scheduled({ places: 1 });
    const both = await atOnce(
      server.database,
      { table: "TrainingSession", id: sessionId },
      ["sam", "pat"].map((account) => () => enrol(account, { sessionId })),
    );
    expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
  });

  test("is no longer made, nor taken back, once the session has been held", async () => {
    const sessionId = await scheduled();
    const id = await enrolled("sam", sessionId);
    await hold(sessionId);
    expect((await enrol("pat", { sessionId }, then)).code).toBe("WRONG_STATE");
    expect((await step(server, "sam", "withdrawFromTraining", { id }, { ...record, ...then })).code).toBe(
      "WRONG_STATE",
    );
  });
});

describe("a result", () => {
  test.each<[score: string, attended: number, hours: number, passed: boolean]>([
    ["60", 4, 4, true],
    ["60.0", 4, 4, true],
    ["59.9", 4, 4, false],
    ["100", 3.9, 4, false],
    ["100", 4, 4, true],
    ["0", 4, 4, false],
  ])("of %s points, after %s of %s hours: passed %s", (score, attended, whole, passed) => {
    expect(isPassed(score, attended, whole)).toBe(passed);
  });

  test.each<[string, Input, Input, string]>([
    ["with all the hours and the pass mark: passed", {}, { score: "60" }, "PASSED"],
    ["below the pass mark: failed", {}, { score: "59.9" }, "FAILED"],
    ["without all the hours: failed", { attendedHours: "3.5" }, { score: "100" }, "FAILED"],
  ])("%s", async (_what, attended, graded, state) => {
    const sessionId = await scheduled();
    const id = await enrolled("sam", sessionId);
    await hold(sessionId);
    await stepOn(server, "tara", "recordTrainingAttendance", { id, ...attended }, { ...record, ...then });
    await stepOn(server, "tara", "gradeTraining", { id, ...graded }, { ...record, ...then });
    const { state: reached, expiresAt } = await recordOf(id);
    expect(reached).toBe(state);
    // Held on 22 November 2026, at 18:00 in Shanghai.
    expect(expiresAt).toEqual(state === "PASSED" ? new Date("2027-11-23T00:00:00+08:00") : null);
  });

  test.each<[string, string, Input]>([
    ["score", "gradeTraining", { score: "100.1" }],
    ["score", "gradeTraining", { score: "60.55" }],
    ["score", "gradeTraining", { score: "-1" }],
    ["score", "gradeTraining", {}],
    ["attendedHours", "recordTrainingAttendance", { attendedHours: "4.1" }],
    ["attendedHours", "recordTrainingAttendance", { attendedHours: "0" }],
  ])("an unusable %s is refused: %s %o", async (field, mutation, input) => {
    const sessionId = await scheduled();
    const id = await enrolled("sam", sessionId);
    await hold(sessionId);
    if (field === "score")
      await stepOn(server, "tara", "recordTrainingAttendance", { id }, { ...record, ...then });
    const refused = await withoutTrace(server, () =>
      step(server, "tara", mutation, { id, ...input }, { ...record, ...then }),
    );
    expect(refused).toMatchObject({ code: "FORM_INCOMPLETE", paths: [`input.${field}`] });
  });

  test("nobody evaluates their own: not as a trainer in somebody else's session either", async () => {
    const sessionId = await scheduled({}, "T101");
    const id = await enrolled("tara", sessionId);
    await stepOn(server, "T101", "holdTrainingSession", { id: sessionId }, { ...ofSession, ...then });
    const own = await step(server, "tara", "recordTrainingAttendance", { id }, { ...record, ...then });
    expect(own.code).toBe("SELF_DECISION");
  });

  test("is seen by the person, the head and the trainer, and by nobody else", async () => {
    const sessionId = await scheduled();
    const id = await enrolled("sam", sessionId);
    const query = "query ($id: ID!) { trainingRecord(id: $id) { state score history { action } } }";
    const sees = async (account: string) =>
      (await server.executeAs(account, query, { variables: { id } })).data?.trainingRecord?.state ?? null;
    const people = ["sam", "sue", "tara", "T101", "S101", "pia", "clerk", "adam", "gina", "vic"];
    const seen = await Promise.all(people.map(async (account) => [account, await sees(account)]));
    expect(seen.filter(([, state]) => state !== null).map(([account]) => account)).toEqual([
      "sam",
      "sue",
      "tara",
    ]);
  });
});

describe("results of many at once", () => {
  const record100 = (account: string, lines: readonly Input[]) =>
    server.executeAs(
      account,
      `mutation ($lines: [TrainingResultLine!]!) { recordTrainingResults(input: { lines: $lines }) {
        recorded results { recordId state code problems { field } } } }`,
      { variables: { lines }, ...then },
    );

  test("are recorded line by line, each whole or not at all", async () => {
    const sessionId = await scheduled();
    const people = ["sam", "pat", "pia", "cara", "carl"];
    const [sam, pat, pia, cara, carl] = await Promise.all(people.map((one) => enrolled(one, sessionId)));
    await hold(sessionId);
    const { data } = await record100("tara", [
      { recordId: sam, attendedHours: "4", score: "88.5" },
      { recordId: pat, attendedHours: "4", score: "12" },
      { recordId: pia, absent: true },
      { recordId: cara, attendedHours: "4", score: "200" },
      { recordId: carl, absent: true, score: "70" },
      { recordId: "trn_nobody", absent: true },
      { recordId: sam, absent: true },
    ]);
    expect(data.recordTrainingResults).toEqual({
      recorded: 3,
      results: [
        { recordId: sam, state: "PASSED", code: null, problems: [] },
        { recordId: pat, state: "FAILED", code: null, problems: [] },
        { recordId: pia, state: "ABSENT", code: null, problems: [] },
        { recordId: cara, state: null, code: "FORM_INCOMPLETE", problems: [{ field: "score" }] },
        { recordId: carl, state: null, code: "FORM_INCOMPLETE", problems: [{ field: "lines" }] },
        { recordId: "trn_nobody", state: null, code: "NOT_FOUND", problems: [] },
        { recordId: sam, state: null, code: "WRONG_STATE", problems: [] },
      ],
    });
    // Of a line that is refused not even the attendance is there.
    expect(await recordOf(cara!)).toMatchObject({ state: "ENROLLED", attendedHours: null });
  });

  test("are the trainer's alone", async () => {
    const sessionId = await scheduled();
    const id = await enrolled("sam", sessionId);
    await hold(sessionId);
    const line = { recordId: id, attendedHours: "4", score: "100" };
    const codes = await Promise.all(
      ["sam", "sue", "T101", "adam"].map(
        async (account) => (await record100(account, [line])).data.recordTrainingResults.results[0].code,
      ),
    );
    expect(codes).toEqual(["SELF_DECISION", "NOT_YOUR_ROLE", "NOT_FOUND", "NOT_FOUND"]);
    expect((await recordOf(id)).state).toBe("ENROLLED");
  });

  test("are refused as a whole beyond 500 lines", async () => {
    const { errors } = await record100(
      "tara",
      Array.from({ length: 501 }, () => ({ recordId: "trn_x", absent: true })),
    );
    expect(errors?.[0]?.extensions?.code).toBe("LIMIT_EXCEEDED");
  });
});

describe("what is passed", () => {
  const customers = async (account: string, now: Date) => {
    const query = "{ customers(first: 1) { nodes { name } } }";
    const { data, errors } = await server.executeAs(account, query, { now });
    return (errors?.[0]?.extensions?.code as string) ?? data.customers.nodes.length;
  };

  test("opens customer data until it expires, on the very next request, and again once it is passed anew", async () => {
    const { db } = server.database;
    const cara = employeeId("cara");
    const { id, expiresAt: end } = await db.trainingRecord.findFirstOrThrow({
      where: { employeeId: cara, kind: "DEVICE", state: "PASSED" },
    });
    const last = new Date(end!.getTime() - 1);
    // Her grant would be over before.
    await db.grant.updateMany({ where: { granteeId: cara }, data: { validTo: hours(24 * 400) } });
    expect(await customers("cara", last)).toBe(1);
    expect(await customers("cara", end!)).toBe("TRAINING_REQUIRED");
    // Whether or not the clock has looked.
    expect((await recordOf(id)).state).toBe("PASSED");
    expect(await clockAt(server, trainingRecordWorkflow, id, end!)).toBe("EXPIRED");
    expect(await customers("cara", end!)).toBe("TRAINING_REQUIRED");

    const at = (count: number) => ({ now: hours(count, end!) });
    const sessionId = await stepOn(server, "tara", "scheduleTrainingSession", aCourse(hours(1, end!)), {
      ...ofSession,
      ...at(0),
    });
    const again = await stepOn(server, "cara", "enrolInTraining", { sessionId }, { ...record, ...at(0) });
    await stepOn(server, "tara", "holdTrainingSession", { id: sessionId }, { ...ofSession, ...at(5) });
    await stepOn(server, "tara", "recordTrainingAttendance", { id: again }, { ...record, ...at(5) });
    expect(await customers("cara", hours(5, end!))).toBe("TRAINING_REQUIRED");
    await stepOn(server, "tara", "gradeTraining", { id: again, score: "60" }, { ...record, ...at(5) });
    expect(await customers("cara", hours(5, end!))).toBe(1);
  });

  test("counts for a past instant as it did then", async () => {
    const { db } = server.database;
    const pat = employeeId("pat");
    const { id, evaluatedAt, expiresAt } = await db.trainingRecord.findFirstOrThrow({
      where: { employeeId: pat, kind: "DEVICE" },
    });
    await db.grant.updateMany({
      where: { granteeId: pat, state: "ACTIVE" },
      data: { validFrom: hours(-24 * 90), validTo: hours(24 * 400) },
    });
    expect(await clockAt(server, trainingRecordWorkflow, id, expiresAt!)).toBe("EXPIRED");
    const query = `query ($employeeId: ID!, $deviceId: ID, $at: DateTime) {
      whatCanSee(employeeId: $employeeId, deviceId: $deviceId, purpose: "ORDER_HANDLING", at: $at) {
        field otherwise } }`;
    const device = await db.device.findUniqueOrThrow({ where: { deviceNo: "D2" } });
    const missing = async (at: Date) => {
      const variables = { employeeId: pat, deviceId: device.id, at: at.toISOString() };
      const { data } = await server.executeAs("adam", query, { now: hours(24 * 306), variables });
      type Field = { field: string; otherwise: string };
      return (data.whatCanSee as Field[]).find(({ field }) => field === "Order.quantity")?.otherwise;
    };
    expect(await missing(new Date(evaluatedAt!.getTime() - 1))).toBe("TRAINING_REQUIRED");
    expect(await missing(evaluatedAt!)).not.toBe("TRAINING_REQUIRED");
    expect(await missing(new Date(expiresAt!.getTime() - 1))).not.toBe("TRAINING_REQUIRED");
    expect(await missing(expiresAt!)).toBe("TRAINING_REQUIRED");
  });

  test("is told to be what would help, with the mutation that asks for it", async () => {
    const { errors } = await server.executeAs("carl", "{ customers(first: 1) { nodes { name } } }", {
      now: hours(24 * 306),
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "TRAINING_REQUIRED", request: "enrolInTraining" });
  });

  test("is renewed by what covers it, and by nothing less: nobody is reminded of what is renewed", async () => {
    const { db } = server.database;
    const passes = async (topics: readonly string[]) => {
      const sessionId = await scheduled({ topics });
      const id = await enrolled("dora", sessionId);
      await hold(sessionId);
      await stepOn(server, "tara", "recordTrainingAttendance", { id }, { ...record, ...then });
      await stepOn(server, "tara", "gradeTraining", { id, score: "90" }, { ...record, ...then });
      return id;
    };
    const old = await db.trainingRecord.findFirstOrThrow({
      where: { employeeId: employeeId("dora"), kind: "DEVICE" },
    });
    const part = await passes(["FUNCTIONS"]);
    expect((await recordOf(old.id)).renewedAt).toBeNull();
    const whole = await passes(["FUNCTIONS", "QUERY_ENTRY", "DATA_PROTECTION"]);
    expect((await recordOf(old.id)).renewedAt).toEqual(then.now);
    expect((await recordOf(part)).renewedAt).toEqual(then.now);
    expect((await recordOf(whole)).renewedAt).toBeNull();
    await keepTime(db, hours(-24, old.expiresAt!));
    await keepTime(db, hours(-24, (await recordOf(whole)).expiresAt!));
    const reminded = await db.notification.findMany({
      where: { recordId: { in: [old.id, part, whole] }, says: { startsWith: "A training expires" } },
      select: { recordId: true, person: { select: { staffNo: true } } },
    });
    expect(reminded.map(({ recordId, person }) => [recordId, person.staffNo]).sort()).toEqual([
      [whole, "dora"],
      [whole, "sue"],
    ]);
  });
});

test("what lasts longer is not renewed by what was held before it and evaluated after", async () => {
  const { db } = server.database;
  const sessionId = await scheduled({ topics: ["FUNCTIONS"] });
  const id = await enrolled("dora", sessionId);
  await hold(sessionId);
  await stepOn(server, "tara", "recordTrainingAttendance", { id }, { ...record, ...then });
  const lasting = await db.trainingRecord.create({
    data: {
      ...{ id: "trn_lasting", employeeId: employeeId("dora"), kind: "DEVICE", topics: ["FUNCTIONS"] },
      ...{ state: "PASSED", heldAt: then.now, attendedHours: 2, score: 90, evaluatedAt: then.now },
      expiresAt: new Date("2099-01-01"),
    },
  });
  await stepOn(server, "tara", "gradeTraining", { id, score: "90" }, { ...record, ...then });
  expect((await recordOf(lasting.id)).renewedAt).toBeNull();
});

test("an enrolment ends with the post that it was for; a session without a trainer is called off", async () => {
  const sessionId = await scheduled({}, "T101");
  const [sam, pat] = [await enrolled("sam", sessionId), await enrolled("pat", sessionId)];
  const leaves = async (head: string, account: string) =>
    stepOn(server, head, "confirmOffboarding", {
      ...{ employeeId: employeeId(account), kind: "LEAVE", reason: "Gave notice", handover: [] },
      effectiveAt: testNow.toISOString(),
    });
  await leaves("sue", "sam");
  expect((await recordOf(sam)).state).toBe("WITHDRAWN");
  expect((await recordOf(pat)).state).toBe("ENROLLED");
  await leaves("gina", "T101");
  expect(
    (await server.database.db.trainingSession.findUniqueOrThrow({ where: { id: sessionId } })).state,
  ).toBe("CANCELLED");
  expect((await recordOf(pat)).state).toBe("WITHDRAWN");
});
