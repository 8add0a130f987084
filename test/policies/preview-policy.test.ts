import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policy as first } from "../../src/access/policy.js";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { demoId } from "../../src/database/demo/id.js";
import { lastAdopted } from "../../src/policies/policies.js";
import { changeOf } from "../../src/policies/read-policy.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { expectNothingWritten } from "../support/form-steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

interface Effect {
  inWords: string;
  gains: boolean;
  use: string;
  fieldClass: string;
  fields: string[];
  before: string;
  after: string;
  count: number;
  people: string[];
}

const preview = async (variables: object, account = "ada") => {
  const { data, errors } = await server.executeAs(
    account,
    `query ($id: ID, $changes: JSONObject) { previewPolicy(policyId: $id, changes: $changes) {
      basedOn changes gaining losing grants
      effects { inWords gains use fieldClass fields before after count people } } }`,
    { variables: { ...variables } },
  );
  return { preview: data?.previewPolicy, error: errors?.[0]?.extensions };
};

describe("what would change", () => {
  test("in words and numbers, for the version that was adopted last", async () => {
    const changes = { customers: { PRIVATE: { SEE_MASKED: { tier: "STEWARD" } } } };
    const { preview: told } = await expectNothingWritten(server, () => preview({ changes }));
    expect(told).toMatchObject({
      ...{ basedOn: 2, changes: ["customers.PRIVATE.SEE_MASKED: SERVICE → STEWARD"], gaining: 0 },
      effects: [
        { gains: false, use: "SEE", fieldClass: "PRIVATE", before: "MASKED", after: "WITHHELD" },
        // A mask that hides nothing: the year of birth.
        { gains: false, use: "SEE", fieldClass: "PRIVATE", before: "CLEAR", after: "WITHHELD" },
      ],
    });
    const [effect] = told.effects as Effect[];
    expect(effect!.people).toContain("cara");
    expect(effect!.count).toBe(effect!.people.length);
    expect(told.losing).toBeGreaterThanOrEqual(effect!.count);
    expect(effect!.inWords).toBe(
      `${effect!.count} people would see ${effect!.fields.length} PRIVATE fields not at all instead of masked`,
    );
    expect(effect!.fields).toContain("Customer.idNumber");
  });

  test("of a proposal: whose device has no registered address loses everything with the condition of the address", async () => {
    const asked = { id: demoId("pol", 4) };
    const proposed = { basedOn: 2, changes: ["conditions.address: false → true"], gaining: 0 };
    expect((await preview(asked)).preview).toMatchObject({ ...proposed, losing: 0, effects: [] });
    const { device } = server.database.db;
    const { deviceNo } = (await server.callerOf("cara")).device!;
    const { ipAddress } = await device.findUniqueOrThrow({ where: { deviceNo } });
    await device.update({ where: { deviceNo }, data: { ipAddress: null } });
    const { preview: told } = await preview(asked);
    await device.update({ where: { deviceNo }, data: { ipAddress } });
    expect(told).toMatchObject({ ...proposed, losing: 1 });
    const effects = told.effects as Effect[];
    expect(new Set(effects.flatMap(({ people }) => people))).toEqual(new Set(["cara"]));
    expect(new Set(effects.filter(({ use }) => use === "SEE").map(({ fieldClass }) => fieldClass))).toEqual(
      new Set(["BASIC", "BUSINESS", "ORDER", "SERVICE", "FINANCIAL", "PRIVATE"]),
    );
  });

  test("of a decided one: against the version that it changed", async () => {
    const { preview: told } = await preview({ id: demoId("pol", 3) });
    expect(told).toMatchObject({
      ...{ basedOn: 1, changes: ["limits.declarationHours.named: 72 → 48"] },
      ...{ gaining: 0, losing: 0, effects: [], grants: [] },
    });
  });

  test("for posts too", async () => {
    const device = first.posts.device.filter(({ who }) => !who.departments?.includes("FINANCE"));
    const { preview: told } = await preview({ changes: { posts: { device } } });
    expect(told.gaining).toBe(0);
    const effects = told.effects as Effect[];
    expect(
      effects.find(({ use, fieldClass }) => use === "SEE" && fieldClass === "DEVICE_FINANCE"),
    ).toMatchObject({
      ...{ before: "CLEAR", after: "WITHHELD", gains: false },
      people: expect.arrayContaining(["fin"]),
    });
    expect(new Set(effects.flatMap(({ people }) => people))).not.toContain("sam");
  });

  test("what customers see of themselves is theirs to lose", async () => {
    const { preview: told } = await preview({ changes: { self: ["BASIC", "META"] } });
    const effects = told.effects as Effect[];
    expect(new Set(effects.flatMap(({ people }) => people))).toContain("cu1");
    expect(effects.every(({ people }) => !people.includes("sam"))).toBe(true);
  });

  test.each<[changes: object, grants: RegExp]>([
    [{ ceilings: [{ tier: "MASKED" }] }, /^\d+ in force lie above the tier that administration/],
    [{ terms: [{ hours: 24 }] }, /^\d+ in force run longer/],
    [{ never: [{ operations: ["SEE_CLEAR"] }] }, /^\d+ in force have an operation/],
  ])("grants in force that could no longer be given: %j", async (limits, words) => {
    const { preview: told } = await preview({ changes: { limits } });
    expect(told.grants).toEqual([expect.stringMatching(words)]);
    expect(told.effects).toEqual([]);
  });
});

