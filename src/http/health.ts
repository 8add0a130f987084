import { type Answer, json } from "./answer.js";
import type { Limits } from "./limits.js";
import { within } from "./within.js";

export interface Health {
  /** The process answers. */
  live(): Answer;
  /** The database answers in time, and the door is not closing. */
  ready(): Promise<Answer>;
}

/** `databaseAnswers` is asked once at a time, however many ask for it. */
export function createHealth(
  databaseAnswers: () => Promise<boolean>,
  isClosing: () => boolean,
  { readyMs }: Pick<Limits, "readyMs">,
): Health {
  let asked: Promise<boolean> | undefined;
  const ask = () => {
    asked ??= databaseAnswers()
      .catch(() => false)
      .finally(() => {
        asked = undefined;
      });
    return asked;
  };
  return {
    live: () => json(200, { status: "live" }),
    async ready() {
      if (isClosing()) return json(503, { status: "closing" });
      const ready = await within(readyMs, ask(), () => false);
      return json(ready ? 200 : 503, { status: ready ? "ready" : "database does not answer" });
    },
  };
}
