import { constant, empty, type Sql, sql } from "../../reading/sql.js";
import { overall, toAcknowledge } from "../faults/fault-terms.js";
import type { DeviceKpiGrouping } from "./device-kpis.type.js";
import type { Period } from "./kpi-period.js";
import type { Source } from "./kpi-rows.js";
import { dayOfSql, workedUntil } from "./working-time.js";

export interface Asked {
  readonly period: Period;
  readonly by: DeviceKpiGrouping;
  readonly first: number;
  readonly after: string | null;
}

const hour = 3_600_000;

/** What a piece of time, a fault, a counted line and an allocation are counted for. */
const groups: Readonly<Record<DeviceKpiGrouping, Readonly<Record<"key" | "fault" | "line" | "given", Sql>>>> =
  {
    DEVICE: {
      key: sql`p."id"`,
      fault: sql`o."deviceId"`,
      line: sql`l."deviceId"`,
      given: sql`a."deviceId"`,
    },
    EMPLOYEE: {
      key: sql`p."custodianId"`,
      fault: sql`o."custodianId"`,
      line: sql`l."custodianId"`,
      given: sql`a."userId"`,
    },
    DEPARTMENT: {
      key: sql`p."departmentCode"::text`,
      fault: sql`o."departmentCode"::text`,
      line: sql`k."departmentCode"::text`,
      given: sql`a."departmentCode"::text`,
    },
  };

/** All KPIs in one statement, as JSON in one text column: whatever the number of devices. */
export function kpiStatement(
  { period, by, first, after }: Asked,
  days: Sql,
  enters: (source: Source, row: Sql) => Sql,
): Sql {
  const { key, fault, line, given } = groups[by];
  return sql`WITH days AS MATERIALIZED (${days}),
    pieces AS MATERIALIZED (${pieces(period, enters)}),
    outages AS MATERIALIZED (${outages(period, enters)}),
    counted AS (
      SELECT ${key} AS "key", CASE p."mode" WHEN 'USED' THEN ${workedUntil(sql`p."until"`, sql`u`)} - ${workedUntil(sql`p."since"`, sql`s`)} ELSE 0 END AS "scheduled",
        0::int8 AS "down", CASE p."mode" WHEN 'IDLE' THEN ${lasted(sql`p."since"`, sql`p."until"`)} ELSE 0 END AS "idle",
        ${lasted(sql`p."since"`, sql`p."until"`)} AS "there",
        0 AS "reported", 0 AS "acknowledged", 0::int8 AS "toAcknowledge", 0 AS "confirmed", 0::int8 AS "toConfirm", 0 AS "over",
        0 AS "counted", 0 AS "matching", 0 AS "uncounted"
      FROM pieces p ${withDays(period, sql`p."since"`, sql`p."until"`)}
      UNION ALL
      SELECT ${key}, 0, ${workedUntil(endOfOutage(period), sql`u`)} - ${workedUntil(sql`greatest(p."since", o."since")`, sql`s`)},
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      FROM pieces p JOIN outages o ON o."deviceId" = p."id" AND o."since" < p."until"
        AND coalesce(o."until", ${period.to}) > p."since"
      ${withDays(period, sql`greatest(p."since", o."since")`, endOfOutage(period))} WHERE p."mode" = 'USED'
      UNION ALL
      SELECT ${fault}, 0, 0, 0, 0, ${faultColumns(period)}, 0, 0, 0
      FROM outages o ${withDays(period, sql`o."since"`, sql`${period.to}::timestamptz`)}
      UNION ALL
      SELECT ${line}, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, l."matches"::int4, 0
      FROM "StockTakeLine" l JOIN "StockTake" k ON k."id" = l."stockTakeId"
      WHERE l."countedAt" >= ${period.from} AND l."countedAt" < ${period.to} AND ${enters("line", sql`l`)}
      UNION ALL
      SELECT ${given}, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
      FROM "Allocation" a WHERE ${uncounted(period)} AND ${enters("allocation", sql`a`)}
    ),
    holding AS MATERIALIZED (
      SELECT DISTINCT ${key} AS "key", t."id", t."isTrained"
      FROM pieces p JOIN (${holders(period, enters)}) t ON t."id" = p."custodianId" WHERE p."until" = ${period.to}
    ),
    sums AS MATERIALIZED (
      SELECT "key", grouping("key") AS "whole", sum("scheduled") AS "scheduled", sum("down") AS "down", sum("idle") AS "idle",
        sum("there") AS "there", sum("reported") AS "reported", sum("acknowledged") AS "acknowledged",
        sum("toAcknowledge") AS "toAcknowledge", sum("confirmed") AS "confirmed", sum("toConfirm") AS "toConfirm",
        sum("over") AS "over", sum("counted") AS "counted", sum("matching") AS "matching", sum("uncounted") AS "uncounted"
      FROM counted GROUP BY GROUPING SETS (("key"), ())
    ),
    listed AS MATERIALIZED (
      SELECT ${by === "DEPARTMENT" ? sql`NULL` : sql`g."key"`} AS "id", n."label", g.* FROM sums g
      JOIN (${labels(by, enters)}) n ON n."key" = g."key" WHERE g."whole" = 0
    )
    SELECT json_build_object(
      'total', (SELECT to_json(g) FROM (SELECT t.*, h.* FROM sums t, (
        SELECT count(DISTINCT "id") AS "holders", count(DISTINCT "id") FILTER (WHERE "isTrained") AS "trained" FROM holding) h
        WHERE t."whole" = 1) g),
      'groupCount', (SELECT count(*) FROM listed),
      'groups', (SELECT coalesce(json_agg(to_jsonb(l) || to_jsonb(h) ORDER BY l."label" COLLATE "C"), '[]') FROM (
        SELECT * FROM listed ${after === null ? empty : sql`WHERE "label" COLLATE "C" > ${after}`}
        ORDER BY "label" COLLATE "C" LIMIT ${constant(first + 1)}) l, LATERAL (
        SELECT count(*) AS "holders", count(*) FILTER (WHERE "isTrained") AS "trained" FROM holding
        WHERE holding."key" = l."key") h))::text AS "json"`;
}

