import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomBytes } from "node:crypto";
import { calculateJwkThumbprint } from "jose";
import { storedThumbprint } from "./device-key.js";
import { derive } from "./secret.js";

/** What is kept of a device credential: its SHA-256 in hexadecimal. A credential is random, so no salt is needed. */
export const hashCredential = (credential: string): string =>
  createHash("sha256").update(credential).digest("hex");

/** A new credential: 256 random bits, to be told once. */
export const newCredential = (): string => randomBytes(32).toString("base64url");

/** The credential of a demo device, `D1` …: always the same on one data folder, so that it need not be stored. */
export const demoCredential = (secret: Buffer, deviceNo: string): string =>
  derive(secret, `device-credential ${deviceNo}`).toString("base64url");

/** What comes before the 32 bytes of a private Ed25519 key (RFC 8410, 7). */
const beforeKey = Buffer.from("302e020100300506032b657004220420", "hex");

/** The private key of a demo device: like its credential, always the same on one data folder. */
export const demoKey = (secret: Buffer, deviceNo: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([beforeKey, derive(secret, `device-key ${deviceNo}`)]),
    format: "der",
    type: "pkcs8",
  });

/** What is kept of both. */
export const keptOfDemo = async (secret: Buffer, deviceNo: string) =>
  [
    { kind: "BEARER", credentialHash: hashCredential(demoCredential(secret, deviceNo)) },
    {
      kind: "KEY",
      credentialHash: storedThumbprint(
        await calculateJwkThumbprint(createPublicKey(demoKey(secret, deviceNo))),
      ),
    },
  ] as const;
