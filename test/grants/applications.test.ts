import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../src/database/client.js";
import { employeeId } from "../../src/database/demo/people.js";
import { atOnce } from "../support/at-once.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import {
  type ApplicationState,
  aPost,
  application,
  applicationStates,
  stepOn,
  withoutTrace,
} from "../support/forms.js";
import { otherwise } from "../support/people.js";
import { step } from "../support/steps.js";

// Who takes which step of an application (S002-3.1, 3.2; rulebook 2.4 A). They are about sam of SALES, whose head is
// sue, unless it says otherwise.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const vote = async (id: string, ...members: readonly string[]) => {
  for (const member of members)
    await stepOn(server, member, "voteOnGrantApplication", { id, inFavour: true });
};

interface Move {
  readonly mutation: string;
  readonly from: readonly ApplicationState[];
  readonly to?: ApplicationState;
  readonly input?: object;
  readonly right: string;
  /** What others are told; who may not so much as know of it hears that it does not exist. */
  readonly wrong: Readonly<Record<string, string>>;
  /** Who might not know of it, where it stands elsewhere. */
  readonly blind?: true;
}

const nobodyElse = { sam: "NOT_YOUR_ROLE", neo: "NOT_YOUR_ROLE", cu1: "NOT_YOUR_ROLE", vic: "NOT_YOUR_ROLE" };
const notTheHead = {
  ...nobodyElse,
  ...{ pia: "NOT_FOUND", gina: "NOT_YOUR_ROLE", ada: "NOT_YOUR_ROLE" },
  ...{ adam: "NOT_YOUR_ROLE", tim: "NOT_YOUR_ROLE" },
};
const notTheReviewer = {
  ...nobodyElse,
  ...{ sue: "NOT_YOUR_ROLE", pia: "NOT_YOUR_ROLE", gina: "NOT_YOUR_ROLE" },
  ...{ ada: "NOT_YOUR_ROLE", clerk: "NOT_YOUR_ROLE", tim: "NOT_YOUR_ROLE" },
};
const note = "Because.";

const moves: readonly Move[] = [
  {
    mutation: "amendGrantApplication",
    from: ["DRAFT", "RETURNED"],
    input: { reason: "Sells more" },
    right: "sue",
    wrong: notTheHead,
  },
  {
    mutation: "submitGrantApplication",
    from: ["DRAFT", "RETURNED"],
    to: "SUBMITTED",
    input: { unitSeal: true },
    right: "sue",
    wrong: notTheHead,
  },
  {
    mutation: "withdrawGrantApplication",
    from: ["DRAFT", "SUBMITTED", "RETURNED", "APPROVED"],
    to: "WITHDRAWN",
    right: "sue",
    wrong: notTheHead,
  },
  {
    mutation: "approveGrantApplication",
    from: ["SUBMITTED"],
    to: "APPROVED",
    right: "adam",
    wrong: notTheReviewer,
  },
  {
    mutation: "rejectGrantApplication",
    from: ["SUBMITTED"],
    to: "REJECTED",
    input: { note },
    right: "adam",
    wrong: notTheReviewer,
  },
  {
    mutation: "returnGrantApplication",
    from: ["SUBMITTED"],
    to: "RETURNED",
    input: { note },
    right: "adam",
    wrong: notTheReviewer,
  },
  {
    mutation: "escalateGrantApplication",
    from: ["SUBMITTED"],
    to: "ESCALATED",
    right: "adam",
    wrong: notTheReviewer,
  },
  {
    mutation: "voteOnGrantApplication",
    from: ["ESCALATED"],
    input: { inFavour: true },
    right: "pia",
    wrong: {
      ...nobodyElse,
      ...{ sue: "SELF_DECISION", ada: "NOT_YOUR_ROLE", gina: "NOT_YOUR_ROLE" },
      ...{ adam: "NOT_YOUR_ROLE", tim: "NOT_YOUR_ROLE" },
    },
    blind: true,
  },
  {
    mutation: "implementGrantApplication",
    from: ["APPROVED"],
    to: "IMPLEMENTED",
    right: "tim",
    wrong: {
      ...nobodyElse,
      ...{ sue: "NOT_YOUR_ROLE", pia: "NOT_YOUR_ROLE", gina: "NOT_YOUR_ROLE" },
      ...{ ada: "NOT_YOUR_ROLE", adam: "NOT_YOUR_ROLE" },
    },
    blind: true,
  },
];

