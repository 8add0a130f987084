import { type Answer, json } from "./answer.js";
import type { Limits } from "./limits.js";
import { within } from "./within.js";

export interface Health {
  /** The process answers. */
  live(): Answer;
  /** The database answers in time, and the door is not closing. */
  ready(): Promise<Answer>;
}

/** `readiness` says in words what the server is ready for, and is asked once at a time, however many ask for it. */
export function createHealth(
  readiness: () => Promise<string>,
  isClosing: () => boolean,
  { readyMs }: Pick<Limits, "readyMs">,
): Health {
  let asked: Promise<string | null> | undefined;
  const ask = () => {
    asked ??= readiness()
      .catch(() => null)
      .finally(() => {
        asked = undefined;
      });
    return asked;
  };
  return {
    live: () => json(200, { status: "live" }),
    async ready() {
      if (isClosing()) return json(503, { status: "closing" });
      const status = await within(readyMs, ask(), () => null);
      return json(status === null ? 503 : 200, { status: status ?? "database does not answer" });
    },
  };
}
