import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { startClockwork } from "../../src/clockwork.js";
import { testDatabase } from "../support/database.js";
import { testLedger } from "../support/ledger.js";
import { setClock } from "./clock.js";

const database = await testDatabase();
const { db, close } = database;
afterAll(close);

test("the server's clock forgets the proofs that nobody takes any more, and only those", async () => {
  const clock = setClock();
  const inSeconds = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);
  const ids = ["a", "b", "c"].map((sign) => sign.repeat(64));
  await db.spentProof.createMany({
    data: [-1, 0, 60].map((seconds, at) => ({ id: ids[at]!, expiresAt: inSeconds(seconds) })),
  });
  const log = pino({ level: "silent" });
  const ledger = testLedger(database, clock);
  await startClockwork({ db, clock, log, ledger, seconds: 3600, recertificationMonths: 0 }).stop();
  await ledger.close();
  const left = await db.spentProof.findMany({ orderBy: { id: "asc" } });
  expect(left.map(({ id }) => id)).toEqual(ids.slice(1));
});
