import type { GraphQLScalarType } from "graphql";
import { Directive, Extensions, Field, ID, Int, ObjectType } from "type-graphql";
import type { Mask } from "./masks.js";
import type { ClassifiedField, FieldValue, RecordType, Scalar } from "./record.js";
import type { FieldClass, Secrecy } from "./vocabulary.js";

interface FieldOptions {
  readonly description: string;
  /** The masked form; null where none is given. */
  readonly mask?: Mask;
  readonly secrecy?: Secrecy;
  readonly catalogue?: true;
  /** For the class NAMED: whose fields the row's column `field` can name. */
  readonly named?: () => RecordType;
}

// biome-ignore lint/complexity/noBannedTypes: a class, which is all that decorators know of it
type Class = Function;

const records = new Map<Class, RecordType>();

/** The record type behind a class; complete once the class carries `@Record`. */
export function recordOf(type: Class): RecordType {
  const known = records.get(type);
  if (known) return known;
  const record = { name: type.name, fields: new Map() } as unknown as RecordType;
  records.set(type, record);
  return record;
}

/** Every record type, in the order of declaration. */
export const allRecords = (): readonly RecordType[] => [...records.values()];

/** The classes behind them. */
export const recordClasses = (): readonly (new () => object)[] => [...records.keys()] as (new () => object)[];

export type RecordOptions = Pick<RecordType, "description" | "governedBy"> &
  Partial<Pick<RecordType, "idPrefix" | "rows" | "partOf" | "catalogue" | "leavesLook" | "defaultOrder">>;

/** An object type whose rows and fields are read under classification, and under nothing else. */
export const Record =
  (options: RecordOptions, objectType: { implements?: Class } = {}): ClassDecorator =>
  (type) => {
    const { own } = options.rows ?? {};
    Object.assign(recordOf(type), {
      idPrefix: null,
      partOf: [],
      catalogue: false,
      leavesLook: true,
      defaultOrder: "id",
      ...options,
      // What is not one's own is about somebody else, unless the type says what it is about.
      rows: { ...(own && { aboutOthers: own }), ...options.rows },
    });
    ObjectType({ description: options.description, simpleResolvers: true, ...(objectType as object) })(type);
    Extensions({ record: recordOf(type) })(type);
  };

/** What a decorated property holds, as the compiler sees it, for a GraphQL type. */
type TypeScriptOf<T> = T extends StringConstructor
  ? string
  : T extends BooleanConstructor
    ? boolean
    : T extends GraphQLScalarType<infer Internal, unknown>
      ? Internal
      : T extends readonly (infer Item)[]
        ? TypeScriptOf<Item>[]
        : T extends object
          ? T[keyof T]
          : never;

/** A column as the API shows it: decimals, days and instants are strings. */
type Shown<Value> = Value extends null
  ? null
  : Value extends Date | { toFixed(): string; isInteger(): boolean }
    ? string
    : Value;

/** Refuses, at compile time, a property that the row does not have or has in another type. */
type ColumnProperty<Row, Type> = <Name extends keyof Row & string>(
  target: { [N in Name]?: TypeScriptOf<Type> | null },
  name: Shown<Row[Name]> extends TypeScriptOf<Type> | null ? Name : never,
) => void;

/**
 * `@Classified` for one kind of row: the only way for a column to become a GraphQL field, and in the same breath how
 * sensitive it is. The field is nullable: a withheld one must not blank out its parent. Only an id never is withheld.
 */
export const classifiedFor =
  <Row>() =>
  <Type>(fieldClass: FieldClass, type: () => Type, options: FieldOptions): ColumnProperty<Row, Type> =>
  (target: object, name: string) =>
    classify(target, name, fieldClass, type, options, columnOf(name, type()));

/** A field of another name than its column, or a part of a column: the year of a date. */
export const classifiedColumn =
  <Row>() =>
  (
    fieldClass: FieldClass,
    type: () => unknown,
    column: keyof Row & string,
    { part, ...options }: FieldOptions & { part?: "year" },
  ): PropertyDecorator =>
  (target, name) =>
    void classify(target, String(name), fieldClass, type, options, {
      kind: "column",
      column,
      ...(part && { part }),
      ...scalarOf(type()),
    });

/** A list of words that another table holds: `@ValuesOf<EmployeeRole>()("META", () => Role, "role", "employeeId", …)`. */
export const valuesOf =
  <Row>(table: string) =>
  (
    fieldClass: FieldClass,
    type: () => unknown,
    column: keyof Row & string,
    key: keyof Row & string,
    options: FieldOptions,
  ): PropertyDecorator =>
  (target, name) =>
    void classify(target, String(name), fieldClass, () => [type()], options, {
      kind: "values",
      table,
      key,
      column,
    });

/** A field that is made of another one of the row, as `@MadeOf("deviceNo", …)`: of its class, and open where it is clear. */
export const madeOf =
  <Row>() =>
  <Name extends keyof Row & string>(
    source: Name,
    type: () => unknown,
    make: (value: string & Row[Name]) => string,
    options: Pick<FieldOptions, "description">,
  ): PropertyDecorator =>
  (target, name) => {
    const of = recordOf(target.constructor).fields.get(source);
    if (of?.value.kind !== "column") throw new TypeError(`${String(name)} is made of no column before it`);
    const { fieldClass, secrecy, value } = of;
    const made = { kind: "made", of, column: value.column, make: make as (value: string) => string } as const;
    classify(target, String(name), fieldClass, type, { ...options, secrecy }, made);
  };

/** Declares a field: its GraphQL side and its classification. Edges (`reading/edges.ts`) and columns meet here. */
export function classify(
  target: object,
  name: string,
  fieldClass: FieldClass,
  type: () => unknown,
  {
    description,
    mask = "hidden",
    secrecy = "ORDINARY",
    catalogue = false,
    named,
  }: Omit<FieldOptions, "catalogue"> & { catalogue?: boolean },
  value: FieldValue,
): ClassifiedField {
  const record = recordOf(target.constructor);
  const field: ClassifiedField = {
    record,
    name,
    fieldClass,
    secrecy,
    mask,
    description,
    catalogue: catalogue || name === "id",
    ...(named && { named }),
    value,
  };
  record.fields.set(name, field);
  Field(type as never, { nullable: name !== "id", description })(target, name);
  Extensions({ classified: field })(target, name);
  Directive(`@classified(class: ${fieldClass})`)(target, name);
  return field;
}

const columnOf = (column: string, type: unknown): FieldValue =>
  (type as GraphQLScalarType).extensions?.column === "json"
    ? { kind: "document", column }
    : { kind: "column", column, ...scalarOf(type) };

const enums = new Map<unknown, string>();

/** Makes an enum known as the type of columns. */
export const nameEnum = (values: object, name: string): void => void enums.set(values, name);

function scalarOf(type: unknown): { scalar: Scalar; list: boolean } {
  if (Array.isArray(type)) return { ...scalarOf(type[0]), list: true };
  if (type === String || type === ID) return { scalar: { type: "text" }, list: false };
  if (type === Boolean) return { scalar: { type: "bool" }, list: false };
  if (type === Int) return { scalar: { type: "int4" }, list: false };
  const name = enums.get(type);
  if (name) return { scalar: { type: "enum", name, values: Object.values(type as object) }, list: false };
  const named = (type as GraphQLScalarType).extensions?.column as
    | "numeric"
    | "date"
    | "timestamptz"
    | undefined;
  if (!named) throw new TypeError(`${String(type)} is not the type of a column`);
  return { scalar: { type: named }, list: false };
}
