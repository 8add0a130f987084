import type { PolicyProblem } from "../access/floors.js";
import type { Policy } from "../access/policy.js";
import type { Prisma, TierPolicy as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { type FormRules, filled, readWholeForm } from "../reading/form.js";
import { anyValue, futureInstant, lines } from "../reading/form-readers.js";
import { nextFormNumber } from "../workflow/form-number.js";
import { countInWords, outcomeOf } from "../workflow/group-vote.js";
import type { Opener, Step } from "../workflow/step.js";
import { lastAdopted } from "./policies.js";
import { changeOf, readContent } from "./read-policy.js";
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
export const proposeTierPolicy: Opener<ProposeTierPolicyInput, ProposeTierPolicyInput> = {
  // What it changes is known when nobody else can change it.
  read: (input) => input,
  subject: (_form, { id }) => id,
  async write({ tx, now, by, form, subject, entry }) {
    // Whoever comes at the same time waits for the number.
    const formNo = await nextFormNumber(tx, "T", now);
    const open = await tx.tierPolicy.findFirst({ where: { state: "PROPOSED" }, select: { formNo: true } });
    if (open) throw refusal("WRONG_STATE", { needs: `the decision of the group on ${open.formNo} first` });
    const { policy } = by.decisions;
    const before = (await lastAdopted(tx)) ?? {
      policy: policy.insteadOfUnread ?? policy,
      effectiveFrom: null,
    };
    const { effectiveFrom, reason, ...given } = readProposal(form, before, now);
    const { content, inWords } = changeOf(before.policy, given.changes);
    await tx.tierPolicy.create({
      data: {
        ...entry,
        state: "PROPOSED",
        ...{ formNo, reason, effectiveFrom },
        proposedById: subject.id,
        proposedAt: now,
        basedOn: before.policy.version,
        changes: [...inWords!],
        content: content as unknown as Prisma.InputJsonObject,
      },
      select: { id: true },
    });
  },
};

interface Base {
  readonly policy: Policy;
  /** Null: version 1. */
  readonly effectiveFrom: Date | null;
}

const readProposal = (
  { changes, effectiveFrom, reason }: ProposeTierPolicyInput,
  before: Base,
  now: Date,
): ProposalForm =>
  readWholeForm<ProposalForm>({ changes, effectiveFrom, reason }, rules, now, (given) => [
    ...((given.changes && changeOf(before.policy, given.changes).problems) ?? []),
    ...datedBefore(given.effectiveFrom, before),
  ]);

/** Of versions in force the highest counts: one that began earlier would bring what it is based on forward, unsaid. */
const datedBefore = (date: string | undefined, { policy, effectiveFrom }: Base) =>
  date && effectiveFrom && new Date(date) < effectiveFrom
    ? [
        {
          field: "effectiveFrom",
          reason: `It lies before ${effectiveFrom.toISOString()}, from when version ${policy.version} is in force, and would bring that one forward.`,
        },
      ]
    : [];

/** Milliseconds from adoption until a version can be in force: long enough for every server to know of it. */
const notice = 60_000;

/** What keeps a version from being adopted, as far as it is told. */
const mostTold = 5;
const notAdopted = ({ path, reason }: PolicyProblem) => `not adopted: ${path ? `${path}: ` : ""}${reason}`;

/** What the group has voted for: an adopted version gets its number, and no earlier a date than it can be known by. */
export async function recordDecision({ tx, now, facts }: Step<Row, unknown>) {
  const votes = countInWords(facts);
  if (outcomeOf(facts) === "AGAINST") return { to: "REJECTED", changes: [votes] };
  // A release may have come since it was proposed: what cannot be kept is not adopted.
  const { problems } = readContent(facts.row.content);
  if (problems) return { to: "REJECTED", changes: [votes, ...problems.slice(0, mostTold).map(notAdopted)] };
  const { _max } = await tx.tierPolicy.aggregate({ _max: { version: true } });
  const version = (_max.version ?? 1) + 1;
  const planned = new Date(facts.row.effectiveFrom);
  const effectiveFrom = new Date(Math.max(planned.getTime(), now.getTime() + notice));
  const moved = effectiveFrom > planned ? [`in force from ${effectiveFrom.toISOString()}`] : [];
  return { to: "ADOPTED", set: { version, effectiveFrom }, changes: [votes, ...moved] };
}
