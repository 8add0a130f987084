import { recordOf } from "../access/classified.js";
import { customerFields } from "../access/customer-fields.js";
import { refuse } from "../access/guard.js";
import type { Policy } from "../access/policy.js";
import { Customer } from "../customers/customer.type.js";
import type { Database } from "../database/client.js";
import { refusal } from "../errors.js";
import type { ReadContext } from "../reading/read.js";
import { sql } from "../reading/sql.js";
import { idsInReach } from "../reading/writable-rows.js";
import type { AccessHistoryArgs, AccessHistoryEntry } from "./access-history.type.js";

const day = 86_400_000;
const usualDays = 30;
const mostDays = 366;
const mostEntries = 1_000;

const tellers = ["FORMAL", "TEMP", "INTERN"];

/**
 * Who hears when a customer was looked at: that customer, and people of customer service, which tells them, as far as
 * they read more of the customer than the line of a catalogue.
 */
async function checkMayHear({ db, decisions }: ReadContext, customer: string): Promise<void> {
  const { customerId, department, kind, status } = decisions!.caller;
  if (customerId === customer) return;
  if (department !== "CUSTOMER_SERVICE" || !tellers.includes(kind) || status !== "ACTIVE")
    throw refuse({
      code: "NOT_YOUR_ROLE",
      needs: "the customer, or customer service on the customer's behalf",
    });
  const { candidates } = decisions!.reach(recordOf(Customer));
  if (!(await idsInReach(db, Customer, [customer], candidates)).has(customer))
    throw refuse({ code: "CLEARANCE_REQUIRED", needs: "a clearance that this customer's record asks for" });
}

/** By name those that customers see of themselves: not what the company notes of them, as how it rates them (rulebook 6-24). */
const fieldsTold = ({ self }: Policy): string[] =>
  [...customerFields()].flatMap(([name, { fieldClass }]) => (self.includes(fieldClass) ? [name] : []));

/** What went into files is not looked through: a history is whole, or it is not given. */
async function checkNotArchived(db: Database, since: Date): Promise<void> {
  const [{ until }] = await db.$queryRaw<[{ until: Date | null }]>`
    SELECT max("lastAt") AS "until" FROM ledger.archive`;
  if (until && since <= until)
    throw refusal("BAD_USER_INPUT", {
      inputPath: "since",
      reason: `What was recorded until ${until.toISOString()} has gone into an archive.`,
      needs: "a later instant, or administration, which keeps the archive",
    });
}

/** The window that is asked for. Throws BAD_USER_INPUT. */
function windowOf({ since, until }: AccessHistoryArgs, now: Date): { since: Date; until: Date } {
  const end = until ? new Date(until) : now;
  const begin = since ? new Date(since) : new Date(end.getTime() - usualDays * day);
  const length = end.getTime() - begin.getTime();
  if (length <= 0 || length > mostDays * day)
    throw refusal("BAD_USER_INPUT", {
      inputPath: "since",
      reason: `It is before \`until\`, and not more than ${mostDays} days.`,
    });
  return { since: begin, until: end };
}

/**
 * When a customer's data was shown to others, the newest first: a look at the one customer by itself, looks at lists once
 * a day for each department and purpose. The customer's own looks are left out, and those of which it is to hear later. It is
 * whole, or it is not given. Throws NOT_YOUR_ROLE and CLEARANCE_REQUIRED; BAD_USER_INPUT, also for what has been archived;
 * LIMIT_EXCEEDED where there is more than fits an answer.
 */
export async function accessHistory(
  customer: string,
  context: ReadContext,
  args: AccessHistoryArgs,
): Promise<readonly AccessHistoryEntry[]> {
  const { db, statements, decisions } = context;
  const { caller, policy } = decisions!;
  await checkMayHear(context, customer);
  const { since, until } = windowOf(args, caller.now);
  await checkNotArchived(db, since);
  const told = fieldsTold(policy);
  const entries = await statements(() =>
    db.$queryRaw<Entry[]>(sql`
      WITH looks AS (
        SELECT t."at", t."eventId", e."department"::text, e."purpose", e."customers" > 1 AS "inList", f."clear", f."masked",
          CASE WHEN e."customers" > 1 THEN to_char(t."at" AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')
            ELSE t."eventId" END AS "told",
          (SELECT min(d."reason") FROM "DisclosureDelay" d WHERE d."customerId" = ${customer}
            AND d."departmentCode" = e."department" AND t."at" >= d."setAt" - interval '30 days'
            AND t."at" < coalesce(d."liftedAt", d."until")) AS "delayedFor"
        FROM ledger.touch t
        JOIN ledger.event e ON e."id" = t."eventId" AND e."at" = t."at"
        JOIN ledger.fields f ON f."id" = t."fields"
        WHERE t."customerId" = ${customer} AND t."at" >= ${since} AND t."at" < ${until}
          AND NOT EXISTS (SELECT 1 FROM "Employee" p WHERE p."id" = e."principalId" AND p."customerId" = ${customer})
          AND NOT EXISTS (SELECT 1 FROM "DisclosureDelay" d WHERE d."customerId" = ${customer}
            AND d."departmentCode" = e."department" AND t."at" >= d."setAt" - interval '30 days'
            AND coalesce(d."liftedAt", d."until") > ${caller.now})
      )
      SELECT min(l."at") AS "since", max(l."at") AS "until", count(DISTINCT l."eventId")::int4 AS "times",
        l."inList", l."department", l."purpose", l."delayedFor",
        coalesce(array_agg(DISTINCT s."name") FILTER (WHERE s."isClear" AND s."name" = ANY(${told}::text[])), '{}') AS "clear",
        coalesce(array_agg(DISTINCT s."name") FILTER (WHERE NOT s."isClear" AND s."name" = ANY(${told}::text[])), '{}') AS "masked"
      FROM looks l, LATERAL (
        SELECT unnest(l."clear") AS "name", TRUE AS "isClear" UNION ALL SELECT unnest(l."masked"), FALSE) s
      WHERE s."name" = ANY(${[...customerFields().keys()]}::text[])
      GROUP BY l."told", l."inList", l."department", l."purpose", l."delayedFor"
      ORDER BY max(l."at") DESC, l."told" DESC, l."department", l."purpose", l."delayedFor"
      LIMIT ${mostEntries + 1}`),
  );
  if (entries.length > mostEntries)
    throw refusal("LIMIT_EXCEEDED", {
      inputPath: "since",
      reason: `There are more than ${mostEntries} entries.`,
      needs: "a shorter time",
    });
  return entries.map(({ since: first, until: last, clear, masked, ...entry }) => ({
    ...entry,
    since: first.toISOString(),
    until: last.toISOString(),
    clear,
    masked: masked.filter((name) => !clear.includes(name)),
  }));
}

type Entry = Omit<AccessHistoryEntry, "since" | "until"> & { readonly since: Date; readonly until: Date };
