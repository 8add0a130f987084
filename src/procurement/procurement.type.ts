import { ID, Int } from "type-graphql";
import { classifiedColumn, classifiedFor, Record, recordOf } from "../access/classified.js";
import type {
  Acceptance as AcceptanceRow,
  ConfigLine as ConfigLineRow,
  Device as DeviceRow,
  AcceptanceLine as FoundRow,
  Quote as QuoteRow,
  Procurement as Row,
} from "../database/client.js";
import { DeviceKind } from "../devices/device.enums.js";
import { Device } from "../devices/device.type.js";
import { Employee } from "../people/employee.type.js";
import { DepartmentCode } from "../people/enums.js";
import { listOf, one, pageOf } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Decimal, Instant } from "../reading/scalars.js";
import { ProcurementState } from "./procurement.enums.js";

// What the rulebook lists of a procurement is DEV-F (2.2): technology, which orders and accepts, writes it by its steps
// and does not read it back (3.3). What it works from beside that is ours, and DEV-B: the specification, and of each
// line of the contract its place, kind and model.

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "The buying of devices, from a department's wish to the acceptance of what was delivered (rulebook 2.4 D).",
    idPrefix: "pro",
    governedBy: "device",
    defaultOrder: "formNo",
    rows: {
      own: { column: "wishedById" satisfies keyof Row },
      department: { column: "departmentCode" satisfies keyof Row },
      aboutDevice: "always",
      technical: "always",
      priced: "always",
      secrecy: "always",
    },
  },
  { implements: Node },
)
export class Procurement {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("DEVICE_BASIC", () => Employee, "wishedById", {
    description: "Whose wish it is; null: the half-yearly assessment has found it to be needed (S000-4.1a).",
  })
  wishedBy?: Employee | null;

  @Column("DEVICE_FINANCE", () => DepartmentCode, "departmentCode", {
    description: "The department for which it was wished.",
  })
  requestedByDept?: DepartmentCode;

  @Classified("DEVICE_BASIC", () => DeviceKind, {
    description:
      "The kind of device that the half-yearly assessment has found to be needed; null: it is a wish.",
  })
  kind?: DeviceKind | null;

  @Classified("DEVICE_BASIC", () => Int, { description: "How many of it that has found to be needed." })
  qty?: number | null;

  @Classified("DEVICE_FINANCE", () => String, { description: "What it is needed for, in their words." })
  need?: string;

  @Classified("DEVICE_FINANCE", () => String, {
    description: "Why administration finds that it is needed; nothing is bought without it (S000-4.1a).",
  })
  assessment?: string | null;

  @Classified("DEVICE_BASIC", () => String, {
    description: "What is to be bought, for technology: what, how many, and what they have to be able to do.",
  })
  specification?: string | null;

  @One("DEVICE_BASIC", () => Employee, "assessedById", { description: "Who assessed the need." })
  assessedBy?: Employee | null;

  @Classified("DEVICE_FINANCE", () => Instant, { description: "When the need was assessed." })
  assessedAt?: string | null;

  @One("DEVICE_BASIC", () => Employee, "requestedById", { description: "Who applied to the company for it." })
  requestedBy?: Employee | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When it was applied for." })
  requestedAt?: string | null;

  @One("DEVICE_BASIC", () => Employee, "decidedById", { description: "Who decided whether it is bought." })
  decidedBy?: Employee | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When that was decided." })
  decidedAt?: string | null;

  @One("DEVICE_BASIC", () => Employee, "orderedById", {
    description: "Who of technology compared the quotes and ordered.",
  })
  orderedBy?: Employee | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When it was ordered." })
  orderedAt?: string | null;

  @Classified("DEVICE_FINANCE", () => String, { description: "The number of the contract." })
  contractNo?: string | null;

  @Classified("DEVICE_FINANCE", () => String, {
    description: "Why fewer than three quotes were compared, where that is so (S004-P4-7).",
  })
  fewQuotesReason?: string | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When it was delivered, the last time." })
  deliveredAt?: string | null;

  @One("DEVICE_BASIC", () => Employee, "inspectedById", {
    description: "Who of technology checked the last delivery that was checked.",
  })
  inspectedBy?: Employee | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When that was checked." })
  inspectedAt?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => ProcurementState, { description: "Where it stands." })
  state?: ProcurementState;
}

explainsItself(Procurement);

const OfQuote = classifiedFor<QuoteRow>();

