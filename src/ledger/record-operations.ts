import type { ApolloServerPlugin, GraphQLRequestContext } from "@apollo/server";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type SelectionSetNode,
} from "graphql";
import type { Caller } from "../access/caller.js";
import type { Decisions } from "../access/decisions.js";
import type { Footprint } from "../access/footprint.js";
import type { AccessReport } from "../access/report.js";
import { told } from "../errors.js";
import type { LedgerOutcome, NewEvent, Touched } from "./event.js";
import { type Ledger, unavailable } from "./ledger.js";
import { stepsTouched } from "./record-steps.js";

/** What the ledger looks at of a request. */
export interface RecordedContext {
  readonly caller: Caller | null;
  readonly decisions: Decisions | null;
  readonly report: AccessReport;
  readonly footprint: Footprint;
  readonly requestId: string;
}

/** What is known of an operation before it runs. */
type Operation = Pick<NewEvent, "kind" | "roots">;

/**
 * One event an operation, committed before its answer leaves; without it the answer is LEDGER_UNAVAILABLE. What changes
 * something is on record from before it begins: killed in between, it is known to have begun. Not recorded is what only
 * reads the schema, and what of nobody known was refused before it was an operation.
 */
export const recordOperations = (ledger: Ledger): ApolloServerPlugin<RecordedContext> => ({
  async requestDidStart() {
    /** Milliseconds that the answer has waited for what was recorded before it. */
    let waited = 0;
    return {
      async didResolveOperation(request) {
        const operation = operationOf(request);
        if (operation.roots.length === 0) return;
        const event = { ...eventOf(operation, request.contextValue), outcome: "BEGUN" } as const;
        ledger.requireWritable(event);
        if (operation.kind !== "MUTATION") return;
        const began = performance.now();
        await ledger.record(event);
        waited = performance.now() - began;
      },

      async willSendResponse(request) {
        const { contextValue, response } = request;
        const { body, http } = response;
        if (body.kind !== "single") return;
        const { data, errors = [] } = body.singleResult;
        const codes = [...new Set(errors.map(({ extensions }) => String(extensions?.code)))].sort();
        const operation = operationOf(request);
        const isEvent = operation.roots.length > 0 || (contextValue.caller !== null && codes.length > 0);
        // It was refused for want of a record; that is noted by the ledger itself.
        if (!isEvent || codes.includes("LEDGER_UNAVAILABLE")) return;
        const outcome = outcomeOf(data, codes);
        const touched =
          outcome === "ANSWERED"
            ? touchedBy(contextValue.footprint)
            : stepsTouched(contextValue.footprint.steps);
        try {
          await ledger.record({ ...eventOf(operation, contextValue), outcome, codes, touched }, waited);
        } catch {
          body.singleResult = { errors: [told(unavailable())] };
          http.status = 503;
        }
      },
    };
  },
});

type Request = GraphQLRequestContext<RecordedContext>;

/**
 * The root fields that an operation names, but for the schema's own; none where it was refused before it was one: its kind
 * is what the document says, as far as that could be read.
 */
function operationOf({ request, schema, document, operation }: Request): Operation {
  const asked = document && getOperationAST(document, request.operationName);
  const isMutation = asked?.operation === "mutation";
  const root = isMutation ? schema.getMutationType() : schema.getQueryType();
  if (!document || !operation || !root) return { kind: isMutation ? "MUTATION" : "QUERY", roots: [] };
  const named = namedIn(operation.selectionSet, fragmentsOf(document));
  const roots = [...new Set(named)].filter((name) => name in root.getFields()).sort();
  return { kind: isMutation ? "MUTATION" : "QUERY", roots };
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const fragmentsOf = ({ definitions }: DocumentNode): Fragments =>
  new Map(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );

/** Whatever directives and variables say of them: what is skipped was asked for all the same. */
const namedIn = ({ selections }: SelectionSetNode, fragments: Fragments): readonly string[] =>
  selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node.name.value];
    const inner = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    return inner ? namedIn(inner.selectionSet, fragments) : [];
  });

/** What the answer shows, but for the name of its own type, under whatever key that was asked for. */
function outcomeOf(data: unknown, codes: readonly string[]): LedgerOutcome {
  const isShown =
    !!data &&
    Object.values(data).some((value) => value !== null && value !== "Query" && value !== "Mutation");
  if (isShown || codes.length === 0) return "ANSWERED";
  return codes.includes("INTERNAL") || codes.includes("OVERLOADED") ? "FAILED" : "REFUSED";
}

/** The event of an operation, without what came of it. */
function eventOf(
  operation: Operation,
  { caller, decisions, report, footprint, requestId }: RecordedContext,
): Omit<NewEvent, "outcome"> {
  const { grants, declarations } = footprint.opened();
  return {
    ...operation,
    codes: [],
    reasons: [...new Set(report.entries().map(({ reason }) => reason))].sort(),
    principalId: caller?.id ?? footprint.by,
    department: caller?.department ?? null,
    deviceId: caller?.device?.id ?? null,
    address: caller?.address ?? null,
    purpose: caller && knownPurpose(caller),
    ...{ grants, declarations },
    policyVersion: decisions?.policy.version ?? null,
    requestId,
    used: [...footprint.used],
    touched: [],
  };
}

/** Only words that stand on a grant: what else somebody writes into a header is not for the record. */
export const knownPurpose = ({ purpose, grants }: Caller): string | null =>
  purpose !== null && grants.some(({ purposes }) => purposes.includes(purpose)) ? purpose : null;

/** What was looked at, each record once, and the steps that were taken. */
function touchedBy(footprint: Footprint): readonly Touched[] {
  const looked = footprint.looks().map(
    ({ record, id, customer, fields }): Touched => ({
      ...{ record, recordId: id, customerId: customer },
      fields,
      step: null,
    }),
  );
  return [...looked, ...stepsTouched(footprint.steps)];
}
