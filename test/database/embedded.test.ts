import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type EmbeddedDatabase, embeddedDatabase } from "../../src/database/embedded.js";
import { StartError } from "../../src/errors.js";
import { onServer } from "../support/database-server.js";

const isRoot = process.getuid?.() === 0;
let base: string;
/** Made by the first test that uses it, and stopped at the end of every test. */
let dataDir: string;
let running: EmbeddedDatabase[];

beforeAll(async () => {
  base = await newFolder();
  dataDir = join(base, "data");
});

beforeEach(() => {
  running = [];
});

afterEach(async () => {
  for (const database of running) await database.release().catch(() => {});
});

afterAll(() => rm(base, { recursive: true }));

/** Where the tests run as root, PostgreSQL runs as somebody else, who must be able to pass. */
async function newFolder() {
  const folder = await mkdtemp(join(tmpdir(), "tierkeep-embedded-"));
  await chmod(folder, 0o711);
  return folder;
}

async function use(asServer: boolean, folder = dataDir): Promise<EmbeddedDatabase> {
  const database = await embeddedDatabase(folder, { asServer });
  running.push(database);
  return database;
}

const query = async (url: string, sql: string) => (await onServer(url, (client) => client.query(sql))).rows;
const answers = (url: string) =>
  query(url, "SELECT 1 AS one").then(
    () => true,
    () => false,
  );
