import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoId } from "../../src/database/demo/id.js";
import { requireReadableVersions } from "../../src/policies/require-readable.js";
import { type RealServer, realServer } from "../attacks/real-server.js";
import { demoDatabase, type TestDatabase, testNow } from "../support/database.js";
import { person } from "../support/form-steps.js";
import { writeUnhindered } from "../support/write-unhindered.js";

const second = demoId("pol", 3);
const days = (count: number) => new Date(testNow.getTime() + count * 86_400_000);
const minutes = (count: number) => days(count / 1_440);

/** Version 2 as a release would have left it that writes versions otherwise. */
const rewrite = ({ db }: TestDatabase, effectiveFrom: Date) =>
  writeUnhindered(db, (tx) =>
    tx.tierPolicy.update({ where: { id: second }, data: { content: { matrix: [] }, effectiveFrom } }),
  );

describe("a version in force that this release cannot read", () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await realServer();
    await rewrite(server.database, days(-1));
  });
  afterAll(() => server?.close());

  const codeOf = async (account: string, query: string, variables: object = {}) => {
    const { codes, data } = await server.ask(account, query, variables);
    return codes[0] ?? data;
  };

  test.each([
    ["cara", "{ customers { totalCount } }"],
    ["cara", "{ customers { nodes { id } } }"],
    ["sam", "{ orders { nodes { id } } }"],
    ["spec", "{ dossiers { nodes { id } } }"],
    ["cu1", "{ customers { nodes { name } } }"],
    ["fin", '{ customers(where: { code: { eq: "C1" } }) { nodes { balance } } }'],
  ])("closes customer data: %s, %s", async (account, query) => {
    const { codes, text, data } = await server.ask(account, query);
    expect(codes).toEqual(["WRONG_STATE"]);
    expect(text).toContain("a tier policy in force that this release of the server can read");
    expect(Object.values(data)).toEqual([null]);
  });

  test.each([
    ["sam", 'mutation { createCustomer(input: { kind: GENERAL, name: "New" }) { customer { id } } }'],
    [
      "carl",
      `mutation { fileSensitiveUse(input: { customerIds: ["${demoId("cus", 1)}"], fields: ["Customer.balance"], purpose: "CUSTOMER_SERVICE" }) { sensitiveUse { id } } }`,
    ],
  ])("and writing it: %s", async (account, mutation) => {
    expect(await codeOf(account, mutation)).toBe("WRONG_STATE");
  });

  test("devices are nobody's, grants, staff, the directory and the inbox whose they were in version 1", async () => {
    const { data } = await server.ask(
      "adam",
      "{ grants { totalCount } employees { totalCount } departments { code } myTasks { form } notifications { totalCount } }",
    );
    expect(data.grants.totalCount).toBeGreaterThan(20);
    expect(data.employees.totalCount).toBeGreaterThan(20);
    expect(data.departments.length).toBeGreaterThan(5);
    expect(data.myTasks.length).toBeGreaterThan(0);
    expect(await codeOf("tim", "{ devices { totalCount } }")).toBe("NOT_YOUR_ROLE");
  });

  test("people sign in", async () => {
    const { data } = await server.ask(
      null,
      'mutation { signIn(input: { staffNo: "sam", password: "sam-demo" }) { accessToken } }',
    );
    expect(data.signIn.accessToken).toEqual(expect.any(String));
  });

  test("nothing is told of it that is not known", async () => {
    const who = `{ whoCanSee(customerId: "${demoId("cus", 1)}", field: "Customer.name") { clear } }`;
    const what = `{ whatCanSee(employeeId: "${person("cara")}") { field } }`;
    for (const query of [who, what, "{ accessMatrix { version } }"])
      expect(await codeOf("ada", query)).toBe("WRONG_STATE");
    const before = `{ whoCanSee(customerId: "${demoId("cus", 1)}", field: "Customer.name", at: "${days(-2).toISOString()}") { clear } }`;
    expect(await codeOf("ada", before)).toMatchObject({ whoCanSee: { clear: expect.any(Number) } });
  });

  test("/health/ready says so, and stays ready", async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/health/ready`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: "ready; customer data is closed: this release cannot read version 2 of the tier policy",
    });
  });

  test("the next one is previewed, proposed, voted on and decided, and opens customer data again", async () => {
    const changes = { limits: { emergencyHours: 1 } };
    const step = (account: string, name: string, input: object) => {
      const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input!`;
      const query = `mutation ($input: ${type}) { ${name}(input: $input) { tierPolicy { id version basedOn state } } }`;
      return server.ask(account, query, { input });
    };
    await step("tess", "withdrawTierPolicy", { id: demoId("pol", 4) });
    const preview = "query ($changes: JSONObject) { previewPolicy(changes: $changes) { basedOn changes } }";
    const told = { basedOn: 1, changes: ["limits.emergencyHours: 0 → 1"] };
    expect((await server.ask("tess", preview, { changes })).data.previewPolicy).toEqual(told);
    const form = { changes, effectiveFrom: minutes(2).toISOString(), reason: "The old one cannot be read." };
    const { data } = await step("tess", "proposeTierPolicy", form);
    const { id, basedOn } = data.proposeTierPolicy.tierPolicy;
    expect(basedOn).toBe(1);
    for (const head of ["pia", "mona"]) await step(head, "voteOnTierPolicy", { id, inFavour: true });
    const decided = await step("ada", "decideTierPolicy", { id });
    expect(decided.data.decideTierPolicy.tierPolicy).toMatchObject({ version: 3, state: "ADOPTED" });
    server.clock.at = minutes(2);
    expect(await codeOf("cara", "{ customers { totalCount } }")).toMatchObject({
      customers: { totalCount: expect.any(Number) },
    });
    expect(await codeOf("ada", "{ accessMatrix { version } }")).toEqual({ accessMatrix: { version: "3" } });
  });
});

describe("a server starts", () => {
  const started = async (now: Date, effectiveFrom: Date | null) => {
    const database = await demoDatabase();
    try {
      if (effectiveFrom) await rewrite(database, effectiveFrom);
      await requireReadableVersions({ db: database.db, clock: { now: () => now } });
      return null;
    } catch (error) {
      return (error as Error).message;
    } finally {
      await database.close();
    }
  };

  test.each<[what: string, effectiveFrom: Date | null, starts: boolean]>([
    ["what it can read is in force", null, true],
    ["a version in force cannot be read", days(-1), false],
    ["one still to come cannot be read", days(10), false],
  ])("%s: %s", async (_what, effectiveFrom, starts) => {
    const told = await started(testNow, effectiveFrom);
    expect(told).toEqual(
      starts
        ? null
        : expect.stringMatching(/^Version 2 of the tier policy, in force from [^\n]* reads: [^\n]*\.$/),
    );
  });
});
