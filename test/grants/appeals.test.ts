import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { appealWorkflow } from "../../src/grants/appeal.workflow.js";
import { type Asking, type DemoServer, demoServer } from "../support/execute-as.js";
import {
  clockAt,
  customer,
  daysLater,
  expectNothingWritten,
  expectOneWins,
  person,
  stepsOf,
} from "../support/form-steps.js";
import { otherwise } from "../support/people.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const take = stepsOf(() => server, "appeal");

const text = "Customers call me about orders of last year, and I do not see them.";
const answer = "They are in the archive; ask for the dossier.";
const note = "The answer does not settle it.";

type State = "FILED" | "ANSWERED" | "FORWARDED" | "REVIEWED" | "RESOLVED" | "ESCALATED" | "VOTED" | "DECIDED";

/** An appeal of sam's, a seller, in a state, by id; VOTED: with a majority against it. */
async function appealIn(state: State, result = "REJECTED"): Promise<string> {
  const id = (await take("sam", "fileAppeal", { text })).id!;
  const order: State[] = ["FILED", "FORWARDED", "REVIEWED", "RESOLVED", "ESCALATED", "VOTED", "DECIDED"];
  if (state === "ANSWERED") await take("sue", "answerAppeal", { id, answer });
  const upTo = order.indexOf(state);
  if (upTo >= 1) await take("sue", "forwardAppeal", { id });
  if (upTo >= 2) await take("adam", "resolveAppeal", { id, result, answer });
  if (upTo >= 3) await take("sue", "agreeToAppeal", { id });
  if (upTo >= 4) await take("sam", "escalateAppeal", { id, note });
  if (upTo >= 5) for (const head of ["pia", "tess"]) await vote(head, id, false);
  if (upTo >= 6) await take("ada", "decideAppeal", { id, result: "REJECTED", answer });
  return id;
}
const vote = (account: string, id: string, inFavour: boolean) =>
  take(account, "voteOnAppeal", { id, inFavour });

const stored = (id: string) => server.database.db.appeal.findUniqueOrThrow({ where: { id } });

describe("filing", () => {
  test("goes to the own head, who has two working days", async () => {
    const { db } = server.database;
    const own = await db.grant.findFirstOrThrow({ where: { granteeId: person("sam") } });
    const input = { text, grantId: own.id, wanted: "Past orders" };
    const { id, state } = await take("sam", "fileAppeal", input);
    expect(state).toBe("FILED");
    // Filed on a Sunday: until the end of Tuesday in Shanghai.
    expect(await stored(id!)).toMatchObject({ ...input, dueAt: new Date("2026-11-25T00:00:00+08:00") });
    expect((await stored(id!)).formNo).toMatch(/^P-2026-\d{4}$/);
  });

  test.each<[account: string, input: object, code: string, path?: string]>([
    ["sam", {}, "FORM_INCOMPLETE", "input.text"],
    ["sam", { text: " " }, "FORM_INCOMPLETE", "input.text"],
    ["sam", { text, grantId: "gra_nothing" }, "NOT_FOUND", "input.grantId"],
    ["cu1", { text }, "NOT_YOUR_ROLE"],
    ["rep", { text }, "NOT_YOUR_ROLE"],
  ])("%s with %o is refused: %s", async (account, input, code, path) => {
    const taken = await expectNothingWritten(server, () => take(account, "fileAppeal", input));
    expect(taken).toMatchObject({ code, ...(path && { paths: [path] }) });
  });

  test("about somebody else's grant is refused as if there were none", async () => {
    const { db } = server.database;
    const { id: grantId } = await db.grant.findFirstOrThrow({ where: { granteeId: person("cara") } });
    expect(await take("sam", "fileAppeal", { text, grantId })).toMatchObject({ code: "NOT_FOUND" });
  });

  test.each(["neo", "ian", "vic", "sue", "gina"])("is open to %s as well", async (account) => {
    expect(await take(account, "fileAppeal", { text })).toMatchObject({ state: "FILED" });
  });
});

