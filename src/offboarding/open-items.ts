import type { Offboarding as Row } from "../database/client.js";
import { type Sql, sql } from "../reading/sql.js";
import type { Facts } from "../workflow/facts.js";

/** Something that is open when somebody goes. */
export interface OpenItem {
  readonly kind: ItemKind;
  /** The number that people know it by; null: there is one of the kind. */
  readonly ref: string | null;
}

/** Who settles which kind: the department's head, technology, the customer information specialist (rulebook 2.4 O). */
export const settledBy = {
  DEVICE: "technology",
  LOAN: "specialist",
  DECLARATION: "specialist",
  CUSTOMERS: "head",
  HANDOVER: "head",
  COMMITMENT: "head",
  PERMISSION_FORM: "head",
} as const;

export type ItemKind = keyof typeof settledBy;
export type Settler = (typeof settledBy)[ItemKind];

/** What is open of a form of leaving, counted from the registers themselves and not from a list that could be forgotten. */
export const openItems = ({ more }: Pick<Facts<Row>, "more">, settler?: Settler): readonly OpenItem[] =>
  (more.items as readonly OpenItem[]).filter(({ kind }) => !settler || settledBy[kind] === settler);

const item = (kind: ItemKind, ref: Sql, from: Sql): Sql =>
  sql`SELECT ${kind}::text AS "kind", ${ref}::text AS "ref" FROM ${from}`;

const one = (kind: ItemKind, when: Sql): Sql => sql`SELECT ${kind}::text, NULL::text WHERE ${when}`;

/** Over a row of `Offboarding`. */
export const openItemsToSql = (row: Sql): Sql => sql`(
  SELECT coalesce(json_agg(json_build_object('kind', i."kind", 'ref', i."ref") ORDER BY i."kind", i."ref"), '[]') FROM (
    ${item("DEVICE", sql`d."deviceNo"`, sql`"Device" d WHERE d."custodianId" = ${row}."employeeId"`)}
    UNION ALL ${item(
      "DECLARATION",
      sql`u."id"`,
      sql`"SensitiveUse" u WHERE u."declaredById" = ${row}."employeeId" AND u."state" IN ('FILED', 'OPEN', 'OVERDUE')`,
    )}
    UNION ALL ${item(
      "LOAN",
      sql`n."formNo"`,
      sql`"Loan" n WHERE n."borrowerId" = ${row}."employeeId" AND n."state" IN ('REGISTERED', 'LENT', 'OVERDUE')`,
    )}
    UNION ALL ${item(
      "CUSTOMERS",
      sql`count(*)`,
      sql`"Customer" c WHERE c."ownerId" = ${row}."employeeId" OR c."keeperId" = ${row}."employeeId" HAVING count(*) > 0`,
    )}
    UNION ALL ${item("HANDOVER", sql`l."id"`, sql`"HandoverLine" l WHERE l."offboardingId" = ${row}."id" AND l."settledAt" IS NULL`)}
    UNION ALL ${one("COMMITMENT", sql`${row}."kind" = 'LEAVE' AND ${row}."commitmentUntil" IS NULL`)}
    UNION ALL ${one("PERMISSION_FORM", sql`${row}."permissionFormAt" IS NULL`)}
  ) i)`;

/** `DEVICE D12, DECLARATION use_…, COMMITMENT`. */
export const itemsInWords = (items: readonly OpenItem[]): string =>
  items.map(({ kind, ref }) => (ref ? `${kind} ${ref}` : kind)).join(", ");