@Record({
  description: "A supplier's offer, marked by what counts in choosing (S000-4.1a, S004-P4-7).",
  governedBy: "device",
  defaultOrder: "position",
  partOf: [{ record: () => recordOf(Procurement), key: "procurementId" satisfies keyof QuoteRow }],
})
export class Quote {
  @OfQuote("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @OfQuote("META", () => Int, { description: "Its place among the quotes, from 1." })
  position?: number;

  @OfQuote("DEVICE_FINANCE", () => String, { description: "Who offers." })
  supplier?: string;

  @OfQuote("DEVICE_FINANCE", () => Decimal, { description: "The price of the whole order, CNY." })
  price?: string;

  @OfQuote("DEVICE_FINANCE", () => Int, { description: "Quality, from 1 (worst) to 5." })
  quality?: number;

  @OfQuote("DEVICE_FINANCE", () => Int, { description: "Performance, from 1 (worst) to 5." })
  performance?: number;

  @OfQuote("DEVICE_FINANCE", () => Int, { description: "Security, from 1 (worst) to 5." })
  security?: number;

  @OfQuote("DEVICE_FINANCE", () => Boolean, { description: "Whether it is the one that was taken." })
  chosen?: boolean;
}

listOf<QuoteRow>()(Procurement, "quotes", Quote, {
  key: "procurementId",
  description: "What was offered; one of them was taken.",
});

const OfLine = classifiedFor<ConfigLineRow>();

@Record({
  description:
    "A line of the contract's configuration list, which a delivery is checked against (S004-P4-23).",
  governedBy: "device",
  defaultOrder: "position",
  partOf: [{ record: () => recordOf(Procurement), key: "procurementId" satisfies keyof ConfigLineRow }],
})
export class ConfigLine {
  @OfLine("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @OfLine("META", () => Int, { description: "Its place in the list, from 1." })
  position?: number;

  @OfLine("DEVICE_FINANCE", () => String, { description: "What the contract says." })
  line?: string;

  @OfLine("DEVICE_BASIC", () => DeviceKind, { description: "The kind of device; null: it is not one." })
  kind?: DeviceKind | null;

  @OfLine("DEVICE_BASIC", () => String, { description: "The maker's model, of a device." })
  model?: string | null;

  @OfLine("DEVICE_FINANCE", () => Int, { description: "How many of it." })
  qty?: number;

  @OfLine("DEVICE_FINANCE", () => Decimal, {
    description: "The price of one, CNY; all lines together come to the price of the quote that was taken.",
  })
  unitPrice?: string;
}

listOf<ConfigLineRow>()(Procurement, "configList", ConfigLine, {
  key: "procurementId",
  description: "The contract's configuration list.",
});

const OfAcceptance = classifiedFor<AcceptanceRow>();
const Checked = one<AcceptanceRow>();

@Record({
  description: "The check of a delivery: accepted, or sent back (S004-P4-23).",
  governedBy: "device",
  partOf: [{ record: () => recordOf(Procurement), key: "procurementId" satisfies keyof AcceptanceRow }],
})
export class Acceptance {
  @OfAcceptance("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Checked("DEVICE_FINANCE", () => Employee, "acceptedById", { description: "Who checked it." })
  acceptedBy?: Employee | null;

  @OfAcceptance("DEVICE_FINANCE", () => Instant, { description: "When it was checked." })
  at?: string;

  @OfAcceptance("DEVICE_FINANCE", () => Instant, {
    description: "When it went back to the supplier; null: it was accepted.",
  })
  returnedAt?: string | null;
}

listOf<AcceptanceRow>()(Procurement, "acceptances", Acceptance, {
  key: "procurementId",
  description: "The checks of what was delivered, first to last.",
});

const OfFound = classifiedFor<FoundRow>();
const Found = one<FoundRow>();

@Record({
  description: "What was found of one line of the contract's list.",
  governedBy: "device",
  defaultOrder: "position",
  partOf: [{ record: () => recordOf(Acceptance), key: "acceptanceId" satisfies keyof FoundRow }],
})
export class AcceptanceLine {
  @OfFound("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @OfFound("META", () => Int, { description: "The place of the line in the contract's list, from 1." })
  position?: number;

  @Found("DEVICE_FINANCE", () => ConfigLine, "configLineId", { description: "The line of the contract." })
  line?: ConfigLine | null;

  @OfFound("DEVICE_FINANCE", () => Int, { description: "How many came." })
  qty?: number;

  @OfFound("DEVICE_FINANCE", () => Boolean, { description: "Whether they are as the contract has them." })
  conforms?: boolean;

  @OfFound("DEVICE_FINANCE", () => String, { description: "What is different." })
  deviation?: string | null;
}

listOf<FoundRow>()(Acceptance, "lines", AcceptanceLine, {
  key: "acceptanceId",
  description: "What was found, line by line.",
});

one<DeviceRow>()("DEVICE_BASIC", () => Procurement, "procurementId", {
  description: "What brought it; null: no procurement did.",
})(Device.prototype, "procurement");
pageOf<DeviceRow>()(Procurement, "devices", Device, {
  key: "procurementId",
  description: "The devices that it has brought, of those in your reach.",
});
