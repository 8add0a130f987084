import { createHash, randomBytes } from "node:crypto";

// A code is read from one screen and typed at another: Crockford's 32 signs, none of which is taken for another one.

const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const group = /.{4}/g;

/** Twelve signs, 60 random bits: `7K2M-Q9XT-D4HB`. */
export const newCode = (): string =>
  [...randomBytes(12)]
    .map((byte) => signs[byte % signs.length])
    .join("")
    .match(group)!
    .join("-");

/** What is kept of a code, in whatever case and groups it was typed. It is random and short-lived, so no salt is needed. */
export const hashCode = (typed: string): string => createHash("sha256").update(asRead(typed)).digest("hex");

const asRead = (typed: string): string =>
  typed.replace(/[\s-]/g, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
