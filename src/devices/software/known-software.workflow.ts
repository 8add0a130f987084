import type { KnownSoftware as Row } from "../../database/client.js";
import { uniqueColumnsOf } from "../../database/database-refusal.js";
import { type FormRules, filled, readWholeForm, refuseForm } from "../../reading/form.js";
import { line } from "../../reading/form-readers.js";
import type { Opener } from "../../workflow/step.js";
import { nowhere, role, subjectAs, workflow } from "../../workflow/workflow.js";
import { EnterKnownSoftwareInput } from "./known-software.input.js";
import { KnownSoftware } from "./known-software.type.js";
import { softwareKey } from "./software-name.js";

/** Whoever of technology answers for what runs on devices. */
const technology = [
  subjectAs("IT_ENGINEER", "SECURITY_OFFICER"),
  role("IT_ENGINEER"),
  role("SECURITY_OFFICER"),
];

interface Entered {
  readonly name: string;
  readonly standing: "ALLOWED" | "FORBIDDEN";
}

const rules: FormRules<Entered> = {
  name: filled(line(200)),
  standing: filled((value) =>
    value === "ALLOWED" || value === "FORBIDDEN"
      ? { value }
      : { reason: "It is entered as allowed or as forbidden." },
  ),
};

const enter: Opener<EnterKnownSoftwareInput, Entered> = {
  read: ({ name, standing }, { caller: { now } }) =>
    readWholeForm<Entered>(
      { name, standing: standing as Entered["standing"] | null | undefined },
      rules,
      now,
    ),
  subject: (_form, { id }) => id,
  to: ({ form }) => form.standing,
  async write({ tx, now, form: { name, standing }, subject, entry }) {
    const entered = { name, key: softwareKey(name), enteredById: subject.id, enteredAt: now };
    await tx.knownSoftware
      .create({ data: { ...entered, id: entry.id, state: standing }, select: { id: true } })
      .catch((error) => {
        if (!uniqueColumnsOf(error).includes("key")) throw error;
        throw refuseForm([{ field: "name", code: "DUPLICATE", reason: "It is in the list already." }]);
      });
  },
};

export const knownSoftwareWorkflow = workflow<Row>()({
  type: KnownSoftware,
  machine: "F5",
  title: "Software that is allowed or forbidden",
  clause: "S001-P1-3.2.3, S001-P1-3.2.4, S004-P4-10",
  model: "knownSoftware",
  subject: "enteredById",
  seats: {},
  states: {
    ALLOWED: {},
    FORBIDDEN: {},
    REMOVED: { end: "It can be entered anew." },
  },
  actions: {
    enter: {
      from: [nowhere],
      to: ["ALLOWED", "FORBIDDEN"],
      who: technology,
      note: "required",
      meaning: "Enters software that is allowed, or never installed (S001-P1-3.2.3, S001-P1-3.2.4).",
      input: () => EnterKnownSoftwareInput,
      open: enter,
    },
    allow: {
      from: ["FORBIDDEN"],
      to: "ALLOWED",
      who: technology,
      note: "required",
      meaning: "Allows what was forbidden.",
      mutation: "allowSoftware",
    },
    forbid: {
      from: ["ALLOWED"],
      to: "FORBIDDEN",
      who: technology,
      note: "required",
      meaning: "Forbids what was allowed: where it is installed, the next stock-take finds it.",
      mutation: "forbidSoftware",
    },
    remove: {
      from: ["ALLOWED", "FORBIDDEN"],
      to: "REMOVED",
      who: technology,
      note: "required",
      meaning: "Takes it off the list: from now on technology decides case by case.",
      mutation: "removeSoftware",
    },
  },
});
