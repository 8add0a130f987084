import type { CorrectionState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { customerId, demoId } from "./id.js";
import { employeeId } from "./people.js";

/** A correction, with what has happened to it; instants in days from the loading. */
interface Correction {
  readonly customer: string;
  readonly field: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
  readonly reason: string;
  readonly evidence?: readonly string[];
  readonly by: string;
  readonly proposed: number;
  readonly decidedBy?: string;
  readonly settled?: number;
  readonly note?: string;
  readonly state: CorrectionState;
}

const corrections: readonly Correction[] = [
  {
    ...{ customer: "C2", field: "Customer.address" },
    oldValue: "福建省泉州市丰泽区刺桐路86号",
    newValue: "福建省泉州市丰泽区刺桐路88号",
    reason: "The last parcel came back.",
    evidence: ["Parcel 7731"],
    ...{ by: "cara", proposed: -20, decidedBy: "dora", settled: -19, state: "APPLIED" },
  },
  {
    ...{ customer: "C2", field: "Customer.email", oldValue: "zhengweimin@example.net", newValue: null },
    reason: "A letter to it was returned.",
    ...{ by: "spec", proposed: -15, decidedBy: "sven", settled: -14, state: "REJECTED" },
    note: "The mailbox was full; it works again.",
  },
  {
    ...{ customer: "C1", field: "Customer.preferences" },
    oldValue: "First harvest, light roast",
    newValue: "First harvest",
    reason: "Said so on the phone.",
    ...{ by: "sam", proposed: -10, settled: -9, state: "WITHDRAWN" },
  },
  {
    ...{ customer: "C4", field: "Customer.creditLimit", oldValue: "5000.00", newValue: "0.00" },
    reason: "No longer a customer.",
    ...{ by: "mona", proposed: -8.5, settled: -8, state: "WITHDRAWN" },
  },
  {
    ...{ customer: "C2", field: "Customer.rating", oldValue: "B", newValue: "A" },
    reason: "Pays before the term.",
    ...{ by: "cara", proposed: -0.8, state: "PROPOSED" },
  },
  {
    ...{ customer: "C1", field: "Customer.mobile" },
    oldValue: "+8613857110001",
    newValue: "+8613857110011",
    reason: "Two digits were swapped.",
    ...{ by: "sam", proposed: -0.5, state: "PROPOSED" },
  },
  {
    ...{ customer: "C1", field: "Customer.healthNotes" },
    oldValue: "Sleeps badly after strong tea; takes blood-pressure tablets.",
    newValue: "Sleeps badly after strong tea.",
    reason: "The tablets are no longer needed.",
    ...{ by: "cu1", proposed: -0.3, state: "PROPOSED" },
  },
  {
    ...{ customer: "C3", field: "Customer.landline", oldValue: "+8687165150003", newValue: "+8687165150030" },
    reason: "The switchboard has moved.",
    ...{ by: "mona", proposed: -0.2, state: "PROPOSED" },
  },
];

const lastStep = { APPLIED: "apply", REJECTED: "reject", WITHDRAWN: "withdraw", PROPOSED: null } as const;

/** Corrections in every state. */
export function correctionRows(at: Calendar) {
  const steps: ReturnType<typeof stepsOf> = [];
  const rows = corrections.map((one, position): Prisma.CorrectionRequestCreateManyInput => {
    const { field, oldValue, newValue, reason, state, by, proposed, decidedBy, settled = 0 } = one;
    const id = demoId("cor", position + 1);
    const history: DemoStep[] = [{ action: "propose", to: "PROPOSED", by: employeeId(by), at: at(proposed) }];
    const action = lastStep[state];
    if (action)
      history.push({
        ...{ action, to: state, by: employeeId(decidedBy ?? by), at: at(settled) },
        ...(decidedBy && { seat: "steward" }),
      });
    steps.push(...stepsOf("CorrectionRequest", id, by, history));
    return {
      ...{ id, field, oldValue, newValue, reason, state },
      formNo: `B-${at(0).getUTCFullYear()}-${String(position + 1).padStart(4, "0")}`,
      customerId: customerId(one.customer),
      evidence: [...(one.evidence ?? [])],
      note: one.note ?? null,
      proposedById: employeeId(by),
      proposedAt: at(proposed),
      decidedById: decidedBy ? employeeId(decidedBy) : null,
      decidedAt: decidedBy ? at(settled) : null,
      dueAt: state === "PROPOSED" ? at(2) : null,
    };
  });
  return { rows, steps };
}
