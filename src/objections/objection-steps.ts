import type { Objection as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { filled, incomplete, readWholeForm } from "../reading/form.js";
import { lines } from "../reading/form-readers.js";
import { endOf } from "../workflow/calendar.js";
import type { Step } from "../workflow/step.js";
import type {
  AcknowledgeObjectionInput,
  CloseObjectionInput,
  FindingInput,
  FinishRectifyingObjectionInput,
} from "./objection.input.js";
import { whomItIsAgainst } from "./whom-it-is-against.js";

const text = filled(lines(2_000));

/** Says whom it is against, so that the right people look into it: at least a department. */
export async function acknowledge({ tx, by, facts: { row }, input }: Step<Row, AcknowledgeObjectionInput>) {
  const { caller, decisions } = by!;
  const person = input.againstEmployeeId ?? null;
  const against = person
    ? await whomItIsAgainst(
        { tx, decisions },
        { againstDepartment: input.againstDepartment ?? null, againstEmployeeId: person },
      )
    : {
        againstDepartment: input.againstDepartment ?? row.againstDepartment,
        // Another department than the person's is against nobody by name.
        againstEmployeeId:
          input.againstDepartment && input.againstDepartment !== row.againstDepartment
            ? null
            : row.againstEmployeeId,
      };
  if (!against.againstDepartment)
    throw incomplete([{ field: "againstDepartment", reason: "It is missing." }]);
  if (against.againstEmployeeId === caller.id)
    throw refusal("SELF_DECISION", {
      inputPath: "input.againstEmployeeId",
      needs: "somebody else than whom it is against",
    });
  return { set: against, changes: changesOf(row, against) };
}

/** Whom it was against before, where that is another now: it is known who was taken out of it. */
type Against = Pick<Row, "againstDepartment" | "againstEmployeeId">;
const changesOf = (row: Against, against: Against): string[] =>
  (["againstDepartment", "againstEmployeeId"] as const).flatMap((name) =>
    row[name] !== null && row[name] !== against[name] ? [`${name}: no longer ${row[name]}`] : [],
  );

/** Administration has one term from the acknowledgement to its result. */
export const keepTerm = async ({ facts: { dueAt } }: Step<Row, unknown>) => ({ set: { dueAt } });

/** How long the department has to rectify it (rulebook 2.4 J). */
const toRectify = { workingDays: 10 };

const readFinding = ({ now, input: { finding } }: Step<Row, FindingInput>) =>
  readWholeForm<{ finding: string }>({ finding }, { finding: text }, now);

export const uphold = async (step: Step<Row, FindingInput>) => ({
  set: {
    ...readFinding(step),
    result: "UPHELD" as const,
    rectificationDue: endOf(toRectify, step.now, step.calendar),
  },
});

export const dismiss = async (step: Step<Row, FindingInput>) => ({
  set: { ...readFinding(step), result: "DISMISSED" as const },
});

export const finishRectifying = async ({
  now,
  input: { rectification },
}: Step<Row, FinishRectifyingObjectionInput>) => ({
  set: readWholeForm<{ rectification: string }>({ rectification }, { rectification: text }, now),
});

/** How long it can be opened again, once (rulebook 2.4 J). */
const reopenable = { days: 30 };

/** Nothing is closed without an answer; what has been opened again is settled with the second one. */
export async function close({ now, calendar, facts: { row }, input }: Step<Row, CloseObjectionInput>) {
  const { answer } = readWholeForm<{ answer: string }>({ answer: input.answer }, { answer: text }, now);
  return row.reopenedAt
    ? { to: "SETTLED", set: { answer } }
    : { to: "CLOSED", set: { answer, reopenableUntil: endOf(reopenable, now, calendar) } };
}

/** The customer is not content: it is looked into anew, by whoever takes it; what was said and found is kept beside it. */
export async function reopen({ now, facts: { row } }: Step<Row, unknown>) {
  const { answer, result, finding, rectification } = row;
  return {
    set: {
      ...{ reopenedAt: now, reopenableUntil: null, firstAnswer: answer, answer: null },
      firstFinding: [`${result}: ${finding}`, ...(rectification ? [rectification] : [])].join("\n"),
      ...{ result: null, finding: null, rectification: null, rectificationDue: null },
      ...{ investigatorId: null, investigatedAt: null, rectifierId: null, rectifiedAt: null },
      ...{ closedById: null, closedAt: null },
    },
    changes: [`result: no longer ${result}`],
  };
}
