import { timingSafeEqual } from "node:crypto";
import type { Clock } from "../clock.js";
import { type CredentialKind, type Database, Prisma } from "../database/client.js";
import { refusal } from "../errors.js";
import { hashCredential, newCredential } from "../people/device-credential.js";
import {
  type DeviceKey,
  isUsable,
  readDeviceKey,
  storedThumbprint,
  thumbprintOf,
} from "../people/device-key.js";
import { line } from "../reading/form-readers.js";
import { revokeCredentials } from "./credentials.js";
import type { DeviceKeyInput, EnrolDeviceInput } from "./enrolment.input.js";
import type { Enrolled } from "./enrolment.payload.js";
import { hashCode } from "./enrolment-code.js";
import { lockDevice } from "./lock-device.js";
import { enrolable } from "./open-enrolment.js";

/** What enrolling needs of a request: nobody has to be signed in. */
export interface EnrolContext {
  readonly db: Database;
  readonly clock: Clock;
}

/**
 * Codes that are tried for one enrolment; then it takes another one. Few enough for 60 bits, and too many to be used up
 * by somebody who only wants to keep a device out.
 */
const attemptLimit = 100;

/**
 * Enrols the device that is asking: by its own key, or by a secret that is told here once. What proved it before does so
 * no more. Nothing is read but the register, and nothing told but what the device has to keep. Refuses UNAUTHENTICATED, in
 * the same words, whether the device is unknown, no enrolment is open, or the code is wrong, used, ended or revoked;
 * BAD_USER_INPUT for a key that is none, DUPLICATE for one that was enrolled before.
 */
export async function enrolDevice(
  { db, clock }: EnrolContext,
  { deviceNo, code, publicKey }: EnrolDeviceInput,
): Promise<Enrolled> {
  const now = clock.now();
  const key = publicKey ? await readKey(publicKey) : null;
  const codeHash = hashCode(code);
  const proof = key ? await keyed(key) : secret();
  const deviceId = await tryCode(db, deviceNo, codeHash, now);
  const enrolled =
    deviceId !== null &&
    (await db.$transaction(async (tx) => {
      const device = await lockDevice(tx, deviceId);
      if (!device.deviceNo || !enrolable.includes(device.state)) return null;
      // The clock of the server that opened it may be ahead.
      const count = await tx.$executeRaw`
        UPDATE "DeviceEnrolment" SET "usedAt" = greatest(${now}, "openedAt")
        WHERE "codeHash" = ${codeHash} AND "usedAt" IS NULL AND "revokedAt" IS NULL AND "expiresAt" > ${now}`;
      if (count === 0) return null;
      await revokeCredentials(tx, [deviceId], now);
      await tx.deviceCredential
        .create({ data: { ...proof.kept, deviceId, issuedAt: now } })
        .catch(whyNotKept);
      return { deviceNo: device.deviceNo, ...proof.told };
    }));
  if (enrolled) return enrolled;
  throw refusal("UNAUTHENTICATED", {
    reason: "Device and code do not belong together, or the code is not good any more.",
    needs: `the right code, within its time; after ${attemptLimit} that are wrong, another one`,
    request: "openDeviceEnrolment",
  });
}

interface Proof {
  readonly kept: { readonly kind: CredentialKind; readonly credentialHash: string };
  readonly told: Omit<Enrolled, "deviceNo">;
}

async function keyed(key: DeviceKey): Promise<Proof> {
  const thumbprint = await thumbprintOf(key);
  return {
    kept: { kind: "KEY", credentialHash: storedThumbprint(thumbprint) },
    told: { credential: null, thumbprint },
  };
}

function secret(): Proof {
  const credential = newCredential();
  return {
    kept: { kind: "BEARER", credentialHash: hashCredential(credential) },
    told: { credential, thumbprint: null },
  };
}

async function readKey({ kty, crv, x, y }: DeviceKeyInput): Promise<DeviceKey> {
  const key = readDeviceKey({ kty, crv, x, y });
  if (key && (await isUsable(key))) return key;
  throw refusal("BAD_USER_INPUT", {
    inputPath: "input.publicKey",
    reason: "It is not a public key of the curve P-256 or Ed25519.",
  });
}

/**
 * The device whose open enrolment has this code. The attempt is counted before the code is looked at, so that no number
 * of attempts at once tries more codes than the limit.
 *
 * The count does not wait for the disk: that wait would tell the devices that wait for a code from the others.
 */
async function tryCode(db: Database, deviceNo: string, codeHash: string, now: Date): Promise<string | null> {
  const [open] = await db.$queryRaw<{ deviceId: string; codeHash: string }[]>`
    WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
    UPDATE "DeviceEnrolment" e SET "attempts" = e."attempts" + 1
    FROM "Device" d, quick
    WHERE d."deviceNo" = ${writtenAs(deviceNo, now)} AND e."deviceId" = d."id"
      AND e."usedAt" IS NULL AND e."revokedAt" IS NULL AND e."expiresAt" > ${now}
      AND e."attempts" < ${attemptLimit}
    RETURNING e."deviceId", e."codeHash"`;
  const expected = Buffer.from(open?.codeHash ?? "0".repeat(64), "hex");
  const isRight = timingSafeEqual(expected, Buffer.from(codeHash, "hex"));
  return open && isRight ? open.deviceId : null;
}

/** A device's number as the register has it; none: what no device has. */
function writtenAs(deviceNo: string, now: Date): string {
  const read = line(64)(deviceNo, now);
  return "value" in read ? read.value : "";
}

/** Two devices never have one key, nor does one come back to a key that it gave up. */
function whyNotKept(error: unknown): never {
  const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
  if (!taken) throw error;
  throw refusal("DUPLICATE", {
    inputPath: "input.publicKey",
    reason: "The key was enrolled before.",
    needs: "a key pair that the device has made for this enrolment",
  });
}
