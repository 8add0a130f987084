import { refusal } from "../../errors.js";
import { type FormRules, filled, readWholeForm } from "../../reading/form.js";
import { futureInstant, line, lines } from "../../reading/form-readers.js";
import type { Opener } from "../../workflow/step.js";
import type { AskDeviceShareInput } from "./device-share.input.js";

interface Wish {
  readonly deviceNo: string;
  readonly purpose: string;
  readonly until: string;
}

const rules: FormRules<Wish> = {
  deviceNo: filled(line(64)),
  purpose: filled(lines(2_000)),
  until: filled(futureInstant),
};

/** The longest that somebody uses a device that is not in their custody (proposed). */
const longestDays = 30;

/**
 * Asks to use a colleague's device. A number that is not there, and one of a device that is never shared, answer alike:
 * whoever asks may see neither (rulebook 6-04).
 */
export const askDeviceShare: Opener<AskDeviceShareInput, Wish> = {
  read(input, { caller: { now } }) {
    const form = readWholeForm<Wish>(input, rules, now);
    if (new Date(form.until).getTime() - now.getTime() > longestDays * 86_400_000)
      throw refusal("TERM_TOO_LONG", { inputPath: "input.until", needs: `at most ${longestDays} days` });
    return form;
  },
  subject: (_form, { id }) => id,
  async write({ tx, form: { deviceNo, purpose, until }, subject, entry }) {
    // Whoever registers the device for customer data meanwhile waits for this, or has done so.
    await tx.$queryRaw`SELECT 1 FROM "Device" WHERE "deviceNo" = ${deviceNo} FOR NO KEY UPDATE`;
    const custody = await tx.allocation.findFirst({
      where: {
        ...{ state: "ACCEPTED", userId: { not: subject.id } },
        device: { deviceNo, state: "IN_USE", isCustomerListDevice: false },
      },
      select: { id: true, deviceId: true, userId: true, departmentCode: true },
    });
    if (!custody)
      throw refusal("DEVICE_NOT_YOURS", {
        inputPath: "input.deviceNo",
        needs: "a device that a colleague uses and that is not registered for customer data",
      });
    const open = await tx.deviceShare.count({
      where: { allocationId: custody.id, askerId: subject.id, state: { in: ["ASKED", "CONSENTED"] } },
    });
    if (open > 0) throw refusal("DUPLICATE", { inputPath: "input.deviceNo" });
    await tx.deviceShare.create({
      data: {
        ...{ id: entry.id, state: "ASKED", dueAt: entry.dueAt },
        ...{ purpose, until: new Date(until), askerId: subject.id },
        ...{ allocationId: custody.id, deviceId: custody.deviceId!, custodianId: custody.userId },
        departmentCode: custody.departmentCode,
      },
      select: { id: true },
    });
  },
};