describe("the steps", () => {
  const explained = { result: "EXPLAINED", answer };
  test.each<[step: string, from: State, account: string, input: object, expected: object]>([
    ["answerAppeal", "FILED", "sue", { answer }, { state: "ANSWERED" }],
    ["answerAppeal", "FILED", "sue", {}, { code: "FORM_INCOMPLETE", paths: ["input.answer"] }],
    ["answerAppeal", "FILED", "sam", { answer }, { code: "NOT_YOUR_ROLE" }],
    ["answerAppeal", "FILED", "adam", { answer }, { code: "NOT_YOUR_ROLE" }],
    ["answerAppeal", "FILED", "gina", { answer }, { code: "NOT_YOUR_ROLE" }],
    // A stranger's head does not even see it.
    ["answerAppeal", "FILED", "mona", { answer }, { code: "NOT_FOUND" }],
    ["answerAppeal", "ANSWERED", "sue", { answer }, { code: "WRONG_STATE" }],
    ["forwardAppeal", "FILED", "sue", {}, { state: "FORWARDED" }],
    ["forwardAppeal", "FILED", "mona", {}, { code: "NOT_FOUND" }],
    ["forwardAppeal", "FILED", "adam", {}, { code: "NOT_YOUR_ROLE" }],
    ["forwardAppeal", "FORWARDED", "sue", {}, { code: "WRONG_STATE" }],
    ["resolveAppeal", "FORWARDED", "adam", explained, { state: "REVIEWED" }],
    ["resolveAppeal", "REVIEWED", "adam", explained, { code: "WRONG_STATE" }],
    ["agreeToAppeal", "REVIEWED", "sue", {}, { state: "RESOLVED" }],
    ["agreeToAppeal", "REVIEWED", "adam", {}, { code: "NOT_YOUR_ROLE" }],
    ["agreeToAppeal", "REVIEWED", "sam", {}, { code: "NOT_YOUR_ROLE" }],
    ["agreeToAppeal", "REVIEWED", "gina", {}, { code: "NOT_YOUR_ROLE" }],
    ["agreeToAppeal", "REVIEWED", "mona", {}, { code: "NOT_FOUND" }],
    ["agreeToAppeal", "FORWARDED", "sue", {}, { code: "WRONG_STATE" }],
    ["agreeToAppeal", "RESOLVED", "sue", {}, { code: "WRONG_STATE" }],
    ["disagreeWithAppeal", "REVIEWED", "sue", { note }, { state: "FORWARDED" }],
    ["disagreeWithAppeal", "REVIEWED", "sue", {}, { code: "FORM_INCOMPLETE", paths: ["input.note"] }],
    ["disagreeWithAppeal", "REVIEWED", "adam", { note }, { code: "NOT_YOUR_ROLE" }],
    ["disagreeWithAppeal", "REVIEWED", "sam", { note }, { code: "NOT_YOUR_ROLE" }],
    ["disagreeWithAppeal", "RESOLVED", "sue", { note }, { code: "WRONG_STATE" }],
    // Neither of the two has settled it yet.
    ["escalateAppeal", "REVIEWED", "sam", { note }, { code: "WRONG_STATE" }],
    [
      "resolveAppeal",
      "FORWARDED",
      "adam",
      {},
      { code: "FORM_INCOMPLETE", paths: ["input.answer", "input.result"] },
    ],
    ["resolveAppeal", "FORWARDED", "sue", explained, { code: "NOT_YOUR_ROLE" }],
    ["resolveAppeal", "FORWARDED", "gina", explained, { code: "NOT_YOUR_ROLE" }],
    ["resolveAppeal", "FORWARDED", "tim", explained, { code: "NOT_YOUR_ROLE" }],
    // Only what the head has forwarded.
    ["resolveAppeal", "FILED", "adam", explained, { code: "WRONG_STATE" }],
    ["escalateAppeal", "ANSWERED", "sam", { note }, { state: "ESCALATED" }],
    ["escalateAppeal", "RESOLVED", "sam", { note }, { state: "ESCALATED" }],
    ["escalateAppeal", "RESOLVED", "sam", {}, { code: "FORM_INCOMPLETE", paths: ["input.note"] }],
    ["escalateAppeal", "RESOLVED", "sue", { note }, { code: "NOT_YOUR_ROLE" }],
    ["escalateAppeal", "RESOLVED", "cara", { note }, { code: "NOT_FOUND" }],
    ["escalateAppeal", "FORWARDED", "sam", { note }, { code: "WRONG_STATE" }],
    ["escalateAppeal", "DECIDED", "sam", { note }, { code: "WRONG_STATE" }],
    ["voteOnAppeal", "ESCALATED", "pia", { inFavour: true }, { state: "ESCALATED" }],
    ["voteOnAppeal", "ESCALATED", "sue", { inFavour: true }, { code: "SELF_DECISION" }],
    ["voteOnAppeal", "ESCALATED", "ada", { inFavour: true }, { code: "NOT_YOUR_ROLE" }],
    ["voteOnAppeal", "ESCALATED", "gina", { inFavour: true }, { code: "NOT_YOUR_ROLE" }],
    ["voteOnAppeal", "VOTED", "pia", { inFavour: true }, { code: "WRONG_STATE" }],
    ["voteOnAppeal", "RESOLVED", "pia", { inFavour: true }, { code: "NOT_FOUND" }],
    ["decideAppeal", "VOTED", "ada", explained, { state: "DECIDED" }],
    ["decideAppeal", "ESCALATED", "ada", explained, { code: "APPROVAL_MISSING" }],
    ["decideAppeal", "VOTED", "adam", explained, { code: "NOT_YOUR_ROLE" }],
    ["decideAppeal", "VOTED", "mona", explained, { code: "NOT_YOUR_ROLE" }],
    [
      "decideAppeal",
      "VOTED",
      "ada",
      { result: "CHANGE_OPENED", answer },
      { code: "FORM_INCOMPLETE", paths: ["input.result"] },
    ],
    ["decideAppeal", "DECIDED", "ada", explained, { code: "WRONG_STATE" }],
  ])("%s of an appeal %s by %s with %o: %o", async (step, from, account, input, expected) => {
    const id = await appealIn(from);
    const attempt = () => take(account, step, { id, ...input });
    const refused = "code" in expected;
    expect(await (refused ? expectNothingWritten(server, attempt) : attempt())).toMatchObject(expected);
  });

  test("of two who come at once one takes the step", async () => {
    const filed = await appealIn("FILED");
    await expectOneWins([
      take("sue", "answerAppeal", { id: filed, answer }),
      take("sue", "forwardAppeal", { id: filed }),
    ]);
    const forwarded = await appealIn("FORWARDED");
    const opening = { id: forwarded, result: "CHANGE_OPENED", answer };
    await expectOneWins([1, 2].map(() => take("adam", "resolveAppeal", opening)));
    await expectOneWins([1, 2].map(() => take("sue", "agreeToAppeal", { id: forwarded })));
    const opened = await server.database.db.grantApplication.count({
      where: { reason: { contains: (await stored(forwarded)).formNo } },
    });
    expect(opened).toBe(1);
    const reviewed = await appealIn("REVIEWED");
    await expectOneWins([
      take("sue", "agreeToAppeal", { id: reviewed }),
      take("sue", "disagreeWithAppeal", { id: reviewed, note }),
    ]);
    const resolved = await appealIn("RESOLVED");
    await expectOneWins([1, 2].map(() => take("sam", "escalateAppeal", { id: resolved, note })));
    const voted = await appealIn("VOTED");
    await expectOneWins([1, 2].map(() => take("ada", "decideAppeal", { id: voted, ...explained })));
  });

  test("nobody decides on their own: the next one up does", async () => {
    const ofSue = (await take("sue", "fileAppeal", { text })).id!;
    expect(await take("sue", "answerAppeal", { id: ofSue, answer })).toMatchObject({ code: "SELF_DECISION" });
    expect(await take("gina", "answerAppeal", { id: ofSue, answer })).toMatchObject({ state: "ANSWERED" });
    // Of administration's own people: ada forwards, gina stands in for the reviewer.
    const ofAdam = (await take("adam", "fileAppeal", { text })).id!;
    await take("ada", "forwardAppeal", { id: ofAdam });
    expect(await take("adam", "resolveAppeal", { id: ofAdam, ...explained })).toMatchObject({
      code: "SELF_DECISION",
    });
    expect(await take("gina", "resolveAppeal", { id: ofAdam, ...explained })).toMatchObject({
      state: "REVIEWED",
    });
    expect(await take("gina", "agreeToAppeal", { id: ofAdam })).toMatchObject({ code: "NOT_YOUR_ROLE" });
    expect(await take("ada", "agreeToAppeal", { id: ofAdam })).toMatchObject({ state: "RESOLVED" });
  });

  test("whoever forwarded it as the head does not settle it for administration as well", async () => {
    const both = { employeeId: person("gina"), role: "ADMIN_REVIEWER" } as const;
    const { db } = server.database;
    await db.employeeRole.create({ data: both });
    onTestFinished(async () => void (await db.employeeRole.deleteMany({ where: both })));
    const { id } = await take("sue", "fileAppeal", { text });
    await take("gina", "forwardAppeal", { id });
    expect(await take("gina", "resolveAppeal", { id, ...explained })).toMatchObject({
      code: "SELF_DECISION",
    });
    expect(await take("adam", "resolveAppeal", { id, ...explained })).toMatchObject({ state: "REVIEWED" });
    expect(await take("gina", "agreeToAppeal", { id })).toMatchObject({ state: "RESOLVED" });
  });

  test("nor does whoever answered it for administration agree to it, become head since", async () => {
    const id = await appealIn("REVIEWED");
    await otherwise(server, "adam", { departmentCode: "SALES", roles: ["DEPT_HEAD"] }, async () => {
      expect(await take("adam", "agreeToAppeal", { id })).toMatchObject({ code: "SELF_DECISION" });
      expect(await take("adam", "disagreeWithAppeal", { id, note })).toMatchObject({ code: "SELF_DECISION" });
    });
  });

  test("who is head now agrees in place of the one who forwarded it", async () => {
    const id = await appealIn("REVIEWED");
    await otherwise(server, "sue", { departmentCode: "PRODUCTION" }, () =>
      otherwise(server, "dora", { roles: ["DEPT_HEAD"] }, async () => {
        expect((await take("sue", "agreeToAppeal", { id })).code).toMatch(/NOT_FOUND|NOT_YOUR_ROLE/);
        expect(await take("dora", "agreeToAppeal", { id })).toMatchObject({ state: "RESOLVED" });
      }),
    );
    expect(await stored(id)).toMatchObject({ headId: person("sue"), agreedById: person("dora") });
    // Whoever has agreed is no member of the group for it: three can vote, and two are more than half.
    await take("sam", "escalateAppeal", { id, note });
    await otherwise(server, "dora", { roles: ["DEPT_HEAD"] }, async () => {
      expect(await vote("dora", id, false)).toMatchObject({ code: "SELF_DECISION" });
      for (const member of ["pia", "tess"]) await vote(member, id, false);
      expect(await take("ada", "decideAppeal", { id, ...explained })).toMatchObject({ state: "DECIDED" });
    });
  });

  test("what the head of administration appeals about is not forwarded to her own department", async () => {
    const { id } = await take("ada", "fileAppeal", { text });
    expect(await take("gina", "forwardAppeal", { id })).toMatchObject({ code: "SELF_DECISION" });
    expect(await take("gina", "answerAppeal", { id, answer })).toMatchObject({ state: "ANSWERED" });
  });
});

