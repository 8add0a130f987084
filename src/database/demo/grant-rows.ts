import type { Prisma } from "../client.js";
import type { DemoGrant } from "./account.js";
import { demoAccounts } from "./accounts.js";
import { type Application, otherApplications } from "./applications.js";
import type { Calendar } from "./calendar.js";
import { production, sales } from "./grants.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { customerId, demoId } from "./id.js";
import { demoPeople, employeeId, headOf, personNumber } from "./people.js";

/** Grants run two years, or to the end of the contract. */
const began = -30;
const twoYears = began + 730;

interface GrantRows {
  applications: Prisma.GrantApplicationCreateManyInput[];
  grants: Prisma.GrantCreateManyInput[];
  classes: Prisma.GrantClassCreateManyInput[];
  customers: Prisma.GrantCustomerCreateManyInput[];
  votes: Prisma.GroupVoteCreateManyInput[];
  steps: ReturnType<typeof stepsOf>;
}

/** Every grant with the implemented application that it came from, and the applications that are still on their way. */
export function grantRows(at: Calendar): GrantRows {
  const rows: GrantRows = { applications: [], grants: [], classes: [], customers: [], votes: [], steps: [] };
  const year = at(0).getUTCFullYear();

  const scope = ({ tier, operations, customerScope, purposes, secrecyClearance }: DemoGrant) => ({
    tier,
    operations: [...operations],
    customerScope,
    purposes: [...purposes],
    secrecyClearance,
  });

  const addLists = (grant: DemoGrant, of: { grantId: string } | { applicationId: string }) => {
    for (const { onlyFields, ...opened } of grant.classes) {
      rows.classes.push({
        id: demoId("gcl", rows.classes.length + 1),
        ...of,
        ...opened,
        onlyFields: [...onlyFields],
      });
    }
    for (const code of grant.caseList) {
      rows.customers.push({
        id: demoId("gcu", rows.customers.length + 1),
        ...of,
        customerId: customerId(code),
      });
    }
  };

  const addApplication = ({ staffNo, grant, kind, reason, validDays, ...handling }: Application): string => {
    const number = rows.applications.length + 1;
    const { signedBy = null, reviewedBy = null, implementedBy = null, began: day = began } = handling;
    const id = demoId("app", number);
    const person = (name: string) => employeeId(name);
    rows.applications.push({
      id,
      formNo: `A-${year}-${number.toString().padStart(4, "0")}`,
      kind,
      employeeId: employeeId(staffNo),
      ...scope(grant),
      validTo: validDays === null ? at(twoYears) : startOfDay(at(validDays)),
      reason,
      changeReason: handling.changeReason ?? null,
      unitSeal: signedBy !== null,
      signedById: signedBy && employeeId(signedBy),
      signedAt: signedBy && at(day - 4),
      reviewedById: reviewedBy && employeeId(reviewedBy),
      reviewedAt: reviewedBy && at(day - 3),
      decision: handling.decision ?? null,
      reviewerNotes: handling.reviewerNotes ?? null,
      decidedById: handling.decidedBy ? employeeId(handling.decidedBy) : null,
      decidedAt: handling.decidedBy ? at(day - 1) : null,
      implementedById: implementedBy && employeeId(implementedBy),
      implementedAt: implementedBy && at(day),
      dueAt: handling.dueDays === undefined ? null : at(handling.dueDays),
      state: handling.state,
    });
    for (const [position, [member, inFavour]] of Object.entries(handling.votes ?? {}).entries())
      rows.votes.push({
        id: demoId("vot", rows.votes.length + 1),
        applicationId: id,
        memberId: person(member),
        inFavour,
        votedAt: at(day - 2 + position / 24),
      });
    rows.steps.push(
      ...stepsOf(
        "GrantApplication",
        id,
        staffNo,
        historyOf(staffNo, handling, (days) => at(day + days)),
      ),
    );
    addLists(grant, { applicationId: id });
    return id;
  };

  const addGrant = ({ staffNo, grant, kind, contractDays, ended, ...one }: Granted & Former) => {
    if (!grant) return;
    const { id = grantId(staffNo), from = began, changed } = one;
    const grantKind = changed ? "CHANGE" : kind === "VENDOR_STAFF" ? "VENDOR" : "STANDING";
    const applicationId = addApplication({
      staffNo,
      grant,
      kind: grantKind,
      reason: "Default scope of the post",
      validDays: contractDays,
      ...approval(staffNo),
      ...(changed && { changeReason: changed }),
      began: from,
    });
    const given: DemoStep = { action: "give", to: "ACTIVE", by: null, at: at(from) };
    rows.grants.push({
      id,
      granteeId: employeeId(staffNo),
      applicationId,
      kind: grantKind,
      ...scope(grant),
      validFrom: at(from),
      validTo: contractDays === null ? at(twoYears) : startOfDay(at(contractDays)),
      state: ended?.state ?? "ACTIVE",
      endedAt: ended && ended.state !== "SUSPENDED" ? at(ended.days) : null,
      policyVersion: 1,
    });
    addLists(grant, { grantId: id });
    const end = ended ? [{ action: ended.action, to: ended.state, by: null, at: at(ended.days) }] : [];
    rows.steps.push(...stepsOf("Grant", id, staffNo, [given, ...end]));
  };

  [...demoAccounts, ...formerGrants].forEach(addGrant);
  otherApplications.forEach(addApplication);
  changedGrants.forEach(addGrant);
  return rows;
}

