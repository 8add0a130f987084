import { createHash } from "node:crypto";
import type { Caller } from "../../src/access/caller.js";
import { allRecords } from "../../src/access/classified.js";
import type { Policy } from "../../src/access/policy.js";
import { type ClassifiedField, fullName, type RecordType } from "../../src/access/record.js";
import { allWorkflows } from "../../src/workflow/workflow.js";
import type { Columns } from "./columns.js";
import { maskedForm, maskTwin } from "./mask-forms.js";
import { type Row, rowsOf, type Sight, sightOf, type World, wordsFor } from "./world.js";

// A second world that one caller cannot tell from the first: every cell that the caller may not see clear has another
// value (with the same masked form, where one is shown), and rows out of reach are changed, gone or new.

/** A digit string that depends on nothing but the cell: orders and ties come out differently than in the original. */
const noiseFor = (seed: string) => (length: number) =>
  BigInt(`0x${createHash("sha512").update(seed).digest("hex")}`)
    .toString()
    .slice(1, 1 + length);
const numberFor = (seed: string, below: number): number => Number(noiseFor(seed)(9)) % below;

/** Forms of which nothing changes that a check compares with another column. */
const keepsWhatIsCompared = new Set([
  ...["Procurement", "Quote", "ConfigLine", "Acceptance", "AcceptanceLine", "Allocation", "DeviceShare"],
  ...["Fault", "MaintenanceTask", "ScrapSheet", "Incident", "StockTake", "StockTakeLine", "Violation"],
  ...["KnownSoftware", "InstallRequest", "TrainingSession", "TrainingRecord", "SecretReview", "RenewalPlan"],
  ...["DeviceCopy", "StaffRequest", "NeedAssessment", "Objection"],
]);

/** Columns that a constraint ties to another one: their value or their being there must stay as it is. */
const tied = new Set([
  // What its record is: the id says it already.
  "FormEvent.form",
  "ServiceCase.status",
  "Customer.kind",
  "Customer.specialRole",
  "Customer.verification",
  "Customer.secrecy",
  "Customer.keeperId",
  "GrantApplication.decision",
  "Offboarding.kind",
  "Recertification.round",
  "Offboarding.toDepartment",
  "Offboarding.toPost",
  // Of these there is one each: of a device and a kind on a day, and of a procurement.
  ...["MaintenanceTask.kind", "MaintenanceTask.dueOn", "StockTakeLine.position", "Violation.rule"],
  "KnownSoftware.key",
  ...["Quote.chosen", "Quote.position", "ConfigLine.position", "AcceptanceLine.position"],
  "Consultation.windowFrom",
  "Consultation.windowTo",
  "Loan.termHours",
  "Loan.lentAt",
  "Loan.dueAt",
  "Loan.returnedToId",
  "Loan.returnCondition",
  "Disposal.method",
  "Employee.kind",
  "Grant.kind",
  "GrantClass.fieldClass",
  "CopyRequest.state",
  "CopyRequest.forOutside",
  "CopyRequest.disclosureId",
  "CopyRequest.measures",
  "CopyRequest.receipt",
  ...["CopyRequest.medium", "CopyRequest.deviceId", "CopyRequest.keptUntil", "Loan.deviceId"],
  "ExternalDisclosure.state",
  "ExternalDisclosure.channel",
  "ExternalDisclosure.consentGivenBy",
  "ExternalDisclosure.supervisorId",
  "ExternalDisclosure.managerId",
  "ExternalDisclosure.measures",
  "Appeal.state",
  "Appeal.headId",
  "Appeal.answer",
  "Appeal.result",
  "Appeal.groupResult",
  "Appeal.groupAnswer",
  "Appeal.openedId",
  "TierPolicy.basedOn",
  "TierPolicy.version",
  "TierPolicy.effectiveFrom",
  // What has been adopted decides on what everybody sees, and is told to everybody.
  "TierPolicy.content",
]);
/** A form goes from state to state as its table says: its state in another world is none of these. */
const statesOfForms = (): ReadonlySet<string> => new Set(allWorkflows().map(({ name }) => `${name}.state`));
const presenceTied = /At$|ById$|idType|validTo|commitmentUntil|reviewerNotes|objection|deviceNo/;

