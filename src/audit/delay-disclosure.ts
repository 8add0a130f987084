import type { DisclosureDelay as Row } from "../database/client.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import { type FormRules, filled, readWholeForm } from "../reading/form.js";
import { futureInstant, lines } from "../reading/form-readers.js";
import { noteStep, type SteppingContext, transact } from "../workflow/transact.js";
import type { DelayDisclosureInput } from "./disclosure-delay.input.js";

const longest = 90 * 86_400_000;

const rules: FormRules<Pick<Row, "reason"> & { until: string }> = {
  reason: filled(lines(2_000)),
  until: filled(futureInstant),
};

/** Nobody keeps from a customer what their own people did. */
function checkNotOwn(context: SteppingContext, department: string, inputPath: string): void {
  if (department === context.decisions.caller.department)
    throw refusal("SELF_DECISION", {
      inputPath,
      needs: "the general manager, or the head of administration",
    });
}

/**
 * A customer hears of a department's looks later: of those of the last 30 days, and those that come before the end. That the
 * caller may has been decided before. Throws FORM_INCOMPLETE, NOT_FOUND, SELF_DECISION, TERM_TOO_LONG; WRONG_STATE where there
 * was a delay not long ago: they do not follow one another without end.
 */
export async function delayDisclosure(
  context: SteppingContext,
  { customerId, department, ...written }: DelayDisclosureInput,
): Promise<Pick<Row, "id">> {
  const { id: setById, now } = context.decisions.caller;
  const { reason, until } = readWholeForm(written, rules, now);
  checkNotOwn(context, department, "input.department");
  if (new Date(until).getTime() > now.getTime() + longest)
    throw refusal("TERM_TOO_LONG", { inputPath: "input.until", needs: "at most 90 days from now" });
  return transact(context.db, context.footprint, async (tx) => {
    if (!(await tx.customer.findUnique({ where: { id: customerId }, select: { id: true } })))
      throw refusal("NOT_FOUND", { inputPath: "input.customerId" });
    const before = await tx.disclosureDelay.findFirst({
      where: { customerId, departmentCode: department, until: { gt: new Date(now.getTime() - longest) } },
      select: { id: true },
    });
    if (before)
      throw refusal("WRONG_STATE", {
        inputPath: "input.department",
        reason: "It was delayed before, and that ended less than 90 days ago or has not ended yet.",
      });
    const id = newId("dly", now);
    await tx.disclosureDelay.create({
      data: { id, customerId, departmentCode: department, reason, setById, setAt: now, until },
    });
    noteStep(tx, { record: "DisclosureDelay", id, step: "- delay SET" });
    return { id };
  });
}

/** Ends a delay before its time. Throws NOT_FOUND; SELF_DECISION; WRONG_STATE where it has ended. */
export async function liftDisclosureDelay(context: SteppingContext, id: string): Promise<void> {
  const { id: liftedById, now } = context.decisions.caller;
  await transact(context.db, context.footprint, async (tx) => {
    const delay = await tx.disclosureDelay.findUnique({ where: { id } });
    if (!delay) throw refusal("NOT_FOUND", { inputPath: "input.id" });
    checkNotOwn(context, delay.departmentCode, "input.id");
    const { count } = await tx.disclosureDelay.updateMany({
      where: { id, liftedAt: null, until: { gt: now } },
      data: { liftedById, liftedAt: now },
    });
    if (count === 0) throw refusal("WRONG_STATE", { inputPath: "input.id", reason: "The delay has ended." });
    noteStep(tx, { record: "DisclosureDelay", id, step: "SET lift LIFTED" });
  });
}