type Granted = Pick<(typeof demoAccounts)[number], "staffNo" | "grant" | "kind" | "contractDays">;

/** What is no longer in force; days from the loading. */
interface Former {
  readonly ended?: {
    readonly action: string;
    readonly state: "REVOKED" | "SUSPENDED" | "SUPERSEDED";
    readonly days: number;
  };
  /** Where somebody has had more than one. */
  readonly id?: string;
  readonly from?: number;
  /** Why it took the place of another one. */
  readonly changed?: string;
}

/** Grants of people without a login that are no longer in force. */
const formerGrants: readonly (Granted & Former)[] = [
  {
    ...{ staffNo: "P102", grant: production, kind: "FORMAL", contractDays: null },
    ended: { action: "drop", state: "REVOKED", days: -25 },
  },
  {
    ...{ staffNo: "S103", grant: sales, kind: "FORMAL", contractDays: null },
    ended: { action: "hold", state: "SUSPENDED", days: -3 },
  },
];

export const supersededGrantId = demoId("gra", 20_001);

/** One that gave way to another one, which ended when its holder went. */
const changedGrants: readonly (Granted & Former)[] = [
  {
    ...{ staffNo: "P101", grant: production, kind: "FORMAL", contractDays: null, id: supersededGrantId },
    ended: { action: "supersede", state: "SUPERSEDED", days: -26 },
  },
  {
    ...{ staffNo: "P101", grant: production, kind: "FORMAL", contractDays: null, from: -26 },
    changed: "Plans for the coming season as well",
    ended: { action: "close", state: "REVOKED", days: -4 },
  },
];

export const grantId = (staffNo: string): string => demoId("gra", personNumber(staffNo));

/**
 * Signed by the head, reviewed by adam, implemented by tim: four people, none of whom decides a case of their own. For
 * administration gina reviews, and on its head, for whom she signs, the group decides (rulebook 6-31, 6-32).
 */
function approval(staffNo: string) {
  const person = demoPeople.find((other) => other.staffNo === staffNo)!;
  // Nobody signs for the general manager but the head of administration; tim's own head would sign and implement.
  const signedBy = { gina: "ada", tim: "gina" }[staffNo] ?? headOf(person);
  const ownHouse = person.department === "ADMINISTRATION";
  const byGroup = ownHouse && signedBy === "gina";
  return {
    signedBy,
    reviewedBy: ownHouse && !byGroup ? "gina" : "adam",
    ...(byGroup && { votes: { sue: true, tess: true, mona: true }, decidedBy: "pia" }),
    implementedBy: staffNo === "tim" ? "tess" : "tim",
    decision: "APPROVE",
    reviewerNotes: "As the post needs it; within the ceiling.",
    state: "IMPLEMENTED",
  } as const;
}

/** What happened to an application so far, counted in days from when it was, or would be, implemented. */
function historyOf(
  staffNo: string,
  { signedBy, reviewedBy, implementedBy, decidedBy, decision, reviewerNotes, votes, state }: Handling,
  at: Calendar,
): DemoStep[] {
  const head = signedBy ?? headOf(demoPeople.find((other) => other.staffNo === staffNo)!);
  const steps: DemoStep[] = [{ action: "apply", to: "DRAFT", by: employeeId(head), at: at(-5) }];
  if (signedBy)
    steps.push({ action: "submit", to: "SUBMITTED", by: employeeId(signedBy), at: at(-4), seat: "signer" });
  if (reviewedBy && decision) {
    const by = { by: employeeId(reviewedBy), at: at(-3), seat: "reviewer", note: reviewerNotes ?? null };
    const reviewed = decidedBy ? "ESCALATE" : decision;
    steps.push({ action: reviewed.toLowerCase(), to: stateAfter[reviewed], ...by });
  }
  for (const [position, member] of Object.keys(votes ?? {}).entries())
    steps.push({ action: "vote", to: "ESCALATED", by: employeeId(member), at: at(-2 + position / 24) });
  if (decidedBy && decision)
    steps.push({
      action: "decide",
      to: stateAfter[decision],
      by: employeeId(decidedBy),
      at: at(-1),
      seat: "recorder",
    });
  if (state === "WITHDRAWN")
    steps.push({ action: "withdraw", to: "WITHDRAWN", by: employeeId(head), at: at(-3.5) });
  if (implementedBy)
    steps.push({
      action: "implement",
      to: "IMPLEMENTED",
      by: employeeId(implementedBy),
      at: at(0),
      seat: "implementer",
    });
  return steps;
}

type Handling = Omit<Application, "grant" | "kind" | "reason" | "validDays" | "staffNo">;

const stateAfter = {
  APPROVE: "APPROVED",
  REJECT: "REJECTED",
  RETURN: "RETURNED",
  ESCALATE: "ESCALATED",
} as const;

/** Contracts end on a day, and what depends on them with it. */
const startOfDay = (instant: Date): Date => new Date(instant.toISOString().slice(0, 10));
