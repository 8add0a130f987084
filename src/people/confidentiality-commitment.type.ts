import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { ConfidentialityCommitment as Row } from "../database/client.js";
import { listOf } from "../reading/edges.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { Employee } from "./employee.type.js";
import { CommitmentKind } from "./enums.js";

const Classified = classifiedFor<Row>();

@Record(
  {
    description: "A promise to keep customer data confidential: a condition of seeing any (S004-P3-11).",
    idPrefix: "com",
    governedBy: "staff",
    partOf: [{ record: () => recordOf(Employee), key: "employeeId" satisfies keyof Row }],
  },
  { implements: Node },
)
export class ConfidentialityCommitment {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("STAFF", () => CommitmentKind, { description: "Which form it has." })
  kind?: CommitmentKind;

  @Classified("STAFF", () => Instant, { description: "When it was signed." })
  signedAt?: string;

  @Classified("STAFF", () => Instant, { description: "When it ends; null: until further notice." })
  validTo?: string | null;
}

listOf<Row>()(Employee, "commitments", ConfidentialityCommitment, {
  key: "employeeId",
  fieldClass: "STAFF",
  description: "The commitments that the person signed; one's own only.",
});
