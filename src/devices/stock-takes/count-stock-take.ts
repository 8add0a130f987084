import { recordOf } from "../../access/classified.js";
import type { Deviation, Device, Prisma, StockTake as Row, StockTakeLine } from "../../database/client.js";
import { newId } from "../../database/id.js";
import { refusal } from "../../errors.js";
import { Employee } from "../../people/employee.type.js";
import { idsInReach } from "../../reading/writable-rows.js";
import { findViolation } from "../../violations/violation.workflow.js";
import type { Step, Work } from "../../workflow/step.js";
import { forbiddenAmong } from "../software/forbidden-software.js";
import { overdueAfter } from "./counting-terms.js";
import { deviationsOf, missingFrom } from "./deviations.js";
import { countable, keeper } from "./open-stock-take.js";
import { type Counted, readCount, type Surplus } from "./read-count.js";
import type { CountStockTakeInput } from "./stock-take.input.js";

type Counting = Step<Row, CountStockTakeInput>;

/** A line that has been counted; of whose device it is now, and what there is to say of a deviation. */
type CountedLine = Pick<StockTakeLine, "id" | "deviceId" | "custodianId" | "deviations"> & {
  readonly department: Device["departmentCode"];
  readonly details: Readonly<Partial<Record<Deviation, string | null>>>;
};

/**
 * Enters what was found. The register is what it is compared with, as it is now: what has been changed in it since the
 * stock-take was opened is no deviation. Throws FORM_INCOMPLETE, NOT_FOUND for a device that is not expected, WRONG_STATE
 * for a line that is counted already, SELF_DECISION for the counter's own device.
 */
export async function count(step: Counting) {
  const { tx, now, facts } = step;
  const { lines, surplus } = readCount(step.input, now);
  const expected = await expectedLines(step, lines);
  const devices = await lockDevices(tx, lines);
  const counted: CountedLine[] = [];
  for (const [at, found] of lines.entries())
    counted.push(await countLine(step, expected[at]!, devices.get(found.deviceId)!, found, at));
  await requireHolders(step, surplus);
  counted.push(...(await addSurplus(step, surplus)));
  const matching = counted.flatMap(({ deviceId, deviations }) =>
    deviceId && deviations.length === 0 ? [deviceId] : [],
  );
  await tx.device.updateMany({
    where: { id: { in: matching } },
    data: { stockTakenAt: now, stockTakeDueAt: overdueAfter(now, step.calendar) },
  });
  const left = await tx.stockTakeLine.count({
    where: { stockTakeId: facts.id, countedAt: null, device: { state: { in: [...countable] } } },
  });
  return {
    to: left === 0 ? "COUNTED" : "OPEN",
    changes: [`${counted.length} counted`],
    brings: (work: Work) => findViolations(work, step, counted),
  };
}

/** The lines of these devices, in the order of the input. */
async function expectedLines({ tx, facts }: Counting, lines: readonly Counted[]): Promise<StockTakeLine[]> {
  const ids = lines.map(({ deviceId }) => deviceId);
  const known = await tx.stockTakeLine.findMany({
    where: { stockTakeId: facts.id, deviceId: { in: ids } },
  });
  return lines.map(({ deviceId }, at) => {
    const line = known.find((one) => one.deviceId === deviceId);
    const inputPath = `input.lines.${at}.deviceId`;
    if (!line) throw refusal("NOT_FOUND", { inputPath, needs: "a device that the stock-take expects" });
    if (line.countedAt)
      throw refusal("WRONG_STATE", { inputPath, needs: "a device that has not been counted yet" });
    return line;
  });
}

/** Nobody changes the register of what is being counted. */
async function lockDevices(tx: Prisma.TransactionClient, lines: readonly Counted[]) {
  const ids = lines.map(({ deviceId }) => deviceId);
  await tx.$queryRaw`
    SELECT 1 FROM "Device" WHERE "id" = ANY(${ids}::text[]) ORDER BY "id" FOR NO KEY UPDATE`;
  const devices = await tx.device.findMany({ where: { id: { in: ids } } });
  return new Map(devices.map((device) => [device.id, device]));
}

