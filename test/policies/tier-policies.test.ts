import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { policy as first } from "../../src/access/policy.js";
import type { Prisma } from "../../src/database/client.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { daysLater, expectNothingWritten, expectOneWins, person, stepsOf } from "../support/form-steps.js";
import { writeUnhindered } from "../support/write-unhindered.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
  // The demo organisation has a version still to come, and a proposal before the group.
  await forget();
  await server.database.db.employeeRole.create({ data: { employeeId: person("cory"), role: "AUDITOR" } });
});
afterAll(() => server?.close());

const take = stepsOf(() => server, "tierPolicy");
const minutes = (count: number) => new Date(testNow.getTime() + count * 60_000);

const { version: _, ...withoutVersion } = first;
const json = (content: object) => content as Prisma.InputJsonObject;

const propose = (account: string, input: object) =>
  server.executeAs(
    account,
    "mutation ($input: ProposeTierPolicyInput!) { proposeTierPolicy(input: $input) { tierPolicy { id } } }",
    { variables: { input } },
  );

const changes = { customers: { PRIVATE: { SEE_MASKED: { tier: "POST" } } } };
const form = { changes, effectiveFrom: minutes(60).toISOString(), reason: "Agents lose time." };

/** Versions cannot be taken out: what has been decided stays. This is what a new database would be like. */
async function forget() {
  await writeUnhindered(server.database.db, async (tx) => {
    await tx.groupVote.deleteMany({ where: { policyId: { not: null } } });
    await tx.tierPolicy.deleteMany();
  });
}

type State = "PROPOSED" | "VOTED" | "VOTED_DOWN" | "ADOPTED" | "REJECTED" | "WITHDRAWN";

/** A proposal of tess's in a state, by id; VOTED: with a majority for it. */
async function proposalIn(state: State, input: object = {}): Promise<string> {
  const { id, ...refused } = await take("tess", "proposeTierPolicy", { ...form, ...input });
  if (!id) throw new Error(JSON.stringify(refused));
  const inFavour = state === "VOTED" || state === "ADOPTED";
  if (state === "WITHDRAWN") await take("tess", "withdrawTierPolicy", { id });
  else if (state !== "PROPOSED")
    for (const head of ["pia", "mona"]) await take(head, "voteOnTierPolicy", { id, inFavour });
  if (state === "ADOPTED" || state === "REJECTED") await take("ada", "decideTierPolicy", { id });
  return id;
}

const stored = (id: string) => server.database.db.tierPolicy.findUniqueOrThrow({ where: { id } });

