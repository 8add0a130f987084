import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../../access/classified.js";
import type { DisposalCustomer, Disposal as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { listVia, one } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Instant } from "../../reading/scalars.js";
import { Customer } from "../customer.type.js";
import { DisposalMethod, DisposalState } from "./disposal.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description: "A batch of customers whose data is to be destroyed (S000-4.3b, S004-P5-25).",
    idPrefix: "dsp",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "proposedById" satisfies keyof Row },
      department: { through: "proposedById" satisfies keyof Row, record: () => recordOf(Employee) },
    },
  },
  { implements: Node },
)
export class Disposal {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @Classified("GRANT", () => DisposalMethod, { description: "How the material is destroyed." })
  method?: DisposalMethod;

  @Classified("GRANT", () => String, { description: "Why; emptied when the batch is destroyed." })
  reason?: string;

  @Classified("GRANT", () => String, {
    description: "What was said on refusing or withdrawing it; the history has no notes.",
  })
  note?: string | null;

  @One("META", () => Employee, "proposedById", { description: "Who proposed it." })
  proposedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was proposed." })
  proposedAt?: string;

  @One("META", () => Employee, "witnessedById", { description: "The second person." })
  witnessedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was witnessed." })
  witnessedAt?: string | null;

  @One("META", () => Employee, "decidedById", { description: "Who approved or refused it." })
  decidedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was approved or refused." })
  decidedAt?: string | null;

  @One("META", () => Employee, "destroyedById", { description: "Who carried it out: proposer or witness." })
  destroyedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was carried out." })
  destroyedAt?: string | null;

  @Classified("META", () => Instant, {
    description: "By when somebody has to go on with it; null where nobody has to.",
  })
  dueAt?: string | null;

  @Classified("META", () => DisposalState, { description: "Where it stands." })
  state?: DisposalState;
}

explainsItself(Disposal);
listVia(
  Disposal,
  "customers",
  Customer,
  { table: "DisposalCustomer", here: "disposalId", there: "customerId" } satisfies {
    table: string;
    here: keyof DisposalCustomer;
    there: keyof DisposalCustomer;
  },
  { fieldClass: "GRANT", description: "The customers of the batch, of those in your reach." },
);
