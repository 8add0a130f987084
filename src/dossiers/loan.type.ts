import { ID, Int } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { Loan as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { one, pageOf } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { DossierCondition, LoanState } from "./dossier.enums.js";
import { Dossier } from "./dossier.type.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "A line of the loan register, 外借登记册: who has which dossier, and until when (S004-P5-19, 20).",
    idPrefix: "loa",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "borrowerId" satisfies keyof Row },
      department: { through: "borrowerId" satisfies keyof Row, record: () => recordOf(Employee) },
      decided: { notNull: "decidedAt" satisfies keyof Row },
      aboutDossier: "always",
    },
  },
  { implements: Node },
)
export class Loan {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Employee, "borrowerId", { description: "Who borrows." })
  borrower?: Employee | null;

  @One("META", () => Dossier, "dossierId", {
    description: "What is lent, as far as you may see it: its title is nowhere else.",
  })
  dossier?: Dossier | null;

  @Classified("GRANT", () => Int, { description: "How many copies of it." })
  copies?: number;

  @Classified("GRANT", () => String, { description: "Why it is needed." })
  reason?: string;

  @Classified("GRANT", () => Boolean, { description: "Whether the form bears the department's seal." })
  unitSeal?: boolean;

  @One("META", () => Employee, "signedById", { description: "Who signed it: the head of the department." })
  signedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When the head signed it." })
  signedAt?: string | null;

  @One("META", () => Employee, "decidedById", { description: "Who decided." })
  decidedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was decided." })
  decidedAt?: string | null;

  @Classified("GRANT", () => String, {
    description: "What whoever decided says about it; to the borrower, too, once it is decided.",
  })
  decisionNote?: string | null;

  @One("META", () => Employee, "registeredById", { description: "Who entered it in the register." })
  registeredBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was entered in the register." })
  registeredAt?: string | null;

  @Classified("GRANT", () => Int, {
    description: "For how many hours it is lent: at most 72 (S004-P5-19.5, rulebook 6-13).",
  })
  termHours?: number | null;

  @Classified("META", () => Instant, {
    description: "When the borrower signed for it: the term counts from here.",
  })
  lentAt?: string | null;

  @One("META", () => Employee, "returnedToId", { description: "Who struck it off the register." })
  returnedTo?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was struck off the register (S004-P5-20)." })
  returnedAt?: string | null;

  @Classified("GRANT", () => DossierCondition, { description: "In what condition it came back." })
  returnCondition?: DossierCondition | null;

  @Classified("META", () => Instant, {
    description:
      "By when somebody has to go on with it; while it is lent, and when it is overdue, when it has to be back.",
  })
  dueAt?: string | null;

  @Classified("META", () => LoanState, { description: "Where it stands." })
  state?: LoanState;
}

explainsItself(Loan);
pageOf<Row>()(Dossier, "loans", Loan, {
  key: "dossierId",
  description: "Its lines in the loan register, of those in your reach.",
});
