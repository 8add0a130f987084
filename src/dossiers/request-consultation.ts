import { refusal } from "../errors.js";
import { clearable, type FormRules, filled, readWholeForm } from "../reading/form.js";
import { anyValue, lines } from "../reading/form-readers.js";
import { nextFormNumber } from "../workflow/form-number.js";
import type { Opener } from "../workflow/step.js";
import type { RequestConsultationInput } from "./consultation.input.js";
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

/** Who reads dossiers. Customers read their own record, and programs nothing on paper. */
const insiders = ["FORMAL", "TEMP", "INTERN"];
const outsiders = ["PARTNER", "AGENCY", "VENDOR_STAFF", "VISITOR"];

/** Asks to read a dossier, of which no more need be in sight than its catalogue line (S004-P5-18.1). */
export const requestConsultation: Opener<RequestConsultationInput, ConsultationForm> = {
  read(input, { caller: { kind, now } }) {
    if (![...insiders, ...outsiders].includes(kind))
      throw refusal("NOT_YOUR_ROLE", { needs: "a person of the company, or one who comes to it to read" });
    return readWholeForm<ConsultationForm>(input, rules, now, ({ identityDocument }) =>
      outsiders.includes(kind) && !identityDocument
        ? [{ field: "identityDocument", reason: "It is missing: you come from outside the company." }]
        : [],
    );
  },
  subject: (_form, { id }) => id,
  async write({ tx, now, by, form, subject, entry }) {
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
  },
};