describe("the steps", () => {
  beforeEach(forget);
  const vote = { inFavour: true };

  test.each<[step: string, from: State, account: string, input: object, expected: object]>([
    ["voteOnTierPolicy", "PROPOSED", "pia", vote, { state: "PROPOSED" }],
    ["voteOnTierPolicy", "PROPOSED", "tess", vote, { code: "SELF_DECISION" }],
    ["voteOnTierPolicy", "PROPOSED", "ada", vote, { code: "NOT_YOUR_ROLE" }],
    ["voteOnTierPolicy", "PROPOSED", "gina", vote, { code: "NOT_YOUR_ROLE" }],
    ["voteOnTierPolicy", "PROPOSED", "sam", vote, { code: "NOT_YOUR_ROLE" }],
    ["voteOnTierPolicy", "VOTED", "pia", vote, { code: "WRONG_STATE" }],
    ["voteOnTierPolicy", "ADOPTED", "sue", vote, { code: "WRONG_STATE" }],
    ["decideTierPolicy", "VOTED", "ada", {}, { state: "ADOPTED" }],
    ["decideTierPolicy", "VOTED_DOWN", "ada", {}, { state: "REJECTED" }],
    ["decideTierPolicy", "PROPOSED", "ada", {}, { code: "APPROVAL_MISSING" }],
    ["decideTierPolicy", "VOTED", "sue", {}, { code: "NOT_YOUR_ROLE" }],
    ["decideTierPolicy", "VOTED", "gina", {}, { code: "NOT_YOUR_ROLE" }],
    ["decideTierPolicy", "VOTED", "tess", {}, { code: "SELF_DECISION" }],
    ["decideTierPolicy", "ADOPTED", "ada", {}, { code: "WRONG_STATE" }],
    ["withdrawTierPolicy", "PROPOSED", "tess", {}, { state: "WITHDRAWN" }],
    ["withdrawTierPolicy", "VOTED", "tess", {}, { state: "WITHDRAWN" }],
    ["withdrawTierPolicy", "PROPOSED", "ada", {}, { code: "NOT_YOUR_ROLE" }],
    ["withdrawTierPolicy", "ADOPTED", "tess", {}, { code: "WRONG_STATE" }],
    ["withdrawTierPolicy", "REJECTED", "tess", {}, { code: "WRONG_STATE" }],
  ])("%s of a proposal %s by %s with %o: %o", async (step, from, account, input, expected) => {
    const id = await proposalIn(from);
    const attempt = () => take(account, step, { id, ...input });
    const refused = "code" in expected;
    expect(await (refused ? expectNothingWritten(server, attempt) : attempt())).toMatchObject(expected);
  });

  test.each([
    ["a head", "sue", undefined],
    ["the leader", "ada", undefined],
    ["a seller", "sam", "NOT_YOUR_ROLE"],
    ["the general manager", "gina", "NOT_YOUR_ROLE"],
    ["the clerk of administration", "adam", "NOT_YOUR_ROLE"],
    ["an auditor", "cory", "NOT_YOUR_ROLE"],
  ])("proposing is for the members of the group: %s, %s", async (_who, account, code) => {
    expect((await take(account, "proposeTierPolicy", form)).code).toBe(code);
  });

  test("the group has one proposal before it at a time", async () => {
    const id = await proposalIn("PROPOSED");
    const { formNo } = await stored(id);
    const again = await expectNothingWritten(server, () => take("sue", "proposeTierPolicy", form));
    expect(again).toMatchObject({ code: "WRONG_STATE", needs: expect.stringContaining(formNo) });
    await take("tess", "withdrawTierPolicy", { id });
    expect(await take("sue", "proposeTierPolicy", form)).toMatchObject({ state: "PROPOSED" });
  });

  test("of two who come at once one takes the step", async () => {
    await expectOneWins(["sue", "mona"].map((head) => take(head, "proposeTierPolicy", form)));
    await forget();
    const id = await proposalIn("VOTED");
    await expectOneWins([
      take("ada", "decideTierPolicy", { id }),
      take("tess", "withdrawTierPolicy", { id }),
    ]);
    await forget();
    const voted = await proposalIn("VOTED");
    await expectOneWins([1, 2].map(() => take("ada", "decideTierPolicy", { id: voted })));
    await forget();
    const open = await proposalIn("PROPOSED");
    await expectOneWins(
      [true, false].map((inFavour) => take("pia", "voteOnTierPolicy", { id: open, inFavour })),
    );
    await expectOneWins([1, 2].map(() => take("tess", "withdrawTierPolicy", { id: open })));
  });

  test("what the leader proposes is recorded by another head, or by the general manager where all have voted", async () => {
    const { id } = await take("ada", "proposeTierPolicy", form);
    for (const head of ["sue", "pia", "tess"]) await take(head, "voteOnTierPolicy", { id, ...vote });
    expect(await take("ada", "decideTierPolicy", { id })).toMatchObject({ code: "SELF_DECISION" });
    expect(await take("sue", "decideTierPolicy", { id })).toMatchObject({ code: "SELF_DECISION" });
    await take("mona", "voteOnTierPolicy", { id, ...vote });
    expect(await take("gina", "decideTierPolicy", { id })).toMatchObject({ state: "ADOPTED" });
  });

  test("the group hears of a proposal, and administration and auditors of the decision", async () => {
    const id = await proposalIn("ADOPTED");
    const told = await server.database.db.notification.findMany({
      where: { recordId: id },
      select: { person: { select: { staffNo: true } }, occasion: true },
    });
    const toldOf = (step: string) =>
      told
        .filter(({ occasion }) => occasion.startsWith(step))
        .map((one) => one.person.staffNo)
        .sort();
    expect(toldOf("propose")).toEqual(["ada", "mona", "pia", "sue"]);
    expect(toldOf("decide")).toEqual(expect.arrayContaining(["adam", "cory", "mona", "tess"]));
  });

  test("it waits for whoever can vote, and then for whoever records it", async () => {
    const tasks = async (account: string) => {
      const { data } = await server.executeAs(account, "{ myTasks(first: 100) { form mutations dueAt } }");
      return data.myTasks.filter(({ form: name }: { form: string }) => name === "TierPolicy");
    };
    await proposalIn("PROPOSED");
    expect(await tasks("pia")).toEqual([
      { form: "TierPolicy", mutations: ["voteOnTierPolicy"], dueAt: expect.any(String) },
    ]);
    expect(await tasks("ada")).toEqual([]);
    await forget();
    await proposalIn("VOTED");
    expect(await tasks("pia")).toEqual([]);
    expect(await tasks("ada")).toMatchObject([{ mutations: ["decideTierPolicy"] }]);
  });

  test.each([
    ["sam", false],
    ["carl", false],
    ["rep", false],
    ["cu1", false],
    ["pia", true],
    ["adam", true],
    ["cory", true],
    ["gina", true],
  ])("%s sees what is proposed: %s", async (account, sees) => {
    const id = await proposalIn("PROPOSED");
    const { data } = await server.executeAs(
      account,
      `{ tierPolicies { nodes { id changes reason content } } tierPolicy(id: "${id}") { id } }`,
    );
    expect(data.tierPolicy).toEqual(sees ? { id } : null);
    expect(data.tierPolicies?.nodes ?? []).toHaveLength(sees ? 1 : 0);
    if (sees)
      expect(data.tierPolicies.nodes[0]).toMatchObject({
        changes: ["customers.PRIVATE.SEE_MASKED: SERVICE → POST"],
        content: { customers: { PRIVATE: { SEE_MASKED: { tier: "POST", extra: [] } } } },
      });
  });
});

