import { allRecords } from "../access/classified.js";
import { type Policy, type Requirement, tierFor } from "../access/policy.js";
import {
  atLeast,
  type Cap,
  type CustomerScope,
  caps,
  type FieldClass,
  isCustomerClass,
  type Operation,
  type Secrecy,
  secrecies,
  type Tier,
  tiers,
} from "../access/vocabulary.js";
import type { Problem } from "../reading/form.js";

/** What a grant opens, as an application asks for it (rulebook 3.1). */
export interface GrantScope {
  readonly tier: Tier;
  readonly classes: readonly ScopedClass[];
  readonly operations: readonly Operation[];
  readonly customerScope: CustomerScope;
  /** The customers of a CASE_LIST, by id. */
  readonly customerIds: readonly string[];
  readonly purposes: readonly string[];
  readonly secrecyClearance: Secrecy;
  /** Null: as long as such a grant can run, from its implementation (rulebook 2.4 A). */
  readonly validTo: string | null;
}

export interface ScopedClass {
  readonly fieldClass: FieldClass;
  readonly cap: Cap;
  /** Empty: every field of the class. */
  readonly onlyFields: readonly string[];
}

type Told = Omit<Problem, "code">;

/** What contradicts itself in a scope, for somebody of a department; whoever it is for, where that is not known. */
export function contradictions(
  scope: Partial<Omit<GrantScope, "validTo">>,
  policy: Policy,
  department?: string,
): Told[] {
  return [
    ...classProblems(scope, policy),
    ...operationProblems(scope, policy, department),
    ...customerProblems(scope),
    ...(scope.purposes?.length === 0 ? [{ field: "purposes", reason: "At least one is needed." }] : []),
  ];
}

function classProblems({ tier, classes = [] }: Partial<GrantScope>, { customers }: Policy): Told[] {
  const problems: Told[] = [];
  const seen = new Set<string>();
  for (const [at, { fieldClass, cap, onlyFields }] of classes.entries()) {
    const field = `classes.${at}`;
    const say = (reason: string) => problems.push({ field, reason });
    if (!isCustomerClass(fieldClass)) {
      say("It is not a class of customer information.");
      continue;
    }
    if (seen.has(fieldClass)) say("The class is named twice.");
    seen.add(fieldClass);
    if (onlyFields.some((name) => !fieldsOf(fieldClass).has(name))) say("A field is not one of the class.");
    const { SEE_CLEAR, SEE_MASKED } = customers[fieldClass];
    const least = cap === "CLEAR" ? SEE_CLEAR : cap === "MASKED" ? (SEE_MASKED ?? SEE_CLEAR) : null;
    if (tier && least && !atLeast(tiers, tier, least.tier))
      say(`The tier does not open the class as far as ${cap}.`);
  }
  if (tier === "NONE" && classes.length > 0)
    problems.push({ field: "classes", reason: "The tier NONE opens none." });
  if (tier && tier !== "NONE" && classes.length === 0)
    problems.push({ field: "classes", reason: "At least one is needed." });
  return problems;
}

const fieldsOf = (fieldClass: FieldClass): ReadonlySet<string> =>
  new Set(
    allRecords().flatMap(({ name, governedBy, fields }) =>
      governedBy === "grants"
        ? [...fields.values()]
            .filter((one) => one.fieldClass === fieldClass)
            .map((one) => `${name}.${one.name}`)
        : [],
    ),
  );

/** Operations that the tier opens on no class: to people of a department, or to nobody where none is named. */
function operationProblems(
  { tier, operations: asked }: Partial<Pick<GrantScope, "tier" | "operations">>,
  { customers }: Pick<Policy, "customers">,
  department?: string,
): Told[] {
  if (!asked || !tier) return [];
  const suffices = (needed: Requirement | null) =>
    needed !== null &&
    (department === undefined ? departmentsOf(needed) : [department]).some((one) =>
      atLeast(tiers, tier, tierFor(needed, one)),
    );
  const open = (operation: Operation) => Object.values(customers).some((row) => suffices(row[operation]));
  return asked.flatMap((operation, at) =>
    open(operation) ? [] : [{ field: `operations.${at}`, reason: "The tier opens no class for it." }],
  );
}

