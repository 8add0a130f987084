import type { CopyState, DisclosureState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { customerId, demoId } from "./id.js";
import { employeeId } from "./people.js";

/** Who asks for what of whom; days count from the loading to when it was asked for. */
interface Asked {
  readonly staffNo: string;
  readonly customer: string;
  readonly fields: readonly string[];
  readonly recipient: string;
  readonly purpose: string;
  readonly asked: number;
}

interface Disclosure extends Asked {
  readonly approvedBy: readonly ("sven" | "mona")[];
  readonly state: DisclosureState;
}

interface Copy extends Asked {
  readonly reason: string;
  /** The position of the disclosure that goes with it, from 1. */
  readonly disclosure?: number;
  readonly decidedBy?: "sven" | "gina";
  readonly state: CopyState;
}

const carrier = employeeId("spec");
/** Days from asking to each approval, to what is done with it, and from the last approval to its end. */
const [first, second, used, term] = [0.2, 0.4, 1, 7];

const delivery = {
  staffNo: "sam",
  customer: "C1",
  fields: ["Customer.name", "Customer.address", "Customer.mobile"],
  recipient: "Zhejiang Tea Express, Ms Wang",
  purpose: "ORDER_HANDLING",
};
const complaint = {
  staffNo: "cara",
  customer: "C2",
  fields: ["Customer.name", "Order.product", "ServiceCase.content"],
  recipient: "Quality inspection bureau of Quanzhou",
  purpose: "CUSTOMER_SERVICE",
};

const disclosures: readonly Disclosure[] = [
  { ...delivery, asked: -0.5, approvedBy: ["sven"], state: "REQUESTED" },
  { ...complaint, asked: -2, approvedBy: ["mona", "sven"], state: "APPROVED" },
  { ...delivery, asked: -9, approvedBy: ["sven"], state: "REFUSED" },
  { ...delivery, asked: -30, approvedBy: ["sven", "mona"], state: "SENT" },
  { ...complaint, asked: -12, approvedBy: [], state: "WITHDRAWN" },
  { ...complaint, asked: -40, approvedBy: ["sven", "mona"], state: "LAPSED" },
];

const workshop = { ...delivery, recipient: "裴雅", reason: "The workshop packs by the customer's address" };

const copies: readonly Copy[] = [
  { ...workshop, asked: -0.3, state: "REQUESTED" },
  {
    ...complaint,
    reason: "The bureau asks for the file",
    ...{ asked: -1.8, disclosure: 2, decidedBy: "gina", state: "APPROVED" },
  },
  { ...workshop, asked: -20, decidedBy: "sven", state: "REFUSED" },
  { ...workshop, asked: -15, decidedBy: "sven", state: "HANDED_OVER" },
  { ...workshop, asked: -45, decidedBy: "sven", state: "LAPSED" },
];

/** Copies and disclosures in every state. */
export function disclosureRows(at: Calendar) {
  const year = at(0).getUTCFullYear();
  const shared = (
    { staffNo, customer, fields, recipient, purpose, asked }: Asked,
    prefix: string,
    no: number,
  ) => ({
    formNo: `${prefix}-${year}-${no.toString().padStart(4, "0")}`,
    requestedById: employeeId(staffNo),
    requestedAt: at(asked),
    customerId: customerId(customer),
    fields: [...fields],
    recipient,
    purpose,
    carrierId: carrier,
  });
  const steps: ReturnType<typeof stepsOf> = [];
  const disclosureTable = disclosures.map((one, position): Prisma.ExternalDisclosureCreateManyInput => {
    const { approvedBy, asked, state } = one;
    const id = demoId("dis", position + 1);
    steps.push(...stepsOf("ExternalDisclosure", id, one.staffNo, stepsOfDisclosure(one, at)));
    const approved = (name: "sven" | "mona") => {
      const turn = approvedBy.indexOf(name);
      return turn < 0 ? null : at(asked + [first, second][turn]!);
    };
    return {
      ...shared(one, "D", position + 1),
      ...{ id, state, channel: "SECURE_CARRIER" },
      supervisorId: approvedBy.includes("sven") ? employeeId("sven") : null,
      supervisorAt: approved("sven"),
      managerId: approvedBy.includes("mona") ? employeeId("mona") : null,
      managerAt: approved("mona"),
      approvalEndsAt: approvedBy.length === 2 ? at(asked + second + term) : null,
      ...(state === "REFUSED" && {
        refusedById: employeeId("mona"),
        refusedAt: at(asked + used),
        refusalNote: refused,
      }),
      ...(state === "SENT" && { sentAt: at(asked + used), measures }),
    };
  });
  const copyTable = copies.map((one, position): Prisma.CopyRequestCreateManyInput => {
    const { reason, disclosure, decidedBy, asked, state } = one;
    const id = demoId("cpy", position + 1);
    steps.push(...stepsOf("CopyRequest", id, one.staffNo, stepsOfCopy(one, at)));
    return {
      ...shared(one, "K", position + 1),
      ...{ id, state, reason, medium: "PAPER", forOutside: disclosure !== undefined },
      disclosureId: disclosure === undefined ? null : demoId("dis", disclosure),
      decidedById: decidedBy ? employeeId(decidedBy) : null,
      decidedAt: decidedBy ? at(asked + first) : null,
      decisionNote: state === "REFUSED" ? refused : null,
      approvalEndsAt: decidedBy && state !== "REFUSED" ? at(asked + first + term) : null,
      ...(state === "HANDED_OVER" && { handedOverAt: at(asked + used), measures, receipt: "Signed by hand" }),
    };
  });
  return { disclosures: disclosureTable, copies: copyTable, steps };
}

const refused = "The address is enough for this.";
const measures = "Sealed envelope, handed over in person";

function stepsOfDisclosure({ staffNo, approvedBy, asked, state }: Disclosure, at: Calendar): DemoStep[] {
  const steps: DemoStep[] = [
    { action: "request", to: "REQUESTED", by: employeeId(staffNo), at: at(asked) },
    ...approvedBy.map((name, turn) => ({
      action: name === "sven" ? "approveAsSupervisor" : "approveAsManager",
      to: turn === 0 ? "REQUESTED" : "APPROVED",
      ...{ by: employeeId(name), at: at(asked + [first, second][turn]!) },
      seat: name === "sven" ? "supervisor" : "manager",
    })),
  ];
  const last = { to: state, at: at(asked + used) };
  if (state === "REFUSED")
    steps.push({ ...last, action: "refuse", by: employeeId("mona"), seat: "refuser", note: refused });
  if (state === "SENT") steps.push({ ...last, action: "send", by: carrier, seat: "carrier" });
  if (state === "WITHDRAWN") steps.push({ ...last, action: "withdraw", by: employeeId(staffNo) });
  if (state === "LAPSED") steps.push({ ...last, action: "lapse", by: null, at: at(asked + second + term) });
  return steps;
}

function stepsOfCopy({ staffNo, decidedBy, asked, state }: Copy, at: Calendar): DemoStep[] {
  const steps: DemoStep[] = [{ action: "request", to: "REQUESTED", by: employeeId(staffNo), at: at(asked) }];
  if (decidedBy) {
    const by = { by: employeeId(decidedBy), at: at(asked + first), seat: "decider" };
    steps.push(
      state === "REFUSED"
        ? { action: "refuse", to: "REFUSED", ...by, note: refused }
        : { action: "approve", to: "APPROVED", ...by },
    );
  }
  if (state === "HANDED_OVER")
    steps.push({ action: "handOver", to: state, by: carrier, at: at(asked + used), seat: "carrier" });
  if (state === "LAPSED") steps.push({ action: "lapse", to: state, by: null, at: at(asked + first + term) });
  return steps;
}
