import { type PolicyContent, policy } from "../../access/policy.js";
import { changesInWords } from "../../access/policy-changes.js";
import type { Operation, Prisma, Tier, TierPolicyState } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** A version of the tier policy with what has come of it; days count from the loading. */
interface Proposal {
  readonly staffNo: string;
  readonly proposed: number;
  readonly effective: number;
  /** What it changes; version 1 where nothing is given. */
  readonly before?: { readonly version: number; readonly content: PolicyContent };
  readonly version?: number;
  readonly reason: string;
  readonly content: PolicyContent;
  readonly votes?: Readonly<Record<string, boolean>>;
  /** Days from the loading to when the group has to have decided. */
  readonly due?: number;
  readonly state: TierPolicyState;
}

const { version: _, ...first } = policy;

/** What version 2 says. */
const second: PolicyContent = {
  ...first,
  limits: { ...first.limits, declarationHours: { ...first.limits.declarationHours, named: 48 } },
};

const withCell = (
  fieldClass: keyof PolicyContent["customers"],
  operation: Operation,
  tier: Tier,
): PolicyContent => ({
  ...first,
  customers: {
    ...first.customers,
    [fieldClass]: { ...first.customers[fieldClass], [operation]: { tier, extra: [] } },
  },
});

const proposals: readonly Proposal[] = [
  {
    ...{ staffNo: "mona", proposed: -90, effective: -80, state: "WITHDRAWN" },
    reason: "Agents lose time with masked numbers.",
    content: withCell("PRIVATE", "SEE_MASKED", "POST"),
  },
  {
    ...{ staffNo: "pia", proposed: -60, effective: -45, state: "REJECTED" },
    reason: "Production could plan with what customers complain about.",
    content: withCell("SERVICE", "SEE_CLEAR", "POST"),
    votes: { sue: false, tess: false, mona: false },
  },
  {
    ...{ staffNo: "sue", proposed: -20, effective: 30, version: 2, state: "ADOPTED" },
    reason: "What is looked up for a customer is done within two days.",
    content: second,
    votes: { pia: true, tess: true, mona: true },
  },
  {
    ...{ staffNo: "tess", proposed: -1, effective: 40, due: 13, state: "PROPOSED" },
    reason: "Devices have fixed addresses in the office; a look from elsewhere is none of ours.",
    before: { version: 2, content: second },
    content: { ...second, conditions: { ...first.conditions, address: true } },
    votes: { pia: true },
  },
];

/** Days from the proposal to each step. */
const [voted, decided] = [2, 5];

/** Versions of the tier policy in every state; their votes are numbered on from those before. */
export function policyRows(at: Calendar, { votesBefore }: { readonly votesBefore: number }) {
  const votes: Prisma.GroupVoteCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const year = at(0).getUTCFullYear();
  const rows = proposals.map((one, position): Prisma.TierPolicyCreateManyInput => {
    const { staffNo, proposed, effective, version, reason, content, due, state } = one;
    const { before = { version: policy.version, content: first } } = one;
    const id = demoId("pol", position + 1);
    const isDecided = state === "ADOPTED" || state === "REJECTED";
    for (const [turn, [member, inFavour]] of Object.entries(one.votes ?? {}).entries())
      votes.push({
        id: demoId("vot", votesBefore + votes.length + 1),
        ...{ policyId: id, memberId: employeeId(member), inFavour },
        votedAt: votedAt(one, turn, at),
      });
    steps.push(...stepsOf("TierPolicy", id, staffNo, historyOf(one, at)));
    return {
      ...{ id, basedOn: before.version, reason, state, version: version ?? null },
      changes: [...changesInWords(before.content, content)],
      content: content as unknown as Prisma.InputJsonObject,
      formNo: `T-${year}-${(position + 1).toString().padStart(4, "0")}`,
      proposedById: employeeId(staffNo),
      proposedAt: at(proposed),
      effectiveFrom: at(effective),
      decidedById: isDecided ? employeeId("ada") : null,
      decidedAt: isDecided ? at(proposed + decided) : null,
      dueAt: due === undefined ? null : at(due),
    };
  });
  return { rows, votes, steps };
}

/** Versions are proposed before they are decided, and one at a time. */
export async function insertPolicies(
  db: Prisma.TransactionClient,
  rows: readonly Prisma.TierPolicyCreateManyInput[],
): Promise<void> {
  for (const row of rows) {
    const { id, state, version, decidedById, decidedAt, ...proposal } = row;
    await db.tierPolicy.create({
      data: { id, state: "PROPOSED", ...proposal } as Prisma.TierPolicyUncheckedCreateInput,
    });
    if (state === "PROPOSED") continue;
    const decided = { state, version, decidedById, decidedAt } as Prisma.TierPolicyUncheckedUpdateInput;
    await db.tierPolicy.update({ where: { id }, data: decided });
  }
}

/** Within the hours since it was proposed, where it is new. */
const votedAt = ({ proposed }: Proposal, turn: number, at: Calendar): Date =>
  at(Math.min(proposed + voted, -0.5) + turn / 24);

function historyOf({ staffNo, proposed, votes = {}, state, ...one }: Proposal, at: Calendar): DemoStep[] {
  const steps: DemoStep[] = [
    { action: "propose", to: "PROPOSED", by: employeeId(staffNo), at: at(proposed) },
    ...Object.keys(votes).map((member, turn) => ({
      ...{ action: "vote", to: "PROPOSED", by: employeeId(member) },
      at: votedAt({ staffNo, proposed, votes, state, ...one }, turn, at),
    })),
  ];
  const ada = { by: employeeId("ada"), at: at(proposed + decided), seat: "recorder" };
  if (state === "ADOPTED" || state === "REJECTED") steps.push({ action: "decide", to: state, ...ada });
  if (state === "WITHDRAWN")
    steps.push({ action: "withdraw", to: state, by: employeeId(staffNo), at: at(proposed + voted) });
  return steps;
}
