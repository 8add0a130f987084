import { StartError } from "../../errors.js";
import { keptOfDemo } from "../../people/device-credential.js";
import { hashPassword, type PasswordCost } from "../../people/password.js";
import type { Database, Prisma } from "../client.js";
import { demoAccounts } from "./accounts.js";
import { allocationRows } from "./allocation-rows.js";
import { appealRows } from "./appeal-rows.js";
import { type Calendar, calendarFrom } from "./calendar.js";
import { consultationRows } from "./consultation-rows.js";
import { correctionRows } from "./correction-rows.js";
import { declarationRows } from "./declaration-rows.js";
import { demoDepartments } from "./departments.js";
import { deviceCopyRows } from "./device-copy-rows.js";
import { deviceLifeRows } from "./device-life-rows.js";
import { credentialRows, deviceRows, deviceSteps } from "./device-rows.js";
import { disclosureDelayRows } from "./disclosure-delay-rows.js";
import { disclosureRows } from "./disclosure-rows.js";
import { disposalRows } from "./disposal-rows.js";
import { emergencyRows } from "./emergency-rows.js";
import { faultRows } from "./fault-rows.js";
import { grantRows } from "./grant-rows.js";
import { historyRows } from "./history-rows.js";
import { demoId } from "./id.js";
import { incidentRows } from "./incident-rows.js";
import { loanRows } from "./loan-rows.js";
import { maintenanceRows } from "./maintenance-rows.js";
import { needAssessmentRows } from "./need-assessment-rows.js";
import { objectionRows } from "./objection-rows.js";
import { offboardingRows } from "./offboarding-rows.js";
import { employeeId } from "./people.js";
import { commitmentRows, employeeRows, roleRows } from "./people-rows.js";
import { insertPolicies, policyRows } from "./policy-rows.js";
import { procurementRows } from "./procurement-rows.js";
import { purposeStatementRows } from "./purpose-statement-rows.js";
import { demoPurposes } from "./purposes.js";
import { readSampleRows } from "./read-sample-rows.js";
import { recertificationRows } from "./recertification-rows.js";
import { renewalRows } from "./renewal-rows.js";
import { scrapRows } from "./scrap-rows.js";
import { secretReviewRows } from "./secret-review-rows.js";
import { softwareRows } from "./software-rows.js";
import { staffRequestRows } from "./staff-request-rows.js";
import { stockTakeRows } from "./stock-take-rows.js";
import { trainingRows } from "./training-rows.js";

export interface DemoOptions {
  /** The instant that all dates of the demo organisation count from. */
  readonly now: Date;
  /** The secret of the data folder, which the device credentials are derived from. */
  readonly secret: Buffer;
  /** How many customers to generate. */
  readonly customers?: number;
  /** What a hash of a password costs; less in tests. */
  readonly passwordCost?: PasswordCost;
  /** Is told how many of the generated customers are written. */
  readonly onProgress?: (customers: number) => void;
}

/** How many customers are generated beside the named ones, unless somebody wants another number. */
export const usualCustomers = 2_000;

