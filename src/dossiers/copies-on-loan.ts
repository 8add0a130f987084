import type { Secrecy } from "../access/vocabulary.js";
import type { LoanState, Prisma } from "../database/client.js";
import { refusal } from "../errors.js";

/** Loans whose copies are not there for anybody else: set aside, with the borrower, or gone. */
const away: LoanState[] = ["REGISTERED", "LENT", "OVERDUE", "LOST"];

interface LockedDossier {
  readonly copies: number;
  /** The higher of its own and its customer's. */
  readonly secrecy: Secrecy;
}

/** A dossier of which nobody else lends a copy before the transaction ends. */
export async function lockDossier(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  id: string,
): Promise<LockedDossier> {
  const [dossier] = await tx.$queryRaw<LockedDossier[]>`
    SELECT d."copies", greatest(d."secrecy", c."secrecy")::text AS "secrecy"
    FROM "Dossier" d JOIN "Customer" c ON c."id" = d."customerId" WHERE d."id" = ${id} FOR UPDATE OF d`;
  return dossier!;
}

/** Throws OPEN_ITEMS unless so many copies of a locked dossier are in the archive. */
export async function requireCopies(
  tx: Prisma.TransactionClient,
  dossierId: string,
  { copies }: LockedDossier,
  wanted: number,
  inputPath: string,
): Promise<void> {
  const { _sum } = await tx.loan.aggregate({
    where: { dossierId, state: { in: away } },
    _sum: { copies: true },
  });
  if (copies - (_sum.copies ?? 0) < wanted)
    throw refusal("OPEN_ITEMS", { inputPath, needs: "the return of copies that are on loan" });
}
