import type { InstallRequestState, Prisma, SoftwareStanding } from "../client.js";
import type { Calendar } from "./calendar.js";
import { deviceIdOf } from "./device-rows.js";
import { demoDevices } from "./devices.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

// The list of software, and wishes to have some installed, in every state: tim decides, and enters.

const listed: readonly (readonly [name: string, standing: SoftwareStanding, why: string])[] = [
  ["UOS", "ALLOWED", "The system of every desk"],
  ["WPS Office", "ALLOWED", "Letters and tables"],
  ["360 EDR", "ALLOWED", "Finds what should not be there"],
  ["Debian", "ALLOWED", "The system of servers"],
  ["PostgreSQL", "ALLOWED", "Keeps the customer list"],
  ["QQ", "FORBIDDEN", "No chat programs (S001-P1-3.2.4)"],
  ["MSN Messenger", "FORBIDDEN", "No chat programs (S001-P1-3.2.4)"],
  ["Flash Player", "REMOVED", "There is none any more"],
];

interface Wish {
  readonly asker: string;
  readonly software: string;
  readonly state: InstallRequestState;
  readonly asked: number;
}

const wishes: readonly Wish[] = [
  { asker: "fin", software: "WPS Office", state: "INSTALLED", asked: -40 },
  { asker: "mona", software: "A video player", state: "REFUSED", asked: -30 },
  { asker: "spec", software: "QQ 9.7", state: "BARRED", asked: -25 },
  { asker: "sven", software: "Scanner tool 3.1", state: "WITHDRAWN", asked: -20 },
  { asker: "dora", software: "Scanner tool 3.1", state: "DROPPED", asked: -18 },
  { asker: "cara", software: "WPS Office", state: "CONFIRMED", asked: -1 },
  { asker: "pat", software: "Gantt 5.2", state: "ASKED", asked: -0.5 },
];

const tim = employeeId("tim");

/** The steps after the first one: whereto, by whom, and in which seat. */
const ends: Partial<Record<InstallRequestState, Omit<DemoStep, "at" | "to">>> = {
  INSTALLED: { action: "install", by: tim, seat: "installer" },
  REFUSED: { action: "refuse", by: tim, note: "It is nobody's work" },
  WITHDRAWN: { action: "withdraw", by: employeeId("sven") },
  DROPPED: { action: "drop", by: null },
};

export function softwareRows(at: Calendar) {
  const year = at(0).getUTCFullYear();
  const steps: ReturnType<typeof stepsOf> = [];
  const software = listed.map(([name, state, why], position): Prisma.KnownSoftwareCreateManyInput => {
    const id = demoId("sof", position + 1);
    const entered = state === "REMOVED" ? "ALLOWED" : state;
    const course: DemoStep[] = [{ action: "enter", to: entered, by: tim, at: at(-55), note: why }];
    if (state === "REMOVED") course.push({ action: "remove", to: state, by: tim, at: at(-54), note: why });
    steps.push(...stepsOf("KnownSoftware", id, "tim", course));
    return { id, name, key: name.toLowerCase(), enteredById: tim, enteredAt: at(-55), state };
  });
  const requests = wishes.map(({ asker, software, state, asked }, position) => {
    const id = demoId("ins", position + 1);
    const device = demoDevices.find(({ custodian }) => custodian === asker)!;
    const isListed = listed.some(([name, standing]) => name === software && standing === "ALLOWED");
    const opening = state === "BARRED" ? state : isListed ? "CONFIRMED" : "ASKED";
    const first = state === "BARRED" ? { action: "bar", by: null } : { action: "ask", by: employeeId(asker) };
    const end = ends[state];
    const course: DemoStep[] = [{ ...first, to: opening, at: at(asked) }];
    if (end) course.push({ ...end, to: state, at: at(asked + 1) });
    steps.push(...stepsOf("InstallRequest", id, asker, course));
    const installed = state === "INSTALLED";
    const row: Prisma.InstallRequestCreateManyInput = {
      ...{ id, state, software, formNo: `IR-${year}-${String(position + 1).padStart(4, "0")}` },
      ...{ deviceId: deviceIdOf(device), askerId: employeeId(asker), purpose: "For the daily work" },
      ...{ listed: isListed, askedAt: at(asked) },
      ...{ installedById: installed ? tim : null, installedAt: installed ? at(asked + 1) : null },
      dueAt: state === "ASKED" || state === "CONFIRMED" ? at(1) : null,
    };
    return row;
  });
  return { software, requests, steps };
}
