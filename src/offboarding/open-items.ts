import type { Offboarding as Row } from "../database/client.js";
import { onDevice } from "../devices/copies/device-copy.enums.js";
import { constant, join, type Sql, sql } from "../reading/sql.js";
import type { Facts } from "../workflow/facts.js";

/** Something that is open when somebody goes. */
export interface OpenItem {
  readonly kind: ItemKind;
  /** The row that it is about; null: there is one of the kind. */
  readonly id: string | null;
  /** The number that people know it by. */
  readonly number: string | null;
}

/** Who settles which kind: the department's head, technology, the customer information specialist (rulebook 2.4 O). */
export const settledBy = {
  DEVICE: "technology",
  COPY: "technology",
  LOAN: "specialist",
  DECLARATION: "specialist",
  HANDOVER: "head",
  COMMITMENT: "head",
  PERMISSION_FORM: "head",
} as const;

export type ItemKind = keyof typeof settledBy;
export type Settler = (typeof settledBy)[ItemKind];

/** What is open of a form of leaving, counted from the registers themselves and not from a list that could be forgotten. */
export const openItems = ({ more }: Pick<Facts<Row>, "more">, settler?: Settler): readonly OpenItem[] =>
  (more.items as readonly OpenItem[]).filter(({ kind }) => !settler || settledBy[kind] === settler);

const item = (kind: ItemKind, id: Sql, number: Sql, from: Sql): Sql =>
  sql`SELECT ${kind}::text AS "kind", ${id} AS "id", ${number}::text AS "number" FROM ${from}`;

const one = (kind: ItemKind, when: Sql): Sql =>
  sql`SELECT ${kind}::text, NULL::text, NULL::text WHERE ${when}`;

/** Over a row of `Offboarding`. */
export const openItemsToSql = (row: Sql): Sql => sql`(
  SELECT coalesce(json_agg(json_build_object('kind', i."kind", 'id', i."id", 'number', i."number")
    ORDER BY i."kind", i."number", i."id"), '[]') FROM (
    ${item("DEVICE", sql`d."id"`, sql`d."deviceNo"`, sql`"Device" d WHERE d."custodianId" = ${row}."employeeId" AND d."state" <> 'WRITTEN_OFF'`)}
    UNION ALL ${item(
      "DECLARATION",
      sql`u."id"`,
      sql`NULL`,
      sql`"SensitiveUse" u WHERE u."declaredById" = ${row}."employeeId" AND u."state" IN ('FILED', 'OPEN', 'OVERDUE')`,
    )}
    UNION ALL ${item(
      "LOAN",
      sql`n."id"`,
      sql`n."formNo"`,
      sql`"Loan" n WHERE n."borrowerId" = ${row}."employeeId" AND n."state" IN ('LENT', 'OVERDUE')`,
    )}
    UNION ALL ${item(
      "COPY",
      sql`k."id"`,
      sql`k."formNo"`,
      sql`"DeviceCopy" k WHERE k."holderId" = ${row}."employeeId" AND k."state" IN (${join(onDevice.map(constant))})`,
    )}
    UNION ALL ${one("HANDOVER", sql`${row}."successorId" IS NULL`)}
    UNION ALL ${one("COMMITMENT", sql`${row}."kind" = 'LEAVE' AND ${row}."commitmentUntil" IS NULL`)}
    UNION ALL ${one("PERMISSION_FORM", sql`${row}."permissionFormAt" IS NULL`)}
  ) i)`;

/** `DEVICE D12, DECLARATION, COMMITMENT`: for whoever settles them. */
export const itemsInWords = (items: readonly OpenItem[]): string =>
  items.map(({ kind, number }) => (number ? `${kind} ${number}` : kind)).join(", ");
