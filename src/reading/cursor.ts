import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { refusal } from "../errors.js";

/** The key values of the row that a page ends at, as the database prints them. */
export type CursorKeys = readonly (string | null)[];

/** Seals cursors: what they hold can be neither read nor changed, and is only good in the list it came from. */
export interface CursorSeal {
  seal(keys: CursorKeys, list: string): string;
  /** Throws BAD_USER_INPUT for a cursor that is not from this list, or from no list at all. */
  open(cursor: string, list: string, inputPath: string): CursorKeys;
}

/**
 * AES-256-GCM with a nonce derived from the content (as AES-SIV does), so that equal rows have equal cursors.
 * `secret` is at least 32 bytes, the same for all servers of one database.
 */
export function cursorSeal(secret: Buffer): CursorSeal {
  const derive = (label: string) =>
    Buffer.from(hkdfSync("sha256", secret, "", `tierkeep cursor ${label}`, 32));
  const [cipherKey, nonceKey] = [derive("seal"), derive("nonce")];
  const nonceOf = (text: string, list: string) =>
    createHmac("sha256", nonceKey).update(`${list}\0${text}`).digest().subarray(0, 12);
  return {
    seal(keys, list) {
      const text = JSON.stringify(keys);
      const nonce = nonceOf(text, list);
      const cipher = createCipheriv("aes-256-gcm", cipherKey, nonce).setAAD(Buffer.from(list));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
    },
    open(cursor, list, inputPath) {
      try {
        const bytes = Buffer.from(cursor, "base64url");
        const nonce = bytes.subarray(0, 12);
        const decipher = createDecipheriv("aes-256-gcm", cipherKey, nonce)
          .setAAD(Buffer.from(list))
          .setAuthTag(bytes.subarray(12, 28));
        const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
        if (timingSafeEqual(nonceOf(text, list), nonce)) return JSON.parse(text) as CursorKeys;
      } catch {
        // Whatever is wrong with it, the answer is the same.
      }
      throw refusal("BAD_USER_INPUT", {
        inputPath,
        reason: "This cursor does not come from this list and order.",
      });
    },
  };
}

/** The same seal, for one person: a cursor that was given to somebody else is from no list at all. */
export const sealFor = (seal: CursorSeal, person: string): CursorSeal => ({
  seal: (keys, list) => seal.seal(keys, `${person} ${list}`),
  open: (cursor, list, inputPath) => seal.open(cursor, `${person} ${list}`, inputPath),
});
