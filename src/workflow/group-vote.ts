import type { Prisma } from "../database/client.js";
import { newId } from "../database/id.js";
import { all, column, type Sql, sql } from "../reading/sql.js";
import type { Actor, Facts } from "./facts.js";
import type { GroupVoteInput } from "./group-vote.input.js";
import type { Step } from "./step.js";
import { role, standIn } from "./workflow.js";

// How the information management group decides on a form (S002-2.1): its members vote, its leader records what more
// than half of them want.

/** How many can vote, and how they did; `votes` among the facts of a form that the group decides on. */
export interface GroupVotes {
  readonly members: number;
  readonly inFavour: readonly string[];
  readonly against: readonly string[];
}

type Form = keyof Pick<Prisma.GroupVoteUncheckedCreateInput, "applicationId" | "appealId" | "policyId">;

/** The votes on a form, as JSON. Members are the heads of departments but for its leader and for these columns' people. */
export const groupVotesToSql = (row: Sql, form: Form, apart: readonly string[]): Sql => sql`json_build_object(
  'members', (SELECT count(*) FROM "Employee" m WHERE m."status" = 'ACTIVE'
    AND EXISTS (SELECT 1 FROM "EmployeeRole" r WHERE r."employeeId" = m."id" AND r."role" = 'DEPT_HEAD')
    AND NOT EXISTS (SELECT 1 FROM "EmployeeRole" r WHERE r."employeeId" = m."id" AND r."role" = 'ADMIN_HEAD')
    AND ${all(apart.map((name) => sql`m."id" IS DISTINCT FROM ${column(row, name)}`))}),
  'inFavour', ${membersToSql(row, form, sql`v."inFavour"`)},
  'against', ${membersToSql(row, form, sql`NOT v."inFavour"`)})`;

const membersToSql = (row: Sql, form: Form, how: Sql): Sql => sql`(
  SELECT coalesce(json_agg(v."memberId"), '[]') FROM "GroupVote" v WHERE ${column(sql`v`, form)} = ${row}."id" AND ${how})`;

const votesOn = ({ more }: Facts<unknown>): GroupVotes => more.votes as GroupVotes;

/** More than half of those who can vote are in favour, or can no longer be. */
export function outcomeOf(facts: Facts<unknown>): "IN_FAVOUR" | "AGAINST" | null {
  const { members, inFavour, against } = votesOn(facts);
  if (inFavour.length * 2 > members) return "IN_FAVOUR";
  return against.length * 2 >= members && members > 0 ? "AGAINST" : null;
}

/** For the history: how the group has voted. */
export const countInWords = (facts: Facts<unknown>): string => {
  const { members, inFavour, against } = votesOn(facts);
  return `votes: ${inFavour.length} in favour, ${against.length} against, of ${members}`;
};

const hasVoted = (facts: Facts<unknown>, { id }: Actor): boolean =>
  [...votesOn(facts).inFavour, ...votesOn(facts).against].includes(id);

/** A member's vote, once. */
export const voting = (form: Form) => ({
  who: [role("DEPT_HEAD")],
  requires: (facts: Facts<unknown>, actor: Actor) => {
    if (actor.roles.includes("ADMIN_HEAD"))
      return { code: "NOT_YOUR_ROLE", needs: "a member of the group who does not lead it" } as const;
    return hasVoted(facts, actor)
      ? ({ code: "WRONG_STATE", needs: "somebody who has not voted yet" } as const)
      : null;
  },
  effect: async ({ tx, now, by, facts, input, note }: Step<unknown, GroupVoteInput>) => {
    const { inFavour } = input;
    await tx.groupVote.create({
      data: {
        id: newId("vot", now),
        [form]: facts.id,
        memberId: by!.caller.id,
        inFavour,
        note,
        votedAt: now,
      },
      select: { id: true },
    });
    return undefined;
  },
});

/**
 * Its leader records the decision; for the leader's own people a head who has not voted or the general manager does, and
 * for the general manager a head who has not voted.
 */
export const recording = {
  who: [
    role("ADMIN_HEAD"),
    standIn("DEPT_HEAD", "ADMINISTRATION"),
    standIn("GENERAL_MANAGER", "ADMINISTRATION"),
    standIn("DEPT_HEAD", "MANAGEMENT"),
  ],
  requires: (facts: Facts<unknown>, actor: Actor) => {
    if (hasVoted(facts, actor))
      return { code: "SELF_DECISION", needs: "somebody who has not voted" } as const;
    return outcomeOf(facts)
      ? null
      : ({
          code: "APPROVAL_MISSING",
          needs: "the votes of more than half of the members of the group",
        } as const);
  },
};
