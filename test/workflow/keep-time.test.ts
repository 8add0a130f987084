import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startClockwork } from "../../src/clockwork.js";
import { employeeId } from "../../src/database/demo/people.js";
import type { NewEvent } from "../../src/ledger/event.js";
import type { Ledger } from "../../src/ledger/ledger.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { aCase, filed, granted, stepOn } from "../support/forms.js";
import { testLedger } from "../support/ledger.js";

// A form with which what is due cannot be done holds up no other one: neither of its kind, nor of those that come later.

let server: DemoServer;
beforeEach(async () => {
  server = await demoServer();
});
afterEach(() => server?.close());

/** One look of the clock at what is due. */
async function look(ledger: Ledger, now: Date): Promise<void> {
  const parts = { db: server.database.db, clock: { now: () => now }, log: pino({ level: "silent" }) };
  await startClockwork({ ...parts, ledger, seconds: 60, recertificationMonths: 0 }).stop();
}

/** A ledger that keeps what it is told, with what stood in the database at that moment; or that takes no such event. */
function toldLedger(statesNow: () => Promise<unknown>, takes: (event: NewEvent) => boolean = () => true) {
  const told: { event: NewEvent; states: unknown }[] = [];
  const ledger: Ledger = {
    async record(event) {
      if (!takes(event)) throw new Error("not taken");
      told.push({ event, states: await statesNow() });
    },
    isWritable: () => true,
    requireWritable() {},
    async close() {},
  };
  return { ledger, told };
}

const days = (count: number) => new Date(testNow.getTime() + count * 86_400_000);

/** From now on the database refuses what would be written of a form. */
async function breaks(table: string, column: string, id: string): Promise<void> {
  const { asOwner } = server.database;
  await asOwner(`CREATE FUNCTION "break_${table}"() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'broken'; END $$`);
  await asOwner(`CREATE TRIGGER "broken" BEFORE INSERT OR UPDATE ON "${table}"
    FOR EACH ROW WHEN (NEW."${column}" = '${id}') EXECUTE FUNCTION "break_${table}"()`);
}

/** Two grants that end in two days, a declaration that ends in one, and somebody who goes in one. */
async function whatFallsDue() {
  const form = { ...aCase, validTo: days(2).toISOString() };
  const broken = await granted(server, { employee: "cara", form });
  const grant = await granted(server, { employee: "carl", form });
  const declaration = await filed(server, { plannedUntil: days(1).toISOString() });
  const going = await stepOn(server, "sue", "confirmOffboarding", {
    ...{ employeeId: employeeId("sam"), kind: "LEAVE", reason: "Gave notice" },
    effectiveAt: days(1).toISOString(),
  });
  return { broken, grant, declaration, going };
}
type Due = Awaited<ReturnType<typeof whatFallsDue>>;

const statesOf = async ({ broken, grant, declaration, going }: Due) => {
  const { db } = server.database;
  const [first, second, third, fourth] = await Promise.all([
    db.grant.findUniqueOrThrow({ where: { id: broken } }),
    db.grant.findUniqueOrThrow({ where: { id: grant } }),
    db.sensitiveUse.findUniqueOrThrow({ where: { id: declaration } }),
    db.offboarding.findUniqueOrThrow({ where: { id: going } }),
  ]);
  return [first.state, second.state, third.state, fourth.state];
};

test("a step that fails: the others are taken, and it is tried again", async () => {
  const { db } = server.database;
  const due = await whatFallsDue();
  await breaks("Grant", "id", due.broken);
  const { failures } = await keepTime(db, days(2));
  expect(failures).toMatchObject([{ form: "Grant", id: due.broken, due: "expire" }]);
  expect(String(failures[0]!.err)).toContain("broken");
  expect(await statesOf(due)).toEqual(["ACTIVE", "EXPIRED", "OVERDUE", "ITEMS_OPEN"]);
  const told = await db.notification.findMany({ where: { recordId: { in: [due.declaration, due.going] } } });
  expect(told.map(({ says }) => says)).toEqual(
    expect.arrayContaining([
      "The declaration is over and nothing has been returned.",
      "Items are still open.",
    ]),
  );
  await server.database.asOwner('DROP TRIGGER "broken" ON "Grant"');
  expect((await keepTime(db, days(2))).failures).toEqual([]);
  expect((await statesOf(due))[0]).toBe("EXPIRED");
});

test("a reminder that fails: the others are said", async () => {
  const { db } = server.database;
  const { declaration, going } = await whatFallsDue();
  await breaks("Notification", "recordId", declaration);
  const { failures } = await keepTime(db, days(2));
  expect(failures).toMatchObject([
    { form: "SensitiveUse", id: declaration, due: "The declaration is over and nothing has been returned." },
  ]);
  expect(await db.notification.count({ where: { recordId: going, says: "Items are still open." } })).toBe(2);
});

test("the log names the form, and the server's clock goes on", async () => {
  const { db } = server.database;
  const due = await whatFallsDue();
  await breaks("Grant", "id", due.broken);
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const clock = { now: () => days(2) };
  const ledger = testLedger(server.database, clock);
  await startClockwork({ db, clock, log, ledger, seconds: 60, recertificationMonths: 0 }).stop();
  await ledger.close();
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries).toMatchObject([
    {
      level: 50,
      form: "Grant",
      id: due.broken,
      due: "expire",
      err: { message: expect.stringContaining("broken") },
    },
    { level: 30, msg: "what was due is done" },
  ]);
  expect(await statesOf(due)).toEqual(["ACTIVE", "EXPIRED", "OVERDUE", "ITEMS_OPEN"]);
});

describe("in the ledger", () => {
  const before = ["ACTIVE", "ACTIVE", "OPEN", "CONFIRMED"];
  const after = ["EXPIRED", "EXPIRED", "OVERDUE", "ITEMS_OPEN"];

  test("that the clock takes steps stands before the first of them, and which when they are taken; a look without, nowhere", async () => {
    const due = await whatFallsDue();
    const { ledger, told } = toldLedger(() => statesOf(due));
    await look(ledger, days(2));
    expect(told).toMatchObject([
      { event: { kind: "CLOCKWORK", outcome: "BEGUN", touched: [] }, states: before },
      { event: { kind: "CLOCKWORK", outcome: "ANSWERED" }, states: after },
    ]);
    const [begun, done] = told.map(({ event }) => event);
    expect(done!.requestId).toBe(begun!.requestId);
    const ended = { record: "Grant", recordId: due.grant, step: "ACTIVE expire EXPIRED" };
    expect(done!.touched).toContainEqual(expect.objectContaining(ended));
    await look(ledger, days(2));
    expect(told).toHaveLength(2);
  });

  test("what cannot be put on record before is not done", async () => {
    const due = await whatFallsDue();
    const { ledger, told } = toldLedger(
      () => statesOf(due),
      ({ outcome }) => outcome !== "BEGUN",
    );
    await look(ledger, days(2));
    expect(told).toEqual([]);
    expect(await statesOf(due)).toEqual(before);
  });
});
