import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { access, chmod, mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { demoDatabase, type TestDatabase, testDatabase, testNow } from "./support/database.js";
import { startServer } from "./support/server-process.js";
import { writeUnhindered } from "./support/write-unhindered.js";

let base: string;
let children: ChildProcess[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "tierkeep-start-"));
  await chmod(base, 0o711);
});

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children = [];
});

afterAll(() => rm(base, { recursive: true }));

/** In a data folder of the tests. */
function start(environment: Record<string, string>) {
  const server = startServer({ DATA_DIR: join(base, "data"), ...environment });
  children.push(server.child);
  return server;
}

async function refusalOf(environment: Record<string, string>) {
  const { printed, ended } = start(environment);
  expect(await ended).toBe(1);
  expect(printed.out).toBe("");
  expect(printed.err).toMatch(/^[^\n]+\n$/);
  expect(printed.err).not.toContain("hidden");
  return printed.err.trim();
}

describe("what is wrong is told in one line, with status 1:", () => {
  test.each([
    [{ PORT: "http" }, "PORT=http: it must be a whole number from 0 to 65535."],
    [{ DATABSE_URL: "postgresql://x" }, "DATABSE_URL is no setting: did you mean DATABASE_URL?"],
    [
      { DATABASE_URL: "postgresql://me:hidden@127.0.0.1:1/db" },
      "The database postgresql://me@127.0.0.1:1/db cannot be used: nothing listens there.",
    ],
    [{ DATA_DIR: "package.json/data" }, /^The data folder cannot be used: .* DATA_DIR names another\.$/],
  ])("%o", async (environment, line) => {
    expect(await refusalOf(environment)).toMatch(line);
  });
});

describe("on a database server", () => {
  let empty: TestDatabase;
  let demo: TestDatabase;
  let occupied: Server;

  beforeAll(async () => {
    [empty, demo] = await Promise.all([testDatabase(), demoDatabase()]);
    occupied = createServer().listen(0, "127.0.0.1");
    await once(occupied, "listening");
  });

  afterAll(async () => {
    occupied.close();
    await Promise.all([empty.close(), demo.close()]);
  });

  test("it serves, and ends at SIGTERM with status 0", async () => {
    const { child, printed, ended, ready } = start({ DATABASE_URL: empty.url, DEMO: "false" });
    const address = await ready();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect(printed.out).not.toContain("Demo accounts");
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    await expect(access(join(base, "data/clock.json"))).rejects.toThrow("ENOENT");
  });

  test("a port in use is told in one line", async () => {
    const { port } = occupied.address() as AddressInfo;
    const line = await refusalOf({ DATABASE_URL: empty.url, DEMO: "false", PORT: String(port) });
    expect(line).toBe(`Cannot listen on 127.0.0.1, port ${port}: the port is in use: PORT names another.`);
  });

  test("a version of the tier policy that cannot be read is told in one line", async () => {
    await writeUnhindered(demo.db, (tx) =>
      tx.tierPolicy.updateMany({ where: { state: "ADOPTED" }, data: { content: { matrix: [] } } }),
    );
    const line = await refusalOf({ DATABASE_URL: demo.url, CLOCK_START: testNow.toISOString() });
    expect(line).toMatch(
      /^Version 2 of the tier policy, in force from 2026-12-22T\S+, is not in the shape that this release reads: /,
    );
  });

  test("the demo organisation is not served on an open address", async () => {
    const line = await refusalOf({ DATABASE_URL: demo.url, HOST: "0.0.0.0" });
    expect(line).toContain("it is served on loopback only, not on HOST=0.0.0.0");
  });
});

test("with nothing but a folder, it comes up with the demo organisation, and again after Ctrl-C and a SIGKILL", async () => {
  const first = start({});
  const address = await first.ready();
  expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  expect(first.printed.out).toMatch(/Demo accounts:\n {2}sam /);
  expect(first.printed.out).toContain("npm run --silent headers -- sam");
  first.child.kill("SIGINT");
  expect(await first.ended).toBe(0);
  await expect(access(join(base, "data/postgres/postmaster.pid"))).rejects.toThrow("ENOENT");

  const second = start({});
  await second.ready();
  expect(await refusalOf({})).toMatch(/^Another server already runs on the data folder/);
  second.child.kill("SIGKILL");
  await second.ended;

  const third = start({});
  await third.ready();
  third.child.kill("SIGTERM");
  expect(await third.ended).toBe(0);
}, 120_000);
