import type { GraphQLError } from "graphql";
import { refusal } from "../errors.js";
import { Prisma } from "./client.js";

/** Prisma's own words for a pool or a server that does not answer in time. */
const busy = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);
/** PostgreSQL's words for the same: connections, shutdown, a statement that took too long, a deadlock. */
const busyStates = /^(08...|53...|57014|57P0[1-5]|40001|40P01)$/;

/** What an error of the database means to a caller, where it means something; otherwise it is our fault. */
export function databaseRefusal(error: unknown): GraphQLError | undefined {
  const state = stateOf(error);
  return state !== undefined && (busy.has(state) || busyStates.test(state))
    ? refusal("OVERLOADED")
    : undefined;
}

function stateOf(error: unknown): string | undefined {
  if (error instanceof Prisma.PrismaClientInitializationError) return "P1001";
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const cause = (
    error.meta?.driverAdapterError as { cause?: { originalCode?: string; kind?: string } } | undefined
  )?.cause;
  return cause?.originalCode ?? error.code;
}
