import { allRecords } from "../access/classified.js";
import type { Decisions } from "../access/decisions.js";
import type { Rows } from "../access/rows.js";
import { type DepartmentCode, Prisma } from "../database/client.js";
import { headsToSql } from "../reading/heads.js";
import { unionToSql } from "../reading/rows.js";
import { aliases, column, constant, empty, isTrue, join, name, type Sql, sql } from "../reading/sql.js";
import type { Facts, Person, Stored } from "./facts.js";
import type { Workflow } from "./workflow.js";

type Queries = Pick<Prisma.TransactionClient, "$queryRaw">;

interface Wanted {
  /** Only forms in these rows: what the caller reaches. None: whatever is there. */
  readonly within?: readonly Rows[];
  /** At most this many, those that are due first in front. */
  readonly first?: number;
  /** How many of them are passed over. */
  readonly after?: number;
}

/** The facts of the forms that meet a condition on them and on whom they are about, in the order of their ids. */
export async function loadFacts(
  db: Queries,
  workflow: Workflow,
  on: (row: Sql, subject: Sql) => Sql,
  { within, first, after = 0 }: Wanted = {},
): Promise<Facts<unknown>[]> {
  const alias = aliases();
  const row = alias();
  const subject = sql`s`;
  const due = dueToSql(workflow, row);
  const rows = await db.$queryRaw<{ json: string }[]>`
    SELECT json_build_object(
      'row', to_jsonb(${row}),
      'subject', ${personToSql(subject)},
      'dueAt', ${due},
      'more', ${workflow.more?.(row) ?? Prisma.sql`'{}'::json`}
    )::text AS json
    FROM ${name(workflow.name)} ${row} ${subjectToSql(workflow, row)}
    WHERE ${on(row, subject)} AND ${inReach(workflow, row, alias, within)}
    ORDER BY ${first ? sql`${due}, ` : empty}${column(row, "id")}
    ${first ? sql`LIMIT ${first} OFFSET ${after}` : empty}`;
  return rows.map(({ json }) => factsFrom(workflow, JSON.parse(json) as Loaded));
}

/** Joins whom a form is about, as `s`: a person, or nobody of a department. */
export const subjectToSql = ({ subject, unassigned }: Workflow, row: Sql): Sql => {
  if (!unassigned) return sql`JOIN "Employee" s ON s."id" = ${column(row, subject)}`;
  const { department, otherwise } = unassigned;
  return sql`JOIN LATERAL (
    SELECT ${personColumns} FROM "Employee" s WHERE s."id" = ${column(row, subject)}
    UNION ALL ${nobodyToSql(sql`coalesce(${department ? column(row, department) : sql`NULL`}, ${otherwise}::"DepartmentCode")`)}
    WHERE ${column(row, subject)} IS NULL) s ON TRUE`;
};

const personColumns = sql`s."id", s."departmentCode", s."kind"::text, s."status"::text, s."contractEndsAt"`;

const nobodyToSql = (department: Sql): Sql =>
  sql`SELECT '' AS "id", ${department} AS "departmentCode", '' AS "kind", '' AS "status", NULL::date AS "contractEndsAt"`;

const inReach = ({ record }: Workflow, row: Sql, alias: () => Sql, within?: readonly Rows[]): Sql =>
  within ? unionToSql(within, { record, alias: row }, alias) : isTrue;

/** By when somebody has to go on with a form: its term, or the column that its state names. */
export const dueToSql = ({ states }: Workflow, row: Sql): Sql => {
  const columns = [...new Set(Object.values(states).flatMap(({ dueBy }) => dueBy ?? []))];
  const cases = columns.map((dueBy) => {
    const named = Object.keys(states).filter((state) => states[state]!.dueBy === dueBy);
    return sql`WHEN ${column(row, "state")} IN (${join(named.map(constant))}) THEN ${column(row, dueBy)}`;
  });
  const term = column(row, "dueAt");
  return cases.length === 0 ? term : sql`CASE ${join(cases, " ")} ELSE ${term} END`;
};