/** An allocation by which somebody got a device in the period that has not been counted since. */
const uncounted = ({ from, to }: Period): Sql => sql`a."acceptedAt" >= ${from} AND a."acceptedAt" < ${to}
  AND NOT EXISTS (SELECT 1 FROM "StockTakeLine" l
    WHERE l."deviceId" = a."deviceId" AND l."countedAt" >= a."acceptedAt" AND l."countedAt" < ${to})`;

const lasted = (since: Sql, until: Sql): Sql =>
  sql`(date_part('epoch', ${until}) * 1000 - date_part('epoch', ${since}) * 1000)::int8`;

const withDays = (period: Period, since: Sql, until: Sql): Sql =>
  sql`JOIN days s ON s."no" = ${dayOfSql(since, period)} JOIN days u ON u."no" = ${dayOfSql(until, period)}`;

const endOfOutage = ({ to }: Period): Sql => sql`least(p."until", coalesce(o."until", ${to}::timestamptz))`;

/**
 * How each device stood, by its history: USED, also while it is out of order after having been in use, IDLE, or KEPT, where
 * nobody is to use it. Who gives back a device that is out of order does not use it afterwards.
 */
const turns = ({ to }: Period): Sql => sql`
  SELECT e."recordId" AS "id", e."seq", e."at", CASE
    WHEN e."to" = 'IN_USE' OR (e."to" = 'FAULTY' AND e."from" = 'IN_USE') THEN 'USED'
    WHEN e."to" = 'IDLE' OR (e."to" = 'FAULTY' AND e."from" = 'IDLE') THEN 'IDLE'
    WHEN e."to" IN ('ACCEPTED', 'STOCKED', 'CONFIGURED', 'LOST', 'WRITTEN_OFF', 'SCRAPPED') THEN 'NOT_THERE'
    ELSE 'KEPT' END AS "mode"
  FROM "FormEvent" e
  WHERE e."form" = 'Device' AND e."at" < ${to} AND e."from" IS DISTINCT FROM e."to" AND e."to" <> 'IN_REPAIR'
  UNION ALL
  SELECT a."deviceId", e."seq", e."at", 'IDLE' FROM "FormEvent" e JOIN "Allocation" a ON a."id" = e."recordId"
  WHERE e."form" = 'Allocation' AND e."action" IN ('requestTransfer', 'recall') AND e."at" < ${to}
    AND (SELECT d."to" FROM "FormEvent" d WHERE d."recordId" = a."deviceId" AND d."seq" < e."seq"
      ORDER BY d."seq" DESC LIMIT 1) IN ('FAULTY', 'IN_REPAIR')`;

/** Who had each device when: by the allocations, and from the last of them on by the register itself. */
const holdings: Sql = sql`
  SELECT a."deviceId" AS "id", a."userId" AS "custodianId", a."departmentCode", a."acceptedAt" AS "since",
    coalesce(a."endedAt", 'infinity') AS "until"
  FROM "Allocation" a WHERE a."acceptedAt" IS NOT NULL
  UNION ALL
  SELECT d."id", CASE WHEN g."next" = 'infinity' THEN d."custodianId" END,
    CASE WHEN g."next" = 'infinity' THEN d."departmentCode" END, g."since", g."next"
  FROM "Device" d JOIN (
    SELECT a."deviceId", a."endedAt" AS "since",
      lead(a."acceptedAt", 1, 'infinity') OVER (PARTITION BY a."deviceId" ORDER BY a."acceptedAt") AS "next"
    FROM "Allocation" a WHERE a."acceptedAt" IS NOT NULL) g ON g."deviceId" = d."id" AND g."since" < g."next"
  UNION ALL
  SELECT d."id", CASE WHEN f."next" IS NULL THEN d."custodianId" END, CASE WHEN f."next" IS NULL THEN d."departmentCode" END,
    '-infinity', coalesce(f."next", 'infinity')
  FROM "Device" d LEFT JOIN (
    SELECT a."deviceId", min(a."acceptedAt") AS "next" FROM "Allocation" a GROUP BY 1) f ON f."deviceId" = d."id"`;

