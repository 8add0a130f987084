import type { DepartmentCode, Prisma } from "../database/client.js";
import { newId } from "../database/id.js";
import { refuseForm } from "../reading/form.js";
import { lines } from "../reading/form-readers.js";
import type { Person } from "./facts.js";
import type { Entry, Work } from "./step.js";
import { noteStep } from "./transact.js";
import type { Workflow } from "./workflow.js";

// What stands in the history of a form: who took which step, when, from where to where, and why.

type Event = Pick<Prisma.FormEventUncheckedCreateInput, "action" | "recordId" | "from" | "to" | "note"> & {
  changes: string[];
};

/**
 * Keeps the record of a step. It stays counted where the person whom the form is about was at that time, wherever they go
 * afterwards.
 */
export const recordStep = async (
  { tx, now, by }: Work,
  { name: form, actions }: Workflow,
  { department }: Pick<Person, "department">,
  event: Event,
): Promise<void> => {
  const seat = by && actions[event.action]!.seat;
  const person = by && { byId: by.caller.id };
  noteStep(tx, {
    record: form,
    id: event.recordId,
    step: `${event.from ?? "-"} ${event.action} ${event.to ?? "-"}`,
  });
  await tx.formEvent.create({
    data: {
      ...{ ...event, ...person, form, at: now },
      id: newId("evt", now),
      department: department as DepartmentCode,
      ...(seat && { seat }),
    },
    select: { id: true },
  });
};

const noteReader = lines(2_000);

/** The note that comes with a step. Throws FORM_INCOMPLETE. */
export function readNote(written: string | null | undefined, required: boolean, now: Date): string | null {
  if (written === undefined || written === null) {
    if (!required) return null;
    throw refuseForm([{ field: "note", code: "FORM_INCOMPLETE", reason: "It has to say why." }]);
  }
  const reading = noteReader(written, now);
  if ("value" in reading) return reading.value;
  throw refuseForm([{ field: "note", code: "FORM_INCOMPLETE", reason: reading.reason }]);
}

/** Records that a form has been opened by a step of another one: whoever took that step stands in its history. */
export const recordOpening = (
  work: Work,
  workflow: Workflow,
  action: string,
  subject: Pick<Person, "department">,
  { id, state }: Entry,
) =>
  recordStep({ ...work, by: null }, workflow, subject, {
    ...{ action, recordId: id, from: null, to: state },
    ...{ note: null, changes: [] },
  });
