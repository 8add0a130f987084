import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** What one hash costs. Memory is 128 · N · r bytes; the work grows with N · r · p. */
export interface PasswordCost {
  /** Base-two logarithm of scrypt's N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** 16 MiB and a fifth of a second: one of the equally strong settings of the OWASP password storage cheat sheet. */
export const standardCost: PasswordCost = { ln: 14, r: 8, p: 5 };

const keyLength = 32;
const stored = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;

/** A password as it is stored: `$scrypt$ln=14,r=8,p=5$<salt>$<hash>`, salt and hash in base64url. */
export async function hashPassword(password: string, cost: PasswordCost = standardCost): Promise<string> {
  const salt = randomBytes(16);
  return format(cost, salt, await keyOf(password, salt, cost));
}

/** Matches no password, and takes as long to find that out as the hash of one. */
export const hashOfNobody = (cost: PasswordCost): string =>
  format(cost, randomBytes(16), randomBytes(keyLength));

const format = ({ ln, r, p }: PasswordCost, salt: Buffer, key: Buffer): string =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString("base64url")}$${key.toString("base64url")}`;

/** Is it the password that `hash` was made of? A stored text of another form matches none. */
export async function matchesPassword(password: string, hash: string): Promise<boolean> {
  const [, ln, r, p, salt, key] = stored.exec(hash) ?? [];
  if (!salt || !key) return false;
  const actual = await keyOf(password, Buffer.from(salt, "base64url"), {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(actual, Buffer.from(key, "base64url"));
}

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Two keyboards may type the same letter in two ways (NIST SP 800-63B, 3.1.1.2): both are one password. */
const keyOf = (password: string, salt: Buffer, { ln, r, p }: PasswordCost): Promise<Buffer> =>
  derive(password.normalize("NFKC"), salt, keyLength, { N: 2 ** ln, r, p, maxmem: 256 * 2 ** ln * r });
