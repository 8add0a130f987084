import { ID, Int } from "type-graphql";
import { classifiedColumn, classifiedFor, Record } from "../../access/classified.js";
import type { Procurement as ProcurementRow, NeedAssessment as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { DepartmentCode } from "../../people/enums.js";
import { listOf, one } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Instant } from "../../reading/scalars.js";
import { Procurement } from "../procurement.type.js";
import { NeedAssessmentState } from "./need-assessment.enums.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "The assessment of what has to be bought for a department: half-yearly, by administration (S000-4.1a).",
    idPrefix: "nas",
    governedBy: "device",
    defaultOrder: "formNo",
    rows: {
      own: { column: "assessedById" satisfies keyof Row },
      department: { column: "departmentCode" satisfies keyof Row },
      aboutDevice: "always",
      priced: "always",
    },
  },
  { implements: Node },
)
export class NeedAssessment {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @Column("META", () => DepartmentCode, "departmentCode", { description: "Whose needs are assessed." })
  department?: DepartmentCode;

  @Classified("META", () => Instant, { description: "When it came round." })
  openedAt?: string;

  @Classified("DEVICE_BASIC", () => Int, {
    description: "How many employees of the department were at work when it came round.",
  })
  employeesAtWork?: number;

  @Classified("DEVICE_BASIC", () => Int, {
    description:
      "For how many devices of the department a renewal was planned, or its day had come, when it came round (S000-4.4c).",
  })
  devicesToReplace?: number;

  @Classified("DEVICE_FINANCE", () => String, {
    description: "Why administration finds that something is needed, or nothing.",
  })
  assessment?: string | null;

  @One("DEVICE_BASIC", () => Employee, "assessedById", { description: "Who of administration assessed it." })
  assessedBy?: Employee | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When it was assessed." })
  assessedAt?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => NeedAssessmentState, { description: "Where it stands." })
  state?: NeedAssessmentState;
}

explainsItself(NeedAssessment);
one<ProcurementRow>()("DEVICE_BASIC", () => NeedAssessment, "needAssessmentId", {
  description: "The half-yearly assessment that has found it to be needed; null: somebody has wished it.",
})(Procurement.prototype, "needAssessment");
listOf<ProcurementRow>()(NeedAssessment, "needs", Procurement, {
  key: "needAssessmentId",
  description: "What it has found to be needed: each is a procurement, and says how far that has come.",
});
