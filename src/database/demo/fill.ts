import { StartError } from "../../errors.js";
import type { Database } from "../client.js";
import { calendarFrom } from "./calendar.js";
import { insertCustomers } from "./customer-records.js";
import { generatedCode, generatedCustomers } from "./generated-customers.js";
import { customerId, demoId, demoNumber } from "./id.js";
import { type DemoOptions, loadDemo, lockDemo, usualCustomers } from "./load.js";

export interface FillOptions extends DemoOptions {
  /** How many generated customers there shall be. */
  readonly customers: number;
  /** Ends the filling after the batch at hand. */
  readonly stop?: AbortSignal;
}

export interface Filled {
  readonly added: number;
  /** Generated customers that there are now. */
  readonly total: number;
}

/** What a customer of a load test orders. */
const orders = 5;

/**
 * Fills a database up to so many generated customers, beginning with the demo organisation. Each batch is whole or not
 * there, so that a run that was stopped goes on where it was. Throws StartError where other data is, or where another
 * run is at work.
 */
export async function fillDemo(
  db: Database,
  { customers, now, stop, onProgress = () => {}, ...options }: FillOptions,
): Promise<Filled> {
  const before = await generatedSoFar(db);
  await loadDemo(db, { ...options, now, customers: Math.min(customers, usualCustomers) });
  let written = await generatedSoFar(db);
  const batches = generatedCustomers({ from: written + 1, to: customers, at: calendarFrom(now), orders });

  let writing = Promise.resolve();
  // The next batch is generated while the database writes this one.
  for (const { records, last } of batches) {
    await writing;
    onProgress(written);
    if (stop?.aborted) break;
    const previous = written;
    writing = db.$transaction(
      async (tx) => {
        await lockDemo(tx);
        if ((await generatedSoFar(tx)) !== previous)
          throw new StartError("Another run is filling this database.");
        await insertCustomers(tx, records);
      },
      { timeout: 60_000 },
    );
    written = last;
  }
  await writing;
  onProgress(written);
  return { added: written - before, total: written };
}

const first = customerId(generatedCode(1));
const greatest = demoId("cus", 16 ** 12);

/** How many there are: the index of the last one, for they are written in their order. */
async function generatedSoFar(db: Pick<Database, "customer">): Promise<number> {
  const last = await db.customer.findFirst({
    where: { id: { gte: first, lte: greatest } },
    orderBy: { id: "desc" },
    select: { id: true },
  });
  return last ? demoNumber(last.id) - demoNumber(first) + 1 : 0;
}