/** One of each that a requirement tells apart. */
const departmentsOf = ({ direct }: Requirement): readonly string[] => ["", ...(direct?.departments ?? [])];

function customerProblems({ customerScope, customerIds = [] }: Partial<GrantScope>): Told[] {
  if (customerScope === "SELF")
    return [
      { field: "customerScope", reason: "SELF is what customers have of themselves; nobody is granted it." },
    ];
  if (customerScope && customerScope !== "CASE_LIST" && customerIds.length > 0)
    return [{ field: "customerIds", reason: "Customers are named for a CASE_LIST only." }];
  return [];
}

const scopes: Partial<Record<CustomerScope, string>> = { ALL: "every customer" };

/**
 * Is one scope within another: does it open nothing that the other does not? Names what is not. (Of the scopes only ALL
 * holds all others, whatever the data.)
 */
export function beyond(narrowed: GrantScope, asked: GrantScope): readonly string[] {
  const wider: string[] = [];
  if (!atLeast(tiers, asked.tier, narrowed.tier)) wider.push("tier");
  for (const [at, one] of narrowed.classes.entries()) {
    const known = asked.classes.find(({ fieldClass }) => fieldClass === one.fieldClass);
    if (!known || !atLeast(caps, known.cap, one.cap) || !within(one.onlyFields, known.onlyFields, true))
      wider.push(`classes.${at}`);
  }
  if (!within(narrowed.operations, asked.operations)) wider.push("operations");
  if (!within(narrowed.purposes, asked.purposes)) wider.push("purposes");
  if (!atLeast(secrecies, asked.secrecyClearance, narrowed.secrecyClearance)) wider.push("secrecyClearance");
  if (!endsBy(narrowed.validTo, asked.validTo)) wider.push("validTo");
  if (narrowed.customerScope !== asked.customerScope && !scopes[asked.customerScope])
    wider.push("customerScope");
  if (asked.customerScope === "CASE_LIST" && !within(narrowed.customerIds, asked.customerIds))
    wider.push("customerIds");
  return wider;
}

/** No end is as late as there can be one. */
const endsBy = (end: string | null, latest: string | null): boolean =>
  latest === null || (end !== null && new Date(end) <= new Date(latest));

/** Are all of these among those? An empty list can stand for all there are. */
const within = (some: readonly string[], all: readonly string[], emptyIsAll = false): boolean =>
  emptyIsAll && (some.length === 0 || all.length === 0)
    ? all.length === 0
    : some.every((one) => all.includes(one));

const scopeParts = [
  "tier",
  "classes",
  "operations",
  "customerScope",
  "customerIds",
  "purposes",
  "secrecyClearance",
  "validTo",
] as const satisfies readonly (keyof GrantScope)[];

/** What differs between two scopes, in words: `tier: SENSITIVE → SERVICE`. */
export function changesBetween(before: GrantScope, after: GrantScope): readonly string[] {
  return scopeParts.flatMap((part) => {
    const [old, now] = [inWords(part, before[part]), inWords(part, after[part])];
    return old === now ? [] : [`${part}: ${old} → ${now}`];
  });
}

function inWords(part: keyof GrantScope, value: GrantScope[keyof GrantScope]): string {
  // Customers are counted: who they are is for those to see who may.
  if (part === "customerIds") return String(value!.length);
  if (value === null) return "as long as it can run";
  if (typeof value === "string") return value;
  return (
    [...value]
      .map((one) =>
        typeof one === "string"
          ? one
          : `${one.fieldClass} ${one.cap}${one.onlyFields.length > 0 ? ` (${one.onlyFields.join(", ")})` : ""}`,
      )
      .sort()
      .join(", ") || "none"
  );
}
