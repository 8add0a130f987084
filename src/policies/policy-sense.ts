import { classesAsked } from "../access/asked-cells.js";
import { allRecords } from "../access/classified.js";
import { belowFloors, type PolicyProblem } from "../access/floors.js";
import { policy as first, type PolicyContent, type Requirement } from "../access/policy.js";
import { isSame } from "../access/policy-changes.js";
import { type Domain, domains, type PostRule, writtenByPost } from "../access/post-rule.js";
import { fullName } from "../access/record.js";
import { atLeast, customerClasses, type Operation, operations, tiers } from "../access/vocabulary.js";
import { shutOut } from "./shut-out.js";

/** What of a version, each part in shape, goes below the rulebook, makes no sense, leaks or locks out: everything at once. */
export const senselessIn = (content: PolicyContent): readonly PolicyProblem[] => [
  ...belowFloors(content),
  ...matrixProblems(content),
  ...termProblems(content),
  ...postProblems(content),
  ...shutOut(content),
];

/** Operations that tell of the values that they work on: open to nobody who does not see them clear. */
const telling: readonly Operation[] = ["FILTER", "SORT", "EXPORT", "BORROW"];

function matrixProblems({ customers }: PolicyContent): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (const fieldClass of customerClasses)
    for (const operation of operations) {
      const given = customers[fieldClass][operation];
      const ofFirst = first.customers[fieldClass][operation];
      const say = (reason: string) => problems.push({ path: `customers.${fieldClass}.${operation}`, reason });
      if (!classesAsked(operation).includes(fieldClass)) {
        if (!isSame(given, ofFirst))
          say("Nothing on this server asks for it: it would be promised, and not kept.");
        continue;
      }
      if (!given) continue;
      if (given.tier === "NONE") say("The tier NONE opens nothing.");
      if (given.direct && operation !== "CORRECT") say("Only corrections are anybody's to make directly.");
      if (telling.includes(operation) && !isWithin(given, customers[fieldClass].SEE_CLEAR))
        say("It tells of values that are seen clear from a higher tier.");
      const expected = ofFirst?.extra ?? [];
      if (!isSame(besides(given.extra), besides(expected)))
        say(`Beside a declaration it takes what the server has for it: ${inWords(besides(expected))}.`);
      if (given.extra.includes("DECLARATION") && !expected.includes("DECLARATION"))
        say("Declarations are about FINANCIAL and PRIVATE fields, and what is done with them.");
    }
  return problems;
}

const isWithin = (given: Requirement, clear: Requirement | null): boolean =>
  clear !== null && atLeast(tiers, given.tier, clear.tier);

const besides = (words: readonly string[]) =>
  [...new Set(words)].filter((word) => word !== "DECLARATION").sort();
const inWords = (words: readonly string[]): string => words.join(", ") || "nothing";

/** Of the terms one must fit everybody, in the end: who fits none would be given no time. */
function termProblems({ limits: { terms } }: PolicyContent): PolicyProblem[] {
  const last = terms.at(-1);
  return last && Object.keys(last).length === 1
    ? []
    : [{ path: "limits.terms", reason: "The last line has to fit everybody." }];
}

const postProblems = ({ posts }: PolicyContent): PolicyProblem[] =>
  domains.flatMap((domain) =>
    posts[domain].flatMap((rule, at) =>
      ruleProblems(domain, rule).map(({ path, reason }) => ({
        path: `posts.${domain}.${at}${path}`,
        reason,
      })),
    ),
  );

/** By where they stand: what was sent is nowhere repeated. */
function ruleProblems(domain: Domain, { uses, records, fields }: PostRule): PolicyProblem[] {
  const governed = allRecords().filter(({ governedBy }) => governedBy === domain);
  const known = new Map(
    governed
      .filter(({ name }) => !records || records.includes(name))
      .flatMap((record) => [...record.fields.values()].map((field) => [fullName(field), field.fieldClass])),
  );
  const writes = uses.includes("CREATE") || uses.includes("CORRECT");
  const unseen = (uses.includes("FILTER") || uses.includes("SORT")) && !uses.includes("SEE");
  return [
    ...(unseen ? [{ path: ".uses", reason: "What is filtered or sorted by is seen." }] : []),
    ...(writes && !writtenByPost.includes(domain)
      ? [{ path: ".uses", reason: "Nothing of this matrix is written by right of a post." }]
      : []),
    ...(records ?? []).flatMap((name, at) =>
      governed.some((record) => record.name === name)
        ? []
        : [{ path: `.records.${at}`, reason: "There is no such record type in this matrix." }],
    ),
    ...Object.entries(fields).flatMap(([fieldClass, names]) =>
      (names === "*" ? [] : (names ?? [])).flatMap((name, at) =>
        known.get(name) === fieldClass
          ? []
          : [{ path: `.fields.${fieldClass}.${at}`, reason: "There is no such field of the class." }],
      ),
    ),
  ];
}
