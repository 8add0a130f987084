/** `1990-02-28` for three numbers that name a day of the Gregorian calendar; null for any others. */
export function calendarDay(year: number, month: number, day: number): string | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : null;
}

/** The day by the company's calendar, which is Asia/Shanghai (rulebook 0.2): always 8 hours ahead of UTC. */
export const companyDay = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
