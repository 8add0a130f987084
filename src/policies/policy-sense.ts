import { allRecords, recordOf } from "../access/classified.js";
import { decideByPost } from "../access/decide-by-post.js";
import { policy as first, type PolicyContent, type Requirement } from "../access/policy.js";
import { domains, type PostRule } from "../access/post-rules.js";
import { fullName } from "../access/record.js";
import {
  atLeast,
  customerClasses,
  type FieldClass,
  type Operation,
  operations,
  tiers,
} from "../access/vocabulary.js";
import { TierPolicy } from "./tier-policy.type.js";

/** What is wrong with a part of a version of the policy. */
export interface PolicyProblem {
  /** `limits.terms` */
  readonly path: string;
  readonly reason: string;
}

/** What of a version, each part in shape, makes no sense or would leak: everything at once. */
export const senselessIn = (content: PolicyContent): readonly PolicyProblem[] => [
  ...matrixProblems(content),
  ...termProblems(content),
  ...postProblems(content),
  ...(groupSeesPolicies(content)
    ? []
    : [{ path: "posts.grant", reason: "The heads of departments would not see the next version." }]),
];

/** Operations that tell of the values that they work on: open to nobody who does not see them clear. */
const telling: readonly Operation[] = ["FILTER", "SORT", "AGGREGATE", "EXPORT"];
/** Operations for which the kernel asks for a declaration. */
const declarable: readonly Operation[] = ["SEE_CLEAR", "CORRECT", "DELETE", ...telling];

function matrixProblems({ customers }: PolicyContent): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (const fieldClass of customerClasses)
    for (const operation of operations) {
      const given = customers[fieldClass][operation];
      const say = (reason: string) => problems.push({ path: `customers.${fieldClass}.${operation}`, reason });
      if (!given) continue;
      if (given.tier === "NONE" || given.direct?.tier === "NONE") say("The tier NONE opens nothing.");
      if (given.direct && operation !== "CORRECT") say("Only corrections are anybody's to make directly.");
      if (given.direct && !atLeast(tiers, given.tier, given.direct.tier))
        say("Who makes them directly takes no higher tier than the others.");
      if (telling.includes(operation) && !isWithin(given, customers[fieldClass].SEE_CLEAR))
        say("It tells of values that are seen clear from a higher tier, or with a declaration.");
      const expected = first.customers[fieldClass][operation]?.extra ?? [];
      if (!sameWords(given.extra, expected, "DECLARATION"))
        say(`Beside a declaration it takes what the server has for it: ${besides(expected)}.`);
      if (given.extra.includes("DECLARATION") && !mayBeDeclared(fieldClass, operation, expected))
        say("Declarations are about FINANCIAL and PRIVATE fields, and what is done with them.");
    }
  return problems;
}

const isWithin = (given: Requirement, clear: Requirement | null): boolean =>
  clear !== null &&
  atLeast(tiers, given.tier, clear.tier) &&
  (given.extra.includes("DECLARATION") || !clear.extra.includes("DECLARATION"));

const mayBeDeclared = (fieldClass: FieldClass, operation: Operation, expected: readonly string[]): boolean =>
  expected.includes("DECLARATION") ||
  ((fieldClass === "FINANCIAL" || fieldClass === "PRIVATE") && declarable.includes(operation));

const sameWords = (one: readonly string[], other: readonly string[], but: string): boolean =>
  JSON.stringify(without(one, but)) === JSON.stringify(without(other, but));
const without = (words: readonly string[], but: string) =>
  [...new Set(words)].filter((word) => word !== but).sort();
const besides = (words: readonly string[]): string => without(words, "DECLARATION").join(", ") || "nothing";

/** Of the terms one must fit everybody, in the end: who fits none would be given no time. */
function termProblems({ limits: { terms } }: PolicyContent): PolicyProblem[] {
  const last = terms.at(-1);
  return last && !last.kinds && !last.departments && !last.roles && !last.grants
    ? []
    : [{ path: "limits.terms", reason: "The last line has to fit everybody." }];
}

function postProblems({ posts }: PolicyContent): PolicyProblem[] {
  return domains.flatMap((domain) =>
    posts[domain].flatMap((rule, at) =>
      ruleProblems(domain, rule).map((reason) => ({ path: `posts.${domain}.${at}`, reason })),
    ),
  );
}

function ruleProblems(domain: string, { uses, records, fields }: PostRule): string[] {
  const governed = allRecords().filter(({ governedBy }) => governedBy === domain);
  const known = new Map(
    governed
      .filter(({ name }) => !records || records.includes(name))
      .flatMap((record) => [...record.fields.values()].map((field) => [fullName(field), field.fieldClass])),
  );
  const unseen = uses.some((use) => use === "FILTER" || use === "SORT") && !uses.includes("SEE");
  const unknownRecord = records?.some((name) => !governed.some((record) => record.name === name));
  const strange = Object.entries(fields).flatMap(([fieldClass, names]) =>
    names === "*" ? [] : (names ?? []).filter((name) => known.get(name) !== fieldClass),
  );
  return [
    ...(unseen ? ["What is filtered or sorted by is seen."] : []),
    ...(unknownRecord ? [`There is no such record type in the ${domain} matrix.`] : []),
    ...(strange.length > 0 ? [`There are no such fields of the class: ${strange.join(", ")}.`] : []),
  ];
}

/** Whoever decides on versions has to see them, or there would be no other one after this. */
function groupSeesPolicies({ posts }: PolicyContent): boolean {
  const content = recordOf(TierPolicy).fields.get("content")!;
  const leader = { department: "ADMINISTRATION", roles: ["ADMIN_HEAD"] };
  const member = { department: "", roles: ["DEPT_HEAD"] };
  return [leader, member].every((post) =>
    decideByPost(
      { id: "", kind: "FORMAL", status: "ACTIVE", ...post },
      content,
      "SEE",
      posts.grant,
    ).openings.some(({ rows }) => rows.every(({ is }) => is === "escalated" || is === "aboutOthers")),
  );
}
