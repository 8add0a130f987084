import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { Appeal as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { AppealResult, AppealState } from "./appeal.enums.js";
import { Grant } from "./grant.type.js";
import { GrantApplication } from "./grant-application.type.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "An employee's doubt about the own access, or the wish for more (S002-4.1b). It never changes access by itself.",
    idPrefix: "apl",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "employeeId" satisfies keyof Row },
      department: { through: "employeeId" satisfies keyof Row, record: () => recordOf(Employee) },
      decided: {
        column: "state" satisfies keyof Row,
        in: ["ANSWERED", "RESOLVED", "DECIDED", "CLOSED"] satisfies AppealState[],
      },
      escalated: { column: "state" satisfies keyof Row, in: ["ESCALATED"] satisfies AppealState[] },
    },
  },
  { implements: Node },
)
export class Appeal {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Employee, "employeeId", { description: "Who appeals." })
  employee?: Employee | null;

  @One("GRANT", () => Grant, "grantId", { description: "The grant that it is about." })
  grant?: Grant | null;

  @Classified("GRANT", () => String, { description: "What is doubtful, or what is missing." })
  text?: string;

  @Classified("GRANT", () => String, { description: "The access that is wanted, in words." })
  wanted?: string | null;

  @Classified("META", () => Instant, { description: "When it was filed." })
  filedAt?: string;

  @One("META", () => Employee, "headId", { description: "Which head answered or forwarded it." })
  head?: Employee | null;

  @Classified("META", () => Instant, { description: "When the head answered or forwarded it." })
  headAt?: string | null;

  @One("META", () => Employee, "reviewedById", { description: "Who of administration answered it." })
  reviewedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When administration answered it." })
  reviewedAt?: string | null;

  @One("META", () => Employee, "agreedById", {
    description:
      "Which head agreed to administration's answer: two people settle an appeal (rulebook 2.4 K).",
  })
  agreedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When the head agreed." })
  agreedAt?: string | null;

  @Classified("GRANT", () => AppealResult, {
    description: "What administration makes of it; settled once the head has agreed.",
  })
  result?: AppealResult | null;

  @Classified("GRANT", () => String, {
    description: "The answer: the head's, or administration's where the head forwarded it.",
  })
  answer?: string | null;

  @Classified("META", () => Instant, {
    description: "Until when it can be taken to the group: 10 working days after the answer (proposed).",
  })
  escalableUntil?: string | null;

  @One("META", () => Employee, "decidedById", { description: "Who recorded the decision of the group." })
  decidedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When the group's decision was recorded." })
  decidedAt?: string | null;

  @Classified("GRANT", () => AppealResult, { description: "What the group made of it." })
  groupResult?: AppealResult | null;

  @Classified("GRANT", () => String, { description: "The group's answer." })
  groupAnswer?: string | null;

  @One("GRANT", () => GrantApplication, "openedId", {
    description: "The change form that was opened: the access changes only when that is approved.",
  })
  opened?: GrantApplication | null;

  @Classified("META", () => Instant, {
    description: "By when somebody has to go on with it; null where nobody has to.",
  })
  dueAt?: string | null;

  @Classified("META", () => AppealState, { description: "Where it stands." })
  state?: AppealState;
}

explainsItself(Appeal);
