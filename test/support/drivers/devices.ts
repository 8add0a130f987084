import { deviceWorkflow } from "../../../src/devices/device.workflow.js";
import { calendarOf } from "../../../src/workflow/calendar.js";
import { letFollow } from "../../../src/workflow/take-step.js";
import { type FormDriver, type FormPlay, formPlay } from "../form-driver.js";
import { procurement } from "./procurement.js";

const note = "Because.";

/** Takes a step of a device that is another form's to bring. */
export const bring = ({ server, now }: FormPlay, id: string, action: string): Promise<boolean> =>
  server.database.db.$transaction((tx) =>
    letFollow({ tx, now, calendar: calendarOf([]), by: null }, deviceWorkflow, action, id),
  );

let numbers = 0;
const nextNumber = (): string => {
  numbers += 1;
  return `T${numbers}`;
};

/** How other forms bring a registered device to a state. */
const brought: Readonly<Record<string, readonly string[]>> = {
  IN_USE: ["takeUp"],
  IDLE: ["takeUp", "fallIdle"],
  FAULTY: ["breakDown"],
  IN_REPAIR: ["breakDown", "goToRepair"],
  UNREPAIRABLE: ["breakDown", "giveUp"],
  RENEWAL_PLANNED: ["takeUp", "planRenewal"],
  SCRAP_REQUESTED: ["breakDown", "giveUp", "requestScrap"],
  SCRAP_APPROVED: ["breakDown", "giveUp", "requestScrap", "approveScrap"],
  SCRAPPED: ["breakDown", "giveUp", "requestScrap", "approveScrap", "scrap"],
};

export const configuration = {
  ...{ configBaseline: "office-2026.1", software: ["UOS 20"] },
  ...{ passwordSet: true, connectionTested: true, compatibilityTested: true },
};

const wiping = { method: "SHRED", proof: "Protocol 1" };

/** clerk takes in and stocks, tim sets up and registers, sam has it, fin writes off. */
export const device: FormDriver = {
  async stand(play, state) {
    const { server, now, must } = play;
    const { db } = server.database;
    if (state === "ACCEPTED") {
      const procurementId = await procurement.stand(formPlay(server, "Procurement", now), state);
      return (await db.device.findFirstOrThrow({ where: { procurementId }, select: { id: true } })).id;
    }
    const id = await must("clerk", "enter", { kind: "LAPTOP", model: "T14", stockInNo: "RK-1", note });
    if (state === "STOCKED") return id;
    await must("tim", "configure", { id, ...configuration });
    if (state === "CONFIGURED") return id;
    await must("tim", "register", { id, deviceNo: nextNumber() });
    const { id: custodianId } = await server.callerOf("sam");
    await db.device.update({ where: { id }, data: { custodianId }, select: { id: true } });
    for (const action of brought[state] ?? []) await bring(play, id, action);
    if (state === "LOST" || state === "RECOVERED" || state === "WRITTEN_OFF")
      await must("sam", "lose", { id, note });
    if (state === "RECOVERED") await must("tim", "recover", { id, note, sealNo: "SEAL-1" });
    if (state === "WRITTEN_OFF") await must("fin", "writeOff", { id, note });
    return id;
  },
  inputs: {
    stockIn: () => ({ stockInNo: "RK-2", invoiceNo: "FP-2" }),
    configure: () => configuration,
    register: () => ({ deviceNo: nextNumber() }),
    recover: () => ({ sealNo: "SEAL-2" }),
    writeOff: (_play, _id, dice) => ({ liability: dice.pick([null, "100.00"]) }),
  },
};

/** clerk asks for it, fin lets it go, tess wipes it. */
export const scrapSheet: FormDriver = {
  async stand(play, state) {
    const { server, now, must } = play;
    const deviceId = await device.stand(formPlay(server, "Device", now), "UNREPAIRABLE");
    const id = await must("clerk", "request", { deviceId, verdict: "Burnt" });
    if (state === "REQUESTED") return id;
    if (state === "WITHDRAWN") return must("clerk", "withdraw", { id });
    if (state === "REFUSED") return must("fin", "refuse", { id, note });
    await must("fin", "approve", { id });
    if (state === "APPROVED") return id;
    await must("tess", "wipe", { id, ...wiping });
    if (state === "WIPED") return id;
    return must("clerk", "finish", { id, proceeds: "0.00" });
  },
  inputs: {
    wipe: () => wiping,
    finish: (_play, _id, dice) => ({ proceeds: dice.pick(["0.00", "120.00"]) }),
  },
};
