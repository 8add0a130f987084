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
  const personal = !policy.exemptFromPersonalConditions.includes(caller.kind);
  return (
    (conditions.device
      ? failedUse(caller, ({ custodianId }) => custodianId === caller.id, reasons.deviceNotYours)
      : null) ??
    failedAddress(caller, conditions.address) ??
    (conditions.training && personal && !isTrained(caller) ? reasons.trainingRequired : null) ??
    (conditions.commitment && personal ? failedCommitment(caller) : null)
  );
}

/** Outsiders who come to read a dossier consult it, and are granted nothing (rulebook 3.2). */
export const isVisitor = ({ kind }: Pick<Caller, "kind">): boolean => kind === "VISITOR";

/**
 * Visitors have no device, training or commitment of their own: they read at the desk, whatever else a deployment
 * enforces.
 */
const failedAtDesk = (caller: Caller, { address }: Policy["conditions"]): Reason | null =>
  failedUse(caller, ({ custodianDepartment }) => custodianDepartment === desk, reasons.deviceNotAtDesk) ??
  failedAddress(caller, address);

const failedAddress = (caller: Caller, enforced: boolean): Reason | null =>
  enforced && !isAtRegisteredAddress(caller) ? reasons.addressMismatch : null;

/** Whatever a grant says, it ends with the contract (rulebook 3.2). */
const contractEnded = ({ contractEndsAt, now }: Caller): boolean =>
  contractEndsAt !== null && contractEndsAt <= now;

/** A registered customer-list device in use, in the hands that it takes. */
function failedUse(
  { device }: Caller,
  inTheRightHands: (device: CallerDevice) => boolean,
  otherHands: Reason,
): Reason | null {
  if (!device?.isCustomerListDevice) return reasons.deviceUnregistered;
  if (!inTheRightHands(device)) return otherHands;
  return device.state === "IN_USE" ? null : reasons.deviceNotInUse;
}

/** A device without an address and a request from nowhere do not meet: where nothing is registered nothing is proved. */
const isAtRegisteredAddress = ({ device, address }: Caller): boolean =>
  address !== null && device !== null && device.ipAddress === address;

/** All three topics passed and unexpired, in one record or in several (S000-4.2a). */
function isTrained({ trainings, now }: Caller): boolean {
  const passed = trainings.filter((training) => training.passed && training.expiresAt > now);
  return topics.every((topic) => passed.some((training) => training.topics.includes(topic)));
}

/** Staff sign a commitment, external people an agreement (S001-P3-11). */
function failedCommitment({ kind, commitments, now }: Caller): Reason | null {
  const demanded = external.includes(kind) ? "NDA" : "STAFF";
  const inForce = commitments.some(
    (one) => one.kind === demanded && one.signedAt <= now && (one.validTo === null || one.validTo > now),
  );
  if (inForce) return null;
  return demanded === "NDA" ? reasons.agreementRequired : reasons.commitmentRequired;
}
