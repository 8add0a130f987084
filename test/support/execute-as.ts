import type { GraphQLFormattedError, GraphQLSchema } from "graphql";
import { pino } from "pino";
import type { Caller } from "../../src/access/caller.js";
import type { Policy } from "../../src/access/policy.js";
import type { AccessEntry } from "../../src/access/report.js";
import type { Context } from "../../src/context.js";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import type { Ledger } from "../../src/ledger/ledger.js";
import { demoCredential } from "../../src/people/device-credential.js";
import { loadCaller } from "../../src/people/load-caller.js";
import type { Policies } from "../../src/policies/policies.js";
import { cursorSeal } from "../../src/reading/cursor.js";
import { createServer } from "../../src/server.js";
import { demoDatabase, type TestDatabase, testNow, testSecret } from "./database.js";
import { testLedger } from "./ledger.js";

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  data?: any;
  errors?: readonly GraphQLFormattedError[];
  extensions?: { access?: { purpose: string | null; fields: readonly AccessEntry[] } };
}

export interface Asking {
  variables?: Record<string, unknown>;
  strict?: boolean;
  /** Another purpose than the account's usual one; null: none is stated. */
  purpose?: string | null;
  /** Another device than the one that the account asks from; null: none. */
  device?: string | null;
  /** Another address than the one that is registered for the device; null: none is known. */
  address?: string | null;
  now?: Date;
}

export interface DemoServer {
  readonly database: TestDatabase;
  /** Asks as a demo account, through the server's own pipeline; only HTTP is left out. */
  executeAs(account: string, query: string, asking?: Asking): Promise<Answer>;
  /** The same for a caller who has been loaded before. */
  ask(caller: Caller, query: string, asking?: Asking): Promise<Answer>;
  /** The statements that reading for this query sent, without those that find out who asks. */
  sqlOf(account: string, query: string, asking?: Asking): Promise<readonly string[]>;
  callerOf(account: string, asking?: Asking): Promise<Caller>;
  /** What a request of this caller runs with. */
  contextFor(caller: Caller): Promise<Context>;
  /** How many decisions the last operation took. */
  decisionsMade(): number;
  close(): Promise<void>;
}

interface DemoServerOptions {
  readonly database?: TestDatabase;
  readonly schema?: GraphQLSchema;
  readonly policy?: Policy;
  /** Another than one of the database's own. */
  readonly ledger?: Ledger;
}

/** One version of the policy, at all times. */
const only = (policy: Policy): Policies => {
  const known = () => Promise.resolve(policy);
  return { at: known, version: known };
};

/** A server on the demo organisation. */
export async function demoServer({
  database,
  schema,
  policy,
  ledger: given,
}: DemoServerOptions = {}): Promise<DemoServer> {
  const own = database ?? (await demoDatabase());
  // Time has come to where somebody asks.
  let at = testNow;
  const clock = { now: () => at };
  const ledger = given ?? testLedger(own, clock);
  const server = await createServer({
    db: own.db,
    clock,
    ledger,
    identify: () => Promise.resolve({ caller: null, proof: null }),
    session: null,
    seal: cursorSeal(testSecret),
    codeKey: testSecret,
    log: pino({ level: process.env.TEST_LOG ?? "silent" }),
    ...(schema && { schema }),
    ...(policy && { policies: only(policy) }),
  });
  let made = 0;

  async function callerOf(
    account: string,
    { purpose, device, address, now = testNow }: Asking = {},
  ): Promise<Caller> {
    at = now;
    const known = demoAccounts.find(({ staffNo }) => staffNo === account);
    const deviceNo = device === undefined ? (known?.asksFrom ?? null) : device;
    const caller = await loadCaller(
      own.db,
      { staffNo: account },
      {
        proof: deviceNo && demoCredential(testSecret, deviceNo),
        purpose: purpose === undefined ? (known?.purpose ?? null) : purpose,
        address: null,
        now,
      },
    );
    if (!caller) throw new Error(`There is no ${account}`);
    return { ...caller, address: address === undefined ? (caller.device?.ipAddress ?? null) : address };
  }

  async function ask(
    caller: Caller,
    query: string,
    { variables = {}, strict = false }: Asking = {},
  ): Promise<Answer> {
    const contextValue = await server.contextFor(caller, strict);
    const { body } = await server.apollo.executeOperation({ query, variables }, { contextValue });
    made = contextValue.decisions?.made ?? 0;
    if (body.kind !== "single") throw new Error("One answer is expected");
    return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
  }

  return {
    database: own,
    callerOf,
    contextFor: (caller) => server.contextFor(caller),
    ask,
    executeAs: async (account, query, asking = {}) => ask(await callerOf(account, asking), query, asking),
    async sqlOf(account, query, asking = {}) {
      const caller = await callerOf(account, asking);
      // The version of the policy is known from here on, as it is to most requests.
      await server.contextFor(caller);
      own.sql.length = 0;
      await ask(caller, query, asking);
      return [...own.sql];
    },
    decisionsMade: () => made,
    async close() {
      await server.apollo.stop();
      await ledger.close();
      if (!database) await own.close();
    },
  };
}
