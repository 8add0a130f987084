import type { RecallCause, DeviceCopy as Row, WipeMethod } from "../../database/client.js";
import { type FormRules, filled, readWholeForm } from "../../reading/form.js";
import { anyValue, line } from "../../reading/form-readers.js";
import { nextFormNumber } from "../../workflow/form-number.js";
import { loadPerson } from "../../workflow/load-facts.js";
import type { Entry, Step, Work } from "../../workflow/step.js";
import { letFollow } from "../../workflow/take-step.js";
import { allWorkflows, type OpenedBy } from "../../workflow/workflow.js";
import type { WipeDeviceCopyInput } from "./device-copy.input.js";
import { DeviceCopy } from "./device-copy.type.js";
import { grantReaching } from "./grant-reaching.js";

/** What another form has put on a device. */
interface Put extends Pick<Row, "kind" | "customerId" | "until"> {
  readonly deviceId: string;
  readonly copyRequestId?: string;
  readonly loanId?: string;
}

/** Enters it in the register: with whoever has the device now, and by what they have it and may read. */
async function enter({ tx, now }: Work, { id, state }: Entry, put: Put) {
  const { deviceId } = put;
  const { custodianId } = await tx.device.findUniqueOrThrow({
    where: { id: deviceId },
    select: { custodianId: true },
  });
  const holder = (await loadPerson(tx, custodianId!))!;
  const allocation = await tx.allocation.findFirst({
    where: { deviceId, userId: holder.id, acceptedAt: { not: null }, endedAt: null },
    select: { id: true },
  });
  const { customerId } = put;
  const grantId = await grantReaching(tx, { holderId: holder.id, customerId, now });
  await tx.deviceCopy.create({
    data: {
      ...{ ...put, id, state: state as Row["state"], dueAt: null, since: now },
      ...{ holderId: holder.id, departmentCode: holder.department as Row["departmentCode"] },
      ...{ allocationId: allocation?.id ?? null, grantId },
      formNo: await nextFormNumber(tx, "Y", now),
    },
    select: { id: true },
  });
  return holder;
}

type Opens = OpenedBy<string>["write"];

/** A copy that was handed over on a device. */
export const keepCopy: Opens = async (work, entry, { id }) => {
  const { deviceId, keptUntil, customerId } = await work.tx.copyRequest.findUniqueOrThrow({ where: { id } });
  return deviceId && keptUntil
    ? enter(work, entry, { kind: "COPY", copyRequestId: id, deviceId, customerId, until: keptUntil })
    : null;
};

/** An electronic dossier that was lent. */
export const keepLoan: Opens = async (work, entry, { id }) => {
  const { deviceId, dueAt, dossier } = await work.tx.loan.findUniqueOrThrow({
    where: { id },
    include: { dossier: { select: { customerId: true } } },
  });
  return deviceId && dueAt
    ? enter(work, entry, { kind: "LOAN", loanId: id, deviceId, customerId: dossier.customerId, until: dueAt })
    : null;
};

/** Another grant of the holder's takes the place of the one that has ended, or it is recalled. */
export async function loseGrant({ tx, now, facts }: Step<Row, unknown>) {
  const { id, holderId, customerId } = facts.row;
  const grantId = await grantReaching(tx, { holderId, customerId, now });
  if (grantId !== null) return { set: { grantId } };
  return {
    brings: (work: Work) =>
      letFollow(work, allWorkflows().find(({ type }) => type === DeviceCopy)!, "recallWithGrant", id),
  };
}

/** It is to be wiped from now on. */
export const recalledFor =
  (recallCause: RecallCause) =>
  async ({ now }: Step<Row, unknown>) => ({ set: { recalledAt: now, recallCause } });

interface Wiping {
  readonly method: WipeMethod;
  readonly proof: string;
}

const rules: FormRules<Wiping> = { method: filled(anyValue), proof: filled(line(200)) };

/** It cannot be read any more. */
export async function wipe({ now, input }: Step<Row, WipeDeviceCopyInput>) {
  const { method, proof } = readWholeForm<Wiping>(input, rules, now);
  return { set: { wipeMethod: method, wipeProof: proof } };
}
