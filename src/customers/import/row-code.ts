import { createHmac } from "node:crypto";
import type { Row } from "../../csv/read-rows.js";
import { inBase32 } from "../new-customer.js";

/**
 * The customer code of a row in a list that has none: always the same for the same filled cells, in whatever order,
 * encoding or separator, so that a second run of the list finds what the first has added. Codes are shown to more
 * people than the cells are, so the hash is keyed: nobody can try values against a code.
 */
export function rowCode({ cells }: Row, header: readonly string[], key: Uint8Array): string {
  const filled = header
    .map((name, column) => [name.trim(), cells[column]?.normalize("NFC").trim() ?? ""])
    .filter(([, cell]) => cell !== "");
  const digest = createHmac("sha256", key).update(JSON.stringify(filled.sort())).digest();
  return `L-${inBase32(digest, 16)}`;
}
