import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policy as first } from "../../src/access/policy.js";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { demoId } from "../../src/database/demo/id.js";
import { lastAdopted } from "../../src/policies/policies.js";
import { changeOf } from "../../src/policies/read-policy.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { expectNothingWritten, person } from "../support/form-steps.js";
import { writeUnhindered } from "../support/write-unhindered.js";

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
      basedOn changes gaining losing limits grants
      effects { inWords gains use fieldClass fields before after count people } } }`,
    { variables: { ...variables } },
  );
  return { preview: data?.previewPolicy, error: errors?.[0]?.extensions };
};

/** A proposal: devices are asked for their registered addresses. */
const withAddresses = { id: demoId("pol", 4) };
const proposed = { basedOn: 2, changes: ["conditions.address: false → true"], gaining: 0 };

/** Asks while the device of somebody has no registered address. */
async function whileUnregistered<Result>(account: string, asked: () => Promise<Result>): Promise<Result> {
  const { device } = server.database.db;
  const { deviceNo } = (await server.callerOf(account)).device as { deviceNo: string };
  const { ipAddress } = await device.findUniqueOrThrow({ where: { deviceNo } });
  await device.update({ where: { deviceNo }, data: { ipAddress: null } });
  try {
    return await asked();
  } finally {
    await device.update({ where: { deviceNo }, data: { ipAddress } });
  }
}

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
    expect((await preview(withAddresses)).preview).toMatchObject({ ...proposed, losing: 0, effects: [] });
    const { preview: told } = await whileUnregistered("cara", () => preview(withAddresses));
    expect(told).toMatchObject({ ...proposed, losing: 1 });
    const effects = told.effects as Effect[];
    expect(new Set(effects.flatMap(({ people }) => people))).toEqual(new Set(["cara"]));
    expect(new Set(effects.filter(({ use }) => use === "SEE").map(({ fieldClass }) => fieldClass))).toEqual(
      new Set(["BASIC", "BUSINESS", "ORDER", "SERVICE", "FINANCIAL", "PRIVATE"]),
    );
  });

  test("whoever looks after devices for classified records loses what is technical of those", async () => {
    const { preview: told } = await whileUnregistered("tim", () => preview(withAddresses));
    expect(told).toMatchObject({ ...proposed, losing: 1 });
    const effects = told.effects as Effect[];
    expect(effects.map(({ use, fieldClass }) => [use, fieldClass])).toEqual(
      expect.arrayContaining(["SEE", "FILTER", "SORT", "CORRECT"].map((use) => [use, "DEVICE_TECHNICAL"])),
    );
    expect(effects.map(({ inWords }) => inWords)).toContainEqual(
      expect.stringMatching(/^1 person would see \d+ DEVICE_TECHNICAL fields on fewer rows$/),
    );
  });

  test("of a decided one: against the version that it changed", async () => {
    const { preview: told } = await preview({ id: demoId("pol", 3) });
    expect(told).toMatchObject({
      ...{ basedOn: 1, changes: ["limits.declarationHours.named: 72 → 48"] },
      ...{ gaining: 0, losing: 0, effects: [], grants: [] },
    });
  });

  test("of what has been proposed: in the words that it was proposed with", async () => {
    const { db } = server.database;
    const id = demoId("pol", 4);
    const changes = ["as it was read then"];
    await writeUnhindered(db, (tx) => tx.tierPolicy.update({ where: { id }, data: { changes } }));
    expect((await preview({ id })).preview.changes).toEqual(changes);
    await writeUnhindered(db, (tx) =>
      tx.tierPolicy.update({ where: { id }, data: { changes: ["conditions.address: false → true"] } }),
    );
  });

  test("what is open whatever purpose is stated is said so", async () => {
    const { preview: told } = await preview({ changes: { conditions: { purpose: false } } });
    const effects = told.effects as Effect[];
    const sees = effects.find(({ use, fieldClass }) => use === "SEE" && fieldClass === "ORDER")!;
    expect(sees.inWords).toMatch(/^\d+ people would see \d+ ORDER fields whatever purpose they state$/);
    expect(sees).toMatchObject({ gains: true, before: "CLEAR", after: "CLEAR" });
    expect(effects.filter(({ inWords }) => inWords.endsWith("rows"))).toEqual([]);
    // What nothing asks for is no right to gain.
    expect(effects.map(({ use }) => use)).not.toContain("AGGREGATE");
    expect(effects.filter(({ use }) => use === "DELETE").map(({ fieldClass }) => fieldClass)).toEqual([
      "BASIC",
    ]);
  });

  test.each<[limits: object, told: (string | RegExp)[]]>([
    [
      {
        ceilings: [
          { kinds: ["FORMAL"], departments: ["CUSTOMER_SERVICE"], tier: "MASKED" },
          ...first.limits.ceilings,
        ],
      },
      [
        /^(\d+ people|1 person): administration would approve STANDING, .* grants up to MASKED alone instead of [A-Z]+$/,
      ],
    ],
    [
      { ceilings: first.limits.ceilings.filter(({ departments }) => !departments?.includes("TECHNOLOGY")) },
      [
        /: administration would approve STANDING, TRANSFER, CHANGE grants up to SENSITIVE alone instead of NONE$/,
      ],
    ],
    [
      { terms: [{ grants: ["CASE"], hours: 24 }, { hours: 17_544 }] },
      [
        /: CASE grants would run 24 hours at most instead of 2160$/,
        /: STANDING, .* grants would run 17544 hours at most instead of 2160$/,
      ],
    ],
    [{ never: [] }, [/^(\d+ people|1 person) could be given EXPORT, BORROW by STANDING, .* grants$/]],
    [
      {
        never: [...first.limits.never, { departments: ["SALES"], grants: ["CASE"], operations: ["EXPORT"] }],
      },
      [/^\d+ people would never be given EXPORT by CASE grants$/],
    ],
    [
      { declarationHours: { named: 24 } },
      [/^\d+ people could declare for named customers for 24 hours at most instead of 48$/],
    ],
    [
      { declarationHours: { standing: 24 } },
      ["1 person could declare for a whole scope for 24 hours at most instead of 744"],
    ],
    [{ standingDeclarations: [] }, ["1 person could no longer declare for a whole scope"]],
    [
      { standingDeclarations: [...first.limits.standingDeclarations, { departments: ["CUSTOMER_SERVICE"] }] },
      [/^\d+ people could declare for a whole scope$/],
    ],
    [
      { clearances: [] },
      [
        /: administration would approve STANDING, .* grants with clearance up to ORDINARY alone instead of CONFIDENTIAL$/,
      ],
    ],
    [{ emergencyHours: 2 }, [/^\d+ people: access in an emergency would last 2 hours at most instead of 0$/]],
  ])("of limits, and to how many: %j", async (limits, words) => {
    const { preview: told } = await preview({ changes: { limits } });
    for (const word of words)
      expect(told.limits).toContainEqual(typeof word === "string" ? word : expect.stringMatching(word));
  });

  test("nothing of limits where they stay", async () => {
    const { preview: told } = await preview({ changes: { customers: { ORDER: { EXPORT: null } } } });
    expect(told.limits).toEqual([]);
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

test("previews come one after the other, whoever asks", async () => {
  const { previews } = await server.contextFor(await server.callerOf("ada"));
  let letGo = () => {};
  const held = previews(
    () =>
      new Promise<void>((done) => {
        letGo = done;
      }),
  );
  const changes = { conditions: { purpose: false } };
  const others = ["ada", "pia", "tess"].map((account) => preview({ changes }, account));
  await expect.poll(() => previews.pendingCount).toBe(others.length);
  expect(previews.activeCount).toBe(1);
  letGo();
  await held;
  const all = await Promise.all(others);
  expect(all.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
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

  test("as if there were none, a proposal out of reach", async () => {
    const grant = first.posts.grant.filter(({ who }) => !who.roles?.includes("AUDITOR"));
    const { database } = server;
    await database.db.employeeRole.create({ data: { employeeId: person("cory"), role: "AUDITOR" } });
    const closed = await demoServer({ database, policy: { ...first, posts: { ...first.posts, grant } } });
    const query = `{ previewPolicy(policyId: "${demoId("pol", 4)}") { basedOn } }`;
    expect((await server.executeAs("cory", query)).errors).toBeUndefined();
    const { errors } = await closed.executeAs("cory", query);
    await closed.close();
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND", inputPath: "policyId" });
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
