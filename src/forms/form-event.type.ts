import { ID, Int } from "type-graphql";
import { classifiedFor, Record, type recordOf } from "../access/classified.js";
import type { FormEvent as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { listOf, one } from "../reading/edges.js";
import { Instant } from "../reading/scalars.js";
import { allWorkflows } from "../workflow/workflow.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

/** The forms whose history it is; filled when all of them are known. */
const forms: { record: () => ReturnType<typeof recordOf>; key: string }[] = [];

@Record({
  description:
    "One step that was taken of a form: who, when, from where to where, and why. Never changed afterwards.",
  governedBy: "grant",
  defaultOrder: "seq",
  partOf: forms,
})
export class FormEvent {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => Int, { description: "Rises with every step that is taken of any form." })
  seq?: number;

  @Classified("META", () => String, {
    description:
      "The step, as `schema/workflows.md` names it; of a device also `import` and `correct`, of what a list and a correction by hand have changed.",
  })
  action?: string;

  @Classified("META", () => String, { description: "The state before; null where the step opened the form." })
  from?: string | null;

  @Classified("META", () => String, { description: "The state after." })
  to?: string;

  @One("META", () => Employee, "byId", {
    description: "Who took it; null: the clock, or another form's step.",
  })
  by?: Employee | null;

  @Classified("META", () => String, { description: "In which seat, as `schema/workflows.md` names it." })
  seat?: string | null;

  @Classified("META", () => Instant, { description: "When." })
  at?: string;

  @Classified("GRANT", () => [String] as const, {
    description:
      "What the step changed beside the state: in words, as what a reviewer narrowed, or by the names of fields, as of a correction.",
  })
  changes?: string[];

  @Classified("GRANT", () => String, {
    description: "Why, in the words of whoever took the step: as the reviewer's notes.",
  })
  note?: string | null;
}

/** Adds `history` to every form. */
export function declareHistories(): void {
  for (const { type, record } of allWorkflows()) {
    if (record.fields.has("history")) continue;
    forms.push({ record: () => record, key: "recordId" satisfies keyof Row });
    listOf<Row>()(type, "history", FormEvent, {
      key: "recordId",
      // Where it stands and how it came there are one secret.
      fieldClass: record.fields.get("state")!.fieldClass,
      description: "Every step that was taken of it, in order.",
    });
  }
}