const write = (url: string) => query(url, "CREATE OR REPLACE VIEW note AS SELECT 'kept'::text AS text");
const kept = [{ text: "kept" }];
const postmaster = async () =>
  Number((await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n")[0]);

/** Another process that uses the folder as a server. */
async function otherServer(folder = dataDir) {
  const script = fileURLToPath(new URL("../support/hold-database.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  const kill = async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { url: String(line).trim(), kill };
}

test("the first use makes the database, the end of the last one stops it, and what was written stays", async () => {
  const first = await use(true);
  await write(first.url);
  await first.release();
  expect(await answers(first.url)).toBe(false);
  const second = await use(true);
  expect(await query(second.url, "SELECT text FROM note")).toEqual(kept);
});

test("it is durable, speaks UTC, sorts by code point and logs no values", async () => {
  const { url } = await use(true);
  const wanted = { fsync: "on", full_page_writes: "on", synchronous_commit: "on", TimeZone: "UTC" };
  const [shown] = await query(
    url,
    `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
      current_setting('synchronous_commit') AS synchronous_commit, current_setting('TimeZone') AS "TimeZone"`,
  );
  expect(shown).toEqual(wanted);
  expect(
    await query(url, "SELECT text FROM unnest(ARRAY['b', 'a', 'B', '林']) AS text ORDER BY text"),
  ).toEqual(["B", "a", "b", "林"].map((text) => ({ text })));
  await query(url, "CREATE TABLE person (name text UNIQUE)");
  await query(url, "INSERT INTO person VALUES ('hidden')");
  await expect(query(url, "INSERT INTO person VALUES ('hidden')")).rejects.toThrow("unique");
  const log = await readFile(join(dataDir, "postgres.log"), "utf8");
  expect(log).toContain("ERROR");
  expect(log).not.toContain("hidden");
});

test("only its owner reads the password and the files", async () => {
  await use(true);
  expect((await stat(join(dataDir, "postgres"))).mode & 0o077).toBe(0);
  expect((await stat(join(dataDir, "postgres/tierkeep.password"))).mode & 0o077).toBe(0);
});

test("a wrong password does not come in", async () => {
  const { url } = await use(true);
  await expect(query(url.replace(/:[^:@]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow(
    "password authentication failed",
  );
});

test("a second server on the folder is refused in one line", async () => {
  const other = await otherServer();
  const refused = use(true);
  await expect(refused).rejects.toThrow(StartError);
  await expect(refused).rejects.toThrow(`Another server already runs on the data folder ${dataDir}.`);
  await other.kill();
  await use(true);
});

test("a server that comes while the session of a killed one is still ending waits for that", async () => {
  const { url } = await use(false);
  await onServer(url.replace(/tierkeep$/, "postgres"), async (left) => {
    const tried = async () =>
      (
        await left.query(
          "SELECT FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE 'SELECT pg_try_advisory_lock%'",
        )
      ).rowCount;
    await left.query("SELECT pg_advisory_lock($1)", [0x7e2]);
    const coming = use(true);
    await expect.poll(tried, { timeout: 20_000, interval: 10 }).toBe(1);
    await left.query("SELECT pg_advisory_unlock($1)", [0x7e2]);
    await coming;
  });
});

test("what a killed server left running is adopted, with all that was acknowledged", async () => {
  const other = await otherServer();
  await query(other.url, "CREATE TABLE acknowledged AS SELECT 'kept'::text AS text");
  await other.kill();
  const { url } = await use(true);
  expect(url).toBe(other.url);
  expect(await query(url, "SELECT text FROM acknowledged")).toEqual(kept);
});

test("a command works beside the server, and the last one of both stops the database", async () => {
  const server = await use(true);
  const command = await use(false);
  expect(command.url).toBe(server.url);
  await server.release();
  expect(await answers(command.url)).toBe(true);
  await command.release();
  expect(await answers(command.url)).toBe(false);
});

test("a killed database comes back at the same address", async () => {
  const { url } = await use(true);
  await write(url);
  process.kill(await postmaster(), "SIGKILL");
  const held = async () =>
    expect(await query(url, "SELECT FROM pg_locks WHERE locktype = 'advisory'")).toHaveLength(2);
  await vi.waitFor(held, { timeout: 20_000 });
  expect(await query(url, "SELECT text FROM note")).toEqual(kept);
  await expect(use(true)).rejects.toThrow("Another server already runs");
});

test("a killed database comes back where a session of it takes its time to end", async () => {
  const { url } = await use(true);
  await write(url);
  await onServer(url, async (client) => {
    client.on("error", () => {});
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    const { pid } = rows[0]!;
    process.kill(pid, "SIGSTOP");
    process.kill(await postmaster(), "SIGKILL");
    const log = () => readFile(join(dataDir, "postgres.log"), "utf8");
    await expect.poll(log, { timeout: 20_000 }).toContain("is still in use");
    process.kill(pid, "SIGKILL");
  });
  await vi.waitFor(async () => expect(await query(url, "SELECT text FROM note")).toHaveLength(1), {
    timeout: 20_000,
  });
});

test("who has left already takes nothing from who has come since", async () => {
  const first = await use(true);
  await first.release();
  const second = await use(true);
  await first.release();
  expect(await answers(second.url)).toBe(true);
});

test("the number of a dead database's process may have gone to another process", async () => {
  await (await use(true)).release();
  const file = join(dataDir, "postgres/postmaster.pid");
  await writeFile(file, `${process.pid}\n${dataDir}\n0\n1\n\n127.0.0.1\n0\nready\n`);
  expect(await answers((await use(true)).url)).toBe(true);
});

describe("on an empty folder", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await newFolder();
  });
  afterEach(async () => {
    for (const database of running.splice(0)) await database.release();
    await rm(folder, { recursive: true });
  });

  test("two first uses at the same time share one database", async () => {
    const [other, ours] = await Promise.all([
      otherServer(join(folder, "data")),
      use(false, join(folder, "data")),
    ]);
    expect(ours.url).toBe(other.url);
    expect((await readdir(join(folder, "data"))).sort()).toEqual(["postgres", "postgres.log"]);
    await other.kill();
  });

  test("what a process left that was killed while it made the database is removed", async () => {
    await mkdir(join(folder, "postgres.new-999999999"), { recursive: true });
    await use(true, folder);
    expect((await readdir(folder)).sort()).toEqual(["postgres", "postgres.log"]);
  });

  test("below a file, it is refused in one line", async () => {
    await writeFile(join(folder, "file"), "");
    const refused = use(true, join(folder, "file/data"));
    await expect(refused).rejects.toThrow(/^The data folder cannot be used: .*DATA_DIR names another\.$/);
  });

  test.runIf(isRoot)("out of reach of root's PostgreSQL, it is refused in one line", async () => {
    await chmod(folder, 0o700);
    const refused = use(true, join(folder, "data"));
    await expect(refused).rejects.toThrow(
      `may not enter ${folder}: set DATA_DIR to a folder that everybody may enter`,
    );
  });

  test.skipIf(isRoot)("that may not be written, it is refused in one line", async () => {
    await chmod(folder, 0o500);
    const refused = use(true, join(folder, "data"));
    await expect(refused).rejects.toThrow("belongs to another user or may not be written");
    await chmod(folder, 0o700);
  });
});
