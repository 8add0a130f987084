import type { EmergencyAccessState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { customerId, demoId } from "./id.js";
import { employeeId, personNumber } from "./people.js";

/** Who opened access in an emergency, when, and what the reviewer found. The demo is loaded as if it were switched on. */
const opened: readonly {
  staffNo: string;
  reason: string;
  from: number;
  notes?: string;
  state: EmergencyAccessState;
}[] = [
  { staffNo: "S102", reason: "A delivery burns; its customer has to be warned", from: -0.05, state: "OPEN" },
  { staffNo: "S104", reason: "The telephone list is lost", from: -1.5, state: "ENDED" },
  { staffNo: "S101", reason: "A recall", from: -12, notes: "There was a recall.", state: "JUSTIFIED" },
  { staffNo: "S103", reason: "Urgent", from: -9, notes: "Nothing was urgent.", state: "UNJUSTIFIED" },
];

/** Four hours. */
const length = 1 / 6;
const classes = ["BASIC", "BUSINESS", "ORDER", "SERVICE", "FINANCIAL", "PRIVATE"] as const;

/** Access in an emergency in every state, each with the grant that it opened. */
export function emergencyRows(at: Calendar) {
  const rows: Prisma.EmergencyAccessCreateManyInput[] = [];
  const grants: Prisma.GrantCreateManyInput[] = [];
  const granted: Prisma.GrantClassCreateManyInput[] = [];
  const customers: Prisma.GrantCustomerCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const year = at(0).getUTCFullYear();
  for (const [position, { staffNo, reason, from, notes, state }] of opened.entries()) {
    const id = demoId("eme", position + 1);
    const grantId = demoId("gra", 10_000 + personNumber(staffNo));
    const [began, until] = [at(from), at(from + length)];
    const isOpen = state === "OPEN";
    const reviewed = notes ? { by: employeeId("adam"), at: at(from + 1) } : null;
    grants.push({
      ...{ id: grantId, granteeId: employeeId(staffNo), kind: "CASE", tier: "SENSITIVE" },
      ...{
        operations: ["SEE_MASKED", "SEE_CLEAR"],
        customerScope: "CASE_LIST",
        purposes: ["ORDER_HANDLING"],
      },
      ...{ secrecyClearance: "CONFIDENTIAL", validFrom: began, validTo: until, policyVersion: 1 },
      endedAt: isOpen ? null : until,
      state: isOpen ? "ACTIVE" : "EXPIRED",
    });
    for (const fieldClass of classes)
      granted.push({
        id: demoId("gcl", 100_000 + granted.length),
        ...{ grantId, fieldClass, cap: "CLEAR", onlyFields: [] },
      });
    customers.push({ id: demoId("gcu", 100_000 + position), grantId, customerId: customerId("C4") });
    rows.push({
      ...{ id, employeeId: employeeId(staffNo), grantId, reason, state },
      formNo: `E-${year}-${String(position + 1).padStart(4, "0")}`,
      openUntil: until,
      reviewedById: reviewed?.by ?? null,
      reviewedAt: reviewed?.at ?? null,
      reviewerNotes: notes ?? null,
      dueAt: state === "ENDED" ? at(1) : null,
    });
    const end = (action: string, to: string): DemoStep[] =>
      isOpen ? [] : [{ action, to, by: null, at: until }];
    steps.push(
      ...stepsOf("Grant", grantId, staffNo, [
        { action: "give", to: "ACTIVE", by: null, at: began },
        ...end("expire", "EXPIRED"),
      ]),
      ...stepsOf("EmergencyAccess", id, staffNo, [
        { action: "open", to: "OPEN", by: employeeId(staffNo), at: began },
        ...end("runOut", "ENDED"),
        ...(reviewed
          ? [
              {
                ...{ to: state, by: reviewed.by, at: reviewed.at, seat: "reviewer", note: notes ?? null },
                action: state === "JUSTIFIED" ? "justify" : "disallow",
              },
            ]
          : []),
      ]),
    );
  }
  return { rows, grants, granted, customers, steps };
}
