import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { startClockwork } from "../../src/clockwork.js";
import { testDatabase } from "../support/database.js";
import { setClock } from "./clock.js";

const { db, close } = await testDatabase();
afterAll(close);

test("the server's clock forgets the proofs that nobody takes any more, and only those", async () => {
  const clock = setClock();
  const inSeconds = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);
  const ids = ["a", "b", "c"].map((sign) => sign.repeat(64));
  await db.spentProof.createMany({
    data: [-1, 0, 60].map((seconds, at) => ({ id: ids[at]!, expiresAt: inSeconds(seconds) })),
  });
  const log = pino({ level: "silent" });
  await startClockwork({ db, clock, log, seconds: 3600, recertificationMonths: 0 }).stop();
  const left = await db.spentProof.findMany({ orderBy: { id: "asc" } });
  expect(left.map(({ id }) => id)).toEqual(ids.slice(1));
});
