import type { Clock } from "../clock.js";
import { demoAccounts } from "../database/demo/accounts.js";
import { StartError } from "../errors.js";
import { issueAccessToken } from "./access-token.js";
import { demoCredential, demoKey } from "./device-credential.js";
import { loadSecret } from "./secret.js";
import { signProof } from "./sign-proof.js";
import { loadSigningKeys } from "./signing-keys.js";

export interface DemoHeadersRequest {
  readonly staffNo: string;
  /** Another device than the one that the account asks from; null for none. */
  readonly device?: string | null;
  /** Another purpose than the account's first. */
  readonly purpose?: string;
  /** Where the one request goes that the device is to sign, in place of sending its secret. */
  readonly signedFor?: string;
}

/** Seconds that the token lives: long enough to try things out. */
const lifetime = 7 * 24 * 3600;

/**
 * The headers that tell who is asking, for a demo account, made of what is in the data folder alone. One that the
 * account has nothing to fill with is left out. Throws StartError for an unknown account.
 */
export async function demoHeaders(
  dataDir: string,
  clock: Clock,
  { staffNo, device, purpose, signedFor }: DemoHeadersRequest,
): Promise<Record<string, string>> {
  const account = demoAccounts.find((known) => known.staffNo === staffNo);
  if (!account) {
    const known = demoAccounts.map((one) => one.staffNo).join(", ");
    throw new StartError(`No demo account is called ${JSON.stringify(staffNo)}; there are ${known}`);
  }
  const [secret, keys] = await Promise.all([loadSecret(dataDir), loadSigningKeys(dataDir)]);
  const { token } = await issueAccessToken({ keys, clock }, { staffNo }, lifetime);
  const deviceNo = device === undefined ? account.asksFrom : device;
  const statedPurpose = purpose ?? account.purpose;
  return {
    authorization: `Bearer ${token}`,
    ...(deviceNo &&
      (signedFor === undefined
        ? { "device-credential": demoCredential(secret, deviceNo) }
        : { dpop: await signProof(demoKey(secret, deviceNo), { url: signedFor, token, now: clock.now() }) })),
    ...(statedPurpose && { "access-purpose": statedPurpose }),
  };
}
