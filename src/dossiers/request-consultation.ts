import { isVisitor } from "../access/conditions.js";
import { refusal } from "../errors.js";
import { clearable, type FormRules, filled, incomplete, readWholeForm } from "../reading/form.js";
import { anyValue, lines } from "../reading/form-readers.js";
import { nextFormNumber } from "../workflow/form-number.js";
import type { Opener, Opening } from "../workflow/step.js";
import type { RequestConsultationForVisitorInput, RequestConsultationInput } from "./consultation.input.js";
import type { IdentityDocument } from "./dossier.enums.js";
import { requireInSight } from "./require-dossier.js";

/** An application to read, as it is stored. */
interface ConsultationForm {
  readonly dossierId: string;
  readonly purpose: string;
  readonly reason: string;
  readonly readerProfile: string;
  readonly identityDocument: IdentityDocument | null;
}

const rules: FormRules<ConsultationForm> = {
  dossierId: filled(anyValue),
  purpose: filled(lines(2_000)),
  reason: filled(lines(2_000)),
  readerProfile: filled(lines(2_000)),
  identityDocument: clearable(anyValue),
};

/** Who asks to read dossiers. Customers read their own record, programs nothing on paper, and visitors ask at the desk. */
const insiders = ["FORMAL", "TEMP", "INTERN"];
const outsiders = ["PARTNER", "AGENCY", "VENDOR_STAFF"];

const documentMissing = {
  field: "identityDocument",
  reason: "It is missing: the reader comes from outside the company.",
};

/** Asks to read a dossier, of which no more need be in sight than its catalogue line (S004-P5-18.1). */
export const requestConsultation: Opener<RequestConsultationInput, ConsultationForm> = {
  read(input, { caller: { kind, now } }) {
    if (![...insiders, ...outsiders].includes(kind))
      throw refusal("NOT_YOUR_ROLE", {
        needs: "a person of the company or of its partners; for visitors customer service asks at the desk",
      });
    return readWholeForm<ConsultationForm>(input, rules, now, ({ identityDocument }) =>
      outsiders.includes(kind) && !identityDocument ? [documentMissing] : [],
    );
  },
  subject: (_form, { id }) => id,
  write: (opening) => fillIn(opening, opening.form),
};

/** A visitor's, as it is filled in at the desk. */
interface VisitorForm extends ConsultationForm {
  readonly employeeId: string;
}

/**
 * Asks for a visitor, who has nothing in sight: what whoever fills it in sees counts (S004-P5-18.4). Throws
 * FORM_INCOMPLETE without a letter or a work card, and for anybody else than a visitor.
 */
export const requestConsultationForVisitor: Opener<RequestConsultationForVisitorInput, VisitorForm> = {
  read: (input, { caller: { now } }) =>
    readWholeForm<VisitorForm>(
      input,
      { employeeId: filled(anyValue), ...rules },
      now,
      ({ identityDocument }) => (identityDocument ? [] : [documentMissing]),
    ),
  subject: ({ employeeId }) => employeeId,
  async write(opening) {
    const { employeeId: _, ...form } = opening.form;
    if (!isVisitor(opening.subject))
      throw incomplete([
        { field: "employeeId", reason: "It is nobody who visits: others ask for themselves." },
      ]);
    const { now, by } = opening;
    await fillIn(opening, { ...form, filledInById: by.caller.id, filledInAt: now });
  },
};

async function fillIn(
  { tx, now, by, subject, entry }: Opening<ConsultationForm>,
  form: ConsultationForm & { readonly filledInById?: string; readonly filledInAt?: Date },
): Promise<void> {
  await requireInSight(tx, by.decisions, form.dossierId);
  await tx.consultation.create({
    data: {
      ...entry,
      ...form,
      state: "DRAFT",
      formNo: await nextFormNumber(tx, "C", now),
      readerId: subject.id,
    },
    select: { id: true },
  });
}
