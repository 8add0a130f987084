import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { SensitiveUseRecord as Row } from "../database/client.js";
import { listOf, one } from "../reading/edges.js";
import { SensitiveUse } from "./sensitive-use.type.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record({
  description:
    "A customer whose fields were used under a declaration, as its declarer says on returning it (S002-3.3b).",
  governedBy: "grant",
  partOf: [{ record: () => recordOf(SensitiveUse), key: "declarationId" satisfies keyof Row }],
})
export class SensitiveUseRecord {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("GRANT", () => Customer, "customerId", { description: "Whose." })
  customer?: Customer | null;

  @Classified("GRANT", () => [String] as const, { description: "Which fields, as `Customer.idNumber`." })
  fields?: string[];
}

listOf<Row>()(SensitiveUse, "records", SensitiveUseRecord, {
  key: "declarationId",
  fieldClass: "GRANT",
  description: "What was used, as its declarer says on returning it; none of it is kept.",
});
