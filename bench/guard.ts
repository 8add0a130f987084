import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { ApolloServer } from "@apollo/server";
import { pino } from "pino";
import type { Decisions } from "../src/access/decisions.js";
import { decisionsFor } from "../src/access/decisions.js";
import { policy } from "../src/access/policy.js";
import { reasons } from "../src/access/reasons.js";
import { accessReport } from "../src/access/report.js";
import type { Context } from "../src/context.js";
import { type Database, openDatabase } from "../src/database/client.js";
import { demoAccounts } from "../src/database/demo/accounts.js";
import { loadDemo } from "../src/database/demo/load.js";
import { embeddedDatabase } from "../src/database/embedded.js";
import { migrate } from "../src/database/migrate.js";
import { demoCredential } from "../src/people/device-credential.js";
import { loadCaller } from "../src/people/load-caller.js";
import { cursorSeal } from "../src/reading/cursor.js";
import { buildClassifiedSchema } from "../src/schema.js";
import { createServer } from "../src/server.js";
import { noLedger } from "../test/support/no-ledger.js";

const now = new Date("2026-11-22T15:00:00+08:00");
const secret = Buffer.alloc(32, "bench");
const customers = 20_000;
const rounds = 40;
const requestsPerRound = 10;

const page = `{ customers(first: 100) { nodes { id code name mobile region rating idNumber creditLimit status } } }`;
const nested = `{ customers(first: 50) { nodes { code name idNumber orders(first: 5) { nodes { orderNo quantity amount } } } } }`;

const cases = [
  { account: "cara", title: "page of 100 × 9, two fields masked", query: page },
  { account: "rep", title: "page of 100 × 9, two fields withheld, two masked", query: page },
  { account: "cara", title: "page of 50 with orders nested", query: nested },
] as const;

/** Everything is clear on every row: what the same list costs where nobody is asked who asks. */
const unguarded = (decisions: Decisions): Decisions => ({
  caller: decisions.caller,
  policy: decisions.policy,
  made: 0,
  of: () => ({ openings: [{ rows: [], outcome: "CLEAR" }], closings: [], otherwise: reasons.noGrant }),
  branches: () => [{ rows: [], outcome: "CLEAR", reason: null }],
  candidates: () => [[]],
  reach: () => ({ rows: [[]], candidates: [[]], otherwise: reasons.noGrant }),
});

/** The same list with all guards and without any: median of the ratios of paired rounds. */
export async function benchGuard(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tierkeep-bench-"));
  // Where the benchmark runs as root, PostgreSQL runs as somebody else.
  await chmod(folder, 0o711);
  const server = await embeddedDatabase(join(folder, "data"), { asServer: true });
  try {
    await migrate(server.url);
    const db = openDatabase({ url: server.url, statementTimeout: 600_000 });
    await loadDemo(db, { now, secret, customers });
    await db.$executeRaw`ANALYZE`;
    for (const one of cases) process.stdout.write(await measure(db, one));
    await db.$disconnect();
  } finally {
    await server.release();
    await rm(folder, { recursive: true, force: true });
  }
}

type Way = () => Promise<void>;

async function measure(db: Database, { account, title, query }: (typeof cases)[number]): Promise<string> {
  const { guarded, free } = await ways(db, account, query);
  const ratios: number[] = [];
  const times: { guarded: number[]; free: number[] } = { guarded: [], free: [] };
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0;
    const a = await timed(first ? guarded : free);
    const b = await timed(first ? free : guarded);
    const [with_, without] = first ? [a, b] : [b, a];
    times.guarded.push(with_);
    times.free.push(without);
    if (round >= 5) ratios.push(with_ / without);
  }
  return `${account}, ${title}: guarded ${median(times.guarded).toFixed(2)} ms, unguarded ${median(times.free).toFixed(2)} ms, ratio ${median(ratios).toFixed(2)} (median of ${ratios.length} paired rounds)\n`;
}

async function timed(way: Way): Promise<number> {
  const started = performance.now();
  for (let request = 0; request < requestsPerRound; request += 1) await way();
  return (performance.now() - started) / requestsPerRound;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function ways(db: Database, account: string, query: string): Promise<{ guarded: Way; free: Way }> {
  const { device, purpose } = demoAccounts.find(({ staffNo }) => staffNo === account)!;
  const caller = await loadCaller(
    db,
    { staffNo: account },
    { proof: device && demoCredential(secret, device), purpose, address: null, now },
  );
  if (!caller) throw new Error(`There is no ${account}`);
  const components = {
    db,
    clock: { now: () => now },
    identify: () => Promise.resolve({ caller: null, proof: null }),
    session: null,
    seal: cursorSeal(secret),
    codeKey: secret,
    log: pino({ level: "silent" }),
    ledger: noLedger,
  };
  const shipped = await createServer(components);
  const bare = new ApolloServer<Context>({ schema: await buildClassifiedSchema() });
  await bare.start();
  const ask = async (apollo: ApolloServer<Context>, contextValue: Context) => {
    const { body } = await apollo.executeOperation({ query }, { contextValue });
    if (body.kind !== "single" || body.singleResult.errors) throw new Error(JSON.stringify(body));
    JSON.stringify(body.singleResult);
  };
  return {
    guarded: async () => ask(shipped.apollo, await shipped.contextFor(caller)),
    free: async () =>
      ask(bare, {
        ...(await shipped.contextFor(caller)),
        decisions: unguarded(decisionsFor(caller, policy)),
        report: accessReport(),
      }),
  };
}
