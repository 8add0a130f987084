import { refusal } from "../errors.js";
import { incomplete } from "../reading/form.js";
import { refusalOf } from "../workflow/refused-line.js";
import type { RefusedLine } from "../workflow/refused-line.type.js";
import { type StepContext, takeSteps } from "../workflow/take-step.js";
import { trainingRecordWorkflow } from "./training-record.workflow.js";
import type { TrainingResultLine } from "./training-results.input.js";
import type { RecordTrainingResultsPayload } from "./training-results.type.js";

/** Lines of one mutation. */
const most = 500;

/** Records who was there and with what result, line by line: each whole or not at all, whatever becomes of the others. */
export async function recordResults(
  context: StepContext,
  lines: readonly TrainingResultLine[],
): Promise<RecordTrainingResultsPayload> {
  if (lines.length > most)
    throw refusal("LIMIT_EXCEEDED", { inputPath: "input.lines", needs: `at most ${most} lines` });
  const refusals: (RefusedLine | null)[] = [];
  for (const line of lines)
    refusals.push(await refusalOf(() => takeSteps(context, trainingRecordWorkflow, stepsOf(line))));
  const records = await context.db.trainingRecord.findMany({
    where: { id: { in: lines.flatMap(({ recordId }, at) => (refusals[at] ? [] : [recordId])) } },
    select: { id: true, state: true },
  });
  const states = new Map(records.map(({ id, state }) => [id, state]));
  return {
    recorded: refusals.filter((refused) => !refused).length,
    results: lines.map(({ recordId }, at) => ({
      recordId,
      ...(refusals[at] ?? { state: states.get(recordId)!, problems: [] }),
    })),
  };
}

type Steps = Parameters<typeof takeSteps>[2];

function stepsOf({ recordId: id, absent, attendedHours, score }: TrainingResultLine): Steps {
  const attend = { id, attendedHours };
  const grade = { id, score };
  const wasThere: Steps = [
    ...(isGiven(attendedHours) ? [{ action: "attend", input: attend }] : []),
    ...(isGiven(score) ? [{ action: "grade", input: grade }] : []),
  ];
  if (Boolean(absent) === wasThere.length > 0)
    throw incomplete([
      { field: "lines", reason: "A line says that somebody was not there, or how it went: one of the two." },
    ]);
  return absent ? [{ action: "miss", input: { id } }] : wasThere;
}

const isGiven = (written: string | null | undefined): boolean => written !== null && written !== undefined;
