import type { Database } from "../database/client.js";
import { loadCallersAt } from "../people/load-caller.js";
import type { ComparedVersions } from "./compared-versions.js";
import { type GrantsBeyond, grantsBeyond } from "./grants-beyond.js";
import { countOf, limitsInWords } from "./limit-effects.js";
import { effectsOf, type PolicyEffect } from "./policy-effects.js";
import type { PolicyPreview } from "./policy-preview.type.js";

/** People who are named for each effect; they are counted all. */
const named = 100;

/** What one version of the policy would change against another, in words and numbers, for everybody there is. */
export async function previewOf(
  db: Database,
  { before, after, changes }: ComparedVersions,
  now: Date,
): Promise<PolicyPreview> {
  const callers = await loadCallersAt(db, { ids: "everybody", now, from: "ownDevice" });
  const effects = await effectsOf(callers, { before, after });
  const concerned = (gains: boolean): number =>
    new Set(effects.filter((effect) => effect.gains === gains).flatMap(({ people }) => people)).size;
  return {
    basedOn: before.version,
    changes,
    gaining: concerned(true),
    losing: concerned(false),
    effects: [...effects]
      .sort((a, b) => b.people.length - a.people.length)
      .map((effect) => ({
        ...effect,
        inWords: inWords(effect),
        count: effect.people.length,
        people: effect.people.slice(0, named),
      })),
    limits: await limitsInWords(db, callers, { before, after }),
    grants: grantsInWords(await grantsBeyond(db, { before, after, now })),
  };
}

const verbs: Readonly<Record<string, string>> = {
  SEE: "see",
  FILTER: "filter by",
  SORT: "sort by",
  CREATE: "write new",
  CORRECT: "correct",
  DELETE: "delete",
  EXPORT: "take out",
  BORROW: "borrow",
};

function inWords({ gains, byPurpose, use, fieldClass, fields, before, after, people }: PolicyEffect): string {
  const what = `${fields.length} ${fieldClass} ${fields.length === 1 ? "field" : "fields"}`;
  const how = before === after ? whereOrWhatFor(gains, byPurpose) : seenInWords(use, before, after);
  return `${countOf(people.length)} would ${verbs[use]} ${what} ${how}`;
}

function whereOrWhatFor(gains: boolean, byPurpose: boolean): string {
  if (byPurpose) return gains ? "whatever purpose they state" : "only with a purpose that their grants name";
  return `on ${gains ? "more" : "fewer"} rows`;
}

const seenInWords = (use: string, before: string, after: string): string => {
  if (use !== "SEE") return after === "WITHHELD" ? "no longer" : "that were closed to them";
  const words: Readonly<Record<string, string>> = {
    CLEAR: "clear",
    MASKED: "masked",
    WITHHELD: "not at all",
  };
  return `${words[after]} instead of ${words[before]}`;
};

function grantsInWords({ ceiling, term, operations }: GrantsBeyond): readonly string[] {
  const line = (count: number, what: string) => (count > 0 ? [`${count} in force ${what}`] : []);
  return [
    ...line(ceiling, "lie above the tier that administration would approve alone"),
    ...line(term, "run longer than they could be given for"),
    ...line(operations, "have an operation that their holders would never be granted"),
  ];
}
