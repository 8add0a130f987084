import type { AllocationState, DeviceShareState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { bought, deviceWith, givenBack, idle, type Taken } from "./device-life-rows.js";
import { deviceIdOf, issued, issuedOn, numberOf } from "./device-rows.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { demoPeople, departmentOf, employeeId, headOf, personNumber } from "./people.js";

/** Who has which device, and how it came there; instants in days from the loading. */
interface DemoAllocation {
  readonly number: number;
  readonly deviceId: string | null;
  readonly user: string;
  readonly need: string;
  /** When it was asked for; half a day later its user has it. */
  readonly asked: number;
  /** When it began to go back. */
  readonly left?: number;
  readonly state: AllocationState;
}

type Part = "head" | "allocator" | "issuer" | "checker" | "user" | null;

/** Steps of an allocation: whereto, by whom, how many days after it was asked for or began to go back, in which seat. */
const taken = {
  request: ["REQUESTED", "head", 0, "requester"],
  allocate: ["ALLOCATED", "allocator", 0.1, "allocator"],
  issue: ["ISSUED", "issuer", 0.3, "issuer"],
  accept: ["ACCEPTED", "user", 0.5, null],
  refuse: ["REFUSED", "allocator", 0.2, null],
  decline: ["DECLINED", "user", 0.4, null],
  drop: ["WITHDRAWN", null, 0.4, null],
  reportIdle: ["IDLE_REPORTED", "head", 0, null],
  updateFile: ["FILE_UPDATED", "allocator", 0.1, null],
  requestTransfer: ["TRANSFER_REQUESTED", "user", 0, null],
  checkDepartment: ["CHECKED_DEPT", "head", 0.1, "deptChecker"],
  checkTechnology: ["CHECKED_IT", "checker", 0.2, "itChecker"],
  return: ["RETURNED", "checker", 0.3, null],
  reassign: ["REASSIGNED", "allocator", 0.3, null],
  end: ["ENDED", null, 0, null],
} as const satisfies Record<string, readonly [AllocationState, Part, number, string | null]>;
type Action = keyof typeof taken;

const accepted: readonly Action[] = ["request", "allocate", "issue", "accept"];
const checked: readonly Action[] = [...accepted, "requestTransfer", "checkDepartment", "checkTechnology"];

/** The way to each state. */
const ways: Readonly<Record<AllocationState, readonly Action[]>> = {
  REQUESTED: accepted.slice(0, 1),
  ALLOCATED: accepted.slice(0, 2),
  ISSUED: accepted.slice(0, 3),
  ACCEPTED: accepted,
  IDLE_REPORTED: [...accepted, "reportIdle"],
  FILE_UPDATED: [...accepted, "reportIdle", "updateFile"],
  TRANSFER_REQUESTED: checked.slice(0, -2),
  CHECKED_DEPT: checked.slice(0, -1),
  CHECKED_IT: checked,
  RETURNED: [...checked, "return"],
  REASSIGNED: [...checked, "reassign"],
  REFUSED: ["request", "refuse"],
  DECLINED: ["request", "allocate", "issue", "decline"],
  WITHDRAWN: ["request", "drop"],
  ENDED: [...accepted, "end"],
};

const notes: Partial<Record<Action, string>> = {
  refuse: "There is a terminal for this in the training room.",
  decline: "The keyboard is broken.",
};

const dev = (number: number): string => demoId("dev", number);
/** When a device that goes its way with a step a day was taken up, and when it was no longer used. */
const [takenUp, putDown] = [-66, -65];
const trainer = {
  ...{ user: "T101", need: "Exercises in the training room", asked: takenUp - 0.5, left: putDown },
} as const;

/** What was not as the register has it when it was counted. */
const deviating = { stockTakenAt: null, stockTakeDueAt: null } as const;
const inHands = { custodianId: employeeId("T101"), departmentCode: departmentOf("T101") } as const;

const others: readonly Omit<DemoAllocation, "number">[] = [
  { ...trainer, deviceId: dev(111), state: "REASSIGNED" },
  { user: "S102", need: "Visits to customers", deviceId: dev(111), asked: -2, state: "ALLOCATED" },
  { user: "S101", need: "Visits to customers", deviceId: dev(112), asked: -8, state: "DECLINED" },
  { user: "S103", need: "Visits to customers", deviceId: dev(112), asked: -2, state: "ISSUED" },
  { ...trainer, deviceId: dev(113), state: "IDLE_REPORTED" },
  { ...trainer, deviceId: dev(114), state: "FILE_UPDATED" },
  { ...trainer, deviceId: dev(115), state: "TRANSFER_REQUESTED" },
  { ...trainer, deviceId: dev(116), state: "CHECKED_DEPT" },
  { ...trainer, deviceId: dev(117), state: "CHECKED_IT" },
  { ...trainer, deviceId: dev(118), state: "ENDED" },
  { ...trainer, deviceId: dev(119), state: "ACCEPTED" },
  { user: "T101", need: "A second projector", deviceId: null, asked: -20, state: "REFUSED" },
  { user: "S104", need: "Visits to customers", deviceId: null, asked: -1.4, state: "WITHDRAWN" },
  { user: "neo", need: "Work with the customer list", deviceId: null, asked: -0.2, state: "REQUESTED" },
  { user: "dora", need: "In place of an old one", deviceId: null, asked: -0.1, state: "REQUESTED" },
  ...givenBack.map((number) => ({ ...trainer, deviceId: dev(number), state: "RETURNED" as const })),
];

/** The devices of these, but for those that have gone other ways since. */
const devices: readonly (readonly [number, readonly Taken[], Partial<Prisma.DeviceCreateManyInput>?])[] = [
  [111, idle],
  [112, idle, { ipAddress: "10.20.2.112" }],
  // For the course on classified records, once it is reviewed.
  [113, idle, { ...inHands, classified: true }],
  [114, idle, { ...inHands, ...deviating }],
  ...[115, 116, 117].map((number) => [number, idle, inHands] as const),
  [118, [...bought, "takeUp", "lose"], inHands],
  [
    119,
    [...bought, "takeUp"],
    { ...inHands, ...deviating, isCustomerListDevice: false, ipAddress: "10.20.2.119" },
  ],
];

/** Who wants to use the device of the training room. */
const shares: readonly (readonly [staffNo: string, DeviceShareState])[] = [
  ["neo", "ASKED"],
  ["S103", "CONSENTED"],
  ["cara", "REFUSED"],
  ["nina", "ENDED"],
];

/** Allocations and shared uses in every state, with the devices that nobody else speaks of. */
export function allocationRows(at: Calendar) {
  const all = [
    ...issued.map(ofLogin),
    ...others.map((one, position) => ({ ...one, number: 101 + position })),
  ];
  const made = devices.map(([number, life, more]) => ({ more, ...deviceWith({ number, life }, at) }));
  return {
    devices: made.map(({ row, more }) => ({ ...row, ...more })),
    rows: all.map((one) => rowOf(one, at)),
    shares: shares.map((one, position) => shareOf(one, position + 1, at)),
    steps: [
      ...made.flatMap(({ steps }) => steps),
      ...all.flatMap((one) => stepsOf("Allocation", demoId("alc", one.number), one.user, historyOf(one, at))),
      ...shares.flatMap((one, position) =>
        stepsOf("DeviceShare", demoId("shr", position + 1), one[0], shareHistory(one, at)),
      ),
    ],
  };
}

const ofLogin = (device: (typeof issued)[number]): DemoAllocation => ({
  number: numberOf(device),
  deviceId: deviceIdOf(device),
  user: device.custodian,
  need: "Work with the customer list",
  asked: issuedOn(device.custodian) - 0.5,
  state: "ACCEPTED",
});

/** Nobody takes part in what is about them, and administration's head has asked for those of administration. */
function whoIs(part: Part, user: string): string | null {
  if (part === null) return null;
  const head = user === "gina" ? "ada" : headOf(demoPeople[personNumber(user) - 1]!);
  const parts: Readonly<Record<NonNullable<Part>, string>> = {
    ...{ head, user },
    allocator: user === "clerk" ? "gina" : "clerk",
    issuer: user === "tim" ? "tess" : "tim",
    checker: "tess",
  };
  return employeeId(parts[part]);
}

const historyOf = ({ user, asked, left = 0, state }: DemoAllocation, at: Calendar) => {
  const back = ways[state].indexOf("accept");
  return ways[state].map((action, position) => {
    const [to, part, days, seat] = taken[action];
    const begun = back >= 0 && position > back ? left : asked;
    const step = { action, to, by: whoIs(part, user), at: at(begun + days), note: notes[action] ?? null };
    return { ...step, ...(seat && { seat }) } satisfies DemoStep;
  });
};

const waiting: readonly AllocationState[] = [
  ...(["REQUESTED", "ALLOCATED", "IDLE_REPORTED"] as const),
  ...(["TRANSFER_REQUESTED", "CHECKED_DEPT", "CHECKED_IT"] as const),
];
const ended: readonly AllocationState[] = [
  ...(["RETURNED", "REASSIGNED", "REFUSED", "DECLINED", "WITHDRAWN", "ENDED"] as const),
];

function rowOf(one: DemoAllocation, at: Calendar): Prisma.AllocationCreateManyInput {
  const { number, deviceId, user, need, state } = one;
  const steps = historyOf(one, at);
  const step = (action: Action) => steps.find((taken) => taken.action === action);
  const acceptedAt = step("accept")?.at ?? null;
  return {
    ...{ id: demoId("alc", number), deviceId, need, state },
    ...{ departmentCode: departmentOf(user), userId: employeeId(user) },
    ...{ requestedById: step("request")!.by, requestedAt: step("request")!.at },
    ...{ allocatedById: step("allocate")?.by ?? null, allocatedAt: step("allocate")?.at ?? null },
    ...{ issuedById: step("issue")?.by ?? null, issuedAt: step("issue")?.at ?? null },
    ...{ acceptedAt, termsVersion: acceptedAt && "2026-1", unusedAt: acceptedAt && at(29.9) },
    ...{
      checkedDeptById: step("checkDepartment")?.by ?? null,
      checkedDeptAt: step("checkDepartment")?.at ?? null,
    },
    ...{
      checkedItById: step("checkTechnology")?.by ?? null,
      checkedItAt: step("checkTechnology")?.at ?? null,
    },
    ...(step("checkTechnology") && { sealIntact: true, complete: true }),
    endedAt: ended.includes(state) ? steps.at(-1)!.at : null,
    dueAt: waiting.includes(state) ? at(1) : null,
  };
}

/** When they asked, and when it was decided and ended. */
const [askedOn, decidedOn, endedOn] = [-5, -4, -3];

const shareHistory = ([staffNo, state]: (typeof shares)[number], at: Calendar): DemoStep[] => {
  const decided = { by: employeeId("gina"), at: at(decidedOn), seat: "decider" };
  return [
    { action: "ask", to: "ASKED", by: employeeId(staffNo), at: at(askedOn) },
    ...(state === "REFUSED"
      ? [{ ...decided, action: "refuse", to: state, note: "There are free places in customer service." }]
      : []),
    ...(state === "CONSENTED" || state === "ENDED"
      ? [{ ...decided, action: "consent", to: "CONSENTED" }]
      : []),
    ...(state === "ENDED" ? [{ action: "end", to: state, by: employeeId(staffNo), at: at(endedOn) }] : []),
  ];
};

function shareOf(
  share: (typeof shares)[number],
  number: number,
  at: Calendar,
): Prisma.DeviceShareCreateManyInput {
  const [staffNo, state] = share;
  const decided = state !== "ASKED";
  return {
    ...{ id: demoId("shr", number), state, askerId: employeeId(staffNo), purpose: "Preparing for a course" },
    allocationId: demoId("alc", 101 + others.findIndex(({ deviceId }) => deviceId === dev(119))),
    ...{ deviceId: dev(119), custodianId: employeeId("T101"), departmentCode: departmentOf("T101") },
    until: at(20),
    ...{ decidedById: decided ? employeeId("gina") : null, decidedAt: decided ? at(decidedOn) : null },
    endedAt: state === "REFUSED" ? at(decidedOn) : state === "ENDED" ? at(endedOn) : null,
    dueAt: decided ? null : at(1),
  };
}
