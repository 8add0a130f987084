import { randomUUID } from "node:crypto";
import type { Database, Prisma } from "../../src/database/client.js";

/** Another dossier of a demo customer; of an ordinary kind unless told otherwise. */
export async function addDossier(
  db: Database,
  customer: string,
  own: Partial<Prisma.DossierUncheckedCreateInput> = {},
): Promise<string> {
  const { id: customerId } = await db.customer.findUniqueOrThrow({ where: { code: customer } });
  const { id } = await db.dossier.create({
    data: {
      customerId,
      id: `dos_${randomUUID()}`,
      code: `DX${randomUUID().slice(0, 8)}`,
      title: "Correspondence about the autumn harvest",
      medium: "PAPER",
      location: "Archive room, shelf 9",
      remark: "To be kept dry",
      indexTerms: ["harvest"],
      ...own,
    },
    select: { id: true },
  });
  return id;
}
