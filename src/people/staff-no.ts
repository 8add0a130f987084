/** Can it be a staff number? Printable and short, so that the database takes it. */
export const isStaffNo = (value: unknown): value is string =>
  typeof value === "string" && /^[^\p{C}]{1,64}$/u.test(value);
