import { calculateJwkThumbprint, importJWK, type JWK } from "jose";

/** The algorithms that devices sign with, by the curve of their key: never taken from a proof alone (RFC 8725, 3.1). */
const curves = {
  "P-256": { kty: "EC", alg: "ES256", members: ["x", "y"] },
  Ed25519: { kty: "OKP", alg: "EdDSA", members: ["x"] },
} as const;

type Curve = (typeof curves)[keyof typeof curves];

export const deviceAlgorithms: readonly Curve["alg"][] = Object.values(curves).map(({ alg }) => alg);

/** The public half of a device's key pair. */
export interface DeviceKey {
  readonly alg: Curve["alg"];
  /** The members that make the key, and no others. */
  readonly jwk: JWK;
}

/** Reads a public key: P-256 or Ed25519, written as JWK does (RFC 7517). Undefined for all else, and for a private key. */
export function readDeviceKey(written: unknown): DeviceKey | undefined {
  if (typeof written !== "object" || written === null || "d" in written) return undefined;
  const { kty, crv, ...given } = written as Readonly<Record<string, unknown>>;
  const curve = Object.entries(curves).find(([name]) => name === crv)?.[1];
  if (!curve || kty !== curve.kty || !curve.members.every((name) => isCoordinate(given[name])))
    return undefined;
  const members = Object.fromEntries(curve.members.map((name) => [name, given[name]]));
  return { alg: curve.alg, jwk: { kty: curve.kty, crv: crv as string, ...members } };
}

/** Is it a key at all: a point on its curve? */
export const isUsable = ({ jwk, alg }: DeviceKey): Promise<boolean> =>
  importJWK(jwk, alg).then(
    () => true,
    () => false,
  );

/** What a key is known by (RFC 7638): the SHA-256 of its members, base64url. */
export const thumbprintOf = ({ jwk }: DeviceKey): Promise<string> => calculateJwkThumbprint(jwk);

/** A thumbprint as it is stored, beside the hashes of secrets. */
export const storedThumbprint = (thumbprint: string): string =>
  Buffer.from(thumbprint, "base64url").toString("hex");

/** 32 bytes, in the one way of writing them: another would be another thumbprint. */
function isCoordinate(value: unknown): value is string {
  if (typeof value !== "string" || value.length !== 43) return false;
  const bytes = Buffer.from(value, "base64url");
  return bytes.length === 32 && bytes.toString("base64url") === value;
}
