import type { AppealResult, Appeal as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { clearable, type FormRules, filled, incomplete, readWholeForm } from "../reading/form.js";
import { anyValue, lines } from "../reading/form-readers.js";
import { endOf } from "../workflow/calendar.js";
import { nextFormNumber } from "../workflow/form-number.js";
import { countInWords, outcomeOf } from "../workflow/group-vote.js";
import type { Opener, Step } from "../workflow/step.js";
import type { AnswerAppealInput, AppealResultInput, FileAppealInput } from "./appeal.input.js";
import { changeable, openChange } from "./open-change.js";

interface AppealForm {
  readonly text: string;
  readonly grantId: string | null;
  readonly wanted: string | null;
}

const rules: FormRules<AppealForm> = {
  text: filled(lines(2_000)),
  grantId: clearable(anyValue),
  wanted: clearable(lines(1_000)),
};

/** Files an appeal with the own head (S002-4.1b). */
export const fileAppeal: Opener<FileAppealInput, AppealForm> = {
  read: (input, { caller: { now } }) => readWholeForm<AppealForm>(input, rules, now),
  subject: (_form, { id }) => id,
  async write({ tx, now, form, subject, entry }) {
    const { grantId } = form;
    if (grantId && (await tx.grant.count({ where: { id: grantId, granteeId: subject.id } })) === 0)
      throw refusal("NOT_FOUND", { inputPath: "input.grantId" });
    await tx.appeal.create({
      data: {
        ...entry,
        ...form,
        formNo: await nextFormNumber(tx, "P", now),
        employeeId: subject.id,
        filedAt: now,
        state: "FILED",
      },
      select: { id: true },
    });
  },
};

/** How long an answer can be taken to the group (proposed). */
const escalationTerm = { workingDays: 10 };

const answerRules = { answer: filled(lines(2_000)) };

export async function answerAppeal({ input, now, calendar }: Step<Row, AnswerAppealInput>) {
  const { answer } = readWholeForm<{ answer: string }>({ answer: input.answer }, answerRules, now);
  return { set: { answer, escalableUntil: endOf(escalationTerm, now, calendar) } };
}

/** By when both have to have settled it: administration and the head have one term together (rulebook 2.4 K). */
const keptTerm = ({ facts: { dueAt } }: Step<Row, unknown>) => ({ dueAt });

/** What administration makes of it. Nothing follows until the head agrees; what could not follow is refused here. */
export async function resolveAppeal(step: Step<Row, AppealResultInput>) {
  const { result, answer } = readResult(step);
  if (result === "CHANGE_OPENED") await changeable(step, "result");
  return { set: { result, answer, ...keptTerm(step) } };
}

/** The head agrees. CHANGE_OPENED opens the change form, which is nothing to appeal against. */
export async function agreeToAppeal(step: Step<Row, unknown>) {
  const openedId = step.facts.row.result === "CHANGE_OPENED" ? await openChange(step, "id") : null;
  const escalableUntil = openedId ? null : endOf(escalationTerm, step.now, step.calendar);
  return { set: { openedId, escalableUntil } };
}

/** The head does not: administration's answer is none, but in the history. */
export async function disagreeWithAppeal(step: Step<Row, unknown>) {
  const { result, answer } = step.facts.row;
  return {
    set: { result: null, answer: null, reviewedById: null, reviewedAt: null, ...keptTerm(step) },
    changes: [`result: no longer ${result}`, `answer: no longer ${answer}`],
  };
}

/** What the group has voted for: in favour of whoever appeals takes more than half of it. */
export async function decideAppeal(step: Step<Row, AppealResultInput>) {
  const { result, answer } = readResult(step);
  const voted = outcomeOf(step.facts);
  if (contrary[result] === voted)
    throw incomplete([{ field: "result", reason: "The group has voted otherwise." }]);
  const openedId = result === "CHANGE_OPENED" ? await openChange(step, "result") : null;
  return { set: { groupResult: result, groupAnswer: answer, openedId }, changes: [countInWords(step.facts)] };
}

/** The vote that a result contradicts; an explanation goes with either. */
const contrary: Readonly<Record<AppealResult, ReturnType<typeof outcomeOf> | undefined>> = {
  CHANGE_OPENED: "AGAINST",
  REJECTED: "IN_FAVOUR",
  EXPLAINED: undefined,
};

const readResult = ({ input: { result, answer }, now }: Step<Row, AppealResultInput>) =>
  readWholeForm<{ result: AppealResult; answer: string }>(
    { result, answer },
    { ...answerRules, result: filled(anyValue) },
    now,
  );
