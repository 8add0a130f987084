import { pino } from "pino";
import type { Clock } from "../../src/clock.js";
import { createLedger, type Ledger } from "../../src/ledger/ledger.js";
import { connectStore } from "../../src/ledger/store.js";
import type { TestDatabase } from "./database.js";

/** The ledger of a test's database. Whoever waits for a record waits as long as a busy machine takes, unless that is tried. */
export const testLedger = (
  { serverUrl }: Pick<TestDatabase, "serverUrl">,
  clock: Clock,
  patience = 30_000,
): Ledger =>
  createLedger({
    connect: () => connectStore(serverUrl, (patience * 2) / 3),
    clock,
    log: pino({ level: process.env.TEST_LOG ?? "silent" }),
    patience,
  });
