import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Field, Info, InputType, Mutation, ObjectType, Resolver } from "type-graphql";
import { everyCaller, Guard, guardBy, refuse } from "../access/guard.js";
import { namedClass } from "../reading/filter-inputs.js";
import { type ReadContext, readOne } from "../reading/read.js";
import { FormStepInput } from "./form-inputs.js";
import { openForm, type StepContext, type StepInput, takeStep } from "./take-step.js";
import { whoInWords, whyNever } from "./why-not.js";
import { type Action, allWorkflows, isByClock, mutationOf, nowhere, type Workflow } from "./workflow.js";

type RecordClass = new () => object;
type Step = Action<unknown, string, string>;

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const small = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** A resolver with a mutation for every step of every form that people take. */
export function formMutations(): RecordClass {
  const resolver = namedClass("FormMutations");
  for (const workflow of allWorkflows()) {
    const payload = payloadOf(workflow);
    for (const [action, step] of Object.entries(workflow.actions))
      if (!isByClock(step)) addMutation(resolver, workflow, action, step, payload);
  }
  Resolver()(resolver);
  return resolver;
}

function addMutation(
  resolver: RecordClass,
  workflow: Workflow,
  action: string,
  step: Step,
  payload: new (id: string) => object,
): void {
  const name = mutationOf(workflow, action);
  const opens = step.from.includes(nowhere);
  const run = async (input: StepInput, context: StepContext) =>
    new payload(await (opens ? openForm : takeStep)(context, workflow, action, { ...input }));
  Object.defineProperty(resolver.prototype, name, { value: run });
  const input = step.input?.() ?? plainInput(name);
  Mutation(() => payload, { description: `${step.meaning} By ${whoInWords(step.who)}.` })(
    resolver.prototype,
    name,
    Object.getOwnPropertyDescriptor(resolver.prototype, name)!,
  );
  Arg("input", () => input, {
    description: opens ? "The form." : "Which form, and what goes with the step.",
  })(resolver.prototype, name, 0);
  Ctx()(resolver.prototype, name, 1);
  Guard(
    guardBy(name, ({ caller }) => {
      const never = whyNever(step, caller);
      return never ? refuse(never) : true;
    }),
  )(resolver.prototype, name, Object.getOwnPropertyDescriptor(resolver.prototype, name)!);
}

/** The input of a step that takes no more than the form and a note. */
function plainInput(mutation: string): RecordClass {
  const name = `${capital(mutation)}Input`;
  const input = { [name]: class extends FormStepInput {} }[name]!;
  InputType(name, { description: "Which form, and why." })(input);
  return input;
}

/** `GrantApplicationPayload`: the form after a step. */
function payloadOf({ name, type }: Workflow): new (id: string) => object {
  const field = small(name);
  class Payload {
    readonly #id: string;
    constructor(id: string) {
      this.#id = id;
    }
    read(context: ReadContext, info: GraphQLResolveInfo) {
      return readOne(context, info, type, this.#id);
    }
  }
  const payload = Payload as unknown as new (id: string) => object;
  Object.defineProperty(payload, "name", { value: `${name}Payload` });
  Object.defineProperty(payload.prototype, field, { value: Payload.prototype.read });
  ObjectType(`${name}Payload`, { description: `${name}, after a step.` })(payload);
  const descriptor = Object.getOwnPropertyDescriptor(payload.prototype, field)!;
  Field(() => type, { nullable: true, description: "The form, as far as you may see it." })(
    payload.prototype,
    field,
    descriptor,
  );
  Ctx()(payload.prototype, field, 0);
  Info()(payload.prototype, field, 1);
  Guard(everyCaller)(payload.prototype, field, descriptor);
  return payload;
}
