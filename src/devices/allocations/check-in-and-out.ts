import { recordOf } from "../../access/classified.js";
import type { AllocationState } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { composed } from "../../reading/form-readers.js";
import { idsInReach } from "../../reading/writable-rows.js";
import { refusalOf } from "../../workflow/refused-line.js";
import { type StepContext, takeSteps } from "../../workflow/take-step.js";
import { Allocation } from "./allocation.type.js";
import { allocationWorkflow } from "./allocation.workflow.js";
import type { DeviceToCheckInInput, DeviceToCheckOutInput } from "./check-in-and-out.input.js";
import type { CheckedDevice } from "./checked-device.type.js";

// Many devices in one go, each by the very steps that one takes: whoever takes the list has a line for each of them.

/** Devices of one list. */
const most = 500;

type Steps = Parameters<typeof takeSteps>[2];

/** Makes devices ready for those to whom they are allocated. */
export const checkOutDevices = (
  context: StepContext,
  devices: readonly DeviceToCheckOutInput[],
): Promise<CheckedDevice[]> =>
  eachOf(context, devices, ({ deviceNo: _number, ...input }, { id }) => [
    { action: "issue", input: { id, ...input } },
  ]);

/**
 * Checks devices that have come back, and takes them into stock; what has been checked before is taken into stock, and
 * nothing is found of it anew.
 */
export const checkInDevices = (
  context: StepContext,
  devices: readonly DeviceToCheckInInput[],
): Promise<CheckedDevice[]> =>
  eachOf(context, devices, ({ deviceNo: _number, note: why, ...found }, { id, state }) => {
    const note = why ?? null;
    if (state !== "CHECKED_IT")
      return [
        { action: "checkTechnology", input: { id, note, ...found } },
        { action: "return", input: { id } },
      ];
    if (Object.values(found).some((given) => given !== null && given !== undefined))
      throw refusal("WRONG_STATE", {
        reason: "It has been checked before.",
        needs: "its number and a note alone: it is taken into stock as it was found then",
      });
    return [{ action: "return", input: { id, note } }];
  });

interface Form {
  readonly id: string;
  readonly state: AllocationState;
}

async function eachOf<Line extends { readonly deviceNo: string }>(
  context: StepContext,
  lines: readonly Line[],
  stepsOf: (line: Line, form: Form) => Steps,
): Promise<CheckedDevice[]> {
  if (lines.length > most)
    throw refusal("LIMIT_EXCEEDED", { inputPath: "input.devices", needs: `at most ${most} devices` });
  const numbers = lines.map(({ deviceNo }) => composed(deviceNo));
  const results: CheckedDevice[] = [];
  for (const [at, line] of lines.entries()) {
    const deviceNo = numbers[at]!;
    const twice = numbers.indexOf(deviceNo) !== numbers.lastIndexOf(deviceNo);
    const failed = twice ? namedTwice : await refusalOf(() => take(context, deviceNo, line, stepsOf));
    results.push({ deviceNo: line.deviceNo, done: failed === null, ...(failed ?? { problems: [] }) });
  }
  return results;
}

const namedTwice = {
  code: "DUPLICATE",
  reason: "The list names it more than once: none of them is done.",
  problems: [],
};

async function take<Line>(
  context: StepContext,
  deviceNo: string,
  line: Line,
  stepsOf: (line: Line, form: Form) => Steps,
): Promise<void> {
  const { db, decisions } = context;
  const form = await db.allocation.findFirst({
    where: { device: { deviceNo }, endedAt: null },
    select: { id: true, state: true },
  });
  const reached = decisions.reach(recordOf(Allocation)).rows;
  if (!form || !(await idsInReach(db, Allocation, [form.id], reached)).has(form.id))
    throw refusal("NOT_FOUND", { needs: "the number of a device that is allocated" });
  await takeSteps(context, allocationWorkflow, stepsOf(line, form));
}