describe("a version that has been adopted", () => {
  const sees = async (account: string, now: Date) => {
    const { data, extensions } = await server.executeAs(
      account,
      `{ customers(where: { code: { eq: "C1" } }) { nodes { idNumber } } accessMatrix { version } }`,
      { now },
    );
    return { idNumber: data.customers?.nodes[0]?.idNumber, version: data.accessMatrix.version, extensions };
  };

  beforeEach(forget);

  test("is in force from its date, for whoever it is about and for what is given then", async () => {
    const { db } = server.database;
    const grant = await db.grant.findFirstOrThrow({ where: { granteeId: person("cara"), state: "ACTIVE" } });
    const before = await sees("cara", minutes(59));
    await proposalIn("ADOPTED", {
      changes: { customers: { PRIVATE: { SEE_MASKED: { tier: "STEWARD" } } } },
    });
    expect(grant.tier).toBe("SERVICE");
    expect(before).toMatchObject({ idNumber: expect.stringContaining("*"), version: "1" });
    expect(await sees("cara", minutes(59))).toEqual(before);
    expect(await sees("cara", minutes(60))).toMatchObject({ idNumber: null, version: "2" });
    expect(await sees("cara", minutes(61))).toMatchObject({ idNumber: null, version: "2" });
  });

  test("comes into force a minute after its adoption at the earliest", async () => {
    const id = await proposalIn("VOTED");
    const late = { now: minutes(90) };
    await take("ada", "decideTierPolicy", { id }, late);
    expect(await stored(id)).toMatchObject({ version: 2, effectiveFrom: minutes(91) });
    expect((await sees("cara", minutes(90))).version).toBe("1");
    expect((await sees("cara", minutes(91))).version).toBe("2");
    const { changes: told } = await server.database.db.formEvent.findFirstOrThrow({
      where: { recordId: id, action: "decide" },
    });
    expect(told).toEqual([
      "votes: 2 in favour, 0 against, of 3",
      `in force from ${minutes(91).toISOString()}`,
    ]);
  });

  test("is what the next one changes, also before its date; of those in force the highest counts", async () => {
    await proposalIn("ADOPTED", { effectiveFrom: minutes(300).toISOString() });
    const next = { changes: { conditions: { address: true } }, effectiveFrom: minutes(600).toISOString() };
    const id = await proposalIn("ADOPTED", next);
    expect(await stored(id)).toMatchObject({
      ...{ basedOn: 2, version: 3, changes: ["conditions.address: false → true"] },
      content: { customers: { PRIVATE: { SEE_MASKED: { tier: "POST" } } }, conditions: { address: true } },
    });
    const at = async (now: Date) => (await sees("cory", now)).version;
    expect(await Promise.all([minutes(0), minutes(300), minutes(600)].map(at))).toEqual(["1", "2", "3"]);
  });

  test("is not brought forward by the next one", async () => {
    const date = minutes(600).toISOString();
    await proposalIn("ADOPTED", { effectiveFrom: date });
    const next = { changes: { conditions: { address: true } }, reason: "Earlier" };
    const early = { ...next, effectiveFrom: minutes(599).toISOString() };
    const { errors } = await expectNothingWritten(server, () => propose("tess", early));
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "FORM_INCOMPLETE",
      inputPath: "input.effectiveFrom",
      reason: `It lies before ${date}, from when version 2 is in force, and would bring that one forward.`,
    });
    expect(await take("tess", "proposeTierPolicy", { ...next, effectiveFrom: date })).toMatchObject({
      state: "PROPOSED",
    });
  });

  test("is taken back before its date by one that changes it back", async () => {
    const date = minutes(600).toISOString();
    await proposalIn("ADOPTED", { effectiveFrom: date });
    const back = { customers: { PRIVATE: { SEE_MASKED: { tier: "SERVICE" } } } };
    // What is in force now says so already, but that is not what it changes.
    const id = await proposalIn("ADOPTED", { changes: back, effectiveFrom: date });
    expect(await stored(id)).toMatchObject({ basedOn: 2, version: 3 });
    const at = async (now: Date) => {
      const { version, idNumber } = await sees("cara", now);
      return [version, idNumber];
    };
    const [, masked] = await at(minutes(0));
    expect(await at(minutes(599))).toEqual(["1", masked]);
    expect(await at(minutes(600))).toEqual(["3", masked]);
    const same = await take("tess", "proposeTierPolicy", { ...form, changes: back, effectiveFrom: date });
    expect(same).toMatchObject({ code: "FORM_INCOMPLETE", paths: ["input.changes"] });
  });

  test("is read once more when it is decided: what this release does not keep is not adopted", async () => {
    const { db } = server.database;
    for (const [content, told] of [
      [{}, "not adopted: conditions: It is missing."],
      [
        { ...withoutVersion, conditions: { ...first.conditions, device: false } },
        expect.stringMatching(/^not adopted: conditions.device: .*S000-4.1b/),
      ],
    ] as const) {
      await forget();
      const id = await proposalIn("VOTED");
      await writeUnhindered(db, (tx) =>
        tx.tierPolicy.update({ where: { id }, data: { content: json(content) } }),
      );
      expect(await take("ada", "decideTierPolicy", { id })).toMatchObject({ state: "REJECTED" });
      const { changes: history } = await db.formEvent.findFirstOrThrow({
        where: { recordId: id, action: "decide" },
      });
      expect(history.slice(0, 2)).toEqual(["votes: 2 in favour, 0 against, of 3", told]);
      expect(history.length).toBeLessThanOrEqual(6);
    }
  });

  test("is told beforehand by accessMatrix, whole, to those who oversee who sees what", async () => {
    await proposalIn("ADOPTED");
    const at = minutes(60).toISOString();
    const { data } = await server.executeAs(
      "cory",
      `query ($at: DateTime) { now: accessMatrix { version content } then: accessMatrix(at: $at) { version content } }`,
      { variables: { at }, now: minutes(1) },
    );
    expect(data.now).toEqual({ version: "1", content: withoutVersion });
    expect(data.then).toMatchObject({ version: "2", content: { conditions: first.conditions } });
    expect(data.then.content.customers.PRIVATE.SEE_MASKED).toEqual({ tier: "POST", extra: [] });
    for (const account of ["sam", "cara", "cu1", "rep"])
      for (const query of ["{ accessMatrix { content } }", `{ accessMatrix(at: "${at}") { version } }`]) {
        const { errors } = await server.executeAs(account, query);
        expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_YOUR_ROLE" });
      }
    const open = await server.executeAs("sam", "{ accessMatrix { version baseConditions rules { tier } } }");
    expect(open.errors).toBeUndefined();
  });

  test("is written on the grants that are given under it, and its limits hold for them", async () => {
    const shorter = { limits: { terms: [{ kinds: ["TEMP"], hours: 24 }, { hours: 240 }] } };
    await proposalIn("ADOPTED", { changes: shorter });
    const asked = {
      ...{ employeeId: person("neo"), kind: "STANDING", tier: "POST", customerScope: "OWN" },
      classes: [{ fieldClass: "BASIC", cap: "CLEAR" }],
      ...{ operations: ["SEE_CLEAR"], purposes: ["MARKETING"], reason: "Sells" },
    };
    const apply = (days: number, now: Date) =>
      stepsOf(() => server, "grantApplication")(
        "sue",
        "applyForGrant",
        { ...asked, validTo: daysLater(days).toISOString() },
        { now },
      );
    const early = await apply(100, minutes(59));
    expect(early).toMatchObject({ state: "DRAFT" });
    expect(await apply(100, minutes(60))).toMatchObject({ code: "TERM_TOO_LONG" });
    const { id } = await apply(9, minutes(60));
    const steps = stepsOf(() => server, "grantApplication");
    const now = { now: minutes(61) };
    // What was approved before is given within the limits of the version that is in force when it is given.
    const approved = { id: early.id! };
    await steps("sue", "submitGrantApplication", { ...approved, unitSeal: true }, { now: minutes(59) });
    await steps("adam", "approveGrantApplication", approved, { now: minutes(59) });
    expect(await steps("tim", "implementGrantApplication", approved, now)).toMatchObject({
      ...{ code: "TERM_TOO_LONG", paths: ["input.id"] },
    });
    await steps("sue", "submitGrantApplication", { id, unitSeal: true }, now);
    await steps("adam", "approveGrantApplication", { id }, now);
    await steps("tim", "implementGrantApplication", { id }, now);
    const grant = await server.database.db.grant.findFirstOrThrow({ where: { applicationId: id! } });
    expect(grant.policyVersion).toBe(2);
  });

  test("may close everything else: the next one is proposed, voted on and decided all the same", async () => {
    const sees = ["SEE"];
    const fields = { META: "*" };
    await proposalIn("ADOPTED", {
      changes: {
        posts: {
          staff: [
            { who: {}, rows: ["own"], uses: sees, fields },
            { who: { roles: ["DEPT_HEAD"] }, rows: ["department"], uses: sees, fields },
          ],
          grant: [
            {
              who: { roles: ["DEPT_HEAD", "ADMIN_HEAD", "GENERAL_MANAGER"] },
              ...{ rows: ["escalated"], uses: sees, records: ["TierPolicy"] },
              fields: { META: "*", GRANT: "*" },
            },
          ],
          ...{ device: [], inbox: [], directory: [] },
        },
      },
    });
    const now = { now: minutes(61) };
    const { posts } = first;
    const next = { ...form, changes: { posts }, effectiveFrom: minutes(90).toISOString() };
    const { id } = await take("tess", "proposeTierPolicy", next, now);
    for (const head of ["pia", "mona"])
      await take(head, "voteOnTierPolicy", { id: id!, inFavour: true }, now);
    expect(await take("ada", "decideTierPolicy", { id: id! }, now)).toMatchObject({ state: "ADOPTED" });
  });

  test("decides what was seen at an instant of the past", async () => {
    const { id: customerId } = await server.database.db.customer.findUniqueOrThrow({ where: { code: "C1" } });
    await proposalIn("ADOPTED", { changes: { customers: { PRIVATE: { SEE_MASKED: { tier: "STEWARD" } } } } });
    const seen = async (at: Date) => {
      const { data } = await server.executeAs(
        "ada",
        `query ($customerId: ID!, $cara: ID!, $at: DateTime) {
          whoCanSee(customerId: $customerId, field: "Customer.idNumber", at: $at) { clear masked }
          whatCanSee(employeeId: $cara, purpose: "CUSTOMER_SERVICE", at: $at) { field seen { outcome } } }`,
        { now: daysLater(2), variables: { customerId, cara: person("cara"), at: at.toISOString() } },
      );
      const cell = data.whatCanSee.find(({ field }: { field: string }) => field === "Customer.idNumber");
      return { masked: data.whoCanSee.masked, cara: cell.seen.length > 0 };
    };
    const before = await seen(minutes(59));
    const after = await seen(minutes(60));
    expect(before.cara).toBe(true);
    expect(after.cara).toBe(false);
    expect(after.masked).toBeLessThan(before.masked);
  });

  test("stays as it is, in the database too", async () => {
    const id = await proposalIn("ADOPTED");
    const kept = await stored(id);
    const set = (sql: string, row = id) => `UPDATE "TierPolicy" SET ${sql} WHERE id = '${row}'`;
    const proposed = await proposalIn("PROPOSED", { changes: { conditions: { address: true } } });
    for (const sql of [
      ...[`"content" = '{}'`, `"version" = 9`, `"effectiveFrom" = now()`, `"changes" = '{nothing}'`].map(
        (one) => set(one),
      ),
      ...[`"proposedById" = '${person("sue")}'`, `"proposedAt" = now()`, `"reason" = 'Other'`].map((one) =>
        set(one),
      ),
      ...[`"decidedById" = '${person("mona")}'`, `"decidedAt" = now()`, `"basedOn" = 7`].map((one) =>
        set(one),
      ),
      set(`"content" = '{}'`, proposed),
      set(`"proposedById" = '${person("sue")}'`, proposed),
      `DELETE FROM "TierPolicy" WHERE id = '${id}'`,
      'TRUNCATE "TierPolicy" CASCADE',
      'TRUNCATE "GroupVote", "TierPolicy" CASCADE',
    ])
      await expect(server.database.asOwner(sql), sql).rejects.toThrow(/APPEND_ONLY/);
    expect(await stored(id)).toEqual(kept);
  });

  test("comes from a proposal, in the database too", async () => {
    const { db } = server.database;
    const id = await proposalIn("ADOPTED");
    for (const [state, version] of [
      ["ADOPTED", "3"],
      ["REJECTED", "NULL"],
      ["WITHDRAWN", "NULL"],
    ])
      await expect(
        db.$executeRawUnsafe(`
          INSERT INTO "TierPolicy" ("id", "formNo", "proposedById", "proposedAt", "basedOn", "changes", "content", "reason",
            "effectiveFrom", "version", "decidedById", "decidedAt", "state")
          SELECT 'pol_other', 'T-2026-9999', "proposedById", "proposedAt", "basedOn", "changes", "content", "reason",
            "effectiveFrom", ${version}, "decidedById", "decidedAt", '${state}' FROM "TierPolicy" WHERE id = '${id}'`),
      ).rejects.toThrow(/WRONG_STATE/);
  });
});
