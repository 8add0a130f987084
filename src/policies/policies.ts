import { type Policy, type PolicyContent, policy } from "../access/policy.js";
import { readable } from "../access/readable.js";
import { operations } from "../access/vocabulary.js";
import type { Prisma } from "../database/client.js";
import { refusal } from "../errors.js";
import { readShape } from "./policy-shape.js";

/** The versions of the tier policy (S002-2.1, S000-7.1). */
export interface Policies {
  /**
   * The one in force at an instant. What is asked about now was true at most a second ago. One that this release cannot
   * read is closed: customer data is nobody's, and posts have the rights that version 1 gives them.
   */
  at(instant: Date): Promise<Policy>;
  /** One by its number, or the last that a proposal can change; throws NOT_FOUND for a number that there is not. */
  version(number: number | "last"): Promise<Policy>;
}

type Queries = Pick<Prisma.TransactionClient, "tierPolicy">;

export interface PolicyComponents {
  readonly db: Queries;
  readonly clock: { now(): Date };
}

/** Milliseconds for which the list of versions is taken for known; each comes into force later after its adoption. */
const knownFor = 1_000;

export interface Adopted {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom: Date;
}

/** Version 1, with what the settings say of it. */
export const versionOne = ({ emergencyHours }: { readonly emergencyHours: number }): Policy => ({
  ...policy,
  limits: { ...policy.limits, emergencyHours },
});

/** Version 1 is given; later ones are what the group has adopted. */
export function policiesIn({ db, clock }: PolicyComponents, first: Policy): Policies {
  const contents = new Map<string, Promise<Policy>>();
  let list: { readonly at: number; readonly versions: Promise<readonly Adopted[]> } | null = null;

  function knownVersions(): Promise<readonly Adopted[]> {
    const now = clock.now().getTime();
    if (list && Math.abs(now - list.at) < knownFor) return list.versions;
    const loading = { at: now, versions: adoptedVersions(db) };
    list = loading;
    // What could not be read is asked for again.
    loading.versions.catch(() => {
      if (list === loading) list = null;
    });
    return loading.versions;
  }

  function policyOf(adopted: Adopted): Promise<Policy> {
    const { id, version } = adopted;
    const known =
      contents.get(id) ??
      contentOf(db, adopted).then((content) =>
        content ? { version, ...content } : closedVersion(version, first),
      );
    contents.set(id, known);
    known.catch(() => contents.delete(id));
    return known;
  }

  return {
    async at(instant) {
      const found = inForce(await knownVersions(), instant);
      return found ? policyOf(found) : first;
    },
    async version(number) {
      if (number === "last") return (await lastAdopted(db))?.policy ?? first;
      const found = (await adoptedVersions(db)).find(({ version }) => version === number);
      if (found) return readable(await policyOf(found));
      if (number === first.version) return first;
      throw refusal("NOT_FOUND");
    },
  };
}

/** What is left of rights under a version that cannot be read; nothing is given under it. */
const closedVersion = (version: number, first: Policy): Policy => ({
  ...first,
  version,
  insteadOfUnread: first,
  posts: { ...first.posts, device: [] },
  limits: { ...first.limits, never: [{ operations }], emergencyHours: 0, standingDeclarations: [] },
});

/** What the group has adopted, the highest version in front. */
export const adoptedVersions = async (db: Queries): Promise<readonly Adopted[]> =>
  (await db.tierPolicy.findMany({
    where: { state: "ADOPTED" },
    orderBy: { version: "desc" },
    select: { id: true, version: true, effectiveFrom: true },
  })) as readonly Adopted[];

/** Of adopted versions, the highest in front, the one in force at an instant. */
export const inForce = (versions: readonly Adopted[], instant: Date): Adopted | undefined =>
  versions.find(({ effectiveFrom }) => effectiveFrom <= instant);

/** What a version says; null where a release has come to another shape than it was adopted in: nothing is half read. */
export async function contentOf(db: Queries, { id }: Pick<Adopted, "id">): Promise<PolicyContent | null> {
  const { content } = await db.tierPolicy.findUniqueOrThrow({ where: { id }, select: { content: true } });
  return readShape(content).content ?? null;
}

/**
 * The last version that was adopted and that this release reads, in force or still to come: what a proposal changes.
 * Null: there is version 1 only.
 */
export async function lastAdopted(
  db: Queries,
): Promise<{ readonly policy: Policy; readonly effectiveFrom: Date } | null> {
  for (const { effectiveFrom, version, id } of await adoptedVersions(db)) {
    const content = await contentOf(db, { id });
    if (content) return { policy: { version, ...content }, effectiveFrom };
  }
  return null;
}
