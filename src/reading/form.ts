import type { GraphQLError } from "graphql";
import { type Code, refusal } from "../errors.js";

// A form is checked whole: every problem of it is told at once, and nothing of it is written unless there is none.

/** A value as it is stored, or in words why it is not usable; the words never quote it. */
export type Reading<Value> = { readonly value: Value } | { readonly reason: string };

/** Reads what somebody wrote. */
export type Reader<Value> = (written: Value, now: Date) => Reading<Value>;

interface FieldRule<Value, Clearable extends boolean> {
  readonly read: Reader<Value>;
  readonly clearable: Clearable;
}

/** A field that always has a value: null is not one. */
export const filled = <Value>(read: Reader<Value>): FieldRule<Value, false> => ({ read, clearable: false });

/** A field that may be without a value: null clears it. */
export const clearable = <Value>(read: Reader<Value>): FieldRule<Value, true> => ({ read, clearable: true });

/** A rule for each field of a form; clearable are those whose type has null in it, and only those. */
export type FormRules<Form> = {
  readonly [Name in keyof Form]-?: FieldRule<NonNullable<Form[Name]>, null extends Form[Name] ? true : false>;
};

/** What is wrong with one field of an input. */
export interface Problem {
  readonly field: string;
  readonly code: Code;
  readonly reason: string;
}

/** The fields that were given, as they are stored. Throws one refusal that names every field that is not usable. */
export function readForm<Form extends object>(form: Form, rules: FormRules<Form>, now: Date): Form {
  const problems: Problem[] = [];
  const read = Object.entries(form).flatMap(([field, written]): [string, unknown][] => {
    if (written === undefined) return [];
    const rule = rules[field as keyof Form] as unknown as FieldRule<unknown, boolean>;
    const reading = readField(written, rule, now);
    if ("value" in reading) return [[field, reading.value]];
    problems.push({ field, code: "BAD_USER_INPUT", reason: reading.reason });
    return [];
  });
  if (problems.length > 0) throw refuseForm(problems);
  return Object.fromEntries(read) as Form;
}

/**
 * A whole form, as it is stored: what it does not give and what contradicts itself is named together with what is not
 * usable, each FORM_INCOMPLETE with its path below `path`.
 */
export function readWholeForm<Form extends object>(
  form: Written<Form>,
  rules: FormRules<Form>,
  now: Date,
  contradictions: (given: Partial<Form>) => readonly Omit<Problem, "code">[] = () => [],
  path = "",
): Form {
  const { given, problems } = checkForm(form, rules, now, path);
  const all = [
    ...problems,
    ...contradictions(given).map(({ field, reason }) => ({ field: `${path}${field}`, reason })),
  ];
  if (all.length > 0) throw incomplete(all);
  return given as Form;
}

/** A form as somebody fills it in. */
export type Written<Form> = { readonly [Name in keyof Form]?: Form[Name] | null | undefined };

/** What a form gives that is usable, as it is stored, and what is missing or not usable, each with its path. */
export function checkForm<Form extends object>(
  form: Written<Form>,
  rules: FormRules<Form>,
  now: Date,
  path = "",
): { readonly given: Partial<Form>; readonly problems: readonly Omit<Problem, "code">[] } {
  const problems: Omit<Problem, "code">[] = [];
  const read = Object.entries(rules).flatMap(([name, rule]): [string, unknown][] => {
    const { clearable } = rule as FieldRule<unknown, boolean>;
    const field = `${path}${name}`;
    const written = form[name as keyof Form] ?? null;
    if (written === null && !clearable) problems.push({ field, reason: "It is missing." });
    if (written === null) return clearable ? [[name, null]] : [];
    const reading = readField(written, rule as FieldRule<unknown, boolean>, now);
    if ("value" in reading) return [[name, reading.value]];
    problems.push({ field, reason: reading.reason });
    return [];
  });
  return { given: Object.fromEntries(read) as Partial<Form>, problems };
}

/** The lines of a form by the same rules, each problem with the place of its line, from 0: `quotes.2.price`. */
export function checkLines<Line extends object>(
  field: string,
  written: readonly Written<Line>[] | null | undefined,
  rules: FormRules<Line>,
  now: Date,
  most: number,
): { readonly lines: readonly Partial<Line>[]; readonly problems: readonly Omit<Problem, "code">[] } {
  if (!written || written.length === 0) return { lines: [], problems: [{ field, reason: "It is missing." }] };
  if (written.length > most)
    return { lines: [], problems: [{ field, reason: `There are more than ${most}.` }] };
  const checked = written.map((line, at) => checkForm(line, rules, now, `${field}.${at}.`));
  return { lines: checked.map(({ given }) => given), problems: checked.flatMap(({ problems }) => problems) };
}

/** What is missing or not usable in a form, as one refusal. */
export const incomplete = (problems: readonly Omit<Problem, "code">[], root = "input."): GraphQLError =>
  refuseForm(
    problems.map((problem) => ({ ...problem, code: "FORM_INCOMPLETE" })),
    root,
  );

function readField(
  written: unknown,
  { read, clearable }: FieldRule<unknown, boolean>,
  now: Date,
): Reading<unknown> {
  if (written !== null) return read(written, now);
  return clearable ? { value: null } : { reason: "It cannot be empty." };
}

/** Problems that one refusal tells. */
const mostTold = 50;

/** Problems as one refusal: the first one's code, and the first fifty in `extensions.problems`. There is at least one. */
export function refuseForm(problems: readonly Problem[], root = "input."): GraphQLError {
  const told = problems
    .slice(0, mostTold)
    .map(({ field, code, reason }) => ({ inputPath: `${root}${field}`, code, reason }));
  const { code, reason, inputPath } = told[0]!;
  return refusal(code, { reason, inputPath, more: { problems: told } });
}