describe("administration and the head together", () => {
  const due = new Date("2026-11-26T00:00:00+08:00");
  const tasksOf = async (account: string, id: string) =>
    (
      await server.executeAs(account, "{ myTasks(first: 200) { record { id } state mutations dueAt } }")
    ).data.myTasks.filter(({ record }: { record: { id: string } }) => record.id === id);

  test("have three working days for it, whoever has it", async () => {
    // Forwarded on a Sunday: until the end of Wednesday in Shanghai.
    const id = await appealIn("FORWARDED");
    const task = (state: string, mutation: string) => [
      { record: { id }, state, mutations: [mutation], dueAt: due.toISOString() },
    ];
    expect(await tasksOf("adam", id)).toEqual(task("FORWARDED", "resolveAppeal"));
    expect(await tasksOf("sue", id)).toEqual([]);
    await take("adam", "resolveAppeal", { id, result: "EXPLAINED", answer }, { now: daysLater(1) });
    expect(await stored(id)).toMatchObject({ dueAt: due });
    expect(await tasksOf("adam", id)).toEqual([]);
    expect(await tasksOf("sue", id)).toEqual(task("REVIEWED", "agreeToAppeal"));
    await take("sue", "disagreeWithAppeal", { id, note }, { now: daysLater(2) });
    expect(await stored(id)).toMatchObject({ dueAt: due });
    expect(await tasksOf("adam", id)).toEqual(task("FORWARDED", "resolveAppeal"));
    await take("adam", "resolveAppeal", { id, result: "EXPLAINED", answer });
    await take("sue", "agreeToAppeal", { id });
    expect(await stored(id)).toMatchObject({ dueAt: null });
  });

  test("one without the other opens no change, and closes nothing", async () => {
    const id = await appealIn("REVIEWED", "CHANGE_OPENED");
    const opened = () =>
      server.database.db.grantApplication.count({ where: { employeeId: person("sam"), kind: "CHANGE" } });
    const before = await opened();
    expect(await stored(id)).toMatchObject({ openedId: null, escalableUntil: null, agreedById: null });
    expect(await clockAt(server, appealWorkflow, id, daysLater(60))).toBe("REVIEWED");
    await take("sue", "agreeToAppeal", { id });
    expect(await opened()).toBe(before + 1);
    expect((await stored(id)).openedId).not.toBeNull();
  });

  test("where the head does not agree, the answer is none, but in the history", async () => {
    const id = await appealIn("REVIEWED", "CHANGE_OPENED");
    await take("sue", "disagreeWithAppeal", { id, note });
    expect(await stored(id)).toMatchObject({
      ...{ state: "FORWARDED", result: null, answer: null, openedId: null },
      ...{ reviewedById: null, reviewedAt: null, headId: person("sue") },
    });
    const [event] = await server.database.db.formEvent.findMany({
      where: { recordId: id, action: "disagree" },
    });
    expect(event).toMatchObject({
      ...{ from: "REVIEWED", to: "FORWARDED", note, byId: person("sue") },
      changes: ["result: no longer CHANGE_OPENED", `answer: no longer ${answer}`],
    });
    expect(await take("adam", "resolveAppeal", { id, result: "REJECTED", answer })).toMatchObject({
      state: "REVIEWED",
    });
    expect(await take("sue", "agreeToAppeal", { id })).toMatchObject({ state: "RESOLVED" });
  });

  test("agree to no change of what has ended since", async () => {
    const id = await appealIn("REVIEWED", "CHANGE_OPENED");
    const { db } = server.database;
    const grants = { granteeId: person("sam"), state: "ACTIVE" } as const;
    const { id: grant } = await db.grant.findFirstOrThrow({ where: grants });
    await db.grant.update({ where: { id: grant }, data: { state: "SUSPENDED" } });
    const ended = await db.grant.findUniqueOrThrow({ where: { id: grant } });
    const agree = (now: Date) => take("sue", "agreeToAppeal", { id }, { now });
    expect(await expectNothingWritten(server, () => agree(ended.validTo))).toMatchObject({
      code: "FORM_INCOMPLETE",
      paths: ["input.id"],
    });
    await db.grant.update({ where: { id: grant }, data: { state: "ACTIVE" } });
  });

  test("each hears what the other has done", async () => {
    const { db } = server.database;
    const id = await appealIn("REVIEWED");
    await take("sue", "disagreeWithAppeal", { id, note });
    await take("adam", "resolveAppeal", { id, result: "EXPLAINED", answer });
    await take("sue", "agreeToAppeal", { id });
    const told = await db.notification.findMany({
      where: { recordId: id },
      select: { says: true, person: { select: { staffNo: true } } },
    });
    const heard = (staffNo: string) =>
      new Set(told.filter(({ person }) => person.staffNo === staffNo).map(({ says }) => says));
    expect(heard("sue")).toContain("Administration's answer to an appeal waits for your agreement.");
    expect(heard("adam")).toContain("A head does not agree to the answer to an appeal.");
    expect(heard("adam")).toContain("An appeal has been settled.");
    expect(heard("sam")).toEqual(new Set(["An appeal has been settled."]));
  });
});

