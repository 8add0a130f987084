import { type DeviceKind, Prisma, type Device as Row } from "../database/client.js";
import { clearable, type FormRules, filled, incomplete, readForm, readWholeForm } from "../reading/form.js";
import { amount, anyValue, line } from "../reading/form-readers.js";
import type { Opener, Step } from "../workflow/step.js";
import type {
  ConfigureDeviceInput,
  EnterDeviceInput,
  RecoverDeviceInput,
  RegisterDeviceInput,
  StockInDeviceInput,
  WriteOffDeviceInput,
} from "./device.input.js";
import { type DeviceForm, deviceColumns, deviceRules, stockProblems, whyNotWritten } from "./device-form.js";
import { endTrust } from "./end-trust.js";
import { usualMaintenanceDays } from "./maintenance/usual-maintenance.js";
import { isSetUp, requireSetUp } from "./set-up.js";
import { requireNoneForbidden } from "./software/forbidden-software.js";

// The steps of a device's life that people take themselves. What changes its file counts as a version of it.

const nextVersion = ({ version }: { readonly version: number }): number => version + 1;

/** What of a device stands in its file from the beginning. */
type Entered = Pick<
  DeviceForm,
  "kind" | "model" | "spec" | "purchasedAt" | "stockInNo" | "fixedAssetNo" | "price" | "supplier"
> & { readonly kind: DeviceKind; readonly model: string };

const entryRules: FormRules<Entered> = {
  kind: filled(anyValue),
  model: filled(line(200)),
  spec: deviceRules.spec,
  purchasedAt: deviceRules.purchasedAt,
  stockInNo: deviceRules.stockInNo,
  fixedAssetNo: deviceRules.fixedAssetNo,
  price: deviceRules.price,
  supplier: deviceRules.supplier,
};

/** Takes in a device that no procurement has brought. */
export const enterDevice: Opener<EnterDeviceInput, Entered> = {
  read: (input, { caller: { now } }) => readWholeForm<Entered>(input, entryRules, now, stockProblems),
  subject: () => null,
  async write({ tx, form, entry }) {
    await tx.device.create({
      data: { ...form, ...deviceColumns(form), id: entry.id, state: "STOCKED", dueAt: entry.dueAt },
      select: { id: true },
    });
  },
};

interface Stocked {
  readonly stockInNo: string | null;
  readonly fixedAssetNo: string | null;
  readonly invoiceNo: string;
}

const stockRules: FormRules<Stocked> = {
  stockInNo: clearable(line(64)),
  fixedAssetNo: clearable(line(64)),
  invoiceNo: filled(line(64)),
};

/** The slips that came with it; without an invoice it is not handed out (S004-P4-24). */
export async function stockIn({ now, facts, input }: Step<Row, StockInDeviceInput>) {
  const given = readWholeForm<Stocked>(input, stockRules, now, stockProblems);
  return { set: { ...given, version: nextVersion(facts.row) } };
}

/** Sets it up. Nothing is registered that was not tested, and nothing without a password (S000-4.1b, S001-P1-3.2.6). */
export async function configure({ tx, now, facts, input }: Step<Row, ConfigureDeviceInput>) {
  const { connectionTested, compatibilityTested, ...file } = input;
  const problems = Object.entries({
    connectionTested,
    compatibilityTested,
    passwordSet: input.passwordSet,
  }).flatMap(([field, done]) => (done === true ? [] : [{ field, reason: "It has to be so." }]));
  if (!file.configBaseline) problems.push({ field: "configBaseline", reason: "It is missing." });
  if (problems.length > 0) throw incomplete(problems);
  const given = Object.fromEntries(Object.entries(file).filter(([, value]) => value !== null));
  const form = readForm<DeviceForm>(given, deviceRules, now);
  await requireNoneForbidden(tx, form.software);
  return { set: { ...form, version: nextVersion(facts.row) } as Partial<Row> };
}

interface Registered {
  readonly deviceNo: string;
  readonly isCustomerListDevice: boolean;
  readonly classified: boolean;
  readonly maintenanceIntervalDays: number;
}

