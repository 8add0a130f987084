import { isTrained } from "../../access/conditions.js";
import { refuse } from "../../access/guard.js";
import { reasons } from "../../access/reasons.js";
import type {
  DepartmentCode,
  DeviceState,
  PrincipalKind,
  Prisma,
  Allocation as Row,
} from "../../database/client.js";
import { codes, refusal } from "../../errors.js";
import { type FormRules, filled, incomplete, readWholeForm, refuseForm } from "../../reading/form.js";
import { anyValue, line, lines } from "../../reading/form-readers.js";
import type { Opener, Step } from "../../workflow/step.js";
import { refuseUnwiped } from "../copies/unwiped.js";
import { revokeCredentials } from "../credentials.js";
import { deviceRules, whyNotWritten } from "../device-form.js";
import { endForeignProof } from "../foreign-proof.js";
import { gone } from "../gone.js";
import { lockDevice } from "../lock-device.js";
import { moveDevice } from "../move-device.js";
import { endReview, noLongerAsReviewed } from "../secret-review/end-review.js";
import { requireSetUp } from "../set-up.js";
import type {
  AcceptAllocationInput,
  AllocateDeviceInput,
  IssueAllocationInput,
  RequestAllocationInput,
} from "./allocation.input.js";
import { custodyTerms } from "./custody-terms.js";
import { unusedAfter } from "./idle.js";

// How a device comes into somebody's hands. The form is locked first, then the device, then whoever is to use it.

interface Request {
  readonly employeeId: string;
  readonly need: string;
}

const requestRules: FormRules<Request> = { employeeId: filled(anyValue), need: filled(lines(2_000)) };

/** Who can have a device in custody; customers have none, and visitors read at the desk (rulebook 3.2). */
const custodians: readonly PrincipalKind[] = [
  ...(["FORMAL", "TEMP", "INTERN", "SYSTEM"] as const),
  ...(["PARTNER", "AGENCY", "VENDOR_STAFF"] as const),
];

/** Asks for a device for somebody of the department (S000-4.1c). */
export const requestAllocation: Opener<RequestAllocationInput, Request> = {
  read: (input, { caller: { now } }) => readWholeForm<Request>(input, requestRules, now),
  subject: ({ employeeId }) => employeeId,
  async write({ tx, now, by, form: { need }, subject, entry }) {
    if (!custodians.some((kind) => kind === subject.kind))
      throw incomplete([{ field: "employeeId", reason: "Customers and visitors have no device." }]);
    await requireUser(tx, subject.id, { inputPath: "input.employeeId" });
    await tx.allocation.create({
      data: {
        ...{ id: entry.id, state: "REQUESTED", dueAt: entry.dueAt },
        ...{ need, userId: subject.id, departmentCode: subject.department as DepartmentCode },
        ...{ requestedById: by.caller.id, requestedAt: now },
      },
      select: { id: true },
    });
  },
};

/**
 * Somebody who stays, and has no device lying idle (S000-4.1c): a second one comes after the first is used or given back.
 * Who is about to go waits for this, or this finds them going.
 */
async function requireUser(
  tx: Prisma.TransactionClient,
  id: string,
  { inputPath, deviceId }: { readonly inputPath: string; readonly deviceId?: string },
): Promise<void> {
  const [person] = await tx.$queryRaw<{ status: string }[]>`
    SELECT "status"::text FROM "Employee" WHERE "id" = ${id} FOR NO KEY UPDATE`;
  if (person!.status !== "ACTIVE" && person!.status !== "ONBOARDING")
    throw refuse(reasons.notActive, inputPath);
  // Before one is chosen: what is theirs by the register alone may be what is asked for.
  const others = deviceId ? { id: { not: deviceId } } : { allocations: { some: { endedAt: null } } };
  const idle = await tx.device.count({ where: { ...others, custodianId: id, state: "IDLE" } });
  if (idle > 0)
    throw refusal("OPEN_ITEMS", {
      inputPath,
      needs:
        "the device that they have and do not use: taken up again or given back, or, where no allocation gave it to them, no longer theirs in the register",
    });
}

const free: readonly DeviceState[] = ["REGISTERED", "IDLE", "RECOVERED"];