/** The time in the period, cut where a device changes hands or how it stands: each piece a device as it was then. */
const pieces = (period: Period, enters: (source: Source, row: Sql) => Sql): Sql => sql`
  SELECT * FROM (
    SELECT h."id", h."custodianId", h."departmentCode", t."mode", greatest(t."since", h."since") AS "since",
      least(t."until", h."until") AS "until"
    FROM (
      SELECT "id", "mode", greatest("at", ${period.from}) AS "since",
        lead("at", 1, ${period.to}) OVER (PARTITION BY "id" ORDER BY "seq") AS "until"
      FROM (${turns(period)}) turned) t
    JOIN (${holdings}) h ON h."id" = t."id" AND h."since" < t."until" AND h."until" > t."since"
    WHERE t."mode" <> 'NOT_THERE' AND t."since" < t."until") p
  WHERE ${enters("device", sql`p`)}`;

/** From each report or reopening on: when it was acknowledged, confirmed, and over. */
const outages = ({ to }: Period, enters: (source: Source, row: Sql) => Sql): Sql => sql`
  SELECT "deviceId", "custodianId", "departmentCode", min("at") FILTER (WHERE "begins") AS "since",
    min("at") FILTER (WHERE "action" = 'acknowledge') AS "ackAt",
    min("at") FILTER (WHERE "action" = 'confirm') AS "confirmedAt",
    min("at") FILTER (WHERE "action" IN ('confirm', 'giveUp', 'close')) AS "until"
  FROM (
    SELECT f."id", f."deviceId", f."custodianId", f."departmentCode", e."action", e."at",
      e."action" IN ('report', 'reopen') AS "begins",
      count(*) FILTER (WHERE e."action" IN ('report', 'reopen')) OVER (PARTITION BY f."id" ORDER BY e."seq") AS "no"
    FROM "Fault" f JOIN "FormEvent" e ON e."recordId" = f."id" AND e."at" < ${to}
    WHERE f."state" <> 'WITHDRAWN' AND ${enters("fault", sql`f`)}) e
  GROUP BY "id", "deviceId", "custodianId", "departmentCode", "no"`;

/** Persons whose trainings are open, and whether these were valid at the end: all three topics, in one record or in several. */
const holders = ({ to }: Period, enters: (source: Source, row: Sql) => Sql): Sql => sql`
  SELECT q."id", coalesce(v."topics", 0) = 3 AS "isTrained" FROM "Employee" q LEFT JOIN (
    SELECT r."employeeId", count(DISTINCT topic) AS "topics" FROM "TrainingRecord" r CROSS JOIN unnest(r."topics") topic
    WHERE r."state" IN ('PASSED', 'EXPIRED') AND r."expiresAt" > ${to} AND coalesce(r."evaluatedAt", r."heldAt") <= ${to}
    GROUP BY 1) v ON v."employeeId" = q."id"
  WHERE ${enters("training", sql`q`)}`;

function faultColumns({ from, to }: Period): Sql {
  const within = (instant: Sql): Sql => sql`coalesce(${instant} >= ${from}, FALSE)`;
  const late = sql`(o."ackAt" IS NULL AND ${workedUntil(sql`${to}::timestamptz`, sql`u`)} - ${workedUntil(sql`o."since"`, sql`s`)} >= ${constant(toAcknowledge.workingHours * hour)}
    OR u."daysBefore" - s."daysBefore" - (s."worked" > 0)::int4 >= ${constant(overall.workingDays)})`;
  return sql`(${within(sql`o."since"`)})::int4, (${within(sql`o."ackAt"`)})::int4,
    CASE WHEN ${within(sql`o."ackAt"`)} THEN ${lasted(sql`o."since"`, sql`o."ackAt"`)} ELSE 0 END,
    (${within(sql`o."confirmedAt"`)})::int4,
    CASE WHEN ${within(sql`o."confirmedAt"`)} THEN ${lasted(sql`o."since"`, sql`o."confirmedAt"`)} ELSE 0 END,
    (o."until" IS NULL AND ${late})::int4`;
}

/** What each group is called, of those in reach. */
function labels(by: DeviceKpiGrouping, enters: (source: Source, row: Sql) => Sql): Sql {
  if (by === "DEVICE")
    return sql`SELECT d."id" AS "key", d."deviceNo" AS "label" FROM "Device" d
      WHERE d."deviceNo" IS NOT NULL AND ${enters("device", sql`d`)}`;
  if (by === "EMPLOYEE")
    return sql`SELECT q."id" AS "key", q."staffNo" AS "label" FROM "Employee" q WHERE ${enters("person", sql`q`)}`;
  return sql`SELECT c."code"::text AS "key", c."code"::text AS "label" FROM "Department" c`;
}
