import type { Grantees, GrantLimits, Requirement } from "./policy.js";
import type { PostRule } from "./post-rules.js";

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

type LimitLine = Grantees &
  Partial<
    GrantLimits["ceilings"][number] &
      GrantLimits["clearances"][number] &
      GrantLimits["terms"][number] &
      GrantLimits["never"][number]
  >;

/** Whom a line of the limits is about, and what it says. */
export function limitInWords({ tier, secrecy, hours, operations, ...grantees }: LimitLine): string {
  const says =
    tier ?? secrecy ?? (hours && `${hours} hours`) ?? (operations && (operations.join(", ") || "nothing"));
  const people = peopleInWords(Object.values(grantees));
  return says ? `${people}: ${says}` : people;
}
