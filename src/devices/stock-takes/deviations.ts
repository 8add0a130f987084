import type { Deviation } from "../../database/client.js";

// How what is found differs from the register. Pure.

/** A device as the register has it. */
export interface Expected {
  readonly sealNo: string | null;
  readonly ipAddress: string | null;
  readonly software: readonly string[];
}

/** As it was found; of one that was not there nothing else is said. */
export interface Found extends Expected {
  readonly found: boolean;
  readonly complete: boolean;
  /** What of the software on it is forbidden, whatever the register says. */
  readonly forbidden: readonly string[];
}

/** A name of software as it is compared: small letters and runs of spaces make no difference. */
const folded = (name: string): string => name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/** What of a list the other one has not. */
export function missingFrom(list: readonly string[], other: readonly string[]): readonly string[] {
  const known = new Set(other.map(folded));
  return list.filter((name) => !known.has(folded(name)));
}

/**
 * What differs: each kind once. A seal where the register has none was put on by somebody and breaks nothing; an address
 * where it has none was not given by anybody (S001-P1-3.2.5).
 */
export function deviationsOf(expected: Expected, found: Found): Deviation[] {
  if (!found.found) return ["NOT_FOUND"];
  const differs: Readonly<Partial<Record<Deviation, boolean>>> = {
    INCOMPLETE: !found.complete,
    SEAL_BROKEN: expected.sealNo !== null && found.sealNo !== expected.sealNo,
    IP_CHANGED: found.ipAddress !== expected.ipAddress,
    SOFTWARE_DEVIATION:
      found.forbidden.length > 0 ||
      missingFrom(found.software, expected.software).length > 0 ||
      missingFrom(expected.software, found.software).length > 0,
  };
  return Object.entries(differs).flatMap(([kind, does]) => (does ? [kind as Deviation] : []));
}
