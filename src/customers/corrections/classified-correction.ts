import type { Reason } from "../../access/reasons.js";
import type { Secrecy } from "../../access/vocabulary.js";
import type { CorrectionRequest as Row } from "../../database/client.js";
import { type Sql, sql } from "../../reading/sql.js";
import type { Facts } from "../../workflow/facts.js";

// What a correction of a classified record takes beside a steward: its keeper, and the general manager where it is
// TOP_SECRET (rulebook 3.3).

interface CorrectionFacts {
  /** Of the customer. */
  readonly secrecy: Secrecy;
  readonly keeperId: string | null;
  readonly keeperAtWork: boolean;
}

/** As SQL: of the customer that a form's row names. */
export const correctionFacts = (row: Sql): Sql => sql`(
  SELECT json_build_object('secrecy', c."secrecy", 'keeperId', c."keeperId",
    'keeperAtWork', coalesce(k."status" = 'ACTIVE', FALSE))
  FROM "Customer" c LEFT JOIN "Employee" k ON k."id" = c."keeperId" WHERE c."id" = ${row}."customerId")`;

export const moreOf = ({ more }: Facts<Row>): CorrectionFacts => more as unknown as CorrectionFacts;

export const notClassified = (facts: Facts<Row>): Reason | null =>
  moreOf(facts).secrecy === "ORDINARY" ? { code: "WRONG_STATE", needs: "a record that is classified" } : null;

export const notTopSecret = (facts: Facts<Row>): Reason | null =>
  moreOf(facts).secrecy === "TOP_SECRET"
    ? null
    : { code: "WRONG_STATE", needs: "a record that is TOP_SECRET" };

/** Whose approval is missing before a steward may apply it; null: nobody's. */
export function missingApproval(facts: Facts<Row>): Reason | null {
  const { secrecy, keeperId, keeperAtWork } = moreOf(facts);
  const { seats, row } = facts;
  if (secrecy === "ORDINARY") return null;
  const consented = seats.keeper !== null || row.proposedById === keeperId;
  if (!consented) return keeperAtWork ? consentMissing : keeperMissing;
  return secrecy === "TOP_SECRET" && seats.permitter === null ? permissionMissing : null;
}

const consentMissing: Reason = {
  code: "APPROVAL_MISSING",
  needs: "the consent of the record's keeper",
  request: "consentToCorrection",
};

const permissionMissing: Reason = {
  code: "APPROVAL_MISSING",
  needs: "the permission of the general manager",
  request: "permitCorrection",
};

/** Nobody else consents in place of a keeper who is gone: the record takes another one first. */
const keeperMissing: Reason = {
  code: "APPROVAL_MISSING",
  needs: "a keeper of the record who is at work, to consent to it",
};
