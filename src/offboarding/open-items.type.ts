import { Field, ObjectType, registerEnumType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { computed } from "../reading/computed.js";
import type { ReadContext } from "../reading/read.js";
import { loadForm } from "../workflow/load-facts.js";
import { Offboarding } from "./offboarding.type.js";
import { offboardingWorkflow } from "./offboarding.workflow.js";
import { type ItemKind, openItems, settledBy } from "./open-items.js";

export const OpenItemKind = Object.fromEntries(Object.keys(settledBy).map((kind) => [kind, kind])) as {
  [Kind in ItemKind]: Kind;
};

registerEnumType(OpenItemKind, {
  name: "OpenItemKind",
  description: "What is settled before somebody has left a post (S001-P1-3.1.2.1, S002-4.2a).",
  valuesConfig: {
    DEVICE: { description: "A device in the person's custody: technology." },
    LOAN: { description: "A borrowed dossier: the customer information specialist." },
    DECLARATION: {
      description: "A declaration that has not been returned: the customer information specialist.",
    },
    CUSTOMERS: { description: "Customers whom the person owns or keeps, with their number: the head." },
    HANDOVER: { description: "A line of the hand-over list: the head." },
    COMMITMENT: { description: "The promise of secrecy: whoever goes, then the head." },
    PERMISSION_FORM: { description: "The system-permission approval form: the head." },
  },
});

@ObjectType({ description: "Something that is open when somebody goes.", simpleResolvers: true })
export class OpenItemOfOffboarding {
  @Guard(everyCaller)
  @Field(() => OpenItemKind, { description: "What it is." })
  kind!: ItemKind;

  @Guard(everyCaller)
  @Field(() => String, {
    nullable: true,
    description: "Its number, or how many; null where there is one of the kind.",
  })
  ref?: string | null;

  @Guard(everyCaller)
  @Field(() => String, { description: "Who clears it: head, technology or specialist." })
  clearedBy!: string;
}

computed<ReadContext>(
  Offboarding,
  "openItems",
  () => [OpenItemOfOffboarding],
  "What is still open, from the registers as they are now.",
  async (id, { db, statements }) => {
    const facts = await statements(() => loadForm(db, offboardingWorkflow, id));
    return facts ? openItems(facts).map((one) => ({ ...one, clearedBy: settledBy[one.kind] })) : [];
  },
);