describe("the group", () => {
  test("decides with more than half of those who can vote: the head who answered is not one of them", async () => {
    // pia, tess and mona; sue forwarded it and ada leads the group.
    const id = await appealIn("ESCALATED");
    const decide = (result: string) => take("ada", "decideAppeal", { id, result, answer });
    await vote("pia", id, true);
    expect(await decide("EXPLAINED")).toMatchObject({ code: "APPROVAL_MISSING" });
    await vote("mona", id, false);
    expect(await decide("EXPLAINED")).toMatchObject({ code: "APPROVAL_MISSING" });
    await vote("tess", id, true);
    expect(await decide("REJECTED")).toMatchObject({ code: "FORM_INCOMPLETE", paths: ["input.result"] });
    expect(await decide("CHANGE_OPENED")).toMatchObject({ state: "DECIDED" });
    const row = await stored(id);
    expect(row).toMatchObject({ result: "REJECTED", groupResult: "CHANGE_OPENED", groupAnswer: answer });
    expect(row.openedId).not.toBeNull();
    const [event] = await server.database.db.formEvent.findMany({
      where: { recordId: id, action: "decide" },
    });
    expect(event!.changes).toEqual(["votes: 2 in favour, 1 against, of 3"]);
  });

  test("a member votes once, also at once", async () => {
    const id = await appealIn("ESCALATED");
    await expectOneWins([vote("pia", id, true), vote("pia", id, false)]);
    expect(await server.database.db.groupVote.count({ where: { appealId: id } })).toBe(1);
  });

  test("on administration's own people a head who has not voted records it", async () => {
    const id = (await take("clerk", "fileAppeal", { text })).id!;
    await take("ada", "answerAppeal", { id, answer });
    await take("clerk", "escalateAppeal", { id, note });
    for (const head of ["pia", "tess", "mona"]) await vote(head, id, false);
    const decide = (account: string) => take(account, "decideAppeal", { id, result: "REJECTED", answer });
    expect(await decide("ada")).toMatchObject({ code: "SELF_DECISION" });
    expect(await decide("pia")).toMatchObject({ code: "SELF_DECISION" });
    // Decided, it is no longer for the group to see.
    expect(await decide("sue")).toEqual({ paths: [] });
    expect(await stored(id)).toMatchObject({ state: "DECIDED", decidedById: person("sue") });
  });

  test("votes on applications by the same rule", async () => {
    // S102's of the demo organisation: sue signed, pia is in favour, tess against.
    const application = stepsOf(() => server, "grantApplication");
    const { id } = await server.database.db.grantApplication.findFirstOrThrow({
      where: { state: "ESCALATED" },
    });
    const decide = () => application("ada", "decideGrantApplication", { id });
    expect(await decide()).toMatchObject({ code: "APPROVAL_MISSING" });
    const ballot = (account: string) =>
      application(account, "voteOnGrantApplication", { id, inFavour: true });
    expect(await ballot("sue")).toMatchObject({ code: "SELF_DECISION" });
    expect(await ballot("pia")).toMatchObject({ code: "WRONG_STATE" });
    expect(await ballot("mona")).toMatchObject({ state: "ESCALATED" });
    expect(await decide()).toMatchObject({ state: "APPROVED" });
  });
});

