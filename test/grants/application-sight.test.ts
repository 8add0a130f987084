import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { type Application, type ApplicationState, application, stepOn } from "../support/forms.js";
import { otherwise } from "../support/people.js";

// What of an application each kind of people sees, and what they hear they can do with it (rulebook 3.3).

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

/** An application of sam's that has been returned once, with something said at each step. */
async function discussed(
  state: Extract<ApplicationState, "SUBMITTED" | "RETURNED" | "ESCALATED" | "APPROVED">,
) {
  const id = await application(server, "DRAFT");
  const submit = (note: string) =>
    stepOn(server, "sue", "submitGrantApplication", { id, unitSeal: true, note });
  await submit("Urgent.");
  await stepOn(server, "adam", "returnGrantApplication", { id, note: "Why filter?" });
  if (state === "RETURNED") return id;
  await stepOn(server, "sue", "amendGrantApplication", {
    id,
    reason: "Sells by region",
    purposes: ["MARKETING"],
  });
  await submit("Explained.");
  if (state === "ESCALATED") {
    await stepOn(server, "adam", "escalateGrantApplication", { id, note: "For the group." });
    await stepOn(server, "pia", "voteOnGrantApplication", { id, inFavour: false, note: "Too much." });
  }
  if (state === "APPROVED")
    await stepOn(server, "adam", "approveGrantApplication", { id, note: "As asked." });
  return id;
}

const seenBy = async (account: string, id: string) => {
  const { data, errors } = await server.executeAs(
    account,
    `query ($id: ID!) { grantApplication(id: $id) {
      state tier reason decision reviewerNotes reviewedBy { staffNo }
      votes { member { staffNo } inFavour note } history { action by { staffNo } seat note changes } } }`,
    { variables: { id } },
  );
  return errors ? (errors[0]!.extensions?.code as string) : data.grantApplication;
};

/** Which of the things that are said at the steps somebody reads. */
const notesOf = (form: { history: { note: string | null }[] }) =>
  form.history.flatMap(({ note }) => (note === null ? [] : [note]));

describe("notes", () => {
  const said = {
    RETURNED: ["Urgent.", "Why filter?"],
    ESCALATED: ["Urgent.", "Why filter?", "Explained.", "For the group.", "Too much."],
    APPROVED: ["Urgent.", "Why filter?", "Explained.", "As asked."],
  };

  test.each<[keyof typeof said, Record<string, "all" | "none" | null>]>([
    [
      "RETURNED",
      {
        adam: "all",
        ada: "all",
        clerk: "all",
        gina: "all",
        sue: "all",
        sam: "none",
        pia: null,
        tim: null,
        neo: null,
        mona: null,
      },
    ],
    [
      "ESCALATED",
      {
        adam: "all",
        gina: "all",
        sue: "all",
        pia: "all",
        mona: "all",
        sam: "none",
        tim: null,
        neo: null,
        cara: null,
      },
    ],
    [
      "APPROVED",
      {
        adam: "all",
        gina: "all",
        sue: "all",
        sam: "none",
        tim: "none",
        tess: "none",
        pia: null,
        neo: null,
        mona: null,
      },
    ],
  ])("of one that is %s, by person", async (state, expected) => {
    const id = await discussed(state);
    const read: Record<string, unknown> = {};
    for (const account of Object.keys(expected)) {
      const form = await seenBy(account, id);
      read[account] = form && notesOf(form);
    }
    expect(read).toEqual(
      Object.fromEntries(
        Object.entries(expected).map(([account, which]) => [
          account,
          which === "all" ? said[state] : which && [],
        ]),
      ),
    );
  });

  test("are not for the head before anything is decided", async () => {
    const id = await application(server, "DRAFT");
    await stepOn(server, "sue", "submitGrantApplication", { id, unitSeal: true, note: "Urgent." });
    expect(notesOf(await seenBy("sue", id))).toEqual([]);
    expect(notesOf(await seenBy("adam", id))).toEqual(["Urgent."]);
  });

  test.each<[string, string, Application, string[]]>([
    ["sue", "sam", {}, ["For you.", "Because."]],
    ["sue", "sue", {}, []],
    ["adam", "sue", {}, ["For you.", "Because."]],
    ["adam", "adam", { reviewer: "gina" }, []],
    ["ada", "adam", { reviewer: "gina" }, ["For you.", "Because."]],
    ["ada", "ada", {}, []],
    ["gina", "ada", {}, ["For you.", "Because."]],
    ["gina", "gina", {}, []],
    ["mona", "gina", {}, ["For you.", "Because."]],
  ])("%s reads those on the form of %s as follows", async (account, employee, more, notes) => {
    const id = await application(server, "SUBMITTED", { employee, ...more });
    const reviewer = more.reviewer ?? "adam";
    await stepOn(server, reviewer, "escalateGrantApplication", { id, note: "For you." });
    await stepOn(server, "pia", "voteOnGrantApplication", { id, inFavour: true, note: "Because." });
    const { state, tier, reason, decision, reviewerNotes, votes, history } = await seenBy(account, id);
    const told = { state: "ESCALATED", tier: "POST", reason: "Sells", decision: "ESCALATE" };
    expect({ state, tier, reason, decision }).toEqual(told);
    expect(reviewerNotes).toBe(notes[0] ?? null);
    expect(votes).toEqual([{ member: { staffNo: "pia" }, inFavour: true, note: notes[1] ?? null }]);
    expect(notesOf({ history })).toEqual(notes);
  });

  test("a reviewer of another section sees forms as administration does, but their own", async () => {
    const id = await application(server, "SUBMITTED", { employee: "adam" });
    expect(await seenBy("fin", id)).toBeNull();
    await otherwise(server, "fin", { roles: ["ADMIN_REVIEWER"] }, async () => {
      await stepOn(server, "fin", "returnGrantApplication", { id, note: "Why?" });
      expect(await seenBy("fin", id)).toMatchObject({ state: "RETURNED", reviewerNotes: "Why?" });
      const own = await application(server, "SUBMITTED", { employee: "fin" });
      await stepOn(server, "adam", "rejectGrantApplication", { id: own, note: "Too much." });
      expect(await seenBy("fin", own)).toMatchObject({ state: "REJECTED", reviewerNotes: null });
    });
  });

  test("a customer's login is told the same of every application, and of none", async () => {
    expect(await seenBy("cu1", await discussed("APPROVED"))).toBe("NOT_YOUR_ROLE");
    expect(await seenBy("cu1", "app_none")).toBe("NOT_YOUR_ROLE");
  });
});

