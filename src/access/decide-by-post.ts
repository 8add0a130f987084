import type { Caller } from "./caller.js";
import { clearOn, type Decision, type Reach } from "./decision.js";
import type { PostRule } from "./post-rule.js";
import { type Reason, reasons } from "./reasons.js";
import { type ClassifiedField, fullName, type RecordType } from "./record.js";
import { covers, type Rows, unclassified, union } from "./rows.js";
import type { Use } from "./vocabulary.js";

/** What of somebody their post's rights come from. */
type Holder = Pick<Caller, "id" | "department" | "roles" | "kind" | "status" | "customerId">;

const fits = ({ who }: PostRule, { department, roles, kind }: Holder): boolean =>
  (!who.departments || who.departments.includes(department)) &&
  (!who.roles || who.roles.some((role) => roles.includes(role))) &&
  (!who.kinds || who.kinds.includes(kind));

const uses = (rule: PostRule): readonly Use[] => rule.uses;

/** Who signs for people beside the heads of their departments: for heads, and for the general manager (rulebook 6-31, 6-32). */
const signing: readonly string[] = ["GENERAL_MANAGER", "ADMIN_HEAD"];

/** The rows of a rule, to those who are fit for what is classified. */
const rowsOf = ({ rows }: PostRule, caller: Holder): Rows =>
  rows.flatMap((word) => {
    if (word === "secrecy") return [];
    if (word === "own" || word === "aboutOthers" || word === "carried" || word === "taught")
      return { is: word, person: caller.id };
    if (word === "led") return { is: word, by: caller.roles.filter((role) => signing.includes(role)) };
    if (word === "customers") return { is: word, ids: caller.customerId ? [caller.customerId] : [] };
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

/**
 * Rights that come with a post: the lower tables of rulebook 3.3, staff data and directories. `notHere` is what keeps the
 * caller from everything that is classified.
 */
export function decideByPost(
  caller: Holder,
  field: ClassifiedField,
  use: Use,
  rules: readonly PostRule[],
  notHere: Reason | null,
): Decision {
  if (caller.status === "LEFT") return { openings: [], closings: [], otherwise: reasons.notActive };
  const opening = rules.filter(
    (rule) =>
      uses(rule).includes(use) && fits(rule, caller) && names(rule, field) && mattersTo(rule, field.record),
  );
  const { readable, limited } = rowsOfAll(opening, caller, notHere);
  return {
    openings: readable.map(clearOn),
    closings: notHere ? limited.map((rows) => ({ rows, reason: notHere })) : [],
    otherwise: reasons.notStaff,
    ...(limited.length > 0 && { inClearance: [unclassified(caller)] }),
  };
}

/** The rows of which a post shows any field. */
export function reachByPost(
  caller: Holder,
  record: RecordType,
  rules: readonly PostRule[],
  notHere: Reason | null,
): Reach {
  if (caller.status === "LEFT") return { rows: [], candidates: [], otherwise: reasons.notActive };
  const reaching = rules.filter(
    (rule) => uses(rule).includes("SEE") && fits(rule, caller) && mattersTo(rule, record),
  );
  const rows = union(rowsOfAll(reaching, caller, notHere).readable);
  return { rows, candidates: rows, otherwise: reasons.notStaff };
}

/** The rows that some rules open, and those of them of which the caller reads no more than what is not classified. */
function rowsOfAll(rules: readonly PostRule[], caller: Holder, notHere: Reason | null) {
  const isLimited = ({ rows }: PostRule) => notHere !== null && rows.includes("secrecy");
  const setsOf = (some: readonly PostRule[]) => union(some.map((rule) => rowsOf(rule, caller)));
  const open = setsOf(rules.filter((rule) => !isLimited(rule)));
  const limited = setsOf(rules.filter(isLimited)).filter(
    (rows) => !open.some((others) => covers(others, rows)),
  );
  return { readable: [...open, ...limited.map((rows): Rows => [...rows, unclassified(caller)])], limited };
}
