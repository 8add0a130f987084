import type { Database } from "../../src/database/client.js";
import { calendarOf, dayOf, endOf } from "../../src/workflow/calendar.js";

// The KPIs of devices the slow way: time is cut into stretches in which nothing changes, and each is looked at by itself.

const topics = ["FUNCTIONS", "QUERY_ENTRY", "DATA_PROTECTION"];
const hour = 3_600_000;
const day = 24 * hour;

/** All that the KPIs are made of. */
export async function readAll(db: Database) {
  const orderBy = { seq: "asc" } as const;
  const [devices, allocations, faults, events, trainings, people, exceptions, lines] = await Promise.all([
    db.device.findMany(),
    db.allocation.findMany({ orderBy: { acceptedAt: "asc" } }),
    db.fault.findMany(),
    db.formEvent.findMany({ where: { form: { in: ["Device", "Fault", "Allocation"] } }, orderBy }),
    db.trainingRecord.findMany(),
    db.employee.findMany(),
    db.companyDay.findMany(),
    db.stockTakeLine.findMany({ include: { stockTake: true } }),
  ]);
  const calendar = calendarOf(
    exceptions.map((one) => ({ day: one.day.toISOString().slice(0, 10), working: one.working })),
  );
  return { devices, allocations, faults, events, trainings, people, calendar, lines };
}
type Known = Awaited<ReturnType<typeof readAll>>;

/** Who asks: what they see of a device with such a holder and department, and of whose trainings. */
export interface Sight {
  device(custodianId: string | null, department: string | null): boolean;
  training(person: Known["people"][number]): boolean;
  /** Whether they read what was counted. */
  readonly counts: boolean;
}