describe.each(moves)("$mutation", ({ mutation, from, to, input, right, wrong }) => {
  test.each(from)("from %s: by whose step it is, and by nobody else", async (state) => {
    const id = await application(server, state);
    await withoutTrace(server, async () => {
      const told: Record<string, string | undefined> = {};
      for (const account of Object.keys(wrong))
        told[account] = (await step(server, account, mutation, { id, ...input })).code;
      expect(told).toEqual(wrong);
    });
    const taken = await step(server, right, mutation, { id, ...input });
    expect(taken).toMatchObject({ form: { id, state: to ?? state }, paths: [] });
  });

  test("twice at once: one of them", async () => {
    const id = await application(server, from[0]!);
    const take = () => step(server, right, mutation, { id, ...input });
    const both = await atOnce(server.database, { table: "GrantApplication", id }, [take, take]);
    // A form can be amended again; whatever leads on, and a vote, comes once.
    const again = mutation.startsWith("amend") ? undefined : "WRONG_STATE";
    expect(both.map(({ code }) => code)).toEqual(expect.arrayContaining([undefined, again]));
    const { db } = server.database;
    const events = await db.formEvent.count({ where: { recordId: id, byId: employeeId(right) } });
    const before = right === "sue" ? 1 : 0;
    expect(events).toBe(before + (again ? 1 : 2));
  });
});

test("from any other state no step can be taken, and nothing is written", async () => {
  const forms = new Map<ApplicationState, string>();
  for (const state of applicationStates) forms.set(state, await application(server, state));
  const told: string[] = [];
  const expected: string[] = [];
  await withoutTrace(server, async () => {
    for (const { mutation, from, input, right, blind } of moves)
      for (const [state, id] of forms) {
        if (from.includes(state)) continue;
        const { code } = await step(server, right, mutation, { id, ...input });
        told.push(`${mutation} at ${state}: ${code}`);
        // What has been implemented is still among what technology sees.
        const hidden = blind && state !== "IMPLEMENTED" ? "NOT_FOUND" : "WRONG_STATE";
        const seen = right === "pia" ? "NOT_FOUND" : hidden;
        expected.push(`${mutation} at ${state}: ${seen}`);
      }
    for (const [state, id] of forms)
      if (state !== "ESCALATED")
        expect((await step(server, "ada", "decideGrantApplication", { id })).code).toBe("WRONG_STATE");
  });
  expect(told).toEqual(expected);
});

describe("nobody sits on two seats, nor decides on themselves", () => {
  test.each<[string, string, Role, ApplicationState, string, object]>([
    ["who signed does not approve", "gina", "ADMIN_REVIEWER", "SUBMITTED", "approve", {}],
    ["who signed does not reject", "gina", "ADMIN_REVIEWER", "SUBMITTED", "reject", { note }],
    ["who signed does not return", "gina", "ADMIN_REVIEWER", "SUBMITTED", "return", { note }],
    ["who signed does not escalate", "sue", "ADMIN_REVIEWER", "SUBMITTED", "escalate", {}],
    ["who signed does not record", "sue", "ADMIN_HEAD", "ESCALATED", "decide", {}],
    ["who signed does not implement", "sue", "ACCESS_IMPLEMENTER", "APPROVED", "implement", {}],
    ["who reviewed does not record", "adam", "ADMIN_HEAD", "ESCALATED", "decide", {}],
    ["who reviewed does not implement", "adam", "ACCESS_IMPLEMENTER", "APPROVED", "implement", {}],
    ["the grantee does not approve", "sam", "ADMIN_REVIEWER", "SUBMITTED", "approve", {}],
    ["the grantee does not escalate", "sam", "ADMIN_REVIEWER", "SUBMITTED", "escalate", {}],
    ["the grantee does not record", "sam", "ADMIN_HEAD", "ESCALATED", "decide", {}],
    ["the grantee does not implement", "sam", "ACCESS_IMPLEMENTER", "APPROVED", "implement", {}],
  ])("%s", async (_, account, role, state, action, input) => {
    // Whoever reviews is not of the grantee's department: gina signs for fin.
    const id = await application(server, state, account === "gina" ? { employee: "fin" } : {});
    await otherwise(server, account, { roles: [role] }, () =>
      withoutTrace(server, async () => {
        const told = await step(server, account, `${action}GrantApplication`, { id, ...input });
        expect(told).toMatchObject({ form: null, code: "SELF_DECISION", paths: ["input.id"] });
      }),
    );
  });

  test("a head does nothing with the own application, but for reading it", async () => {
    const draft = await application(server, "DRAFT", { employee: "sue" });
    const escalated = await application(server, "ESCALATED", { employee: "sue" });
    await withoutTrace(server, async () => {
      const codes = [];
      for (const [id, mutation, input] of [
        [draft, "amendGrantApplication", { reason: "More" }],
        [draft, "submitGrantApplication", { unitSeal: true }],
        [draft, "withdrawGrantApplication", {}],
        [escalated, "voteOnGrantApplication", { inFavour: true }],
      ] as const)
        codes.push((await step(server, "sue", mutation, { id, ...input })).code);
      expect(codes).toEqual(["SELF_DECISION", "SELF_DECISION", "SELF_DECISION", "SELF_DECISION"]);
      const own = { ...aPost, employeeId: employeeId("sue") };
      expect((await step(server, "sue", "applyForGrant", own)).code).toBe("SELF_DECISION");
    });
  });

  test("who implements for everybody does not for themselves", async () => {
    const id = await application(server, "APPROVED", {
      employee: "tess",
      form: { tier: "NONE", classes: [], operations: [], customerScope: "CASE_LIST" },
    });
    expect((await step(server, "tess", "implementGrantApplication", { id })).code).toBe("SELF_DECISION");
    expect((await step(server, "tim", "implementGrantApplication", { id })).code).toBeUndefined();
  });

  test("who has signed may sign again what was returned", async () => {
    const id = await application(server, "RETURNED");
    await stepOn(server, "sue", "amendGrantApplication", { id, reason: "Sells to C1 only" });
    expect(await step(server, "sue", "submitGrantApplication", { id, unitSeal: true })).toMatchObject({
      form: { state: "SUBMITTED" },
    });
  });
});

