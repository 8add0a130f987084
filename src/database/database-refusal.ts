import type { GraphQLError } from "graphql";
import { refusal, StartError } from "../errors.js";
import { Prisma } from "./client.js";

/** Words for a database that is away, full or too slow: of Prisma, its driver, PostgreSQL (SQLSTATE) and the system. */
const busy =
  /^(P1001|P1002|P1008|P1017|P2024|P2028|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections|TransactionWriteConflict|08...|53...|57014|57P0[1-5]|40001|40P01|EPIPE|EHOSTUNREACH|ENETUNREACH)$/;

export interface DatabaseRefusal {
  /** For the caller. */
  readonly refusal: GraphQLError;
  /** For the log: the word of PostgreSQL or of its driver, as `53100` for a full disk. */
  readonly cause: string;
}

/** What an error of the database means to a caller, where it means something; otherwise it is our fault. */
export function databaseRefusal(error: unknown): DatabaseRefusal | undefined {
  const cause = wordsOf(error).find((word) => busy.test(word));
  return cause === undefined ? undefined : { refusal: refusal("OVERLOADED", { status: 503 }), cause };
}

/** The same for a person at a terminal: a StartError of one line; any other error as it is. */
export function databaseProblem(error: unknown): unknown {
  const cause = databaseRefusal(error)?.cause;
  if (cause === undefined) return error;
  const what =
    cause === "53100" ? "its disk is full" : cause === "57014" ? "it took too long" : "it is away or busy";
  return new StartError(`The database could not go on: ${what} (${cause}).`);
}

/** What the driver says without a class or a code. */
const spoken: ReadonlyMap<string, string> = new Map([
  ["timeout exceeded when trying to connect", "P2024"],
  ["Connection terminated", "ConnectionClosed"],
  ["Connection terminated unexpectedly", "ConnectionClosed"],
  ["Connection terminated due to connection timeout", "SocketTimeout"],
  ["Client has encountered a connection error and is not queryable", "ConnectionClosed"],
  ["Client was closed and is not queryable", "ConnectionClosed"],
  ["Query read timeout", "SocketTimeout"],
  ["timeout expired", "SocketTimeout"],
]);

interface DriverError {
  readonly cause?: {
    readonly kind?: string;
    readonly originalCode?: string;
    readonly constraint?: { readonly fields?: readonly string[]; readonly index?: string };
  };
}

/** The columns of the unique index that a write ran against; none: it failed for another reason. */
export function uniqueColumnsOf(error: unknown): readonly string[] {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return [];
  const { cause } = (error.meta?.driverAdapterError ?? {}) as DriverError;
  if (cause?.kind !== "UniqueConstraintViolation") return [];
  const { fields, index } = cause.constraint ?? {};
  return (fields ?? index?.split("_").slice(1, -1) ?? []).map((name) => name.replaceAll('"', ""));
}

function wordsOf(error: unknown): readonly string[] {
  if (error instanceof Prisma.PrismaClientInitializationError) return ["P1001"];
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const { cause } = (error.meta?.driverAdapterError ?? {}) as DriverError;
    return [error.code, cause?.kind ?? "", cause?.originalCode ?? ""];
  }
  if (!(error instanceof Error)) return [];
  const { code = "" } = error as NodeJS.ErrnoException;
  return [code, spoken.get(error.message) ?? ""];
}
