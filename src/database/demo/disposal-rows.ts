import type { DisposalMethod, DisposalState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { customerId, demoId } from "./id.js";
import { employeeId } from "./people.js";

/** A disposal, with what has happened to it; each step a day after the one before. */
interface Disposal {
  readonly customer: string;
  readonly method: DisposalMethod;
  readonly reason: string;
  readonly note?: string;
  readonly proposed: number;
  readonly witness?: string;
  readonly steward?: string;
  readonly state: DisposalState;
}

const overdue = "The retention period is over.";

const disposals: readonly Disposal[] = [
  {
    ...{ customer: "C14", method: "SHRED", reason: "—", proposed: -33 },
    ...{ witness: "cara", steward: "dora", state: "DESTROYED" },
  },
  {
    ...{ customer: "C4", method: "WIPE", reason: overdue, proposed: -25 },
    ...{ witness: "cara", steward: "sven", state: "REFUSED" },
    note: "Wait for the end of the year.",
  },
  { customer: "C4", method: "WIPE", reason: overdue, proposed: -12, state: "WITHDRAWN" },
  {
    ...{ customer: "C13", method: "PULP", reason: overdue, proposed: -3 },
    ...{ witness: "carl", steward: "dora", state: "APPROVED" },
  },
  { customer: "C12", method: "SHRED", reason: overdue, proposed: -2, witness: "cara", state: "WITNESSED" },
  { customer: "C11", method: "SHRED", reason: overdue, proposed: -1, state: "PROPOSED" },
];

const proposer = "spec";

/** Disposals in every state. */
export function disposalRows(at: Calendar) {
  const customers: Prisma.DisposalCustomerCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const rows = disposals.map((one, position): Prisma.DisposalCreateManyInput => {
    const { method, reason, state, proposed, witness, steward } = one;
    const id = demoId("dsp", position + 1);
    customers.push({ disposalId: id, customerId: customerId(one.customer), statusBefore: "EXPIRED" });
    steps.push(...stepsOf("Disposal", id, proposer, historyOf(one, at)));
    const destroyed = state === "DESTROYED";
    return {
      ...{ id, method, reason, state },
      formNo: `V-${at(0).getUTCFullYear()}-${String(position + 1).padStart(4, "0")}`,
      note: one.note ?? null,
      proposedById: employeeId(proposer),
      proposedAt: at(proposed),
      witnessedById: witness ? employeeId(witness) : null,
      witnessedAt: witness ? at(proposed + 1) : null,
      decidedById: steward ? employeeId(steward) : null,
      decidedAt: steward ? at(proposed + 2) : null,
      destroyedById: destroyed ? employeeId(proposer) : null,
      destroyedAt: destroyed ? at(proposed + 3) : null,
      dueAt: ["PROPOSED", "WITNESSED", "APPROVED"].includes(state) ? at(2) : null,
    };
  });
  return { rows, customers, steps };
}

function historyOf({ proposed, witness, steward, state }: Disposal, at: Calendar): DemoStep[] {
  const by = employeeId(proposer);
  const steps: DemoStep[] = [{ action: "propose", to: "PROPOSED", by, at: at(proposed) }];
  if (witness)
    steps.push({
      ...{ action: "witness", to: "WITNESSED", by: employeeId(witness), seat: "witness" },
      at: at(proposed + 1),
    });
  if (steward) {
    const action = state === "REFUSED" ? "refuse" : "approve";
    const to = state === "REFUSED" ? "REFUSED" : "APPROVED";
    steps.push({ action, to, by: employeeId(steward), at: at(proposed + 2), seat: "steward" });
  }
  if (state === "WITHDRAWN") steps.push({ action: "withdraw", to: "WITHDRAWN", by, at: at(proposed + 1) });
  if (state === "DESTROYED") steps.push({ action: "destroy", to: "DESTROYED", by, at: at(proposed + 3) });
  return steps;
}
