import { ID, Int } from "type-graphql";
import { classifiedColumn, classifiedFor, Record, recordOf } from "../../access/classified.js";
import type { StockTakeLine as LineRow, StockTake as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { DepartmentCode } from "../../people/enums.js";
import { one, pageOf } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Instant } from "../../reading/scalars.js";
import { Allocation } from "../allocations/allocation.type.js";
import { Device } from "../device.type.js";
import { ofDevice } from "../device-rows.js";
import { Deviation, StockTakeState, StockTakeTrigger } from "./stock-take.enums.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "The counting of devices against the register, half-yearly and after every allocation (S004-P4-8, S004-P4-22).",
    idPrefix: "stk",
    governedBy: "device",
    defaultOrder: "formNo",
    rows: {
      own: { column: "custodianId" satisfies keyof Row },
      department: { column: "departmentCode" satisfies keyof Row },
      aboutDevice: "always",
      technical: "always",
      secrecy: "always",
    },
  },
  { implements: Node },
)
export class StockTake {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @Classified("META", () => StockTakeTrigger, { description: "Why it is counted." })
  trigger?: StockTakeTrigger;

  @Column("META", () => DepartmentCode, "departmentCode", { description: "Whose devices are counted." })
  department?: DepartmentCode;

  @Classified("META", () => Boolean, {
    description: "Whether all devices of the department are counted, as half-yearly; otherwise some.",
  })
  whole?: boolean;

  @One("DEVICE_BASIC", () => Employee, "custodianId", {
    description: "Who got the device, where it is counted after an allocation.",
  })
  custodian?: Employee | null;

  @One("DEVICE_BASIC", () => Allocation, "allocationId", {
    description: "The allocation that it follows; null: none.",
  })
  allocation?: Allocation | null;

  @Classified("META", () => Instant, { description: "Since when it is to be counted." })
  openedAt?: string;

  @One("DEVICE_BASIC", () => Employee, "closedById", { description: "Who closed it." })
  closedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was closed." })
  closedAt?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => StockTakeState, { description: "Where it stands." })
  state?: StockTakeState;
}

explainsItself(StockTake);

const OfLine = classifiedFor<LineRow>();
const OneOfLine = one<LineRow>();

@Record(
  {
    description:
      "One device of a stock-take: as the register had it when it was opened (where that has changed since, when it was counted), and as it was found.",
    idPrefix: "stl",
    governedBy: "device",
    defaultOrder: "position",
    rows: {
      own: { column: "custodianId" satisfies keyof LineRow },
      secrecy: { ...ofDevice, orNone: true },
    },
    partOf: [{ record: () => recordOf(StockTake), key: "stockTakeId" satisfies keyof LineRow }],
  },
  { implements: Node },
)
export class StockTakeLine {
  @OfLine("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @OfLine("META", () => Int, { description: "Its place in the stock-take, from 1." })
  position?: number;

  @OneOfLine("DEVICE_BASIC", () => Device, "deviceId", {
    description: "The device; null: what was found is not in the register.",
  })
  device?: Device | null;

  @OneOfLine("DEVICE_BASIC", () => Employee, "custodianId", {
    description: "Who has it, or with whom it was found; null: nobody.",
  })
  custodian?: Employee | null;

  @OfLine("DEVICE_TECHNICAL", () => String, { description: "The seal that the register has." })
  expectedSealNo?: string | null;

  @OfLine("DEVICE_TECHNICAL", () => String, { description: "The network address that the register has." })
  expectedIpAddress?: string | null;

  @OfLine("DEVICE_TECHNICAL", () => [String] as const, { description: "The software that the register has." })
  expectedSoftware?: string[];

  @OfLine("DEVICE_TECHNICAL", () => Boolean, {
    description: "Whether it was there; null: it is not counted yet.",
  })
  found?: boolean | null;

  @OfLine("DEVICE_TECHNICAL", () => Boolean, { description: "Whether all its parts were (S004-P4-11)." })
  complete?: boolean | null;

  @OfLine("DEVICE_TECHNICAL", () => String, { description: "Which of its parts were not; null: all were." })
  missing?: string | null;

  @OfLine("DEVICE_TECHNICAL", () => String, { description: "The seal on it; null: none." })
  sealNo?: string | null;

  @OfLine("DEVICE_TECHNICAL", () => String, { description: "Its network address; null: none." })
  ipAddress?: string | null;

  @OfLine("DEVICE_TECHNICAL", () => [String] as const, { description: "The software on it." })
  software?: string[];

  @OfLine("DEVICE_TECHNICAL", () => String, { description: "What was found that is not in the register." })
  surplus?: string | null;

  @OfLine("DEVICE_TECHNICAL", () => String, { description: "The number that this bears; null: none." })
  labelNo?: string | null;

  @OfLine("DEVICE_TECHNICAL", () => String, { description: "What whoever counted it remarked." })
  remark?: string | null;

  @OfLine("DEVICE_TECHNICAL", () => Boolean, {
    description: "Whether it is as the register has it; null: it is not counted yet.",
  })
  matches?: boolean | null;

  @OfLine("DEVICE_TECHNICAL", () => [Deviation] as const, { description: "How it differs." })
  deviations?: Deviation[];

  @OneOfLine("DEVICE_TECHNICAL", () => Employee, "countedById", {
    description: "Who counted it: never whoever has it.",
  })
  countedBy?: Employee | null;

  @OfLine("DEVICE_TECHNICAL", () => Instant, { description: "When it was counted." })
  countedAt?: string | null;
}

explainsItself(StockTakeLine);
pageOf<LineRow>()(StockTake, "lines", StockTakeLine, {
  key: "stockTakeId",
  description: "What is counted, line by line, of those in your reach.",
});
pageOf<LineRow>()(Device, "stockTakeLines", StockTakeLine, {
  key: "deviceId",
  description: "What stock-takes have found of it, of those in your reach.",
});
