import { Directive, Extensions, Field, ID } from "type-graphql";
import { recordOf } from "../access/classified.js";
import type { Decision } from "../access/decision.js";
import { guardBy, type Rule, refuse } from "../access/guard.js";
import type { InputUse } from "../access/plan.js";
import type { ClassifiedField } from "../access/record.js";
import type { Use } from "../access/vocabulary.js";

// Inputs that write classified fields: each of their fields carries the class of the one it writes, so that
// `planOperation` refuses what the caller may not write before any resolver runs.

type RecordClass<Instance> = new () => Instance;
type Writing = Extract<Use, "CREATE" | "CORRECT">;

interface WriteOptions {
  /** Must be given. */
  readonly required?: true;
  /** The description of the field that is written, unless this says more. */
  readonly description?: string;
}

const written = new Map<object, Map<string, ClassifiedField>>();

/** The classified fields that an input writes: those that it gives, if only as null. */
export const fieldsWritten = (input: object): readonly ClassifiedField[] =>
  [...(written.get(Object.getPrototypeOf(input)) ?? [])].flatMap(([name, field]) =>
    (input as Record<string, unknown>)[name] === undefined ? [] : [field],
  );

/** `@Writes` for one record type: an input field that writes the field of the same name, checked by the compiler. */
export const writesTo =
  <Instance extends object>(type: RecordClass<Instance>, use: Writing) =>
  (graphqlType: () => unknown, options: WriteOptions = {}) =>
  <Name extends keyof Instance & string>(
    target: { [N in Name]?: Instance[N] | null | undefined },
    name: Name,
  ): void =>
    write(target, name, fieldOf(type, name), use, graphqlType, options);

/** `@WritesId` for one record type: an input field with the id of the row that an edge is to point at. */
export const writesIdsOf =
  <Instance extends object>(type: RecordClass<Instance>, use: Writing) =>
  (edge: keyof Instance & string, options: WriteOptions = {}): PropertyDecorator =>
  (target, name) =>
    write(target, String(name), fieldOf(type, edge), use, () => ID, options);

function fieldOf(type: RecordClass<object>, name: string): ClassifiedField {
  const field = recordOf(type).fields.get(name);
  if (!field) throw new TypeError(`${type.name} has no classified field ${name}`);
  return field;
}

function write(
  target: object,
  name: string,
  field: ClassifiedField,
  use: Writing,
  graphqlType: () => unknown,
  { required, description = field.description }: WriteOptions,
): void {
  const known = written.get(target) ?? new Map<string, ClassifiedField>();
  written.set(target, known.set(name, field));
  Field(graphqlType as never, { nullable: !required, description })(target, name);
  Directive(`@classified(class: ${field.fieldClass})`)(target, name);
  Extensions({ use: (() => ({ field, use })) satisfies InputUse })(target, name);
}

/** Those who may write any field of the record type; the others hear which condition failed. */
export const writes = (type: RecordClass<object>, use: Writing): Rule =>
  guardBy(`${use} ${type.name}`, (decisions) => {
    const fields = [...recordOf(type).fields.values()].filter(({ fieldClass }) => fieldClass !== "META");
    const decided = fields.map((field) => decisions.of(field, use));
    const [{ closings, otherwise }] = decided as [Decision];
    return decided.some(({ openings }) => openings.length > 0) || refuse(closings[0]?.reason ?? otherwise);
  });
