import { performance } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import { classesAsked } from "../access/asked-cells.js";
import type { Caller } from "../access/caller.js";
import { allRecords, recordOf } from "../access/classified.js";
import { failedBaseCondition } from "../access/conditions.js";
import { decide } from "../access/decide.js";
import { names } from "../access/decide-by-post.js";
import type { Opening } from "../access/decision.js";
import type { Policy } from "../access/policy.js";
import { isSame } from "../access/policy-changes.js";
import type { PostRule } from "../access/post-rule.js";
import { type ClassifiedField, fullName } from "../access/record.js";
import { covers } from "../access/rows.js";
import {
  type FieldClass,
  isCustomerClass,
  type Operation,
  operations,
  type Use,
  uses,
} from "../access/vocabulary.js";
import { Dossier } from "../dossiers/dossier.type.js";

// Who would gain or lose what under another version of the policy: the kernel is asked about everybody under both.

/** One way in which people's rights would change. */
export interface PolicyEffect {
  readonly gains: boolean;
  /** It is open all the same with another purpose, or with one. */
  readonly byPurpose: boolean;
  readonly use: Use;
  readonly fieldClass: FieldClass;
  /** `Customer.idNumber`, … */
  readonly fields: readonly string[];
  /** The most that they see, or whether they may: CLEAR, MASKED or WITHHELD. */
  readonly before: Outcome;
  readonly after: Outcome;
  /** By staff number. */
  readonly people: readonly string[];
}

type Outcome = Opening["outcome"] | "WITHHELD";

/** A use of fields that are decided alike. */
interface Question {
  readonly field: ClassifiedField;
  readonly use: Use;
  readonly names: readonly string[];
}

interface Versions {
  readonly before: Policy;
  readonly after: Policy;
}

/** Milliseconds at work before others have their turn. */
const atOnce = 10;

/** What would change for these people. Who is a customer, or has left, is among them like everybody else. */
export async function effectsOf(
  callers: readonly Caller[],
  versions: Versions,
): Promise<readonly PolicyEffect[]> {
  const asked = questionsOf(callers, versions);
  const found = new Map<
    string,
    { fields: Set<string>; people: Set<string> } & Omit<PolicyEffect, "fields" | "people">
  >();
  let began = performance.now();
  for (const caller of callers) {
    if (performance.now() - began > atOnce) {
      await turn();
      began = performance.now();
    }
    for (const { field, use, names: fields } of asked(caller))
      for (const difference of differencesFor(caller, field, use, versions)) {
        const { fieldClass } = field;
        const key = JSON.stringify([difference, use, fieldClass]);
        const effect = found.get(key) ?? {
          ...{ ...difference, use, fieldClass },
          ...{ fields: new Set<string>(), people: new Set<string>() },
        };
        found.set(key, effect);
        for (const name of fields) effect.fields.add(name);
        effect.people.add(caller.staffNo);
      }
  }
  return [...found.values()].map((effect) => ({
    ...effect,
    fields: [...effect.fields].sort(),
    people: [...effect.people].sort(),
  }));
}

/** Gains and losses of one person with one field, whatever purpose they state; or with one purpose and not with another. */
function differencesFor(caller: Caller, field: ClassifiedField, use: Use, { before, after }: Versions) {
  const purposes = [null, ...new Set(caller.grants.flatMap(({ purposes }) => purposes))];
  const asked = purposes.map((purpose) => {
    const [old, now] = [before, after].map(
      (policy) => decide({ ...caller, purpose }, field, use, policy).openings,
    ) as [readonly Opening[], readonly Opening[]];
    return { old, now };
  });
  const [old, now] = [asked.flatMap((one) => one.old), asked.flatMap((one) => one.now)];
  const opens = (openings: readonly Opening[], beside: readonly Opening[]): boolean =>
    openings.some((opening) => !isOpen(opening, beside));
  const seen = { before: most(old), after: most(now) };
  const difference = (gains: boolean, atAll: boolean, withSomePurpose: boolean) =>
    atAll || withSomePurpose ? [{ gains, byPurpose: !atAll, ...seen }] : [];
  return [
    ...difference(
      true,
      opens(now, old),
      asked.some((one) => opens(one.now, one.old)),
    ),
    ...difference(
      false,
      opens(old, now),
      asked.some((one) => opens(one.old, one.now)),
    ),
  ];
}

const isOpen = ({ rows, outcome }: Opening, openings: readonly Opening[]): boolean =>
  openings.some((other) => (other.outcome === "CLEAR" || outcome === "MASKED") && covers(other.rows, rows));

