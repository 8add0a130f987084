import type { Reason } from "../access/reasons.js";
import type { Secrecy } from "../access/vocabulary.js";
import { type Sql, sql } from "../reading/sql.js";
import type { Actor, Facts } from "../workflow/facts.js";

/** What forms about a dossier know of it. */
interface DossierFacts {
  /** The higher of the dossier's own and its customer's (rulebook 2.2). */
  readonly secrecy: Secrecy;
  readonly keeperId: string | null;
}

/** As SQL: of the dossier that a form's row names. */
export const dossierFacts = (row: Sql): Sql => sql`(
  SELECT json_build_object('secrecy', greatest(d."secrecy", c."secrecy"), 'keeperId', d."keeperId")
  FROM "Dossier" d JOIN "Customer" c ON c."id" = d."customerId" WHERE d."id" = ${row}."dossierId")`;

export const secrecyOf = ({ more }: Pick<Facts<unknown>, "more">): Secrecy =>
  (more as unknown as DossierFacts).secrecy;

/**
 * On classified dossiers the customer service manager decides (rulebook 6-11, 6-12); for the people of customer
 * service, whose forms that manager signs, the general manager does (as 6-32 has it for administration).
 */
export const notForClassified = (
  { subject }: Pick<Facts<unknown>, "subject">,
  { roles }: Actor,
): Reason | null =>
  roles.includes("CS_MANAGER") ||
  (roles.includes("GENERAL_MANAGER") && subject.department === "CUSTOMER_SERVICE")
    ? null
    : { code: "NOT_YOUR_ROLE", needs: "CS_MANAGER: the dossier is classified" };
