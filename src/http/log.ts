import { type DestinationStream, type Logger, pino } from "pino";

/** One JSON object a line, to standard output or to `destination`. Errors go under `err`, without what they quote. */
export const createLog = (level: string, destination?: DestinationStream): Logger =>
  pino({ level, serializers: { err: describeFault } }, destination);

export interface Fault {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  readonly frames: readonly string[];
  readonly cause?: Fault;
}

const quotesNothing: readonly unknown[] = [TypeError, ReferenceError];

/**
 * An error as the log has it: where it came from. The message is kept only of the errors that the language raises about
 * a program; those of a database driver or a parser quote the values they failed on.
 */
export function describeFault(error: unknown, causes = 3): Fault {
  if (!(error instanceof Error)) return { type: typeof error, frames: [] };
  const code = "code" in error && typeof error.code === "string" ? error.code.slice(0, 64) : undefined;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.constructor.name,
    ...(code && { code }),
    ...(!code && quotesNothing.includes(error.constructor) && { message: error.message.slice(0, 500) }),
    frames: frames.slice(0, 20).map((line) => line.trim()),
    ...(error.cause !== undefined && causes > 0 && { cause: describeFault(error.cause, causes - 1) }),
  };
}
