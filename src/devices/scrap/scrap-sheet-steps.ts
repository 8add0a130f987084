import { Prisma, type ScrapSheet as Row, type WipeMethod } from "../../database/client.js";
import { type FormRules, filled, readWholeForm } from "../../reading/form.js";
import { amount, anyValue, line, lines } from "../../reading/form-readers.js";
import { requireReachable } from "../../reading/writable-rows.js";
import { nextFormNumber } from "../../workflow/form-number.js";
import type { Opener, Step, Work } from "../../workflow/step.js";
import { letFollow } from "../../workflow/take-step.js";
import { refuseUnwiped } from "../copies/unwiped.js";
import { Device } from "../device.type.js";
import { deviceWorkflow } from "../device.workflow.js";
import { lockDevice } from "../lock-device.js";
import { moveDevice } from "../move-device.js";
import { endReview } from "../secret-review/end-review.js";
import type { FinishScrapInput, RequestScrapInput, WipeForScrapInput } from "./scrap-sheet.input.js";

interface ScrapForm {
  readonly deviceId: string;
  readonly verdict: string;
}

const rules: FormRules<ScrapForm> = { deviceId: filled(anyValue), verdict: filled(lines(2_000)) };

type DeviceStep = keyof (typeof deviceWorkflow)["actions"];

/** Asks for a device to go for good: one that cannot be repaired, or that is to be replaced (S001-P1-3.1.5). */
export const requestScrap: Opener<RequestScrapInput, ScrapForm> = {
  read: (input, { caller: { now } }) => readWholeForm<ScrapForm>(input, rules, now),
  subject: (_form, { id }) => id,
  async write({ by, form, entry, ...work }) {
    const { tx, now } = work;
    const { decisions, caller } = by;
    const { deviceId, verdict } = form;
    const inputPath = "input.deviceId";
    await requireReachable({ db: tx, decisions }, { type: Device, id: deviceId, inputPath });
    await moveDevice({ ...work, by }, "requestScrap", deviceId, inputPath);
    await tx.scrapSheet.create({
      data: {
        ...{ id: entry.id, state: entry.state as Row["state"], dueAt: entry.dueAt, deviceId, verdict },
        ...{ requestedById: caller.id, requestedAt: now },
        formNo: await nextFormNumber(tx, "X", now),
      },
      select: { id: true },
    });
  },
};

/** The step of the device that goes with a step of its sheet. */
const along =
  (action: DeviceStep) =>
  async ({ facts }: Step<Row, unknown>) => ({
    brings: (work: Work) => moveDevice(work, action, facts.row.deviceId),
  });

export const letGo = along("approveScrap");
export const keep = along("refuseScrap");

/** Takes it back. A device that has been lost meanwhile stays so. */
export const takeBack = async ({ facts }: Step<Row, unknown>) => ({
  brings: (work: Work) => letFollow(work, deviceWorkflow, "refuseScrap", facts.row.deviceId),
});

interface Wiping {
  readonly method: WipeMethod;
  readonly proof: string;
}

const wipingRules: FormRules<Wiping> = { method: filled(anyValue), proof: filled(line(200)) };

/** Nothing that was stored on it can be read any more: its file says so, and what was reviewed is not there any more. */
export async function wipe({ tx, now, facts, input }: Step<Row, WipeForScrapInput>) {
  const { deviceId } = facts.row;
  await refuseUnwiped(tx, deviceId);
  const { method, proof } = readWholeForm<Wiping>(input, wipingRules, now);
  return {
    set: { wipeMethod: method, wipeProof: proof },
    async brings(work: Work) {
      await lockDevice(tx, deviceId);
      await tx.device.update({
        where: { id: deviceId },
        data: { software: [], configBaseline: null, version: { increment: 1 } },
        select: { id: true },
      });
      await endReview(work, deviceId);
    },
  };
}

/** It is gone: nobody has it, and nobody is at its address. */
export async function finish({ tx, now, facts, input }: Step<Row, FinishScrapInput>) {
  const { proceeds } = readWholeForm<{ proceeds: string }>(
    { proceeds: input.proceeds },
    { proceeds: filled(amount) },
    now,
  );
  const { deviceId } = facts.row;
  return {
    set: { proceeds: new Prisma.Decimal(proceeds), scrappedAt: now },
    async brings(work: Work) {
      await moveDevice(work, "scrap", deviceId);
      await tx.device.update({
        where: { id: deviceId },
        data: { scrapProceeds: proceeds, custodianId: null, ipAddress: null, version: { increment: 1 } },
        select: { id: true },
      });
    },
  };
}
