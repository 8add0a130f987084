import DataLoader from "dataloader";
import { Field, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { computed } from "../reading/computed.js";
import type { ReadContext } from "../reading/read.js";
import { column, sql } from "../reading/sql.js";
import type { Facts } from "./facts.js";
import { loadFacts } from "./load-facts.js";
import { availableActions } from "./why-not.js";
import { allWorkflows, type Workflow } from "./workflow.js";

@ObjectType({ description: "A step of a form, and whether you may take it now.", simpleResolvers: true })
export class AvailableAction {
  @Guard(everyCaller)
  @Field(() => String, { description: "The step, as `schema/workflows.md` names it." })
  action!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "The mutation that takes it." })
  mutation!: string;

  @Guard(everyCaller)
  @Field(() => Boolean, { description: "Whether you may take it now." })
  allowed!: boolean;

  @Guard(everyCaller)
  @Field(() => String, {
    nullable: true,
    description: "The code of the condition that fails; null where none does.",
  })
  reason?: string | null;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "What would help, in words." })
  needs?: string | null;
}

const loaders = new WeakMap<ReadContext, Map<Workflow, DataLoader<string, Facts<unknown> | null>>>();

/** Forms of one kind in one answer share a statement. */
function factsOf(context: ReadContext, workflow: Workflow, id: string): Promise<Facts<unknown> | null> {
  const known = loaders.get(context) ?? new Map<Workflow, DataLoader<string, Facts<unknown> | null>>();
  loaders.set(context, known);
  const loader =
    known.get(workflow) ??
    new DataLoader<string, Facts<unknown> | null>(
      async (ids) => {
        const found = await context.statements(() =>
          loadFacts(context.db, workflow, (row) => sql`${column(row, "id")} = ANY(${[...ids]}::text[])`),
        );
        const byId = new Map(found.map((facts) => [facts.id, facts]));
        return ids.map((wanted) => byId.get(wanted) ?? null);
      },
      // A mutation changes what a later field of the same operation is told.
      { cache: false },
    );
  known.set(workflow, loader);
  return loader.load(id);
}

/** Adds `availableActions` to every form: what the caller may do with it now, and why not the rest. */
export function declareAvailableActions(): void {
  for (const workflow of allWorkflows())
    computed<ReadContext>(
      workflow.type,
      "availableActions",
      () => [AvailableAction],
      "What you may do with it now, and why not the rest (rulebook 2.4).",
      async (id, context) => {
        const facts = await factsOf(context, workflow, id);
        return facts ? availableActions(workflow, facts, context.decisions!.caller) : [];
      },
    );
}