describe("who has left, or is about to, takes no step of anybody else's form", () => {
  test.each<[string, object]>([
    ["LEAVING", { status: "LEAVING" }],
    ["TRANSFERRING", { status: "TRANSFERRING" }],
    ["ONBOARDING", { status: "ONBOARDING" }],
    ["at the end of the contract", { contractEndsAt: new Date("2026-11-21") }],
  ])("%s", async (_, changes) => {
    const id = await application(server, "SUBMITTED");
    await otherwise(server, "adam", changes, async () => {
      expect((await step(server, "adam", "approveGrantApplication", { id })).code).toBe("WRONG_STATE");
    });
    expect((await step(server, "adam", "approveGrantApplication", { id })).code).toBeUndefined();
  });

  test("on the last day of the contract still", async () => {
    const id = await application(server, "SUBMITTED");
    await otherwise(server, "adam", { contractEndsAt: new Date("2026-11-22") }, async () => {
      expect((await step(server, "adam", "approveGrantApplication", { id })).code).toBeUndefined();
    });
  });
});

describe("heads", () => {
  test.each([
    { employee: "sam", signs: "sue", not: { pia: "NOT_YOUR_ROLE", gina: "NOT_YOUR_ROLE" } },
    { employee: "pat", signs: "pia", not: { sue: "NOT_YOUR_ROLE", ada: "NOT_YOUR_ROLE" } },
    { employee: "tim", signs: "tess", not: { sue: "NOT_YOUR_ROLE", gina: "NOT_YOUR_ROLE" } },
    { employee: "clerk", signs: "ada", not: { sue: "NOT_YOUR_ROLE", gina: "NOT_YOUR_ROLE" } },
    // For heads, and where there is none, the general manager; for her the head of administration (rulebook 6-31).
    { employee: "sue", signs: "gina", not: { pia: "NOT_YOUR_ROLE", ada: "NOT_YOUR_ROLE" } },
    { employee: "ada", signs: "gina", not: { sue: "NOT_YOUR_ROLE", ada: "SELF_DECISION" } },
    { employee: "fin", signs: "gina", not: { sue: "NOT_YOUR_ROLE", ada: "NOT_YOUR_ROLE" } },
    { employee: "gina", signs: "ada", not: { sue: "NOT_YOUR_ROLE", gina: "SELF_DECISION" } },
  ])("$signs fills in and signs for $employee, and nobody else does", async ({ employee, signs, not }) => {
    const form = { ...aPost, employeeId: employeeId(employee) };
    const told: Record<string, string | undefined> = {};
    for (const account of Object.keys(not))
      told[account] = (await step(server, account, "applyForGrant", form)).code;
    expect(told).toEqual(not);
    const id = await stepOn(server, signs, "applyForGrant", form);
    expect(await step(server, signs, "submitGrantApplication", { id, unitSeal: true })).toMatchObject({
      form: { state: "SUBMITTED" },
    });
  });

  test("while the head is away, the general manager signs, and the head does not", async () => {
    const form = { ...aPost, employeeId: employeeId("pat") };
    await otherwise(server, "pia", { status: "LEAVING" }, async () => {
      expect((await step(server, "pia", "applyForGrant", form)).code).toBe("NOT_YOUR_ROLE");
      expect((await step(server, "gina", "applyForGrant", form)).code).toBeUndefined();
    });
  });

  test("a new head goes on with what the old one has signed", async () => {
    const id = await application(server, "RETURNED");
    await otherwise(server, "sue", { status: "LEAVING" }, () =>
      otherwise(server, "dora", { roles: ["DEPT_HEAD"] }, async () => {
        expect(await step(server, "dora", "submitGrantApplication", { id, unitSeal: true })).toMatchObject({
          form: { state: "SUBMITTED" },
        });
      }),
    );
    const { signedById } = await server.database.db.grantApplication.findUniqueOrThrow({ where: { id } });
    expect(signedById).toBe(employeeId("dora"));
  });
});

