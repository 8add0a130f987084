import type { StaffRequest as Row, StaffRequestKind } from "../database/client.js";
import { Device } from "../devices/device.type.js";
import { refusal } from "../errors.js";
import { clearable, filled, readWholeForm } from "../reading/form.js";
import { anyValue, lines } from "../reading/form-readers.js";
import { requireReachable } from "../reading/writable-rows.js";
import { TrainingSession } from "../training/training-session.type.js";
import { nextFormNumber } from "../workflow/form-number.js";
import type { Opener, Opening, Step } from "../workflow/step.js";
import type {
  AnswerSupportInput,
  AnswerTrainingDemandInput,
  AskForSupportInput,
  DemandTrainingInput,
} from "./staff-request.input.js";

const text = filled(lines(2_000));

interface Asked {
  readonly text: string;
  readonly deviceId: string | null;
}

async function store({ tx, now, form, entry, subject }: Opening<Asked>, kind: StaffRequestKind) {
  const formNo = await nextFormNumber(tx, "SQ", now);
  await tx.staffRequest.create({
    data: {
      ...form,
      ...entry,
      state: entry.state as Row["state"],
      kind,
      formNo,
      askerId: subject.id,
      askedAt: now,
    },
    select: { id: true },
  });
}

/** Demands a training (S000-5.1a). */
export const demandTraining: Opener<DemandTrainingInput, Asked> = {
  read: (input, { caller: { now } }) => ({
    ...readWholeForm<Pick<Asked, "text">>({ text: input.text }, { text }, now),
    deviceId: null,
  }),
  subject: (_form, { id }) => id,
  write: (opening) => store(opening, "TRAINING"),
};

/** Proposes something about devices, or asks for help (S000-5.1a). */
export const ask = (kind: Exclude<StaffRequestKind, "TRAINING">): Opener<AskForSupportInput, Asked> => ({
  async read({ text: written, deviceId: about }, { caller: { now }, decisions }, db) {
    const asked = readWholeForm<Asked>(
      { text: written, deviceId: about },
      { text, deviceId: clearable(anyValue) },
      now,
    );
    const { deviceId: id } = asked;
    if (id !== null)
      await requireReachable({ db, decisions }, { type: Device, id, inputPath: "input.deviceId" });
    return asked;
  },
  subject: (_form, { id }) => id,
  write: (opening) => store(opening, kind),
});

export async function answer({ now, input }: Step<Row, AnswerSupportInput>) {
  return { set: readWholeForm<{ answer: string }>({ answer: input.answer }, { answer: text }, now) };
}

interface DemandAnswered {
  readonly answer: string;
  readonly sessionId: string | null;
}

export async function answerDemand({ tx, now, by, input }: Step<Row, AnswerTrainingDemandInput>) {
  const set = readWholeForm<DemandAnswered>(
    { answer: input.answer, sessionId: input.sessionId },
    { answer: text, sessionId: clearable(anyValue) },
    now,
  );
  const { sessionId: id } = set;
  if (id !== null) await requireToCome({ tx, by }, id);
  return { set };
}

/** A session that can be enrolled in. Throws NOT_FOUND for one out of reach. */
async function requireToCome({ tx, by }: Pick<Step<Row, unknown>, "tx" | "by">, id: string): Promise<void> {
  const inputPath = "input.sessionId";
  await requireReachable({ db: tx, decisions: by!.decisions }, { type: TrainingSession, id, inputPath });
  if ((await tx.trainingSession.count({ where: { id, state: "SCHEDULED" } })) === 0)
    throw refusal("WRONG_STATE", { inputPath, needs: "a session that is still to come" });
}
