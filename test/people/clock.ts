import type { Clock } from "../../src/clock.js";

export interface SetClock extends Clock {
  /** Moves the clock on. */
  pass(time: { minutes?: number; hours?: number; days?: number }): void;
}

/** A clock that stands still until it is moved. */
export function setClock(start = "2026-11-22T15:00:00+08:00"): SetClock {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    pass: ({ minutes = 0, hours = 0, days = 0 }) => {
      now += ((days * 24 + hours) * 60 + minutes) * 60_000;
    },
  };
}
