import type { Caller } from "../access/caller.js";
import {
  ceilingOf,
  clearanceOf,
  latestEnd,
  mayDeclareStanding,
  neverGranted,
} from "../access/grant-limits.js";
import type { GrantLimits, Policy } from "../access/policy.js";
import type { Tier } from "../access/vocabulary.js";
import { type Database, GrantKind } from "../database/client.js";

// What could be given, declared or opened otherwise under another version of the policy, and to how many people.

interface Versions {
  readonly before: Policy;
  readonly after: Policy;
}

export const countOf = (people: number): string => (people === 1 ? "1 person" : `${people} people`);

/** In words, with how many people there are whom it concerns. */
export async function limitsInWords(
  db: Pick<Database, "department">,
  callers: readonly Caller[],
  { before: { limits: before }, after: { limits: after } }: Versions,
): Promise<readonly string[]> {
  const departments = await db.department.findMany({ select: { code: true, tierCeiling: true } });
  const usual = new Map(departments.map(({ code, tierCeiling }) => [code as string, tierCeiling as Tier]));
  const people = callers.filter(({ status, kind }) => status === "ACTIVE" && kind !== "CUSTOMER");
  const differing = (inWords: (limits: GrantLimits, person: Caller, grant: string) => string) =>
    differences(people, (person, grant) => [inWords(before, person, grant), inWords(after, person, grant)]);
  const withheld = (one: GrantLimits, other: GrantLimits) =>
    differences(people, (person, grant) => {
      const known = neverGranted(other, person, grant);
      return [
        "",
        [...new Set(neverGranted(one, person, grant))].filter((word) => !known.includes(word)).join(", "),
      ];
    });
  return [
    ...differing((limits, person, grant) =>
      ceilingOf(limits, person, grant, usual.get(person.department) ?? "NONE"),
    ).map(
      ({ who, grants, was, is }) =>
        `${who}: administration would approve ${grants} grants up to ${is} alone instead of ${was}`,
    ),
    ...differing(clearanceOf).map(
      ({ who, grants, was, is }) =>
        `${who}: administration would approve ${grants} grants with clearance up to ${is} alone instead of ${was}`,
    ),
    ...differing((limits, person, grant) => String(hoursOf(limits, person, grant))).map(
      ({ who, grants, was, is }) =>
        `${who}: ${grants} grants would run ${is} hours at most instead of ${was}`,
    ),
    ...withheld(after, before).map(
      ({ who, grants, is }) => `${who} would never be given ${is} by ${grants} grants`,
    ),
    ...withheld(before, after).map(
      ({ who, grants, is }) => `${who} could be given ${is} by ${grants} grants`,
    ),
    ...declarationsInWords(people.filter(holdsSensitive), before, after),
    ...(before.emergencyHours === after.emergencyHours
      ? []
      : [
          `${countOf(people.length)}: access in an emergency would last ${after.emergencyHours} hours at most instead of ` +
            `${before.emergencyHours}`,
        ]),
  ];
}

/** Whatever a version says, a grant ends with the contract. */
const hoursOf = (limits: GrantLimits, person: Caller, grant: string): number =>
  latestEnd(limits, { ...person, contractEndsAt: null }, grant, new Date(0)).getTime() / 3_600_000;

interface Difference {
  readonly who: string;
  readonly grants: string;
  readonly was: string;
  readonly is: string;
}

/** What is otherwise for the same people is told once, with the kinds of grants that it is about. */
function differences(
  people: readonly Caller[],
  valuesOf: (person: Caller, grant: string) => readonly [was: string, is: string],
): readonly Difference[] {
  const alike = new Map<string, { grants: string[]; who: string; was: string; is: string }>();
  for (const grant of Object.values(GrantKind)) {
    const concerned = new Map<string, { was: string; is: string; people: string[] }>();
    for (const person of people) {
      const [was, is] = valuesOf(person, grant);
      if (was === is) continue;
      const key = JSON.stringify([was, is]);
      const known = concerned.get(key) ?? { was, is, people: [] };
      known.people.push(person.staffNo);
      concerned.set(key, known);
    }
    for (const [change, { was, is, people: of }] of concerned) {
      const key = JSON.stringify([change, of]);
      const known = alike.get(key) ?? { grants: [], who: countOf(of.length), was, is };
      known.grants.push(grant);
      alike.set(key, known);
    }
  }
  return [...alike.values()].map(({ grants, ...one }) => ({ ...one, grants: grants.join(", ") }));
}

/** Who could have something to declare. */
const holdsSensitive = ({ grants, now }: Caller): boolean =>
  grants.some(
    ({ state, validFrom, validTo, classes }) =>
      state === "ACTIVE" &&
      validFrom <= now &&
      now < validTo &&
      classes.some(
        ({ fieldClass, cap }) => (fieldClass === "FINANCIAL" || fieldClass === "PRIVATE") && cap === "CLEAR",
      ),
  );

function declarationsInWords(
  holders: readonly Caller[],
  before: GrantLimits,
  after: GrantLimits,
): readonly string[] {
  const line = (people: readonly Caller[], what: string) =>
    people.length > 0 ? [`${countOf(people.length)} ${what}`] : [];
  const [had, have] = [before, after].map((limits) =>
    holders.filter((person) => mayDeclareStanding(limits, person)),
  ) as [Caller[], Caller[]];
  const hours = (kind: "named" | "standing", people: readonly Caller[], of: string) => {
    const [was, is] = [before.declarationHours[kind], after.declarationHours[kind]];
    return was === is
      ? []
      : line(people, `could declare for ${of} for ${is} hours at most instead of ${was}`);
  };
  return [
    ...hours("named", holders, "named customers"),
    ...hours("standing", have, "a whole scope"),
    ...line(
      have.filter((person) => !had.includes(person)),
      "could declare for a whole scope",
    ),
    ...line(
      had.filter((person) => !have.includes(person)),
      "could no longer declare for a whole scope",
    ),
  ];
}
