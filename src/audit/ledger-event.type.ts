import { ID, Int } from "type-graphql";
import { classifiedColumn, classifiedFor, Record } from "../access/classified.js";
import { Device } from "../devices/device.type.js";
import type { ChainedEvent, FieldSet } from "../ledger/event.js";
import { Employee } from "../people/employee.type.js";
import { DepartmentCode } from "../people/enums.js";
import { one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { LedgerKind, LedgerOutcome } from "./ledger.enums.js";
import type { RowOf } from "./view-row.js";

/** A row of the view. */
type Row = RowOf<
  Omit<ChainedEvent, "department" | "fields" | "touches" | "prevHash" | "hash"> &
    FieldSet & { id: string; department: DepartmentCode | null; hash: string }
>;

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "What one operation read, did or was refused, and by whose right (rulebook 2.2 AuditEvent). Names, ids and codes, never a value. " +
      "Nobody changes it: each is chained to the one before, and the chains are sealed.",
    idPrefix: "led",
    governedBy: "ledger",
    defaultOrder: "at",
    rows: {
      own: { column: "principalId" satisfies keyof Row },
      department: { column: "department" satisfies keyof Row },
    },
  },
  { implements: Node },
)
export class LedgerEvent {
  @Classified("META", () => ID, { description: "Tells its place: the segment, and the place in it." })
  id!: string;

  @Classified("META", () => Int, { description: "The chain that it is part of." })
  segment?: number;

  @Classified("META", () => Int, { description: "Its place there, from 1." })
  seq?: number;

  @Classified("META", () => Instant, { description: "When it was recorded: before the answer left." })
  at?: string;

  @Classified("META", () => LedgerKind, { description: "What kind of thing it tells of." })
  kind?: LedgerKind;

  @Classified("META", () => [String] as const, {
    description:
      "The fields of the operation itself, as the schema names them; of a command or the clock, what it did.",
  })
  roots?: string[];

  @Classified("META", () => LedgerOutcome, { description: "What came of it." })
  outcome?: LedgerOutcome;

  @Classified("META", () => [String] as const, { description: "The codes of the refusals in its answer." })
  codes?: string[];

  @Classified("META", () => [String] as const, {
    description: "The codes of the conditions for which fields were masked or withheld.",
  })
  reasons?: string[];

  @One("META", () => Employee, "principalId", {
    description: "Who it was; null: nobody known, or the clock.",
  })
  person?: Employee | null;

  @Column("META", () => ID, "principalId", { description: "The id of who it was." })
  personId?: string | null;

  @Classified("META", () => DepartmentCode, { description: "Their department at the time." })
  department?: DepartmentCode | null;

  @One("META", () => Device, "deviceId", { description: "From which device; null: from none that is known." })
  device?: Device | null;

  @Classified("META", () => ID, { description: "The id of the device." })
  deviceId?: string | null;

  @Classified("DEVICE_TECHNICAL", () => String, { description: "From which address." })
  address?: string | null;

  @Classified("META", () => String, { description: "For what purpose, of those that stand on their grants." })
  purpose?: string | null;

  @Classified("META", () => [String] as const, {
    description: "The ids of the grants that opened any of it.",
  })
  grants?: string[];

  @Classified("META", () => [String] as const, {
    description: "The ids of the sensitive-use declarations that opened any of it.",
  })
  declarations?: string[];

  @Classified("META", () => Int, { description: "The version of the tier policy that it was decided by." })
  policyVersion?: number | null;

  @Classified("META", () => String, {
    description: "The id of the request, which its answer and the log bear too.",
  })
  requestId?: string;

  @Classified("META", () => [String] as const, { description: "Fields of which it showed what is stored." })
  clear?: string[];

  @Classified("META", () => [String] as const, { description: "Fields that it showed masked." })
  masked?: string[];

  @Classified("META", () => [String] as const, { description: "Fields that it asked for and was not shown." })
  withheld?: string[];

  @Classified("META", () => [String] as const, { description: "Fields that it filtered or sorted by." })
  used?: string[];

  @Classified("META", () => Int, { description: "How many customers' data it touched." })
  customers?: number;

  @Classified("META", () => String, {
    description: "SHA-256 over it and the hash of the event before it, in hexadecimal.",
  })
  hash?: string;
}

explainsItself(LedgerEvent);
