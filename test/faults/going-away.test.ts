import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EmbeddedDatabase, embeddedDatabase } from "../../src/database/embedded.js";
import {
  askAs,
  newDataFolder,
  type Reply,
  type ServerProcess,
  startServer,
} from "../support/server-process.js";

let databaseFolder: string;
let dataDir: string;
let database: EmbeddedDatabase;
let server: ServerProcess;

const patient = { timeout: 20_000 };

const list = "{ customers(first: 5) { nodes { code name } } }";

/** A PostgreSQL server that is not ours to start again. */
const startDatabase = (port?: string) =>
  embeddedDatabase(databaseFolder, { asServer: true, ...(port && { settings: { port } }) });

beforeAll(async () => {
  [databaseFolder, dataDir] = await Promise.all([newDataFolder(), newDataFolder()]);
  database = await startDatabase();
  server = startServer({ DATA_DIR: dataDir, DATABASE_URL: database.url });
});

afterAll(async () => {
  server.child.kill("SIGTERM");
  await server.ended;
  await database.release();
  await Promise.all([databaseFolder, dataDir].map((folder) => rm(folder, { recursive: true })));
});

test("while the database is away everything is refused in time, and when it comes back, all goes on without a restart", async () => {
  const ask = await askAs(await server.ready(), dataDir, "sam");
  const replies: Reply[] = [];
  let asking = true;
  const client = async () => {
    while (asking) replies.push(await ask(list));
  };
  const clients = Promise.all(Array.from({ length: 8 }, client));
  const seen = (status: number) => () => replies.filter((reply) => reply.status === status).length;

  await expect.poll(seen(200), patient).toBeGreaterThan(50);
  await database.release();
  await expect.poll(seen(503), patient).toBeGreaterThan(200);
  database = await startDatabase(new URL(database.url).port);
  const back = performance.now();
  const before = seen(200)();
  await expect.poll(seen(200), { ...patient, interval: 10 }).toBeGreaterThan(before + 50);
  const delay = performance.now() - back;
  asking = false;
  await clients;

  console.info(`${replies.length} requests, ${seen(503)()} refused; normal ${Math.round(delay)} ms after`);
  expect(delay).toBeLessThan(5_000);
  expect(seen(200)() + seen(503)()).toBe(replies.length);
  // Of what was read and could not be put on record any more, the ledger says so.
  const admitted = ["OVERLOADED", "LEDGER_UNAVAILABLE"];
  const refused = replies.filter(({ status }) => status === 503);
  const codes = new Set(refused.map(({ errors }) => String(errors?.[0]?.extensions?.code)));
  expect([...codes].filter((code) => !admitted.includes(code))).toEqual([]);
  expect(Math.max(...replies.map(({ ms }) => ms))).toBeLessThan(2_500);
  expect(server.child.exitCode).toBeNull();
});

test("told to end under load, it answers every request that it took, and ends cleanly within 10 s", async () => {
  const ask = await askAs(await server.ready(), dataDir, "sam");
  const outcomes = new Map<string, number>();
  const count = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const client = async () => {
    for (let refused = false; !refused; ) {
      const outcome = await ask(list).then(
        ({ status }) => String(status),
        (error: { cause?: { code?: string } }) => error.cause?.code ?? "broken off",
      );
      refused = outcome === "ECONNREFUSED";
      count(outcome);
    }
  };
  const clients = Promise.all(Array.from({ length: 8 }, client));
  await expect.poll(() => outcomes.get("200") ?? 0, patient).toBeGreaterThan(50);
  const told = performance.now();
  server.child.kill("SIGTERM");
  expect(await server.ended).toBe(0);
  expect(performance.now() - told).toBeLessThan(10_000);
  await clients;
  expect(Object.fromEntries(outcomes)).toEqual({ "200": expect.any(Number), ECONNREFUSED: 8 });
});
