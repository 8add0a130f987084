import { latestEnd } from "../access/grant-limits.js";
import { isPostGrant, postGrants } from "../access/policy.js";
import type { GrantApplication as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { recordOpening } from "../workflow/history.js";
import type { Step } from "../workflow/step.js";
import { entryTo, letFollow } from "../workflow/take-step.js";
import { moreOf, scopeOf } from "./application-facts.js";
import { grantWorkflow } from "./grant.workflow.js";
import { requireWithinLimits } from "./within-limits.js";
import { writeLists } from "./write-application.js";

/**
 * Puts an application into effect: a grant exactly as approved, from now on, and what it replaces SUPERSEDED in the
 * same transaction (S002-3.1b, 3.1c). Throws OPEN_ITEMS while what it replaces is being looked into, and what refuses an
 * application that is beyond the limits of such a grant by now.
 */
export async function implementApplication(step: Step<Row, unknown>): Promise<undefined> {
  const { tx, now, facts, by } = step;
  const { row, subject } = facts;
  requireWithinLimits(step, scopeOf(facts));
  const { policy } = by!.decisions;
  // Whoever implements another application of the same person waits here, or holds up what it replaces; rows that only
  // refer to the person, as a form of leaving does, are written meanwhile.
  await tx.$queryRaw`SELECT 1 FROM "Employee" WHERE "id" = ${subject.id} FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "Grant" WHERE "granteeId" = ${subject.id} ORDER BY "id" FOR UPDATE`;
  const replaced = await tx.grant.findMany({
    where: {
      granteeId: subject.id,
      state: { in: ["ACTIVE", "SUSPENDED"] },
      ...(isPostGrant(row.kind) ? { kind: { in: [...postGrants] } } : { id: row.replacesId ?? "" }),
    },
    select: { id: true, state: true, validTo: true },
  });
  if (replaced.some(({ state }) => state === "SUSPENDED"))
    throw refusal("OPEN_ITEMS", {
      inputPath: "input.id",
      needs: "the outcome of what the grant was suspended for",
    });
  // What has come to its end before was not replaced.
  for (const { id, validTo } of replaced)
    await letFollow(step, grantWorkflow, validTo > now ? "supersede" : "expire", id);
  const { dueAt, ...entry } = entryTo(step, grantWorkflow, "ACTIVE");
  await tx.grant.create({
    data: {
      id: entry.id,
      state: "ACTIVE",
      granteeId: subject.id,
      applicationId: facts.id,
      kind: row.kind,
      tier: row.tier,
      operations: [...row.operations],
      customerScope: row.customerScope,
      purposes: [...row.purposes],
      secrecyClearance: row.secrecyClearance,
      validFrom: now,
      // Its clock starts now (rulebook 2.4 A).
      validTo: row.validTo ? new Date(row.validTo) : latestEnd(policy.limits, subject, row.kind, now),
      dueAt,
      policyVersion: policy.version,
    },
    select: { id: true },
  });
  await writeLists(tx, now, { grantId: entry.id }, moreOf(facts));
  await recordOpening(step, grantWorkflow, "give", facts.subject, { ...entry, dueAt });
}
