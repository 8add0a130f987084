import type { Caller } from "../access/caller.js";
import { headRoleToSql } from "../reading/heads.js";
import { all, any, column, constant, isFalse, join, type Sql, sql } from "../reading/sql.js";
import { isAtWork, isSubject } from "./why-not.js";
import { statesAfter, type Who, type Workflow } from "./workflow.js";

// Of which forms a person could take a step, as SQL: what `whyNot` says of one form, as far as columns say it, so that
// what waits for somebody is found among however many that wait for others. `whyNot` still has the last word.

/** The rows of one statement: a form's, and that of the person whom it is about. */
export interface Joined {
  readonly row: Sql;
  readonly subject: Sql;
}

/** The forms that stand in a state, or will once the clock has done what is due. */
export function standsIn({ actions }: Workflow, state: string, row: Sql, now: Date): Sql {
  const is = (one: string) => sql`${column(row, "state")} = ${constant(one)}`;
  const coming = Object.values(actions).flatMap((action) =>
    action.from.flatMap((from) =>
      from && action.when && from !== state && statesAfter(action, from)[0] === state
        ? [all([is(from), sql`${column(row, action.when)} <= ${now}`])]
        : [],
    ),
  );
  return any([is(state), ...coming]);
}

/** The forms of which somebody could take a step that is taken in a state. */
export function couldTake(
  workflow: Workflow,
  action: string,
  state: string,
  { row, subject }: Joined,
  caller: Caller,
): Sql {
  const { who, seat, alsoBy = [] } = workflow.actions[action]!;
  const ofTheirs = sql`${subject}."id" = ${caller.id}`;
  const own = who.some((one) => isSubject(one, caller)) ? ofTheirs : isFalse;
  const elsewhere = Object.entries(workflow.seats).flatMap(([other, { by }]) =>
    other === seat || alsoBy.includes(other) ? [] : [sql`${column(row, by)} IS DISTINCT FROM ${caller.id}`],
  );
  const others = isAtWork(caller)
    ? all([
        sql`NOT ${ofTheirs}`,
        ...elsewhere,
        any(who.map((one) => fitsToSql(workflow, one, { row, subject }, caller))),
      ])
    : isFalse;
  const stays = seat !== undefined && statesAfter(workflow.actions[action]!, state).includes(state);
  const free = stays ? [sql`${column(row, workflow.seats[seat]!.by)} IS NULL`] : [];
  return all([any([own, others]), ...free]);
}

function fitsToSql(workflow: Workflow, who: Who, { row, subject }: Joined, caller: Caller): Sql {
  const isOf = (department: string) => sql`${subject}."departmentCode" = ${department}::"DepartmentCode"`;
  const hasRole = (name: string) => caller.roles.some((one) => one === name);
  switch (who.is) {
    case "subject":
    case "system":
      return isFalse;
    case "head":
      return leads(subject, isOf, caller);
    case "named":
      // One id, or a list of them.
      return sql`(${workflow.more!(row)}::jsonb -> ${who.fact}) @> to_jsonb(${caller.id}::text)`;
    case "standIn":
      return hasRole(who.role) ? isOf(who.forDepartment) : isFalse;
    case "role": {
      if (!hasRole(who.role)) return isFalse;
      if (!who.where) return sql`TRUE`;
      return who.where === "sameDepartment" ? isOf(caller.department) : sql`NOT ${isOf(caller.department)}`;
    }
  }
}

/** Whether somebody answers for a person: a head of department for those of the own one. */
function leads(subject: Sql, isOf: (department: string) => Sql, { roles, department }: Caller): Sql {
  const wide = roles.filter((name) => name === "GENERAL_MANAGER" || name === "ADMIN_HEAD");
  const isHead = (...names: readonly string[]) =>
    sql`${headRoleToSql(subject)} IN (${join(names.map(constant))})`;
  return any([
    ...(roles.includes("DEPT_HEAD") ? [all([isOf(department), isHead("DEPT_HEAD")])] : []),
    ...(wide.length > 0 ? [isHead(...wide)] : []),
  ]);
}
