import { ID, Int } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { Dossier as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { Secrecy } from "../people/enums.js";
import { one, pageOf } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Day } from "../reading/scalars.js";
import { DossierCondition, DossierMedium } from "./dossier.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description: "A file on a customer, on paper or on a carrier, with a secrecy of its own (rulebook 2.2).",
    idPrefix: "dos",
    governedBy: "grants",
    catalogue: true,
    defaultOrder: "code",
    partOf: [{ record: () => recordOf(Customer), key: "customerId" satisfies keyof Row }],
    rows: { secrecy: "secrecyAndKeeper", consulted: { column: "id" satisfies keyof Row } },
  },
  { implements: Node },
)
export class Dossier {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { catalogue: true, description: "Its number in the catalogue." })
  code?: string;

  @Classified("META", () => String, { description: "What it is called." })
  title?: string;

  @Classified("META", () => DossierMedium, { description: "What it is made of." })
  medium?: DossierMedium;

  @Classified("META", () => Int, { description: "How many copies there are." })
  copies?: number;

  @Classified("META", () => String, { description: "Where it stands." })
  location?: string | null;

  @Classified("META", () => String, {
    description: "What its cover says besides; a classified one shows its mark.",
  })
  remark?: string | null;

  @Classified("META", () => Secrecy, {
    catalogue: true,
    description:
      "How it is classified; above ORDINARY it shows its code and this mark to those without a clearance (S004-P5-22).",
  })
  secrecy?: Secrecy;

  @Classified("META", () => DossierCondition, { description: "What the last inspection found." })
  condition?: DossierCondition;

  @Classified("META", () => [String] as const, { description: "The terms that it is found by." })
  indexTerms?: string[];

  @Classified("META", () => Day, { description: "The end of the retention period." })
  retentionUntil?: string | null;

  @One("META", () => Customer, "customerId", { description: "Whom it is about." })
  customer?: Customer | null;

  @One("META", () => Employee, "keeperId", { description: "Who keeps it." })
  keeper?: Employee | null;
}

explainsItself(Dossier);
pageOf<Row>()(Customer, "dossiers", Dossier, {
  key: "customerId",
  description: "The files on the customer.",
});
