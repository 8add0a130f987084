import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
const hours = (count: number) => new Date(testNow.getTime() + count * 3_600_000);

/** Thirty looks of sales at customers, one that was refused, one at devices only, and one of customer service. */
beforeAll(async () => {
  server = await demoServer();
  for (let hour = 0; hour < 30; hour += 1)
    await server.executeAs("sam", "{ customers(first: 1) { nodes { name } } }", { now: hours(hour) });
  await server.executeAs("sam", '{ customers(where: { idNumber: { eq: "1" } }) { nodes { name } } }');
  await server.executeAs("sam", "{ devices { nodes { deviceNo } } }");
  await server.executeAs("cara", "{ customers(first: 1) { nodes { name } } }");
});
afterAll(() => server?.close());

const input = (more: object = {}) => ({
  ...{ department: "SALES", since: hours(0).toISOString(), until: hours(48).toISOString(), size: 5 },
  ...more,
});
const draw = (account: string, more: object = {}) =>
  server.executeAs(
    account,
    "mutation ($input: SampleReadsInput!) { sampleReads(input: $input) { readSample { id seed size population drawnBy { staffNo } events { id person { staffNo } roots outcome customers } } } }",
    { variables: { input: input(more) }, now: hours(72) },
  );

interface Sample {
  id: string;
  seed: string;
  size: number;
  population: number;
  drawnBy: { staffNo: string };
  events: { id: string; outcome: string; customers: number; person: { staffNo: string } }[];
}
const drawn = async (account: string, more: object = {}): Promise<Sample> => {
  const { data, errors } = await draw(account, more);
  expect(errors).toBeUndefined();
  return data.sampleReads.readSample;
};

const lot = (seed: string, id: string) => createHash("sha256").update(`${seed} ${id}`).digest("hex");

test("whoever has the seed draws the same again: the first in the order of the lot", async () => {
  const sample = await drawn("audrey");
  expect(sample).toMatchObject({ size: 5, population: 30, drawnBy: { staffNo: "audrey" } });
  const { data } = await server.executeAs(
    "audrey",
    "{ ledgerEvents(first: 100, where: { department: { eq: SALES }, outcome: { eq: ANSWERED }, customers: { gt: 0 } }) { nodes { id } } }",
    { now: hours(72) },
  );
  const all: string[] = data.ledgerEvents.nodes.map(({ id }: { id: string }) => id);
  expect(all).toHaveLength(30);
  const order = all.sort((one, other) => (lot(sample.seed, one) < lot(sample.seed, other) ? -1 : 1));
  expect(sample.events.map(({ id }) => id)).toEqual(order.slice(0, 5).sort());
  for (const event of sample.events)
    expect(event).toMatchObject({ person: { staffNo: "sam" }, outcome: "ANSWERED", customers: 1 });
});

test("each lot is another, and stays what it was", async () => {
  const samples = await Promise.all([drawn("audrey"), drawn("ada"), drawn("adam")]);
  expect(new Set(samples.map(({ seed }) => seed)).size).toBe(3);
  for (const sample of samples) {
    const { data } = await server.executeAs(
      "audrey",
      `{ readSample(id: "${sample.id}") { events { id } } }`,
      {
        now: hours(73),
      },
    );
    expect(data.readSample.events).toEqual(sample.events.map(({ id }) => ({ id })));
  }
});

test.each([
  ["fewer than asked for: all of them", { size: 200 }, 30, 30],
  ["of some hours", { until: hours(3).toISOString() }, 3, 3],
  ["of a time in which nobody looked", { since: hours(40).toISOString() }, 0, 0],
])("%s", async (_what, more, population, events) => {
  const sample = await drawn("audrey", more);
  expect([sample.population, sample.events.length]).toEqual([population, events]);
});

describe("is not drawn", () => {
  test.each([
    ["by whoever is looked at", "sam", {}, "NOT_YOUR_ROLE", undefined],
    ["by a head", "sue", {}, "NOT_YOUR_ROLE", undefined],
    ["of one's own department", "ada", { department: "ADMINISTRATION" }, "SELF_DECISION", "input.department"],
    ["of a time to come", "ada", { until: hours(73).toISOString() }, "BAD_USER_INPUT", "input.until"],
    ["of no time", "ada", { since: hours(48).toISOString() }, "BAD_USER_INPUT", "input.since"],
    [
      "of more than a quarter",
      "ada",
      { since: hours(48 - 93 * 24).toISOString() },
      "BAD_USER_INPUT",
      "input.since",
    ],
    ["none", "ada", { size: 0 }, "BAD_USER_INPUT", "input.size"],
    ["too many", "ada", { size: 201 }, "BAD_USER_INPUT", "input.size"],
  ])("%s", async (_what, account, more, code, inputPath) => {
    const before = await server.database.db.readSample.count();
    const { errors } = await draw(account, more);
    expect(errors?.[0]?.extensions).toMatchObject({ code, ...(inputPath && { inputPath }) });
    expect(await server.database.db.readSample.count()).toBe(before);
  });
});

test("administration and auditors read it; whose looks they are, and everybody else, do not", async () => {
  const { id } = await drawn("audrey");
  const seenBy = async (account: string) =>
    (await server.executeAs(account, `{ readSample(id: "${id}") { id } }`, { now: hours(74) })).data
      .readSample !== null;
  expect([await seenBy("audrey"), await seenBy("adam")]).toEqual([true, true]);
  expect([await seenBy("sam"), await seenBy("sue"), await seenBy("gina"), await seenBy("cu1")]).toEqual(
    Array(4).fill(false),
  );
});

test("what was drawn is not changed, whoever tries", async () => {
  await expect(server.database.asOwner('UPDATE "ReadSample" SET "size" = 1')).rejects.toThrow("APPEND_ONLY");
  await expect(server.database.asOwner('DELETE FROM "ReadSampleEvent"')).rejects.toThrow("APPEND_ONLY");
});
