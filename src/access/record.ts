import type { Mask } from "./masks.js";
import type { Domain } from "./post-rule.js";
import type { RowWord } from "./rows.js";
import { type FieldClass, isCustomerClass, type Secrecy } from "./vocabulary.js";

/** How a record type understands a word of the row vocabulary: a test on its own row, in a closed form. */
export type RowTest =
  /** The column equals the word's own value (a person, a department, one of some customers). */
  | { readonly column: string }
  | { readonly column: string; readonly in: readonly string[] }
  | { readonly notNull: string }
  /** A row of another table points here (and its column is one of these values). */
  | {
      readonly exists: string;
      readonly key: string;
      readonly column?: string;
      readonly in?: readonly string[];
    }
  /** The row that this one points at passes the test of its own type; so does, where that is said, one that points at none. */
  | { readonly through: string; readonly record: () => RecordType; readonly orNone?: true }
  /** One of these is passed. */
  | { readonly either: readonly RowTest[] }
  | "secrecyAndKeeper"
  /** It is a person; the word says whose bearers sign for them. */
  | "signedForBy"
  /** A flag: what has it set is CONFIDENTIAL. */
  | { readonly confidential: string }
  | "always";

export interface RecordType {
  /** The GraphQL type and the table. */
  readonly name: string;
  readonly description: string;
  /** Prefix of its ids, by which `node` finds the type; none: not a node. */
  readonly idPrefix: string | null;
  /** Whose rights govern it: grants over customers, or the rights of a post. */
  readonly governedBy: "grants" | Domain;
  readonly rows: Partial<Readonly<Record<RowWord, RowTest>>>;
  /** What it is part of: words that it does not define itself are asked of these. */
  readonly partOf: readonly { readonly record: () => RecordType; readonly key: string }[];
  /** A record above the caller's clearance keeps its catalogue line (code and mark) instead of vanishing. */
  readonly catalogue: boolean;
  /** False: whoever reads it has read what it is part of, and only of that the ledger tells. */
  readonly leavesLook: boolean;
  /** The field that lists are in the order of, unless the caller says otherwise; META, so that all who list may see it. */
  readonly defaultOrder: string;
  readonly fields: Map<string, ClassifiedField>;
}

export interface ClassifiedField {
  readonly record: RecordType;
  readonly name: string;
  readonly fieldClass: FieldClass;
  readonly secrecy: Secrecy;
  readonly mask: Mask;
  readonly description: string;
  /** Stays visible on a record that is otherwise above the caller's clearance. */
  readonly catalogue: boolean;
  /** Of the class NAMED: the record type of the field whose value it holds, which the row's column `field` names. */
  readonly named?: () => RecordType;
  readonly value: FieldValue;
}

export type FieldValue =
  | {
      readonly kind: "column";
      readonly column: string;
      readonly part?: "year";
      readonly scalar: Scalar;
      readonly list: boolean;
    }
  /** A column that holds a document of JSON: read as a whole, and never compared. */
  | { readonly kind: "document"; readonly column: string }
  /** Made of the clear value of another field of the row, and open where that is: nowhere else, and never compared. */
  | {
      readonly kind: "made";
      readonly of: ClassifiedField;
      readonly column: string;
      readonly make: (value: string) => string;
    }
  /** A column of all the rows of another table that point here: the words of a list. */
  | { readonly kind: "values"; readonly table: string; readonly key: string; readonly column: string }
  | { readonly kind: "one"; readonly record: () => RecordType; readonly key: string }
  | {
      readonly kind: "many";
      readonly record: () => RecordType;
      readonly key: string;
      readonly via?: Via;
      readonly paged: boolean;
    };

/** A table between two record types: its column that points here, its column that points there. */
export interface Via {
  readonly table: string;
  readonly here: string;
  readonly there: string;
}

/** A column's type: the PostgreSQL type of parameters compared with it. */
export type Scalar =
  | { readonly type: "text" | "int4" | "bool" | "numeric" | "date" | "timestamptz" }
  | { readonly type: "enum"; readonly name: string; readonly values: readonly string[] };

/** The columns of a customer's information: what a row can name as the field that it speaks of. */
export const nameableFields = ({ fields }: RecordType): readonly ClassifiedField[] =>
  [...fields.values()].filter(
    ({ fieldClass, value }) => isCustomerClass(fieldClass) && value.kind === "column" && !value.part,
  );

/** A field's name as people and grants write it: `Customer.idNumber`. */
export const fullName = ({ record, name }: ClassifiedField): string => `${record.name}.${name}`;
