import type { GrantLimits, Requirement } from "./policy.js";
import type { PostRule } from "./post-rule.js";

// Parts of the policy for people to read: by what they mean, not by how they are stored. A list of people that is not
// given fits everyone, one that is empty fits nobody, and no row conditions are every row.

/** People who fit all of these lists. */
export function peopleInWords(lists: readonly (readonly string[] | undefined)[]): string {
  const given = lists.filter((words) => words !== undefined);
  if (given.some((words) => words.length === 0)) return "nobody";
  return given.map((words) => words.join(" or ")).join(", ") || "everyone";
}

/** `STEWARD + DECLARATION`; `STEWARD, SERVICE for CUSTOMER_SERVICE`. */
export function requirementInWords(requirement: Requirement | null): string {
  if (!requirement) return "nobody";
  const { tier, extra, direct } = requirement;
  const directly = direct ? `, ${direct.tier} for ${peopleInWords([direct.departments])}` : "";
  return [tier, ...extra].join(" + ") + directly;
}

/** A right of posts, part by part. */
export const ruleInWords = ({ who, rows, uses, records, fields }: PostRule) => ({
  people: peopleInWords([who.kinds, who.departments, who.roles]),
  rows: rows.join(" and ") || "all",
  uses: uses.join(", ") || "nothing",
  fields:
    (Object.entries(fields)
      .map(([fieldClass, names]) =>
        names === "*" ? fieldClass : `${fieldClass}: ${(names ?? []).join(", ") || "none"}`,
      )
      .join("; ") || "no field") + (records ? ` (of ${records.join(", ") || "nothing"})` : ""),
});

/** Whom a line of the limits is about, and what it says. */
export function limitInWords(line: object): string {
  const { operations, hours, ...rest } = line as Partial<
    GrantLimits["never"][number] & GrantLimits["terms"][number]
  >;
  const lists = Object.values(rest).filter((value) => Array.isArray(value));
  const says = [
    ...Object.values(rest).filter((value) => !Array.isArray(value)),
    ...(hours ? [`${hours} hours`] : []),
    ...(operations ? [operations.join(", ") || "nothing"] : []),
  ];
  return [peopleInWords(lists), ...says].join(": ");
}
