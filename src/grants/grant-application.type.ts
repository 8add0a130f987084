import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { GrantCustomer, GrantApplication as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { CustomerScope, Operation, Secrecy, Tier } from "../people/enums.js";
import { listVia, one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { ApplicationDecision, ApplicationState, GrantKind } from "./grant.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description: "The form that a grant is asked for with (S002-3.1, 3.2).",
    idPrefix: "app",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "employeeId" satisfies keyof Row },
      department: { through: "employeeId" satisfies keyof Row, record: () => recordOf(Employee) },
      approved: {
        column: "state" satisfies keyof Row,
        in: ["APPROVED", "IMPLEMENTED"] satisfies ApplicationState[],
      },
      decided: { notNull: "reviewedAt" satisfies keyof Row },
      escalated: { column: "state" satisfies keyof Row, in: ["ESCALATED"] satisfies ApplicationState[] },
    },
  },
  { implements: Node },
)
export class GrantApplication {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Employee, "employeeId", { description: "For whom it is asked." })
  employee?: Employee | null;

  @Classified("GRANT", () => GrantKind, { description: "On what occasion." })
  kind?: GrantKind;

  @Classified("GRANT", () => Tier, { description: "How far the grant is to reach." })
  tier?: Tier;

  @Classified("GRANT", () => [Operation] as const, { description: "What it is to allow." })
  operations?: Operation[];

  @Classified("GRANT", () => CustomerScope, { description: "Which customers it is to reach." })
  customerScope?: CustomerScope;

  @Classified("GRANT", () => [String] as const, { description: "Codes of the purposes that it is for." })
  purposes?: string[];

  @Classified("GRANT", () => Secrecy, { description: "Up to where it is to open classified records." })
  secrecyClearance?: Secrecy;

  @Classified("GRANT", () => Instant, {
    description: "When it is to end; null: as long as such a grant can run, from its implementation.",
  })
  validTo?: string | null;

  @Classified("GRANT", () => String, { description: "Why it is needed." })
  reason?: string;

  @Classified("GRANT", () => String, {
    description: "Why what was granted is to change; null on the first form.",
  })
  changeReason?: string | null;

  @Classified("GRANT", () => Boolean, { description: "Whether the form bears the department's seal." })
  unitSeal?: boolean;

  @One("META", () => Employee, "signedById", { description: "Who signed it: the head of the department." })
  signedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was signed." })
  signedAt?: string | null;

  @One("META", () => Employee, "reviewedById", { description: "Who of administration decided." })
  reviewedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was decided." })
  reviewedAt?: string | null;

  @Classified("GRANT", () => ApplicationDecision, { description: "What was decided." })
  decision?: ApplicationDecision | null;

  @Classified("GRANT", () => String, {
    description:
      "The reviewer's notes: never for the grantee, and for the head of the department once it is decided.",
  })
  reviewerNotes?: string | null;

  @One("META", () => Employee, "decidedById", { description: "Who recorded the decision of the group." })
  decidedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When the group's decision was recorded." })
  decidedAt?: string | null;

  @One("META", () => Employee, "implementedById", { description: "Who of technology put it into effect." })
  implementedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was put into effect." })
  implementedAt?: string | null;

  @Classified("META", () => Instant, {
    description: "By when somebody has to go on with it; null where nobody has to.",
  })
  dueAt?: string | null;

  @Classified("META", () => ApplicationState, { description: "Where it stands." })
  state?: ApplicationState;
}

explainsItself(GrantApplication);
listVia(
  GrantApplication,
  "customerList",
  Customer,
  { table: "GrantCustomer", here: "applicationId", there: "customerId" } satisfies {
    table: string;
    here: keyof GrantCustomer;
    there: keyof GrantCustomer;
  },
  { fieldClass: "GRANT", description: "The customers of a CASE_LIST, of those in your reach." },
);
