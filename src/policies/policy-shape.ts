import { z } from "zod";
import type { PolicyProblem } from "../access/floors.js";
import { type Condition, extras, policy as first, type PolicyContent } from "../access/policy.js";
import { domains, type PostRule, postRows, postUses } from "../access/post-rule.js";
import { customerClasses, fieldClasses, operations, secrecies, tiers } from "../access/vocabulary.js";
import { DepartmentCode, GrantKind, PrincipalKind, Role } from "../database/client.js";

// The shape of a version of the policy as data. What its words mean together is checked in `policy-sense.ts`.

/** Its length is looked at before what is in it. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(z.unknown()).max(200).pipe(z.array(item)).readonly();
const words = <Word extends string>(known: readonly Word[]) => listOf(z.enum(known));
const wordsOf = <Word extends string>(known: Readonly<Record<string, Word>>) => words(Object.values(known));
const every = <Word extends string, Value extends z.ZodType>(known: readonly Word[], value: Value) =>
  z.strictObject(Object.fromEntries(known.map((word) => [word, value])) as Record<Word, Value>);
const some = <Word extends string, Value extends z.ZodType>(known: readonly Word[], value: Value) =>
  z.strictObject(
    Object.fromEntries(known.map((word) => [word, value.exactOptional()])) as Record<
      Word,
      z.ZodExactOptional<Value>
    >,
  );
const hours = (most: number) => z.int().min(1).max(most);

const requirement = z.strictObject({
  tier: z.enum(tiers),
  extra: words(extras),
  direct: z.strictObject({ departments: wordsOf(DepartmentCode), tier: z.enum(tiers) }).exactOptional(),
});

const grantees = {
  kinds: wordsOf(PrincipalKind).exactOptional(),
  departments: wordsOf(DepartmentCode).exactOptional(),
  roles: wordsOf(Role).exactOptional(),
  grants: wordsOf(GrantKind).exactOptional(),
};

const postRule = z.strictObject({
  who: z.strictObject({
    departments: wordsOf(DepartmentCode).exactOptional(),
    roles: wordsOf(Role).exactOptional(),
    kinds: wordsOf(PrincipalKind).exactOptional(),
  }),
  rows: words(postRows),
  uses: words(postUses),
  records: listOf(z.string()).exactOptional(),
  fields: some(fieldClasses, z.union([z.literal("*"), listOf(z.string())])),
});

const twoYears = 731 * 24;

/** A condition that came later: of a version from before, what version 1 says of it counts. */
const later = (condition: Condition) => z.boolean().default(first.conditions[condition]);

const policyShape = z.strictObject({
  conditions: every(["device", "address", "training", "commitment", "purpose"], z.boolean()).extend({
    deviceKey: later("deviceKey"),
    stockTake: later("stockTake"),
    maintenance: later("maintenance"),
    review: later("review"),
  }),
  exemptFromPersonalConditions: wordsOf(PrincipalKind),
  introspection: wordsOf(PrincipalKind),
  customers: every(customerClasses, every(operations, requirement.nullable())),
  self: words([...customerClasses, "META"]),
  posts: every(domains, listOf(postRule)).extend({
    // It came later too.
    ledger: listOf(postRule)
      .optional()
      .transform((rules): readonly PostRule[] => rules ?? first.posts.ledger),
  }),
  limits: z.strictObject({
    ceilings: listOf(z.strictObject({ ...grantees, tier: z.enum(tiers) })),
    clearances: listOf(z.strictObject({ ...grantees, secrecy: z.enum(secrecies) })),
    terms: listOf(z.strictObject({ ...grantees, hours: hours(twoYears) })),
    never: listOf(z.strictObject({ ...grantees, operations: words(operations) })),
    declarationHours: z.strictObject({ named: hours(twoYears), standing: hours(twoYears) }),
    emergencyHours: z.int().min(0).max(4),
    standingDeclarations: listOf(z.strictObject(grantees)),
  }),
}) satisfies z.ZodType<PolicyContent>;

/** What was read as a version of the policy, or all that is wrong with it. */
export type ReadPolicy =
  | { readonly content: PolicyContent; readonly problems?: undefined }
  | { readonly content?: undefined; readonly problems: readonly PolicyProblem[] };

/** A version of the policy, as its JSON is read: nothing missing that it can say, nothing that is not known. */
export function readShape(written: unknown): ReadPolicy {
  const { success, data, error } = policyShape.safeParse(written, { error: reasonFor });
  return success
    ? { content: data }
    : { problems: error.issues.map(({ path, message }) => ({ path: path.join("."), reason: message })) };
}

/** In words that repeat nothing of what was sent. */
function reasonFor(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "It is missing." : `It is not of the type ${issue.expected}.`;
    case "invalid_value":
      return `It is not one of ${issue.values.join(", ")}.`;
    case "unrecognized_keys":
      return "It has parts that no version has.";
    case "too_big":
      return issue.origin === "array"
        ? `There are more than ${issue.maximum}.`
        : `It is more than ${issue.maximum}.`;
    case "too_small":
      return `It is less than ${issue.minimum}.`;
    default:
      return "It is not what a version has here.";
  }
}
