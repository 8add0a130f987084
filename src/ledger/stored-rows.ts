import type { StoredEvent } from "./chain.js";
import type { FieldSet, Segment, Touch } from "./event.js";
import type { Seal } from "./seal.js";

// Rows of the ledger as the database tells them in JSON. An archived segment is kept in these words as well.

export type StoredSet = FieldSet & { readonly id: string };

export type SegmentRow = Omit<Segment, "openedAt"> & { readonly openedAt: string };

export const segmentOf = (row: SegmentRow): Segment => ({ ...row, openedAt: new Date(row.openedAt) });

export type SealRow = Omit<Seal, "at"> & { readonly at: string };

export const sealOf = (row: SealRow): Seal => ({ ...row, at: new Date(row.at) });

type TouchRow = [
  record: string,
  recordId: string,
  customerId: string | null,
  fields: string | null,
  step: string | null,
];

export type EventRow = [
  Omit<StoredEvent, "at" | "touches" | "prevHash" | "hash"> & {
    at: string;
    prevHash: string;
    hash: string;
  },
  TouchRow[] | null,
];

export function eventOf([event, touches]: EventRow): StoredEvent {
  return {
    ...event,
    at: new Date(event.at),
    prevHash: bytes(event.prevHash),
    hash: bytes(event.hash),
    touches: (touches ?? []).map(
      ([record, recordId, customerId, fields, step]): Touch => ({
        ...{ record, recordId, customerId },
        ...{ fields, step },
      }),
    ),
  };
}

const bytes = (shown: string): Buffer => Buffer.from(shown.slice(2), "hex");

/** What the database knows of an archived segment. */
export interface Archived {
  readonly segment: number;
  readonly events: number;
  readonly touches: number;
  readonly lastSeq: number;
  /** In hexadecimal, as the next. */
  readonly lastHash: string;
  /** SHA-256 of the file. */
  readonly fileHash: string;
}