const registrationRules: FormRules<Registered> = {
  deviceNo: filled(line(64)),
  isCustomerListDevice: filled(anyValue),
  classified: filled(anyValue),
  maintenanceIntervalDays: filled(deviceRules.maintenanceIntervalDays.read),
};

/** Gives it its number and file. */
export async function register({ tx, now, facts, input }: Step<Row, RegisterDeviceInput>) {
  const form = readWholeForm<Registered>(
    {
      deviceNo: input.deviceNo,
      isCustomerListDevice: input.isCustomerListDevice ?? true,
      classified: input.classified ?? false,
      maintenanceIntervalDays: input.maintenanceIntervalDays ?? usualMaintenanceDays,
    },
    registrationRules,
    now,
  );
  const data = { ...form, version: nextVersion(facts.row) };
  await tx.device.update({ where: { id: facts.id }, data, select: { id: true } }).catch(whyNotWritten);
  return {};
}

/** Somebody uses it: it is not idle any more. It may have changed since it was made ready. */
export async function takeUp({ facts }: Step<Row, unknown>) {
  requireSetUp(facts.row);
  return { set: { idleSince: null } };
}

/** Nobody uses it, since now unless it was said to be since earlier. */
export const fallIdle = async ({ now, facts }: Step<Row, unknown>) => ({
  set: { idleSince: facts.row.idleSince ? new Date(facts.row.idleSince) : now },
});

/**
 * It works again: whoever used it goes on, if it is set up still; what nobody had used yet is what it was; otherwise it
 * lies idle.
 */
export async function restore(step: Step<Row, unknown>) {
  const { subject, row } = step.facts;
  const before = await stateBefore(step, "breakDown");
  if (!row.idleSince && (before === "REGISTERED" || before === "RECOVERED")) return { to: before };
  return !row.idleSince && before === "IN_USE" && subject.id && isSetUp(row)
    ? { to: "IN_USE" }
    : { to: "IDLE", ...(await fallIdle(step)) };
}

/** What it was when it was proposed for scrapping. */
export const beforeScrap = async (step: Step<Row, unknown>) => ({
  to: await stateBefore(step, "requestScrap"),
});

/** It leaves the company's hands: nothing that proved it proves anything any more. */
export async function leaveHands({ tx, now, facts }: Step<Row, unknown>): Promise<undefined> {
  await endTrust(tx, facts.id, now);
  return undefined;
}

/** It was in other hands: what had been found out about it is void, and nobody has it until it is handed out anew. */
export async function recover(step: Step<Row, RecoverDeviceInput>) {
  const { now, facts, input } = step;
  const given = readWholeForm<{ sealNo: string }>(input, { sealNo: filled(line(64)) }, now);
  const nothing = { custodianId: null, departmentCode: null, ipAddress: null, secretReviewedAt: null };
  return {
    to: facts.row.deviceNo === null ? await beforeItsNumber(step) : "RECOVERED",
    set: { ...nothing, ...given, version: nextVersion(facts.row) },
  };
}

/** Where a device goes on that had no number yet when it was lost; whatever was set up is set up anew. */
async function beforeItsNumber(step: Step<Row, unknown>) {
  return (await stateBefore(step, "lose")) === "ACCEPTED" ? "ACCEPTED" : "STOCKED";
}

/** Where it stood when this step was taken last. */
async function stateBefore({ tx, facts }: Step<Row, unknown>, action: string): Promise<string> {
  const taken = await tx.formEvent.findFirst({
    where: { recordId: facts.id, action },
    orderBy: { seq: "desc" },
    select: { from: true },
  });
  return taken!.from!;
}

/** Fixes what its custodian owes for it, CNY; whose it was stays in its file. */
export async function writeOff({ now, facts, input }: Step<Row, WriteOffDeviceInput>) {
  const { liability } = readWholeForm<{ liability: string | null }>(
    { liability: input.liability },
    { liability: clearable(amount) },
    now,
  );
  const owed = liability === null ? null : new Prisma.Decimal(liability);
  return { set: { liability: owed, version: nextVersion(facts.row) } };
}
