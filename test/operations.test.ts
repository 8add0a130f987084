import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isTourStep, readStarters } from "../src/playground/starters.js";
import { type DemoServer, demoServer } from "./support/execute-as.js";

const starters = await readStarters();

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

test("there is something to begin with for a newcomer, a dashboard and a report", () => {
  expect(starters.length).toBeGreaterThanOrEqual(12);
  expect(starters[0]).toMatchObject({ name: "FirstLook", as: ["sam", "pat", "cara", "cu1"] });
  expect(new Set(starters.map(({ name }) => name)).size).toBe(starters.length);
});

// The steps of the tour follow on one another: tour.test.ts takes them.
const ownStanding = starters.filter((starter) => !isTourStep(starter));

test("but for the steps of the tour, each runs as it stands", () => {
  expect(ownStanding.filter(({ wants }) => wants.length > 0)).toEqual([]);
});

describe.each(ownStanding.filter(({ as }) => as.length > 0))("$title ($name)", ({ query, as }) => {
  test.each(as)("answers %s without an error", async (account) => {
    const { data, errors } = await server.executeAs(account, query);
    expect(errors).toBeUndefined();
    expect(Object.values(data)).not.toContain(null);
  });
});