/** Columns that say which rows are in whose reach, or which row belongs to which. */
function structural(record: RecordType, words: ReadonlySet<string>): ReadonlySet<string> {
  const columns = new Set(["id", ...record.partOf.map(({ key }) => key)]);
  for (const [word, test] of Object.entries(record.rows)) {
    if (!words.has(word)) continue;
    if (test === "secrecyAndKeeper") columns.add("secrecy").add("keeperId");
    for (const one of typeof test === "object" && "either" in test ? test.either : [test])
      for (const part of ["column", "notNull", "through", "confidential"] as const)
        if (typeof one === "object" && part in one && !("exists" in one))
          columns.add((one as unknown as Record<string, string>)[part]!);
  }
  for (const other of allRecords())
    for (const [word, test] of Object.entries(other.rows))
      if (words.has(word) && typeof test === "object" && "exists" in test && test.exists === record.name)
        for (const name of [test.key, test.column]) if (name) columns.add(name);
  for (const { fields } of allRecords())
    for (const { value } of fields.values())
      if (value.kind === "many" && value.record() === record) columns.add(value.key);
  return columns;
}

/** What a field shows of a column's value where it is clear. */
const partShown = ({ value }: ClassifiedField, stored: unknown): unknown =>
  value.kind === "column" && value.part === "year" && stored !== null ? String(stored).slice(0, 4) : stored;

function shownForm(field: ClassifiedField, row: Row, sight: Sight): unknown {
  const { outcome } = sight.cell(field, row);
  if (outcome === "WITHHELD" || field.value.kind === "many") return null;
  const stored = "key" in field.value ? row[field.value.key] : row[field.value.column];
  if (outcome === "CLEAR") return partShown(field, stored);
  return field.value.kind === "column" ? maskedForm(field.mask, partShown(field, stored), row) : null;
}

const columnOf = ({ value }: ClassifiedField): string | null =>
  value.kind === "column" ? value.column : value.kind === "one" ? value.key : null;

/** Another row that shows the caller the same. */
function changedRow(record: RecordType, row: Row, inReach: boolean, parts: Parts): Row {
  const { columns, sight, kept, states } = parts;
  const changed: Record<string, unknown> & { id: string } = { ...row };
  for (const column of columns.of(record.name)) {
    const name = `${record.name}.${column.name}`;
    if (kept.get(record)!.has(column.name) || tied.has(name) || states.has(name)) continue;
    if (column.compared && keepsWhatIsCompared.has(record.name)) continue;
    const fields = [...record.fields.values()].filter((field) => columnOf(field) === column.name);
    const outcomes = fields.map((field) => (inReach ? sight.cell(field, row).outcome : "WITHHELD"));
    if (outcomes.includes("CLEAR") || (column.references && fields.length === 0)) continue;
    const old = row[column.name];
    const mask = fields.find(
      (_, index) => outcomes[index] === "MASKED" && fields[index]!.mask !== "hidden",
    )?.mask;
    if (mask) {
      if (typeof old === "string") changed[column.name] = maskTwin(mask, old, row, noiseFor(row.id + name));
      continue;
    }
    changed[column.name] = columns.another(record.name, column, old, {
      number: (below) => numberFor(row.id + name, below),
      noise: noiseFor(row.id + name),
      mayVanish: column.nullable && !presenceTied.test(column.name) && !column.type.endsWith("[]"),
      mayAppear:
        column.nullable &&
        !presenceTied.test(column.name) &&
        !column.references &&
        // A number of no document: what a tombstone would have.
        !(column.name === "idNumber" && row.idType === null),
    });
  }
  return changed;
}

interface Parts {
  readonly columns: Columns;
  readonly sight: Sight;
  readonly kept: ReadonlyMap<RecordType, ReadonlySet<string>>;
  readonly states: ReadonlySet<string>;
}

const addable = new Set(["Customer", "Order", "Transaction", "ServiceCase", "BankAccount", "Dossier"]);

export interface Twin {
  readonly world: World;
  /** How many cells differ, by field or column; rows gone and new by type. */
  readonly differences: ReadonlyMap<string, number>;
}