describe("the very people whose answers would be others", () => {
  const cells = async (on: DemoServer, account: string, field: string) => {
    const { grants } = await on.callerOf(account);
    const seen: string[][] = [];
    for (const purpose of [null, ...new Set(grants.flatMap(({ purposes }) => purposes))]) {
      const { data } = await on.executeAs(
        account,
        "{ customers(first: 40) { nodes { id access { field outcome } } } }",
        { purpose },
      );
      seen.push(
        (data?.customers?.nodes ?? []).map(
          ({ id, access }: { id: string; access: { field: string; outcome: string }[] }) =>
            `${id} ${access.find((cell) => cell.field === field)?.outcome}`,
        ),
      );
    }
    return JSON.stringify(seen);
  };

  test.each<[changes: object, field: string]>([
    [{ customers: { BASIC: { SEE_MASKED: { tier: "POST" } } } }, "Customer.name"],
    [{ customers: { FINANCIAL: { SEE_MASKED: { tier: "STEWARD" } } } }, "Customer.balance"],
    [
      {
        customers: { FINANCIAL: { SEE_CLEAR: { tier: "STEWARD" }, FILTER: null, SORT: null, EXPORT: null } },
      },
      "Customer.balance",
    ],
    [{ conditions: { purpose: false } }, "Customer.name"],
  ])("%j: %s", async (changes, field) => {
    const { preview: told } = await preview({ changes });
    const people = (told.effects as Effect[])
      .filter(({ use, fields }) => use === "SEE" && fields.includes(field))
      .flatMap((effect) => effect.people);
    const { policy: before } = (await lastAdopted(server.database.db))!;
    const change = changeOf(before, changes);
    if (change.problems) throw new Error(JSON.stringify(change.problems));
    const { database } = server;
    const old = await demoServer({ database, policy: before });
    const now = await demoServer({ database, policy: { ...change.content, version: 3 } });
    const differing: string[] = [];
    for (const { staffNo } of demoAccounts) {
      const [seen, then] = [await cells(old, staffNo, field), await cells(now, staffNo, field)];
      // Whoever has no customers in scope sees none either way.
      const without = !then.includes("cus_") && !seen.includes("cus_");
      if (without ? people.includes(staffNo) : seen !== then) differing.push(staffNo);
    }
    await Promise.all([old.close(), now.close()]);
    expect(differing.length).toBeGreaterThan(0);
    const accounts = new Set(demoAccounts.map(({ staffNo }) => staffNo));
    expect(differing.sort()).toEqual([...new Set(people)].filter((one) => accounts.has(one)).sort());
  });
});

describe("is refused", () => {
  test.each<[variables: object, expected: object]>([
    [{}, { code: "BAD_USER_INPUT", inputPath: "changes" }],
    [
      { id: demoId("pol", 1), changes: {} },
      { code: "BAD_USER_INPUT", inputPath: "changes" },
    ],
    [{ id: "pol_nothing" }, { code: "NOT_FOUND", inputPath: "policyId" }],
    [
      { changes: { conditions: { device: 1 }, limits: { emergencyHours: 9 } } },
      {
        code: "FORM_INCOMPLETE",
        problems: [
          expect.objectContaining({ inputPath: "changes.conditions.device" }),
          expect.objectContaining({ inputPath: "changes.limits.emergencyHours" }),
        ],
      },
    ],
  ])("%j: %j", async (variables, expected) => {
    expect((await preview(variables)).error).toMatchObject(expected);
  });

  test.each([
    ["sam", "NOT_YOUR_ROLE"],
    ["carl", "NOT_YOUR_ROLE"],
    ["cu1", "NOT_YOUR_ROLE"],
    ["rep", "NOT_YOUR_ROLE"],
    ["adam", undefined],
    ["pia", undefined],
    ["gina", undefined],
  ])("to %s: %s", async (account, code) => {
    const { error } = await preview({ changes: { conditions: { address: true } } }, account);
    expect(error?.code).toBe(code);
  });
});
