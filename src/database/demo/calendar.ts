const day = 86_400_000;

/** The instant so many days after (or, below zero, before) the loading. Fractions are parts of a day. */
export type Calendar = (days: number) => Date;

export const calendarFrom =
  (now: Date): Calendar =>
  (days) =>
    new Date(now.getTime() + Math.round(days * day));
