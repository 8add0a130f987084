import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clockFrom } from "../../src/clock.js";
import { loadPublicKeys } from "../../src/ledger/seal-key.js";
import { withStoredLedger } from "../../src/ledger/stored-ledger.js";
import { verifyLedger } from "../../src/ledger/verify.js";
import { demoHeaders } from "../../src/people/demo-headers.js";
import { type RealServer, realServer } from "../attacks/real-server.js";
import { demoDatabase, type TestDatabase, testNow, testSecret } from "../support/database.js";
import { onServer } from "../support/database-server.js";
import { newDataFolder, type ServerProcess, startServer } from "../support/server-process.js";

// What cannot be put on record is not answered, whatever happens to the ledger or to the server.

describe("while the ledger cannot be written", () => {
  let server: RealServer;
  let owner: pg.Client;
  beforeEach(async () => {
    server = await realServer({ patience: 1_500 });
    owner = new pg.Client({ connectionString: server.database.url });
    await owner.connect();
  });
  afterEach(async () => {
    await owner.end();
    await server.close();
  });

  const look = '{ customers(where: { code: { eq: "C1" } }) { nodes { name } } }';
  const health = async () => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/health/ready`);
    return { code: answer.status, ...((await answer.json()) as { status: string }) };
  };
  const stuck = (table: string) => owner.query(`BEGIN; LOCK TABLE ledger.${table} IN ACCESS EXCLUSIVE MODE`);
  const free = () => owner.query("COMMIT");

  test.each(["event", "touch"])(
    "since %s is locked: refused in time, told, and answered again by itself",
    async (table) => {
      expect((await server.ask("cara", look)).status).toBe(200);
      await stuck(table);
      const began = performance.now();
      const refused = await server.ask("cara", look);
      expect(performance.now() - began).toBeLessThan(2_000);
      expect(refused).toMatchObject({ status: 503, codes: ["LEDGER_UNAVAILABLE"] });
      expect(refused.text).not.toContain("林");
      expect(refused.headers["retry-after"]).toBeDefined();
      await expect
        .poll(async () => (await health()).status, { timeout: 5_000 })
        .toBe("ledger cannot be written");
      // From now on nothing is even read.
      server.database.sql.length = 0;
      expect((await server.ask("cara", look)).codes).toEqual(["LEDGER_UNAVAILABLE"]);
      expect(server.database.sql.some((sql) => sql.includes('FROM "Customer"'))).toBe(false);
      await free();
      await expect.poll(async () => (await server.ask("cara", look)).status, { timeout: 10_000 }).toBe(200);
      expect(await health()).toMatchObject({ status: "ready" });
      const { rows } = await owner.query(
        `SELECT DISTINCT outcome::text FROM ledger.event WHERE 'LEDGER_UNAVAILABLE' = ANY(codes)`,
      );
      expect(rows).toEqual([{ outcome: "REFUSED" }]);
    },
  );

  test("nothing is changed either", async () => {
    await stuck("event");
    const { incident } = server.database.db;
    const before = await incident.count();
    const answer = await server.ask(
      "cara",
      'mutation { reportIncident(input: { kind: OTHER, text: "A drawer." }) { incident { id } } }',
    );
    expect(answer).toMatchObject({ status: 503, codes: ["LEDGER_UNAVAILABLE"] });
    expect(await incident.count()).toBe(before);
    await free();
  });

  test("its connection broken again and again, every answer has its event", async () => {
    const answers: string[] = [];
    let asking = true;
    const ask = async () => {
      while (asking) {
        const { status, headers } = await server.ask("cara", look);
        if (status === 200) answers.push(String(headers["x-request-id"]));
      }
    };
    const asked = Promise.all([ask(), ask(), ask(), ask()]);
    for (let round = 0; round < 10; round += 1) {
      const before = answers.length;
      await expect.poll(() => answers.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(before + 3);
      await owner.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tierkeep ledger' AND datname = current_database()",
      );
    }
    asking = false;
    await asked;
    await expectOnRecord(server.database, answers);
  });
});

test("a mutation waits no longer than anything else, though it is recorded twice", async () => {
  const patience = 3_000;
  const server = await realServer({ patience });
  const owner = new pg.Client({ connectionString: server.database.url });
  await owner.connect();
  const stop = "BEGIN; LOCK TABLE ledger.event IN ACCESS EXCLUSIVE MODE";
  try {
    // What everybody asks the database once is asked.
    await server.ask("cara", "{ me { name } }");
    await owner.query(stop);
    const began = performance.now();
    const asked = server.ask(
      "cara",
      'mutation { reportIncident(input: { kind: OTHER, text: "A drawer." }) { incident { id } } }',
    );
    await expect.poll(() => performance.now() - began, { timeout: 5_000 }).toBeGreaterThan(patience / 2);
    // Its first event, which waits, is let through; its last one is not.
    await owner.query(`COMMIT; ${stop}`);
    expect((await asked).codes).toEqual(["LEDGER_UNAVAILABLE"]);
    const waited = performance.now() - began;
    expect(await server.database.db.incident.count({ where: { text: "A drawer." } })).toBe(1);
    expect(waited).toBeLessThan(patience * 1.45);
  } finally {
    await owner.end();
    await server.close();
  }
});

/** Each of these requests has an event that says it was answered, and no more than one. */
async function expectOnRecord(
  { url }: Pick<TestDatabase, "url">,
  requestIds: readonly string[],
): Promise<void> {
  const { rows } = await onServer(url, (client) =>
    client.query<{ requestId: string; count: number }>(
      `SELECT "requestId", count(*)::int AS "count" FROM ledger.event
       WHERE "outcome" = 'ANSWERED' AND "requestId" = ANY($1) GROUP BY 1`,
      [requestIds],
    ),
  );
  expect(requestIds.length).toBeGreaterThan(0);
  expect(rows.filter(({ count }) => count !== 1)).toEqual([]);
  expect(new Set(rows.map(({ requestId }) => requestId)).size).toBe(new Set(requestIds).size);
}

/** `LEDGER_KILLS=500` for more. */
const kills = Number(process.env.LEDGER_KILLS ?? 50);

test(`a server that is killed under load ${kills} times has answered nothing that is not on record`, async () => {
  const database = await demoDatabase();
  const dataDir = await newDataFolder();
  await writeFile(join(dataDir, "secret"), testSecret, { mode: 0o600 });
  const environment = {
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    CLOCK_START: testNow.toISOString(),
    LOG_LEVEL: "silent",
  };
  const answers: string[] = [];
  try {
    const lives = Array.from({ length: kills }).values();
    const live = async () => {
      for (const _ of lives) answers.push(...(await answersUntilKilled(startServer(environment), dataDir)));
    };
    await Promise.all([live(), live()]);
    await expectOnRecord(database, answers);
    const keys = await loadPublicKeys(join(dataDir, "ledger"));
    const { finding } = await withStoredLedger(database.serverUrl, (source) =>
      verifyLedger(source, { keys }),
    );
    expect(finding).toBeNull();
  } finally {
    await database.close();
    await rm(dataDir, { recursive: true });
  }
}, 1_800_000);

/** The requests that a server has answered before it was killed, in the middle of others. */
async function answersUntilKilled(server: ServerProcess, dataDir: string): Promise<string[]> {
  const address = await server.ready();
  const headers = await demoHeaders(dataDir, clockFrom(testNow), { staffNo: "cara" });
  const answers: string[] = [];
  const ask = async () => {
    for (;;) {
      const response = await fetch(`${address}/graphql`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({
          query: "{ customers(first: 20) { nodes { name mobile orders { nodes { status } } } } }",
        }),
      });
      const text = await response.text();
      if (response.status === 200 && text.includes('"name"'))
        answers.push(response.headers.get("x-request-id")!);
      // At some answer of the first dozens, as it comes.
      if (answers.length >= 5 + (server.child.pid! % 20)) server.child.kill("SIGKILL");
    }
  };
  await Promise.allSettled(Array.from({ length: 8 }, ask));
  await server.ended;
  return answers;
}
