import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { type Database, openDatabase } from "../src/database/client.js";
import { loadDemo } from "../src/database/demo/load.js";
import { embeddedDatabase } from "../src/database/embedded.js";
import { migrate } from "../src/database/migrate.js";
import { actingAsServer, enterAsServer } from "../src/database/server-role.js";
import { defaultLimits } from "../src/http/limits.js";
import type { Ledger } from "../src/ledger/ledger.js";
import { openLedger } from "../src/ledger/open-ledger.js";
import { demoHeaders } from "../src/people/demo-headers.js";
import { createIdentify } from "../src/people/identify.js";
import { loadSecret } from "../src/people/secret.js";
import { loadSigningKeys } from "../src/people/signing-keys.js";
import { cursorSeal } from "../src/reading/cursor.js";
import { createServer } from "../src/server.js";
import { eventNamed } from "../test/ledger/events.js";
import { noLedger } from "../test/support/no-ledger.js";
import { median } from "./bench-server.js";
import { type Asked, connections, type Load } from "./load-client.js";
import type { Checked } from "./verify-client.js";

const clock = { now: () => new Date() };
const log = pino({ level: "silent" });
const rounds = 15;
const verifiedEvents = 1_000_000;

const queries: Readonly<Record<string, string>> = {
  "one record of 6 fields":
    '{ customers(where: { code: { eq: "C1" } }) { nodes { code name mobile email region rating } } }',
  "a page of 100 with 9 fields":
    "{ customers(first: 100) { nodes { id code name mobile region rating idNumber creditLimit status } } }",
  "the same with orders":
    "{ customers(first: 100) { nodes { id code name mobile region rating idNumber creditLimit status orders { nodes { orderNo status quantity } } } } }",
};

/** What recording costs, with it and without it in turn, and how long it takes to verify a million events. */
export async function benchLedger(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "tierkeep-bench-"));
  // Where the benchmark runs as root, PostgreSQL runs as somebody else.
  await chmod(dataDir, 0o711);
  const server = await embeddedDatabase(dataDir, { asServer: true });
  try {
    await migrate(server.url);
    await enterAsServer(server.url, "as-owner");
    const url = actingAsServer(server.url);
    const db = openDatabase({ url, statementTimeout: 600_000 });
    const secret = await loadSecret(dataDir);
    await loadDemo(db, { now: clock.now(), secret });
    const ledger = await openLedger({ db, url, clock, log, dataDir });
    await cost(db, dataDir, ledger);
    await verification(ledger, url, dataDir);
    await ledger.close();
    await db.$disconnect();
  } finally {
    await server.release();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function cost(db: Database, dataDir: string, ledger: Ledger): Promise<void> {
  const [on, off] = [await serve(db, dataDir, ledger), await serve(db, dataDir, noLedger)];
  const headers = await demoHeaders(dataDir, clock, { staffNo: "cara" });
  for (const [title, query] of Object.entries(queries)) {
    const pairs: { on: Load; off: Load }[] = [];
    for (let round = -2; round < rounds; round += 1) {
      const pair = {
        on: await load({ port: on.port, headers, query }),
        off: await load({ port: off.port, headers, query }),
      };
      // The first rounds warm up.
      if (round >= 0) pairs.push(pair);
    }
    const of = (read: (pair: { on: Load; off: Load }) => number) => median(pairs.map(read));
    process.stdout.write(
      `${title}, ${connections} connections: ${of(({ on }) => on.perSecond).toFixed(0)} a second with the ledger, ` +
        `${of(({ off }) => off.perSecond).toFixed(0)} without: ${((1 - of(({ on, off }) => on.perSecond / off.perSecond)) * 100).toFixed(0)} % of throughput, ` +
        `${of(({ on, off }) => on.medianMs - off.medianMs).toFixed(1)} ms of median latency\n`,
    );
  }
  await on.close();
  await off.close();
}

async function serve(db: Database, dataDir: string, ledger: Ledger) {
  const keys = await loadSigningKeys(dataDir);
  const server = await createServer({
    ...{ db, clock, log, ledger },
    identify: createIdentify({ db, clock, keys }),
    session: null,
    seal: cursorSeal(Buffer.alloc(32)),
    codeKey: Buffer.alloc(32),
    limits: { ...defaultLimits, share: connections },
  });
  const { port } = await server.listen("127.0.0.1", 0);
  return { port, close: () => server.close() };
}

/** Asks for a while, from a process of its own. */
const load = (asked: Asked) => apart<Load>("load-client.ts", asked);

/** What a process of its own finds. */
async function apart<Found extends object>(file: string, asked: object): Promise<Found> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: ["--import", "tsx"] });
  child.send(asked);
  const [found] = (await once(child, "message")) as [Found | { error: string }];
  await once(child, "exit");
  if ("error" in found) throw new Error(found.error);
  return found;
}

async function verification(ledger: Ledger, url: string, dataDir: string): Promise<void> {
  const names = Array.from({ length: verifiedEvents }).keys();
  const write = async () => {
    for (const _ of names) await ledger.record(eventNamed(randomUUID()));
  };
  const writing = performance.now();
  await Promise.all(Array.from({ length: 1_000 }, write));
  const wrote = (performance.now() - writing) / 1_000;
  const { events, seconds, megabytes } = await apart<Checked>("verify-client.ts", { url, dataDir });
  process.stdout.write(
    `${events} events written in ${wrote.toFixed(0)} s and more, verified in ${seconds.toFixed(1)} s: ` +
      `${Math.round(events / seconds)} a second, with ${megabytes} MB\n`,
  );
}
