import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { CopyRequest as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { CopyMedium, CopyState } from "./disclosure.enums.js";
import { ExternalDisclosure } from "./external-disclosure.type.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "The form that a copy or an excerpt of a customer's data is asked for with (S004-P5-23): which fields, never what is in them. A copy for outside takes the external disclosure as well (rulebook 6-10).",
    idPrefix: "cpy",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "requestedById" satisfies keyof Row },
      department: { through: "requestedById" satisfies keyof Row, record: () => recordOf(Employee) },
      carried: { column: "carrierId" satisfies keyof Row },
      handedOut: "always",
      decided: { notNull: "decidedAt" satisfies keyof Row },
    },
  },
  { implements: Node },
)
export class CopyRequest {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Employee, "requestedById", { description: "Who asks for it." })
  requestedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was asked for." })
  requestedAt?: string;

  @One("GRANT", () => Customer, "customerId", { description: "Whose data it is." })
  customer?: Customer | null;

  @Classified("GRANT", () => [String] as const, {
    description: "The fields to be copied, as `Customer.mobile`; never their values.",
  })
  fields?: string[];

  @Classified("GRANT", () => String, { description: "Who gets the copy: a named person." })
  recipient?: string;

  @Classified("GRANT", () => String, { description: "The code of the purpose that it is made for." })
  purpose?: string;

  @Classified("GRANT", () => CopyMedium, { description: "What it is made on." })
  medium?: CopyMedium;

  @Classified("GRANT", () => String, { description: "Why it is needed." })
  reason?: string;

  @Classified("GRANT", () => Boolean, {
    description:
      "Whether it goes to somebody outside: then an approved external disclosure has to go with it (rulebook 6-10).",
  })
  forOutside?: boolean;

  @One("GRANT", () => ExternalDisclosure, "disclosureId", {
    description: "The disclosure that approves giving it outside.",
  })
  disclosure?: ExternalDisclosure | null;

  @One("META", () => Employee, "carrierId", { description: "Who is designated to hand it over." })
  carrier?: Employee | null;

  @One("META", () => Employee, "decidedById", { description: "Who approved or refused it." })
  decidedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was approved or refused." })
  decidedAt?: string | null;

  @Classified("GRANT", () => String, { description: "Why it was refused, or what goes with the approval." })
  decisionNote?: string | null;

  @Classified("META", () => Instant, {
    description: "Until when it may be handed over: 7 days after the approval (proposed).",
  })
  approvalEndsAt?: string | null;

  @Classified("META", () => Instant, { description: "When it was handed over." })
  handedOverAt?: string | null;

  @Classified("GRANT", () => String, { description: "How it was kept safe on the way (S004-P5-23.2)." })
  measures?: string | null;

  @Classified("GRANT", () => String, { description: "How the recipient acknowledged it." })
  receipt?: string | null;

  @Classified("META", () => Instant, {
    description: "By when somebody has to go on with it; null where nobody has to.",
  })
  dueAt?: string | null;

  @Classified("META", () => CopyState, { description: "Where it stands." })
  state?: CopyState;
}

explainsItself(CopyRequest);
