import type { Logger } from "pino";
import type { Clock } from "./clock.js";
import type { Database } from "./database/client.js";
import { keepTime } from "./workflow/keep-time.js";

export interface Clockwork {
  /** Ends when the look at hand, if there is one, is over. */
  stop(): Promise<void>;
}

/** Looks at what is due at once, and again so many seconds after each look. A look that fails is told in the log. */
export function startClockwork({
  db,
  clock,
  log,
  seconds,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly seconds: number;
}): Clockwork {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let look: Promise<void> = Promise.resolve();
  const next = () => {
    look = lookOnce().finally(() => {
      if (!stopped) timer = setTimeout(next, seconds * 1000).unref();
    });
  };
  const lookOnce = async () => {
    try {
      const { steps, reminders } = await keepTime(db, clock.now());
      if (steps + reminders > 0) log.info({ steps, reminders }, "what was due is done");
    } catch (err) {
      log.warn({ err }, "what is due could not be done; it is tried again");
    }
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      return look;
    },
  };
}
