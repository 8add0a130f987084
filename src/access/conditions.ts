import type { Caller, CallerDevice } from "./caller.js";
import type { Policy } from "./policy.js";
import { type Reason, reasons } from "./reasons.js";

const topics = ["FUNCTIONS", "QUERY_ENTRY", "DATA_PROTECTION"];
const external = ["PARTNER", "AGENCY", "VENDOR_STAFF"];

/** Whose devices visitors read at, and who looks after them there (S004-P5-18.4). */
const desk = "CUSTOMER_SERVICE";

/** What nobody's look does without, customers' own included. Answers with the first that fails, or null. */
export function failedForAnybody(caller: Caller, policy: Policy): Reason | null {
  if (policy.insteadOfUnread) return reasons.policyUnread;
  return caller.status !== "ACTIVE" || contractEnded(caller) ? reasons.notActive : null;
}

/**
 * The base conditions of every staff cell that do not depend on a grant (rulebook 3.3: d, t, n),
 * in the decision order of 3.4. Answers with the first that fails, or null.
 */
export function failedBaseCondition(caller: Caller, policy: Policy): Reason | null {
  const failed = failedForAnybody(caller, policy);
  if (failed) return failed;
  const { conditions } = policy;
  if (isVisitor(caller)) return failedAtDesk(caller, conditions);
  const personal = !isExempt(caller, policy);
  return (
    (conditions.device
      ? failedUse(caller, conditions, ({ custodianId }) => custodianId === caller.id, reasons.deviceNotYours)
      : null) ??
    failedUpkeep(caller, conditions) ??
    failedAddress(caller, conditions.address) ??
    (conditions.training && personal && !isTrained(caller) ? reasons.trainingRequired : null) ??
    (conditions.commitment && personal ? failedCommitment(caller) : null)
  );
}

/** What keeps a caller from customer data, whatever opens it. Customers read their own from anywhere. */
export const failedForCustomerData = (caller: Caller, policy: Policy): Reason | null =>
  caller.kind === "CUSTOMER" ? failedForAnybody(caller, policy) : failedBaseCondition(caller, policy);

/**
 * What keeps a caller from everything that is classified, whatever their clearance: the device has not been reviewed for
 * it, or whoever runs the device has not been trained for it (S004-P4-15). Null: nothing does.
 */
export function failedForClassified(caller: Caller, policy: Policy): Reason | null {
  const { device, now } = caller;
  if (!policy.conditions.review) return null;
  if (!device?.classified || device.secretReviewedAt === null || device.secretReviewedAt > now)
    return reasons.deviceNotReviewed;
  return isExempt(caller, policy) || isRunByTrained(caller, device) ? null : reasons.secretPostRequired;
}

/** Visitors read at a device that its custodian runs; everybody else runs their own. */
function isRunByTrained(caller: Caller, { custodianSecretPostUntil }: CallerDevice): boolean {
  if (isVisitor(caller)) return custodianSecretPostUntil !== null && custodianSecretPostUntil > caller.now;
  return passedTrainings(caller).some(({ kind }) => kind === "SECRET_POST");
}

const isExempt = ({ kind }: Caller, { exemptFromPersonalConditions }: Policy): boolean =>
  exemptFromPersonalConditions.includes(kind);

/** Outsiders who come to read a dossier consult it, and are granted nothing (rulebook 3.2). */
export const isVisitor = ({ kind }: Pick<Caller, "kind">): boolean => kind === "VISITOR";

/**
 * Visitors have no device, training or commitment of their own: they read at the desk, whatever else a deployment
 * enforces.
 */
const failedAtDesk = (caller: Caller, conditions: Policy["conditions"]): Reason | null =>
  failedUse(
    caller,
    conditions,
    ({ custodianDepartment }) => custodianDepartment === desk,
    reasons.deviceNotAtDesk,
  ) ??
  failedUpkeep(caller, conditions) ??
  failedAddress(caller, conditions.address);

const failedAddress = (caller: Caller, enforced: boolean): Reason | null =>
  enforced && !isAtRegisteredAddress(caller) ? reasons.addressMismatch : null;

/** Whatever a grant says, it ends with the contract (rulebook 3.2). */
const contractEnded = ({ contractEndsAt, now }: Caller): boolean =>
  contractEndsAt !== null && contractEndsAt <= now;

/** A registered customer-list device in use, in the hands that it takes. */
function failedUse(
  { device }: Caller,
  { deviceKey }: Policy["conditions"],
  inTheRightHands: (device: CallerDevice) => boolean,
  otherHands: Reason,
): Reason | null {
  if (!device?.isCustomerListDevice) return reasons.deviceUnregistered;
  if (deviceKey && device.provedBy !== "KEY") return reasons.deviceUnsigned;
  // What is lost or gone is in nobody's hands any more.
  if (device.state !== "IN_USE") return reasons.deviceNotInUse;
  return inTheRightHands(device) ? null : otherHands;
}

/** What is overdue by its date is overdue, whether or not a clock has looked. */
function failedUpkeep(
  { device, now }: Caller,
  { stockTake, maintenance }: Policy["conditions"],
): Reason | null {
  const isOver = (dueAt: Date | null | undefined): boolean => !!dueAt && dueAt <= now;
  if (stockTake && isOver(device?.stockTakeDueAt)) return reasons.stockTakeOverdue;
  return maintenance && isOver(device?.nextMaintenanceAt) ? reasons.maintenanceOverdue : null;
}

/** A device without an address and a request from nowhere do not meet: where nothing is registered nothing is proved. */
const isAtRegisteredAddress = ({ device, address }: Caller): boolean =>
  address !== null && device !== null && device.ipAddress === address;

/** All three topics passed and unexpired, in one record or in several (S000-4.2a). */
export const isTrained = (caller: Pick<Caller, "trainings" | "now">): boolean =>
  topics.every((topic) => passedTrainings(caller).some((training) => training.topics.includes(topic)));

const passedTrainings = ({ trainings, now }: Pick<Caller, "trainings" | "now">): Caller["trainings"] =>
  trainings.filter(({ passed, expiresAt }) => passed && expiresAt > now);

/** Staff sign a commitment, external people an agreement (S001-P3-11). */
function failedCommitment({ kind, commitments, now }: Caller): Reason | null {
  const demanded = external.includes(kind) ? "NDA" : "STAFF";
  const inForce = commitments.some(
    (one) => one.kind === demanded && one.signedAt <= now && (one.validTo === null || one.validTo > now),
  );
  if (inForce) return null;
  return demanded === "NDA" ? reasons.agreementRequired : reasons.commitmentRequired;
}
