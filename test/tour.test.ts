import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isTourStep, readStarters } from "../src/playground/starters.js";
import { testNow } from "./support/database.js";
import { type Answer, type DemoServer, demoServer } from "./support/execute-as.js";
import { deviceTour, quoted, type TourRow, tour } from "./support/tour.js";

// The README's tours, each from its first row to its last, on one organisation.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

test("every step is in the README, in order, for the account that it is for", async () => {
  const steps = (await readStarters()).filter(isTourStep);
  expect(steps.map(({ title, as }) => [title, ...as])).toEqual(
    [...tour, ...deviceTour].filter(isTourStep).map(({ title, account }) => [title, account]),
  );
  for (const rows of [tour, deviceTour])
    expect(rows.filter(isTourStep).map(({ title }) => Number(/\d+/.exec(title)![0]))).toEqual(
      rows.filter(isTourStep).map((_, at) => at + 1),
    );
  expect(deviceTour).toHaveLength(10);
});

/** Takes a row of a tour, with the ids of the forms that have been told, by name, and keeps those that are told now. */
async function take(row: TourRow, told: Record<string, string>): Promise<Answer> {
  const { account, starter, refused, words } = row;
  const variables = Object.fromEntries(starter.wants.map((name) => [name, told[name]]));
  const answer = await server.executeAs(account, starter.query, { variables });
  for (const payload of Object.values<Record<string, { id?: string }>>(answer.data ?? {}))
    for (const [name, form] of Object.entries(payload ?? {})) if (form?.id) told[name] = form.id;
  const text = JSON.stringify(answer);
  expect(answer.errors !== undefined, text).toBe(refused);
  expect(
    words.filter((word) => !text.includes(`"${word}"`)),
    text,
  ).toEqual([]);
  return answer;
}

describe("a device, row by row: what comes is what the README says", () => {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(testNow);
  const told: Record<string, string> = { today };

  test.each(deviceTour)("$account: $title", async (row) => {
    const { data } = await take(row, told);
    const [bought] = data.acceptProcurement?.procurement.devices.nodes ?? [];
    if (bought) told.device = bought.id;
  });
});

describe("nina, row by row: what comes is what the README says", () => {
  const answers: Answer[] = [];
  const told: Record<string, string> = {};

  test.each(tour)("$account: $title", async (row) => {
    answers.push(await take(row, told));
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