interface WantedForm extends Pick<Wanted, "within"> {
  /** Nobody else takes a step of it before the transaction ends. */
  readonly lock?: true;
}

/** One form by its id. */
export async function loadForm(
  db: Queries,
  workflow: Workflow,
  id: string,
  { within, lock }: WantedForm = {},
): Promise<Facts<unknown> | undefined> {
  // Who has waited for a lock would see the row as it is now, and whatever else decides as it was before the wait.
  if (lock && !(await lockForm(db, workflow, id, within))) return undefined;
  const byId = (row: Sql) => sql`${column(row, "id")} = ${id}`;
  return (await loadFacts(db, workflow, byId, within && { within }))[0];
}

async function lockForm(
  db: Queries,
  workflow: Workflow,
  id: string,
  within?: readonly Rows[],
): Promise<boolean> {
  const alias = aliases();
  const row = alias();
  const found = await db.$queryRaw<object[]>`
    SELECT 1 AS "found" FROM ${name(workflow.name)} ${row}
    WHERE ${column(row, "id")} = ${id} AND ${inReach(workflow, row, alias, within)} FOR UPDATE OF ${row}`;
  return found.length > 0;
}

interface Loaded {
  readonly row: Stored<Record<string, string | null>>;
  readonly subject: StoredPerson;
  readonly dueAt: string | null;
  readonly more: Record<string, unknown>;
}

interface StoredPerson extends Omit<Person, "contractEndsAt"> {
  readonly contractEndsAt: string | null;
}

const factsFrom = ({ seats }: Workflow, { row, subject, dueAt, more }: Loaded): Facts<unknown> => ({
  id: row.id!,
  state: row.state!,
  row,
  subject: personFrom(subject),
  dueAt: dueAt === null ? null : new Date(dueAt),
  seats: Object.fromEntries(Object.entries(seats).map(([seat, { by }]) => [seat, row[by] ?? null])),
  more,
});

const personFrom = ({ contractEndsAt, ...person }: StoredPerson): Person => ({
  ...person,
  contractEndsAt: contractEndsAt === null ? null : new Date(contractEndsAt),
});

/** Somebody whom a form is to be about; undefined: there is nobody, or nobody in reach of who asks, if somebody does. */
export async function loadPerson(
  db: Queries,
  id: string,
  decisions?: Decisions,
): Promise<Person | undefined> {
  const alias = aliases();
  const row = alias();
  const record = allRecords().find(({ name }) => name === "Employee")!;
  const within = decisions ? unionToSql(decisions.reach(record).rows, { record, alias: row }, alias) : isTrue;
  const [found] = await db.$queryRaw<{ json: string }[]>`
    SELECT ${personToSql(row)}::text AS json FROM "Employee" ${row} WHERE ${column(row, "id")} = ${id} AND ${within}`;
  return found && personFrom(JSON.parse(found.json) as StoredPerson);
}

/** Nobody, of a department: with those who answer for it. */
export async function loadNobody(db: Queries, department: DepartmentCode): Promise<Person> {
  const [found] = await db.$queryRaw<{ json: string }[]>`
    SELECT ${personToSql(sql`s`)}::text AS json FROM (${nobodyToSql(sql`${department}::"DepartmentCode"`)}) s`;
  return personFrom(JSON.parse(found!.json) as StoredPerson);
}

const personToSql = (person: Sql): Sql => sql`json_build_object(
  'id', ${person}."id", 'department', ${person}."departmentCode", 'kind', ${person}."kind", 'status', ${person}."status",
  'contractEndsAt', (${person}."contractEndsAt" + 1)::timestamp AT TIME ZONE 'Asia/Shanghai',
  'roles', (SELECT coalesce(json_agg(r."role"), '[]') FROM "EmployeeRole" r WHERE r."employeeId" = ${person}."id"),
  'heads', ${headsToSql(person)})`;
