import type { Prisma, ScrapState } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** A scrap sheet of one of the demo's devices; the day on which it was asked for, from the loading. */
interface DemoSheet {
  readonly device: number;
  readonly asked: number;
  readonly verdict: string;
  readonly state: ScrapState;
}

/** In the order of their numbers. The last steps of these devices' lives come from here. */
const sheets: readonly DemoSheet[] = [
  { device: 81, asked: -61, verdict: "The mainboard is no longer made", state: "SCRAPPED" },
  { device: 77, asked: -60, verdict: "Repair costs more than a new one", state: "REFUSED" },
  { device: 77, asked: -58, verdict: "Repair costs more than a new one", state: "WITHDRAWN" },
  { device: 79, asked: -61, verdict: "The screen and the battery are gone", state: "REQUESTED" },
  { device: 80, asked: -61, verdict: "Water damage", state: "APPROVED" },
  { device: 85, asked: -61, verdict: "The power supply has burnt", state: "WIPED" },
];

type Step = Omit<DemoStep, "at"> & { readonly action: string };

const requested: Step = { action: "request", to: "REQUESTED", by: employeeId("clerk") };
const approved: Step = { action: "approve", to: "APPROVED", by: employeeId("fin"), seat: "decider" };
const wiped: Step = { action: "wipe", to: "WIPED", by: employeeId("tess"), seat: "wiper" };

const steps: Readonly<Record<ScrapState, readonly Step[]>> = {
  REQUESTED: [requested],
  APPROVED: [requested, approved],
  WIPED: [requested, approved, wiped],
  SCRAPPED: [...[requested, approved, wiped], { action: "finish", to: "SCRAPPED", by: employeeId("clerk") }],
  REFUSED: [
    requested,
    {
      ...{ action: "refuse", to: "REFUSED", by: employeeId("fin"), seat: "decider" },
      note: "The maker replaces it until the end of the year",
    },
  ],
  WITHDRAWN: [requested, { action: "withdraw", to: "WITHDRAWN", by: employeeId("clerk") }],
};

interface ScrapRows {
  readonly rows: Prisma.ScrapSheetCreateManyInput[];
  readonly steps: ReturnType<typeof stepsOf>;
}

export function scrapRows(at: Calendar): ScrapRows {
  const year = at(0).getUTCFullYear();
  const all = sheets.map(({ device, asked, verdict, state }, position) => {
    const id = demoId("scr", position + 1);
    const history = steps[state].map((step, day): DemoStep => ({ ...step, at: at(asked + day * 0.5) }));
    const when = (action: string) => history.find((step) => step.action === action)?.at ?? null;
    const decision = history.find(({ seat }) => seat === "decider");
    const row: Prisma.ScrapSheetCreateManyInput = {
      ...{ id, verdict, state, formNo: `X-${year}-${String(position + 1).padStart(4, "0")}` },
      ...{ deviceId: demoId("dev", device), requestedById: employeeId("clerk"), requestedAt: at(asked) },
      decidedById: decision?.by ?? null,
      decidedAt: decision?.at ?? null,
      wipedById: when("wipe") && employeeId("tess"),
      wipedAt: when("wipe"),
      wipeMethod: when("wipe") ? "CRYPTO_ERASE" : null,
      wipeProof: when("wipe") ? `Protocol W-${device}` : null,
      proceeds: when("finish") ? "120.00" : null,
      scrappedAt: when("finish"),
    };
    return { row, steps: stepsOf("ScrapSheet", id, "clerk", history) };
  });
  return { rows: all.map(({ row }) => row), steps: all.flatMap((sheet) => sheet.steps) };
}
