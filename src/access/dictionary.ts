import { codes } from "../errors.js";
import { masks } from "./masks.js";
import { type Grantees, type GrantLimits, type Policy, policy as standard } from "./policy.js";
import { peopleInWords, requirementInWords, ruleInWords } from "./policy-words.js";
import type { PostRule } from "./post-rule.js";
import { type ClassifiedField, fullName, type RecordType } from "./record.js";
import { customerClasses, operations } from "./vocabulary.js";

// The files of `schema/` that people read, from the same statements that the server enforces.

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** `schema/data-dictionary.md`: every classified field with its class, secrecy, masked form and meaning. */
export function dataDictionary(records: readonly RecordType[]): string {
  const sections = [...records]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((record) => {
      const rows = [...record.fields.values()]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map((field) => [
          fullName(field),
          field.fieldClass,
          field.secrecy,
          maskedForm(field),
          cell(field.description),
        ]);
      return [
        `## ${record.name}`,
        "",
        cell(record.description),
        "",
        governedBy(record),
        "",
        table(["Field", "Class", "Secrecy", "Masked", "Meaning"], rows),
      ].join("\n");
    });
  return [
    "# Data dictionary",
    "",
    "Printed by `npm run schema:update`; never edited.",
    "",
    sections.join("\n\n"),
    "",
  ].join("\n");
}

const governedBy = ({ governedBy: rights }: RecordType): string =>
  rights === "grants" ? "Opened by grants." : `Opened by posts: the ${rights} matrix.`;

/** Only classes that a tier may see masked have a masked form. */
const maskedForm = ({ fieldClass, mask, value }: ClassifiedField): string =>
  value.kind === "column" && ["BASIC", "SERVICE", "FINANCIAL", "PRIVATE"].includes(fieldClass)
    ? masks[mask]
    : "—";

/** `schema/access-matrix.md`: what the policy opens to whom. */
export function accessMatrix({
  version,
  conditions,
  customers,
  self,
  posts,
  limits,
}: Policy = standard): string {
  const enforced = Object.entries(conditions).map(
    ([name, on]) => `${name} ${on ? "enforced" : "not enforced"}`,
  );
  const matrix = operations.map((operation) => [
    operation,
    ...customerClasses.map((fieldClass) => {
      const requirement = customers[fieldClass][operation];
      return requirement ? requirementInWords(requirement) : "—";
    }),
  ]);
  return [
    "# Access matrix",
    "",
    "Printed by `npm run schema:update`; never edited.",
    "",
    `Policy version ${version}. Base conditions of every look at customer data: ${enforced.join(", ")}.`,
    "",
    "## Customer data: lowest tier and extra conditions (rulebook 3.3)",
    "",
    table(["Operation", ...customerClasses], matrix),
    "",
    `Customers read of themselves: ${self.join(", ")}.`,
    "",
    "Rights of posts on rows `secrecy` are on all of them for those whom nothing keeps from classified records, neither a base condition nor device and training for them (S004-P4-15), and for others on what is not classified.",
    ...Object.entries(posts).flatMap(([domain, rules]) => [
      "",
      `## ${domain}: rights of posts`,
      "",
      table(["Who", "Rows", "Uses", "Fields"], rules.map(cellsOfRule)),
    ]),
    "",
    "## Limits of grants (rulebook 3.2): of each kind the first line that fits counts",
    "",
    table(["Limit", "Whose", "Is"], limitsInWords(limits)),
    "",
  ].join("\n");
}

function limitsInWords(limits: GrantLimits): string[][] {
  const { ceilings, clearances, terms, never, standingDeclarations, declarationHours, emergencyHours } =
    limits;
  const lines = <Line extends Grantees>(limit: string, list: readonly Line[], is: (line: Line) => string) =>
    list.map((line) => [limit, granteesInWords(line), is(line)]);
  return [
    ...lines("tier that administration approves alone", ceilings, ({ tier }) => tier),
    ["tier that administration approves alone", "everyone else", "the department's"],
    ...lines("clearance that administration approves alone", clearances, ({ secrecy }) => secrecy),
    ["clearance that administration approves alone", "everyone else", "ORDINARY"],
    ...lines("term", terms, ({ hours }) => `${hours} hours, and no longer than the contract`),
    ...lines("never granted", never, (line) => line.operations.join(", ")),
    ...lines(
      "declaration of a whole scope",
      standingDeclarations,
      () => `${declarationHours.standing} hours`,
    ),
    ["declaration of named customers", "everyone", `${declarationHours.named} hours`],
    ["access in an emergency", "everyone", emergencyHours === 0 ? "none" : `${emergencyHours} hours`],
  ];
}

const granteesInWords = ({ kinds, departments, roles, grants }: Grantees): string =>
  peopleInWords([kinds, departments, roles, grants]);

const cellsOfRule = (rule: PostRule): string[] => {
  const { people, rows, uses, fields } = ruleInWords(rule);
  return [people, rows, uses, fields];
};

/** `schema/errors.md`: the closed list of codes. */
export const errorList = (): string =>
  [
    "# Errors",
    "",
    "Every `extensions.code` and every `reason` of `extensions.access`. Printed by `npm run schema:update`; never edited.",
    "",
    table(
      ["Code", "Meaning"],
      Object.entries(codes).map(([code, meaning]) => [code, meaning]),
    ),
    "",
  ].join("\n");
