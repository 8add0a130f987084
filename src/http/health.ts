import { type Answer, json } from "./answer.js";
import type { Limits } from "./limits.js";
import { within } from "./within.js";

export interface Health {
  /** The process answers. */
  live(): Answer;
  /** The database answers in time, and the door is not closing. */
  ready(): Promise<Answer>;
}

const unanswered: Readiness = { ready: false, status: "database does not answer" };

/** Whether the server takes requests, and in words what for, or why not. */
export interface Readiness {
  readonly ready: boolean;
  readonly status: string;
}

/** `readiness` is asked once at a time, however many ask for it. */
export function createHealth(
  readiness: () => Promise<Readiness>,
  isClosing: () => boolean,
  { readyMs }: Pick<Limits, "readyMs">,
): Health {
  let asked: Promise<Readiness> | undefined;
  const ask = () => {
    asked ??= readiness()
      .catch(() => unanswered)
      .finally(() => {
        asked = undefined;
      });
    return asked;
  };
  return {
    live: () => json(200, { status: "live" }),
    async ready() {
      if (isClosing()) return json(503, { status: "closing" });
      const { ready, status } = await within(readyMs, ask(), () => unanswered);
      return json(ready ? 200 : 503, { status });
    },
  };
}
