import {
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from "graphql";
import { Extensions } from "type-graphql";
import { refusal } from "../errors.js";
import { cellsOf } from "./cells.js";
import { recordOf } from "./classified.js";
import type { Decisions } from "./decisions.js";
import type { Reason } from "./reasons.js";
import type { ClassifiedField, RecordType } from "./record.js";
import { allow, applyMiddleware, deny, rule, shield } from "./shield.js";

/** What a rule may look at. */
export interface GuardContext {
  /** Null: nobody is signed in. */
  readonly decisions: Decisions | null;
}

export interface Rule {
  resolve(
    row: object | undefined,
    args: object,
    context: never,
    info: never,
    options: never,
  ): Promise<boolean | Error>;
}

/** Who may ask for this query, mutation or computed field. */
export const Guard = (guard: Rule): MethodDecorator & PropertyDecorator => Extensions({ guard }) as never;

/** Also for those who have not signed in; said out loud, because nothing is open by default. */
export const anyone: Rule = allow as never;

/** A guard that asks nothing but the decisions of the one who is signed in. */
export const guardBy = (name: string, check: (decisions: Decisions) => true | Error): Rule =>
  rule(name, { cache: "no_cache" })((_row, _args, { decisions }: GuardContext) =>
    decisions ? check(decisions) : refusal("UNAUTHENTICATED", { status: 401 }),
  ) as never;

/** Everybody who has signed in. */
export const everyCaller = guardBy("everyCaller", () => true);

const readRules = new Map<RecordType, Rule>();

/** Those who reach any row of the record type; the others hear which condition failed. */
export function reads(type: Parameters<typeof recordOf>[0]): Rule {
  const record = recordOf(type);
  const known = readRules.get(record);
  if (known) return known;
  const made = guardBy(`reads${record.name}`, (decisions) => {
    const { rows, otherwise } = decisions.reach(record);
    return rows.length > 0 || refuse(otherwise);
  });
  readRules.set(record, made);
  return made;
}

/** A reason as a refusal of a root, a mutation or an argument. */
export const refuse = ({ code, needs, request }: Reason, inputPath?: string) =>
  refusal(code, { needs, ...(request && { request }), ...(inputPath && { inputPath }) });

export const classifiedOf = (type: GraphQLObjectType, field: string): ClassifiedField | undefined =>
  type.getFields()[field]?.extensions.classified as ClassifiedField | undefined;

const withheld = new WeakSet<Error>();

/** Is this the stand-in for a cell that is withheld, rather than an error to tell? */
export const isWithheldCell = (error: Error | null | undefined): boolean => !!error && withheld.has(error);

function withhold(reason: Reason): Error {
  const error = refuse(reason);
  withheld.add(error);
  return error;
}

/**
 * Every classified field. With a row it asks what the read path decided for the very cell; without one, once for the
 * operation, whether any cell of the field can be open.
 */
const maySee = rule("maySee", { cache: "no_cache" })(
  (row: object | undefined, _args, { decisions }: GuardContext, info: GraphQLResolveInfo) => {
    const field = classifiedOf(info.parentType, info.fieldName);
    if (!decisions || !field) return false;
    if (!row) {
      const { openings, otherwise } = decisions.of(field, "SEE");
      return openings.length > 0 || withhold(otherwise);
    }
    const cell = cellsOf(row)?.get(String(info.path.key));
    if (!cell) return false;
    return cell.outcome !== "WITHHELD" || withhold(cell.reason!);
  },
);

/** The rule that its declaration gave a field. */
export function ruleOf(type: GraphQLObjectType, field: string): Rule {
  if (classifiedOf(type, field)) return maySee as never;
  const guard = type.getFields()[field]!.extensions.guard as Rule | undefined;
  if (!guard) throw new Error(`${type.name}.${field} has neither a classification nor a guard`);
  return guard;
}

const objectTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !isIntrospectionType(type),
  );

/**
 * Puts every field behind the rule that its declaration gave, with graphql-shield. `roots` wraps the fields of Query
 * and Mutation; the rest is then asked once per operation by `planOperation`. `everyField` wraps every one, as
 * graphql-shield does by itself. Refuses a schema that has a field with neither a classification nor a guard.
 */
export function guardSchema(schema: GraphQLSchema, scope: "roots" | "everyField" = "roots"): GraphQLSchema {
  const tree = Object.fromEntries(
    objectTypes(schema).map((type) => [
      type.name,
      Object.fromEntries(Object.keys(type.getFields()).map((field) => [field, ruleOf(type, field)])),
    ]),
  );
  // `debug` only rethrows: without it shield reports every bug as "Not Authorised!".
  const guarded = shield(tree as never, { fallbackRule: deny, debug: true });
  if (scope === "everyField") return applyMiddleware(schema, guarded);
  const everyRule = (
    guarded as unknown as { generate(schema: GraphQLSchema): Record<string, never> }
  ).generate(schema);
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    type ? [type.name] : [],
  );
  return applyMiddleware(schema, Object.fromEntries(roots.map((name) => [name, everyRule[name]!])));
}
