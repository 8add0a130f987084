import type { Prisma } from "../database/client.js";
import { dayOf } from "./calendar.js";

/** The next number of a kind of form in the year of an instant: `A-2026-0042`. Gapless: it is taken back with its transaction. */
export async function nextFormNumber(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  prefix: string,
  now: Date,
): Promise<string> {
  const year = Number(dayOf(now).slice(0, 4));
  const [row] = await tx.$queryRaw<{ last: number }[]>`
    INSERT INTO "FormCounter" ("prefix", "year", "last") VALUES (${prefix}, ${year}, 1)
    ON CONFLICT ("prefix", "year") DO UPDATE SET "last" = "FormCounter"."last" + 1 RETURNING "last"`;
  return formNumber(prefix, year, row!.last);
}

export const formNumber = (prefix: string, year: number, number: number): string =>
  `${prefix}-${year}-${String(number).padStart(4, "0")}`;
