import type { Caller } from "../access/caller.js";
import type { Database } from "../database/client.js";
import { refusal } from "../errors.js";
import { objectionWorkflow } from "../objections/objection.workflow.js";
import { constant, empty, join, name, type Sql, sql } from "../reading/sql.js";
import { type Calendar, workingDaysBetween } from "../workflow/calendar.js";
import { companyCalendar } from "../workflow/company-calendar.js";
import { dueToSql, subjectToSql } from "../workflow/load-facts.js";
import { allWorkflows, type Workflow } from "../workflow/workflow.js";
import type {
  AccessChanges,
  ApplicationTimes,
  DeclarationDiscipline,
  LoanDiscipline,
  Objections,
  ServiceBoard,
  UnfinishedForms,
} from "./service-board.type.js";

export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** Whose forms somebody counts: a department's, or everybody's. Throws NOT_YOUR_ROLE. */
export function departmentCounted({ department, roles }: Caller): string | null {
  if (department === "ADMINISTRATION" || roles.includes("AUDITOR") || roles.includes("GENERAL_MANAGER"))
    return null;
  if (roles.includes("DEPT_HEAD")) return department;
  throw refusal("NOT_YOUR_ROLE", {
    needs: "administration, an auditor, the general manager or a head of department",
  });
}

/** The unfinished board and the counters of the forms about access and of objections (rulebook 4: K13, K14, K16, K17, K26, K30). */
export async function serviceBoard(
  db: Database,
  { from, to }: Period,
  department: string | null,
  now: Date,
): Promise<ServiceBoard> {
  const counted = { from, to, now, department };
  const calendar = await companyCalendar(db, from < now ? from : now);
  const unfinished = await Promise.all(allWorkflows().map((workflow) => unfinishedOf(db, workflow, counted)));
  return {
    unfinished: unfinished.flat(),
    loans: await loanDiscipline(db, counted),
    declarations: await declarationDiscipline(db, counted),
    applications: await applicationTimes(db, counted, calendar),
    accessChanges: await accessChanges(db, counted),
    objections: await objections(db, counted),
  };
}

interface Counted extends Period {
  readonly now: Date;
  readonly department: string | null;
}

const t = sql`t`;

const ofDepartment = ({ department }: Counted, of: Sql): Sql =>
  department ? sql` AND ${of} = ${department}::"DepartmentCode"` : empty;

/** Where the person is now, for what waits now. */
const subjectOf = (column: Sql): Sql => sql`JOIN "Employee" s ON s."id" = ${column}`;
const presentDepartment = sql`s."departmentCode"`;

/** The step that began what is counted: it stays counted where the person was then, whereto they go afterwards. */
const begunBy = (action: string): Sql => sql`JOIN LATERAL (
  SELECT e."department" FROM "FormEvent" e WHERE e."recordId" = t."id" AND e."action" = ${action}
  ORDER BY e."seq" DESC LIMIT 1) b ON TRUE`;
const departmentThen = sql`b."department"`;

