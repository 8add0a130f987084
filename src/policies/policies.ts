import { type Policy, policy } from "../access/policy.js";
import type { Prisma } from "../database/client.js";
import { refusal } from "../errors.js";
import { readShape } from "./policy-shape.js";

/** The versions of the tier policy (S002-2.1, S000-7.1). */
export interface Policies {
  /** The one in force at an instant. What is asked about now was true at most a second ago. */
  at(instant: Date): Promise<Policy>;
  /** One by its number, or the last that was adopted; throws NOT_FOUND for a number that there is not. */
  version(number: number | "last"): Promise<Policy>;
}

type Queries = Pick<Prisma.TransactionClient, "tierPolicy">;

/** Milliseconds for which the list of versions is taken for known; each comes into force later after its adoption. */
const knownFor = 1_000;

interface Adopted {
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
export function policiesIn(db: Queries, first: Policy): Policies {
  const contents = new Map<string, Promise<Policy>>();
  let list: { readonly at: number; readonly versions: Promise<readonly Adopted[]> } | null = null;

  function versionsAt(instant: Date): Promise<readonly Adopted[]> {
    const at = instant.getTime();
    if (list && Math.abs(at - list.at) < knownFor) return list.versions;
    const loading = { at, versions: adoptedVersions(db) };
    list = loading;
    // What could not be read is asked for again.
    loading.versions.catch(() => {
      if (list === loading) list = null;
    });
    return loading.versions;
  }

  function contentOf(adopted: Adopted): Promise<Policy> {
    const content = contents.get(adopted.id) ?? loadPolicy(db, adopted);
    contents.set(adopted.id, content);
    content.catch(() => contents.delete(adopted.id));
    return content;
  }

  return {
    async at(instant) {
      const inForce = (await versionsAt(instant)).find(({ effectiveFrom }) => effectiveFrom <= instant);
      return inForce ? contentOf(inForce) : first;
    },
    async version(number) {
      const versions = await adoptedVersions(db);
      const found = versions.find(({ version }) => number === "last" || version === number);
      if (found) return contentOf(found);
      if (number === "last" || number === first.version) return first;
      throw refusal("NOT_FOUND");
    },
  };
}

/** What the group has adopted, the highest version in front. */
const adoptedVersions = async (db: Queries): Promise<readonly Adopted[]> =>
  (await db.tierPolicy.findMany({
    where: { state: "ADOPTED" },
    orderBy: { version: "desc" },
    select: { id: true, version: true, effectiveFrom: true },
  })) as readonly Adopted[];

/** Throws where a release has come to another shape than the version was adopted in: closed is better than half read. */
async function loadPolicy(db: Queries, { id, version }: Adopted): Promise<Policy> {
  const { content } = await db.tierPolicy.findUniqueOrThrow({ where: { id }, select: { content: true } });
  const read = readShape(content);
  if (read.problems)
    throw new Error(`Version ${version} of the tier policy is not in the shape that this release reads.`);
  return { version, ...read.content };
}

/** The last version that was adopted, in force or still to come: what a proposal changes. Null: there is version 1 only. */
export async function lastAdopted(db: Queries): Promise<Policy | null> {
  const [last] = await adoptedVersions(db);
  return last ? loadPolicy(db, last) : null;
}
