import type { Grantees, PolicyContent, Requirement } from "./policy.js";
import { policy as first } from "./policy.js";
import type { PostRow, PostRule } from "./post-rule.js";
import {
  atLeast,
  type CustomerClass,
  customerClasses,
  type Operation,
  operations,
  tiers,
} from "./vocabulary.js";

// What no version of the tier policy can move: what the rulebook holds literally. The numbers of tiers, filters and terms
// are the group's (rulebook 3.3); what is closed at every tier stays so.

/** What is wrong with a part of a version of the policy. */
export interface PolicyProblem {
  /** `limits.terms` */
  readonly path: string;
  readonly reason: string;
}

interface Floor {
  readonly says: string;
  readonly clause: string;
  /** Where a version goes below it. */
  readonly broken: (content: PolicyContent) => readonly string[];
}

type Cell = readonly [fieldClass: CustomerClass, operation: Operation, given: Requirement];

/** The open cells of the matrix that are not as they have to be. */
const cells =
  (isBroken: (...cell: Cell) => boolean): Floor["broken"] =>
  ({ customers }) =>
    customerClasses.flatMap((fieldClass) =>
      operations
        .filter((operation) => {
          const given = customers[fieldClass][operation];
          return given !== null && isBroken(fieldClass, operation, given);
        })
        .map((operation) => `customers.${fieldClass}.${operation}`),
    );

const isBelow = ({ tier }: Requirement, floor: (typeof tiers)[number]): boolean =>
  !atLeast(tiers, tier, floor);

const enforced = (condition: keyof PolicyContent["conditions"], clause: string, says: string): Floor => ({
  says,
  clause,
  broken: ({ conditions }) => (conditions[condition] ? [] : [`conditions.${condition}`]),
});

/** Uses that neither show nor tell what is stored. */
const blind: readonly Operation[] = ["SEE_MASKED", "CREATE"];

/** Customer service corrects directly what it writes of its service (rulebook 2.4 H2). */
const isServiceOwn = (fieldClass: CustomerClass, direct: NonNullable<Requirement["direct"]>): boolean =>
  fieldClass === "SERVICE" &&
  atLeast(tiers, direct.tier, "SERVICE") &&
  direct.departments.every((department) => department === "CUSTOMER_SERVICE");

/** A line that names posts is not about everybody. Empty lists fit nobody. */
const namesPosts = ({ departments, roles }: Grantees & { readonly roles?: readonly string[] }): boolean =>
  departments !== undefined || roles !== undefined;

/** Who sees which rows of somebody else's personal data. */
const readers = [
  { roles: ["DEPT_HEAD"], row: "department" },
  { roles: ["TRAINER"], row: "taught" },
  { roles: ["GENERAL_MANAGER", "ADMIN_HEAD"], row: "led" },
] as const satisfies readonly { roles: readonly string[]; row: PostRow }[];

/** What they see of it: trainings, and nothing else. */
const openTo = readers.map(({ roles, row }) => ({
  ...{ roles, row },
  fields: new Set(
    first.posts.staff.filter(({ rows }) => rows.includes(row)).flatMap(({ fields }) => fields.STAFF ?? []),
  ),
}));

const isOnlyFor = ({ roles }: PostRule["who"], these: readonly string[]): boolean =>
  roles?.every((role) => these.includes(role)) ?? false;

const keepsPrivate = ({ who, rows, fields: { STAFF: opened = [] } }: PostRule): boolean =>
  opened.length === 0 ||
  rows.includes("own") ||
  openTo.some(
    ({ roles, row, fields }) =>
      rows.includes(row) &&
      isOnlyFor(who, roles) &&
      opened !== "*" &&
      opened.every((field) => fields.has(field)),
  );

const longest = first.limits.declarationHours;

export const floors: readonly Floor[] = [
  {
    says: "What is financial or private is used under a declaration.",
    clause: "S002-3.3b",
    broken: cells(
      (fieldClass, operation, { extra }) =>
        (fieldClass === "FINANCIAL" || fieldClass === "PRIVATE") &&
        !blind.includes(operation) &&
        !extra.includes("DECLARATION"),
    ),
  },
  {
    says: "Only authorised managers correct and delete, but for what customer service writes of its service.",
    clause: "S000-4.3c, S002-2.2c",
    broken: cells(
      (fieldClass, operation, given) =>
        ((operation === "CORRECT" || operation === "DELETE") && isBelow(given, "STEWARD")) ||
        (operation === "CORRECT" && given.direct !== undefined && !isServiceOwn(fieldClass, given.direct)),
    ),
  },
  {
    says: "Nothing is clear to those who have no more than the masked tier.",
    clause: "S000-4.2c",
    broken: cells((_fieldClass, operation, given) => operation === "SEE_CLEAR" && isBelow(given, "POST")),
  },
  enforced(
    "device",
    "S000-4.1b, S000-5.1b",
    "Customer data is used on registered devices, by their custodians.",
  ),
  enforced("training", "S000-4.2a", "Whoever uses customer data has been trained for it."),
  enforced("commitment", "S001-P3-11", "Whoever uses customer data has promised secrecy."),
  enforced(
    "review",
    "S004-P4-15",
    "What is classified is read on reviewed devices, by people trained for secret posts.",
  ),
  {
    says: "Only service accounts are neither trained nor sworn in.",
    clause: "S000-4.2a, S001-P3-11",
    broken: ({ exemptFromPersonalConditions: exempt }) =>
      exempt.every((kind) => kind === "SYSTEM") ? [] : ["exemptFromPersonalConditions"],
  },
  {
    says: "What the company thinks of a customer is internal.",
    clause: "S000-5.2a, rulebook 6-24",
    broken: ({ self }) => (self.includes("BUSINESS") ? ["self"] : []),
  },
  {
    says: `A declaration is open for ${longest.named} hours at most, one for a whole scope for ${longest.standing}.`,
    clause: "S002-3.3b",
    broken: ({ limits: { declarationHours } }) =>
      (["named", "standing"] as const)
        .filter((kind) => declarationHours[kind] > longest[kind])
        .map((kind) => `limits.declarationHours.${kind}`),
  },
  {
    says: "Who may declare for a whole scope is named by department or role: it is never everybody.",
    clause: "S002-3.3b",
    broken: ({ limits: { standingDeclarations } }) =>
      standingDeclarations.flatMap((line, at) =>
        namesPosts(line) ? [] : [`limits.standingDeclarations.${at}`],
      ),
  },
  {
    says: "Personal data of staff is for themselves, and their trainings for whoever signs for them and whoever trains them.",
    clause: "S003-2.1.2",
    broken: ({ posts: { staff } }) =>
      staff.flatMap((rule, at) => (keepsPrivate(rule) ? [] : [`posts.staff.${at}`])),
  },
];

/** Where a version goes below what the rulebook holds. */
export const belowFloors = (content: PolicyContent): readonly PolicyProblem[] =>
  floors.flatMap(({ says, clause, broken }) =>
    broken(content).map((path) => ({ path, reason: `${says} (${clause})` })),
  );
