import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { Consultation as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { one, pageOf } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { ConsultationState, IdentityDocument } from "./dossier.enums.js";
import { Dossier } from "./dossier.type.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "An application to read one dossier, 查阅申请; approved, it opens that dossier to its reader for a time (S004-P5-18).",
    idPrefix: "con",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "readerId" satisfies keyof Row },
      department: { through: "readerId" satisfies keyof Row, record: () => recordOf(Employee) },
      decided: { notNull: "decidedAt" satisfies keyof Row },
      aboutDossier: "always",
    },
  },
  { implements: Node },
)
export class Consultation {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Employee, "readerId", { description: "Who is to read." })
  reader?: Employee | null;

  @One("META", () => Dossier, "dossierId", {
    description: "What is to be read, as far as you may see it; the one thing that an approval opens.",
  })
  dossier?: Dossier | null;

  @Classified("GRANT", () => String, { description: "What the reading is for." })
  purpose?: string;

  @Classified("GRANT", () => String, { description: "Why it is needed." })
  reason?: string;

  @Classified("GRANT", () => String, { description: "Who the reader is: office, task, experience." })
  readerProfile?: string;

  @Classified("GRANT", () => IdentityDocument, {
    description: "What a reader from outside the company shows; mandatory for them (S004-P5-18.4).",
  })
  identityDocument?: IdentityDocument | null;

  @One("META", () => Employee, "filledInById", {
    description: "Who of customer service filled it in at the desk, for a visitor (S004-P5-18.4).",
  })
  filledInBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was filled in for the visitor." })
  filledInAt?: string | null;

  @Classified("GRANT", () => Boolean, { description: "Whether the form bears the department's seal." })
  unitSeal?: boolean;

  @One("META", () => Employee, "signedById", { description: "Who signed it: the head of the department." })
  signedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was signed." })
  signedAt?: string | null;

  @One("META", () => Employee, "permittedById", {
    description: "The general manager who permitted it; TOP_SECRET dossiers demand it (rulebook 6-11).",
  })
  permittedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was permitted." })
  permittedAt?: string | null;

  @One("META", () => Employee, "decidedById", { description: "Who of customer service decided." })
  decidedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was decided." })
  decidedAt?: string | null;

  @Classified("GRANT", () => String, {
    description: "What whoever decided says about it; to the reader, too, once it is decided.",
  })
  decisionNote?: string | null;

  @Classified("GRANT", () => Instant, { description: "From when on the dossier may be read." })
  windowFrom?: string | null;

  @Classified("GRANT", () => Instant, {
    description: "From when on it may no longer be read: at most 72 hours later (rulebook 2.4 C).",
  })
  windowTo?: string | null;

  @Classified("META", () => Instant, {
    description: "By when somebody has to go on with it; null where nobody has to.",
  })
  dueAt?: string | null;

  @Classified("META", () => ConsultationState, { description: "Where it stands." })
  state?: ConsultationState;
}

explainsItself(Consultation);
pageOf<Row>()(Dossier, "consultations", Consultation, {
  key: "dossierId",
  description: "Who asked to read it, of those applications in your reach.",
});
