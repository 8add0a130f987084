import type { Footprint, StepTaken } from "../access/footprint.js";
import type { Database, Prisma } from "../database/client.js";
import { retryDeadlock } from "../database/retry-deadlock.js";
import type { WriteContext } from "../reading/writable-rows.js";

/** Whoever hears of steps once they are committed. */
export interface Hearer extends Pick<Footprint, "took"> {
  /** Awaited before steps are committed: where it rejects, they are not taken. */
  readonly takes?: () => Promise<void>;
}

/** What writing a record needs that takes steps of its forms with it. */
export interface SteppingContext extends WriteContext {
  readonly footprint: Hearer;
}

/** For what is done outside of any operation. */
export const nobody: Hearer = { took: () => {} };

type Transaction = Prisma.TransactionClient;

const taken = new WeakMap<Transaction, StepTaken[]>();

/** Notes a step of a form, which is told when its transaction is committed. */
export function noteStep(tx: Transaction, step: StepTaken): void {
  const steps = taken.get(tx) ?? [];
  steps.push(step);
  taken.set(tx, steps);
}

/** Runs a transaction, again where it met a deadlock, and tells which steps were taken in the one that was committed. */
export async function transact<Result>(
  db: Database,
  hearer: Hearer,
  work: (tx: Transaction) => Promise<Result>,
  options: { readonly timeout?: number } = {},
): Promise<Result> {
  let committed: Transaction | undefined;
  const result = await retryDeadlock(() =>
    db.$transaction(async (tx) => {
      committed = tx;
      const done = await work(tx);
      if (taken.has(tx)) await hearer.takes?.();
      return done;
    }, options),
  );
  hearer.took(taken.get(committed!) ?? []);
  return result;
}
