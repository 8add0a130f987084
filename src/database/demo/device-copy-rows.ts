import type { DeviceCopyState, Prisma, RecallCause } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { customerId, demoId } from "./id.js";
import { departmentOf, employeeId } from "./people.js";

/** A copy on a device, handed over with a form of its own; days count from the loading. */
interface DemoCopy {
  readonly device: number;
  readonly holder: string;
  readonly since: number;
  readonly until: number;
  /** The steps after it came there: whereto, and when. */
  readonly steps: readonly (readonly [action: string, to: DeviceCopyState, day: number])[];
  readonly cause?: RecallCause;
}

const recalled = ["recallForTerm", "RECALLED"] as const;

const copies: readonly DemoCopy[] = [
  { device: 1, holder: "sam", since: -3, until: 11, steps: [] },
  { device: 1, holder: "sam", since: -9, until: -0.5, steps: [[...recalled, -0.5]], cause: "TERM_OVER" },
  {
    ...{ device: 1, holder: "sam", since: -30, until: -20, cause: "TERM_OVER" },
    steps: [
      [...recalled, -20],
      ["wipe", "WIPED", -19.5],
    ],
  },
  {
    ...{ device: 118, holder: "T101", since: -65.5, until: -50 },
    steps: [["lose", "LOST_WITH_DEVICE", -65]],
  },
  {
    ...{ device: 84, holder: "T101", since: -65.5, until: -50 },
    steps: [
      ["lose", "LOST_WITH_DEVICE", -64],
      ["end", "GONE", -63],
    ],
  },
];

/** Copies on devices in every state, with the forms that they were handed over by; `requestsBefore`: other such forms. */
export function deviceCopyRows(at: Calendar, { requestsBefore }: { readonly requestsBefore: number }) {
  const year = at(0).getUTCFullYear();
  const number = (prefix: string, no: number) => `${prefix}-${year}-${no.toString().padStart(4, "0")}`;
  const [carrier, decider, wiper] = [employeeId("spec"), employeeId("gina"), employeeId("tim")];
  const all = copies.map(({ device, holder, since, until, steps, cause }, position) => {
    const [id, requestId] = [demoId("dcp", position + 1), demoId("cpy", requestsBefore + position + 1)];
    const when = (to: DeviceCopyState) => steps.find((step) => step[1] === to)?.[2];
    const state = steps.at(-1)?.[1] ?? "KEPT";
    const [recall, wiped] = [when("RECALLED"), when("WIPED")];
    const deviceId = demoId("dev", device);
    const request: Prisma.CopyRequestCreateManyInput = {
      ...{
        id: requestId,
        formNo: number("K", requestsBefore + position + 1),
        requestedById: employeeId("sam"),
      },
      ...{
        customerId: customerId("C1"),
        fields: ["Customer.name"],
        recipient: "沈珊",
        purpose: "ORDER_HANDLING",
      },
      ...{ medium: "ELECTRONIC", reason: "Work on the road", forOutside: false, carrierId: carrier },
      ...{ requestedAt: at(since - 0.5), decidedById: decider, decidedAt: at(since - 0.3) },
      ...{
        approvalEndsAt: at(since + 6.7),
        handedOverAt: at(since),
        measures: "Encrypted",
        receipt: "Signed",
      },
      ...{ deviceId, keptUntil: at(until), state: "HANDED_OVER" },
    };
    const row: Prisma.DeviceCopyCreateManyInput = {
      ...{ id, formNo: number("Y", position + 1), kind: "COPY", deviceId, copyRequestId: requestId, state },
      ...{ holderId: employeeId(holder), departmentCode: departmentOf(holder), customerId: customerId("C1") },
      ...{ since: at(since), until: at(until), recallCause: cause ?? null },
      recalledAt: recall === undefined ? null : at(recall),
      ...(wiped !== undefined && {
        ...{
          wipedById: wiper,
          wipedAt: at(wiped),
          wipeMethod: "OVERWRITE",
          wipeProof: `Protocol Y-${device}`,
        },
      }),
      dueAt: state === "RECALLED" ? at(0.5) : null,
    };
    const asked: DemoStep[] = [
      { action: "request", to: "REQUESTED", by: employeeId("sam"), at: at(since - 0.5) },
      { action: "approve", to: "APPROVED", by: decider, at: at(since - 0.3), seat: "decider" },
      { action: "handOver", to: "HANDED_OVER", by: carrier, at: at(since), seat: "carrier" },
    ];
    const history: DemoStep[] = [
      { action: "keepCopy", to: "KEPT", by: null, at: at(since) },
      ...steps.map(
        ([action, to, day]): DemoStep => ({
          ...{ action, to, at: at(day), by: action === "wipe" ? wiper : null },
          ...(action === "wipe" && { seat: "wiper" }),
        }),
      ),
    ];
    return {
      ...{ request, row },
      steps: [
        ...stepsOf("CopyRequest", requestId, "sam", asked),
        ...stepsOf("DeviceCopy", id, holder, history),
      ],
    };
  });
  return {
    requests: all.map(({ request }) => request),
    rows: all.map(({ row }) => row),
    steps: all.flatMap(({ steps }) => steps),
  };
}
