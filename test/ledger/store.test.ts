import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLedger, type Ledger } from "../../src/ledger/ledger.js";
import { connectStore } from "../../src/ledger/store.js";
import { type TestDatabase, testDatabase, testNow } from "../support/database.js";
import { onServer } from "../support/database-server.js";
import { eventNamed } from "./events.js";

let database: TestDatabase;
let ledger: Ledger;
beforeEach(async () => {
  database = await testDatabase();
  ledger = createLedger({
    connect: () => connectStore(database.serverUrl, 100),
    clock: { now: () => testNow },
    log: pino({ level: "silent" }),
    patience: 150,
  });
});
afterEach(async () => {
  await ledger.close();
  await database.close();
});

test("an event of tens of thousands of records gets the time that it takes, and holds up nobody for good", async () => {
  const [look] = eventNamed("many").touched;
  const touched = Array.from({ length: 60_000 }, (_, index) => ({ ...look!, recordId: `cus_${index}` }));
  await ledger.record({ ...eventNamed("many"), touched });
  await ledger.record(eventNamed("after it"));
  const { rows } = await onServer(database.url, (client) =>
    client.query(
      `SELECT e."requestId", count(*)::int AS "touched" FROM ledger.event e
       JOIN ledger.touch t ON t."eventId" = e."id" GROUP BY e."id", e."requestId" ORDER BY e."id"`,
    ),
  );
  expect(rows).toEqual([
    { requestId: "many", touched: 60_000 },
    { requestId: "after it", touched: 1 },
  ]);
});
