import type { Prisma } from "../database/client.js";
import { type Calendar, calendarOf } from "./calendar.js";

/** The company's calendar, from the year before an instant on. */
export async function companyCalendar(
  db: Pick<Prisma.TransactionClient, "companyDay">,
  now: Date,
): Promise<Calendar> {
  const since = new Date(Date.UTC(now.getUTCFullYear() - 1, 0, 1));
  const days = await db.companyDay.findMany({ where: { day: { gte: since } } });
  return calendarOf(days.map(({ day, working }) => ({ day: day.toISOString().slice(0, 10), working })));
}