describe("a change", () => {
  /** What sam may and sees of C1, to the last field. */
  const accessOf = async (account: string) => {
    const { grants } = await server.callerOf(account);
    const seen = await server.executeAs(
      account,
      "query ($id: ID!) { customer(id: $id) { access { field outcome } } }",
      {
        variables: { id: customer(1) },
      },
    );
    return { grants, seen };
  };

  test("is opened as a draft of what the post has, and changes no access by itself", async () => {
    const before = await accessOf("sam");
    const id = await appealIn("RESOLVED", "CHANGE_OPENED");
    expect(await accessOf("sam")).toEqual(before);
    const { db } = server.database;
    const lists = { classes: true, customerList: true } as const;
    const current = await db.grant.findFirstOrThrow({
      where: { granteeId: person("sam"), state: "ACTIVE" },
      include: lists,
    });
    const opened = await db.grantApplication.findUniqueOrThrow({
      where: { id: (await stored(id)).openedId! },
      include: lists,
    });
    const { tier, operations, customerScope, purposes, secrecyClearance, validTo } = current;
    expect(opened).toMatchObject({
      ...{ tier, operations, customerScope, purposes, secrecyClearance, validTo },
      ...{ kind: "CHANGE", state: "DRAFT", employeeId: person("sam"), replacesId: current.id },
      ...{ changeReason: text, signedById: null },
    });
    const classesOf = ({ classes }: typeof current | typeof opened) =>
      classes.map(({ fieldClass, cap, onlyFields }) => ({ fieldClass, cap, onlyFields })).sort(byClass);
    expect(classesOf(opened)).toEqual(classesOf(current));
  });

  const byClass = (one: { fieldClass: string }, other: { fieldClass: string }) =>
    one.fieldClass.localeCompare(other.fieldClass);

  test("is the head's from there on: to amend, to seal and to sign", async () => {
    const id = await appealIn("RESOLVED", "CHANGE_OPENED");
    const { data } = await server.executeAs(
      "sue",
      "query ($id: ID!) { appeal(id: $id) { opened { id formNo } } }",
      {
        variables: { id },
      },
    );
    const application = stepsOf(() => server, "grantApplication");
    const { id: opened } = data.appeal.opened;
    expect(
      await application("sue", "amendGrantApplication", { id: opened, purposes: ["ORDER_HANDLING"] }),
    ).toMatchObject({ state: "DRAFT" });
    expect(await application("sue", "submitGrantApplication", { id: opened, unitSeal: true })).toMatchObject({
      state: "SUBMITTED",
    });
    expect((await server.callerOf("sam")).grants[0]!.purposes).toEqual(["ORDER_HANDLING", "MARKETING"]);
  });

  test("is nothing to take to the group", async () => {
    const id = await appealIn("RESOLVED", "CHANGE_OPENED");
    expect(await take("sam", "escalateAppeal", { id, note })).toMatchObject({ code: "WRONG_STATE" });
    expect(await clockAt(server, appealWorkflow, id, daysLater(60))).toBe("RESOLVED");
  });

  test("takes something that can be changed", async () => {
    const id = (await take("neo", "fileAppeal", { text })).id!;
    await take("sue", "forwardAppeal", { id });
    const opening = () => take("adam", "resolveAppeal", { id, result: "CHANGE_OPENED", answer });
    expect(await expectNothingWritten(server, opening)).toMatchObject({
      code: "FORM_INCOMPLETE",
      paths: ["input.result"],
    });
  });
});

