import { collectSubFields } from "@graphql-tools/utils";
import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
} from "graphql";
import type { Branch } from "../access/branches.js";
import type { Decisions, Within } from "../access/decisions.js";
import { classifiedOf } from "../access/guard.js";
import type { ClassifiedField, RecordType } from "../access/record.js";
import { computedBy } from "./computed.js";
import { type PageArguments, pageArguments } from "./page-arguments.js";

/** What is asked of the rows of one record type, with what was decided for each field. */
export interface RecordSelection {
  readonly record: RecordType;
  readonly fields: readonly SelectedField[];
}

export interface SelectedField {
  /** The response key. */
  readonly key: string;
  readonly field: ClassifiedField;
  readonly branches: readonly Branch[];
  /** Below an edge. */
  readonly below?: Below;
  /** Stands for `access`: told per row, not asked for itself. */
  readonly told?: true;
}

export type Below =
  | { readonly kind: "one" | "list"; readonly selection: RecordSelection }
  | { readonly kind: "page"; readonly page: PageSelection };

/** What is asked of a connection: the rows may be asked for several times over, each time with other fields. */
export interface PageSelection {
  readonly record: RecordType;
  readonly args: PageArguments;
  /** Filters and orders look only at rows inside the caller's clearance (rulebook 3.3): a catalogue line has no values. */
  readonly insideClearance: boolean;
  readonly parts: readonly PagePart[];
  readonly needsRows: boolean;
  readonly needsCursors: boolean;
  readonly needsTotal: boolean;
}

export type PagePart =
  | { readonly kind: "nodes"; readonly key: string; readonly selection: RecordSelection }
  | {
      readonly kind: "edges";
      readonly key: string;
      readonly cursors: readonly string[];
      readonly nodes: readonly { key: string; selection: RecordSelection }[];
    }
  | {
      readonly kind: "pageInfo";
      readonly key: string;
      readonly fields: readonly { key: string; name: string }[];
    }
  | { readonly kind: "totalCount"; readonly key: string };

export interface Asked {
  readonly schema: GraphQLResolveInfo["schema"];
  readonly fragments: GraphQLResolveInfo["fragments"];
  readonly variableValues: GraphQLResolveInfo["variableValues"];
  readonly decisions: Decisions;
}

const below = (
  { schema, fragments, variableValues }: Asked,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
) =>
  [...collectSubFields(schema, fragments, variableValues, type, [...nodes]).fields].map(([key, parts]) => ({
    key,
    name: parts[0]!.name.value,
    nodes: parts,
  }));

const typeOf = (asked: Asked, name: string): GraphQLObjectType =>
  asked.schema.getType(name) as GraphQLObjectType;

/** The selection below nodes that return a record. */
export function selectRecord(
  asked: Asked,
  record: RecordType,
  nodes: readonly FieldNode[],
  within: Within = "rows",
): RecordSelection {
  const type = typeOf(asked, record.name);
  const fields = below(asked, type, nodes).flatMap(({ key, name, nodes: parts }): SelectedField[] => {
    if (name === "__typename") return [];
    const field = classifiedOf(type, name);
    if (!field) return computedBy(type, name) ? [rowId(record, key)] : toldFields(asked, record, key, within);
    const { value } = field;
    const selected = { key, field, branches: asked.decisions.branches(field, within) };
    if (!("record" in value)) return [selected];
    const target = value.record();
    if (value.kind === "one")
      return [{ ...selected, below: { kind: "one", selection: selectRecord(asked, target, parts) } }];
    if (!value.paged)
      return [{ ...selected, below: { kind: "list", selection: selectRecord(asked, target, parts) } }];
    const args = getArgumentValues(type.getFields()[name]!, parts[0]!, asked.variableValues);
    return [{ ...selected, below: { kind: "page", page: selectPage(asked, target, parts, args) } }];
  });
  return { record, fields };
}

/** A row's id under any response key: nobody who reaches the row is refused it. */
export const rowId = (record: RecordType, key: string): SelectedField => ({
  key,
  field: record.fields.get("id")!,
  branches: [{ rows: [], outcome: "CLEAR", reason: null }],
});

/** `access` tells of every field of its record, asked for or not. */
const toldFields = (asked: Asked, record: RecordType, key: string, within: Within): SelectedField[] =>
  [...record.fields.values()].map((field) => ({
    key,
    field,
    branches: asked.decisions.branches(field, within),
    told: true,
  }));

/** A column of a table: a field, or of an edge to one row the field there that stands for it. */
export interface TableColumn {
  readonly field: ClassifiedField;
  readonly of?: ClassifiedField;
}

/** What a page of a table asks: the same as a document that names these columns, the rows as `rows`, its end as `at`. */
export function tablePageOf(
  { decisions }: Pick<Asked, "decisions">,
  columns: readonly TableColumn[],
  args: PageArguments,
): PageSelection {
  const { record } = columns[0]!.field;
  const within = isInsideClearance(args) ? "candidates" : "rows";
  const selected = (field: ClassifiedField, place: Within): SelectedField => ({
    key: field.name,
    field,
    branches: decisions.branches(field, place),
  });
  const fields = columns.map(({ field, of }): SelectedField => {
    if (!of) return selected(field, within);
    const selection = { record: of.record, fields: [selected(of, "rows")] };
    return { ...selected(field, within), below: { kind: "one", selection } };
  });
  return {
    record,
    args,
    insideClearance: isInsideClearance(args),
    parts: [
      { kind: "nodes", key: "rows", selection: { record, fields } },
      {
        kind: "pageInfo",
        key: "at",
        fields: ["hasNextPage", "endCursor"].map((name) => ({ key: name, name })),
      },
    ],
    needsRows: true,
    needsCursors: true,
    needsTotal: false,
  };
}

const isInsideClearance = ({ where, order }: PageArguments): boolean =>
  where !== null || order.some(({ field }) => !field.catalogue);

/** The selection below nodes that return a connection. */
export function selectPage(
  asked: Asked,
  record: RecordType,
  nodes: readonly FieldNode[],
  given: Record<string, unknown>,
): PageSelection {
  const args = pageArguments(record, given);
  const insideClearance = isInsideClearance(args);
  const within = insideClearance ? "candidates" : "rows";
  const connection = typeOf(asked, `${record.name}Connection`);
  const parts = below(asked, connection, nodes).flatMap(({ key, name, nodes: inner }): PagePart[] => {
    if (name === "nodes")
      return [{ kind: "nodes", key, selection: selectRecord(asked, record, inner, within) }];
    if (name === "totalCount") return [{ kind: "totalCount", key }];
    const type = getNamedType(connection.getFields()[name]?.type) as GraphQLObjectType | undefined;
    if (!type) return [];
    const fields = below(asked, type, inner);
    if (name === "pageInfo") return [{ kind: "pageInfo", key, fields }];
    return [
      {
        kind: "edges",
        key,
        cursors: fields.filter((field) => field.name === "cursor").map((field) => field.key),
        nodes: fields
          .filter((field) => field.name === "node")
          .map((field) => ({ key: field.key, selection: selectRecord(asked, record, field.nodes, within) })),
      },
    ];
  });
  return {
    record,
    args,
    insideClearance,
    parts,
    needsRows: parts.some(({ kind }) => kind !== "totalCount"),
    needsCursors: parts.some(
      (part) =>
        (part.kind === "edges" && part.cursors.length > 0) ||
        (part.kind === "pageInfo" && part.fields.some(({ name }) => name.endsWith("Cursor"))),
    ),
    needsTotal: parts.some(({ kind }) => kind === "totalCount"),
  };
}
