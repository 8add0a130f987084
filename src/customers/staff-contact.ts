import { parsePhoneNumberFromString } from "libphonenumber-js";
import { type Database, Prisma } from "../database/client.js";
import type { FieldProblem, ValidCustomer } from "./validate-customer.js";

const contactFields = ["mobile", "landline", "email", "address"] as const;

/**
 * For each of these customers, by its place in the list, the contacts that are those of a member of staff, of their
 * relatives or of an agency's people (S004-P3-11). One statement for all. People who have left, and logins that are
 * customers, visitors or machines, are not staff.
 */
export async function findStaffContacts(
  db: Pick<Database, "$queryRaw">,
  customers: readonly ValidCustomer[],
): Promise<(FieldProblem & { index: number })[]> {
  const contacts = customers.flatMap((customer, index) =>
    contactFields.flatMap((field) =>
      spellings(customer, field).map((contact) => ({ index, field, contact })),
    ),
  );
  if (contacts.length === 0) return [];
  const found = await db.$queryRaw<{ index: number; field: string }[]>`
    WITH "staffContact" AS MATERIALIZED (
      SELECT DISTINCT key
      FROM "Employee", unnest("relativesContacts" || ARRAY["phone", "address"]) AS contact,
        LATERAL (SELECT ${key(Prisma.sql`contact`)} AS whole) AS found,
        -- A number dialled at home may begin with a zero that its international form lacks.
        LATERAL (VALUES (whole), (ltrim(whole, '0'))) AS form(key)
      WHERE "kind" IN ('FORMAL', 'TEMP', 'INTERN', 'PARTNER', 'VENDOR_STAFF', 'AGENCY') AND "status" <> 'LEFT'
    )
    SELECT DISTINCT given.index, given.field
    FROM unnest(
      ${contacts.map(({ index }) => index)}::int[],
      ${contacts.map(({ field }) => field)}::text[],
      ${contacts.map(({ contact }) => contact)}::text[]
    ) AS given(index, field, contact)
    JOIN "staffContact" ON "staffContact".key = ${key(Prisma.sql`given.contact`)}
    WHERE "staffContact".key <> ''
    ORDER BY given.index, given.field`;
  return found.map(({ index, field }) => ({
    index,
    field,
    code: "STAFF_CONTACT",
    reason: "It is the contact of a member of staff, not the customer's own.",
  }));
}

/** What two contacts have in common that differ only in spaces, punctuation, case or width. */
const key = (contact: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`regexp_replace(lower(normalize(${contact}, NFKC)), '[[:space:][:punct:]+、。·—]', '', 'g')`;

/** Relatives' numbers are kept as somebody wrote them: with a country code, or as one dials at home. */
function spellings(customer: ValidCustomer, field: (typeof contactFields)[number]): string[] {
  const contact = customer[field];
  if (contact === null) return [];
  const phone = field === "mobile" || field === "landline" ? parsePhoneNumberFromString(contact) : undefined;
  return phone ? [phone.number, phone.nationalNumber] : [contact];
}
