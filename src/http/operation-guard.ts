import type { ApolloServerPlugin } from "@apollo/server";
import {
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from "graphql";
import { refusal } from "../errors.js";
import { costOf } from "./cost.js";
import { introspects } from "./introspection.js";
import type { Limits } from "./limits.js";
import { measurer } from "./measure.js";
import { bodyTooLarge, invalid, tooLarge } from "./refusals.js";
import { currentRequest } from "./request-entry.js";
import { checkVariables } from "./usable-text.js";

/** What the door needs to know of a request's context; `null` is the anonymous caller. */
export interface HttpContext {
  readonly caller: { readonly id: string } | null;
}

export interface OperationGuardParts<Context extends HttpContext> {
  readonly limits: Limits;
  /** May whoever asks read the schema? */
  readonly mayIntrospect: (context: Context) => boolean;
}

/**
 * Looks at the operation that is about to be executed, once it is known to fit the schema: introspection, cost, page
 * sizes, body size, texts; then it waits for its places in the gate. Then at the answer: what the anonymous may read of
 * an error, and how many there may be.
 */
export const operationGuard = <Context extends HttpContext>({
  limits,
  mayIntrospect,
}: OperationGuardParts<Context>): ApolloServerPlugin<Context> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ request, schema, document, operation, contextValue }) {
        if (!operation) throw refusal("OPERATION_RESOLUTION_FAILURE", { status: 400 });
        note(operation);
        if (!schema.getRootType(operation.operation)) {
          throw invalid(`The schema has no ${operation.operation}.`);
        }
        const { caller } = contextValue;
        if (!mayIntrospect(contextValue) && introspects(document, operation))
          throw invalid("The schema is not open to you.");
        checkBodySize(operation, limits);
        checkVariables(request.variables ?? {});
        const values = checkCost({ schema, document, operation, variables: request.variables ?? {} }, limits);
        // The fields of a mutation come one after another.
        const atOnce = operation.operation === "query" ? measurer(document)(operation).rootFields : 1;
        const work = values + atOnce * limits.valuesPerStatement;
        const places = 1 + Math.floor(work / limits.valuesPerPlace);
        await currentRequest.getStore()?.turn?.take(caller?.id ?? null, places);
      },
      async willSendResponse({ response: { body }, contextValue: { caller } }) {
        // The work is done: whoever waits now, for the record of the answer, keeps nobody else from working.
        currentRequest.getStore()?.turn?.leave();
        if (body.kind !== "single" || !body.singleResult.errors) return;
        body.singleResult.errors = forCaller(body.singleResult, caller === null, limits);
      },
    };
  },
});

/** The errors that are told of those there are. */
function forCaller({ data, errors = [] }: Result, anonymous: boolean, limits: Limits) {
  const notExecuted = (...told: string[]) =>
    data === undefined ? errors.find(({ extensions }) => told.includes(String(extensions?.code))) : undefined;
  if (anonymous && notExecuted("GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT")) return [sameForAll];
  const tooLarge = notExecuted("LIMIT_EXCEEDED");
  return tooLarge ? [tooLarge] : errors.slice(0, limits.errors);
}

interface Result {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

/** All that the anonymous learn of a document or a variable that does not fit the schema. */
const sameForAll: GraphQLFormattedError = {
  message: "The operation is not valid.",
  extensions: { code: "GRAPHQL_VALIDATION_FAILED", reason: "The operation is not valid." },
};

function note({ name, selectionSet: { selections } }: OperationDefinitionNode) {
  const entry = currentRequest.getStore();
  const called = name?.value ?? selections.find((node) => node.kind === Kind.FIELD)?.name.value;
  if (entry && called) entry.operation = called.slice(0, 64);
}

/** What takes a list, and so a longer body. */
const importing: ReadonlySet<string> = new Set(["importCustomers", "importDevices"]);

function checkBodySize({ selectionSet: { selections } }: OperationDefinitionNode, { bodyBytes }: Limits) {
  const size = currentRequest.getStore()?.bodyBytes ?? 0;
  const imports = selections.every((node) => node.kind === Kind.FIELD && importing.has(node.name.value));
  if (size > bodyBytes && !imports) throw bodyTooLarge(bodyBytes);
}

function checkCost(
  operation: {
    schema: GraphQLSchema;
    document: DocumentNode;
    operation: OperationDefinitionNode;
    variables: Record<string, unknown>;
  },
  limits: Limits,
): number {
  const { largestPage, values } = costOf(operation, limits);
  if (largestPage > limits.pageSize) throw tooLarge(largestPage, limits.pageSize, "rows a page");
  if (values > limits.cost) throw tooLarge(values, limits.cost, "values");
  return values;
}
