import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Database, openDatabase } from "../../src/database/client.js";
import { loadDemo } from "../../src/database/demo/load.js";
import { embeddedDatabase } from "../../src/database/embedded.js";
import { migrate } from "../../src/database/migrate.js";
import { testNow, testSecret } from "../support/database.js";
import { demoServer } from "../support/execute-as.js";

const rounds = Number(process.env.CRASH_ROUNDS ?? 3);
const writers = 8;

/** PostgreSQL with its full durability, as `npm start` runs it. */
async function durableDatabase() {
  const folder = await mkdtemp(join(tmpdir(), `tierkeep-crash-${process.pid}-`));
  await chmod(folder, 0o711);
  const dataDir = join(folder, "data");
  const server = await embeddedDatabase(dataDir, { asServer: true });
  onTestFinished(async () => {
    await server.release();
    await rm(folder, { recursive: true, force: true });
  });
  await migrate(server.url);
  const db = openDatabase({ url: server.url, statementTimeout: 60_000 });
  onTestFinished(() => db.$disconnect());
  await loadDemo(db, { now: testNow, secret: testSecret, customers: 10 });
  const postmaster = async () =>
    Number((await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n", 1)[0]);
  return { db, url: server.url, postmaster };
}

const begunAt = async (db: Database): Promise<string> => {
  const [row] = await db.$queryRaw<{ at: string }[]>`SELECT pg_postmaster_start_time()::text AS at`;
  return row!.at;
};

const create = `mutation ($code: String!) { createCustomer(input: {
  code: $code, name: "Teehaus", partyType: ORGANISATION, mobile: "+8613957110123"
  bankAccounts: [{ holderName: "Teehaus", bankName: "Bank", accountNumber: "6222020200012345678" }]
}) { customer { code } } }`;

test("PostgreSQL killed in the middle of writing loses nothing that was acknowledged, and nothing is half there", async () => {
  const { db, url, postmaster } = await durableDatabase();
  const server = await demoServer({ database: { db, url, sql: [], close: async () => {} } });
  const acknowledged: string[] = [];
  const sam = await server.callerOf("sam");
  for (let round = 0; round < rounds; round += 1) {
    let killed = false;
    const before = await begunAt(db);
    const write = async (writer: number) => {
      for (let count = 0; !killed; count += 1) {
        const code = `R${round}-${writer}-${count}`;
        const { data } = await server.ask(sam, create, { variables: { code } });
        if (data?.createCustomer) acknowledged.push(code);
        if (acknowledged.length >= (round + 1) * 40 && !killed) {
          killed = true;
          process.kill(await postmaster(), "SIGKILL");
        }
      }
    };
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    // Sessions of the killed server answer for a moment yet: what counts is a server that began after it.
    await expect.poll(() => begunAt(db).catch(() => before), { timeout: 20_000 }).not.toBe(before);
    const reader = openDatabase({ url, poolSize: 1 });
    const stored = await reader.customer.findMany({
      where: { code: { startsWith: "R" } },
      select: { code: true, bankAccounts: { select: { id: true } } },
    });
    await reader.$disconnect();
    const codes = new Set(stored.map(({ code }) => code));
    expect(acknowledged.filter((code) => !codes.has(code))).toEqual([]);
    expect(stored.filter(({ bankAccounts }) => bankAccounts.length !== 1)).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(rounds * 40);
}, 600_000);
