import { recordOf } from "../../access/classified.js";
import type {
  Allocation,
  DepartmentCode,
  DeviceState,
  Prisma,
  StockTakeTrigger,
} from "../../database/client.js";
import { newId } from "../../database/id.js";
import { refusal } from "../../errors.js";
import { clearable, type FormRules, filled, incomplete, readWholeForm } from "../../reading/form.js";
import { anyValue } from "../../reading/form-readers.js";
import { idsInReach } from "../../reading/writable-rows.js";
import { endOf } from "../../workflow/calendar.js";
import { waitForOpening } from "../../workflow/come-round.js";
import type { Facts, Person } from "../../workflow/facts.js";
import { nextFormNumber } from "../../workflow/form-number.js";
import { loadPerson } from "../../workflow/load-facts.js";
import type { Entry, Opener, Work } from "../../workflow/step.js";
import { Device } from "../device.type.js";
import { lockDevice } from "../lock-device.js";
import { countingTerms } from "./counting-terms.js";
import type { OpenStockTakeInput } from "./stock-take.input.js";

/** Where a device is in the register and is to be there: what is lost or gone for good is not looked for. */
export const countable: readonly DeviceState[] = [
  ...(["REGISTERED", "IN_USE", "IDLE", "FAULTY", "IN_REPAIR", "UNREPAIRABLE"] as const),
  ...(["RENEWAL_PLANNED", "SCRAP_REQUESTED", "SCRAP_APPROVED", "RECOVERED"] as const),
];

/** Whose a device is that no department uses. */
export const keeper: DepartmentCode = "TECHNOLOGY";

interface NewStockTake {
  readonly trigger: StockTakeTrigger;
  readonly departmentCode: DepartmentCode;
  readonly whole: boolean;
  readonly custodianId?: string;
  readonly allocationId?: string;
}

/** The devices that a stock-take of a department counts. */
export const ofDepartment = (departmentCode: DepartmentCode): Prisma.DeviceWhereInput => ({
  state: { in: [...countable] },
  OR: [{ departmentCode }, ...(departmentCode === keeper ? [{ departmentCode: null }] : [])],
});

/** Stores a stock-take with a line for each of these devices, as the register has them now; how many there are. */
export async function storeStockTake(
  { tx, now, calendar }: Work,
  { id }: Entry,
  stockTake: NewStockTake,
  devices: Prisma.DeviceWhereInput = ofDepartment(stockTake.departmentCode),
): Promise<number> {
  await tx.stockTake.create({
    data: {
      ...{ ...stockTake, id, state: "OPEN", openedAt: now },
      formNo: await nextFormNumber(tx, "ST", now),
      dueAt: endOf(countingTerms[stockTake.trigger], now, calendar),
    },
    select: { id: true },
  });
  const expected = await tx.device.findMany({
    where: devices,
    orderBy: [{ deviceNo: "asc" }, { id: "asc" }],
    select: { id: true, custodianId: true, sealNo: true, ipAddress: true, software: true },
  });
  await tx.stockTakeLine.createMany({
    data: expected.map(({ id: deviceId, custodianId, sealNo, ipAddress, software }, at) => ({
      ...{ id: newId("stl", now), stockTakeId: id, position: at + 1, deviceId, custodianId },
      ...{ expectedSealNo: sealNo, expectedIpAddress: ipAddress, expectedSoftware: software },
      ...{ software: [], deviations: [] },
    })),
  });
  return expected.length;
}

/** Of a department as a whole one stock-take is open at a time. */
export async function isBeingCounted(
  work: Pick<Work, "tx">,
  departmentCode: DepartmentCode,
): Promise<boolean> {
  await waitForOpening(work, departmentCode);
  return (await work.tx.stockTake.count({ where: { departmentCode, whole: true, state: "OPEN" } })) > 0;
}

interface ByHand {
  readonly department: DepartmentCode;
  readonly deviceIds: string[] | null;
}

const most = 500;

const rules: FormRules<ByHand> = {
  department: filled(anyValue),
  deviceIds: clearable((ids) =>
    ids.length > 0 && ids.length <= most
      ? { value: [...new Set(ids)] }
      : { reason: `It takes from 1 to ${most} of them.` },
  ),
};

/** Counts a department by hand, or some of its devices. */
export const openByHand: Opener<OpenStockTakeInput, ByHand> = {
  async read(input, { caller: { now }, decisions }, db) {
    const form = readWholeForm<ByHand>(input, rules, now);
    const { deviceIds } = form;
    if (!deviceIds) return form;
    const reached = await idsInReach(db, Device, deviceIds, decisions.reach(recordOf(Device)).rows);
    const where = { ...ofDepartment(form.department), id: { in: [...reached] } };
    if ((await db.device.count({ where })) < deviceIds.length)
      throw refusal("NOT_FOUND", {
        inputPath: "input.deviceIds",
        needs: "devices of the department that are neither lost nor gone",
      });
    return form;
  },
  subject: () => null,
  async write({ form: { department: departmentCode, deviceIds }, entry, ...work }) {
    const whole = deviceIds === null;
    if (whole && (await isBeingCounted(work, departmentCode)))
      throw refusal("DUPLICATE", {
        inputPath: "input.department",
        needs: "a department that is not being counted",
      });
    const devices = { ...ofDepartment(departmentCode), ...(deviceIds && { id: { in: deviceIds } }) };
    const lines = await storeStockTake(work, entry, { trigger: "PERIODIC", departmentCode, whole }, devices);
    if (lines === 0) throw incomplete([{ field: "department", reason: "It has no device." }]);
  },
};

/** A device that somebody has got is counted within five working days (S004-P4-22, rulebook 2.5). */
export async function openAfterAllocation(
  work: Work,
  entry: Entry,
  { id: allocationId, row }: Facts<Allocation>,
): Promise<Person> {
  const { tx, now, calendar } = work;
  const { deviceId, userId: custodianId, departmentCode } = row;
  await lockDevice(tx, deviceId!);
  const stockTake = {
    trigger: "ALLOCATION",
    departmentCode,
    whole: false,
    custodianId,
    allocationId,
  } as const;
  await storeStockTake(work, entry, stockTake, { id: deviceId! });
  await tx.device.update({
    where: { id: deviceId! },
    data: { stockTakeDueAt: endOf(countingTerms.ALLOCATION, now, calendar) },
    select: { id: true },
  });
  return (await loadPerson(tx, custodianId))!;
}
