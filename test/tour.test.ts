import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isTourStep, readStarters } from "../src/playground/starters.js";
import { type Answer, type DemoServer, demoServer } from "./support/execute-as.js";
import { quoted, tour } from "./support/tour.js";

// The README's tour, from its first row to its last, on one organisation.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

test("every step is in the README, in order, for the account that it is for", async () => {
  const steps = (await readStarters()).filter(isTourStep);
  expect(steps.map(({ title, as }) => [title, ...as])).toEqual(
    tour.filter(isTourStep).map(({ title, account }) => [title, account]),
  );
  expect(steps.map(({ title }) => Number.parseInt(title.slice("Tour ".length), 10))).toEqual(
    steps.map((_, at) => at + 1),
  );
});

describe("row by row, what comes is what the README says", () => {
  const answers: Answer[] = [];
  /** The ids of the forms that have been told, by name. */
  const told: Record<string, string> = {};

  test.each(tour)("$account: $title", async ({ account, starter: { query, wants }, refused, words }) => {
    const variables = Object.fromEntries(wants.map((name) => [name, told[name]]));
    const answer = await server.executeAs(account, query, { variables });
    answers.push(answer);
    for (const payload of Object.values<Record<string, { id?: string }>>(answer.data ?? {}))
      for (const [name, form] of Object.entries(payload ?? {})) if (form?.id) told[name] = form.id;
    expect(answer.errors !== undefined).toBe(refused);
    const text = JSON.stringify(answer);
    expect(words.filter((word) => !text.includes(`"${word}"`))).toEqual([]);
  });

  test("the credit limit is open while it is declared, and at no other time", () => {
    const looks = answers.filter((_, at) => tour[at]!.starter.name === "FirstLook");
    expect(looks.map(({ data }) => data.customers?.nodes[0].creditLimit)).toEqual([
      ...[undefined, null, "50000.00", null],
      ...[undefined, undefined],
    ]);
  });

  test("the roles of the old post have gone with it", async () => {
    const { db } = server.database;
    expect(await db.employeeRole.count({ where: { employee: { staffNo: "nina" } } })).toBe(0);
    const closing = await db.formEvent.findFirst({
      where: { recordId: told.offboarding!, action: "close" },
      select: { changes: true },
    });
    expect(closing).toEqual({ changes: ["no longer CS_AGENT"] });
  });

  test("and the README quotes an answer as it was", () => {
    const first = answers.find(({ data }) => data?.customers);
    expect(first?.extensions?.access?.fields).toContainEqual(quoted);
  });
});
