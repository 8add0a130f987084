import { ID } from "type-graphql";
import { classifiedColumn, classifiedFor, Record } from "../access/classified.js";
import type { Violation as Row } from "../database/client.js";
import { Device } from "../devices/device.type.js";
import { StockTakeLine } from "../devices/stock-takes/stock-take.type.js";
import { Employee } from "../people/employee.type.js";
import { DepartmentCode } from "../people/enums.js";
import { listOf, one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Decimal, Instant } from "../reading/scalars.js";
import { ViolationRule, ViolationState } from "./violation.enums.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "A rule that somebody is found to have broken: seen by that person, the head, and whoever decides (S002-2.2d, rulebook 2.2).",
    idPrefix: "vio",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "personId" satisfies keyof Row },
      department: { column: "departmentCode" satisfies keyof Row },
      decided: { column: "state" satisfies keyof Row, in: ["UPHELD", "DISMISSED"] },
    },
  },
  { implements: Node },
)
export class Violation {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @Classified("GRANT", () => ViolationRule, { description: "What was broken." })
  rule?: ViolationRule;

  @Classified("GRANT", () => String, { description: "The clause that says so." })
  clause?: string;

  @One("META", () => Employee, "personId", {
    description: "Who answers for it; null: nobody in particular.",
  })
  person?: Employee | null;

  @Column("META", () => DepartmentCode, "departmentCode", {
    description: "The department of that person; where it is nobody, the one whose device it is.",
  })
  department?: DepartmentCode;

  @Classified("META", () => DepartmentCode, { description: "Which department was notified of it." })
  notifiedDept?: DepartmentCode;

  @One("META", () => Device, "deviceId", { description: "The device that it is about, if it is about one." })
  device?: Device | null;

  @One("META", () => StockTakeLine, "stockTakeLineId", {
    description: "The line of the stock-take that found it.",
  })
  stockTakeLine?: StockTakeLine | null;

  @Classified("GRANT", () => String, {
    description:
      "What was found, as far as it is not for technology alone: software, missing parts; of a device for classified records none of it.",
  })
  details?: string | null;

  @One("GRANT", () => Employee, "foundById", { description: "Who found it." })
  foundBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was found." })
  foundAt?: string;

  @Classified("GRANT", () => String, { description: "What that person says to it." })
  statement?: string | null;

  @One("META", () => Employee, "handledById", { description: "Who looks into it, and decided." })
  handledBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When they did." })
  handledAt?: string | null;

  @Classified("GRANT", () => String, { description: "Why it was decided so." })
  reason?: string | null;

  @Classified("GRANT", () => String, { description: "What follows for the person, of one that was upheld." })
  sanction?: string | null;

  @Classified("GRANT", () => Decimal, { description: "What the person pays, CNY." })
  amount?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => ViolationState, { description: "Where it stands." })
  state?: ViolationState;
}

explainsItself(Violation);
listOf<Row>()(Device, "violations", Violation, {
  key: "deviceId",
  description: "The violations about it, of those in your reach.",
});
