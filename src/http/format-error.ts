import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { codes, refusal } from "../errors.js";
import type { Limits } from "./limits.js";
import { currentRequest, newRequestEntry } from "./request-entry.js";
import { coercionRefusal, parseRefusal, validationRefusal } from "./safe-messages.js";

export interface FormatErrorParts {
  readonly log: Logger;
  readonly limits: Limits;
  /** Says what an error of the database means to a caller (busy, away), or undefined: then it is our fault. */
  readonly translate?: ((error: unknown) => Translated | undefined) | undefined;
}

export interface Translated {
  readonly refusal: GraphQLError;
  /** What it came from, for the log: a word, never a value. */
  readonly cause: string;
}

/**
 * The one place where errors become what callers read: refusals as they are, those of graphql-js and Apollo in words
 * that quote no value, everything else INTERNAL with the id of the request, logged under that id.
 */
export function errorFormatter({ log, limits, translate }: FormatErrorParts) {
  return ({ locations, path }: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const entry = currentRequest.getStore() ?? newRequestEntry();
    const meant = refusalIn(error) ?? fromLibrary(error, limits) ?? translated(error) ?? fault(error);
    const { http: _, ...extensions } = meant.extensions;
    entry.codes.add(String(extensions.code));
    return { message: meant.message, ...(locations && { locations }), ...(path && { path }), extensions };

    function translated(error: unknown): GraphQLError | undefined {
      const found = translate?.(originOf(error));
      if (found) entry.causes.add(found.cause);
      return found?.refusal;
    }

    function fault(error: unknown): GraphQLError {
      entry.faults += 1;
      if (entry.faults <= limits.errors) {
        log.error({ requestId: entry.id, path: path?.join("."), err: originOf(error) }, "internal error");
      }
      return refusal("INTERNAL", { reason: "Something went wrong on our side.", more: { id: entry.id } });
    }
  };
}

/** The refusal that was thrown, below what graphql-js and Apollo wrapped around it. */
function refusalIn(error: unknown): GraphQLError | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const { code, reason } = error.extensions;
  const refused = typeof code === "string" && Object.hasOwn(codes, code) && typeof reason === "string";
  return refusalIn(error.originalError) ?? (refused ? error : undefined);
}

function fromLibrary(error: unknown, limits: Limits): GraphQLError | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  switch (error.extensions.code) {
    case "GRAPHQL_PARSE_FAILED":
      return parseRefusal(error, limits);
    case "GRAPHQL_VALIDATION_FAILED":
      return validationRefusal(error);
    case "BAD_USER_INPUT":
      return coercionRefusal(error);
    case "OPERATION_RESOLUTION_FAILURE":
      return refusal("OPERATION_RESOLUTION_FAILURE");
    case "BAD_REQUEST":
      return refusal("BAD_REQUEST", { reason: error.message });
    default:
      return !error.originalError &&
        /^Argument "\w+" |^Too many errors processing variables/.test(error.message)
        ? coercionRefusal(error)
        : undefined;
  }
}

const originOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
