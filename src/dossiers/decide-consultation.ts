import type { Reason } from "../access/reasons.js";
import type { Consultation as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { type FormRules, filled, readWholeForm } from "../reading/form.js";
import { instant } from "../reading/form-readers.js";
import { approvalTerm, endOf, termInWords } from "../workflow/calendar.js";
import type { Actor, Facts } from "../workflow/facts.js";
import type { Step } from "../workflow/step.js";
import type { ApproveConsultationInput } from "./consultation.input.js";
import { notForClassified, secrecyOf } from "./dossier-facts.js";

/** A dossier is read, as it is lent, for three days of 24 hours at most (rulebook 2.4 C, 6-13). */
const longestHours = 72;
const hour = 3_600_000;

interface Window {
  readonly windowFrom: string;
  readonly windowTo: string;
}

const rules: FormRules<Window> = {
  windowFrom: filled((written, now) =>
    new Date(written) >= now ? instant(written, now) : { reason: "The instant has passed." },
  ),
  windowTo: filled((written, now) =>
    new Date(written) > now ? instant(written, now) : { reason: "The instant has passed." },
  ),
};

/**
 * Approves a consultation for a window of time. Throws TERM_TOO_LONG for one of more than 72 hours, or that begins when
 * the approval can no longer be used.
 */
export async function approveConsultation({
  now,
  calendar,
  input,
  note,
}: Step<Row, ApproveConsultationInput>) {
  const from = input.windowFrom ?? now.toISOString();
  const longest = new Date(Date.parse(from) + longestHours * hour);
  const window = readWholeForm<Window>(
    { windowFrom: from, windowTo: input.windowTo ?? longest.toISOString() },
    rules,
    now,
    ({ windowFrom, windowTo }) =>
      windowFrom && windowTo && windowTo <= windowFrom
        ? [{ field: "windowTo", reason: "It lies before the beginning." }]
        : [],
  );
  const [windowFrom, windowTo] = [new Date(window.windowFrom), new Date(window.windowTo)];
  if (windowFrom > endOf(approvalTerm, now, calendar))
    throw refusal("TERM_TOO_LONG", {
      inputPath: "input.windowFrom",
      needs: `a beginning within ${termInWords(approvalTerm)}`,
    });
  if (windowTo > longest)
    throw refusal("TERM_TOO_LONG", {
      inputPath: "input.windowTo",
      needs: `an end at most ${longestHours} hours after the beginning`,
    });
  return { set: { windowFrom, windowTo, decisionNote: note } };
}

/** Who of customer service may decide on this one. */
export const notToDecide = (facts: Facts<Row>, actor: Actor): Reason | null =>
  secrecyOf(facts) === "ORDINARY" ? null : notForClassified(facts, actor);

/** What is TOP_SECRET is read with the general manager's permission only (rulebook 6-11). */
export const notPermitted = (facts: Facts<Row>): Reason | null =>
  secrecyOf(facts) === "TOP_SECRET" && !facts.seats.permitter
    ? {
        code: "APPROVAL_MISSING",
        needs: "the permission of the general manager",
        request: "permitConsultation",
      }
    : null;
