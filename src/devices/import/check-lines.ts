import { recordOf } from "../../access/classified.js";
import type { Rows } from "../../access/rows.js";
import { cellsOf, hasMoreCells } from "../../csv/cells-of.js";
import { readCell } from "../../csv/read-cell.js";
import type { Row } from "../../csv/read-rows.js";
import { Employee } from "../../people/employee.type.js";
import type { Problem, Reader } from "../../reading/form.js";
import { idsInReach, type WriteContext } from "../../reading/writable-rows.js";
import { changedBy } from "../correction.js";
import { Device } from "../device.type.js";
import { stockProblems } from "../device-form.js";
import { usualMaintenanceDays } from "../maintenance/usual-maintenance.js";
import { forbiddenAmong, forbiddenProblem } from "../software/forbidden-software.js";
import { notWhereItStands } from "../where-it-stands.js";
import { heedForms } from "./heed-forms.js";
import type { Found, Line } from "./line.js";
import { type Rights, ruleOf } from "./may-import.js";
import { kindWords, type RegisterColumns } from "./register-columns.js";

export interface LineContext extends WriteContext {
  readonly columns: RegisterColumns;
  readonly rights: Rights;
  /** What stands in cells that are empty. */
  readonly empty: string | undefined;
}

interface ReadLine {
  readonly line: number;
  readonly deviceNo: string;
  /** The version that the list was made of. */
  readonly version: number | undefined;
  readonly values: Record<string, unknown>;
  readonly problems: Problem[];
}

/** Checks some lines by themselves, against the lines before, whose numbers `lineOf` keeps, and against the register. */
export async function checkLines(
  context: LineContext,
  rows: readonly Row[],
  lineOf: Map<string, number>,
): Promise<Line[]> {
  const read = rows.map((row) => readLine(context, row));
  for (const { line, deviceNo, problems } of read) {
    const earlier = lineOf.get(deviceNo);
    if (earlier !== undefined)
      problems.push({ field: "deviceNo", code: "DUPLICATE", reason: `Line ${earlier} has this number.` });
    else if (deviceNo !== "") lineOf.set(deviceNo, line);
  }
  await findCustodians(context, read);
  await findForbidden(context, read);
  const found = await devicesNumbered(
    context,
    read.map(({ deviceNo }) => deviceNo),
  );
  const correctable = await correctableOn(
    context,
    [...found.values()].map(({ id }) => id),
  );
  const lines = read.map((one): Line => {
    const device = found.get(one.deviceNo) ?? null;
    return device ? correction(context, one, device, correctable) : newDevice(context, one);
  });
  return settleChanges(context, lines, read);
}

function readLine({ columns, empty, decisions }: LineContext, row: Row): ReadLine {
  const { fields } = recordOf(Device);
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const bad = (field: string, reason: string) => problems.push({ field, code: "BAD_USER_INPUT", reason });
  if (hasMoreCells(row, columns)) bad("", "The row has more cells than the header.");
  for (const [name, cell] of cellsOf(row, columns, empty)) {
    // An edge is filled by the staff number of whom it points at.
    const written =
      name === "custodian" ? { value: cell.trim() } : readCell(fields.get(name)!, cell, kindWords);
    if ("reason" in written) bad(name, written.reason);
    else {
      const rule = ruleOf(name);
      const reading = rule ? (rule.read as Reader<unknown>)(written.value, decisions.caller.now) : written;
      if ("reason" in reading) bad(name, reading.reason);
      else values[name] = reading.value;
    }
  }
  const { deviceNo, version, ...given } = values as { deviceNo?: string; version?: number };
  if (deviceNo === undefined && problems.every(({ field }) => field !== "deviceNo"))
    problems.push({ field: "deviceNo", code: "FORM_INCOMPLETE", reason: "It is missing." });
  return { line: row.line, deviceNo: deviceNo ?? "", version, values: given, problems };
}

/** Puts the id of the person in the place of a staff number: of those whom the caller reaches. */
async function findCustodians({ db, decisions }: LineContext, lines: readonly ReadLine[]): Promise<void> {
  const staffNos = lines.flatMap(({ values }) => (values.custodian ? [String(values.custodian)] : []));
  if (staffNos.length === 0) return;
  const people = await db.employee.findMany({
    where: { staffNo: { in: staffNos }, status: { not: "LEFT" } },
    select: { id: true, staffNo: true },
  });
  const ids = people.map(({ id }) => id);
  const reached = await idsInReach(db, Employee, ids, decisions.reach(recordOf(Employee)).rows);
  const idOf = new Map(
    people.flatMap(({ id, staffNo }) => (reached.has(id) ? [[staffNo, id] as const] : [])),
  );
  for (const { values, problems } of lines) {
    if (!values.custodian) continue;
    const id = idOf.get(String(values.custodian));
    if (id) values.custodian = id;
    else
      problems.push({
        field: "custodian",
        code: "NOT_FOUND",
        reason: "Nobody at work has this staff number.",
      });
  }
}

