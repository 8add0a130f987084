// The words of the rulebook (2.1, 3.1, 3.3). The database has the same enums; a test holds the two together.

/** From least to most. */
export const tiers = ["NONE", "MASKED", "POST", "SERVICE", "SENSITIVE", "STEWARD"] as const;
export type Tier = (typeof tiers)[number];

export const customerClasses = ["BASIC", "BUSINESS", "ORDER", "SERVICE", "FINANCIAL", "PRIVATE"] as const;
export type CustomerClass = (typeof customerClasses)[number];

export const isCustomerClass = (word: string): word is CustomerClass =>
  (customerClasses as readonly string[]).includes(word);

export const fieldClasses = [
  ...customerClasses,
  "DEVICE_BASIC",
  "DEVICE_TECHNICAL",
  "DEVICE_FINANCE",
  "GRANT",
  "STAFF",
  "META",
  "NAMED",
] as const;
export type FieldClass = (typeof fieldClasses)[number];

/** How far a grant opens a class, from least to most. */
export const caps = ["WRITE_ONLY", "MASKED", "CLEAR"] as const;
export type Cap = (typeof caps)[number];

export const operations = [
  "SEE_MASKED",
  "SEE_CLEAR",
  "FILTER",
  "SORT",
  "AGGREGATE",
  "CREATE",
  "CORRECT",
  "DELETE",
  "EXPORT",
  "BORROW",
] as const;
export type Operation = (typeof operations)[number];

/**
 * What an operation does with a field. SEE shows as much of it as there is to show; SEE_CLEAR asks for the right to what
 * is stored, which a masked form that hides nothing does not give. BORROW is asked of the record whose id it is.
 */
export const uses = [
  "SEE",
  "SEE_CLEAR",
  "FILTER",
  "SORT",
  "AGGREGATE",
  "CREATE",
  "CORRECT",
  "DELETE",
  "EXPORT",
  "BORROW",
] as const;
export type Use = (typeof uses)[number];

export const customerScopes = [
  "SELF",
  "OWN",
  "CASE_LIST",
  "OPEN_ORDERS",
  "TRANSACTIONS",
  "DEPARTMENT",
  "ALL",
] as const;
export type CustomerScope = (typeof customerScopes)[number];

/** From open to closed. */
export const secrecies = ["ORDINARY", "CONFIDENTIAL", "TOP_SECRET"] as const;
export type Secrecy = (typeof secrecies)[number];

export type Outcome = "CLEAR" | "MASKED" | "WITHHELD";

/** Is `value` at least `floor` on a scale? An unknown word is below everything. */
export const atLeast = <Word extends string>(scale: readonly Word[], value: Word, floor: Word): boolean =>
  scale.includes(value) && scale.indexOf(value) >= scale.indexOf(floor);
