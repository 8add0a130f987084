import { type KeyObject, sign, verify } from "node:crypto";
import { sha256 } from "./event.js";

/** The last event of a segment that a seal covers. */
export interface Tail {
  readonly segment: number;
  readonly seq: number;
  /** Its hash, in hexadecimal. */
  readonly hash: string;
}

/** A signed statement that the chains lead to these events, and that the seal before it is the one that it names. */
export interface Seal {
  /** From 1. */
  readonly number: number;
  readonly at: Date;
  /** The key that it is signed with: see `SealKey`. */
  readonly key: string;
  /** Events that are sealed, this seal's and all before it. */
  readonly events: number;
  /** In the order of the segments; also those to which nothing was added since the seal before. */
  readonly tails: readonly Tail[];
  readonly prevHash: string;
  readonly hash: string;
  /** Ed25519 over the bytes of the hash, in hexadecimal. */
  readonly signature: string;
}

/**
 * Segments opened at the same time may come to be seen in another order than that of their numbers, a few apart: a seal
 * speaks of those that are newest whether or not they are still written.
 */
export const leeway = 8;

/** A seal speaks of every segment that is still written, and of the newest: of no other anything can come after it. */
export const hasEnded = (segment: number, { tails }: Pick<Seal, "tails">): boolean =>
  !tails.some((tail) => tail.segment === segment) &&
  segment <= Math.max(...tails.map((tail) => tail.segment)) - leeway;

export interface SealKey {
  /** Half of the SHA-256 of the public key (SPKI, DER), in hexadecimal. */
  readonly id: string;
  readonly privateKey: KeyObject;
}

/** What the first seal is chained to. */
export const beforeAllSeals = sha256("tierkeep seals").toString("hex");

/** SHA-256 of a JSON array of the seal's values in this order; in hexadecimal. */
export const sealHash = ({
  number,
  at,
  key,
  events,
  tails,
  prevHash,
}: Omit<Seal, "hash" | "signature">): string =>
  sha256(
    JSON.stringify([
      ...["tierkeep seal", 1],
      ...[number, at.toISOString(), key, events],
      tails.map(({ segment, seq, hash }) => [segment, seq, hash]),
      prevHash,
    ]),
  ).toString("hex");

export function signSeal(seal: Omit<Seal, "key" | "hash" | "signature">, { id, privateKey }: SealKey): Seal {
  const hash = sealHash({ ...seal, key: id });
  const signature = sign(null, Buffer.from(hash, "hex"), privateKey).toString("hex");
  return { ...seal, key: id, hash, signature };
}

/** By their ids. */
export type PublicKeys = ReadonlyMap<string, KeyObject>;

/** Is it signed with one of these keys? */
export function isOurs({ key: id, hash, signature }: Seal, keys: PublicKeys): boolean {
  const key = keys.get(id);
  return !!key && verify(null, Buffer.from(hash, "hex"), key, Buffer.from(signature, "hex"));
}

/** Is it what was signed with one of these keys? Whatever stands there instead of a seal is not. */
export function isAsSigned(seal: Seal, keys: PublicKeys): boolean {
  try {
    return sealHash(seal) === seal.hash && isOurs(seal, keys);
  } catch {
    return false;
  }
}

/** A seal as one line of a file. */
export const sealLine = (seal: Seal): string => `${JSON.stringify(seal)}\n`;
