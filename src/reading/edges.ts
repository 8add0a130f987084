import { Args } from "type-graphql";
import { classify, recordOf } from "../access/classified.js";
import type { Via } from "../access/record.js";
import type { FieldClass } from "../access/vocabulary.js";
import { connectionOf, listArgs } from "./connection-types.js";

type RecordClass = new () => object;

interface EdgeOptions {
  readonly description: string;
}

/** An edge to the one row that a column points at: `@One("META", () => Employee, "ownerId", …)`. */
export const one =
  <Row>() =>
  (
    fieldClass: FieldClass,
    type: () => RecordClass,
    key: keyof Row & string,
    { description }: EdgeOptions,
  ): PropertyDecorator =>
  (target, name) =>
    void classify(
      target,
      String(name),
      fieldClass,
      type,
      { description, mask: "hidden" },
      {
        kind: "one",
        record: () => recordOf(type()),
        key,
      },
    );

interface ManyOptions<Row> extends EdgeOptions {
  /** The column of the child, or of the table between, that points here. */
  readonly key: keyof Row & string;
  readonly fieldClass?: FieldClass;
}

/** An edge to the rows that point here, as a connection. The child's feature adds it to the parent's type. */
export const pageOf =
  <Row>() =>
  (
    parent: RecordClass,
    name: string,
    child: RecordClass,
    { description, key, fieldClass = "META" }: ManyOptions<Row>,
  ): void => {
    classify(
      parent.prototype,
      name,
      fieldClass,
      () => connectionOf(child),
      { description, mask: "hidden" },
      {
        kind: "many",
        record: () => recordOf(child),
        key,
        paged: true,
      },
    );
    Args(() => listArgs(child))(parent.prototype, name, 0);
  };

/** An edge to the few rows that point here, as a plain list in the child's own order. */
export const listOf =
  <Row>() =>
  (
    parent: RecordClass,
    name: string,
    child: RecordClass,
    { description, key, fieldClass = "META" }: ManyOptions<Row>,
  ): void =>
    void classify(
      parent.prototype,
      name,
      fieldClass,
      () => [child],
      { description, mask: "hidden" },
      {
        kind: "many",
        record: () => recordOf(child),
        key,
        paged: false,
      },
    );

/** An edge to the few rows that a table between points at. */
export const listVia = (
  parent: RecordClass,
  name: string,
  child: RecordClass,
  via: Via,
  { description, fieldClass = "META" }: EdgeOptions & { fieldClass?: FieldClass },
): void =>
  void classify(
    parent.prototype,
    name,
    fieldClass,
    () => [child],
    { description, mask: "hidden" },
    {
      kind: "many",
      record: () => recordOf(child),
      key: via.there,
      via,
      paged: false,
    },
  );
