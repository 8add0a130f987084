import type { Cell } from "./cells.js";
import { type ClassifiedField, fullName } from "./record.js";

/** One line of `extensions.access`: a field that is not shown clear, why, on how many rows, and what would help. */
export interface AccessEntry {
  readonly field: string;
  readonly outcome: "MASKED" | "WITHHELD";
  readonly reason: string;
  readonly rows: number;
  readonly needs: string;
  readonly request?: string;
}

/** Counts the cells of one answer; told once per field, outcome and reason, never per row. */
export interface AccessReport {
  count(field: ClassifiedField, cell: Cell, rows?: number): void;
  /** In an order that does not depend on the order of the rows. */
  entries(): readonly AccessEntry[];
}

export function accessReport(): AccessReport {
  const entries = new Map<string, AccessEntry>();
  return {
    count(field, { outcome, reason }, rows = 1) {
      if (outcome === "CLEAR" || !reason) return;
      const name = fullName(field);
      const key = `${name} ${outcome} ${reason.code} ${reason.needs}`;
      const { code, needs } = reason;
      const request = "request" in reason ? { request: reason.request! } : {};
      entries.set(key, {
        field: name,
        outcome,
        reason: code,
        rows: (entries.get(key)?.rows ?? 0) + rows,
        needs,
        ...request,
      });
    },
    entries: () => [...entries.keys()].sort().map((key) => entries.get(key)!),
  };
}
