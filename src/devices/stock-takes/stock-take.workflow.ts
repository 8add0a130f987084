import type { Reason } from "../../access/reasons.js";
import type { StockTake as Row } from "../../database/client.js";
import { constant, join, sql } from "../../reading/sql.js";
import type { Facts } from "../../workflow/facts.js";
import { nowhere, role, system, workflow } from "../../workflow/workflow.js";
import { allocationWorkflow } from "../allocations/allocation.workflow.js";
import { count } from "./count-stock-take.js";
import { countable, keeper, openAfterAllocation, openByHand } from "./open-stock-take.js";
import { CountStockTakeInput, OpenStockTakeInput } from "./stock-take.input.js";
import { StockTake } from "./stock-take.type.js";

/** Technology counts (rulebook 6-07). */
const technology = [role("IT_ENGINEER")];

/** What was lost or has gone in the meantime is not looked for any more. */
const nothingToCount = ({ more }: Facts<Row>): Reason | null => {
  const open = Number(more.open);
  return open === 0
    ? null
    : { code: "OPEN_ITEMS", needs: `every line counted: ${open} to go`, request: "countStockTake" };
};

export const stockTakeWorkflow = workflow<Row>()({
  type: StockTake,
  machine: "F3",
  title: "Stock-take of devices",
  clause: "S004-P4-8, S004-P4-22, rulebook 2.5, 6-07",
  model: "stockTake",
  subject: "custodianId",
  unassigned: { department: "departmentCode", otherwise: keeper },
  seats: { closer: { by: "closedById", at: "closedAt" } },
  states: {
    OPEN: { waitsFor: ["count"] },
    COUNTED: { due: { workingDays: 2 }, waitsFor: ["close"] },
    CLOSED: { end: "The next one comes round; some devices can be counted anew by hand." },
    DROPPED: { end: "Whoever gets the device next is asked anew." },
  },
  openedBy: [
    { of: allocationWorkflow, step: "accept", action: "followAllocation", write: openAfterAllocation },
  ],
  follows: [{ of: allocationWorkflow, by: "allocationId", action: "drop" }],
  reminders: [
    {
      states: ["OPEN", "COUNTED"],
      of: "dueAt",
      hoursBefore: 24,
      to: ["IT_ENGINEER"],
      says: "A stock-take is due within a day.",
    },
    {
      states: ["OPEN", "COUNTED"],
      of: "dueAt",
      daily: true,
      to: ["IT_ENGINEER"],
      says: "A stock-take is overdue.",
    },
  ],
  more: (row) => sql`json_build_object('open', (
    SELECT count(*) FROM "StockTakeLine" l JOIN "Device" d ON d."id" = l."deviceId"
    WHERE l."stockTakeId" = ${row}."id" AND l."countedAt" IS NULL
      AND d."state" IN (${join(countable.map(constant))})))`,
  actions: {
    comeRound: {
      from: [nowhere],
      to: "OPEN",
      who: [system],
      meaning: "It comes round, half-yearly, for every department that has devices (S004-P4-22).",
    },
    followAllocation: {
      from: [nowhere],
      to: "OPEN",
      who: [system],
      meaning: "Somebody has got a device: it is counted within five working days (S004-P4-22).",
    },
    open: {
      from: [nowhere],
      to: "OPEN",
      who: technology,
      meaning: "Counts the devices of a department, or some of them, beside what comes round (S004-P4-8).",
      input: () => OpenStockTakeInput,
      open: openByHand,
    },
    count: {
      from: ["OPEN"],
      to: ["OPEN", "COUNTED"],
      who: technology,
      meaning:
        "Enters what was found of some devices: each line once, and none by whoever has the device. What differs is a violation at once (S004-P4-22).",
      input: () => CountStockTakeInput,
      effect: count,
    },
    close: {
      from: ["OPEN", "COUNTED"],
      to: "CLOSED",
      who: technology,
      seat: "closer",
      requires: nothingToCount,
      meaning: "Closes it, once the register is brought in line (S004-P4-22).",
    },
    drop: {
      from: ["OPEN"],
      to: "DROPPED",
      who: [system],
      meaning: "The device was handed back, or is lost, before it was counted.",
    },
  },
});
