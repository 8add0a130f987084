import type { Seal } from "./seal.js";

/** The first position at which a ledger is not what was written. */
export interface Finding {
  readonly kind:
    | "EDITED"
    | "MISSING"
    | "INSERTED"
    | "REWRITTEN"
    | "SEAL_FORGED"
    | "SEAL_MISSING"
    | "FIELDS_FORGED"
    | "ARCHIVE_MISSING"
    | "ARCHIVE_FORGED"
    | "STRAY_ROWS";
  /** Of an event. */
  readonly segment?: number;
  readonly seq?: number;
  /** Of a seal. */
  readonly seal?: number;
  readonly says: string;
}

/** As a command tells it. */
export const notAsWritten = ({ says, kind }: Finding): string => `NOT AS WRITTEN: ${says} (${kind})`;

/** Ends verifying at what was found. */
export class Found extends Error {
  constructor(readonly finding: Finding) {
    super(finding.says);
  }
}

export const found = (finding: Finding): never => {
  throw new Found(finding);
};

export const forged = ({ number }: Seal, what: string): Finding => ({
  kind: "SEAL_FORGED",
  seal: number,
  says: `Seal ${number} ${what}.`,
});

/** What was never written, as an instant beyond all calendars, has no hash. */
export function orElse<Result>(compute: () => Result, otherwise: Result): Result {
  try {
    return compute();
  } catch {
    return otherwise;
  }
}
