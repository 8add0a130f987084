import { performance } from "node:perf_hooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RealServer, realServer } from "../attacks/real-server.js";

let server: RealServer;
beforeAll(async () => {
  server = await realServer();
});
afterAll(() => server?.close());

const sent = "sentByMallory";
const many = <Item>(count: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, at) => item(at));
const preview = "query ($changes: JSONObject) { previewPolicy(changes: $changes) { basedOn } }";
const rule = { who: {}, rows: ["own"], uses: ["SEE"], fields: { META: "*" } };
const parts = (count: number) => Object.fromEntries(many(count, (at) => [`${sent}${at}`, at]));

/** As many values as the door lets through: 10,000 in the body. */
test.each<[what: string, changes: object]>([
  ["words", { self: many(9_900, (at) => `${sent}${at}`) }],
  ["words in many lists", { posts: { inbox: many(49, () => ({ ...rule, rows: many(190, () => sent) })) } }],
  ["rules", { posts: { inbox: many(3_000, () => ({ who: sent })) } }],
  ["lists of fields", { posts: { device: [{ ...rule, fields: { META: many(9_900, () => sent) } }] } }],
  [
    "fields that there are not",
    { posts: { device: many(45, () => ({ ...rule, fields: { META: many(190, () => sent) } })) } },
  ],
  [
    "record types that there are not",
    { posts: { device: many(45, () => ({ ...rule, records: many(190, () => sent) })) } },
  ],
  ["parts", parts(9_900)],
  ["parts of a rule", { posts: { device: [{ ...rule, fields: parts(9_900) }] } }],
  ["parts of a cell", { customers: { BASIC: { SEE_CLEAR: parts(9_900) } } }],
  ["limits", { limits: { terms: many(2_400, () => ({ kinds: [sent], hours: -1 })) } }],
  ["tiers", { limits: { ceilings: many(190, () => ({ departments: many(40, () => sent), tier: sent })) } }],
])("thousands of wrong %s are answered small and fast, and never repeated", async (_what, changes) => {
  const began = performance.now();
  const { codes, text, errors } = await server.ask("ada", preview, { changes });
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(codes).toEqual(["FORM_INCOMPLETE"]);
  expect(text.length).toBeLessThan(30_000);
  expect(text).not.toContain(sent);
  const { problems } = errors![0]!.extensions as { problems: object[] };
  expect(problems.length).toBeLessThanOrEqual(50);
});

test("an operation previews one version at most", async () => {
  const once = "previewPolicy(changes: $changes) { basedOn }";
  const asked = (...selections: string[]) =>
    server.ask("ada", `query ($changes: JSONObject) { ${selections.join(" ")} }`, {
      changes: { conditions: { address: true } },
    });
  expect((await asked(`a: ${once}`)).codes).toEqual([]);
  expect((await asked(`a: ${once}`, `b: ${once}`)).codes).toEqual(["LIMIT_EXCEEDED"]);
});
