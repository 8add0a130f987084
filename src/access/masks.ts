/** The masked forms of rulebook 2.2, by name. The database makes them (`reading/masks.ts`); here is what they are. */
export const masks = {
  shown: "shown as it is",
  hidden: "null",
  customerName: "first character, then `*` for each further one; organisations: first two, then `****`",
  personName: "first character, then `*` for each further one",
  address: "the region, then `***`",
  lastFour: "`****`, then the last four",
  mobile: "first three, `****`, last four",
  email: "first character, then `***@` and the domain",
  idNumber: "first three, `*`, last four",
} as const;

export type Mask = keyof typeof masks;

/** Masks that show another field: who may not see that field does not see it through the mask either. */
export const shownByMask: Partial<Record<Mask, string>> = { address: "region" };
