import { ID, Int } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { TierPolicy as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant, Json } from "../reading/scalars.js";
import { TierPolicyState } from "./tier-policy.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "A version of the tier policy as somebody of the information management group has proposed it (S002-2.1). Version 1 " +
      "comes with the server.",
    idPrefix: "pol",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "proposedById" satisfies keyof Row },
      department: { through: "proposedById" satisfies keyof Row, record: () => recordOf(Employee) },
      decided: {
        column: "state" satisfies keyof Row,
        in: ["ADOPTED", "REJECTED", "WITHDRAWN"] satisfies TierPolicyState[],
      },
      // It is the group's from the beginning, and about nobody, whoever has proposed it.
      escalated: "always",
      aboutOthers: "always",
    },
  },
  { implements: Node },
)
export class TierPolicy {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Employee, "proposedById", { description: "Who has proposed it." })
  proposedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was proposed." })
  proposedAt?: string;

  @Classified("GRANT", () => Int, { description: "The version that it changes." })
  basedOn?: number;

  @Classified("GRANT", () => [String] as const, { description: "What it changes, in words." })
  changes?: string[];

  @Classified("GRANT", () => Json, {
    description: "The whole of it: the shape of `accessMatrix { content }`.",
  })
  content?: object;

  @Classified("GRANT", () => String, { description: "Why." })
  reason?: string;

  @Classified("META", () => Instant, {
    description:
      "From when it is in force, or is to be: as proposed, or a minute after its adoption where that is later.",
  })
  effectiveFrom?: string;

  @Classified("META", () => Int, {
    description:
      "Its version, given when it is adopted: of those that have come into force the highest counts.",
  })
  version?: number | null;

  @One("META", () => Employee, "decidedById", { description: "Who recorded the decision of the group." })
  decidedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When the group's decision was recorded." })
  decidedAt?: string | null;

  @Classified("META", () => Instant, {
    description: "By when the group has to decide; null where it has.",
  })
  dueAt?: string | null;

  @Classified("META", () => TierPolicyState, { description: "Where it stands." })
  state?: TierPolicyState;
}

explainsItself(TierPolicy);
