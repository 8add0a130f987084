import fc from "fast-check";
import type { GraphQLSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Policy, policy } from "../../src/access/policy.js";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { createSchema } from "../../src/schema.js";
import type { TestDatabase } from "../support/database.js";
import { type Answer, type DemoServer, demoServer } from "../support/execute-as.js";
import { knownTo } from "../support/known.js";
import { type GeneratedOperation, operations } from "../support/operations-arbitrary.js";
import { type OrdinaryExecutor, ordinaryExecutor } from "../support/ordinary-executor.js";
import { smallDemo } from "../support/small-demo.js";
import { type World, worldOf } from "../support/world.js";

// graphql-shield on every field with the ordinary executor, and the shipped path that decides once: the same answers.

const rootsAnOperation = 3;
const numRuns = Math.ceil(Number(process.env.TWIN_RUNS ?? 90) / rootsAnOperation);
const seed = Number(process.env.TWIN_SEED ?? Math.floor(Math.random() * 2 ** 31));

let database: TestDatabase;
let schema: GraphQLSchema;
let world: World;
let shipped: DemoServer;
let ordinary: OrdinaryExecutor;

beforeAll(async () => {
  [database, schema] = await Promise.all([smallDemo(), createSchema()]);
  world = await worldOf(database.url);
  shipped = await demoServer({ database, schema });
  ordinary = await ordinaryExecutor(database);
});

afterAll(async () => {
  await Promise.all([shipped?.close(), ordinary?.close()]);
  await database?.close();
});

/** An answer in one text; where several roots are refused, in which order they failed is up to chance. */
const textOf = ({ errors, ...answer }: Answer): string =>
  JSON.stringify({ ...answer, errors: errors?.map((error) => JSON.stringify(error)).sort() });

async function compare(account: string, other: OrdinaryExecutor = ordinary): Promise<number> {
  const caller = await shipped.callerOf(account);
  const known = await knownTo(caller, schema, world, shipped);
  let told = 0;
  const alike = async ({ query, variables }: GeneratedOperation) => {
    const [fast, slow] = await Promise.all([shipped.ask(caller, query, { variables }), other.ask(caller, query, variables)]);
    told += fast.extensions?.access?.fields.length ?? 0;
    expect(textOf(fast)).toBe(textOf(slow));
  };
  await fc.assert(fc.asyncProperty(operations(known, rootsAnOperation), alike), { seed, numRuns, endOnFailure: true });
  return told;
}

describe("both ways answer alike", () => {
  test.each(demoAccounts.map(({ staffNo }) => staffNo))("%s", { timeout: 600_000 }, async (account) => {
    await compare(account);
  });
});

test("with something to tell beside the data", async () => {
  expect(await compare("pat")).toBeGreaterThan(numRuns);
});

describe("a difference is found out", () => {
  const loose: Policy = {
    ...policy,
    customers: { ...policy.customers, FINANCIAL: { ...policy.customers.FINANCIAL, SEE_MASKED: { tier: "NONE", extra: [] } } },
  };
  test("where the rules follow another policy than the plan", { timeout: 600_000 }, async () => {
    const other = await ordinaryExecutor(database, loose);
    await expect(compare("carl", other)).resolves.toBeGreaterThan(0);
    await other.close();
  });
});
