import type { JsonWebKey } from "node:crypto";
import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";

/** A key pair of a device, and what it signs with. */
export interface KeyPair {
  readonly alg: string;
  readonly privateKey: KeyObject;
  readonly jwk: JsonWebKey;
}

const pair = (alg: string, { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }) => ({
  alg,
  privateKey,
  jwk: publicKey.export({ format: "jwk" }),
});

export const p256 = (): KeyPair => pair("ES256", generateKeyPairSync("ec", { namedCurve: "P-256" }));
export const ed25519 = (): KeyPair => pair("EdDSA", generateKeyPairSync("ed25519"));
export const p384 = (): KeyPair => pair("ES384", generateKeyPairSync("ec", { namedCurve: "P-384" }));
export const rsa = (): KeyPair => pair("RS256", generateKeyPairSync("rsa", { modulusLength: 2048 }));

/** What is kept of a device's key (RFC 7638): its members in their order, hashed. */
export function keptOf({ jwk: { kty, crv, x, y } }: KeyPair): string {
  const members = y === undefined ? { crv, kty, x } : { crv, kty, x, y };
  return createHash("sha256").update(JSON.stringify(members)).digest("hex");
}

/** What a proof says; `undefined` leaves a claim or parameter out. */
export interface Proving {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Makes the signature over `header.payload`; by default with the key. */
  readonly signature?: (input: string) => Buffer;
}

export interface Request {
  readonly url: string;
  readonly now: Date;
  /** The access token that goes with it. */
  readonly token?: string | undefined;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export const signedWith =
  ({ alg, privateKey }: KeyPair): NonNullable<Proving["signature"]> =>
  (input) =>
    sign(alg === "EdDSA" ? null : `sha${alg.slice(2)}`, Buffer.from(input), {
      key: privateKey,
      dsaEncoding: "ieee-p1363",
    });

/** A proof made by hand, so that nothing keeps it from being malformed. */
export function proof(
  key: KeyPair,
  { url, now, token }: Request,
  { header, claims, signature }: Proving = {},
): string {
  const input = [
    { typ: "dpop+jwt", alg: key.alg, jwk: key.jwk, ...header },
    {
      jti: randomUUID(),
      htm: "POST",
      htu: url,
      iat: Math.floor(now.getTime() / 1000),
      ...(token !== undefined && { ath: createHash("sha256").update(token).digest("base64url") }),
      ...claims,
    },
  ]
    .map(encode)
    .join(".");
  return `${input}.${(signature ?? signedWith(key))(input).toString("base64url")}`;
}
