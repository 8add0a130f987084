import { type Sql, sql } from "./sql.js";

// Who signs for whom (rulebook 6-31, 6-32), as SQL on a row that has the columns of a person.

const hasRole = (person: Sql, role: Sql): Sql =>
  sql`EXISTS (SELECT 1 FROM "EmployeeRole" r WHERE r."employeeId" = ${person}."id" AND r."role" = ${role})`;

/**
 * The role of whoever signs for a person: the head of the department, for heads and departments without one the general
 * manager, for the general manager the head of administration.
 */
export const headRoleToSql = (person: Sql): Sql => sql`(CASE
  WHEN ${hasRole(person, sql`'GENERAL_MANAGER'`)} THEN 'ADMIN_HEAD'
  WHEN ${hasRole(person, sql`'DEPT_HEAD'`)} THEN 'GENERAL_MANAGER'
  WHEN EXISTS (SELECT 1 FROM ${holders} WHERE r."role" = 'DEPT_HEAD' AND h."departmentCode" = ${person}."departmentCode")
    THEN 'DEPT_HEAD'
  ELSE 'GENERAL_MANAGER' END)`;

/** Everybody at work with their roles. */
const holders = sql`"EmployeeRole" r JOIN "Employee" h ON h."id" = r."employeeId" AND h."status" = 'ACTIVE'`;

/** Who signs for a person: heads of department for those of their own one. */
export const headsToSql = (person: Sql): Sql => sql`(
  SELECT coalesce(json_agg(h."id" ORDER BY h."id"), '[]') FROM ${holders}
  WHERE r."role" = (SELECT ${headRoleToSql(person)}::"Role")
    AND (r."role" <> 'DEPT_HEAD' OR h."departmentCode" = ${person}."departmentCode"))`;
