import { ceilingOf, clearanceOf } from "../access/grant-limits.js";
import type { GrantLimits } from "../access/policy.js";
import { isPostGrant, postGrants } from "../access/policy.js";
import { atLeast, secrecies, type Tier, tiers } from "../access/vocabulary.js";
import type { GrantApplication as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { incomplete } from "../reading/form.js";
import type { Facts } from "../workflow/facts.js";
import { nextFormNumber } from "../workflow/form-number.js";
import type { GroupVotes } from "../workflow/group-vote.js";
import type { Opener, Step, Work } from "../workflow/step.js";
import type {
  AmendGrantApplicationInput,
  ApplyForGrantInput,
  ApproveGrantApplicationInput,
} from "./grant-application.input.js";
import { type ApplicationForm, type FilledIn, readApplication } from "./read-application.js";
import { beyond, changesBetween, type GrantScope, type ScopedClass } from "./scope.js";
import {
  checkApplication,
  replaceLists,
  requireCustomers,
  scopeColumns,
  writeLists,
} from "./write-application.js";

/** What an application's table knows of it beyond its row. */
export interface ApplicationFacts {
  readonly classes: readonly ScopedClass[];
  readonly customerIds: readonly string[];
  /** Of the grantee's department. */
  readonly ceiling: Tier;
  readonly votes: GroupVotes;
}

export const moreOf = ({ more }: Facts<Row>): ApplicationFacts => more as unknown as ApplicationFacts;

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
export const applyForGrant: Opener<ApplyForGrantInput, FilledIn> = {
  read: (input, { decisions }) => readApplication(input, decisions),
  subject: ({ employeeId }) => employeeId,
  async write({ form: filledIn, subject, entry, ...work }) {
    const form = await checkApplication(work, filledIn, subject);
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

/** The scope that an application asks for, or has been narrowed to. */
export function scopeOf(facts: Facts<Row>): GrantScope {
  const { tier, operations, customerScope, purposes, secrecyClearance, validTo } = facts.row;
  const { classes, customerIds } = moreOf(facts);
  return {
    ...{ tier, operations, customerScope, purposes, secrecyClearance, classes, customerIds },
    validTo: new Date(validTo).toISOString(),
  };
}

/** What is written on an application beside its scope; what a grant of the post replaces is found, not written. */
const writtenBeside = ({ row: { employeeId, kind, reason, changeReason, replacesId } }: Facts<Row>) => ({
  ...{ employeeId, kind, reason, changeReason },
  replacesId: isPostGrant(kind) ? null : replacesId,
});

/** Changes what is not signed yet, or was sent back. */
export async function amendApplication(step: Step<Row, AmendGrantApplicationInput>) {
  const { facts, input, ...work } = step as Step<Row, AmendGrantApplicationInput> & Signed;
  const before = scopeOf(facts);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
  const read = readApplication({ ...before, ...writtenBeside(facts), ...given } as never, work.by.decisions);
  const form = await checkApplication(work, read, facts.subject);
  await replaceLists(work.tx, work.now, facts.id, form);
  return {
    set: { ...scopeColumns(form), reason: form.reason, changeReason: form.changeReason },
    changes: changesBetween(before, form),
  };
}

/**
 * Approves it as asked for or narrower; never wider (S002-3.1b). Throws APPROVAL_MISSING for what lies above the
 * department's ceiling: the group decides on that.
 */
export async function approveApplication(step: Step<Row, ApproveGrantApplicationInput>) {
  const { facts, input, note, now, tx } = step;
  const asked = scopeOf(facts);
  const given = Object.entries(input.narrowed ?? {}).filter(([, value]) => value != null);
  const approved: GrantScope =
    given.length === 0
      ? asked
      : // With an end: the form has one.
        (readApplication(
          { ...asked, ...writtenBeside(facts), ...Object.fromEntries(given) } as never,
          step.by!.decisions,
          "narrowed.",
        ) as GrantScope);
  const wider = beyond(approved, asked);
  if (wider.length > 0)
    throw incomplete(
      wider.map((part) => ({ field: `narrowed.${part}`, reason: "It opens more than was asked for." })),
    );
  // A list that was asked for has been looked at when it was written; one that takes the place of ALL has not.
  if (asked.customerScope !== "CASE_LIST")
    await requireCustomers({ tx, by: step.by }, approved.customerIds, "input.narrowed.customerIds");
  if (isAboveCeiling(facts, approved, step.by!.decisions.policy.limits))
    throw refusal("APPROVAL_MISSING", { needs: groupDecides, inputPath: "input.id" });
  if (approved !== asked) await replaceLists(tx, now, facts.id, approved);
  return {
    set: { ...scopeColumns(approved), decision: "APPROVE" as const, reviewerNotes: note },
    changes: changesBetween(asked, approved),
  };
}

export const groupDecides =
  "the decision of the information management group: escalate it, or narrow it to the ceiling";

/** Above what administration approves alone: the tier, or the clearance (rulebook 3.2). */
function isAboveCeiling(
  facts: Facts<Row>,
  { tier, secrecyClearance }: GrantScope,
  limits: GrantLimits,
): boolean {
  const { subject, row } = facts;
  const ceiling = ceilingOf(limits, subject, row.kind, moreOf(facts).ceiling);
  const clearance = clearanceOf(limits, subject, row.kind);
  return !atLeast(tiers, ceiling, tier) || !atLeast(secrecies, clearance, secrecyClearance);
}
