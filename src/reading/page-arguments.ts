import type { ClassifiedField, RecordType } from "../access/record.js";
import { refusal } from "../errors.js";

export const largestPage = 500;
export const usualPage = 50;

export interface OrderKey {
  readonly field: ClassifiedField;
  readonly descending: boolean;
}

/** The arguments of a list, checked. */
export interface PageArguments {
  readonly size: number;
  /** From the end: `last`. */
  readonly backwards: boolean;
  /** Sealed; from `after` or `before`, whichever bounds the page on its near side. */
  readonly after: string | null;
  readonly before: string | null;
  readonly where: Where | null;
  /** Ends with the id, so that no two rows tie. */
  readonly order: readonly OrderKey[];
}

export type Where = Record<string, unknown>;

const bad = (path: string, reason: string) => refusal("BAD_USER_INPUT", { inputPath: path, reason });

function pageSize(name: "first" | "last", size: unknown): number {
  if (Number.isInteger(size) && (size as number) >= 1 && (size as number) <= largestPage)
    return size as number;
  throw bad(name, `${name} is a whole number from 1 to ${largestPage}.`);
}

/** Checks the arguments of a list; throws BAD_USER_INPUT naming the one that is wrong. */
export function pageArguments(record: RecordType, args: Record<string, unknown>): PageArguments {
  const { first, last, after = null, before = null, where = null, orderBy } = args;
  const given = (value: unknown) => value !== undefined && value !== null;
  if (given(first) && given(last)) throw bad("last", "Give first or last, not both.");
  const backwards = given(last);
  const size = backwards ? pageSize("last", last) : given(first) ? pageSize("first", first) : usualPage;
  return {
    size,
    backwards,
    after: after as string | null,
    before: before as string | null,
    where: where as Where | null,
    order: orderKeys(record, (orderBy ?? []) as { field: string; direction: string }[]),
  };
}

function orderKeys(record: RecordType, asked: readonly { field: string; direction: string }[]): OrderKey[] {
  if (asked.length > 5) throw bad("orderBy", "At most five keys.");
  const named = asked.length > 0 ? asked : [{ field: record.defaultOrder, direction: "ASC" }];
  const keys = [...named, { field: "id", direction: "ASC" }].map(({ field, direction }) => ({
    field: record.fields.get(field)!,
    descending: direction === "DESC",
  }));
  // A repeated key never decides anything.
  return keys.filter(({ field }, index) => keys.findIndex((other) => other.field === field) === index);
}
