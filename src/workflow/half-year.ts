/** How often what comes round half-yearly does, in days (rulebook 0.2). */
const halfYearDays = 182;
const day = 86_400_000;

export const halfYearAfter = (instant: Date): Date => new Date(instant.getTime() + halfYearDays * day);
export const halfYearBefore = (instant: Date): Date => new Date(instant.getTime() - halfYearDays * day);
