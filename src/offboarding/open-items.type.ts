import { Field, ObjectType, registerEnumType } from "type-graphql";
import { recordOf } from "../access/classified.js";
import { everyCaller, Guard } from "../access/guard.js";
import { DeviceCopy } from "../devices/copies/device-copy.type.js";
import { Device } from "../devices/device.type.js";
import { Loan } from "../dossiers/loan.type.js";
import { SensitiveUse } from "../grants/sensitive-use.type.js";
import { computed } from "../reading/computed.js";
import type { ReadContext } from "../reading/read.js";
import { idsInReach } from "../reading/writable-rows.js";
import { loadForm } from "../workflow/load-facts.js";
import { Offboarding } from "./offboarding.type.js";
import { offboardingWorkflow } from "./offboarding.workflow.js";
import { type ItemKind, type OpenItem, openItems, settledBy } from "./open-items.js";

export const OpenItemKind = Object.fromEntries(Object.keys(settledBy).map((kind) => [kind, kind])) as {
  [Kind in ItemKind]: Kind;
};

registerEnumType(OpenItemKind, {
  name: "OpenItemKind",
  description: "What is settled before somebody has left a post (S001-P1-3.1.2.1, S002-4.2a).",
  valuesConfig: {
    DEVICE: { description: "A device in the person's custody: technology." },
    COPY: { description: "A copy of customer data on a device that is not wiped: technology." },
    LOAN: { description: "A borrowed dossier: the customer information specialist." },
    DECLARATION: {
      description: "A declaration that has not been returned: the customer information specialist.",
    },
    HANDOVER: {
      description: "The hand-over of the list, and of customers and dossiers, to a successor: the head.",
    },
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
    description:
      "Its number, or its id where it has none; null for what is one of its kind, and for what is out of your reach.",
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
  async (id, context) => {
    const facts = await context.statements(() => loadForm(context.db, offboardingWorkflow, id));
    return facts ? tellItems(openItems(facts), context) : [];
  },
);

/** What kinds of items are rows of, where they are. */
const types: Partial<Record<ItemKind, new () => object>> = {
  DEVICE: Device,
  COPY: DeviceCopy,
  LOAN: Loan,
  DECLARATION: SensitiveUse,
};

/** Each of those in the caller's reach; of the others only that there are some. */
async function tellItems(
  items: readonly OpenItem[],
  { db, decisions, statements }: ReadContext,
): Promise<readonly OpenItemOfOffboarding[]> {
  const told: OpenItemOfOffboarding[] = [];
  for (const kind of new Set(items.map((item) => item.kind))) {
    const of = items.filter((item) => item.kind === kind);
    const type = types[kind];
    const ids = of.flatMap(({ id }) => id ?? []);
    const rows = type ? decisions!.reach(recordOf(type)).rows : [];
    const known = type ? await statements(() => idsInReach(db, type, ids, rows)) : new Set<string>();
    const seen = of.filter(({ id }) => id !== null && known.has(id));
    const clearedBy = settledBy[kind];
    told.push(...seen.map(({ id, number }) => ({ kind, ref: number ?? id, clearedBy })));
    if (seen.length < of.length) told.push({ kind, ref: null, clearedBy });
  }
  return told;
}
