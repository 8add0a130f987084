import { execFileSync } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { superuser } from "../../src/database/embedded/cluster.js";
import { withDatabase } from "../../src/database/running.js";
import {
  type Ask,
  askAs,
  newDataFolder,
  type ServerProcess,
  startServer,
} from "../support/server-process.js";

const create = `mutation ($code: String!) { createCustomer(input: {
  code: $code, name: "${"茶".repeat(100)}", partyType: ORGANISATION, mobile: "+8613957110123"
  bankAccounts: [{ holderName: "Teehaus", bankName: "Bank", accountNumber: "6222020200012345678" }]
}) { customer { code } } }`;
const count = "{ customers { totalCount } }";

let folder: string;
let server: ServerProcess;
let address: string;
let ask: Ask;
const acknowledged: string[] = [];

const ballast = () => join(folder, "ballast");

/** Leaves no byte of the disk. */
function fill() {
  const file = openSync(ballast(), "a");
  for (let size = 1024 * 1024; size > 0; ) {
    try {
      writeSync(file, Buffer.alloc(size));
    } catch {
      size = Math.floor(size / 2);
    }
  }
  closeSync(file);
}
const free = () => rm(ballast());

const refused = { status: 503, errors: [{ extensions: { code: "OVERLOADED" } }] };

/** One more customer, acknowledged or refused, in time. */
async function write() {
  const code = `W-${acknowledged.length}`;
  const reply = await ask(create, { code });
  expect(reply.ms).toBeLessThan(2_000);
  if (reply.data?.createCustomer) acknowledged.push(code);
  else expect(["OVERLOADED", "LEDGER_UNAVAILABLE"]).toContain(reply.errors?.[0]?.extensions?.code);
  return reply.status;
}

/** Has PostgreSQL begin new pieces of its log of changes until there is no space for one. */
async function exhaustLog() {
  const [, , , port] = (await readFile(join(folder, "postgres/postmaster.pid"), "utf8")).split("\n");
  const password = await readFile(join(folder, "postgres/tierkeep.password"), "utf8");
  const client = new pg.Client({
    host: "127.0.0.1",
    port: Number(port),
    user: superuser,
    password,
    database: "tierkeep",
  });
  client.on("error", () => {});
  await client.connect();
  const next = () => client.query("SELECT pg_logical_emit_message(true, 'full', 'x'), pg_switch_wal()");
  for (let full = false; !full; )
    full = await next().then(
      () => false,
      () => true,
    );
  await client.end().catch(() => {});
}

const health = async () => (await fetch(`${address}/health/ready`)).status;

const stored = async () =>
  withDatabase({ dataDir: folder, databaseUrl: undefined }, (db) =>
    db.customer.findMany({
      where: { code: { startsWith: "W-" } },
      select: { code: true, bankAccounts: { select: { id: true } } },
    }),
  );

async function expectAllThere() {
  const rows = await stored();
  expect(rows.map(({ code }) => code).sort()).toEqual(expect.arrayContaining([...acknowledged].sort()));
  expect(rows.filter(({ bankAccounts }) => bankAccounts.length !== 1)).toEqual([]);
}

const isRootOnLinux = process.platform === "linux" && process.getuid?.() === 0;

describe.skipIf(!isRootOnLinux)("on a full disk (a small one is mounted, which takes root and Linux)", () => {
  beforeAll(async () => {
    folder = await newDataFolder();
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=200m,mode=711", "tmpfs", folder]);
    server = startServer({ DATA_DIR: folder });
    address = await server.ready();
    ask = await askAs(address, folder, "sam");
  });

  afterAll(async () => {
    server.child.kill("SIGKILL");
    await server.ended;
    execFileSync("umount", ["--lazy", folder]);
    await rm(folder, { recursive: true });
  });

  test("what cannot be put on record is refused, the log and the commands say why; with space again, all goes on by itself", async () => {
    fill();
    while ((await write()) === 200);
    let reply = await ask(count);
    while (reply.status === 200) reply = await ask(count);
    expect(reply).toMatchObject({ status: 503 });
    expect(reply.errors?.[0]?.extensions?.code).toBe("LEDGER_UNAVAILABLE");
    expect(reply.ms).toBeLessThan(2_000);
    expect(await health()).toBe(503);
    await expect(
      withDatabase(
        { dataDir: folder, databaseUrl: undefined },
        (db) =>
          db.$executeRaw`CREATE TEMP TABLE much AS SELECT repeat('x', 1000) FROM generate_series(1, 100000)`,
      ),
    ).rejects.toThrow("The database could not go on: its disk is full (53100).");
    expect(server.printed.out).toMatch(/"code":"53100".*"msg":"the ledger cannot be written"/);
    await free();
    await expect.poll(write, { timeout: 20_000 }).toBe(200);
    expect(await ask(count)).toMatchObject({ status: 200 });
    expect(await health()).toBe(200);
    await expectAllThere();
  });

  test("where PostgreSQL cannot go on at all, everything is refused at once, and it comes back by itself", async () => {
    fill();
    await exhaustLog();
    for (let again = 0; again < 20; again += 1) {
      expect(await write()).toBe(503);
      const reply = await ask(count);
      expect(reply).toMatchObject(refused);
      expect(reply.ms).toBeLessThan(2_000);
    }
    expect(await health()).toBe(503);
    await free();
    await expect.poll(health, { timeout: 20_000 }).toBe(200);
    await expect.poll(write, { timeout: 20_000 }).toBe(200);
    await expectAllThere();
  });

  test("Ctrl-C ends it all the same, a start says what is wrong in one line, and with space again all is there", async () => {
    fill();
    await exhaustLog();
    server.child.kill("SIGINT");
    expect(await server.ended).toBe(0);
    const again = startServer({ DATA_DIR: folder });
    expect(await again.ended).toBe(1);
    expect(again.printed.err).toMatch(
      /^The embedded PostgreSQL does not start: the disk of \S+ is full\.\n$/,
    );
    await free();
    await expectAllThere();
  });
});
