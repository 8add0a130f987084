import type { ApolloServerOptionsWithSchema, ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { InMemoryLRUCache } from "@apollo/utils.keyvaluecache";
import type { DocumentNode } from "graphql";
import type { Logger } from "pino";
import { answerCodes } from "./answer-codes.js";
import { errorFormatter, type FormatErrorParts } from "./format-error.js";
import { inOrder } from "./in-order.js";
import { limitRules } from "./limit-rules.js";
import { defaultLimits, type Limits } from "./limits.js";
import { type HttpContext, type OperationGuardParts, operationGuard } from "./operation-guard.js";

export interface ApolloParts<Context extends HttpContext> {
  /** What looks at an operation after the door has, and at its answer, one after another. */
  readonly further?: readonly ApolloServerPlugin<Context>[];
  readonly log: Logger;
  readonly limits?: Limits;
  readonly mayIntrospect: OperationGuardParts<Context>["mayIntrospect"];
  readonly translate?: FormatErrorParts["translate"];
}

/**
 * All that an Apollo Server behind this door is built with, but for the schema:
 * `new ApolloServer({ ...options, schema })`.
 */
export const apolloOptions = <Context extends HttpContext>({
  log,
  limits = defaultLimits,
  mayIntrospect,
  translate,
  further = [],
}: ApolloParts<Context>) =>
  ({
    parseOptions: { maxTokens: limits.tokens },
    // Measured by its text: Apollo's own measure, JSON without the tokens, let 30 MB become 110.
    documentStore: new InMemoryLRUCache<DocumentNode>({
      maxSize: limits.storedDocuments,
      sizeCalculation: ({ loc }) => loc?.source.body.length ?? limits.documentLength,
    }),
    validationRules: limitRules(limits),
    validationOptions: { maxErrors: limits.errors, hideSuggestions: true },
    executionOptions: { maxCoercionErrors: limits.errors },
    formatError: errorFormatter({ log, limits, translate }),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      inOrder(operationGuard<Context>({ limits, mayIntrospect }), ...further, answerCodes()),
    ],
    logger: plainLogger(log),
    // Who may introspect is decided for each caller.
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false as const,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  }) satisfies Partial<ApolloServerOptionsWithSchema<Context>>;

/** Apollo's own log lines. Those about a request quote messages, which `formatError` has logged without values. */
const plainLogger = (log: Logger) => ({
  debug: () => undefined,
  info: () => undefined,
  warn: (message?: unknown) => log.warn({ from: "apollo" }, String(message)),
  error: () => log.error({ from: "apollo" }, "apollo reported an error"),
});
