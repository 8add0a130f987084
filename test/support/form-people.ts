import fc from "fast-check";
import type { Role } from "../../src/database/client.js";
import type { Who, Workflow } from "../../src/workflow/workflow.js";
import { testNow } from "./database.js";
import type { Somebody } from "./form-interpreter.js";

const departments = ["SALES", "ADMINISTRATION", "MANAGEMENT", "TECHNOLOGY"];
const leading: readonly Role[] = ["DEPT_HEAD", "GENERAL_MANAGER", "ADMIN_HEAD"];

/** The roles that a table speaks of, and those that make a head. */
function rolesIn({ actions }: Workflow): Role[] {
  const named = Object.values(actions)
    .flatMap(({ who }) => who as readonly Who[])
    .flatMap((who) => ("role" in who ? [who.role] : "roles" in who ? (who.roles ?? []) : []));
  return [...new Set([...named, ...leading, "SELLER" as const])];
}

const usually = <Value>(value: Value, otherwise: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: otherwise });

const status = usually("ACTIVE", fc.constantFrom("ONBOARDING", "TRANSFERRING", "LEAVING", "LEFT"));
const contractEndsAt = usually<Date | null>(
  null,
  fc.integer({ min: -5, max: 30 }).map((days) => new Date(testNow.getTime() + days * 86_400_000)),
);

const person = (roles: readonly Role[]) =>
  fc.record({
    department: fc.constantFrom(...departments),
    roles: fc.subarray([...roles], { minLength: 0, maxLength: 3 }),
    status,
    contractEndsAt,
  });

export type Change = Partial<Pick<Somebody, "department" | "roles" | "status" | "contractEndsAt">>;

/** What can happen to somebody meanwhile: another post, another department, on the way out. */
export const changeOf = (workflow: Workflow): fc.Arbitrary<Change> =>
  fc.oneof(
    status.map((one): Change => ({ status: one })),
    fc.constantFrom(...departments).map((one): Change => ({ department: one })),
    fc.subarray(rolesIn(workflow), { maxLength: 3 }).map((one): Change => ({ roles: one })),
  );

/**
 * People of all sorts, one of whom the form is about: whoever is asked for by a step is among them as a rule, and not
 * seldom with a second role, in the wrong department, or about to leave.
 */
export function peopleFor(workflow: Workflow): fc.Arbitrary<readonly Somebody[]> {
  const roles = rolesIn(workflow);
  const one = person(roles);
  return fc
    .tuple(
      fc.array(one, { minLength: 2, maxLength: 4 }),
      ...roles.map((role) => fc.tuple(fc.constant(role), one)),
    )
    .map(([anybody, ...fitting]) => [
      ...anybody,
      ...fitting.map(([role, some]) => ({
        ...some,
        roles: [role, ...some.roles.filter((other) => other !== role)],
      })),
    ])
    .map((all) => all.map((some, at) => ({ ...some, id: `p${at}`, kind: "FORMAL", heads: [] })));
}

/** The same with the heads that rulebook 2.4 A and 6-31 give them. */
export function withHeads(people: readonly Somebody[]): readonly Somebody[] {
  const holding = (role: Role, department?: string) =>
    people
      .filter((one) => one.status === "ACTIVE" && one.roles.includes(role))
      .filter((one) => !department || one.department === department)
      .map(({ id }) => id);
  return people.map((one) => {
    const own = holding("DEPT_HEAD", one.department);
    const heads = one.roles.includes("GENERAL_MANAGER")
      ? holding("ADMIN_HEAD")
      : one.roles.includes("DEPT_HEAD") || own.length === 0
        ? holding("GENERAL_MANAGER")
        : own;
    return { ...one, heads };
  });
}
