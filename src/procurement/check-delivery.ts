import type { Acceptance, ConfigLine, Prisma, Procurement as Row } from "../database/client.js";
import { newId } from "../database/id.js";
import { deviceWorkflow } from "../devices/device.workflow.js";
import { refusal } from "../errors.js";
import { checkLines, clearable, type FormRules, filled, incomplete, type Problem } from "../reading/form.js";
import { anyValue, line, wholeNumber } from "../reading/form-readers.js";
import { dayOf } from "../workflow/calendar.js";
import { recordOpening } from "../workflow/history.js";
import type { Step, Work } from "../workflow/step.js";
import { entryTo } from "../workflow/take-step.js";
import type { CheckDeliveryInput } from "./procurement.input.js";

// A delivery is counted against the contract's list, line by line. Whoever counts sees no more of the list than the place,
// kind and model of each line: the count is theirs, and the comparison is made here.

interface Found {
  readonly position: number;
  readonly qty: number;
  readonly conforms: boolean;
  readonly deviation: string | null;
}

const rules: FormRules<Found> = {
  position: filled(wholeNumber(1, 100)),
  qty: filled(wholeNumber(0, 100_000)),
  conforms: filled(anyValue),
  deviation: clearable(line(500)),
};

/** Accepts what is as the contract has it. Throws NONCONFORMING where anything is not: that can only go back. */
export async function acceptDelivery(step: Step<Row, CheckDeliveryInput>) {
  const { list, found } = await readCheck(step);
  if (found.some((one) => deviates(one, list)))
    throw refusal("NONCONFORMING", {
      inputPath: "input.lines",
      // Which count differs is not said: a list of guesses would tell what was ordered.
      reason: `It is not as the contract has it: ${inWords(found.filter(hasDeviation))}.`,
      needs: "its return to the supplier, who exchanges it",
    });
  await keepCheck(step, list, found, null);
  return { brings: (work: Work) => enterDevices(work, step.facts.id, list) };
}

/** Sends back what is not as the contract has it. */
export async function returnDelivery(step: Step<Row, CheckDeliveryInput>) {
  const { list, found } = await readCheck(step);
  if (!found.some((one) => deviates(one, list)))
    throw incomplete([{ field: "lines", reason: "Every line is as the contract has it." }]);
  const silent = found.flatMap(({ deviation }, at) =>
    !deviation && deviates(found[at]!, list)
      ? [{ field: `lines.${at}.deviation`, reason: "It is missing: what is different?" }]
      : [],
  );
  if (silent.length > 0) throw incomplete(silent);
  await keepCheck(step, list, found, step.now);
  return {};
}

/** Whoever counted has found it other than the line says. */
const hasDeviation = ({ conforms, deviation }: Found): boolean => !conforms || deviation !== null;

const deviates = (one: Found, list: readonly ConfigLine[]): boolean =>
  hasDeviation(one) || list[one.position - 1]!.qty !== one.qty;

const inWords = (deviating: readonly Found[]): string =>
  deviating.length > 0 ? `lines ${deviating.map(({ position }) => position).join(", ")}` : "what was counted";

/** The contract's list, and what was found of every line of it, once. */
async function readCheck({ tx, now, facts, input }: Step<Row, CheckDeliveryInput>) {
  const list = await tx.configLine.findMany({
    where: { procurementId: facts.id },
    orderBy: { position: "asc" },
  });
  const checked = checkLines<Found>("lines", input.lines, rules, now, list.length);
  const problems: Omit<Problem, "code">[] = [...checked.problems];
  const positions = checked.lines.map(({ position }) => position);
  positions.forEach((position, at) => {
    if (position && position > list.length)
      problems.push({ field: `lines.${at}.position`, reason: "The list has no such line." });
    if (position && positions.indexOf(position) < at)
      problems.push({ field: `lines.${at}.position`, reason: "The line has been given already." });
  });
  if (problems.length === 0 && positions.length < list.length)
    problems.push({ field: "lines", reason: "Every line of the list is checked." });
  if (problems.length > 0) throw incomplete(problems);
  return { list, found: checked.lines as readonly Found[] };
}

async function keepCheck(
  { tx, now, facts, by }: Step<Row, CheckDeliveryInput>,
  list: readonly ConfigLine[],
  found: readonly Found[],
  returnedAt: Acceptance["returnedAt"],
): Promise<void> {
  const id = newId("acp", now);
  await tx.acceptance.create({
    data: { ...{ id, returnedAt, at: now }, procurementId: facts.id, acceptedById: by!.caller.id },
    select: { id: true },
  });
  await tx.acceptanceLine.createMany({
    data: found.map((one) => ({
      ...{ id: newId("acl", now), acceptanceId: id, ...one },
      configLineId: list[one.position - 1]!.id,
    })),
  });
}

/** A device for each unit of the lines that are devices: bought on the day of the order, and in nobody's hands yet. */
async function enterDevices(work: Work, procurementId: string, list: readonly ConfigLine[]): Promise<void> {
  const { tx } = work;
  const { contractNo, orderedAt, quotes } = await tx.procurement.findUniqueOrThrow({
    where: { id: procurementId },
    select: { contractNo: true, orderedAt: true, quotes: { where: { chosen: true } } },
  });
  const bought = {
    ...{ procurementId, contractNo, supplier: quotes[0]!.supplier },
    purchasedAt: new Date(dayOf(orderedAt!)),
  };
  const devices = list.flatMap(({ kind, model, qty, unitPrice }) =>
    kind === null
      ? []
      : Array.from({ length: qty }, (): Prisma.DeviceCreateManyInput => {
          const { id, dueAt } = entryTo(work, deviceWorkflow, "ACCEPTED");
          return { id, dueAt, kind, model: model!, price: unitPrice, ...bought, state: "ACCEPTED" };
        }),
  );
  await tx.device.createMany({ data: devices });
  const nobody = { department: deviceWorkflow.unassigned!.otherwise };
  for (const { id } of devices)
    await recordOpening(work, deviceWorkflow, "accept", nobody, { id, state: "ACCEPTED", dueAt: null });
}
