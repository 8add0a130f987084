import type { Limits } from "./limits.js";
import { overloaded } from "./refusals.js";

export interface Gate {
  /** Does the work when there is a place for it; throws OVERLOADED when there is none in time, or nobody waits any more. */
  pass<Result>(work: () => Promise<Result>, gone: AbortSignal): Promise<Result>;
  /** Resolves when no work is left. */
  idle(): Promise<void>;
}

/** Bounded work, a bounded queue before it, first come first served, and a bounded wait in it. */
export function createGate({
  concurrency,
  queue,
  queueMs,
}: Pick<Limits, "concurrency" | "queue" | "queueMs">): Gate {
  let working = 0;
  const waiting = new Set<() => void>();
  const whenIdle = new Set<() => void>();

  const place = (gone: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (waiting.size >= queue || gone.aborted) return reject(overloaded());
      const leave = () => {
        clearTimeout(timer);
        gone.removeEventListener("abort", giveUp);
        waiting.delete(enter);
      };
      const enter = () => {
        leave();
        resolve();
      };
      const giveUp = () => {
        leave();
        reject(overloaded());
      };
      const timer = setTimeout(giveUp, queueMs);
      gone.addEventListener("abort", giveUp);
      waiting.add(enter);
    });

  const release = () => {
    const [next] = waiting;
    // The place goes to the next in the queue, so `working` stays.
    if (next) return next();
    working -= 1;
    if (working > 0) return;
    for (const resolve of whenIdle) resolve();
    whenIdle.clear();
  };

  return {
    async pass(work, gone) {
      if (working < concurrency) working += 1;
      else await place(gone);
      try {
        return await work();
      } finally {
        release();
      }
    },
    idle: () => new Promise((resolve) => (working === 0 ? resolve() : whenIdle.add(resolve))),
  };
}
