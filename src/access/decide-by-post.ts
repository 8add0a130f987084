import type { Caller } from "./caller.js";
import type { Decision, Opening, Reach } from "./decision.js";
import type { PostRule } from "./post-rule.js";
import { reasons } from "./reasons.js";
import { type ClassifiedField, fullName, type RecordType } from "./record.js";
import { type Rows, union } from "./rows.js";
import type { Use } from "./vocabulary.js";

/** What of somebody their post's rights come from. */
type Holder = Pick<Caller, "id" | "department" | "roles" | "kind" | "status">;

const fits = ({ who }: PostRule, { department, roles, kind }: Holder): boolean =>
  (!who.departments || who.departments.includes(department)) &&
  (!who.roles || who.roles.some((role) => roles.includes(role))) &&
  (!who.kinds || who.kinds.includes(kind));

const uses = (rule: PostRule): readonly Use[] => rule.uses;

const rowsOf = ({ rows }: PostRule, caller: Holder): Rows =>
  rows.map((word) => {
    if (word === "own" || word === "aboutOthers" || word === "carried" || word === "taught")
      return { is: word, person: caller.id };
    if (word === "department") return { is: word, department: caller.department };
    return { is: word };
  });

/** Is the rule about this field? */
export function names(rule: PostRule, field: ClassifiedField): boolean {
  if (rule.records && !rule.records.includes(field.record.name)) return false;
  const listed = rule.fields[field.fieldClass];
  return listed === "*" || (listed?.includes(fullName(field)) ?? false) || field.name === "id";
}

const mattersTo = (rule: PostRule, record: RecordType): boolean =>
  [...record.fields.values()].some((field) => field.name !== "id" && names(rule, field));

/** Rights that come with a post: the lower tables of rulebook 3.3, staff data and directories. */
export function decideByPost(
  caller: Holder,
  field: ClassifiedField,
  use: Use,
  rules: readonly PostRule[],
): Decision {
  if (caller.status === "LEFT") return { openings: [], closings: [], otherwise: reasons.notActive };
  const openings = rules
    .filter((rule) => uses(rule).includes(use) && fits(rule, caller) && names(rule, field))
    .filter((rule) => mattersTo(rule, field.record))
    .map((rule): Opening => ({ rows: rowsOf(rule, caller), outcome: "CLEAR" }));
  return { openings, closings: [], otherwise: reasons.notStaff };
}

/** The rows of which a post shows any field. */
export function reachByPost(caller: Holder, record: RecordType, rules: readonly PostRule[]): Reach {
  if (caller.status === "LEFT") return { rows: [], candidates: [], otherwise: reasons.notActive };
  const rows = union(
    rules
      .filter((rule) => uses(rule).includes("SEE") && fits(rule, caller) && mattersTo(rule, record))
      .map((rule) => rowsOf(rule, caller)),
  );
  return { rows, candidates: rows, otherwise: reasons.notStaff };
}
