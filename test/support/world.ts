import type { Caller } from "../../src/access/caller.js";
import type { Cell } from "../../src/access/cells.js";
import { allRecords } from "../../src/access/classified.js";
import { decide, reach } from "../../src/access/decide.js";
import type { Decision } from "../../src/access/decision.js";
import type { Policy } from "../../src/access/policy.js";
import type { ClassifiedField, RecordType, RowTest } from "../../src/access/record.js";
import type { RowCondition, Rows } from "../../src/access/rows.js";
import { secrecies } from "../../src/access/vocabulary.js";
import { onServer } from "./database-server.js";

// What the words of the row vocabulary mean, said a second time: on rows in memory. The tests hold the SQL against it.

export type Row = Record<string, unknown> & { readonly id: string };

/** The rows of every record type by id, who is listed by name for which customer, and who has which roles. */
export interface World {
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, Row>>;
  readonly listed: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
}

export const rowsOf = ({ tables }: World, { name }: Pick<RecordType, "name">): readonly Row[] => [
  ...(tables.get(name)?.values() ?? []),
];

/** Everything that a database holds of the record types; decimals as numbers, days and instants as text. */
export const worldOf = (url: string): Promise<World> =>
  onServer(url, async (client) => {
    const tables = new Map<string, ReadonlyMap<string, Row>>();
    for (const { name } of allRecords()) {
      const { rows } = await client.query<{ row: Row }>(
        `SELECT to_json(t) AS row FROM "${name}" t ORDER BY id`,
      );
      tables.set(name, new Map(rows.map(({ row }) => [row.id, row])));
    }
    const { rows } = await client.query<{ customerId: string; employeeId: string }>(
      'SELECT "customerId", "employeeId" FROM "CustomerClearance"',
    );
    const { rows: roles } = await client.query<{ role: string; employeeId: string }>(
      'SELECT "role", "employeeId" FROM "EmployeeRole"',
    );
    return {
      tables,
      listed: new Set(rows.map((one) => `${one.customerId} ${one.employeeId}`)),
      roles: new Set(roles.map((one) => `${one.employeeId} ${one.role}`)),
    };
  });

export const holds = (rows: Rows, record: RecordType, row: Row, world: World): boolean =>
  rows.every((condition) => conditionHolds(condition, record, row, world));

function conditionHolds(condition: RowCondition, record: RecordType, row: Row, world: World): boolean {
  const own = record.rows[condition.is];
  const inWhole = () =>
    record.partOf.some(({ record: whole, key }) => {
      const above = world.tables.get(whole().name)?.get(String(row[key]));
      return above !== undefined && conditionHolds(condition, whole(), above, world);
    });
  if (!own) return inWhole();
  if (condition.is === "secrecy" && record.partOf.length > 0 && !inWhole()) return false;
  return testHolds(own, condition, row, world);
}

function testHolds(test: RowTest, condition: RowCondition, row: Row, world: World): boolean {
  if (test === "always") return true;
  if (test === "signedForBy") return condition.is === "led" && condition.by.includes(signerFor(row, world));
  if (test === "secrecyAndKeeper") return condition.is === "secrecy" && cleared(condition, row, world);
  if ("either" in test) return test.either.some((one) => testHolds(one, condition, row, world));
  if ("confidential" in test)
    return condition.is === "secrecy" && (condition.upTo !== "ORDINARY" || row[test.confidential] === false);
  if ("notNull" in test) return row[test.notNull] !== null;
  if ("through" in test) {
    if (test.orNone && row[test.through] === null) return true;
    const other = world.tables.get(test.record().name)?.get(String(row[test.through]));
    return other !== undefined && conditionHolds(condition, test.record(), other, world);
  }
  if ("exists" in test)
    return rowsOf(world, { name: test.exists }).some(
      (child) =>
        child[test.key] === row.id && (!test.column || (test.in ?? []).includes(String(child[test.column]))),
    );
  if ("in" in test) return test.in.includes(String(row[test.column]));
  const value = row[test.column];
  if (condition.is === "own" || condition.is === "carried" || condition.is === "taught")
    return value === condition.person;
  if (condition.is === "aboutOthers") return value !== condition.person;
  if (condition.is === "department") return value === condition.department;
  if (condition.is === "consulted") return condition.ids.some((id) => id === value);
  if (condition.is === "naming") return condition.fields.includes(String(value));
  if (condition.is === "customers") return condition.ids.includes(String(value));
  // A word that a column tests, and that nobody taught this model: found out here, not in a difference of answers.
  throw new TypeError(`What ${condition.is} says of a row is not known`);
}

/** The role of whoever signs for a person. */
function signerFor({ id, departmentCode }: Row, { tables, roles }: World): string {
  const has = (person: string, role: string) => roles.has(`${person} ${role}`);
  if (has(id, "GENERAL_MANAGER")) return "ADMIN_HEAD";
  const isHead = ({ id: one, status, departmentCode: its }: Row) =>
    status === "ACTIVE" && its === departmentCode && has(one, "DEPT_HEAD");
  const isHeaded = [...tables.get("Employee")!.values()].some(isHead);
  return isHeaded && !has(id, "DEPT_HEAD") ? "DEPT_HEAD" : "GENERAL_MANAGER";
}

function cleared(
  { upTo, reader }: Extract<RowCondition, { is: "secrecy" }>,
  row: Row,
  { listed }: World,
): boolean {
  const secrecy = String(row.secrecy) as (typeof secrecies)[number];
  if (secrecies.indexOf(secrecy) > secrecies.indexOf(upTo)) return false;
  return secrecy !== "TOP_SECRET" || row.keeperId === reader || listed.has(`${row.id} ${reader}`);
}

/** What a caller gets of the rows of a world, decided row by row. */
export interface Sight {
  reaches(record: RecordType, row: Row): boolean;
  cell(field: ClassifiedField, row: Row): Cell;
}

export function sightOf(caller: Caller, policy: Policy, world: World): Sight {
  const decisions = new Map<ClassifiedField, Decision>();
  const decisionOn = (field: ClassifiedField): Decision => {
    const decision = decisions.get(field) ?? decide(caller, field, "SEE", policy);
    decisions.set(field, decision);
    return decision;
  };
  return {
    reaches: (record, row) =>
      reach(caller, record, policy).rows.some((rows) => holds(rows, record, row, world)),
    cell(field, row) {
      const { openings, closings, otherwise } = decisionOn(field);
      const opening = openings.find(({ rows }) => holds(rows, field.record, row, world));
      if (opening) return { outcome: opening.outcome, reason: opening.because ?? null };
      const closing = closings.find(({ rows }) => holds(rows, field.record, row, world));
      return { outcome: "WITHHELD", reason: closing?.reason ?? otherwise };
    },
  };
}

/** Every word that the decisions for a caller are made of. */
export function wordsFor(caller: Caller, policy: Policy): ReadonlySet<RowCondition["is"]> {
  const sets = allRecords().flatMap((record) => [
    ...reach(caller, record, policy).rows,
    ...[...record.fields.values()].flatMap((field) => {
      const { openings, closings } = decide(caller, field, "SEE", policy);
      return [...openings, ...closings].map(({ rows }) => rows);
    }),
  ]);
  return new Set(sets.flat().map(({ is }) => is));
}