describe("ten working days after the answer", () => {
  // Answered on Sunday 22 November: until the end of Friday 4 December in Shanghai.
  const last = new Date("2026-12-04T23:59:00+08:00");
  const over = new Date("2026-12-05T00:00:00+08:00");

  test.each(["ANSWERED", "RESOLVED"] as const)("nothing is left to take to the group: %s", async (state) => {
    const id = await appealIn(state);
    const escalate = (asking: Asking) => take("sam", "escalateAppeal", { id, note }, asking);
    expect(await escalate({ now: over })).toMatchObject({ code: "WRONG_STATE" });
    expect(await clockAt(server, appealWorkflow, id, last)).toBe(state);
    expect(await clockAt(server, appealWorkflow, id, over)).toBe("CLOSED");
    expect(
      await take("sam", "escalateAppeal", { id: await appealIn(state), note }, { now: last }),
    ).toMatchObject({
      state: "ESCALATED",
    });
  });
});

describe("who sees an appeal", () => {
  const query =
    "query ($id: ID!) { appeal(id: $id) { text answer state votes { member { staffNo } inFavour } } }";
  const seen = async (account: string, id: string) =>
    (await server.executeAs(account, query, { variables: { id } })).data.appeal;

  const states = ["RESOLVED", "ESCALATED", "DECIDED"] as const;
  const ids: Partial<Record<State, string>> = {};
  beforeAll(async () => {
    for (const state of states) ids[state] = await appealIn(state);
  });

  // sam's, of SALES, forwarded by sue.
  test.each<[account: string, sees: boolean, whileEscalated: boolean]>([
    ["sam", true, true],
    ["sue", true, true],
    ["adam", true, true],
    ["ada", true, true],
    ["clerk", true, true],
    ["gina", true, true],
    ["pia", false, true],
    ["mona", false, true],
    ["tess", false, true],
    ["tim", false, false],
    ["neo", false, false],
    ["cara", false, false],
    ["vic", false, false],
  ])("%s: %s, and while it is with the group: %s", async (account, sees, whileEscalated) => {
    for (const state of states) {
      const appeal = await seen(account, ids[state]!);
      const expected = state === "ESCALATED" ? whileEscalated : sees;
      if (expected) expect(appeal).toMatchObject({ text, answer, state });
      else expect(appeal).toBeNull();
    }
  });

  test("an auditor does; a customer hears that there is nothing for them", async () => {
    const { db } = server.database;
    const auditor = { employeeId: person("cory"), role: "AUDITOR" } as const;
    await db.employeeRole.create({ data: auditor });
    onTestFinished(async () => void (await db.employeeRole.deleteMany({ where: auditor })));
    const { votes } = await seen("cory", await appealIn("VOTED"));
    const against = (staffNo: string) => ({ member: { staffNo }, inFavour: false });
    expect(votes).toHaveLength(2);
    expect(votes).toEqual(expect.arrayContaining([against("pia"), against("tess")]));
    const { errors } = await server.executeAs("cu1", "{ appeals { totalCount } }");
    expect(errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
  });
});
