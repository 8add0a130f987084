import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type RealServer, realServer } from "../attacks/real-server.js";

// An operation that meets the limit of execution: the ledger says what the caller was told.

const executionMs = 1_500;

let server: RealServer;
/** Holds what the statements of others wait for. */
let holder: pg.Client;
beforeEach(async () => {
  server = await realServer({ limits: { executionMs } });
  holder = new pg.Client({ connectionString: server.database.url });
  await holder.connect();
});
afterEach(async () => {
  await holder.end();
  await server.close();
});

const hold = (table: string) => holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
const letGo = () => holder.query("ROLLBACK");
const patient = { timeout: 20_000 };

async function eventsOf(requestId: unknown): Promise<object[]> {
  const { rows } = await holder.query<object>(
    `SELECT "outcome", "codes", (SELECT count(*)::int FROM ledger.touch t WHERE t."eventId" = e."id") AS "touches"
     FROM ledger.event e WHERE "requestId" = $1`,
    [requestId],
  );
  return rows;
}

test.each([
  ["lax", {}],
  ["strict", { "access-mode": "strict" }],
])("cut off while it reads, it has shown nothing, %s or not", async (_mode, headers) => {
  await hold('"Order"');
  const look = '{ customers(where: { code: { eq: "C1" } }) { nodes { idNumber orders { nodes { id } } } } }';
  const cut = await server.ask("cara", look, {}, { headers });
  expect(cut).toMatchObject({ status: 503, codes: ["OVERLOADED"] });
  await letGo();
  const requestId = cut.headers["x-request-id"];
  await expect.poll(() => eventsOf(requestId), patient).not.toEqual([]);
  expect(await eventsOf(requestId)).toEqual([{ outcome: "FAILED", codes: ["OVERLOADED"], touches: 0 }]);
});

test("when its answer is being put on record the limit cuts it off no more", async () => {
  const look = '{ customers(where: { code: { eq: "C1" } }) { nodes { name } } }';
  // What everybody asks the database once is asked.
  await server.ask("cara", look);
  await hold("ledger.event");
  const began = performance.now();
  const asked = server.ask("cara", look);
  const waiting = async () =>
    (
      await holder.query(
        "SELECT FROM pg_stat_activity WHERE application_name = 'tierkeep ledger' AND datname = current_database() AND wait_event_type = 'Lock'",
      )
    ).rowCount;
  await expect.poll(waiting, patient).toBe(1);
  await expect.poll(() => performance.now() - began, patient).toBeGreaterThan(executionMs);
  await letGo();
  const { status, headers } = await asked;
  expect(status).toBe(200);
  expect(await eventsOf(headers["x-request-id"])).toEqual([{ outcome: "ANSWERED", codes: [], touches: 1 }]);
});
