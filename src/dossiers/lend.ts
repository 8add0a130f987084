import type { Loan as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { deviceToKeepOn } from "../kept-on-device.js";
import { incomplete } from "../reading/form.js";
import type { Step } from "../workflow/step.js";
import { lockDossier, requireCopies } from "./copies-on-loan.js";
import type { RegisterLoanInput, ReturnLoanInput, SignForLoanInput } from "./loan.input.js";
import { refuseOverdue } from "./request-loan.js";
import { requireBorrowable } from "./require-dossier.js";

/** Three days of 24 hours (S004-P5-19.5, rulebook 6-13). */
const longestHours = 72;
const hour = 3_600_000;

/** Enters a loan in the register: from now on its copies are not there for anybody else. */
export async function registerLoan({ tx, facts, input }: Step<Row, RegisterLoanInput>) {
  const { dossierId, copies } = facts.row;
  const termHours = input.termHours ?? longestHours;
  if (termHours < 1) throw incomplete([{ field: "termHours", reason: "At least one hour is needed." }]);
  if (termHours > longestHours)
    throw refusal("TERM_TOO_LONG", {
      inputPath: "input.termHours",
      needs: `a term of at most ${longestHours} hours`,
    });
  await requireCopies(tx, dossierId, await lockDossier(tx, dossierId), copies, "input.id");
  return { set: { termHours } };
}

/** Signs for what was set aside: the term begins. Throws what is missing where it may no longer be borrowed. */
export async function signForLoan({ tx, now, by, facts, input }: Step<Row, SignForLoanInput>) {
  const { dossierId, termHours } = facts.row;
  await requireBorrowable(tx, by!.decisions, dossierId, "input.id");
  await refuseOverdue(tx, facts.subject.id, now);
  const { medium } = await tx.dossier.findUniqueOrThrow({
    where: { id: dossierId },
    select: { medium: true },
  });
  if (medium === "PAPER" && input.deviceNo)
    throw incomplete([{ field: "deviceNo", reason: "What is on paper lies on no device." }]);
  const place = medium === "ELECTRONIC" && {
    deviceId: await deviceToKeepOn(
      tx,
      input.deviceNo ?? by!.caller.device?.deviceNo ?? null,
      facts.subject.id,
    ),
  };
  return { set: { lentAt: now, dueAt: new Date(now.getTime() + termHours! * hour), ...place } };
}

/** It stays known when it should have been back. */
export const keepDue = async ({ facts }: Step<Row, unknown>) => ({
  set: { dueAt: new Date(facts.row.dueAt!) },
});

/** Strikes a loan off the register; the dossier is from now on in the condition that it came back in (S004-P5-20). */
export async function returnLoan({ tx, facts, input: { condition } }: Step<Row, ReturnLoanInput>) {
  if (!condition) throw incomplete([{ field: "condition", reason: "It is missing." }]);
  await tx.dossier.update({
    where: { id: facts.row.dossierId },
    data: { condition },
    select: { id: true },
  });
  return { set: { returnCondition: condition } };
}
