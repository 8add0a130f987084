import type { Logger } from "pino";

/** The way back from what has been started so far. */
export interface Shutdown {
  /** Adds a step, to be done before those that are there already. */
  first(step: () => Promise<unknown>): void;
  /** Does the steps, once; one that fails is logged and does not keep the others from being done. */
  undo(): Promise<void>;
  /** Does the steps and ends the process. */
  now(status: number, reason: string, error?: unknown): void;
}

/** Milliseconds that everything may take, whatever hangs. */
const patience = 9_500;

/** Ends the process cleanly at Ctrl-C and SIGTERM, and with status 1 at a fault that nobody caught. */
export function createShutdown(log: Logger): Shutdown {
  const steps: (() => Promise<unknown>)[] = [];
  let stopping = false;

  async function undo() {
    for (let step = steps.pop(); step; step = steps.pop()) {
      await step().catch((err: unknown) => log.error({ err }, "stopping failed"));
    }
  }

  function now(status: number, reason: string, error?: unknown) {
    if (stopping) return;
    stopping = true;
    if (error === undefined) log.info({ reason }, "stopping");
    else log.fatal({ reason, err: error }, "stopping");
    setTimeout(() => process.exit(1), patience).unref();
    void undo().then(() => process.exit(status));
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => now(0, signal));
  process.on("unhandledRejection", (error) => now(1, "unhandled rejection", error));
  process.on("uncaughtException", (error) => now(1, "uncaught exception", error));
  return { first: (step) => void steps.push(step), undo, now };
}
