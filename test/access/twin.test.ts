import fc from "fast-check";
import type { GraphQLSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../../src/access/caller.js";
import { allRecords, recordOf } from "../../src/access/classified.js";
import { decisionsFor } from "../../src/access/decisions.js";
import { type Policy, policy } from "../../src/access/policy.js";
import { covers } from "../../src/access/rows.js";
import { Customer } from "../../src/customers/customer.type.js";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { maskToSql } from "../../src/reading/masks.js";
import { createSchema } from "../../src/schema.js";
import type { Known } from "../support/arguments-arbitrary.js";
import { type Columns, columnsOf, moveWorld } from "../support/columns.js";
import type { TestDatabase } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { knownTo } from "../support/known.js";
import { noLedger } from "../support/no-ledger.js";
import { type GeneratedOperation, operations } from "../support/operations-arbitrary.js";
import { smallDemo } from "../support/small-demo.js";
import { type Twin, twinOf } from "../support/twin.js";
import { type World, worldOf } from "../support/world.js";

// Two databases that differ only in what one caller may not see clear: whatever that caller asks, both answer alike,
// byte for byte. A long run: TWIN_RUNS=10000. A run again: TWIN_SEED=<the seed that a failure prints>.

const rootsAnOperation = 2;
const runs = Number(process.env.TWIN_RUNS ?? 300);
const seed = Number(process.env.TWIN_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** A leak that must be found out is looked for at the same length in every run, however short the others are. */
const longEnough = Math.max(runs, 5_000);

let original: TestDatabase;
let changed: TestDatabase;
let schema: GraphQLSchema;
let world: World;
let columns: Columns;
let inChanged: World;

beforeAll(async () => {
  schema = await createSchema();
  [original, changed] = await Promise.all([smallDemo(), smallDemo()]);
  world = await worldOf(original.url);
  columns = await columnsOf(original.url, world);
  inChanged = world;
});

afterAll(async () => {
  await Promise.all([original?.close(), changed?.close()]);
});

/** Turns the second database into the caller's twin of the first. */
async function changeFor(caller: Caller): Promise<Twin> {
  const twin = twinOf(world, caller, policy, columns);
  await moveWorld(changed.url, inChanged, twin.world);
  inChanged = twin.world;
  return twin;
}

interface Tally {
  asked: number;
  answered: number;
}

/** Who answers for access learns who sees a customer: whose it is decides that, and is told by what is answered. */
const tellsByDuty = ["whoCanSee", "whatCanSee", "previewPolicy"];

/** Asks both databases the same; rejects with the seed and the operation where an answer differs. */
async function compare(
  caller: Caller,
  a: DemoServer,
  b: DemoServer,
  { change = (known: Known) => known, numRuns = runs } = {},
): Promise<Tally> {
  const tally: Tally = { asked: 0, answered: 0 };
  const known = change({ ...(await knownTo(caller, schema, world, a)), notAsked: tellsByDuty });
  const alike = async ({ query, variables }: GeneratedOperation) => {
    const [one, other] = await Promise.all([
      a.ask(caller, query, { variables }),
      b.ask(caller, query, { variables }),
    ]);
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
    expect(JSON.stringify(one)).not.toContain('"INTERNAL"');
    tally.asked += rootsAnOperation;
    tally.answered += Object.values(one.data ?? {}).filter((root) => root !== null).length;
  };
  await fc.assert(fc.asyncProperty(operations(known, rootsAnOperation), alike), {
    seed,
    numRuns,
    endOnFailure: true,
  });
  return tally;
}

describe("what a caller may not see clear changes nothing that the caller is answered", () => {
  let a: DemoServer;
  let b: DemoServer;
  beforeAll(async () => {
    [a, b] = [
      await demoServer({ database: original, schema, ledger: noLedger }),
      await demoServer({ database: changed, schema, ledger: noLedger }),
    ];
  });
  afterAll(async () => {
    await Promise.all([a.close(), b.close()]);
  });

  test.each(demoAccounts.map(({ staffNo }) => staffNo))("%s", { timeout: 3_600_000 }, async (account) => {
    const caller = await a.callerOf(account);
    const { differences } = await changeFor(caller);
    const { asked, answered } = await compare(caller, a, b);
    expect([...differences.keys()]).toEqual(
      expect.arrayContaining(["Customer.idNumber", "BankAccount.accountNumber"]),
    );
    // A test that is mostly refused would show little; visitors are refused all but a dossier and their own form.
    expect(answered).toBeGreaterThan(asked / (caller.kind === "VISITOR" ? 50 : 10));
  });
});

const opened = (fieldClass: "FINANCIAL" | "PRIVATE", operation: "SEE_CLEAR" | "FILTER" | "SORT"): Policy => ({
  ...policy,
  customers: {
    ...policy.customers,
    [fieldClass]: { ...policy.customers[fieldClass], [operation]: { tier: "POST", extra: [] } },
  },
});

const staffForAll: Policy = {
  ...policy,
  posts: {
    ...policy.posts,
    staff: [...policy.posts.staff, { who: {}, rows: [], uses: ["SEE"], fields: { STAFF: "*" } }],
  },
};

describe("a server that leaks is found out", () => {
  /** Does the comparison fail, with a server under this policy and after this change to the code's own tables? */
  async function findsOut(
    account: string,
    inForce: Policy,
    breaking: () => () => void = () => () => undefined,
  ) {
    const [a, b] = [
      await demoServer({ database: original, schema, policy: inForce, ledger: noLedger }),
      await demoServer({ database: changed, schema, policy: inForce, ledger: noLedger }),
    ];
    const caller = await a.callerOf(account);
    await changeFor(caller);
    const mend = breaking();
    // Filters and orders go for what this server allows and the rulebook does not.
    const decisions = decisionsFor(caller, inForce);
    const wrongly = (known: Known): Known => {
      const allows: Known["mayUse"] = (field, use) => {
        const clear = decisions.of(field, use).openings.filter(({ outcome }) => outcome === "CLEAR");
        const { candidates } = decisions.reach(field.record);
        return (
          candidates.length > 0 && candidates.every((set) => clear.some(({ rows }) => covers(rows, set)))
        );
      };
      const mayUse: Known["mayUse"] = (field, use) => allows(field, use) && !known.mayUse(field, use);
      const more = recordFields().some((field) => mayUse(field, "FILTER") || mayUse(field, "SORT"));
      return more ? { ...known, mayUse } : known;
    };
    try {
      await expect(compare(caller, a, b, { change: wrongly, numRuns: longEnough })).rejects.toThrow(
        `seed: ${seed}`,
      );
    } finally {
      mend();
      await Promise.all([a.close(), b.close()]);
    }
  }

  test.each([
    ["that shows a class clear without a declaration", "carl", opened("FINANCIAL", "SEE_CLEAR")],
    ["that filters by what is masked", "carl", opened("PRIVATE", "FILTER")],
    ["that sorts by what is masked", "carl", opened("FINANCIAL", "SORT")],
    ["that shows everybody's pay", "sam", staffForAll],
  ])("one %s", { timeout: 600_000 }, (_what, account, inForce) => findsOut(account, inForce));

  test("one whose mask shows more than its form", { timeout: 600_000 }, () =>
    findsOut("cara", policy, () => {
      const { lastFour } = maskToSql;
      maskToSql.lastFour = (value) => value;
      return () => {
        maskToSql.lastFour = lastFour;
      };
    }),
  );

  test("one that has lost a row scope", { timeout: 600_000 }, () =>
    findsOut("sam", policy, () => {
      const { rows } = recordOf(Customer);
      Object.assign(recordOf(Customer), { rows: { ...rows, own: "always" } });
      return () => void Object.assign(recordOf(Customer), { rows });
    }),
  );
});

const recordFields = () => allRecords().flatMap(({ fields }) => [...fields.values()]);
