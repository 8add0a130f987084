import type { ApolloServerPlugin } from "@apollo/server";
import { type FragmentDefinitionNode, GraphQLError, getVariableValues, Kind } from "graphql";
import { refusal } from "../errors.js";
import { type PlanContext, planOperation } from "./plan.js";
import type { AccessReport } from "./report.js";

interface AuthorizedContext extends PlanContext {
  readonly report: AccessReport;
}

/** Decides an operation before it runs, and tells with the answer what it does not show clear. */
export const authorize = (): ApolloServerPlugin<AuthorizedContext> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        if (!operation) return;
        const { coerced } = getVariableValues(
          schema,
          operation.variableDefinitions ?? [],
          request.variables ?? {},
        );
        // What does not fit is told by the executor, in its own words.
        if (!coerced) return;
        const fragments = Object.fromEntries(
          document.definitions
            .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
            .map((node) => [node.name.value, node]),
        );
        await planOperation({ schema, operation, fragments, variables: coerced }, contextValue).catch(
          refuseRequest,
        );
      },
      async willSendResponse({ response: { body, http }, contextValue: { report, strict, decisions } }) {
        const fields = report.entries();
        if (body.kind !== "single" || fields.length === 0) return;
        if (!strict) {
          const access = { purpose: decisions?.caller.purpose ?? null, fields };
          body.singleResult.extensions = { ...body.singleResult.extensions, access };
          return;
        }
        const { message, extensions } = refusal("FIELD_WITHHELD", {
          reason: "In strict mode an answer shows every field clear or nothing.",
          needs: "an operation without these fields, or what each of them needs",
          more: { fields },
        });
        body.singleResult = { errors: [{ message, extensions }] };
        http.status = forbidden;
      },
    };
  },
});

/** Understood and not allowed (RFC 9110, 15.5.4): what an operation is answered with that is refused whole. */
const forbidden = 403;

/** An error before anything ran speaks of the whole request. One without a code is of graphql-js, about an argument. */
function refuseRequest(error: unknown): never {
  if (error instanceof GraphQLError)
    error.extensions.http ??= { status: error.extensions.code ? forbidden : 400 };
  throw error;
}