/** Until the transaction ends, nobody else loads anything of the demo. */
export const lockDemo = (db: Prisma.TransactionClient) =>
  db.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(${0x7e_de_30})`;

/** Has the demo organisation been loaded here, with its well-known passwords? */
export const isDemo = async (db: Pick<Database, "login">): Promise<boolean> =>
  (await db.login.count({ where: { employeeId: { in: demoLogins } } })) > 0;

const demoLogins = demoAccounts.map(({ staffNo }) => employeeId(staffNo));

/** Is there nobody yet who could sign in, and no customer? */
export const isEmpty = async (db: Pick<Database, "employee" | "customer">): Promise<boolean> =>
  !(await db.employee.findFirst({ select: { id: true } })) &&
  !(await db.customer.findFirst({ select: { id: true } }));

/**
 * Loads the demo organisation into an empty database, whole or not at all; where it is already, nothing happens. The
 * same `now`, the same rows (but for the salts of the passwords). Throws StartError where other data is.
 */
export async function loadDemo(db: Database, options: DemoOptions): Promise<void> {
  if (await isDemo(db)) return;
  const logins = await loginRows(options.passwordCost);
  await db.$transaction((tx) => load(tx, logins, options), { timeout: 120_000, maxWait: 10_000 });
}

/** Two hashes at a time: each takes memory that the process keeps. */
async function loginRows(cost?: PasswordCost): Promise<Prisma.LoginCreateManyInput[]> {
  const rows: Prisma.LoginCreateManyInput[] = [];
  const remaining = demoAccounts.values();
  const hashAll = async () => {
    for (const { staffNo, password } of remaining) {
      rows.push({ employeeId: employeeId(staffNo), passwordHash: await hashPassword(password, cost) });
    }
  };
  await Promise.all([hashAll(), hashAll()]);
  return rows;
}

async function load(
  db: Prisma.TransactionClient,
  logins: Prisma.LoginCreateManyInput[],
  { now, secret, customers = usualCustomers, onProgress }: DemoOptions,
): Promise<void> {
  await lockDemo(db);
  // Another process may have loaded it meanwhile.
  if (await isDemo(db)) return;
  if (!(await isEmpty(db))) {
    throw new StartError("The database is not empty: the demo organisation goes into an empty one only.");
  }
  const at = calendarFrom(now);
  await loadOrganisation(db, at, secret);
  await loadCustomers(db, at, customers, onProgress);
  await loadGrants(db, at);
  await db.login.createMany({ data: logins });
}

/** Everybody but the customers' own logins, who come when there are customers. */
async function loadOrganisation(db: Prisma.TransactionClient, at: Calendar, secret: Buffer): Promise<void> {
  await db.department.createMany({
    data: demoDepartments.map((department, position) => ({ id: demoId("dep", position + 1), ...department })),
  });
  await db.purpose.createMany({
    data: demoPurposes.map(({ owner, ...purpose }, position) => ({
      id: demoId("pur", position + 1),
      ownerDepartment: owner,
      ...purpose,
    })),
  });
  await db.employee.createMany({ data: employeeRows(at).filter(({ customerId }) => !customerId) });
  await db.employeeRole.createMany({ data: roleRows() });
  await db.confidentialityCommitment.createMany({ data: commitmentRows(at) });
  const procurements = procurementRows(at);
  const needs = needAssessmentRows(at, { procurementsBefore: procurements.rows.length });
  await db.needAssessment.createMany({ data: needs.rows });
  await db.procurement.createMany({ data: [...procurements.rows, ...needs.procurements] });
  await db.quote.createMany({ data: procurements.quotes });
  await db.configLine.createMany({ data: procurements.lines });
  await db.acceptance.createMany({ data: procurements.acceptances });
  await db.acceptanceLine.createMany({ data: procurements.found });
  const allocated = allocationRows(at);
  await db.device.createMany({
    data: [...deviceRows(at), ...deviceLifeRows(at).rows, ...allocated.devices],
  });
  await db.allocation.createMany({ data: allocated.rows });
  await db.deviceShare.createMany({ data: allocated.shares });
  await db.fault.createMany({ data: faultRows(at).rows });
  await db.maintenanceTask.createMany({ data: maintenanceRows(at).rows });
  const stockTakes = stockTakeRows(at);
  await db.stockTake.createMany({ data: stockTakes.rows });
  await db.stockTakeLine.createMany({ data: stockTakes.lines });
  await db.violation.createMany({ data: stockTakes.violations });
  const installations = softwareRows(at);
  await db.knownSoftware.createMany({ data: installations.software });
  await db.installRequest.createMany({ data: installations.requests });
  await db.deviceCredential.createMany({
    data: await credentialRows(at, (deviceNo) => keptOfDemo(secret, deviceNo)),
  });
}

async function loadCustomers(
  db: Prisma.TransactionClient,
  at: Calendar,
  count: number,
  onProgress?: (customers: number) => void,
): Promise<void> {
  // Names by the thousand: not for the starts that find everything loaded.
  const [{ namedCustomers }, { disposedCustomers }, { generatedCustomers }, { insertCustomers }] =
    await Promise.all([
      import("./named-customers.js"),
      import("./disposed-customers.js"),
      import("./generated-customers.js"),
      import("./customer-records.js"),
    ]);
  await insertCustomers(db, [...namedCustomers(at), ...disposedCustomers(at)]);
  for (const batch of generatedCustomers({ from: 1, to: count, at })) {
    await insertCustomers(db, batch.records);
    onProgress?.(batch.last);
  }
  await db.employee.createMany({ data: employeeRows(at).filter(({ customerId }) => customerId) });
}

async function loadGrants(db: Prisma.TransactionClient, at: Calendar): Promise<void> {
  const { applications, grants, classes, customers, votes, steps } = grantRows(at);
  const declarations = declarationRows(at);
  const leaving = offboardingRows(at);
  const recertifications = recertificationRows(at);
  const emergencies = emergencyRows(at);
  const handedOut = disclosureRows(at);
  // pat's change form is what the appeal for it led to.
  const opened = applications.find(
    ({ employeeId: of, state }) => of === employeeId("pat") && state === "DRAFT",
  );
  const appeals = appealRows(at, { votesBefore: votes.length, openedId: opened!.id });
  await db.grantApplication.createMany({ data: applications });
  await db.grant.createMany({ data: grants });
  await db.grantClass.createMany({ data: classes });
  await db.grantCustomer.createMany({ data: customers });
  await db.appeal.createMany({ data: appeals.rows });
  const policies = policyRows(at, { votesBefore: votes.length + appeals.votes.length });
  await insertPolicies(db, policies.rows);
  await db.groupVote.createMany({ data: [...votes, ...appeals.votes, ...policies.votes] });
  await db.sensitiveUse.createMany({ data: declarations.rows });
  await db.sensitiveUseCustomer.createMany({ data: declarations.customers });
  await db.sensitiveUseRecord.createMany({ data: declarations.records });
  await db.offboarding.createMany({ data: leaving.rows });
  await db.handoverLine.createMany({ data: leaving.lines });
  const [consultations, loans] = [consultationRows(at), loanRows(at)];
  await db.consultation.createMany({ data: consultations.rows });
  await db.loan.createMany({ data: loans.rows });
  await db.recertification.createMany({ data: recertifications.rows });
  await db.grant.createMany({ data: emergencies.grants });
  await db.grantClass.createMany({ data: emergencies.granted });
  await db.grantCustomer.createMany({ data: emergencies.customers });
  await db.emergencyAccess.createMany({ data: emergencies.rows });
  await db.externalDisclosure.createMany({ data: handedOut.disclosures });
  const kept = deviceCopyRows(at, { requestsBefore: handedOut.copies.length });
  await db.copyRequest.createMany({ data: [...handedOut.copies, ...kept.requests] });
  await db.deviceCopy.createMany({ data: kept.rows });
  const [corrections, disposals] = [correctionRows(at), disposalRows(at)];
  await db.correctionRequest.createMany({ data: corrections.rows });
  await db.disposal.createMany({ data: disposals.rows });
  await db.disposalCustomer.createMany({ data: disposals.customers });
  await db.purposeStatement.createMany({ data: purposeStatementRows(at) });
  await db.disclosureDelay.createMany({ data: disclosureDelayRows(at) });
  await db.readSample.createMany({ data: readSampleRows(at) });
  const objections = objectionRows(at);
  await db.objection.createMany({ data: objections.rows });
  const procurements = procurementRows(at);
  const needs = needAssessmentRows(at, { procurementsBefore: procurements.rows.length });
  const [incidents, scraps] = [incidentRows(at), scrapRows(at)];
  await db.incident.createMany({ data: incidents.rows });
  await db.scrapSheet.createMany({ data: scraps.rows });
  const [reviews, renewals] = [secretReviewRows(at), renewalRows(at)];
  await db.secretReview.createMany({ data: reviews.rows });
  await db.renewalPlan.createMany({ data: renewals.rows });
  const trainings = trainingRows(at);
  await db.trainingSession.createMany({ data: trainings.rows });
  await db.trainingRecord.createMany({ data: trainings.records });
  const asked = staffRequestRows(at);
  await db.staffRequest.createMany({ data: asked.rows });
  const forms = [
    ...[declarations, leaving, consultations, loans],
    ...[recertifications, emergencies, handedOut, appeals],
    ...[corrections, disposals, policies, procurements, needs],
    ...[incidents, scraps, trainings, reviews, renewals, kept, asked, objections],
  ];
  const faults = faultRows(at);
  const [stockTakes, installations] = [stockTakeRows(at), softwareRows(at)];
  const devices = [
    ...[...deviceSteps(at), ...deviceLifeRows(at).steps, ...allocationRows(at).steps],
    ...[...faults.steps, ...maintenanceRows(at).steps, ...stockTakes.steps, ...installations.steps],
  ];
  await db.formEvent.createMany({
    data: historyRows([...devices, ...steps, ...forms.flatMap((form) => form.steps)]),
  });
  const year = at(0).getUTCFullYear();
  await db.formCounter.createMany({
    data: [
      { prefix: "A", year, last: applications.length },
      { prefix: "O", year, last: leaving.rows.length },
      { prefix: "E", year, last: emergencies.rows.length },
      { prefix: "C", year, last: consultations.rows.length },
      { prefix: "L", year, last: loans.rows.length },
      { prefix: "D", year, last: handedOut.disclosures.length },
      { prefix: "K", year, last: handedOut.copies.length + kept.requests.length },
      { prefix: "Y", year, last: kept.rows.length },
      { prefix: "P", year, last: appeals.rows.length },
      { prefix: "B", year, last: corrections.rows.length },
      { prefix: "V", year, last: disposals.rows.length },
      { prefix: "T", year, last: policies.rows.length },
      { prefix: "W", year, last: procurements.rows.length + needs.procurements.length },
      { prefix: "NA", year, last: needs.rows.length },
      { prefix: "F", year, last: faults.rows.length },
      { prefix: "I", year, last: incidents.rows.length },
      { prefix: "X", year, last: scraps.rows.length },
      { prefix: "TR", year, last: trainings.rows.length },
      { prefix: "SR", year, last: reviews.rows.length },
      { prefix: "RN", year, last: renewals.rows.length },
      { prefix: "ST", year, last: stockTakes.rows.length },
      { prefix: "VN", year, last: stockTakes.violations.length },
      { prefix: "SQ", year, last: asked.rows.length },
      { prefix: "OB", year, last: objections.rows.length },
      { prefix: "IR", year, last: installations.requests.length },
    ],
  });
}
