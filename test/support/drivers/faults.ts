import type { FormDriver, FormPlay } from "../form-driver.js";
import { formPlay } from "../form-driver.js";
import { bring, configuration } from "./devices.js";

const note = "Because.";
let numbers = 0;

/** A device of its own, in somebody's hands and in use. */
export async function deviceInUse({ server, now }: Pick<FormPlay, "server" | "now">, custodian = "sam") {
  const play = formPlay(server, "Device", now);
  const id = await play.must("clerk", "enter", { kind: "LAPTOP", model: "T14", stockInNo: "RK-1", note });
  await play.must("tim", "configure", { id, ...configuration });
  numbers += 1;
  await play.must("tim", "register", { id, deviceNo: `F${numbers}` });
  const { id: custodianId } = await server.callerOf(custodian);
  await server.database.db.device.update({
    where: { id },
    data: { custodianId, departmentCode: "SALES", secretReviewedAt: now },
    select: { id: true },
  });
  await bring(play, id, "takeUp");
  return id;
}

const begun: readonly (readonly [string, string, object?])[] = [
  ["tim", "acknowledge"],
  ["tim", "diagnose", { diagnosis: "The power supply is broken." }],
  ["tim", "startRepair"],
];
const sent = ["tim", "sendOut", { centre: "A centre", dataProtected: true }] as const;
const finished = ["tim", "finish", { cost: "10.00" }] as const;

/** Whose step brings a fault to each state, from the report on. */
const ways: Readonly<Record<string, readonly (readonly [string, string, object?])[]>> = {
  REPORTED: [],
  WITHDRAWN: [["sam", "withdraw"]],
  ACKNOWLEDGED: begun.slice(0, 1),
  DIAGNOSED: begun.slice(0, 2),
  IN_REPAIR: begun,
  SENT_OUT: [...begun, sent],
  BACK: [...begun, sent, ["tim", "takeBack"]],
  REPAIRED: [...begun, finished],
  CONFIRMED: [...begun, finished, ["sam", "confirm"]],
  UNREPAIRABLE: [...begun, ["tim", "giveUp", { verdict: "NO_PARTS" }]],
  CLOSED: [],
};

/** sam's device breaks, and sam reports it; tim repairs it, and sam confirms. */
export const fault: FormDriver = {
  async stand(play, state) {
    const deviceId = await deviceInUse(play);
    const id = await play.must("sam", "report", { deviceId, symptom: "It does not start." });
    for (const [account, action, input] of ways[state]!) await play.must(account, action, { id, ...input });
    if (state === "CLOSED")
      await formPlay(play.server, "Device", play.now).must("sam", "lose", { id: deviceId, note });
    return id;
  },
  inputs: {
    diagnose: () => ({ diagnosis: "The disk is worn out." }),
    sendOut: () => ({ centre: "A centre", dataProtected: true }),
    finish: (_play, _id, dice) => ({ cost: dice.pick(["0", "120.50"]), components: ["disk"] }),
    giveUp: (_play, _id, dice) => ({ verdict: dice.pick(["NO_PARTS", "NOT_WORTH_IT", "DESTROYED"]) }),
  },
  kept: {
    confirm: { sue: "NOT_YOUR_ROLE", clerk: "NOT_YOUR_ROLE" },
    rejectRepair: { sue: "NOT_YOUR_ROLE", clerk: "NOT_YOUR_ROLE" },
    reopen: { sue: "NOT_YOUR_ROLE", clerk: "NOT_YOUR_ROLE" },
  },
};

/** Of sam's device: tim does it, or leaves it out. */
export const maintenanceTask: FormDriver = {
  async stand(play, state) {
    const deviceId = await deviceInUse(play);
    const { id } = await play.server.database.db.maintenanceTask.findFirstOrThrow({
      where: { deviceId, kind: "TUNING" },
    });
    if (state === "DONE") await play.must("tim", "complete", { id, result: "Done." });
    if (state === "SKIPPED") await play.must("tim", "skip", { id, note });
    if (state === "DROPPED") {
      const device = formPlay(play.server, "Device", play.now);
      await device.must("sam", "lose", { id: deviceId, note });
      await device.must("fin", "writeOff", { id: deviceId, note });
    }
    return id;
  },
  inputs: { complete: () => ({ result: "Cleaned." }) },
};
