import type { Prisma, TierPolicy as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { type FormRules, filled, incomplete, readWholeForm } from "../reading/form.js";
import { anyValue, futureInstant, lines } from "../reading/form-readers.js";
import { nextFormNumber } from "../workflow/form-number.js";
import { countInWords, outcomeOf } from "../workflow/group-vote.js";
import type { Opener, Step } from "../workflow/step.js";
import { lastAdopted } from "./policies.js";
import { changeOf } from "./read-policy.js";
import type { ProposeTierPolicyInput } from "./tier-policy.input.js";

interface ProposalForm {
  readonly changes: object;
  readonly effectiveFrom: string;
  readonly reason: string;
}

const rules: FormRules<ProposalForm> = {
  changes: filled(anyValue),
  effectiveFrom: filled(futureInstant),
  reason: filled(lines(2_000)),
};

/** Proposes another version of the policy, whole and without contradictions (S002-2.1). */
export const proposeTierPolicy: Opener<ProposeTierPolicyInput, ProposalForm> = {
  read: (input, { caller, decisions }) =>
    readWholeForm<ProposalForm>(
      { changes: input.changes, effectiveFrom: input.effectiveFrom, reason: input.reason },
      rules,
      caller.now,
      ({ changes }) => (changes && changeOf(decisions.policy, changes).problems) ?? [],
    ),
  subject: (_form, { id }) => id,
  async write({ tx, now, by, form: { changes, effectiveFrom, reason }, subject, entry }) {
    // Whoever comes at the same time waits for the number.
    const formNo = await nextFormNumber(tx, "T", now);
    const open = await tx.tierPolicy.findFirst({ where: { state: "PROPOSED" }, select: { formNo: true } });
    if (open) throw refusal("WRONG_STATE", { needs: `the decision of the group on ${open.formNo} first` });
    const before = (await lastAdopted(tx)) ?? by.decisions.policy;
    const change = changeOf(before, changes);
    if (change.problems) throw incomplete(change.problems);
    await tx.tierPolicy.create({
      data: {
        ...entry,
        state: "PROPOSED",
        ...{ formNo, reason, effectiveFrom },
        proposedById: subject.id,
        proposedAt: now,
        basedOn: before.version,
        changes: [...change.inWords],
        content: change.content as unknown as Prisma.InputJsonObject,
      },
      select: { id: true },
    });
  },
};

/** Milliseconds from adoption until a version can be in force: long enough for every server to know of it. */
const notice = 60_000;

/** What the group has voted for: an adopted version gets its number, and no earlier a date than it can be known by. */
export async function recordDecision({ tx, now, facts }: Step<Row, unknown>) {
  const votes = countInWords(facts);
  if (outcomeOf(facts) === "AGAINST") return { to: "REJECTED", changes: [votes] };
  const { _max } = await tx.tierPolicy.aggregate({ _max: { version: true } });
  const version = (_max.version ?? 1) + 1;
  const planned = new Date(facts.row.effectiveFrom);
  const effectiveFrom = new Date(Math.max(planned.getTime(), now.getTime() + notice));
  const moved = effectiveFrom > planned ? [`in force from ${effectiveFrom.toISOString()}`] : [];
  return { to: "ADOPTED", set: { version, effectiveFrom }, changes: [votes, ...moved] };
}