async function countLine(
  { tx, now, by }: Counting,
  line: StockTakeLine,
  device: Device,
  { deviceId, found, ...what }: Counted,
  at: number,
): Promise<CountedLine> {
  const inputPath = `input.lines.${at}.deviceId`;
  const { id: counter } = by!.caller;
  if (counter === device.custodianId || counter === line.custodianId) throw ownDevice(inputPath);
  if (!countable.includes(device.state))
    throw refusal("WRONG_STATE", {
      inputPath,
      needs: "a device that is neither lost nor gone: what is found again is entered as recovered",
    });
  const software = what.software ?? [];
  const forbidden = await forbiddenAmong(tx, software);
  const deviations = deviationsOf(device, {
    ...{ found, complete: what.complete === true, software, forbidden },
    ...{ sealNo: what.sealNo, ipAddress: what.ipAddress },
  });
  const { custodianId, sealNo, ipAddress } = device;
  await tx.stockTakeLine.update({
    where: { id: line.id },
    data: {
      ...{ ...what, software, found, deviations, matches: deviations.length === 0 },
      ...{ custodianId, expectedSealNo: sealNo, expectedIpAddress: ipAddress },
      ...{ expectedSoftware: device.software, countedById: counter, countedAt: now },
    },
    select: { id: true },
  });
  return {
    ...{ id: line.id, deviceId, custodianId, deviations, department: device.departmentCode },
    details: device.classified ? {} : detailsOf(device, software, forbidden, what.missing),
  };
}

/**
 * What is told of a deviation to those whom the violation concerns: a seal, an address and what was remarked are for
 * technology alone to read, and everything of a device for classified records is for those who are fit for it.
 */
const detailsOf = (
  device: Device,
  software: readonly string[],
  forbidden: readonly string[],
  missing: string | null | undefined,
): CountedLine["details"] => ({
  INCOMPLETE: missing ?? null,
  SOFTWARE_DEVIATION: softwareInWords({
    Forbidden: forbidden,
    "Not in the register": missingFrom(software, device.software),
    "Not on the device": missingFrom(device.software, software),
  }),
});

const softwareInWords = (names: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(names)
    .flatMap(([what, some]) => (some.length > 0 ? [`${what}: ${some.join(", ")}`] : []))
    .join(". ")
    .slice(0, 2_000);

const ownDevice = (inputPath: string) =>
  refusal("SELF_DECISION", { inputPath, needs: "somebody else than who has the device" });

/** With whom something was found is a person in reach, and not whoever counts. */
async function requireHolders({ tx, by }: Counting, surplus: readonly Surplus[]): Promise<void> {
  const ids = surplus.flatMap(({ custodianId }) => custodianId ?? []);
  if (ids.length === 0) return;
  const { caller, decisions } = by!;
  const reached = await idsInReach(tx, Employee, ids, decisions.reach(recordOf(Employee)).rows);
  for (const [at, { custodianId }] of surplus.entries()) {
    const inputPath = `input.surplus.${at}.custodianId`;
    if (custodianId === caller.id) throw ownDevice(inputPath);
    if (custodianId && !reached.has(custodianId)) throw refusal("NOT_FOUND", { inputPath });
  }
}

/** What is there, and in no register. */
async function addSurplus(
  { tx, now, by, facts }: Counting,
  surplus: readonly Surplus[],
): Promise<readonly CountedLine[]> {
  const { _max } = await tx.stockTakeLine.aggregate({
    where: { stockTakeId: facts.id },
    _max: { position: true },
  });
  const lines = surplus.map((one, at) => ({
    ...{ ...one, id: newId("stl", now), stockTakeId: facts.id, position: (_max.position ?? 0) + at + 1 },
    ...{ found: true, matches: false, deviations: ["UNREGISTERED" as const] },
    ...{ expectedSoftware: [], software: [], countedById: by!.caller.id, countedAt: now },
  }));
  await tx.stockTakeLine.createMany({ data: lines });
  return lines.map(({ id, custodianId, deviations, surplus }) => ({
    ...{ id, custodianId, deviations, deviceId: null, details: { UNREGISTERED: surplus } },
    department: facts.row.departmentCode,
  }));
}

/** Every deviation is a violation, of each kind one (S002-2.2d). */
async function findViolations(work: Work, { by, facts }: Counting, counted: readonly CountedLine[]) {
  for (const { id, deviceId, custodianId, deviations, details, department } of counted)
    for (const rule of deviations)
      await findViolation(work, {
        ...{ rule, deviceId, stockTakeLineId: id, personId: custodianId, foundById: by!.caller.id },
        departmentCode: department ?? facts.row.departmentCode ?? keeper,
        details: details[rule] ?? null,
      });
}
