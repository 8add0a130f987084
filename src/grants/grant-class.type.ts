import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { GrantClass as Row } from "../database/client.js";
import { Cap, FieldClass } from "../people/enums.js";
import { listOf } from "../reading/edges.js";
import { Grant } from "./grant.type.js";
import { GrantApplication } from "./grant-application.type.js";

const Classified = classifiedFor<Row>();

@Record({
  description: "One class of fields on a grant or an application, and how far it is opened (rulebook 3.1).",
  governedBy: "grant",
  partOf: [
    { record: () => recordOf(Grant), key: "grantId" satisfies keyof Row },
    { record: () => recordOf(GrantApplication), key: "applicationId" satisfies keyof Row },
  ],
})
export class GrantClass {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("GRANT", () => FieldClass, { description: "The class." })
  fieldClass?: FieldClass;

  @Classified("GRANT", () => Cap, { description: "How far it is opened." })
  cap?: Cap;

  @Classified("GRANT", () => [String] as const, {
    description: "Only these fields of the class, as `Order.quantity`; empty: all of them.",
  })
  onlyFields?: string[];
}

listOf<Row>()(Grant, "classes", GrantClass, {
  key: "grantId",
  fieldClass: "GRANT",
  description: "What the grant opens; a class that is not listed stays closed.",
});
listOf<Row>()(GrantApplication, "classes", GrantClass, {
  key: "applicationId",
  fieldClass: "GRANT",
  description: "What is asked for.",
});
