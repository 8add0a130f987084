import { ID, Int } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { GrantApplication as ApplicationRow, GrantCustomer, Grant as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { CustomerScope, Operation, Secrecy, Tier } from "../people/enums.js";
import { listVia, one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { GrantKind, GrantState } from "./grant.enums.js";
import { GrantApplication } from "./grant-application.type.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description: "What somebody may see and do with customer data, and how long (rulebook 2.2, 3.1).",
    idPrefix: "gra",
    governedBy: "grant",
    rows: {
      own: { column: "granteeId" satisfies keyof Row },
      department: { through: "granteeId" satisfies keyof Row, record: () => recordOf(Employee) },
      approved: "always",
    },
  },
  { implements: Node },
)
export class Grant {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("META", () => Employee, "granteeId", { description: "To whom it is given." })
  grantee?: Employee | null;

  @Classified("GRANT", () => GrantKind, { description: "On what occasion it was given." })
  kind?: GrantKind;

  @Classified("GRANT", () => Tier, { description: "How far it reaches." })
  tier?: Tier;

  @Classified("GRANT", () => [Operation] as const, { description: "What it allows to do." })
  operations?: Operation[];

  @Classified("GRANT", () => CustomerScope, { description: "Which customers it reaches." })
  customerScope?: CustomerScope;

  @Classified("GRANT", () => [String] as const, {
    description: "Codes of the purposes that it is for; empty: it demands none.",
  })
  purposes?: string[];

  @Classified("GRANT", () => Secrecy, { description: "Up to where it opens classified records." })
  secrecyClearance?: Secrecy;

  @Classified("GRANT", () => Instant, { description: "From when on it opens anything." })
  validFrom?: string;

  @Classified("GRANT", () => Instant, { description: "From when on it opens nothing any more." })
  validTo?: string;

  @Classified("META", () => GrantState, { description: "Where it stands." })
  state?: GrantState;

  @Classified("META", () => Int, { description: "The version of the tier policy that it was given under." })
  policyVersion?: number;

  @One("META", () => Employee, "suspendedById", { description: "Who of administration held it up last." })
  suspendedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was held up last." })
  suspendedAt?: string | null;

  @One("META", () => Employee, "settledById", { description: "Who restored it, or took it back." })
  settledBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was restored or taken back." })
  settledAt?: string | null;

  @Classified("META", () => Instant, { description: "When it stopped for good, whatever the reason." })
  endedAt?: string | null;

  @One("META", () => GrantApplication, "applicationId", { description: "The form that it was approved on." })
  application?: GrantApplication | null;
}

explainsItself(Grant);
one<ApplicationRow>()("META", () => Grant, "replacesId", {
  description: "The grant that it is to replace: how things are before the change.",
})(GrantApplication.prototype, "replaces");
listVia(
  Grant,
  "customerList",
  Customer,
  { table: "GrantCustomer", here: "grantId", there: "customerId" } satisfies {
    table: string;
    here: keyof GrantCustomer;
    there: keyof GrantCustomer;
  },
  { fieldClass: "GRANT", description: "The customers of a CASE_LIST, of those in your reach." },
);
