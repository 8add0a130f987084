import type { GraphQLError } from "graphql";
import { refusal } from "../errors.js";
import { Prisma } from "./client.js";

/** Words for a database that is away, full or too slow: Prisma's codes, its driver's kinds, PostgreSQL's SQLSTATEs. */
const busy =
  /^(P1001|P1002|P1008|P1017|P2024|P2028|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections|TransactionWriteConflict|08...|53...|57014|57P0[1-5]|40001|40P01)$/;

/** What an error of the database means to a caller, where it means something; otherwise it is our fault. */
export function databaseRefusal(error: unknown): GraphQLError | undefined {
  return wordsOf(error).some((word) => busy.test(word)) ? refusal("OVERLOADED", { status: 503 }) : undefined;
}

interface DriverError {
  readonly cause?: { readonly kind?: string; readonly originalCode?: string };
}

function wordsOf(error: unknown): readonly string[] {
  if (error instanceof Prisma.PrismaClientInitializationError) return ["P1001"];
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const { cause } = (error.meta?.driverAdapterError ?? {}) as DriverError;
    return [error.code, cause?.kind ?? "", cause?.originalCode ?? ""];
  }
  // The pool's own words come through without a class or a code.
  return error instanceof Error && error.message === "timeout exceeded when trying to connect"
    ? ["P2024"]
    : [];
}
