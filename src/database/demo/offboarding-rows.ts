import type { OffboardingState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** Somebody who goes; instants in days from the loading. */
interface Leaving {
  readonly staffNo: string;
  readonly reason: string;
  readonly transfer?: { readonly toDepartment: "CUSTOMER_SERVICE"; readonly toPost: string };
  readonly head: string;
  readonly effective: number;
  readonly lines: readonly string[];
  /** Whether everything is settled. */
  readonly settled: boolean;
  readonly state: OffboardingState;
}

const leavings: readonly Leaving[] = [
  {
    staffNo: "S101",
    reason: "Moves to customer service",
    transfer: { toDepartment: "CUSTOMER_SERVICE", toPost: "Customer service agent" },
    head: "sue",
    effective: 10,
    lines: ["Running offers of the season"],
    settled: false,
    state: "CONFIRMED",
  },
  {
    staffNo: "S104",
    reason: "Gave notice",
    head: "sue",
    effective: -1,
    lines: ["Samples of the spring harvest"],
    settled: false,
    state: "ITEMS_OPEN",
  },
  {
    staffNo: "P101",
    reason: "Retires",
    head: "pia",
    effective: -4,
    lines: ["Plan of the coming season"],
    settled: true,
    state: "ITEMS_CLEARED",
  },
  {
    staffNo: "P102",
    reason: "Gave notice",
    head: "pia",
    effective: -22,
    lines: [],
    settled: true,
    state: "CLOSED",
  },
  {
    staffNo: "S103",
    reason: "Gave notice",
    head: "sue",
    effective: 5,
    lines: [],
    settled: false,
    state: "CANCELLED",
  },
];

/** Secrecy after leaving (S002-4.2a). */
const commitmentDays = 731;

/** Leaving and changes of post in every state. */
export function offboardingRows(at: Calendar) {
  const rows: Prisma.OffboardingCreateManyInput[] = [];
  const lines: Prisma.HandoverLineCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const year = at(0).getUTCFullYear();
  for (const [
    position,
    { staffNo, head, effective, settled, state, transfer, ...one },
  ] of leavings.entries()) {
    const id = demoId("off", position + 1);
    const by = (name: string, days: number) =>
      settled ? { id: employeeId(name), at: at(effective + days) } : null;
    const [headed, devices, material] = [by(head, 0.5), by("tim", 0.6), by("spec", 0.7)];
    const closed = state === "CLOSED" ? by("adam", 2) : null;
    rows.push({
      id,
      formNo: `O-${year}-${String(position + 1).padStart(4, "0")}`,
      employeeId: employeeId(staffNo),
      kind: transfer ? "TRANSFER" : "LEAVE",
      reason: one.reason,
      ...transfer,
      effectiveAt: at(effective),
      permissionFormDueAt: at(effective + 3),
      permissionFormAt: headed?.at ?? null,
      successorId: settled ? employeeId("pat") : null,
      commitmentUntil: settled ? at(effective + commitmentDays) : null,
      confirmedById: employeeId(head),
      confirmedAt: at(effective - 14),
      headClearedById: headed?.id ?? null,
      headClearedAt: headed?.at ?? null,
      technologyClearedById: devices?.id ?? null,
      technologyClearedAt: devices?.at ?? null,
      specialistClearedById: material?.id ?? null,
      specialistClearedAt: material?.at ?? null,
      closedById: closed?.id ?? null,
      closedAt: closed?.at ?? null,
      dueAt: state === "ITEMS_CLEARED" ? at(1) : null,
      state,
    });
    lines.push(
      ...one.lines.map((item) => ({
        id: demoId("hol", lines.length + 1),
        offboardingId: id,
        item,
        settledAt: headed?.at ?? null,
      })),
    );
    steps.push(
      ...stepsOf("Offboarding", id, staffNo, historyOf({ staffNo, head, effective, settled, state }, at)),
    );
  }
  return { rows, lines, steps };
}

function historyOf(
  {
    staffNo,
    head,
    effective,
    settled,
    state,
  }: Pick<Leaving, "staffNo" | "head" | "effective" | "settled" | "state">,
  from: Calendar,
): DemoStep[] {
  const at = (days: number) => from(effective + days);
  const by = (name: string) => employeeId(name);
  const steps: DemoStep[] = [
    { action: "confirm", to: "CONFIRMED", by: by(head), at: at(-14), seat: "confirmer" },
  ];
  if (state === "CONFIRMED") return steps;
  if (state === "CANCELLED")
    return [
      ...steps,
      { action: "cancel", to: "CANCELLED", by: by(head), at: at(-8), note: "Stays after all." },
    ];
  steps.push({ action: "takeEffect", to: "ITEMS_OPEN", by: null, at: at(0) });
  if (!settled) return steps;
  steps.push(
    { action: "promise", to: "ITEMS_OPEN", by: by(staffNo), at: at(0.2) },
    { action: "handOver", to: "ITEMS_OPEN", by: by(head), at: at(0.3) },
    { action: "filePermissionForm", to: "ITEMS_OPEN", by: by(head), at: at(0.4) },
    { action: "clearDepartment", to: "ITEMS_OPEN", by: by(head), at: at(0.5), seat: "head" },
    { action: "clearDevices", to: "ITEMS_OPEN", by: by("tim"), at: at(0.6), seat: "technology" },
    { action: "clearMaterial", to: "ITEMS_CLEARED", by: by("spec"), at: at(0.7), seat: "specialist" },
  );
  if (state === "CLOSED")
    steps.push({ action: "close", to: "CLOSED", by: by("adam"), at: at(2), seat: "closer" });
  return steps;
}
