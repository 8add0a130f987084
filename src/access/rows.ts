import { atLeast, type Secrecy, secrecies } from "./vocabulary.js";

/**
 * A set of rows, as the conditions that all hold for each of them; the empty list is every row.
 * The vocabulary is closed: what each word means for a record type is said beside that type,
 * and a word that a type does not know holds for none of its rows.
 */
export type Rows = readonly RowCondition[];

export type RowCondition =
  /** The person owns it, holds it, or is it. */
  | { readonly is: "own"; readonly person: string }
  /** It is somebody else's, or nobody's. */
  | { readonly is: "aboutOthers"; readonly person: string }
  | { readonly is: "department"; readonly department: string }
  /** It is, or belongs to, one of these customers. */
  | { readonly is: "customers"; readonly ids: readonly string[] }
  | { readonly is: "openOrders" }
  | { readonly is: "transactions" }
  /** It is one of these records, each of which an approved consultation names. */
  | { readonly is: "consulted"; readonly ids: readonly string[] }
  /**
   * Classified no higher than this; TOP_SECRET only for the keeper and people listed by name (rulebook 3.3). What a device
   * for classified records is set up like is CONFIDENTIAL (rulebook 2.2).
   */
  | { readonly is: "secrecy"; readonly upTo: Secrecy; readonly reader: string }
  /** A form that has been approved. */
  | { readonly is: "approved" }
  /** A form that has been decided. */
  | { readonly is: "decided" }
  /** A form that the information management group decides on. */
  | { readonly is: "escalated" }
  /** The form of somebody who goes, while what is open is being settled. */
  | { readonly is: "leaving" }
  /** A form about a dossier: a consultation or a loan. */
  | { readonly is: "aboutDossier" }
  /** A device, or a form about devices. */
  | { readonly is: "aboutDevice" }
  /** A device, or a form about how one is got, set up and kept going: technology has a part in it. */
  | { readonly is: "technical" }
  /** A device, or a form about what devices cost and what they are let go for: finance reads it. */
  | { readonly is: "priced" }
  | { readonly is: "incident" }
  /** A customer's objection. */
  | { readonly is: "objection" }
  /** A review of a device for classified records. */
  | { readonly is: "secretReview" }
  /** A copy of customer data, or its disclosure to somebody outside. */
  | { readonly is: "handedOut" }
  /** One of them that the person carries. */
  | { readonly is: "carried"; readonly person: string }
  /** A training that the person holds. */
  | { readonly is: "taught"; readonly person: string }
  /** Of somebody for whom the bearers of one of these roles sign: GENERAL_MANAGER, ADMIN_HEAD (rulebook 6-31, 6-32). */
  | { readonly is: "led"; readonly by: readonly string[] }
  /** It speaks of one of these fields: `Customer.mobile`. */
  | { readonly is: "naming"; readonly fields: readonly string[] };

export type RowWord = RowCondition["is"];

export const everyRow: Rows = [];

/** What is not classified. */
export const unclassified = ({ id }: { readonly id: string }): RowCondition => ({
  is: "secrecy",
  upTo: "ORDINARY",
  reader: id,
});

function implies(inner: RowCondition, outer: RowCondition): boolean {
  if (inner.is !== outer.is) return false;
  switch (outer.is) {
    case "own":
    case "aboutOthers":
    case "carried":
    case "taught":
      return inner.is === outer.is && inner.person === outer.person;
    case "department":
      return inner.is === "department" && inner.department === outer.department;
    case "customers":
    case "consulted":
      return inner.is === outer.is && inner.ids.every((id) => outer.ids.includes(id));
    case "secrecy":
      return (
        inner.is === "secrecy" && inner.reader === outer.reader && atLeast(secrecies, outer.upTo, inner.upTo)
      );
    case "led":
      return inner.is === "led" && inner.by.every((role) => outer.by.includes(role));
    case "naming":
      return inner.is === "naming" && inner.fields.every((field) => outer.fields.includes(field));
    default:
      return true;
  }
}

/** Does `outer` hold every row of `inner`, whatever the data? Errs on the side of no. */
export const covers = (outer: Rows, inner: Rows): boolean =>
  outer.every((condition) => inner.some((known) => implies(known, condition)));

/** The fewest of these sets that hold the same rows together. */
export function union(sets: readonly Rows[]): readonly Rows[] {
  return sets.filter(
    (set, index) =>
      !sets.some((other, at) => at !== index && covers(other, set) && (!covers(set, other) || at < index)),
  );
}

/** A set of rows for people to read: `own, up to CONFIDENTIAL`. */
export const inWords = (rows: Rows): string => rows.map(conditionInWords).join(", ") || "every row in reach";

function conditionInWords(condition: RowCondition): string {
  switch (condition.is) {
    case "own":
      return "your own";
    case "aboutOthers":
      return "about somebody else";
    case "department":
      return `of ${condition.department}`;
    case "customers":
      return condition.ids.length === 1
        ? "one customer named to you"
        : `${condition.ids.length} customers named to you`;
    case "openOrders":
      return "with open orders";
    case "transactions":
      return "with transactions";
    case "consulted":
      return condition.ids.length === 1 ? "one that you consult" : `${condition.ids.length} that you consult`;
    case "secrecy":
      return `classified up to ${condition.upTo}`;
    case "approved":
      return "approved";
    case "decided":
      return "decided";
    case "escalated":
      return "with the information management group";
    case "leaving":
      return "being settled";
    case "aboutDossier":
      return "about a dossier";
    case "aboutDevice":
      return "about a device";
    case "technical":
      return "about how a device is got and kept";
    case "priced":
      return "about what a device costs";
    case "incident":
      return "incidents";
    case "objection":
      return "objections of customers";
    case "secretReview":
      return "reviews for classified records";
    case "handedOut":
      return "on which customer data is handed out";
    case "carried":
      return "carried by you";
    case "taught":
      return "a training that you hold";
    case "led":
      return "of somebody for whom you sign";
    case "naming":
      return `about ${condition.fields.join(", ")}`;
  }
}
