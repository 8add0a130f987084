import { refusal } from "../errors.js";

/** Runs tasks, so many at once; as many as may wait do so in turn, and more are refused OVERLOADED, 503. */
export function createTurnstile(atOnce: number, waiting: number) {
  let running = 0;
  const queue: (() => void)[] = [];
  return async <Result>(task: () => Promise<Result>): Promise<Result> => {
    if (running < atOnce) running++;
    else if (queue.length < waiting) await new Promise<void>((resolve) => queue.push(resolve));
    else throw refusal("OVERLOADED", { status: 503 });
    try {
      return await task();
    } finally {
      // The place is handed on: nobody who comes now can slip in before those who wait.
      const next = queue.shift();
      if (next) next();
      else running--;
    }
  };
}
