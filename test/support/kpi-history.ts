import type { Database, Prisma } from "../../src/database/client.js";
import { newId } from "../../src/database/id.js";
import type { Dice } from "./dice.js";
import { writeUnhindered } from "./write-unhindered.js";

// Devices with histories of their own, as the forms would have written them, without taking each step of the forms.

export interface Staff {
  readonly id: string;
  readonly department: string;
}

interface Written {
  readonly devices: Prisma.DeviceCreateManyInput[];
  readonly allocations: Prisma.AllocationCreateManyInput[];
  readonly faults: Prisma.FaultCreateManyInput[];
  readonly events: Prisma.FormEventCreateManyInput[];
  readonly stockTakes: Prisma.StockTakeCreateManyInput[];
  readonly lines: Prisma.StockTakeLineCreateManyInput[];
}

const hour = 3_600_000;

/** Writes some devices whose histories begin up to so many days before an instant, and end at it. */
export async function writeHistories(
  db: Database,
  dice: Dice,
  {
    count,
    until,
    days,
    staff,
    seats,
  }: {
    count: number;
    until: Date;
    days: number;
    staff: readonly Staff[];
    seats: readonly [string, string, string];
  },
): Promise<void> {
  const written: Written = {
    ...{ devices: [], allocations: [], faults: [], events: [] },
    ...{ stockTakes: [], lines: [] },
  };
  for (let index = 0; index < count; index += 1) liveOne(written, dice, { until, days, staff, seats });
  // The numbers of steps go with time, as they do where each is taken when it is.
  written.events.sort((one, other) => +new Date(one.at) - +new Date(other.at));
  await writeUnhindered(db, async (tx) => {
    await tx.device.createMany({ data: written.devices });
    await tx.allocation.createMany({ data: written.allocations });
    await tx.fault.createMany({ data: written.faults });
    await tx.stockTake.createMany({ data: written.stockTakes });
    await tx.stockTakeLine.createMany({ data: written.lines });
    for (const event of written.events) await tx.formEvent.create({ data: event });
  });
}

type Facts = Pick<Parameters<typeof writeHistories>[2], "until" | "days" | "staff" | "seats">;

