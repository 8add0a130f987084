import { isPostGrant, postGrants } from "../access/policy.js";
import type { GrantApplication as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { incomplete } from "../reading/form.js";
import type { Facts } from "../workflow/facts.js";
import { nextFormNumber } from "../workflow/form-number.js";
import { loadPerson } from "../workflow/load-facts.js";
import type { Opener, Step, Work } from "../workflow/step.js";
import { scopeOf } from "./application-facts.js";
import type {
  AmendGrantApplicationInput,
  ApplyForGrantInput,
  ApproveGrantApplicationInput,
} from "./grant-application.input.js";
import { knownPurposes } from "./known-purposes.js";
import { type ApplicationForm, readApplication } from "./read-application.js";
import { beyond, changesBetween, type GrantScope } from "./scope.js";
import { requireWithinLimits } from "./within-limits.js";
import {
  checkApplication,
  replaceLists,
  requireCustomers,
  scopeColumns,
  writeLists,
} from "./write-application.js";

type Signed = Work & { readonly by: NonNullable<Work["by"]> };

/** The grant that a form for a post replaces: what the post has so far. */
const postGrantOf = async ({ tx }: Work, granteeId: string): Promise<string | null> =>
  (
    await tx.grant.findFirst({
      where: { granteeId, kind: { in: [...postGrants] }, state: { in: ["ACTIVE", "SUSPENDED"] } },
      select: { id: true },
    })
  )?.id ?? null;

/** Fills in the application form (S002-3.1a). */
export const applyForGrant: Opener<ApplyForGrantInput, ApplicationForm> = {
  async read(input, { decisions }, db) {
    const grantee = await loadPerson(db, input.employeeId ?? "", decisions);
    return readApplication(input, decisions, { grantee, purposes: await knownPurposes(db) });
  },
  subject: ({ employeeId }) => employeeId,
  async write({ form, subject, entry, ...work }) {
    await checkApplication(work, form, subject);
    const { kind, reason, changeReason } = form;
    await work.tx.grantApplication.create({
      data: {
        ...entry,
        formNo: await nextFormNumber(work.tx, "A", work.now),
        employeeId: subject.id,
        replacesId: await replacedBy(work, form, subject.id),
        ...{ kind, reason, changeReason },
        ...scopeColumns(form),
        state: "DRAFT",
      },
    });
    await writeLists(work.tx, work.now, { applicationId: entry.id }, form);
  },
};

async function replacedBy(
  work: Work,
  { kind, replacesId }: ApplicationForm,
  granteeId: string,
): Promise<string | null> {
  if (isPostGrant(kind)) {
    const current = await postGrantOf(work, granteeId);
    if (!current && kind === "CHANGE")
      throw incomplete([{ field: "kind", reason: "There is nothing yet that could be changed." }]);
    return current;
  }
  if (!replacesId) return null;
  const renewed = await work.tx.grant.findFirst({
    where: { id: replacesId, granteeId, kind },
    select: { id: true },
  });
  if (!renewed) throw refusal("NOT_FOUND", { inputPath: "input.replacesId" });
  return renewed.id;
}

/** What is written on an application beside its scope; what a grant of the post replaces is found, not written. */
const writtenBeside = ({ row: { employeeId, kind, reason, changeReason, replacesId } }: Facts<Row>) => ({
  ...{ employeeId, kind, reason, changeReason },
  replacesId: isPostGrant(kind) ? null : replacesId,
});

const circumstancesOf = async ({ tx, facts }: Step<Row, unknown>) => ({
  grantee: facts.subject,
  purposes: await knownPurposes(tx),
});

/** Changes what is not signed yet, or was sent back. */
export async function amendApplication(step: Step<Row, AmendGrantApplicationInput>) {
  const { facts, input, ...work } = step as Step<Row, AmendGrantApplicationInput> & Signed;
  const before = scopeOf(facts);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
  const form = readApplication(
    { ...before, ...writtenBeside(facts), ...given } as never,
    work.by.decisions,
    await circumstancesOf(step),
  );
  await checkApplication(work, form, facts.subject);
  await replaceLists(work.tx, work.now, facts.id, form);
  return {
    set: { ...scopeColumns(form), reason: form.reason, changeReason: form.changeReason },
    changes: changesBetween(before, form),
  };
}

/**
 * Approves it as asked for or narrower; never wider (S002-3.1b). Throws APPROVAL_MISSING for what lies above the ceiling,
 * which the group decides on, and what else is beyond the limits of such a grant by now.
 */
export async function approveApplication(step: Step<Row, ApproveGrantApplicationInput>) {
  const { facts, input, note, now, tx } = step;
  const asked = scopeOf(facts);
  const given = Object.entries(input.narrowed ?? {}).filter(([, value]) => value != null);
  const approved: GrantScope =
    given.length === 0
      ? asked
      : readApplication(
          { ...asked, ...writtenBeside(facts), ...Object.fromEntries(given) } as never,
          step.by!.decisions,
          await circumstancesOf(step),
          "narrowed.",
        );
  const wider = beyond(approved, asked);
  if (wider.length > 0)
    throw incomplete(
      wider.map((part) => ({ field: `narrowed.${part}`, reason: "It opens more than was asked for." })),
    );
  // A list that was asked for has been looked at when it was written; one that takes the place of ALL has not.
  if (asked.customerScope !== "CASE_LIST")
    await requireCustomers({ tx, by: step.by }, approved.customerIds, "input.narrowed.customerIds");
  requireWithinLimits(step, approved);
  if (approved !== asked) await replaceLists(tx, now, facts.id, approved);
  return {
    set: { ...scopeColumns(approved), decision: "APPROVE" as const, reviewerNotes: note },
    changes: changesBetween(asked, approved),
  };
}
