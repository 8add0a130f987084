import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../../access/classified.js";
import type { KnownSoftware as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { one } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Instant } from "../../reading/scalars.js";
import { SoftwareStanding } from "./software.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "Software that the company has a word on, whatever its version; told to everybody who works here (S001-P1-3.2.3, S001-P1-3.2.4).",
    idPrefix: "sof",
    governedBy: "device",
    defaultOrder: "name",
    rows: {
      own: { column: "enteredById" satisfies keyof Row },
      department: { through: "enteredById" satisfies keyof Row, record: () => recordOf(Employee) },
      aboutDevice: "always",
      technical: "always",
      secrecy: "always",
    },
  },
  { implements: Node },
)
export class KnownSoftware {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "What it is called, without its version." })
  name?: string;

  @One("META", () => Employee, "enteredById", { description: "Who entered it." })
  enteredBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was entered." })
  enteredAt?: string;

  @Classified("META", () => SoftwareStanding, {
    description: "Whether it is allowed; why, its history says.",
  })
  state?: SoftwareStanding;
}

explainsItself(KnownSoftware);