function liveOne(written: Written, dice: Dice, { until, days, staff, seats }: Facts): void {
  const [requester, allocator, issuer] = seats;
  const id = newId("dev", until);
  let at = until.getTime() - dice.below(days * 24) * hour;
  // What the steps below change: TypeScript would take what is written first for all that there is.
  let state = null as string | null;
  let holder = null as Prisma.AllocationCreateManyInput | null;
  let fault = null as Prisma.FaultCreateManyInput | null;
  let unlisted = null as Staff | null;
  const event = (form: string, recordId: string, action: string, to: string, from: string | null) =>
    written.events.push({
      id: newId("evt", until),
      form,
      recordId,
      action,
      from,
      to,
      department: "TECHNOLOGY",
      changes: [],
      at: new Date(at),
    });
  const move = (action: string, to: string): void => {
    event("Device", id, action, to, state);
    state = to;
  };
  const ofFault = (action: string, to: NonNullable<typeof fault>["state"]): void => {
    event("Fault", fault!.id, action, to, fault!.state);
    fault!.state = to;
  };
  const takeHand = (): void => {
    const { id: userId, department } = dice.pick([...staff]);
    const when = new Date(at);
    holder = {
      ...{
        id: newId("alc", until),
        deviceId: id,
        userId,
        departmentCode: department as "SALES",
        need: "Work",
      },
      ...{ requestedById: requester, requestedAt: when, allocatedById: allocator, allocatedAt: when },
      ...{ issuedById: issuer, issuedAt: when, acceptedAt: when, unusedAt: when, state: "ACCEPTED" },
    };
    written.allocations.push(holder);
    event("Allocation", holder.id, "accept", "ACCEPTED", "ISSUED");
    move("takeUp", "IN_USE");
  };
  const endHand = (to: "RETURNED" | "ENDED"): void => {
    if (!holder) return;
    event("Allocation", holder.id, to === "RETURNED" ? "return" : "end", to, holder.state);
    Object.assign(holder, { state: to, endedAt: new Date(at) });
    if (to === "RETURNED")
      Object.assign(holder, {
        ...{
          checkedDeptById: requester,
          checkedDeptAt: new Date(at),
          checkedItById: issuer,
          checkedItAt: new Date(at),
        },
      });
    holder = null;
  };
  /** Of some department's devices: where it is counted is not always where it is used. */
  const count = (): void => {
    const stockTakeId = newId("stk", until);
    const [when, matches] = [new Date(at), dice.chance(60)];
    written.stockTakes.push({
      ...{ id: stockTakeId, formNo: newId("ST", until), trigger: "PERIODIC", whole: false, openedAt: when },
      ...{ departmentCode: dice.pick([...staff]).department as "SALES", state: "COUNTED" },
    });
    written.lines.push({
      ...{ id: newId("stl", until), stockTakeId, position: 1, deviceId: id },
      custodianId: holder?.userId ?? unlisted?.id ?? null,
      ...{ expectedSoftware: [], software: [], found: true, complete: matches, matches },
      missing: matches ? null : "The memory",
      ...{ deviations: matches ? [] : ["INCOMPLETE"], countedById: issuer, countedAt: when },
    });
  };
  const breakDown = (): void => {
    const when = new Date(at);
    fault = {
      ...{ id: newId("fau", until), formNo: newId("F", until), deviceId: id, symptom: "It is dark" },
      custodianId: holder?.userId ?? unlisted?.id ?? null,
      departmentCode: (holder?.departmentCode ?? unlisted?.department ?? null) as "SALES" | null,
      ...{ reportedById: requester, discoveredAt: when, reportedAt: when, reportedLate: false },
      ...{ confirmBy: when, state: "REPORTED" },
    };
    written.faults.push(fault);
    event("Fault", fault.id, "report", "REPORTED", null);
    move("breakDown", "FAULTY");
  };
  const restore = (): void =>
    move("restore", holder && !setAside && cameFrom === "IN_USE" ? "IN_USE" : "IDLE");
  let setAside = false;
  let cameFrom: string | null = null;

  move(dice.chance(50) ? "import" : "accept", "REGISTERED");
  // What a list of the register gives somebody is nobody's allocation.
  if (dice.chance(20)) {
    unlisted = dice.pick([...staff]);
    move("takeUp", "IN_USE");
  }
  for (;;) {
    at += (1 + dice.below(dice.chance(30) ? 300 : 30)) * hour + dice.below(hour);
    if (at >= until.getTime()) break;
    if (dice.chance(15)) count();
    if (state === "REGISTERED" || state === "RECOVERED") {
      if (dice.chance(80)) takeHand();
      else {
        cameFrom = state;
        breakDown();
      }
    } else if (state === "IN_USE") {
      if (dice.chance(45)) {
        cameFrom = "IN_USE";
        breakDown();
      } else if (dice.chance(60)) {
        if (holder && dice.chance(50))
          event("Allocation", holder.id, "requestTransfer", "TRANSFER_REQUESTED", "ACCEPTED");
        move("fallIdle", "IDLE");
      } else if (dice.chance(20)) {
        move("planRenewal", "RENEWAL_PLANNED");
      } else if (dice.chance(30)) {
        endHand("ENDED");
        move("lose", "LOST");
      }
    } else if (state === "IDLE") {
      const confirmed: Prisma.FaultCreateManyInput | null = fault;
      if (confirmed?.state === "CONFIRMED" && dice.chance(30)) {
        Object.assign(confirmed, { reopenedAt: new Date(at), confirmedAt: null, verdict: null });
        ofFault("reopen", "REPORTED");
        cameFrom = "IDLE";
        move("breakDown", "FAULTY");
      } else if (holder && dice.chance(50)) {
        if (dice.chance(50)) move("takeUp", "IN_USE");
        else endHand("RETURNED");
      } else if (unlisted) move("takeUp", "IN_USE");
      else if (!holder && dice.chance(60)) takeHand();
      else {
        cameFrom = "IDLE";
        breakDown();
      }
    } else if (state === "FAULTY" || state === "IN_REPAIR") {
      const open = fault!;
      if (open.state === "REPORTED" && !open.ackAt && dice.chance(20)) {
        ofFault("withdraw", "WITHDRAWN");
        fault = null;
        restore();
        setAside = false;
      } else if (open.state === "REPORTED") {
        Object.assign(open, { repairerId: issuer, ackAt: new Date(at) });
        ofFault("acknowledge", "ACKNOWLEDGED");
      } else if (holder && !setAside && dice.chance(20)) {
        event(
          "Allocation",
          holder.id,
          dice.chance(50) ? "recall" : "requestTransfer",
          "TRANSFER_REQUESTED",
          "ACCEPTED",
        );
        setAside = true;
      } else if (holder && setAside && dice.chance(30)) endHand("RETURNED");
      else if (dice.chance(15)) {
        ofFault("close", "CLOSED");
        fault = null;
        endHand("ENDED");
        setAside = false;
        move("lose", "LOST");
      } else if (state === "FAULTY") {
        ofFault("startRepair", "IN_REPAIR");
        move("goToRepair", "IN_REPAIR");
      } else if (dice.chance(20)) {
        ofFault("giveUp", "UNREPAIRABLE");
        Object.assign(open, { verdict: "NO_PARTS" });
        fault = null;
        move("giveUp", "UNREPAIRABLE");
      } else {
        ofFault("confirm", "CONFIRMED");
        Object.assign(open, { confirmedAt: new Date(at), verdict: "REPAIRED" });
        restore();
        setAside = false;
      }
    } else if (state === "RENEWAL_PLANNED") move("dropRenewal", "IDLE");
    else if (state === "UNREPAIRABLE") {
      if (dice.chance(50)) {
        endHand("ENDED");
        move("scrap", "SCRAPPED");
      }
    } else if (state === "LOST") {
      unlisted = null;
      if (dice.chance(50)) move("recover", "RECOVERED");
      else move("writeOff", "WRITTEN_OFF");
    } else if (state === "SCRAPPED" || state === "WRITTEN_OFF") break;
  }
  written.devices.push({
    ...{ id, deviceNo: id.slice(-12), kind: "PC", model: "M", state: state! as "IDLE" },
    custodianId: holder?.userId ?? unlisted?.id ?? null,
    departmentCode: (holder?.departmentCode ?? unlisted?.department ?? null) as "SALES" | null,
  });
}
