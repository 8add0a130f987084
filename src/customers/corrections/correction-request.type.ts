import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../../access/classified.js";
import type { CorrectionRequest as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { one, pageOf } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Instant } from "../../reading/scalars.js";
import { Customer } from "../customer.type.js";
import { CorrectionState } from "./correction.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

/** Values of the customer's field that the row names, and texts that may quote them. */
const named = { named: () => recordOf(Customer) };

@Record(
  {
    description:
      "One field of one customer that is to be corrected (S002-4.2c). Its values and texts are open where that field is clear on that customer.",
    idPrefix: "cor",
    governedBy: "grants",
    defaultOrder: "formNo",
    partOf: [{ record: () => recordOf(Customer), key: "customerId" satisfies keyof Row }],
    rows: { naming: { column: "field" satisfies keyof Row } },
  },
  { implements: Node },
)
export class CorrectionRequest {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Customer, "customerId", { description: "Whose field it is." })
  customer?: Customer | null;

  @Classified("META", () => String, { description: "The field, as `Customer.mobile`." })
  field?: string;

  @Classified("NAMED", () => String, {
    ...named,
    description: "What the field held when the correction was proposed; null where it was empty.",
  })
  oldValue?: string | null;

  @Classified("NAMED", () => String, {
    ...named,
    description: "What it is to hold, written as the field is stored; null where it is to be empty.",
  })
  newValue?: string | null;

  @Classified("NAMED", () => String, { ...named, description: "Why it is wrong as it is." })
  reason?: string;

  @Classified("NAMED", () => [String] as const, { ...named, description: "What shows it." })
  evidence?: string[];

  @Classified("NAMED", () => String, {
    ...named,
    description: "What was said on deciding on it or withdrawing it; the history has no notes.",
  })
  note?: string | null;

  @One("META", () => Employee, "proposedById", { description: "Who proposed it." })
  proposedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was proposed." })
  proposedAt?: string;

  @One("META", () => Employee, "consentedById", {
    description: "The keeper of the classified record who consented to it (rulebook 3.3).",
  })
  consentedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When the keeper consented." })
  consentedAt?: string | null;

  @One("META", () => Employee, "permittedById", {
    description: "The general manager who permitted it; TOP_SECRET records demand it (rulebook 3.3).",
  })
  permittedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was permitted." })
  permittedAt?: string | null;

  @One("META", () => Employee, "decidedById", { description: "The steward who applied or rejected it." })
  decidedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was applied or rejected." })
  decidedAt?: string | null;

  @Classified("META", () => Instant, {
    description: "By when somebody has to go on with it; null where nobody has to.",
  })
  dueAt?: string | null;

  @Classified("META", () => CorrectionState, { description: "Where it stands." })
  state?: CorrectionState;
}

explainsItself(CorrectionRequest);
pageOf<Row>()(Customer, "corrections", CorrectionRequest, {
  key: "customerId",
  description: "The corrections that were proposed of the customer's fields.",
});
