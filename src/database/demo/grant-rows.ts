import type { Prisma } from "../client.js";
import type { DemoGrant } from "./account.js";
import { demoAccounts } from "./accounts.js";
import { type Application, otherApplications } from "./applications.js";
import type { Calendar } from "./calendar.js";
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
}

/** Every grant with the implemented application that it came from, and the applications that are still on their way. */
export function grantRows(at: Calendar): GrantRows {
  const rows: GrantRows = { applications: [], grants: [], classes: [], customers: [] };
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
    const { signedBy = null, reviewedBy = null, implementedBy = null } = handling;
    const id = demoId("app", number);
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
      signedAt: signedBy && at(began - 4),
      reviewedById: reviewedBy && employeeId(reviewedBy),
      reviewedAt: reviewedBy && at(began - 3),
      decision: handling.decision ?? null,
      reviewerNotes: handling.reviewerNotes ?? null,
      implementedById: implementedBy && employeeId(implementedBy),
      implementedAt: implementedBy && at(began),
      state: handling.state,
    });
    addLists(grant, { applicationId: id });
    return id;
  };

  for (const { staffNo, grant, kind, contractDays } of demoAccounts) {
    if (!grant) continue;
    const grantKind = kind === "VENDOR_STAFF" ? "VENDOR" : "STANDING";
    const applicationId = addApplication({
      staffNo,
      grant,
      kind: grantKind,
      reason: "Default scope of the post",
      validDays: contractDays,
      ...approval(staffNo),
    });
    rows.grants.push({
      id: grantId(staffNo),
      granteeId: employeeId(staffNo),
      applicationId,
      kind: grantKind,
      ...scope(grant),
      validFrom: at(began),
      validTo: contractDays === null ? at(twoYears) : startOfDay(at(contractDays)),
      state: "ACTIVE",
      policyVersion: 1,
    });
    addLists(grant, { grantId: grantId(staffNo) });
  }
  otherApplications.forEach(addApplication);
  return rows;
}

export const grantId = (staffNo: string): string => demoId("gra", personNumber(staffNo));

/** Signed by the head, reviewed by adam, implemented by tim: four people, none of whom decides a case of their own. */
function approval(staffNo: string) {
  const person = demoPeople.find((other) => other.staffNo === staffNo)!;
  // Nobody signs for the general manager but the head of administration; tim's own head would sign and implement.
  const signedBy = { gina: "ada", tim: "gina" }[staffNo] ?? headOf(person);
  const ownHouse = person.department === "ADMINISTRATION" && signedBy !== "gina";
  return {
    signedBy,
    reviewedBy: ownHouse ? "gina" : "adam",
    implementedBy: staffNo === "tim" ? "tess" : "tim",
    decision: "APPROVE",
    reviewerNotes: "As the post needs it; within the ceiling.",
    state: "IMPLEMENTED",
  } as const;
}

/** Contracts end on a day, and what depends on them with it. */
const startOfDay = (instant: Date): Date => new Date(instant.toISOString().slice(0, 10));
