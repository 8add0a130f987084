import { createPublicKey, type KeyObject, randomUUID } from "node:crypto";
import { exportJWK, SignJWT } from "jose";
import { hashOfToken } from "./device-proof.js";

/** The proof (RFC 9449) that an Ed25519 key signs for one POST with an access token: the device's side of it. */
export const signProof = async (
  key: KeyObject,
  { url, token, now }: { readonly url: string; readonly token: string; readonly now: Date },
): Promise<string> =>
  new SignJWT({ htm: "POST", htu: url, ath: hashOfToken(token) })
    .setProtectedHeader({ typ: "dpop+jwt", alg: "EdDSA", jwk: await exportJWK(createPublicKey(key)) })
    .setJti(randomUUID())
    .setIssuedAt(Math.floor(now.getTime() / 1000))
    .sign(key);
