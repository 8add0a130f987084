import { refuse } from "../../access/guard.js";
import type { DepartmentCode } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { type FormRules, filled, readWholeForm, refuseForm } from "../../reading/form.js";
import { line, lines } from "../../reading/form-readers.js";
import { requireReachable } from "../../reading/writable-rows.js";
import { nextFormNumber } from "../../workflow/form-number.js";
import { loadPerson } from "../../workflow/load-facts.js";
import type { Opener } from "../../workflow/step.js";
import { Device } from "../device.type.js";
import { lockReviewable, whyNotReviewable } from "./reviewable.js";
import { standing } from "./secret-review.enums.js";
import type { OpenSecretReviewInput } from "./secret-review.input.js";

interface Found {
  readonly deviceNo: string;
  readonly findings: string;
}

interface Review extends Found {
  readonly deviceId: string;
  readonly custodianId: string;
}

const rules: FormRules<Found> = { deviceNo: filled(line(64)), findings: filled(lines(2_000)) };

const inputPath = "input.deviceNo";

/**
 * Opens the review of a device that somebody of the department has. A number that is not there answers as one of a device
 * does that is neither in reach nor in the hands of somebody for whom the caller answers.
 */
export const openSecretReview: Opener<OpenSecretReviewInput, Review> = {
  async read(input, { caller, decisions }, db) {
    const { runByTrained, passwordSet, sealIntact, ...written } = input;
    const found = readWholeForm<Found>(written, rules, caller.now, () =>
      Object.entries({ runByTrained, passwordSet, sealIntact }).flatMap(([field, so]) =>
        so === true ? [] : [{ field, reason: "It has to be so." }],
      ),
    );
    const device = await db.device.findUnique({
      where: { deviceNo: found.deviceNo },
      select: { id: true, custodianId: true },
    });
    if (!device) throw refusal("NOT_FOUND", { inputPath });
    const custodian = device.custodianId ? await loadPerson(db, device.custodianId) : undefined;
    // Whoever answers for the custodian of another department has no look at that department's devices (rulebook 6-31).
    if (!custodian?.heads.includes(caller.id))
      await requireReachable({ db, decisions }, { type: Device, id: device.id, inputPath });
    if (!device.custodianId) throw refusal("WRONG_STATE", { inputPath, needs: "a device that somebody has" });
    return { ...found, deviceId: device.id, custodianId: device.custodianId };
  },
  subject: ({ custodianId }) => custodianId,
  async write(opening) {
    const { tx, now, by, form, subject, entry } = opening;
    const { deviceId, custodianId } = form;
    const device = await lockReviewable(tx, deviceId);
    const reason = whyNotReviewable(device, custodianId, now);
    if (reason) throw refuse(reason, inputPath);
    const others = await tx.secretReview.count({
      where: { deviceId, state: { in: [...standing] } },
    });
    if (others > 0)
      throw refuseForm([
        { field: "deviceNo", code: "DUPLICATE", reason: "A review of this device stands already." },
      ]);
    await tx.secretReview.create({
      data: {
        ...{ ...form, id: entry.id, state: "OPEN", dueAt: entry.dueAt },
        formNo: await nextFormNumber(tx, "SR", now),
        departmentCode: subject.department as DepartmentCode,
        ...{ openedById: by.caller.id, openedAt: now },
      },
      select: { id: true },
    });
  },
};