/** Forms that still wait for somebody. */
async function unfinishedOf(db: Database, workflow: Workflow, counted: Counted): Promise<UnfinishedForms[]> {
  const waiting = Object.entries(workflow.states).flatMap(([state, { waitsFor }]) =>
    waitsFor ? [state] : [],
  );
  if (waiting.length === 0) return [];
  const rows = await db.$queryRaw<Omit<UnfinishedForms, "machine" | "form">[]>`
    SELECT s."departmentCode"::text AS "department", t."state"::text AS "state", count(*)::int AS "open",
      (count(*) FILTER (WHERE ${dueToSql(workflow, t)} <= ${counted.now}))::int AS "overdue"
    FROM ${name(workflow.name)} t ${subjectToSql(workflow, t)}
    WHERE t."state" IN (${join(waiting.map(constant))})${ofDepartment(counted, presentDepartment)}
    GROUP BY 1, 2 ORDER BY 1, 2`;
  return rows.map((row) => ({ machine: workflow.machine, form: workflow.name, ...row }));
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** K13. */
async function loanDiscipline(db: Database, counted: Counted): Promise<LoanDiscipline> {
  const { from, to, now } = counted;
  const [row] = await db.$queryRaw<{ open: number; overdue: number; lent: number; late: number }[]>`
    SELECT (count(*) FILTER (WHERE t."state" IN ('LENT', 'OVERDUE')))::int AS "open",
      (count(*) FILTER (WHERE t."state" IN ('LENT', 'OVERDUE') AND t."dueAt" <= ${now}))::int AS "overdue",
      (count(*) FILTER (WHERE t."lentAt" >= ${from} AND t."lentAt" < ${to}))::int AS "lent",
      (count(*) FILTER (WHERE t."lentAt" >= ${from} AND t."lentAt" < ${to} AND t."state" = 'RETURNED_LATE'))::int AS "late"
    FROM "Loan" t ${begunBy("sign")} WHERE TRUE${ofDepartment(counted, departmentThen)}`;
  const { open, overdue, lent, late } = row!;
  return { open, overdue, lent, returnedLate: late, lateShare: share(late, lent) };
}

/** K14. */
async function declarationDiscipline(db: Database, counted: Counted): Promise<DeclarationDiscipline> {
  const { from, to, now } = counted;
  const [row] = await db.$queryRaw<{ open: number; overdue: number; filed: number; late: number }[]>`
    SELECT (count(*) FILTER (WHERE t."state" = 'OPEN' AND t."plannedUntil" > ${now}))::int AS "open",
      (count(*) FILTER (WHERE t."state" = 'OVERDUE' OR (t."state" = 'OPEN' AND t."plannedUntil" <= ${now})))::int AS "overdue",
      (count(*) FILTER (WHERE t."filedAt" >= ${from} AND t."filedAt" < ${to}))::int AS "filed",
      (count(*) FILTER (WHERE t."filedAt" >= ${from} AND t."filedAt" < ${to} AND t."state" = 'RETURNED_LATE'))::int AS "late"
    FROM "SensitiveUse" t ${begunBy("file")} WHERE TRUE${ofDepartment(counted, departmentThen)}`;
  const { open, overdue, filed, late } = row!;
  return { open, overdue, filed, returnedLate: late, lateShare: share(late, filed) };
}

/** K17. */
async function applicationTimes(
  db: Database,
  counted: Counted,
  calendar: Calendar,
): Promise<ApplicationTimes> {
  const { from, to, now } = counted;
  const rows = await db.$queryRaw<{ signedAt: Date; implementedAt: Date | null }[]>`
    SELECT t."signedAt", t."implementedAt" FROM "GrantApplication" t ${begunBy("submit")}
    WHERE t."signedAt" IS NOT NULL AND (t."implementedAt" >= ${from} AND t."implementedAt" < ${to}
      OR t."state" IN ('SUBMITTED', 'ESCALATED', 'APPROVED'))${ofDepartment(counted, departmentThen)}`;
  const times = rows.flatMap(({ signedAt, implementedAt }) =>
    implementedAt ? [workingDaysBetween(signedAt, implementedAt, calendar)] : [],
  );
  const waiting = rows.filter(
    ({ signedAt, implementedAt }) => !implementedAt && workingDaysBetween(signedAt, now, calendar) > 2,
  );
  const sum = times.reduce((total, days) => total + days, 0);
  return {
    implemented: times.length,
    meanWorkingDays: share(sum, times.length),
    openOverTwoWorkingDays: waiting.length,
  };
}

/** K16. */
async function accessChanges(db: Database, counted: Counted): Promise<AccessChanges> {
  const { from, to, now } = counted;
  const changes = sql`(
    SELECT t.* FROM "Offboarding" t ${begunBy("confirm")}
    WHERE t."effectiveAt" >= ${from} AND t."effectiveAt" < ${to}${ofDepartment(counted, departmentThen)}) c`;
  const [forms] = await db.$queryRaw<{ late: number }[]>`
    SELECT (count(*) FILTER (
      WHERE coalesce(c."permissionFormAt", ${now}) > c."permissionFormDueAt"))::int AS "late" FROM ${changes}`;
  // Who goes twice in a period has each grant closed by the one after which it was.
  const [grants] = await db.$queryRaw<{ closed: number; lag: number | null }[]>`
    SELECT count(*)::int AS "closed",
      (extract(epoch FROM avg(e."at" - c."effectiveAt")) / 3600)::float8 AS "lag"
    FROM ${changes} JOIN "Grant" g ON g."granteeId" = c."employeeId"
    JOIN "FormEvent" e ON e."recordId" = g."id" AND e."action" = 'close' AND e."at" >= c."effectiveAt"
    WHERE NOT EXISTS (SELECT 1 FROM "Offboarding" o WHERE o."employeeId" = c."employeeId"
      AND o."effectiveAt" > c."effectiveAt" AND o."effectiveAt" <= e."at")`;
  const [orphans] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "Grant" t ${subjectOf(sql`t."granteeId"`)}
    WHERE t."state" IN ('ACTIVE', 'SUSPENDED') AND t."validTo" > ${now}
      AND s."status" = 'LEFT'${ofDepartment(counted, presentDepartment)}`;
  return {
    grantsClosed: grants!.closed,
    meanLagHours: grants!.lag,
    formsLate: forms!.late,
    orphanGrants: orphans!.count,
  };
}

/** K26: of the department that they are against, which is not whom they are about. */
async function objections(db: Database, counted: Counted): Promise<Objections> {
  const { from, to, now } = counted;
  const inPeriod = sql`t."filedAt" >= ${from} AND t."filedAt" < ${to}`;
  const unanswered = sql`t."state" NOT IN ('CLOSED', 'SETTLED')`;
  const [row] = await db.$queryRaw<Omit<Objections, "upheldShare" | "complaints">[]>`
    SELECT (count(*) FILTER (WHERE ${inPeriod}))::int AS "filed",
      (count(*) FILTER (WHERE ${inPeriod} AND t."result" = 'UPHELD'))::int AS "upheld",
      (count(*) FILTER (WHERE ${inPeriod} AND t."result" = 'DISMISSED'))::int AS "dismissed",
      (count(*) FILTER (WHERE ${unanswered}))::int AS "open",
      (count(*) FILTER (WHERE ${unanswered} AND ${dueToSql(objectionWorkflow, t)} <= ${now}))::int AS "overdue"
    FROM "Objection" t WHERE TRUE${ofDepartment(counted, sql`t."againstDepartment"`)}`;
  const [cases] = await db.$queryRaw<{ complaints: number }[]>`
    SELECT count(*)::int AS "complaints" FROM "ServiceCase" t
    LEFT JOIN "Employee" s ON s."id" = t."againstEmployeeId"
    WHERE t."kind" = 'COMPLAINT' AND t."receivedAt" >= ${from} AND t."receivedAt" < ${to}${ofDepartment(counted, presentDepartment)}`;
  const { upheld, dismissed } = row!;
  return { ...row!, ...cases!, upheldShare: share(upheld, upheld + dismissed) };
}
