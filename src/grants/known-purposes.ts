import type { Prisma } from "../database/client.js";

/** The codes of the purposes that there are. */
export type Purposes = ReadonlySet<string>;

export const knownPurposes = async ({
  purpose,
}: Pick<Prisma.TransactionClient, "purpose">): Promise<Purposes> =>
  new Set((await purpose.findMany({ select: { code: true } })).map(({ code }) => code));

export const noSuchPurpose = "There is no such purpose.";
