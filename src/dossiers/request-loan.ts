import { refuse } from "../access/guard.js";
import type { Reason } from "../access/reasons.js";
import type { LoanState, Prisma } from "../database/client.js";
import { refusal } from "../errors.js";
import { type FormRules, filled, incomplete, readWholeForm } from "../reading/form.js";
import { anyValue, lines, wholeNumber } from "../reading/form-readers.js";
import { nextFormNumber } from "../workflow/form-number.js";
import type { Opener } from "../workflow/step.js";
import { lockDossier, requireCopies } from "./copies-on-loan.js";
import type { RequestLoanInput } from "./loan.input.js";
import { requireBorrowable, requireInSight } from "./require-dossier.js";

/** An application to borrow, as it is stored. */
interface LoanForm {
  readonly dossierId: string;
  readonly copies: number;
  readonly reason: string;
}

const rules: FormRules<LoanForm> = {
  dossierId: filled(anyValue),
  copies: filled(wholeNumber(1, 1_000)),
  reason: filled(lines(2_000)),
};

const open: LoanState[] = ["REQUESTED", "SIGNED", "APPROVED", "REGISTERED", "LENT", "OVERDUE"];

/** Rulebook 6-12. */
export const neverLent: Reason = {
  code: "CLEARANCE_REQUIRED",
  needs: "nothing: what is TOP_SECRET is never lent, only consulted",
  request: "requestConsultation",
};

/** Asks to borrow a dossier (S004-P5-19.2). */
export const requestLoan: Opener<RequestLoanInput, LoanForm> = {
  read: (input, { caller: { now } }) => readWholeForm<LoanForm>(input, rules, now),
  subject: (_form, { id }) => id,
  async write({ tx, now, by, form, subject, entry }) {
    const { dossierId, copies } = form;
    await requireInSight(tx, by.decisions, dossierId);
    await requireBorrowable(tx, by.decisions, dossierId, "input.dossierId");
    const dossier = await lockDossier(tx, dossierId);
    if (dossier.secrecy === "TOP_SECRET") throw refuse(neverLent, "input.dossierId");
    if (copies > dossier.copies)
      throw incomplete([{ field: "copies", reason: "There are fewer copies of the dossier." }]);
    await refuseOverdue(tx, subject.id, now);
    const same = await tx.loan.count({ where: { dossierId, borrowerId: subject.id, state: { in: open } } });
    if (same > 0)
      throw refusal("OPEN_ITEMS", {
        inputPath: "input.dossierId",
        needs: "the return of your earlier loan of it",
      });
    await requireCopies(tx, dossierId, dossier, copies, "input.copies");
    await tx.loan.create({
      data: {
        ...entry,
        ...form,
        state: "REQUESTED",
        formNo: await nextFormNumber(tx, "L", now),
        borrowerId: subject.id,
      },
      select: { id: true },
    });
  },
};

/** Who keeps what should be back borrows nothing (rulebook 2.4 C2). */
export async function refuseOverdue(
  tx: Prisma.TransactionClient,
  borrowerId: string,
  now: Date,
): Promise<void> {
  const overdue = await tx.loan.count({
    where: { borrowerId, OR: [{ state: "OVERDUE" }, { state: "LENT", dueAt: { lte: now } }] },
  });
  if (overdue > 0) throw refusal("OVERDUE_ITEMS", { needs: "the return of every overdue loan" });
}