/** No file of a device says that forbidden software is on it (S001-P1-3.2.4). */
async function findForbidden({ db }: LineContext, lines: readonly ReadLine[]): Promise<void> {
  const softwareOf = ({ values }: ReadLine) => (values.software ?? []) as readonly string[];
  const forbidden = new Set(await forbiddenAmong(db, lines.flatMap(softwareOf)));
  if (forbidden.size === 0) return;
  for (const line of lines) {
    const found = softwareOf(line).filter((name) => forbidden.has(name));
    if (found.length > 0) line.problems.push(forbiddenProblem("software", found));
  }
}

/** The devices with these numbers, of those whose numbers the caller sees. */
async function devicesNumbered(
  { db, decisions }: LineContext,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, Found>> {
  const devices = await db.device.findMany({
    where: { deviceNo: { in: [...numbers] } },
    select: {
      ...{ id: true, deviceNo: true, version: true, state: true },
      ...{ custodianId: true, isCustomerListDevice: true, classified: true, idleSince: true },
    },
  });
  const clear = decisions
    .of(recordOf(Device).fields.get("deviceNo")!, "SEE")
    .openings.flatMap(({ outcome, rows }) => (outcome === "CLEAR" ? [rows] : []));
  const seen = await idsInReach(
    db,
    Device,
    devices.map(({ id }) => id),
    clear,
  );
  return new Map(devices.filter(({ id }) => seen.has(id)).map((device) => [device.deviceNo!, device]));
}

/** Tells of a field on which of these devices the caller may correct it. */
type Correctable = (field: string, id: string) => boolean;

async function correctableOn({ db, rights }: LineContext, ids: readonly string[]): Promise<Correctable> {
  // Fields of one class open on the same rows, as a rule: one look-up for all of them.
  const reached = new Map<string, ReadonlySet<string>>();
  const keyOf = (rows: readonly Rows[]) => JSON.stringify(rows);
  for (const { correct } of rights.values())
    if (!reached.has(keyOf(correct))) reached.set(keyOf(correct), await idsInReach(db, Device, ids, correct));
  return (field, id) => reached.get(keyOf(rights.get(field)!.correct))!.has(id);
}

/** What a new device has unless the list says otherwise: of what always has a value, and how often it is maintained. */
const usual = {
  isCustomerListDevice: true,
  classified: false,
  software: [],
  components: [],
  downtimeMinutes: 0,
  maintenanceIntervalDays: usualMaintenanceDays,
};

/** What a new device must be given: what it is, and the proof that it was stocked in or capitalised (S004-P4-24). */
function newDevice({ rights }: LineContext, { line, deviceNo, values, problems }: ReadLine): Line {
  for (const field of ["deviceNo", ...Object.keys(values)]) {
    const why = rights.get(field)!.create;
    if (why)
      problems.push({
        field,
        code: why.code,
        reason:
          field === "deviceNo"
            ? `No device that you see has this number, and to register one takes ${why.needs}.`
            : `A new device is not given it: it takes ${why.needs}.`,
      });
  }
  for (const field of ["kind", "model"])
    if (values[field] === undefined && !problems.some((problem) => problem.field === field))
      problems.push({ field, code: "FORM_INCOMPLETE", reason: "It is missing." });
  for (const problem of stockProblems(values)) problems.push({ ...problem, code: "FORM_INCOMPLETE" });
  return {
    line,
    deviceNo,
    outcome: "CREATED",
    device: null,
    values: { ...usual, ...values },
    left: [],
    problems,
  };
}

function correction(
  { rights }: LineContext,
  { line, deviceNo, values, problems }: ReadLine,
  device: Found,
  correctable: Correctable,
): Line {
  const corrects: Record<string, unknown> = {};
  const left: string[] = [];
  for (const [field, value] of Object.entries(values)) {
    const { correct, create, whyNotCorrect } = rights.get(field)!;
    // They see it on every device, and may change it on some.
    if (field === "classified" && value === device.classified) continue;
    if (correctable(field, device.id)) corrects[field] = value;
    // It was theirs to give when the device was new: the same list may come again.
    else if (correct.length === 0 && !create) left.push(field);
    else problems.push({ field, code: whyNotCorrect.code, reason: `It takes ${whyNotCorrect.needs}.` });
  }
  return { line, deviceNo, outcome: "CORRECTED", device, values: corrects, left, problems };
}

/**
 * Corrections that change nothing are none; the others heed open forms and where the device stands, and must be of the
 * version that the list was made of, where it says so.
 */
async function settleChanges(
  { db }: LineContext,
  lines: readonly Line[],
  read: readonly ReadLine[],
): Promise<Line[]> {
  for (const [{ problems }, problem] of await heedForms(db, lines)) problems.push(problem);
  const changed = await changedBy(
    db,
    lines.flatMap(({ device, values, problems }) =>
      device && problems.length === 0 ? [{ id: device.id, values }] : [],
    ),
  );
  return lines.map((line, at): Line => {
    const { device, problems } = line;
    if (!device || problems.length > 0) return line;
    const fields = changed.get(device.id);
    if (!fields) return { ...line, outcome: "UNCHANGED" };
    problems.push(...notWhereItStands(device, line, fields));
    const { version } = read[at]!;
    if (version !== undefined && version !== device.version)
      problems.push({
        field: "version",
        code: "WRONG_STATE",
        reason: "The device has changed since the list was made.",
      });
    return line;
  });
}
