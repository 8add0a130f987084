import { hash } from "node:crypto";
import type { FieldsSeen } from "../access/footprint.js";

export const ledgerKinds = ["QUERY", "MUTATION", "IDENTITY", "CLOCKWORK"] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

export const ledgerOutcomes = ["BEGUN", "ANSWERED", "REFUSED", "FAILED"] as const;
export type LedgerOutcome = (typeof ledgerOutcomes)[number];

/** A set of fields by what became of them, and those that arguments used; full names (`Customer.mobile`), sorted. */
export interface FieldSet extends FieldsSeen {
  readonly used: readonly string[];
}

/** One record that an operation touched: what it read of it, or the step that it took of a form. */
export interface Touched {
  readonly record: string;
  readonly recordId: string;
  readonly customerId: string | null;
  readonly fields: FieldsSeen | null;
  /** `SUBMITTED approve APPROVED`; null: it was only read. */
  readonly step: string | null;
}

/**
 * What one operation did, as it is to be recorded (rulebook 2.2, AuditEvent). Names, ids and codes out of closed lists:
 * nothing that anybody typed, and never a value of a customer.
 */
export interface NewEvent {
  readonly kind: LedgerKind;
  /** The root fields by their names in the schema, or what the clock did. */
  readonly roots: readonly string[];
  readonly outcome: LedgerOutcome;
  /** Codes of the refusals in the answer. */
  readonly codes: readonly string[];
  /** Codes of what was masked or withheld. */
  readonly reasons: readonly string[];
  readonly principalId: string | null;
  readonly department: string | null;
  readonly deviceId: string | null;
  readonly address: string | null;
  readonly purpose: string | null;
  readonly grants: readonly string[];
  readonly declarations: readonly string[];
  readonly policyVersion: number | null;
  readonly requestId: string;
  readonly used: readonly string[];
  readonly touched: readonly Touched[];
}

/** A record that an event touched, as it is stored: the set of fields by its address. */
export interface Touch extends Omit<Touched, "fields"> {
  readonly fields: string | null;
}

/** An event at its place in a chain. */
export interface ChainedEvent extends Omit<NewEvent, "used" | "touched"> {
  readonly segment: number;
  /** Its place in the segment, from 1. */
  readonly seq: number;
  readonly at: Date;
  /** Every field of every record that it touched, and those used, by the address of the set. */
  readonly fields: string;
  /** How many customers' data it touched: one, or a list. */
  readonly customers: number;
  readonly touches: readonly Touch[];
  readonly prevHash: Buffer;
  readonly hash: Buffer;
}

/** Where a chain begins. */
export interface Segment {
  readonly id: number;
  readonly openedAt: Date;
  readonly writer: string;
}

export const sha256 = (content: string | Buffer): Buffer => hash("sha256", content, "buffer");

/** What the first event of a segment is chained to. */
export const genesisOf = ({ id, openedAt, writer }: Segment): Buffer =>
  sha256(JSON.stringify(["tierkeep segment", 1, id, openedAt.toISOString(), writer]));

/**
 * The hash of an event: SHA-256 of a JSON array of its values in this order, the touches as arrays within it, the hash
 * of the event before it last. Instants as ISO 8601 in UTC with milliseconds, hashes in hexadecimal.
 */
export const hashOf = (event: Omit<ChainedEvent, "hash">): Buffer =>
  sha256(
    JSON.stringify([
      ...["tierkeep event", 1],
      ...[event.segment, event.seq, event.at.toISOString()],
      ...[event.kind, event.roots, event.outcome, event.codes, event.reasons],
      ...[event.principalId, event.department, event.deviceId, event.address, event.purpose],
      ...[
        event.grants,
        event.declarations,
        event.policyVersion,
        event.requestId,
        event.fields,
        event.customers,
      ],
      event.touches.map(({ record, recordId, customerId, fields, step }) => [
        ...[record, recordId, customerId],
        ...[fields, step],
      ]),
      event.prevHash.toString("hex"),
    ]),
  );

/** The id of an event tells its place: those of a segment are in order as texts too. */
export const eventId = ({ segment, seq }: Pick<ChainedEvent, "segment" | "seq">): string =>
  `led_${segment.toString(36)}_${seq.toString(36).padStart(6, "0")}`;

/** The address of a set of fields, as a UUID: half of the SHA-256 of what is in it. */
export function addressOf({ clear, masked, withheld, used }: FieldSet): string {
  const hex = sha256(JSON.stringify([clear, masked, withheld, used])).toString("hex");
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
