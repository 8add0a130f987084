import { ID } from "type-graphql";
import { classifiedColumn, classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { SensitiveUse as Row, SensitiveUseCustomer } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { listVia, one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { SensitiveUseState } from "./grant.enums.js";
import { Grant } from "./grant.type.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "A declaration that opens FINANCIAL and PRIVATE fields of named customers for a time (S002-3.3b).",
    idPrefix: "use",
    governedBy: "grant",
    rows: {
      own: { column: "declaredById" satisfies keyof Row },
      department: { through: "declaredById" satisfies keyof Row, record: () => recordOf(Employee) },
    },
  },
  { implements: Node },
)
export class SensitiveUse {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("META", () => Employee, "declaredById", { description: "Who declares it." })
  declaredBy?: Employee | null;

  @One("META", () => Grant, "grantId", { description: "The grant that it is made under." })
  grant?: Grant | null;

  @Classified("GRANT", () => String, { description: "What the data is used for." })
  purpose?: string;

  @Classified("GRANT", () => [String] as const, { description: "The fields, as `Customer.idNumber`." })
  fields?: string[];

  @Classified("GRANT", () => Boolean, {
    description: "Whether it names every customer in the grant's scope (finance, rulebook 3.2).",
  })
  standing?: boolean;

  @Classified("GRANT", () => Instant, { description: "From when on the fields are open." })
  plannedFrom?: string;

  @Classified("GRANT", () => Instant, { description: "From when on they are closed again." })
  plannedUntil?: string;

  @Classified("META", () => Instant, { description: "When it was filed." })
  filedAt?: string | null;

  @One("META", () => Employee, "acknowledgedById", { description: "Who of administration acknowledged it." })
  ackBy?: Employee | null;

  @Column("META", () => Instant, "acknowledgedAt", { description: "When it was acknowledged." })
  ackAt?: string | null;

  @One("META", () => Employee, "objectedById", { description: "Who of administration objected to it." })
  objectedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was objected to." })
  objectedAt?: string | null;

  @Classified("GRANT", () => String, {
    description: "Why administration objected, for the declarer and the head of the department.",
  })
  objection?: string | null;

  @Classified("META", () => Instant, {
    description: "By when somebody has to go on with it; null where nobody has to.",
  })
  dueAt?: string | null;

  @Classified("META", () => Instant, { description: "When it was returned." })
  returnedAt?: string | null;

  @Classified("GRANT", () => String, { description: "What the declarer says on returning it." })
  returnNote?: string | null;

  @Classified("META", () => SensitiveUseState, { description: "Where it stands." })
  state?: SensitiveUseState;
}

explainsItself(SensitiveUse);
listVia(
  SensitiveUse,
  "customers",
  Customer,
  { table: "SensitiveUseCustomer", here: "declarationId", there: "customerId" } satisfies {
    table: string;
    here: keyof SensitiveUseCustomer;
    there: keyof SensitiveUseCustomer;
  },
  { fieldClass: "GRANT", description: "The customers whose fields are opened, of those in your reach." },
);
