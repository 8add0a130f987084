import type { GraphQLError } from "graphql";
import type { Prisma, SoftwareStanding } from "../../database/client.js";
import { codes } from "../../errors.js";
import { type Problem, refuseForm } from "../../reading/form.js";
import { softwareKey } from "./software-name.js";

type Queries = Pick<Prisma.TransactionClient, "$queryRaw">;

/**
 * What the company says of software, by its name as it is given here; of what it does not name, nothing. Nobody changes
 * that before the transaction ends: who forbids something waits for whoever installs it, or comes first.
 */
export async function standingsOf(
  db: Queries,
  names: readonly string[],
): Promise<ReadonlyMap<string, SoftwareStanding>> {
  // A list of devices says the same few names over and over: each is read once.
  const keyOf = new Map([...new Set(names)].map((name) => [name, softwareKey(name)]));
  if (keyOf.size === 0) return new Map();
  const keys = [...new Set(keyOf.values())];
  const known = await db.$queryRaw<{ key: string; state: SoftwareStanding }[]>`
    SELECT "key", "state"::text FROM "KnownSoftware"
    WHERE "key" = ANY(${keys}::text[]) AND "state" <> 'REMOVED' ORDER BY "id" FOR SHARE`;
  const standings = new Map(known.map(({ key, state }) => [key, state]));
  return new Map(
    [...keyOf].flatMap(([name, key]) => {
      const standing = standings.get(key);
      return standing ? [[name, standing] as const] : [];
    }),
  );
}

/** Those of these names that are forbidden (S001-P1-3.2.4). */
export async function forbiddenAmong(db: Queries, names: readonly string[]): Promise<readonly string[]> {
  const standings = await standingsOf(db, names);
  return names.filter((name) => standings.get(name) === "FORBIDDEN");
}

/** The problem that forbidden software is in a form. */
export const forbiddenProblem = (field: string, names: readonly string[]): Problem => ({
  field,
  code: "SOFTWARE_FORBIDDEN",
  reason: `${codes.SOFTWARE_FORBIDDEN} ${names.join(", ")}`,
});

export const softwareForbidden = (field: string, names: readonly string[]): GraphQLError =>
  refuseForm([forbiddenProblem(field, names)]);

/** Throws SOFTWARE_FORBIDDEN where anything of it is: it is in no device's file. */
export async function requireNoneForbidden(
  db: Queries,
  software: readonly string[] | null | undefined,
): Promise<void> {
  const forbidden = await forbiddenAmong(db, software ?? []);
  if (forbidden.length > 0) throw softwareForbidden("software", forbidden);
}
