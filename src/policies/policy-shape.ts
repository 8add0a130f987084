import { z } from "zod";
import { extras, type PolicyContent } from "../access/policy.js";
import { domains, postRows } from "../access/post-rules.js";
import { customerClasses, fieldClasses, operations, secrecies, tiers, uses } from "../access/vocabulary.js";
import { DepartmentCode, GrantKind, PrincipalKind, Role } from "../database/client.js";

// The shape of a version of the policy as data. What its words mean together is checked in `policy-sense.ts`.

const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).max(200).readonly();
const words = <Word extends string>(known: readonly Word[]) => listOf(z.enum(known));
const wordsOf = <Word extends string>(known: Readonly<Record<string, Word>>) => words(Object.values(known));
const every = <Word extends string, Value extends z.ZodType>(known: readonly Word[], value: Value) =>
  z.strictObject(Object.fromEntries(known.map((word) => [word, value])) as Record<Word, Value>);
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
  uses: words(uses),
  records: listOf(z.string()).exactOptional(),
  fields: z.partialRecord(z.enum(fieldClasses), z.union([z.literal("*"), listOf(z.string())])),
});

const twoYears = 731 * 24;

/** A version of the policy, as its JSON is read: nothing missing, nothing that is not known. */
export const policyShape = z.strictObject({
  conditions: every(["device", "address", "training", "commitment", "purpose"], z.boolean()),
  exemptFromPersonalConditions: wordsOf(PrincipalKind),
  introspection: wordsOf(PrincipalKind),
  customers: every(customerClasses, every(operations, requirement.nullable())),
  self: words([...customerClasses, "META"]),
  posts: every(domains, listOf(postRule)),
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
