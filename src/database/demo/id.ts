/**
 * The key of a row of the demo organisation: a UUIDv7 of instant zero that carries a number. The same rows get the
 * same keys on every load, and no key made at run time can meet them.
 */
export const demoId = (prefix: string, number: number): string =>
  `${prefix}_00000000000070008${number.toString(16).padStart(15, "0")}`;

/** The number that a key of `demoId` carries. */
export const demoNumber = (id: string): number => Number.parseInt(id.slice(-15), 16);

/** The key of a demo customer, whose code carries the same number: C1, C100001. */
export const customerId = (code: string): string => demoId("cus", Number(code.slice(1)));
