import { refusal } from "../errors.js";

/** An operation that asks for `found` of what at most `limit` are admitted. */
export const tooLarge = (found: number, limit: number, what: string) =>
  refusal("LIMIT_EXCEEDED", {
    reason: `The operation has ${found > 1e9 ? "more than 1000000000" : found} ${what}; at most ${limit} are admitted.`,
    needs: "several smaller operations, and values in variables",
    status: 400,
  });

/** A body over `limit` bytes. */
export const bodyTooLarge = (limit: number) =>
  refusal("LIMIT_EXCEEDED", { reason: `The body is larger than ${limit} bytes.`, status: 413 });

/** A request that there is no room for now. */
export const overloaded = (reason?: string) =>
  refusal("OVERLOADED", { ...(reason && { reason }), status: 503 });

/** A request that is not one of GraphQL over HTTP. */
export const badRequest = (reason: string, status = 400) => refusal("BAD_REQUEST", { reason, status });

/** A document that the schema, or this caller's part of it, has no room for. */
export const invalid = (reason: string) => refusal("GRAPHQL_VALIDATION_FAILED", { reason, status: 400 });
