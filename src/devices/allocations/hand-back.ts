import type { Allocation as Row } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { clearable, type FormRules, filled, incomplete, readWholeForm } from "../../reading/form.js";
import { anyValue, lines } from "../../reading/form-readers.js";
import type { Step, Work } from "../../workflow/step.js";
import { takeStepWithin } from "../../workflow/take-step.js";
import { allWorkflows } from "../../workflow/workflow.js";
import { refuseUnwiped } from "../copies/unwiped.js";
import { revokeCredentials } from "../credentials.js";
import { moveDevice } from "../move-device.js";
import { endReview } from "../secret-review/end-review.js";
import type { CheckReturnedDeviceInput, ReassignDeviceInput } from "./allocation.input.js";
import { Allocation } from "./allocation.type.js";
import { setAside, unusedAfter } from "./idle.js";

// How a device leaves somebody's hands (S001-P1-3.1.2.1): it lets nothing through from the first step on.

/** Uses the device again. */
export async function resume({ facts, ...work }: Step<Row, unknown>) {
  await moveDevice(work, "takeUp", facts.row.deviceId!);
  return { set: { unusedAt: unusedAfter(work.now) } };
}

/** It is to be given back: from now on it is not used. */
export async function requestTransfer({ facts }: Step<Row, unknown>) {
  return { brings: (work: Work) => setAside(work, facts.row.deviceId!) };
}

interface Found {
  readonly sealIntact: boolean;
  readonly complete: boolean;
  readonly findings: string | null;
}

const foundRules: FormRules<Found> = {
  sealIntact: filled(anyValue),
  complete: filled(anyValue),
  findings: clearable(lines(2_000)),
};

/** Checks what has come back. What is not wiped goes nowhere; what is wrong with it is told. */
export async function checkReturned({ tx, now, facts, input }: Step<Row, CheckReturnedDeviceInput>) {
  await refuseUnwiped(tx, facts.row.deviceId!);
  const found = readWholeForm<Found>(input, foundRules, now, ({ sealIntact, complete, findings }) => [
    ...(input.wiped === true ? [] : [{ field: "wiped", reason: "It has to be so." }]),
    ...((sealIntact === false || complete === false) && !findings
      ? [{ field: "findings", reason: "It has to say what is wrong." }]
      : []),
  ]);
  return { set: found };
}

/** It is nobody's again. */
export async function returnDevice({ now, facts }: Step<Row, unknown>) {
  return { set: { endedAt: now }, brings: (work: Work) => setFree(work, facts.row.deviceId!) };
}

/** Address and proof were for whoever had it: technology gives both anew. */
async function setFree(work: Work, deviceId: string): Promise<void> {
  await setAside(work, deviceId);
  await work.tx.device.update({
    where: { id: deviceId },
    data: { custodianId: null, departmentCode: null, ipAddress: null, version: { increment: 1 } },
    select: { id: true },
  });
  await revokeCredentials(work.tx, [deviceId], work.now);
  await endReview(work, deviceId);
}

/** It goes on to somebody whose head has asked for one: that request is allocated in the same step. */
export async function reassign({ tx, now, by, facts, input }: Step<Row, ReassignDeviceInput>) {
  const { requestId } = readWholeForm<{ requestId: string }>(input, { requestId: filled(anyValue) }, now);
  if (requestId === facts.id) throw incomplete([{ field: "requestId", reason: "It is this one." }]);
  const deviceId = facts.row.deviceId!;
  // Both forms before the device, as whoever allocates does.
  await tx.$queryRaw`SELECT 1 FROM "Allocation" WHERE "id" = ${requestId} FOR UPDATE`;
  const { state } = await tx.device.findUniqueOrThrow({ where: { id: deviceId }, select: { state: true } });
  if (state !== "IDLE")
    throw refusal("WRONG_STATE", { inputPath: "input.id", needs: "a device that is not broken" });
  const table = allWorkflows().find(({ type }) => type === Allocation)!;
  return {
    set: { endedAt: now },
    async brings(work: Work) {
      await setFree(work, deviceId);
      const asked = { id: requestId, deviceId };
      await takeStepWithin({ ...work, by: by! }, table, "allocate", asked, "input.requestId");
    },
  };
}

/** The device is lost or gone; what its user owes for it is settled on the device. */
export const endWithDevice = async ({ now }: Step<Row, unknown>) => ({ set: { endedAt: now } });
