import { allRecords } from "../../access/classified.js";
import type { Decisions } from "../../access/decisions.js";
import type { CustomerStatus, Prisma, Secrecy } from "../../database/client.js";
import { type Problem, refuseForm } from "../../reading/form.js";
import { companyDay } from "../calendar-day.js";
import { openItems } from "./open-items.js";

/** What decides whether a customer may be destroyed. */
export interface Disposable {
  readonly id: string;
  /** Before it was proposed for disposal. */
  readonly status: CustomerStatus;
  readonly secrecy: Secrecy;
  /** `2026-11-22`. */
  readonly retentionUntil: string | null;
}

/** These customers, in the order of their ids. Nobody else changes them, or adds to them, before the transaction ends. */
export const lockCustomers = (
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  ids: readonly string[],
): Promise<Disposable[]> =>
  tx.$queryRaw<Disposable[]>`
    SELECT "id", "status"::text, "secrecy"::text, "retentionUntil"::text
    FROM "Customer" WHERE "id" = ANY(${[...ids]}::text[]) ORDER BY "id" FOR UPDATE`;

/** Those of whom nothing is known to be kept are kept, unless they have ended. */
const ended: readonly CustomerStatus[] = ["INVALID", "EXPIRED"];

const isOver = ({ retentionUntil, status }: Disposable, now: Date): boolean =>
  retentionUntil === null ? ended.includes(status) : retentionUntil < companyDay(now);

interface Circumstances {
  readonly now: Date;
  readonly decisions: Decisions;
  /** The disposal itself, where there is one already. */
  readonly disposalId: string | null;
  readonly pathOf: (id: string) => string;
}

/**
 * Throws RETENTION_NOT_OVER and OPEN_ITEMS with all customers of whom they are true, and what is open: by kind, as far as
 * the caller reaches any of that kind (S004-P5-25).
 */
export async function requireDisposable(
  tx: Prisma.TransactionClient,
  customers: readonly Disposable[],
  { now, decisions, disposalId, pathOf }: Circumstances,
): Promise<void> {
  const open = await openItems(
    tx,
    customers.map(({ id }) => id),
    disposalId,
  );
  const problems = customers.flatMap((customer): Problem[] => {
    const kinds = open.get(customer.id);
    const field = pathOf(customer.id);
    return [
      ...(isOver(customer, now)
        ? []
        : [{ field, code: "RETENTION_NOT_OVER" as const, reason: "The retention period is not over." }]),
      ...(kinds
        ? [{ field, code: "OPEN_ITEMS" as const, reason: `Still open: ${kindsToTell(kinds, decisions)}.` }]
        : []),
    ];
  });
  if (problems.length > 0) throw refuseForm(problems);
}

/** Of what the caller reaches nothing, there is not so much as a word. */
function kindsToTell(kinds: readonly string[], decisions: Decisions): string {
  const reached = kinds.filter((kind) =>
    allRecords().some((record) => record.name === kind && decisions.reach(record).rows.length > 0),
  );
  return [...reached, ...(reached.length < kinds.length ? ["something else"] : [])].join(", ");
}
