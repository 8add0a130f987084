import { ID } from "type-graphql";
import { classifiedFor, Record } from "../../access/classified.js";
import type { ScrapSheet as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { listOf, one } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Decimal, Instant } from "../../reading/scalars.js";
import { Device } from "../device.type.js";
import { aboutOneDevice, ofDevice } from "../device-rows.js";
import { ScrapState, WipeMethod } from "./scrap-sheet.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description: "What lets a device go for good, from the verdict to its end (S001-P1-3.1.5).",
    idPrefix: "scr",
    governedBy: "device",
    defaultOrder: "formNo",
    rows: {
      own: { column: "requestedById" satisfies keyof Row },
      department: ofDevice,
      ...aboutOneDevice,
      priced: "always",
    },
  },
  { implements: Node },
)
export class ScrapSheet {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Device, "deviceId", { description: "The device." })
  device?: Device | null;

  @One("META", () => Employee, "requestedById", { description: "The clerk who asks for it." })
  requestedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was asked for." })
  requestedAt?: string;

  @Classified("DEVICE_FINANCE", () => String, { description: "Why it is not worth keeping." })
  verdict?: string;

  @One("META", () => Employee, "decidedById", { description: "Who of finance decided." })
  decidedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was decided." })
  decidedAt?: string | null;

  @One("META", () => Employee, "wipedById", { description: "Who of technology wiped it." })
  wipedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was wiped." })
  wipedAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => WipeMethod, { description: "How it was wiped." })
  wipeMethod?: WipeMethod | null;

  @Classified("DEVICE_TECHNICAL", () => String, {
    description: "What shows that it was: the number of a protocol or of a certificate.",
  })
  wipeProof?: string | null;

  @Classified("DEVICE_FINANCE", () => Decimal, { description: "What it brought, CNY." })
  proceeds?: string | null;

  @Classified("META", () => Instant, { description: "When the device was gone." })
  scrappedAt?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => ScrapState, { description: "Where it stands." })
  state?: ScrapState;
}

explainsItself(ScrapSheet);
listOf<Row>()(Device, "scrapSheets", ScrapSheet, {
  key: "deviceId",
  description: "What was to let it go for good, first to last.",
});
