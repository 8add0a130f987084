import type { IncidentKind, IncidentState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** An incident as it stands; the day on which it was reported, from the loading. */
interface DemoIncident {
  readonly kind: IncidentKind;
  readonly reporter: string;
  readonly text: string;
  readonly device?: number;
  readonly reported: number;
  readonly state: IncidentState;
}

const incidents: readonly DemoIncident[] = [
  {
    ...{ kind: "LOSS", reporter: "clerk", device: 84, reported: -64, state: "CLOSED" },
    text: "Device D84 is lost. Not found after the move of the general office",
  },
  {
    ...{ kind: "LOSS", reporter: "clerk", device: 83, reported: -64, state: "REVIEWED" },
    text: "Device D83 is lost. Left on the train to Hangzhou",
  },
  {
    ...{ kind: "LOSS", reporter: "clerk", device: 82, reported: -64, state: "INVESTIGATING" },
    text: "Device D82 is lost. Left on the train to Hangzhou",
  },
  {
    ...{ kind: "SUSPECTED_LEAK", reporter: "sam", reported: -12, state: "RESOLVED" },
    text: "A list of names lay in the printer of the third floor",
  },
  {
    ...{ kind: "SYSTEM_FAULT", reporter: "cara", reported: -6, state: "PLAN_ACTIVATED" },
    text: "The customer list has answered slowly since noon, and at times not at all",
  },
  {
    ...{ kind: "DEVICE_DAMAGE", reporter: "pat", reported: -2, state: "CONTAINED" },
    text: "Tea over the keyboard of a terminal in the hall",
  },
  {
    ...{ kind: "OTHER", reporter: "sven", reported: -0.02, state: "REPORTED" },
    text: "Somebody at the gate asked for the telephone list of our customers",
  },
];

const order = ["REPORTED", "CONTAINED", "PLAN_ACTIVATED", "INVESTIGATING", "RESOLVED", "REVIEWED", "CLOSED"];
const steps: readonly Omit<DemoStep, "at">[] = [
  { action: "report", to: "REPORTED", by: null },
  { action: "contain", to: "CONTAINED", by: employeeId("tim") },
  { action: "activatePlan", to: "PLAN_ACTIVATED", by: employeeId("tess") },
  { action: "investigate", to: "INVESTIGATING", by: employeeId("adam"), seat: "investigator" },
  { action: "resolve", to: "RESOLVED", by: employeeId("adam") },
  { action: "review", to: "REVIEWED", by: employeeId("gina"), seat: "reviewer" },
  { action: "close", to: "CLOSED", by: employeeId("adam") },
];

interface IncidentRows {
  readonly rows: Prisma.IncidentCreateManyInput[];
  readonly steps: ReturnType<typeof stepsOf>;
}

export function incidentRows(at: Calendar): IncidentRows {
  const year = at(0).getUTCFullYear();
  const all = incidents.map(({ kind, reporter, text, device, reported, state }, position) => {
    const id = demoId("inc", position + 1);
    const history = steps.slice(0, order.indexOf(state) + 1).map((step, day): DemoStep => {
      const opening = device ? { action: "reportLoss" } : { by: employeeId(reporter) };
      return { ...step, ...(day === 0 && opening), at: at(reported + day * 0.01) };
    });
    const step = (action: string) => history.find((one) => one.action === action);
    const row: Prisma.IncidentCreateManyInput = {
      ...{ id, kind, text, state, formNo: `I-${year}-${String(position + 1).padStart(4, "0")}` },
      ...{ reporterId: employeeId(reporter), deviceId: device ? demoId("dev", device) : null },
      // Nobody had any of them.
      holderDepartment: device ? "TECHNOLOGY" : null,
      discoveredAt: at(reported),
      reportedAt: at(reported),
      reportedLate: false,
      containedById: step("contain")?.by ?? null,
      containedAt: step("contain")?.at ?? null,
      remedy: step("contain") ? "What it was kept on is shut off" : null,
      investigatorId: step("investigate")?.by ?? null,
      investigatedAt: step("investigate")?.at ?? null,
      cause: step("resolve") ? "Nobody had been told whose it was to look after" : null,
      cost: step("resolve") ? "0.00" : null,
      resolvedAt: step("resolve")?.at ?? null,
      reviewerId: step("review")?.by ?? null,
      reviewedAt: step("review")?.at ?? null,
      findings: step("review") ? "Moves are announced to technology beforehand" : null,
    };
    return { row, steps: stepsOf("Incident", id, reporter, history) };
  });
  return { rows: all.map(({ row }) => row), steps: all.flatMap((incident) => incident.steps) };
}