describe("reviewers: nobody of administration for administration (rulebook 6-32)", () => {
  const modest = {
    ...{ tier: "MASKED", operations: ["SEE_MASKED"], customerScope: "CASE_LIST" },
    classes: [{ fieldClass: "BASIC", cap: "MASKED" }],
  };
  test.each([
    { employee: "sam", reviews: "adam", not: { gina: "NOT_YOUR_ROLE" } },
    { employee: "fin", reviews: "adam", not: { gina: "NOT_YOUR_ROLE" } },
    { employee: "gina", reviews: "adam", not: { gina: "SELF_DECISION", ada: "NOT_YOUR_ROLE" } },
    { employee: "clerk", reviews: "gina", not: { adam: "SELF_DECISION", ada: "NOT_YOUR_ROLE" } },
    { employee: "adam", reviews: "gina", not: { adam: "SELF_DECISION", ada: "NOT_YOUR_ROLE" } },
  ])("$reviews for $employee", async ({ employee, reviews, not }) => {
    for (const [action, input] of [
      ["approve", {}],
      ["reject", { note }],
      ["return", { note }],
    ] as const) {
      const id = await application(server, "SUBMITTED", { employee, form: modest });
      const told: Record<string, string | undefined> = {};
      for (const account of Object.keys(not))
        told[account] = (await step(server, account, `${action}GrantApplication`, { id, ...input })).code;
      expect(told).toEqual(not);
      const taken = await step(server, reviews, `${action}GrantApplication`, { id, ...input });
      expect(taken.code).toBeUndefined();
    }
  });

  test("on the head of administration, for whom the general manager signs, the group decides (6-31)", async () => {
    const id = await application(server, "SUBMITTED", { employee: "ada", form: modest });
    const told: Record<string, string | undefined> = {};
    for (const account of ["gina", "adam", "ada"])
      told[account] = (await step(server, account, "approveGrantApplication", { id })).code;
    expect(told).toEqual({ gina: "SELF_DECISION", adam: "SELF_DECISION", ada: "NOT_YOUR_ROLE" });
    await stepOn(server, "adam", "escalateGrantApplication", { id });
    await vote(id, "sue", "tess", "mona");
    const decide = (account: string) => step(server, account, "decideGrantApplication", { id });
    expect((await decide("ada")).code).toBe("SELF_DECISION");
    expect((await decide("sue")).code).toBe("SELF_DECISION");
    expect((await decide("pia")).code).toBeUndefined();
    const { state, decidedById } = await server.database.db.grantApplication.findUniqueOrThrow({
      where: { id },
    });
    expect({ state, decidedById }).toEqual({ state: "APPROVED", decidedById: employeeId("pia") });
  });

  test("on the general manager the leader records, as on everybody else", async () => {
    const id = await application(server, "SUBMITTED", { employee: "gina", form: modest });
    await stepOn(server, "adam", "escalateGrantApplication", { id });
    await vote(id, "sue", "tess", "mona");
    expect((await step(server, "ada", "decideGrantApplication", { id })).code).toBe("SELF_DECISION");
    expect((await step(server, "pia", "decideGrantApplication", { id })).code).toBeUndefined();
  });
});

describe("a step that has to say why", () => {
  test.each<[string, object]>([
    ["says nothing", {}],
    ["says nothing in words", { note: " \n\t" }],
    ["says too much", { note: "x".repeat(2_001) }],
    ["says what cannot be printed", { note: "a\u202eb" }],
  ])("is refused where it %s", async (_, input) => {
    const id = await application(server, "SUBMITTED");
    await withoutTrace(server, async () => {
      for (const action of ["reject", "return"])
        expect(await step(server, "adam", `${action}GrantApplication`, { id, ...input })).toMatchObject({
          code: "FORM_INCOMPLETE",
          paths: ["input.note"],
        });
    });
  });

  test("is not handed in without the department's seal", async () => {
    const id = await application(server, "DRAFT");
    await withoutTrace(server, async () => {
      for (const input of [{}, { unitSeal: false }, { unitSeal: null }])
        expect(await step(server, "sue", "submitGrantApplication", { id, ...input })).toMatchObject({
          code: "FORM_INCOMPLETE",
          paths: ["input.unitSeal"],
        });
    });
  });
});
