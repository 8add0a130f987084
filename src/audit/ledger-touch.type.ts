import { ID, Int } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { FieldSet, Touch } from "../ledger/event.js";
import { one, pageOf } from "../reading/edges.js";
import { LedgerEvent } from "./ledger-event.type.js";
import type { RowOf } from "./view-row.js";

/** A row of the view. */
type Row = RowOf<
  Omit<Touch, "fields"> & Omit<FieldSet, "used"> & { id: string; eventId: string; position: number }
>;

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record({
  description:
    "One record that an operation touched: what it read of it, or the step that it took of a form.",
  governedBy: "ledger",
  defaultOrder: "position",
  partOf: [{ record: () => recordOf(LedgerEvent), key: "eventId" satisfies keyof Row }],
  leavesLook: false,
})
export class LedgerTouch {
  @Classified("META", () => ID, { description: "Its event and its place there." })
  id!: string;

  @Classified("META", () => Int, { description: "Its place in the event, from 0." })
  position?: number;

  @Classified("META", () => String, { description: "The type of the record." })
  record?: string;

  @Classified("META", () => ID, { description: "The id of the record." })
  recordId?: string;

  @One("META", () => Customer, "customerId", {
    description: "The customer whose data it is, where you reach them; null: it is nobody's.",
  })
  customer?: Customer | null;

  @Classified("META", () => ID, { description: "The id of that customer." })
  customerId?: string | null;

  @Classified("META", () => String, {
    description: "The step: `SUBMITTED approve APPROVED`; null: it was only read.",
  })
  step?: string | null;

  @Classified("META", () => [String] as const, { description: "Fields that were shown as they are stored." })
  clear?: string[];

  @Classified("META", () => [String] as const, { description: "Fields that were shown masked." })
  masked?: string[];

  @Classified("META", () => [String] as const, { description: "Fields that were asked for and not shown." })
  withheld?: string[];
}

pageOf<Row>()(LedgerEvent, "touched", LedgerTouch, {
  key: "eventId",
  description: "The records that it touched.",
});