const scale: readonly Outcome[] = ["WITHHELD", "MASKED", "CLEAR"];
const most = (openings: readonly Opening[]): Outcome =>
  openings.reduce<Outcome>(
    (best, { outcome }) => (scale.indexOf(outcome) > scale.indexOf(best) ? outcome : best),
    "WITHHELD",
  );

/** What two versions could decide otherwise, for each person; fields that are decided alike are asked about once. */
function questionsOf(
  callers: readonly Caller[],
  versions: Versions,
): (caller: Caller) => readonly Question[] {
  const named = new Set(
    callers.flatMap(({ grants, declarations }) => [
      ...grants.flatMap(({ classes }) => classes.flatMap(({ onlyFields }) => onlyFields)),
      ...declarations.flatMap(({ fields }) => fields),
    ]),
  );
  const fields = allRecords().flatMap((record) => [...record.fields.values()]);
  const ofCustomers = fields.filter(
    ({ name, fieldClass, record }) =>
      record.governedBy === "grants" && (isCustomerClass(fieldClass) || name === "id"),
  );
  const everything = alike(ofCustomers, customerUses, named);
  const changedCells = everything.filter(({ field, use }) => cellChanged(field, use, versions));
  const byPost = fields.flatMap((field) => postQuestions(field, versions, changed));
  const byBase = [...everything, ...fields.flatMap((field) => postQuestions(field, versions, bySecrecy))];
  return (caller) => [...(baseChanged(caller, versions) ? byBase : changedCells), ...byPost];
}

/** What is asked of a field at all. */
const customerUses = ({ name, record, fieldClass }: ClassifiedField): readonly Use[] => {
  if (name === "id") return record === recordOf(Dossier) ? ["BORROW"] : [];
  return uses.filter(
    (use) =>
      use === "SEE" ||
      (use !== "SEE_CLEAR" &&
        use !== "BORROW" &&
        isCustomerClass(fieldClass) &&
        classesAsked(use).includes(fieldClass)),
  );
};

function alike(
  fields: readonly ClassifiedField[],
  usesOf: (field: ClassifiedField) => readonly Use[],
  named: ReadonlySet<string>,
): readonly Question[] {
  const groups = new Map<string, { field: ClassifiedField; use: Use; names: string[] }>();
  for (const field of fields)
    for (const use of usesOf(field)) {
      const name = fullName(field);
      const { fieldClass, secrecy, mask } = field;
      const key = JSON.stringify([use, fieldClass, secrecy, mask, named.has(name) ? name : ""]);
      const group = groups.get(key) ?? { field, use, names: [] };
      group.names.push(name);
      groups.set(key, group);
    }
  return [...groups.values()];
}

/** Does what the matrix says of the field's class differ for this use? A record is borrowed as its least class is. */
function cellChanged({ fieldClass, name }: ClassifiedField, use: Use, { before, after }: Versions): boolean {
  const row = name === "id" ? "BASIC" : fieldClass;
  if (!isCustomerClass(row)) return false;
  const cells: readonly Operation[] =
    use === "SEE" ? ["SEE_MASKED", "SEE_CLEAR"] : operations.filter((one) => one === use);
  return cells.some((cell) => !isSame(before.customers[row][cell], after.customers[row][cell]));
}

/** The uses of a field of which those rights of posts speak, of both versions, that are picked. */
function postQuestions(
  field: ClassifiedField,
  { before, after }: Versions,
  pick: (old: readonly PostRule[], now: readonly PostRule[]) => readonly PostRule[],
): readonly Question[] {
  const domain = field.record.governedBy;
  if (domain === "grants") return [];
  const picked = pick(before.posts[domain], after.posts[domain]).filter((rule) => names(rule, field));
  const touched = new Set(picked.flatMap((rule) => rule.uses));
  return [...touched].map((use) => ({ field, use, names: [fullName(field)] }));
}

const changed = (old: readonly PostRule[], now: readonly PostRule[]) => [
  ...without(old, now),
  ...without(now, old),
];

/** Those that open what is classified to whoever is fit for it. */
const bySecrecy = (old: readonly PostRule[], now: readonly PostRule[]) =>
  [...old, ...now].filter(({ rows }) => rows.includes("secrecy"));

const without = (some: readonly PostRule[], others: readonly PostRule[]): readonly PostRule[] =>
  some.filter((rule) => !others.some((other) => isSame(rule, other)));

/** Does a condition of every look hold for this person under one version only? */
const baseChanged = (caller: Caller, { before, after }: Versions): boolean =>
  caller.kind === "CUSTOMER"
    ? !isSame(before.self, after.self)
    : before.conditions.purpose !== after.conditions.purpose ||
      before.conditions.review !== after.conditions.review ||
      failedBaseCondition(caller, before)?.code !== failedBaseCondition(caller, after)?.code;
