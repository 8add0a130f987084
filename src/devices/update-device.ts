import type { Prisma } from "../database/client.js";
import { refusal } from "../errors.js";
import { Employee } from "../people/employee.type.js";
import { readForm, refuseForm } from "../reading/form.js";
import { requireReachable, requireWritable } from "../reading/writable-rows.js";
import { fieldsWritten } from "../reading/write-inputs.js";
import { companyCalendar } from "../workflow/company-calendar.js";
import { letFollow } from "../workflow/take-step.js";
import { type SteppingContext, transact } from "../workflow/transact.js";
import { changedBy } from "./correction.js";
import type { UpdateDeviceInput } from "./device.input.js";
import { Device } from "./device.type.js";
import { deviceWorkflow } from "./device.workflow.js";
import { type DeviceForm, deviceColumns, deviceRules, whyNotWritten } from "./device-form.js";
import { recordCorrections } from "./device-history.js";
import { endForeignProof } from "./foreign-proof.js";
import { lockDevice } from "./lock-device.js";
import { heldByForms } from "./open-forms.js";
import { endReview, noLongerAsReviewed } from "./secret-review/end-review.js";
import { noLongerSetUp } from "./set-up.js";
import { requireNoneForbidden } from "./software/forbidden-software.js";
import { notWhereItStands } from "./where-it-stands.js";

/**
 * Changes what the input gives of a device, all of it or nothing. That the caller may write these fields has been
 * decided before; here, that this device is one on which they may. Throws BAD_USER_INPUT, NOT_FOUND for a device or a
 * person out of reach, DEVICE_NOT_REVIEWED or what else the caller lacks to write what is technical of a classified one,
 * DUPLICATE for a number and DUPLICATE_IP for an address that is taken, WRONG_STATE where the device has changed since it
 * was read, does not stand where that can be changed, or its custodian is an allocation's to change, OPEN_ITEMS where it
 * is shared, has an open fault or holds copies that are not wiped, SOFTWARE_FORBIDDEN for software that is. What is in use
 * and goes to somebody else lies idle until it is allocated to them; so does what is no longer set up, until it is and is
 * taken up again.
 */
export async function updateDevice(
  context: SteppingContext,
  input: UpdateDeviceInput,
): Promise<{ id: string }> {
  const { db, decisions } = context;
  const { id, version, ...form } = input;
  const { department, ...changes } = readForm<DeviceForm>(form, deviceRules, decisions.caller.now);
  const fields = fieldsWritten(input);
  if (fields.length === 0)
    throw refusal("BAD_USER_INPUT", { inputPath: "input", reason: "Nothing is to change." });
  await requireWritable(context, { type: Device, id, fields, use: "CORRECT", inputPath: "input.id" });
  if (changes.custodianId)
    await requireReachable(context, {
      type: Employee,
      id: changes.custodianId,
      inputPath: "input.custodianId",
    });
  const { now } = decisions.caller;
  const calendar = await companyCalendar(db, now);
  const { custodianId: custodian, ...others } = changes;
  const correction = {
    id,
    values: {
      ...others,
      ...(department !== undefined && { department }),
      ...(custodian !== undefined && { custodian }),
    },
  };
  await transact(db, context.footprint, async (tx) => {
    const device = await lockDevice(tx, id);
    await requireNoForm(tx, id, device.custodianId, changes);
    if (device.version !== version)
      throw refusal("WRONG_STATE", {
        inputPath: "input.version",
        reason: "The device has changed since it was read.",
        needs: "the version that it has now",
      });
    const changed = (await changedBy(tx, [correction])).get(id);
    if (!changed) return;
    const problems = notWhereItStands(device, correction, changed).map((problem) =>
      problem.field === "custodian" ? { ...problem, field: "custodianId" } : problem,
    );
    if (problems.length > 0) throw refuseForm(problems);
    const [altered] = await noLongerAsReviewed(tx, [correction]);
    const unfit = await noLongerSetUp(tx, [correction]);
    await requireNoneForbidden(tx, changes.software);
    await endForeignProof(tx, [correction], now);
    await recordCorrections(tx, "correct", [correction], { now, by: decisions.caller.id });
    await tx.device
      .update({
        where: { id },
        data: {
          ...changes,
          ...deviceColumns(changes),
          ...(department !== undefined && { departmentCode: department }),
          version: { increment: 1 },
        },
        select: { id: true },
      })
      .catch((error) => whyNotWritten(error));
    const work = { tx, now, calendar, by: { caller: decisions.caller, decisions } };
    if (altered) await endReview(work, altered);
    // Whoever gets it by the register alone has not signed for it.
    if (changed.includes("custodian") || unfit.length > 0)
      await letFollow(work, deviceWorkflow, "fallIdle", id);
  });
  return { id };
}

/** What an open form of the device decides is not written past it. */
async function requireNoForm(
  tx: Prisma.TransactionClient,
  id: string,
  custodian: string | null,
  { custodianId, isCustomerListDevice }: DeviceForm,
): Promise<void> {
  const changesHands = custodianId !== undefined && custodianId !== custodian;
  const { hands, customerData } = await heldByForms(tx, [id]);
  const refuseHeld = (held: typeof hands, field: string) => {
    const { code, ...details } = held.get(id) ?? {};
    if (code) throw refusal(code, { inputPath: `input.${field}`, ...details });
  };
  if (changesHands) refuseHeld(hands, "custodianId");
  if (isCustomerListDevice) refuseHeld(customerData, "isCustomerListDevice");
}
