import { isDeepStrictEqual } from "node:util";
import type { PolicyContent, Requirement } from "./policy.js";
import { limitInWords, requirementInWords, ruleInWords } from "./policy-words.js";
import type { PostRule } from "./post-rule.js";

// What one version of the policy makes different from another, as data and in words.

type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A document with some members of it changed: objects member by member, everything else (lists too) as a whole. */
export const changed = (before: Json, changes: Json): Json =>
  isObject(before) && isObject(changes)
    ? Object.fromEntries([
        ...Object.entries(before),
        ...Object.entries(changes).map(([name, value]) => [
          name,
          Object.hasOwn(before, name) ? changed(before[name], value) : value,
        ]),
      ])
    : changes;

/** Is it the same, in whatever order its members are written? */
export const isSame: (one: unknown, other: unknown) => boolean = isDeepStrictEqual;

/** What differs, in words: `customers.ORDER.EXPORT: POST + APPROVAL → nobody`. */
export const changesInWords = (before: PolicyContent, after: PolicyContent): readonly string[] =>
  differences({ ...before, version: 0 }, { ...after, version: 0 }, "");

/** A cell of the tier matrix, or none. */
const isCell = (value: Json): value is Requirement | null =>
  value === null || (isObject(value) && Object.hasOwn(value, "extra"));

/** Of these the first line that fits counts. */
const inOrder = ["limits.ceilings", "limits.clearances", "limits.terms"];

function differences(before: Json, after: Json, path: string): readonly string[] {
  if (isSame(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listDifferences(before, after, path);
  if (isCell(before) && isCell(after))
    return [`${path}: ${requirementInWords(before)} → ${requirementInWords(after)}`];
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      differences(before[name], after[name], path ? `${path}.${name}` : name),
    );
  return [`${path}: ${before} → ${after}`];
}

function listDifferences(before: readonly Json[], after: readonly Json[], path: string): readonly string[] {
  const within = (list: readonly Json[]) => (item: Json) => list.some((other) => isSame(item, other));
  const ordered = inOrder.includes(path);
  const gone = before.filter((item) => !within(after)(item));
  const told = [
    ...gone.map((item) => `${path}: no longer ${itemInWords(item)}`),
    ...after.flatMap((item, at) =>
      within(before)(item) ? [] : [`${path}: now ${ordered ? `in line ${at + 1} ` : ""}${itemInWords(item)}`],
    ),
  ];
  if (ordered && !isSame(before.filter(within(after)), after.filter(within(before))))
    return [...told, `${path}: now in the order ${after.map(itemInWords).join("; ")}`];
  return told.length > 0 ? told : [`${path}: the same, written otherwise`];
}

const isRule = (item: JsonObject): boolean => Object.hasOwn(item, "who");

function itemInWords(item: Json): string {
  if (!isObject(item)) return String(item);
  if (!isRule(item)) return limitInWords(item);
  const { people, uses, fields, rows } = ruleInWords(item as unknown as PostRule);
  return `${people}: ${uses} ${fields}, rows: ${rows}`;
}
