import fc from "fast-check";
import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guardBy } from "../../src/access/guard.js";
import { type Policy, policy, type Requirement } from "../../src/access/policy.js";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { refusal } from "../../src/errors.js";
import { createSchema } from "../../src/schema.js";
import type { TestDatabase } from "../support/database.js";
import { type Answer, type DemoServer, demoServer } from "../support/execute-as.js";
import { knownTo } from "../support/known.js";
import { noLedger } from "../support/no-ledger.js";
import { type GeneratedOperation, operations } from "../support/operations-arbitrary.js";
import { type OrdinaryExecutor, ordinaryExecutor } from "../support/ordinary-executor.js";
import { smallDemo } from "../support/small-demo.js";
import { type World, worldOf } from "../support/world.js";

// graphql-shield on every field with the ordinary executor, and the shipped path that decides once: the same answers.

const rootsAnOperation = 5;
const numRuns = Math.ceil(Number(process.env.TWIN_RUNS ?? 300) / rootsAnOperation);
const seed = Number(process.env.TWIN_SEED ?? Math.floor(Math.random() * 2 ** 31));

let database: TestDatabase;
let schema: GraphQLSchema;
let world: World;
let shipped: DemoServer;
let ordinary: OrdinaryExecutor;

beforeAll(async () => {
  [database, schema] = await Promise.all([smallDemo(), createSchema()]);
  world = await worldOf(database.url);
  shipped = await demoServer({ database, schema, ledger: noLedger });
  ordinary = await ordinaryExecutor(shipped);
});

afterAll(async () => {
  await Promise.all([shipped?.close(), ordinary?.close()]);
  await database?.close();
});

/** An answer in one text; where several roots are refused, in which order they failed is up to chance. */
const textOf = ({ errors, ...answer }: Answer): string =>
  JSON.stringify({ ...answer, errors: errors?.map((error) => JSON.stringify(error)).sort() });

/** What must turn up is looked for at the same length in every run, however short the others are. */
const longEnough = Math.max(numRuns, 400);

async function compare(
  account: string,
  { other = ordinary, runs = numRuns }: { other?: OrdinaryExecutor; runs?: number } = {},
): Promise<number> {
  const caller = await shipped.callerOf(account);
  const known = await knownTo(caller, schema, world, shipped);
  let told = 0;
  const alike = async ({ query, variables }: GeneratedOperation) => {
    const [fast, slow] = await Promise.all([
      shipped.ask(caller, query, { variables }),
      other.ask(caller, query, variables),
    ]);
    told += fast.extensions?.access?.fields.length ?? 0;
    expect(textOf(fast)).toBe(textOf(slow));
  };
  await fc.assert(fc.asyncProperty(operations(known, rootsAnOperation), alike), {
    seed,
    numRuns: runs,
    endOnFailure: true,
  });
  return told;
}

describe("both ways answer alike", () => {
  test.each(demoAccounts.map(({ staffNo }) => staffNo))("%s", { timeout: 600_000 }, async (account) => {
    await compare(account);
  });
});

test("with something to tell beside the data", async () => {
  expect(await compare("pat", { runs: longEnough })).toBeGreaterThan(0);
});

describe("a difference is found out", () => {
  const only: Requirement = { tier: "STEWARD", extra: [] };
  const hidden = (fieldClass: keyof Policy["customers"]) => ({
    ...policy.customers[fieldClass],
    ...{ SEE_MASKED: only, SEE_CLEAR: only },
  });
  /** Nobody below a steward sees anything of customers: of whatever is asked of them something differs. */
  const forStewards: Policy = {
    ...policy,
    customers: {
      ...{ BASIC: hidden("BASIC"), BUSINESS: hidden("BUSINESS"), ORDER: hidden("ORDER") },
      ...{ SERVICE: hidden("SERVICE"), FINANCIAL: hidden("FINANCIAL"), PRIVATE: hidden("PRIVATE") },
    },
  };
  test("where the rules follow another policy than the plan", { timeout: 600_000 }, async () => {
    const otherwise = await demoServer({ database, schema, policy: forStewards, ledger: noLedger });
    const other = await ordinaryExecutor(otherwise);
    await expect(compare("carl", { other, runs: longEnough })).rejects.toThrow(`seed: ${seed}`);
    await Promise.all([other.close(), otherwise.close()]);
  });

  test("where the plan asks another rule than stands before the field", { timeout: 600_000 }, async () => {
    const guard = guardBy("nobody", () => refusal("NOT_YOUR_ROLE"));
    const totals = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && type.name.endsWith("Connection"))
      .map((type) => (type as GraphQLObjectType).getFields().totalCount!);
    const before = totals.map(({ extensions }) => extensions);
    for (const total of totals) total.extensions = { ...total.extensions, guard };
    await expect(compare("cara", { runs: longEnough })).rejects.toThrow(`seed: ${seed}`);
    for (const [at, total] of totals.entries()) total.extensions = before[at]!;
  });
});
