import type { Prisma, SecretReviewState } from "../client.js";
import type { Calendar } from "./calendar.js";
import { deviceIdOf, issued, secretReviewedOn } from "./device-rows.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { demoPeople, departmentOf, employeeId, headOf, personNumber } from "./people.js";

/** The review of a device; the day on which it was opened, from the loading. Each step takes a day. */
interface DemoReview {
  readonly deviceNo: string;
  readonly deviceId: string;
  readonly custodian: string;
  readonly opened: number;
  readonly state: SecretReviewState;
  readonly findings?: string;
}

const classified = issued.filter((device) => device.classified);

const of = (staffNo: string): Pick<DemoReview, "deviceNo" | "deviceId" | "custodian"> => {
  const device = classified.find(({ custodian }) => custodian === staffNo)!;
  return { deviceNo: device.deviceNo, deviceId: deviceIdOf(device), custodian: staffNo };
};

/** In the order of their numbers: what was rejected and taken back, what holds, and what waits for the keeper. */
const reviews: readonly DemoReview[] = [
  { ...of("mona"), opened: -52, state: "VOID" },
  { ...of("carl"), opened: -50, state: "REJECTED" },
  ...classified.map(
    ({ custodian }): DemoReview => ({ ...of(custodian), opened: secretReviewedOn - 1, state: "REVIEWED" }),
  ),
  {
    ...{ deviceNo: "D113", deviceId: demoId("dev", 113), custodian: "T101", opened: -1, state: "OPEN" },
    findings: "For the course on classified records; lies in the safe of the training room",
  },
];

const spec = employeeId("spec");
const notes = {
  reject: "The window of the room can be looked into from the street",
  revoke: "The keyboard was changed without a word",
} as const;

function historyOf({ custodian, opened, state }: DemoReview, at: Calendar): DemoStep[] {
  const person = demoPeople[personNumber(custodian) - 1]!;
  // The general manager's head is that of administration.
  const head = employeeId(custodian === "gina" ? "ada" : headOf(person));
  const open: DemoStep = { action: "open", to: "OPEN", by: head, at: at(opened), seat: "opener" };
  const decide = { by: spec, at: at(opened + 1), seat: "keeper" };
  switch (state) {
    case "OPEN":
      return [open];
    case "REJECTED":
      return [open, { ...decide, action: "reject", to: state, note: notes.reject }];
    case "REVIEWED":
      return [open, { ...decide, action: "confirm", to: state }];
    case "VOID":
      return [
        open,
        { ...decide, action: "confirm", to: "REVIEWED" },
        { action: "revoke", to: state, by: spec, at: at(opened + 4), note: notes.revoke },
      ];
  }
}

/** Reviews of devices for classified records, in every state. */
export function secretReviewRows(at: Calendar) {
  const year = at(0).getUTCFullYear();
  const all = reviews.map((review, position) => {
    const { deviceId, deviceNo, custodian, state, findings } = review;
    const id = demoId("rvw", position + 1);
    const history = historyOf(review, at);
    const decision = history.find(({ seat }) => seat === "keeper");
    const row: Prisma.SecretReviewCreateManyInput = {
      ...{ id, deviceId, deviceNo, state, custodianId: employeeId(custodian) },
      formNo: `SR-${year}-${String(position + 1).padStart(4, "0")}`,
      departmentCode: departmentOf(custodian),
      findings: findings ?? "Seal whole; asks for a password; nobody else sits at it",
      ...{ openedById: history[0]!.by!, openedAt: history[0]!.at },
      ...{ decidedById: decision?.by ?? null, decidedAt: decision?.at ?? null },
      dueAt: state === "OPEN" ? at(2) : null,
    };
    return { row, steps: stepsOf("SecretReview", id, custodian, history) };
  });
  return { rows: all.map(({ row }) => row), steps: all.flatMap(({ steps }) => steps) };
}
