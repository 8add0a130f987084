import { dayOf } from "../../../src/workflow/calendar.js";
import { type FormDriver, type FormPlay, formPlay, letClock } from "../form-driver.js";
import { bring } from "./devices.js";
import { deviceInUse } from "./faults.js";

const note = "Because.";

export const looked = {
  ...{ findings: "Seal whole; nobody else sits at it", runByTrained: true },
  ...{ passwordSet: true, sealIntact: true },
};

/** A device for classified records in the hands of somebody who is trained for a secret post, not reviewed yet. */
export async function classifiedDevice(play: Pick<FormPlay, "server" | "now">, custodian = "carl") {
  const id = await deviceInUse(play, custodian);
  return play.server.database.db.device.update({
    where: { id },
    data: { classified: true, secretReviewedAt: null, departmentCode: "CUSTOMER_SERVICE" },
    select: { id: true, deviceNo: true },
  });
}

/** Of carl's device: mona opens it, spec decides. */
export const secretReview: FormDriver = {
  async stand(play, state) {
    const { deviceNo } = await classifiedDevice(play);
    const id = await play.must("mona", "open", { deviceNo, ...looked });
    if (state === "OPEN") return id;
    if (state === "REJECTED") return play.must("spec", "reject", { id, note });
    if (state === "VOID") return play.must("mona", "withdraw", { id });
    return play.must("spec", "confirm", { id });
  },
  // The general manager decides of a keeper's own device alone.
  kept: { confirm: { gina: "NOT_YOUR_ROLE" }, reject: { gina: "NOT_YOUR_ROLE" } },
};

const inTwoMonths = (now: Date): Date => new Date(now.getTime() + 60 * 86_400_000);

export const reasonsFor = { necessity: "It is worn out", feasibility: "Within the budget" };

/** Of sam's device: the clerk plans it, for a day to come or for today. */
export const renewalPlan: FormDriver = {
  async stand(play, state) {
    const deviceId = await deviceInUse(play);
    const plannedFor = dayOf(state === "PLANNED" ? inTwoMonths(play.now) : play.now);
    const id = await play.must("clerk", "plan", { deviceId, ...reasonsFor, plannedFor });
    if (state === "PLANNED") return id;
    await letClock(play, id);
    if (state === "DUE") return id;
    if (state === "DROPPED") return play.must("clerk", "drop", { id, note });
    return play.must("clerk", "replace", { id, successorId: await successorOf(play) });
  },
  inputs: { replace: async (play) => ({ successorId: await successorOf(play) }) },
};

/** A device that nobody has. */
export async function successorOf(play: Pick<FormPlay, "server" | "now">): Promise<string> {
  const id = await deviceInUse(play);
  await bring(formPlay(play.server, "Device", play.now), id, "fallIdle");
  await play.server.database.db.device.update({
    where: { id },
    data: { custodianId: null },
    select: { id: true },
  });
  return id;
}
