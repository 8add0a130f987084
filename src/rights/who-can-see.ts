import type { Caller } from "../access/caller.js";
import { recordOf } from "../access/classified.js";
import { decide } from "../access/decide.js";
import type { Opening } from "../access/decision.js";
import type { Policy } from "../access/policy.js";
import type { ClassifiedField } from "../access/record.js";
import type { RowCondition, Rows } from "../access/rows.js";
import { atLeast, type Secrecy, secrecies } from "../access/vocabulary.js";
import { Customer } from "../customers/customer.type.js";
import type { Database } from "../database/client.js";
import { loadCallersAt } from "../people/load-caller.js";
import { rowsToSql } from "../reading/rows.js";
import { aliases } from "../reading/sql.js";

/** What of a customer decides in whose scope it is. */
export interface CustomerFacts {
  readonly id: string;
  readonly ownerId: string | null;
  readonly department: string;
  readonly secrecy: Secrecy;
  readonly keeperId: string | null;
  readonly listed: readonly string[];
  readonly hasOpenOrders: boolean;
  readonly hasTransactions: boolean;
}

/** Somebody who sees a field of a customer, and by what. */
export interface Seer {
  readonly personId: string;
  readonly outcome: "CLEAR" | "MASKED";
  /** The purposes with which they see it; empty: with any, or none. */
  readonly purposes: readonly string[];
  /** By id; null: they are the customer. */
  readonly grantId: string | null;
  readonly declarationId: string | null;
}

/** Null: there is no such customer. */
export async function customerFacts(
  db: Pick<Database, "$queryRaw">,
  id: string,
): Promise<CustomerFacts | null> {
  const alias = aliases();
  const row = alias();
  const is = (word: "openOrders" | "transactions") =>
    rowsToSql([{ is: word }], { record: recordOf(Customer), alias: row }, alias);
  const [found] = await db.$queryRaw<CustomerFacts[]>`
    SELECT ${row}."id", ${row}."ownerId", ${row}."departmentCode"::text AS "department",
      ${row}."secrecy"::text AS "secrecy", ${row}."keeperId",
      ARRAY(SELECT l."employeeId" FROM "CustomerClearance" l WHERE l."customerId" = ${row}."id") AS "listed",
      ${is("openOrders")} AS "hasOpenOrders", ${is("transactions")} AS "hasTransactions"
    FROM "Customer" ${row} WHERE ${row}."id" = ${id}`;
  return found ?? null;
}

/** Everybody who sees a field of a customer at an instant, from their own device, with one purpose or another. */
export async function whoCanSee(
  db: Pick<Database, "$queryRaw">,
  {
    customer,
    field,
    now,
    at,
    policy,
  }: {
    readonly customer: CustomerFacts;
    readonly field: ClassifiedField;
    readonly now: Date;
    readonly at: Date;
    readonly policy: Policy;
  },
): Promise<Seer[]> {
  const callers = await loadCallersAt(db, { ids: "everybody", now, at, from: "ownDevice" });
  return callers.flatMap((caller) => seerOf(caller, field, customer, policy) ?? []);
}

function seerOf(
  caller: Caller,
  field: ClassifiedField,
  customer: CustomerFacts,
  policy: Policy,
): Seer | null {
  const stated = new Set(caller.grants.flatMap(({ purposes }) => purposes));
  const found = [null, ...stated].flatMap((purpose) => {
    const { openings } = decide({ ...caller, purpose }, field, "SEE", policy);
    // Clear ones stand in front.
    const opening = openings.find(({ rows }) => holds(rows, customer));
    return opening ? [{ purpose, opening }] : [];
  });
  const best = found.find(({ opening }) => opening.outcome === "CLEAR") ?? found[0];
  if (!best) return null;
  const { outcome, grant, declaration }: Opening = best.opening;
  const alike = found.filter(({ opening }) => opening.outcome === outcome);
  return {
    personId: caller.id,
    outcome,
    purposes: alike.some(({ purpose }) => purpose === null) ? [] : alike.map(({ purpose }) => purpose!),
    grantId: grant ?? null,
    declarationId: declaration ?? null,
  };
}

const holds = (rows: Rows, customer: CustomerFacts): boolean =>
  rows.every((condition) => conditionHolds(condition, customer));

function conditionHolds(condition: RowCondition, customer: CustomerFacts): boolean {
  switch (condition.is) {
    case "own":
      return customer.ownerId === condition.person;
    case "department":
      return customer.department === condition.department;
    case "customers":
      return condition.ids.includes(customer.id);
    case "openOrders":
      return customer.hasOpenOrders;
    case "transactions":
      return customer.hasTransactions;
    case "secrecy":
      return isCleared(condition, customer);
    default:
      return false;
  }
}

/** As the read path has it: TOP_SECRET is for its keeper and people listed by name. */
const isCleared = (
  { upTo, reader }: Extract<RowCondition, { is: "secrecy" }>,
  { secrecy, keeperId, listed }: CustomerFacts,
): boolean =>
  atLeast(secrecies, upTo, secrecy) &&
  (secrecy !== "TOP_SECRET" || keeperId === reader || listed.includes(reader));