test("the grantee reads everything but what is said among those who decide", async () => {
  const id = await discussed("ESCALATED");
  expect(await seenBy("sam", id)).toEqual({
    ...{ state: "ESCALATED", tier: "POST", reason: "Sells by region", decision: "ESCALATE" },
    ...{ reviewerNotes: null, reviewedBy: { staffNo: "adam" } },
    votes: [{ member: { staffNo: "pia" }, inFavour: false, note: null }],
    history: [
      { action: "apply", by: { staffNo: "sue" }, seat: null, note: null, changes: [] },
      { action: "submit", by: { staffNo: "sue" }, seat: "signer", note: null, changes: [] },
      { action: "return", by: { staffNo: "adam" }, seat: "reviewer", note: null, changes: [] },
      {
        ...{ action: "amend", by: { staffNo: "sue" }, seat: null, note: null },
        changes: ["purposes: MARKETING, ORDER_HANDLING → MARKETING"],
      },
      { action: "submit", by: { staffNo: "sue" }, seat: "signer", note: null, changes: [] },
      { action: "escalate", by: { staffNo: "adam" }, seat: "reviewer", note: null, changes: [] },
      { action: "vote", by: { staffNo: "pia" }, seat: null, note: null, changes: [] },
    ],
  });
});

test("technology reads of an approved one what it needs to implement it, and no reasons", async () => {
  const form = await seenBy("tim", await discussed("APPROVED"));
  expect(form).toMatchObject({
    state: "APPROVED",
    tier: "POST",
    reason: null,
    decision: null,
    reviewerNotes: null,
  });
  expect(new Set(form.history.map(({ changes }: { changes: unknown }) => changes))).toEqual(new Set([null]));
});

test("the group reads what it decides on, and no longer once it is decided", async () => {
  const id = await discussed("ESCALATED");
  expect(await seenBy("tess", id)).toMatchObject({
    reason: "Sells by region",
    reviewerNotes: "For the group.",
  });
  await stepOn(server, "tess", "voteOnGrantApplication", { id, inFavour: false });
  await stepOn(server, "ada", "decideGrantApplication", { id });
  expect(await seenBy("tess", id)).toBeNull();
  expect(await seenBy("sue", id)).toMatchObject({ state: "REJECTED", decision: "REJECT" });
});

