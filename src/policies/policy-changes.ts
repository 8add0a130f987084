import { type PolicyContent, type Requirement, requirementInWords } from "../access/policy.js";

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

/** A cell of the tier matrix: its tier with what it takes besides. */
const isRequirement = (value: JsonObject): boolean => Object.hasOwn(value, "extra");
const asRequirement = (value: JsonObject) => value as unknown as Requirement;

/** What differs, in words: `customers.ORDER.EXPORT: POST + APPROVAL → nobody`. */
export const changesInWords = (before: PolicyContent, after: PolicyContent): readonly string[] =>
  differences({ ...before, version: 0 }, { ...after, version: 0 }, "");

function differences(before: Json, after: Json, path: string): readonly string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listDifferences(before, after, path);
  if (isObject(before) && isObject(after) && !isRequirement(before))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      differences(before[name], after[name], path ? `${path}.${name}` : name),
    );
  return [`${path}: ${inWords(before)} → ${inWords(after)}`];
}

function listDifferences(before: readonly Json[], after: readonly Json[], path: string): readonly string[] {
  const [old, now] = [before.map(inWords), after.map(inWords)];
  const gone = old.filter((line) => !now.includes(line)).map((line) => `${path}: no longer ${line}`);
  const added = now.filter((line) => !old.includes(line)).map((line) => `${path}: now ${line}`);
  return gone.length + added.length > 0 ? [...gone, ...added] : [`${path}: in another order`];
}

function inWords(value: Json): string {
  if (value === null || value === undefined) return "nobody";
  if (Array.isArray(value)) return value.length > 0 ? value.map(inWords).join(" or ") : "none";
  if (!isObject(value)) return String(value);
  if (isRequirement(value)) return requirementInWords(asRequirement(value));
  return Object.entries(value)
    .map(([name, part]) => `${name} ${isObject(part) ? `(${inWords(part)})` : inWords(part)}`)
    .join(", ");
}
