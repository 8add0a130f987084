import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { testNow } from "../support/database.js";
import { deviceInUse } from "../support/drivers/faults.js";
import { aCourse } from "../support/drivers/training.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { after, formPlay } from "../support/form-driver.js";
import { step } from "../support/steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const take = (account: string, mutation: string, input: object, now = testNow) =>
  step(server, account, mutation, input, { form: "staffRequest", now });

const kinds = [
  { kind: "TRAINING", ask: "demandTraining", waits: "TRAINING_DEMANDED", answer: "answerTrainingDemand" },
  {
    kind: "IMPROVEMENT",
    ask: "proposeImprovement",
    waits: "IMPROVEMENT_PROPOSED",
    answer: "answerImprovement",
  },
  { kind: "SUPPORT", ask: "askForSupport", waits: "SUPPORT_ASKED", answer: "answerSupport" },
] as const;

const answerers = {
  TRAINING: ["tara"],
  IMPROVEMENT: ["clerk", "ada"],
  SUPPORT: ["tim", "tess"],
};
const text = "How?";
const answer = "Like this";

const seen = async (account: string, id: string) =>
  (
    await server.executeAs(
      account,
      `query ($id: ID!) { staffRequest(id: $id) {
        kind state text answer asker { name } answeredBy { name } session { title } device { deviceNo } } }`,
      { variables: { id } },
    )
  ).data.staffRequest;

describe.each(kinds)("$ask", ({ kind, ask, waits, answer: answering }) => {
  test("is answered by those whose it is, and by nobody else", async () => {
    const everybody = Object.values(answerers).flat();
    const { form } = await take("sam", ask, { text });
    expect(form.state).toBe(waits);
    const theirs: readonly string[] = answerers[kind];
    for (const account of ["sam", "sue", "gina", ...everybody.filter((one) => !theirs.includes(one))])
      expect((await take(account, answering, { id: form.id, answer })).code).toMatch(
        /NOT_YOUR_ROLE|SELF_DECISION/,
      );
    expect(await take(theirs[0]!, answering, { id: form.id })).toMatchObject({
      ...{ code: "FORM_INCOMPLETE", paths: ["input.answer"] },
    });
    expect((await take(theirs[0]!, answering, { id: form.id, answer })).form.state).toBe("ANSWERED");
    expect(await seen("sam", form.id)).toMatchObject({ kind, text, answer, state: "ANSWERED" });
    expect((await take("sam", "withdrawStaffRequest", { id: form.id })).code).toBe("WRONG_STATE");
  });

  test("is complete or refused", async () => {
    const { staffRequest } = server.database.db;
    const before = await staffRequest.count();
    for (const nothing of [undefined, null, "", " \n "])
      expect(await take("sam", ask, { text: nothing })).toMatchObject({
        ...{ code: "FORM_INCOMPLETE", paths: ["input.text"] },
      });
    expect(await staffRequest.count()).toBe(before);
  });

  test("waits among the tasks of those who answer, and tells them", async () => {
    const { form } = await take("sam", ask, { text });
    for (const account of answerers[kind]) {
      const { data } = await server.executeAs(account, "{ myTasks { state record { id } mutations } }");
      expect(data.myTasks).toContainEqual({ state: waits, record: { id: form.id }, mutations: [answering] });
    }
    const told = await server.database.db.notification.findMany({
      where: { recordId: form.id },
      select: { personId: true },
    });
    expect(told).toContainEqual({ personId: employeeId(answerers[kind][0]!) });
    expect(told).not.toContainEqual({ personId: employeeId("sue") });
  });

  test("is read by whoever made it, their head and those who answer", async () => {
    const { form } = await take("sam", ask, { text });
    for (const account of ["sam", "sue", "gina", ...answerers[kind]])
      expect(await seen(account, form.id)).toMatchObject({ text });
    for (const account of ["pat", "mona", "fin", "cu1"]) expect(await seen(account, form.id)).toBeNull();
  });
});

describe("a demand for a training", () => {
  const announce = async () =>
    formPlay(server, "TrainingSession").must("tara", "schedule", aCourse(after(testNow, 24)));
  const demand = async () => (await take("sam", "demandTraining", { text })).form.id as string;
  const reply = (id: string, sessionId: string) =>
    take("tara", "answerTrainingDemand", { id, answer, sessionId });

  test("is answered with a session that is still to come, which sam can enrol in", async () => {
    const [id, sessionId] = [await demand(), await announce()];
    expect((await reply(id, sessionId)).form.state).toBe("ANSWERED");
    expect(await seen("sam", id)).toMatchObject({ session: { title: "Customer-list devices" } });
    expect(
      await step(server, "sam", "enrolInTraining", { sessionId }, { form: "trainingRecord" }),
    ).toMatchObject({
      form: { state: "ENROLLED" },
    });
  });

  test("is not answered with one that is off, or is none; nothing is written", async () => {
    const [id, sessionId] = [await demand(), await announce()];
    await formPlay(server, "TrainingSession").must("tara", "cancel", { id: sessionId, note: "Because." });
    expect(await reply(id, sessionId)).toMatchObject({ code: "WRONG_STATE", paths: ["input.sessionId"] });
    expect(await reply(id, "trs_none")).toMatchObject({ code: "NOT_FOUND", paths: ["input.sessionId"] });
    expect(await seen("sam", id)).toMatchObject({ state: "TRAINING_DEMANDED", answer: null });
  });
});

describe("what is asked about a device", () => {
  test("stands below it, for whoever sees both", async () => {
    const deviceId = await deviceInUse({ server, now: testNow });
    const { form } = await take("sam", "askForSupport", { deviceId, text });
    const below = async (account: string) =>
      (
        await server.executeAs(
          account,
          `query ($id: ID!) { device(id: $id) { staffRequests(first: 5) { nodes { id text } } } }`,
          { variables: { id: deviceId } },
        )
      ).data.device?.staffRequests.nodes;
    for (const account of ["sam", "tim"]) expect(await below(account)).toEqual([{ id: form.id, text }]);
  });

  test("is of one in reach: another is not known to be there", async () => {
    const deviceId = await deviceInUse({ server, now: testNow }, "mona");
    for (const id of [deviceId, "dev_none"])
      expect(await take("sam", "proposeImprovement", { deviceId: id, text })).toMatchObject({
        ...{ code: "NOT_FOUND", paths: ["input.deviceId"] },
      });
  });
});
