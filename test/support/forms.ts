import { expect } from "vitest";
import { customerId } from "../../src/database/demo/id.js";
import { demoPeople, employeeId, headOf as leaderOf } from "../../src/database/demo/people.js";
import { testNow } from "./database.js";
import type { DemoServer } from "./execute-as.js";
import { step } from "./steps.js";

// Forms as people take them from step to step, through GraphQL.

/** Takes a step on the way to what a test is about, and answers with the form's id: throws where it is refused. */
export async function stepOn(...asked: Parameters<typeof step>): Promise<string> {
  const { form, code, needs, paths } = await step(...asked);
  const [, account, mutation, input] = asked;
  if (code) throw new Error(`${account} ${mutation}: ${code}, ${needs}, ${paths}`);
  return (input as { id?: string }).id ?? form.id;
}

/** An instant so many days after the demo organisation was loaded, as an input has it. */
export const inDays = (days: number): string => new Date(testNow.getTime() + days * 86_400_000).toISOString();

export const customers = (...codes: string[]): string[] => codes.map(customerId);

/** The form of a seller's post, complete. */
export const aPost = {
  kind: "STANDING",
  tier: "POST",
  classes: [
    { fieldClass: "BASIC", cap: "CLEAR" },
    { fieldClass: "ORDER", cap: "CLEAR", onlyFields: ["Order.quantity", "Order.product"] },
  ],
  operations: ["SEE_MASKED", "SEE_CLEAR", "FILTER"],
  customerScope: "OWN",
  purposes: ["ORDER_HANDLING", "MARKETING"],
  validTo: inDays(200),
  reason: "Sells",
};

/** The form of a case, complete: for somebody whose head reaches the customer, as in customer service. */
export const aCase = {
  ...aPost,
  kind: "CASE",
  customerScope: "CASE_LIST",
  customerIds: customers("C1"),
  validTo: inDays(20),
  reason: "A complaint of C1",
};

type Way = readonly [by: "signer" | "reviewer" | "implementer", mutation: string, input?: object][];
const signed: Way = [["signer", "submitGrantApplication", { unitSeal: true }]];
const why = { note: "Because." };
const approved: Way = [...signed, ["reviewer", "approveGrantApplication"]];

/** How an application comes to each of its states. */
const ways = {
  DRAFT: [],
  SUBMITTED: signed,
  RETURNED: [...signed, ["reviewer", "returnGrantApplication", why]],
  ESCALATED: [...signed, ["reviewer", "escalateGrantApplication"]],
  APPROVED: approved,
  REJECTED: [...signed, ["reviewer", "rejectGrantApplication", why]],
  WITHDRAWN: [["signer", "withdrawGrantApplication"]],
  IMPLEMENTED: [...approved, ["implementer", "implementGrantApplication"]],
} as const satisfies Record<string, Way>;

export type ApplicationState = keyof typeof ways;
export const applicationStates = Object.keys(ways) as readonly ApplicationState[];

export interface Application {
  /** For whom; sam, of SALES, whose head is sue. */
  readonly employee?: string;
  /** Who takes which step, where it is not the head, adam and tim. */
  readonly signer?: string;
  readonly reviewer?: string;
  readonly implementer?: string;
  readonly form?: object;
  readonly now?: Date;
}

/** Who signs for somebody: for the general manager the head of administration. */
const headOf = (employee: string): string =>
  employee === "gina" ? "ada" : leaderOf(demoPeople.find(({ staffNo }) => staffNo === employee)!);

/** An application that has come to a state, by its id. */
export async function application(
  server: DemoServer,
  state: ApplicationState,
  { employee = "sam", form = {}, now = testNow, ...people }: Application = {},
): Promise<string> {
  const by = { signer: headOf(employee), reviewer: "adam", implementer: "tim", ...people };
  const input = { ...aPost, employeeId: employeeId(employee), ...form };
  const id = await stepOn(server, by.signer, "applyForGrant", input, { now });
  for (const [who, mutation, more] of ways[state] as Way)
    await stepOn(server, by[who], mutation, { id, ...more }, { now });
  return id;
}

/** A grant that an application has led to, by its id. */
export async function granted(server: DemoServer, asked: Application = {}): Promise<string> {
  const applicationId = await application(server, "IMPLEMENTED", asked);
  const grant = await server.database.db.grant.findUniqueOrThrow({ where: { applicationId } });
  return grant.id;
}

/** A declaration of carl's, who may make one of ORDINARY fields without anybody's leave, complete. */
export const aDeclaration = {
  customerIds: customers("C1"),
  fields: ["Customer.balance"],
  purpose: "CUSTOMER_SERVICE",
  plannedUntil: inDays(2),
};

/** A declaration that has been filed, by its id. */
export const filed = (
  server: DemoServer,
  form: object = {},
  { account = "carl", now = testNow }: { account?: string; now?: Date } = {},
): Promise<string> => stepOn(server, account, "fileSensitiveUse", { ...aDeclaration, ...form }, { now });

/**
 * What every table holds, as a count and the youngest change: equal before and after where nothing was written. (A lock
 * is no change.)
 */
export async function fingerprint({ database }: Pick<DemoServer, "database">): Promise<string> {
  const tables = await database.db.$queryRaw<{ name: string }[]>`
    SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`;
  const each = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*)::int AS rows, max(xmin::text::bigint)::text AS last FROM "${name}"`,
  );
  // Workers of the server may bring the tables in any order.
  return JSON.stringify(await database.db.$queryRawUnsafe(`${each.join(" UNION ALL ")} ORDER BY name`));
}

/** Does something that must leave no trace in any table: whatever is refused. */
export async function withoutTrace<Result>(server: DemoServer, work: () => Promise<Result>): Promise<Result> {
  const before = await fingerprint(server);
  const result = await work();
  expect(await fingerprint(server)).toBe(before);
  return result;
}