export function kpisOf(known: Known, { from, to }: { from: Date; to: Date }, by: string, sight: Sight) {
  const { devices, allocations, faults, events, trainings, people, calendar, lines } = known;
  const groups = new Map<string, ReturnType<typeof nothing>>();
  const total = nothing();
  const add = (key: string | null | undefined, count: (sums: ReturnType<typeof nothing>) => void): void => {
    count(total);
    if (!key) return;
    const sums = groups.get(key) ?? nothing();
    groups.set(key, sums);
    count(sums);
  };
  const keyOf = (id: string, custodianId: string | null, department: string | null) =>
    by === "DEVICE" ? id : by === "EMPLOYEE" ? custodianId : department;

  const isWorking = (at: number): boolean => {
    const local = new Date(at + 8 * hour);
    const hours = local.getUTCHours();
    return calendar.isWorkingDay(local.toISOString().slice(0, 10)) && hours >= 9 && hours < 18;
  };
  const isTrained = (id: string): boolean =>
    topics.every((topic) =>
      trainings.some(
        (one) =>
          one.employeeId === id &&
          (one.state === "PASSED" || one.state === "EXPIRED") &&
          one.topics.includes(topic as "FUNCTIONS") &&
          (one.evaluatedAt ?? one.heldAt) <= to &&
          one.expiresAt! > to,
      ),
    );

  // Of each fault: from a report to when it is over, as far as anybody knows at the end.
  const outages = faults
    .filter(({ state }) => state !== "WITHDRAWN")
    .flatMap((fault) => {
      const found: { fault: typeof fault; since: Date; ackAt?: Date; confirmedAt?: Date; until?: Date }[] =
        [];
      for (const { action, at } of events.filter(({ recordId, at }) => recordId === fault.id && at < to)) {
        if (action === "report" || action === "reopen") found.push({ fault, since: at });
        else if (action === "acknowledge") found.at(-1)!.ackAt = at;
        else if (action === "confirm") Object.assign(found.at(-1)!, { confirmedAt: at, until: at });
        else if (action === "giveUp" || action === "close") found.at(-1)!.until = at;
      }
      return found;
    });
  for (const { fault, since, ackAt, confirmedAt, until } of outages) {
    if (!sight.device(fault.custodianId, fault.departmentCode)) continue;
    const late =
      (!ackAt && endOf({ workingHours: 4 }, since, calendar) <= to) ||
      endOf({ workingDays: 3 }, since, calendar) <= to;
    add(keyOf(fault.deviceId, fault.custodianId, fault.departmentCode), (sums) => {
      if (since >= from) sums.reported += 1;
      if (ackAt && ackAt >= from) sums.toAcknowledge.push(+ackAt - +since);
      if (confirmedAt && confirmedAt >= from) sums.toConfirm.push(+confirmedAt - +since);
      if (!until && late) sums.over += 1;
    });
  }

  if (sight.counts) {
    for (const { deviceId, custodianId, countedAt, matches, stockTake } of lines)
      if (countedAt && countedAt >= from && countedAt < to)
        add(keyOf(deviceId!, custodianId, stockTake.departmentCode), (sums) => {
          sums.counted += 1;
          if (matches) sums.matching += 1;
        });
    for (const { deviceId, userId, departmentCode, acceptedAt } of allocations) {
      if (!acceptedAt || acceptedAt < from || acceptedAt >= to) continue;
      const since = lines.filter(
        (line) =>
          line.deviceId === deviceId && line.countedAt && line.countedAt >= acceptedAt && line.countedAt < to,
      );
      if (since.length === 0)
        add(keyOf(deviceId!, userId, departmentCode), (sums) => {
          sums.uncounted += 1;
        });
    }
  }

  for (const device of devices) {
    const held = allocations.filter(({ deviceId, acceptedAt }) => deviceId === device.id && acceptedAt);
    const ids = new Set([device.id, ...held.map(({ id }) => id)]);
    const mine = events.filter(({ recordId, at }) => ids.has(recordId) && at < to);
    const out = outages.filter(({ fault }) => fault.deviceId === device.id);
    const holderAt = (at: number): [string | null, string | null] => {
      const one = held.find(({ acceptedAt, endedAt }) => +acceptedAt! <= at && (!endedAt || at < +endedAt));
      if (one) return [one.userId, one.departmentCode];
      const later = held.some(({ acceptedAt }) => +acceptedAt! > at);
      return later ? [null, null] : [device.custodianId, device.departmentCode];
    };
    const standsAt = (at: number) => {
      let [state, use] = ["", "KEPT"];
      for (const { form, action, to: next, at: when } of mine) {
        if (+when > at) break;
        if (form === "Device") {
          state = next;
          if (next === "IN_USE") use = "USED";
          else if (next === "IDLE") use = "IDLE";
          else if (next !== "FAULTY" && next !== "IN_REPAIR") use = "KEPT";
        } else if (
          (action === "requestTransfer" || action === "recall") &&
          (state === "FAULTY" || state === "IN_REPAIR")
        )
          use = "IDLE";
      }
      const gone = ["", "ACCEPTED", "STOCKED", "CONFIGURED", "LOST", "WRITTEN_OFF", "SCRAPPED"].includes(
        state,
      );
      return gone ? null : use;
    };
    const cuts = [
      ...[+from, +to],
      ...mine.map(({ at }) => +at),
      ...out.flatMap(({ since, until }) => [+since, ...(until ? [+until] : [])]),
      ...held.flatMap(({ acceptedAt, endedAt }) => [+acceptedAt!, ...(endedAt ? [+endedAt] : [])]),
    ];
    for (let at = Date.parse(`${dayOf(from)}T09:00:00+08:00`); at < +to; at += day)
      cuts.push(at, at + 9 * hour);
    const bounds = [...new Set(cuts)].filter((at) => at >= +from && at <= +to).sort((a, b) => a - b);
    for (const [index, since] of bounds.slice(0, -1).entries()) {
      const until = bounds[index + 1]!;
      const middle = (since + until) / 2;
      const [custodianId, department] = holderAt(middle);
      const use = standsAt(middle);
      if (!use || !sight.device(custodianId, department)) continue;
      const isOut = out.some((one) => +one.since <= middle && (!one.until || middle < +one.until));
      const person = people.find(({ id }) => id === custodianId);
      add(keyOf(device.id, custodianId, department), (sums) => {
        sums.there += until - since;
        if (use === "IDLE") sums.idle += until - since;
        if (use === "USED" && isWorking(middle)) {
          sums.scheduled += until - since;
          if (isOut) sums.down += until - since;
        }
        if (until === +to && person && sight.training(person)) {
          sums.holders.add(person.id);
          if (isTrained(person.id)) sums.trained.add(person.id);
        }
      });
    }
  }

  const labelOf = (key: string): string | undefined => {
    if (by === "DEPARTMENT") return key;
    if (by === "EMPLOYEE") return people.find(({ id }) => id === key)!.staffNo;
    const device = devices.find(({ id }) => id === key)!;
    return device.deviceNo && sight.device(device.custodianId, device.departmentCode)
      ? device.deviceNo
      : undefined;
  };
  const listed = [...groups].flatMap(([key, sums]) => {
    const label = labelOf(key);
    return label ? [{ id: by === "DEPARTMENT" ? null : key, label, ...told(sums) }] : [];
  });
  return {
    total: { id: null, label: null, ...told(total) },
    groups: listed.sort((one, other) => (one.label < other.label ? -1 : 1)),
  };
}

const nothing = () => ({
  ...{ scheduled: 0, down: 0, idle: 0, there: 0, reported: 0, over: 0 },
  ...{ counted: 0, matching: 0, uncounted: 0 },
  ...{ holders: new Set<string>(), trained: new Set<string>() },
  ...{ toAcknowledge: [] as number[], toConfirm: [] as number[] },
});

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

const told = (sums: ReturnType<typeof nothing>) => ({
  normalRunning: {
    rate: sums.scheduled === 0 ? null : 1 - sums.down / sums.scheduled,
    scheduledHours: sums.scheduled / hour,
    downtimeHours: sums.down / hour,
  },
  training: {
    share: share(sums.trained.size, sums.holders.size),
    trained: sums.trained.size,
    holders: sums.holders.size,
  },
  ledger: {
    share: share(sums.matching, sums.counted),
    matching: sums.matching,
    counted: sums.counted,
    allocationsUncounted: sums.uncounted,
  },
  idle: {
    share: share(sums.idle, sums.there),
    idleDeviceDays: sums.idle / day,
    deviceDays: sums.there / day,
  },
  faults: {
    reported: sums.reported,
    meanHoursToAcknowledge: share(sum(sums.toAcknowledge) / hour, sums.toAcknowledge.length),
    acknowledged: sums.toAcknowledge.length,
    meanHoursToConfirm: share(sum(sums.toConfirm) / hour, sums.toConfirm.length),
    confirmed: sums.toConfirm.length,
    openOverDeadline: sums.over,
  },
});
