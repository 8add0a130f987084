import type { Branch } from "./branches.js";
import { type ClassifiedField, fullName, type RecordType } from "./record.js";
import type { Outcome } from "./vocabulary.js";

/** What was decided for the fields of a record that an operation looked at, as full names (`Customer.mobile`), sorted. */
export interface FieldsSeen {
  readonly clear: readonly string[];
  readonly masked: readonly string[];
  readonly withheld: readonly string[];
}

/** One record that an operation has read, for the ledger: which, whose, and what of it; never a value. */
export interface Look {
  readonly record: string;
  readonly id: string;
  /** The customer whose record it is; null: nobody's. */
  readonly customer: string | null;
  readonly fields: FieldsSeen;
}

/** What opened the fields of a row, by id. */
export interface OpenedBy {
  readonly grants: readonly string[];
  readonly declarations: readonly string[];
}

/** A step that was taken of a form. */
export interface StepTaken {
  readonly record: string;
  readonly id: string;
  /** `SUBMITTED approve APPROVED`; a dash stands for nowhere. */
  readonly step: string;
}

/** Collects what one operation does, for the ledger. */
export interface Footprint {
  note(look: Look, opened: OpenedBy): void;
  /** Steps that are committed. */
  took(steps: readonly StepTaken[]): void;
  /** Its arguments use this field, by its full name. */
  uses(field: string): void;
  /** Whoever it turned out to be, of those who sign in. */
  isBy(employeeId: string): void;
  /** Each record once, whatever the paths to it, in the order of the first look. */
  looks(): readonly Look[];
  /** Whatever opened any of it. */
  opened(): OpenedBy;
  readonly steps: readonly StepTaken[];
  readonly used: ReadonlySet<string>;
  readonly by: string | null;
}

export function newFootprint(): Footprint {
  const byRecord = new Map<string, Look>();
  const grants = new Set<string>();
  const declarations = new Set<string>();
  const steps: StepTaken[] = [];
  const used = new Set<string>();
  let by: string | null = null;
  return {
    note(look, opened) {
      for (const id of opened.grants) grants.add(id);
      for (const id of opened.declarations) declarations.add(id);
      const key = `${look.record} ${look.id}`;
      const known = byRecord.get(key);
      if (known?.fields === look.fields) return;
      byRecord.set(key, known ? { ...known, fields: both(known.fields, look.fields) } : look);
    },
    took(more) {
      for (const step of more) steps.push(step);
    },
    uses: (field) => void used.add(field),
    isBy(employeeId) {
      by = employeeId;
    },
    looks: () => [...byRecord.values()],
    opened: () => ({ grants: [...grants].sort(), declarations: [...declarations].sort() }),
    steps,
    used,
    get by() {
      return by;
    },
  };
}

/** What was decided for one field of a row. */
type Seen = Pick<Branch, "outcome" | "grant" | "declaration"> & { readonly field: ClassifiedField };

/** What was seen of the fields of a row, and what opened them. */
export function fieldsSeen(cells: readonly Seen[]): { fields: FieldsSeen; opened: OpenedBy } {
  const names: Record<Outcome, Set<string>> = { CLEAR: new Set(), MASKED: new Set(), WITHHELD: new Set() };
  for (const { field, outcome } of cells) names[outcome].add(fullName(field));
  const ids = (of: "grant" | "declaration") => [...new Set(cells.flatMap((cell) => cell[of] ?? []))];
  return {
    fields: seen(names.CLEAR, names.MASKED, names.WITHHELD),
    opened: { grants: ids("grant"), declarations: ids("declaration") },
  };
}

const both = (a: FieldsSeen, b: FieldsSeen): FieldsSeen =>
  seen(
    new Set([...a.clear, ...b.clear]),
    new Set([...a.masked, ...b.masked]),
    new Set([...a.withheld, ...b.withheld]),
  );

const seen = (clear: Set<string>, masked: Set<string>, withheld: Set<string>): FieldsSeen => ({
  clear: [...clear].sort(),
  masked: [...masked].sort(),
  withheld: [...withheld].sort(),
});

/** The column of a record type that says whose customer data it is; undefined: it is no customer's. */
export function customerColumn(record: RecordType): string | undefined {
  const { customers } = record.rows;
  if (typeof customers === "object" && "column" in customers) return customers.column;
  const pointing = [
    ...record.partOf.map(({ record: whole, key }) => ({ whole: whole(), key })),
    ...[...record.fields.values()].flatMap(({ value }) =>
      value.kind === "one" ? [{ whole: value.record(), key: value.key }] : [],
    ),
  ];
  return pointing.find(({ whole }) => isCustomer(whole))?.key;
}

const isCustomer = ({ rows: { customers } }: RecordType): boolean =>
  typeof customers === "object" && "column" in customers && customers.column === "id";
