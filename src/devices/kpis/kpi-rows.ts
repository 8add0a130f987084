import { recordOf } from "../../access/classified.js";
import type { Decisions } from "../../access/decisions.js";
import type { ClassifiedField } from "../../access/record.js";
import type { Rows } from "../../access/rows.js";
import { Employee } from "../../people/employee.type.js";
import { unionToSql } from "../../reading/rows.js";
import { aliases, all, type Sql } from "../../reading/sql.js";
import { Allocation } from "../allocations/allocation.type.js";
import { Device } from "../device.type.js";
import { Fault } from "../faults/fault.type.js";
import { StockTakeLine } from "../stock-takes/stock-take.type.js";

// Nobody learns from a sum what they may not read line by line: what a KPI is made of is read under the same decisions as
// the fields themselves.

const fieldsOf = (type: new () => object, ...names: readonly string[]): readonly ClassifiedField[] =>
  names.map((name) => recordOf(type).fields.get(name)!);

/** What the KPIs are made of, by the record that says it. */
const sources = {
  device: () => fieldsOf(Device, "deviceNo", "state", "custodian", "department"),
  fault: () => fieldsOf(Fault, "device", "custodian", "department", "reportedAt", "ackAt", "confirmedAt"),
  person: () => fieldsOf(Employee, "staffNo"),
  training: () => fieldsOf(Employee, "trainingRecords"),
  line: () => fieldsOf(StockTakeLine, "device", "custodian", "matches", "countedAt"),
  allocation: () => fieldsOf(Allocation, "device", "user", "department", "acceptedAt"),
} as const;
export type Source = keyof typeof sources;

/** The rows on which each of these fields is clear: all of these unions hold. */
function clearRows(decisions: Decisions, fields: readonly ClassifiedField[]): (readonly Rows[])[] {
  const open = fields.map((field) =>
    decisions
      .of(field, "SEE")
      .openings.filter(({ outcome }) => outcome === "CLEAR")
      .map(({ rows }) => rows),
  );
  // Fields of one class open on the same rows, as a rule.
  return [...new Map(open.map((rows) => [JSON.stringify(rows), rows])).values()];
}

/** Whether any row of a source is open at all; the reason why not, where none is. */
export function closedFor(decisions: Decisions, source: Source) {
  const fields = sources[source]();
  const closed = fields.find((field) => decisions.of(field, "SEE").openings.length === 0);
  return closed ? decisions.of(closed, "SEE").otherwise : null;
}

/** The rows of each source that enter, as a predicate on an alias: it has the columns that the source's rows go by. */
export function enteringRows(decisions: Decisions): (source: Source, row: Sql) => Sql {
  const alias = aliases();
  return (source, row) => {
    const fields = sources[source]();
    const place = { record: fields[0]!.record, alias: row };
    // That a device has not been counted tells what counting tells: to those who may read that.
    const told = source === "allocation" ? [...fields, ...sources.line()] : fields;
    return all(clearRows(decisions, told).map((rows) => unionToSql(rows, place, alias)));
  };
}