/** Chooses the device (rulebook 6-07). */
export async function allocate({ tx, now, facts, input }: Step<Row, AllocateDeviceInput>) {
  const { deviceId } = readWholeForm<{ deviceId: string }>(input, { deviceId: filled(anyValue) }, now);
  const inputPath = "input.deviceId";
  // Whoever decides this sees every device, or stands in for those who do.
  if ((await tx.device.count({ where: { id: deviceId } })) === 0) throw refusal("NOT_FOUND", { inputPath });
  const { state, custodianId } = await lockDevice(tx, deviceId);
  const open = await tx.allocation.count({ where: { deviceId, endedAt: null } });
  const isTheirs = custodianId === null || custodianId === facts.subject.id;
  if (!free.includes(state) || !isTheirs || open > 0)
    throw refusal("WRONG_STATE", {
      inputPath,
      needs: `a device in the state ${free.join(" or ")} that nobody else has and that is not allocated`,
    });
  if ((await tx.renewalPlan.count({ where: { deviceId, state: "DUE" } })) > 0)
    throw refusal("OPEN_ITEMS", {
      inputPath,
      needs: "a device that is not to be replaced by now",
      request: "dropDeviceRenewal",
    });
  // Found again, it may have come with what its last user had on it.
  await refuseUnwiped(tx, deviceId, inputPath);
  await requireUser(tx, facts.subject.id, { inputPath: "input.id", deviceId });
  await endForeignProof(tx, [{ id: deviceId, values: { custodianId: facts.subject.id } }], now);
  return { set: { deviceId } };
}

interface Issued {
  readonly ipAddress: string;
  readonly sealNo: string;
}

const issueRules: FormRules<Issued> = {
  ipAddress: filled(deviceRules.ipAddress.read),
  sealNo: filled(line(64)),
};

/** Makes it ready: address and seal. What is not set up, or has no invoice, is not handed out (S000-4.1b, S004-P4-24). */
export async function issue({ facts, input, ...work }: Step<Row, IssueAllocationInput>) {
  const { tx, now } = work;
  const form = readWholeForm<Issued>(input, issueRules, now);
  const id = facts.row.deviceId!;
  const device = await lockDevice(tx, id);
  const { state, invoiceNo } = device;
  if (!free.includes(state)) throw refusal("WRONG_STATE", { inputPath: "input.id", needs: inWords(free) });
  requireSetUp(device);
  if (invoiceNo === null)
    throw refusal("EVIDENCE_MISSING", { inputPath: "input.id", needs: "the invoice in the device's file" });
  const sameAddress = { ipAddress: form.ipAddress, id: { not: id }, state: { notIn: [...gone] } };
  if ((await tx.device.count({ where: sameAddress })) > 0)
    throw refuseForm([{ field: "ipAddress", code: "DUPLICATE_IP", reason: codes.DUPLICATE_IP }]);
  const [altered] = await noLongerAsReviewed(tx, [{ id, values: { sealNo: form.sealNo } }]);
  const data = { ...form, version: { increment: 1 } };
  await tx.device
    .update({ where: { id }, data, select: { id: true } })
    .catch((error) => whyNotWritten(error));
  if (altered) await endReview(work, id);
  return {};
}

const inWords = (states: readonly DeviceState[]): string => `a device in the state ${states.join(" or ")}`;

interface Signed {
  readonly termsVersion: string;
}

const termsRules: FormRules<Signed> = {
  termsVersion: filled((value) =>
    value === custodyTerms.version
      ? { value }
      : { reason: `It is not the version in force: ${custodyTerms.version}.` },
  ),
};

/** Signs for the device and takes it: from now on it is in use, and in nobody else's hands. */
export async function accept({ facts, input, ...work }: Step<Row, AcceptAllocationInput>) {
  const { tx, now, by } = work;
  const signed = readWholeForm<Signed>(input, termsRules, now);
  if (input.promised !== true)
    throw refuseForm([
      { field: "promised", code: "SIGNATURE_MISSING", reason: "Nobody is handed a device without it." },
    ]);
  if (!isTrained(by!.caller)) throw refuse(reasons.trainingRequired, "input.id");
  const { userId, departmentCode, deviceId } = facts.row;
  const { custodianId } = await lockDevice(tx, deviceId!);
  await requireUser(tx, userId, { inputPath: "input.id", deviceId: deviceId! });
  await tx.device.update({
    where: { id: deviceId! },
    data: { custodianId: userId, departmentCode, version: { increment: 1 } },
    select: { id: true },
  });
  // Whatever was reviewed was so in other hands.
  if (custodianId !== userId) await endReview(work, deviceId!);
  await moveDevice(work, "takeUp", deviceId!);
  return { set: { ...signed, acceptedAt: now, unusedAt: unusedAfter(now) } };
}

/** What was made ready for somebody who does not take it is nobody's, its address is free, and nothing proves it. */
export const end = async ({ tx, now, facts }: Step<Row, unknown>) => {
  const { deviceId, issuedAt } = facts.row;
  if (deviceId && issuedAt) {
    await tx.device.update({
      where: { id: deviceId },
      data: { ipAddress: null, version: { increment: 1 } },
      select: { id: true },
    });
    await revokeCredentials(tx, [deviceId], now);
  }
  return { set: { endedAt: now } };
};
