import { ID } from "type-graphql";
import { classifiedColumn, classifiedFor, Record } from "../access/classified.js";
import type { Notification as Row } from "../database/client.js";
import { Instant } from "../reading/scalars.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();

@Record({
  description:
    "What you have been told about a form: once for each occasion, and to nobody else (rulebook 2.5).",
  governedBy: "inbox",
  defaultOrder: "at",
  rows: { own: { column: "personId" satisfies keyof Row } },
})
export class Notification {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The form's type, as `GrantApplication`." })
  form?: string;

  @Column("META", () => ID, "recordId", { description: "The form's id, for `node`." })
  formId?: string;

  @Classified("META", () => String, { description: "What is said." })
  says?: string;

  @Classified("META", () => Instant, { description: "When it was said." })
  at?: string;

  @Classified("META", () => Instant, { description: "When you marked it as read." })
  readAt?: string | null;
}
