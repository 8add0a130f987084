// What a destroyed customer leaves behind. Everything that is not named here goes: a column that is added later, too.

/** Columns of a tombstone, beside the keys that say which row it is and what it belongs to (rulebook 6-23). */
const tombstones: Readonly<Record<string, readonly string[]>> = {
  // In whose reach the tombstone is, and who may know of it, stays as it was.
  Customer: ["code", "status", "secrecy", "keeperId", "lastUpdatedAt", "version"],
  // A customer's login.
  Employee: ["kind", "status", "customerId", "leftAt"],
  Dossier: ["code", "medium", "secrecy", "keeperId"],
};

/** Columns of forms that hold the company's own words: codes of purposes, names of fields. */
const words: readonly string[] = [
  "CopyRequest.fields",
  "CorrectionRequest.field",
  // The number of a protocol.
  "DeviceCopy.wipeProof",
  "ExternalDisclosure.fields",
  "Grant.purposes",
  "GrantApplication.purposes",
  "GrantClass.onlyFields",
  "Objection.result",
  "Objection.againstDepartment",
  "SensitiveUse.purpose",
  "SensitiveUse.fields",
  "SensitiveUseRecord.fields",
];

export const staysOnTombstone = (table: string, column: string): boolean =>
  tombstones[table]?.includes(column) ?? false;

/** Beside the number that a form is given, which leads to it. */
export const staysOnForm = (table: string, column: string): boolean =>
  column === "formNo" || words.includes(`${table}.${column}`);