/** The twin of a world for one caller. */
export function twinOf(world: World, caller: Caller, policy: Policy, columns: Columns): Twin {
  const sight = sightOf(caller, policy, world);
  const words = wordsFor(caller, policy);
  const kept = new Map(allRecords().map((record) => [record, structural(record, words)]));
  const states = statesOfForms();
  const differences = new Map<string, number>();
  const differs = (what: string) => void differences.set(what, (differences.get(what) ?? 0) + 1);
  const tables = new Map<string, Map<string, Row>>();
  const outOfReach: { record: RecordType; row: Row }[] = [];
  for (const record of allRecords()) {
    const rows = new Map<string, Row>();
    tables.set(record.name, rows);
    for (const row of rowsOf(world, record)) {
      const inReach = sight.reaches(record, row);
      if (!inReach) outOfReach.push({ record, row });
      const changed = changedRow(record, row, inReach, { columns, sight, kept, states });
      for (const name of Object.keys(row)) if (changed[name] !== row[name]) differs(`${record.name}.${name}`);
      rows.set(row.id, changed);
    }
  }
  const changesReach = (name: string) =>
    (name === "Order" && words.has("openOrders")) || (name === "Transaction" && words.has("transactions"));
  const free = outOfReach.filter(({ record }) => addable.has(record.name) && !changesReach(record.name));
  for (const { record, row } of goneRows(free, world, columns)) {
    tables.get(record.name)!.delete(row.id);
    differs(`${record.name} gone`);
  }
  for (const { record, row } of free) {
    if (numberFor(row.id, 3) > 0) continue;
    const parent = record.partOf[0];
    const original = tables.get(record.name)!.get(row.id);
    if (!original || (parent && !tables.get(parent.record().name)!.has(String(row[parent.key])))) continue;
    const id = `${record.idPrefix}_${noiseFor(`new ${row.id}`)(32)}`;
    tables.get(record.name)!.set(id, { ...original, id, ...columns.unique(record.name, noiseFor(id)) });
    differs(`${record.name} new`);
  }
  const twin = { tables, listed: world.listed, roles: world.roles };
  assertAlike(world, twin, caller, policy);
  return { world: twin, differences };
}

/** A half of the rows, as far as nothing that stays refers to them. */
function goneRows(free: readonly { record: RecordType; row: Row }[], world: World, columns: Columns) {
  const candidates = free.filter(({ row }) => numberFor(row.id, 2) === 0);
  let going = new Map(candidates.map((one) => [one.row.id, one]));
  for (;;) {
    const staying = allRecords().flatMap((record) => {
      const references = columns.of(record.name).filter(({ references }) => references);
      return rowsOf(world, record)
        .filter(({ id }) => !going.has(id))
        .flatMap((row) => references.map(({ name }) => row[name]));
    });
    const needed = new Set([...staying, ...columns.referredToFromElsewhere]);
    const next = new Map([...going].filter(([id]) => !needed.has(id)));
    if (next.size === going.size) return [...next.values()];
    going = next;
  }
}

/** The proof that the test itself is fair: the same rows are in reach, and each shows the same. */
function assertAlike(a: World, b: World, caller: Caller, policy: Policy): void {
  const [seenInA, seenInB] = [sightOf(caller, policy, a), sightOf(caller, policy, b)];
  for (const record of allRecords()) {
    const reached = (world: World, sight: Sight) =>
      rowsOf(world, record).filter((row) => sight.reaches(record, row));
    const before = reached(a, seenInA);
    const after = new Map(reached(b, seenInB).map((row) => [row.id, row]));
    if (before.length !== after.size)
      throw new Error(`The twin has other ${record.name} in reach of ${caller.staffNo}`);
    for (const row of before)
      for (const field of record.fields.values()) {
        const twin = after.get(row.id);
        const show = (sight: Sight, of: Row) =>
          JSON.stringify([sight.cell(field, of), shownForm(field, of, sight)]);
        if (!twin || show(seenInA, row) !== show(seenInB, twin))
          throw new Error(`The twin shows ${caller.staffNo} another ${fullName(field)} of ${row.id}`);
      }
  }
}
