/** At once is within an hour (rulebook 0.3), milliseconds. */
const atOnce = 3_600_000;

/** Whether what is to be reported at once was reported too late after it was discovered. */
export const isReportedLate = (discoveredAt: Date, reportedAt: Date): boolean =>
  reportedAt.getTime() - discoveredAt.getTime() > atOnce;