test("who takes a step is shown the form after it only where they see it", async () => {
  const { data } = await server.executeAs(
    "tim",
    `mutation ($input: ImplementGrantApplicationInput!) { implementGrantApplication(input: $input) {
      grantApplication { state tier reason reviewerNotes history { action note } } } }`,
    { variables: { input: { id: await discussed("APPROVED"), note: "Done." } } },
  );
  const { history, ...form } = data.implementGrantApplication.grantApplication;
  expect(form).toEqual({ state: "IMPLEMENTED", tier: "POST", reason: null, reviewerNotes: null });
  expect(history.at(-1)).toEqual({ action: "implement", note: null });
});

describe("availableActions", () => {
  interface Told {
    action: string;
    mutation: string;
    allowed: boolean;
    reason: string | null;
    needs: string | null;
  }
  const actionsOf = async (account: string, id: string): Promise<Told[]> => {
    const { data } = await server.executeAs(
      account,
      "query ($id: ID!) { grantApplication(id: $id) { availableActions { action mutation allowed reason needs } } }",
      { variables: { id } },
    );
    return data.grantApplication.availableActions;
  };
  const review = ["approve", "reject", "return", "escalate"];

  test.each<[ApplicationState, Record<string, string[]>]>([
    ["DRAFT", { sue: ["amend", "submit", "withdraw"], sam: [], adam: [], ada: [], gina: [] }],
    ["SUBMITTED", { sue: ["withdraw"], sam: [], adam: review, ada: [], gina: [] }],
    ["RETURNED", { sue: ["amend", "submit", "withdraw"], sam: [], adam: [], gina: [] }],
    ["ESCALATED", { sue: [], sam: [], adam: [], pia: ["vote"], tess: ["vote"], mona: ["vote"], ada: [] }],
    ["APPROVED", { sue: ["withdraw"], sam: [], adam: [], tim: ["implement"], tess: ["implement"] }],
    ["REJECTED", { sue: [], sam: [], adam: [], ada: [] }],
    ["WITHDRAWN", { sue: [], adam: [] }],
    ["IMPLEMENTED", { sue: [], sam: [], adam: [], tim: [] }],
  ])("of one that is %s: what each may do now", async (state, expected) => {
    const id = await application(server, state);
    const allowed: Record<string, string[]> = {};
    for (const account of Object.keys(expected))
      allowed[account] = (await actionsOf(account, id)).flatMap(({ action, allowed }) =>
        allowed ? action : [],
      );
    expect(allowed).toEqual(expected);
  });

  test("and why not the rest, with what would help", async () => {
    const id = await application(server, "ESCALATED");
    await stepOn(server, "pia", "voteOnGrantApplication", { id, inFavour: true });
    const reasons = async (account: string) =>
      Object.fromEntries((await actionsOf(account, id)).map(({ action, reason }) => [action, reason]));
    const others = "NOT_YOUR_ROLE";
    expect(await reasons("sue")).toEqual({
      ...{ amend: "WRONG_STATE", submit: "WRONG_STATE", withdraw: "WRONG_STATE", vote: "SELF_DECISION" },
      ...{
        approve: others,
        reject: others,
        return: others,
        escalate: others,
        decide: others,
        implement: others,
      },
    });
    expect(await reasons("pia")).toMatchObject({ vote: "WRONG_STATE", decide: others });
    expect(await reasons("ada")).toMatchObject({ vote: others, decide: "APPROVAL_MISSING" });
    expect(await reasons("adam")).toMatchObject({ approve: "WRONG_STATE", vote: others });
    for (const told of await actionsOf("sue", id)) {
      expect(told.allowed).toBe(told.reason === null);
      expect(told.needs === null).toBe(told.allowed);
      expect(told.mutation).toMatch(/GrantApplication$/);
    }
  });

  test("is told of many forms in one statement", async () => {
    const query = "{ grantApplications(first: 500) { nodes { availableActions { action } } } }";
    const many = await server.sqlOf("adam", query);
    const one = await server.sqlOf("adam", query.replace("500", "1"));
    expect(many.length).toBe(one.length);
  });
});
