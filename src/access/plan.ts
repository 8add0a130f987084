import { collectFields, collectSubFields } from "@graphql-tools/utils";
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isAbstractType,
  isInputObjectType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
} from "graphql";
import { refusal } from "../errors.js";
import type { Decisions, FieldUse } from "./decisions.js";
import type { Footprint } from "./footprint.js";
import { classifiedOf, type GuardContext, refuse, ruleOf } from "./guard.js";
import { type ClassifiedField, fullName } from "./record.js";
import { covers, type Rows } from "./rows.js";
import type { Use } from "./vocabulary.js";

/** What an input field stands for: the extension that makes an argument subject to the kernel. */
export type InputUse = (value: unknown) => FieldUse | null;

export interface Operation {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  /** Coerced, defaults filled in. */
  readonly variables: Record<string, unknown>;
}

export interface PlanContext extends GuardContext {
  readonly footprint: Pick<Footprint, "uses">;
  /** An answer that would withhold or mask anything is refused whole. */
  readonly strict: boolean;
}

interface Named {
  /** Every (type, field) that the operation names, once. */
  readonly fields: Map<string, { type: GraphQLObjectType; field: string }>;
  /** Every field that its arguments use, with where. */
  readonly uses: (FieldUse & { path: string })[];
}

/**
 * Decides every field that an operation names, in its selection and in its arguments, before any of it runs, and asks
 * the rule of each named field once. Throws a refusal where an argument uses a field in a way that its caller may not.
 */
export async function planOperation(operation: Operation, context: PlanContext): Promise<void> {
  const named = namesOf(operation);
  for (const { field } of named.uses) context.footprint.uses(fullName(field));
  if (context.decisions) for (const use of named.uses) checkUse(context.decisions, use);
  // A mutation has happened before its answer is known: strict mode refuses it while it has not.
  if (context.strict && operation.operation.operation === "mutation") checkStrictly(context.decisions, named);
  const roots = [operation.schema.getQueryType(), operation.schema.getMutationType()];
  for (const { type, field } of named.fields.values()) {
    // The wrapped roots are asked when they run, with their arguments.
    if (roots.includes(type)) continue;
    const info = { parentType: type, fieldName: field };
    const verdict = await ruleOf(type, field).resolve(
      undefined,
      {},
      context as never,
      info as never,
      { debug: true } as never,
    );
    // A withheld field is told beside the data; any other field that is refused ends the operation.
    if (verdict !== true && !classifiedOf(type, field))
      throw verdict instanceof Error ? verdict : refusal("NOT_YOUR_ROLE");
  }
}

function checkStrictly(decisions: Decisions | null, { fields }: Named): void {
  for (const { type, field: name } of fields.values()) {
    const field = classifiedOf(type, name);
    if (!field || !decisions) continue;
    // What a mutation writes, and so shows, is inside the writer's clearance.
    const [first] = decisions.branches(field, "candidates");
    if (first!.rows.length > 0 || first!.outcome !== "CLEAR")
      throw refusal("FIELD_WITHHELD", {
        reason: "In strict mode a mutation runs only where its whole answer would be clear.",
        needs: "an answer without this field",
        more: { fields: [{ field: fullName(field) }] },
      });
  }
}

/** Rows in reach on which a field is not clear for filtering or sorting; undefined: there are none. */
function rowsNotClear(decisions: Decisions, field: ClassifiedField, use: Use): Rows | undefined {
  const clear = decisions.of(field, use).openings.filter(({ outcome }) => outcome === "CLEAR");
  return decisions
    .candidates(field.record, [{ field, use }])
    .find((rows) => !clear.some((opening) => covers(opening.rows, rows)));
}

/** May the caller filter and sort by this field? Only where it is a column, and clear on every row in reach. */
export const mayFilter = (decisions: Decisions, field: ClassifiedField): boolean =>
  field.value.kind === "column" &&
  decisions.reach(field.record).rows.length > 0 &&
  !rowsNotClear(decisions, field, "FILTER");

/** Throws unless the caller may use a field in this way, as an argument would: FILTER_FORBIDDEN, or why not to write it. */
export function checkUse(decisions: Decisions, { field, use, path }: FieldUse & { path?: string }): void {
  const { openings, closings, otherwise } = decisions.of(field, use);
  if (use === "CREATE" || use === "CORRECT") {
    if (openings.length === 0) throw refuse(closings[0]?.reason ?? otherwise, path);
    return;
  }
  const clear = openings.filter(({ outcome }) => outcome === "CLEAR");
  const closed = rowsNotClear(decisions, field, use);
  if (!closed) return;
  const reason =
    openings.find(({ because }) => because)?.because ??
    (clear.length > 0
      ? decisions.of(field, "SEE").openings.find(({ because }) => because)?.because
      : undefined) ??
    closings.find(({ rows }) => covers(rows, closed))?.reason ??
    otherwise;
  throw refusal("FILTER_FORBIDDEN", {
    reason: `${fullName(field)} is not clear on every row in your reach: ${reason.code}.`,
    needs: reason.needs,
    ...(reason.request && { request: reason.request }),
    ...(path && { inputPath: path }),
    more: { field: fullName(field), cause: reason.code },
  });
}

function namesOf({ schema, operation, fragments, variables }: Operation): Named {
  const named: Named = { fields: new Map(), uses: [] };
  const visit = (type: GraphQLObjectType, selected: Map<string, FieldNode[]>): void => {
    for (const nodes of selected.values()) {
      const name = nodes[0]!.name.value;
      const definition = type.getFields()[name];
      if (!definition) continue; // __typename and the introspection roots
      named.fields.set(`${type.name}.${name}`, { type, field: name });
      const values = getArgumentValues(definition, nodes[0]!, variables);
      for (const argument of definition.args)
        usesOf(argument, values[argument.name], argument.name, named.uses);
      for (const next of objectTypesOf(schema, getNamedType(definition.type)))
        visit(next, collectSubFields(schema, fragments, variables, next, nodes).fields);
    }
  };
  const root = operation.operation === "mutation" ? schema.getMutationType()! : schema.getQueryType()!;
  visit(root, collectFields(schema, fragments, variables, root, operation.selectionSet).fields);
  return named;
}

function objectTypesOf(schema: GraphQLSchema, type: unknown): readonly GraphQLObjectType[] {
  if (type instanceof GraphQLObjectType || isObjectType(type)) return [type as GraphQLObjectType];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

function usesOf(
  input: GraphQLArgument | GraphQLInputField,
  value: unknown,
  path: string,
  uses: Named["uses"],
): void {
  if (value === undefined) return;
  const use = (input.extensions.use as InputUse | undefined)?.(value);
  if (use) uses.push({ ...use, path });
  visitInput(input.type, value, path, uses);
}

function visitInput(type: GraphQLInputType, value: unknown, path: string, uses: Named["uses"]): void {
  const inner = getNullableType(type);
  if (value === null || value === undefined) return;
  if (isListType(inner)) {
    const items = Array.isArray(value) ? value : [value];
    for (const [index, item] of items.entries()) visitInput(inner.ofType, item, `${path}.${index}`, uses);
  } else if (isInputObjectType(inner)) {
    for (const field of Object.values(inner.getFields()))
      usesOf(field, (value as Record<string, unknown>)[field.name], `${path}.${field.name}`, uses);
  }
}
