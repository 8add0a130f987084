import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { ExternalDisclosure as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { Channel } from "../service/service-case.enums.js";
import { DisclosureState } from "./disclosure.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "The form that a customer's data is given to somebody outside with (S004-P5-24, P5-26): which fields, never what is in them.",
    idPrefix: "dis",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "requestedById" satisfies keyof Row },
      department: { through: "requestedById" satisfies keyof Row, record: () => recordOf(Employee) },
      carried: { column: "carrierId" satisfies keyof Row },
      handedOut: "always",
      decided: {
        column: "state" satisfies keyof Row,
        in: ["APPROVED", "REFUSED", "SENT", "LAPSED"] satisfies DisclosureState[],
      },
    },
  },
  { implements: Node },
)
export class ExternalDisclosure {
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
    description: "The fields that are given, as `Customer.mobile`; never their values.",
  })
  fields?: string[];

  @Classified("GRANT", () => String, { description: "Who gets it: a named person, or an authority." })
  recipient?: string;

  @Classified("GRANT", () => String, { description: "The code of the purpose that it is given for." })
  purpose?: string;

  @Classified("GRANT", () => Channel, {
    description: "How it is given: never by ordinary phone, private mail or plain telegram (S004-P5-26).",
  })
  channel?: Channel;

  @Classified("GRANT", () => String, {
    description: "Who has consented: the holder, insured or beneficiary (S004-P3-21).",
  })
  consentGivenBy?: string | null;

  @Classified("GRANT", () => Instant, { description: "When they consented." })
  consentAt?: string | null;

  @Classified("GRANT", () => String, {
    description: "The law that allows it, where nobody has to consent (S004-P3-21).",
  })
  legalBasis?: string | null;

  @One("META", () => Employee, "carrierId", { description: "Who is designated to send it." })
  carrier?: Employee | null;

  @One("META", () => Employee, "permittedById", {
    description: "The general manager who permitted it; TOP_SECRET customers demand it (rulebook 3.3).",
  })
  permittedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was permitted." })
  permittedAt?: string | null;

  @One("META", () => Employee, "supervisorId", {
    description: "Who approved it as customer information supervisor.",
  })
  supervisor?: Employee | null;

  @Classified("META", () => Instant, { description: "When the supervisor approved it." })
  supervisorAt?: string | null;

  @One("META", () => Employee, "managerId", { description: "Who approved it as customer service manager." })
  manager?: Employee | null;

  @Classified("META", () => Instant, { description: "When the manager approved it." })
  managerAt?: string | null;

  @One("META", () => Employee, "refusedById", { description: "Who refused it." })
  refusedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was refused." })
  refusedAt?: string | null;

  @Classified("GRANT", () => String, { description: "Why it was refused." })
  refusalNote?: string | null;

  @Classified("META", () => Instant, {
    description: "Until when it may be sent: 7 days after the second approval (proposed).",
  })
  approvalEndsAt?: string | null;

  @Classified("META", () => Instant, { description: "When it was sent." })
  sentAt?: string | null;

  @Classified("GRANT", () => String, { description: "How it was kept safe on the way (S004-P5-23.2)." })
  measures?: string | null;

  @Classified("META", () => Instant, {
    description: "By when somebody has to go on with it; null where nobody has to.",
  })
  dueAt?: string | null;

  @Classified("META", () => DisclosureState, { description: "Where it stands." })
  state?: DisclosureState;
}

explainsItself(ExternalDisclosure);
