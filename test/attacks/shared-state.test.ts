import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readStarters } from "../../src/playground/starters.js";
import { type RealServer, type Reply, realServer } from "./real-server.js";

let server: RealServer;
beforeAll(async () => {
  server = await realServer();
});
afterAll(() => server?.close());

/** The most privileged first: what is kept of their answers would show in the others'. */
const accounts = [
  "mona",
  "carl",
  "gina",
  "cara",
  "dora",
  "sam",
  "sue",
  "fin",
  "pat",
  "qin",
  "rep",
  "ian",
  "cu1",
  "vic",
  "neo",
  "tess",
];

const ids = `query Ids { customers(where: { code: { in: ["C1", "C2", "C3"] } }, orderBy: [{ field: code }]) { nodes { id } } }`;
const selection = `id code name mobile idNumber creditLimit businessNeeds birthYear
  bankAccounts { holderName accountNumber } orders { nodes { orderNo quantity amount customer { name } } }`;

const same = ({ status, text }: Reply) => `${status} ${text}`;

describe("the same bytes from many callers at once are answered to each as if alone", () => {
  test.each([
    [
      "a list",
      `query { customers(first: 10, orderBy: [{ field: code }]) { totalCount nodes { ${selection} } } }`,
    ],
    [
      "look-ups by id",
      `query ($a: ID!, $b: ID!) { a: customer(id: $a) { ${selection} } b: customer(id: $b) { ${selection} } node(id: $a) { id ... on Customer { name mobile } } }`,
    ],
    ["what one may see", "{ myAccess { type reach fields { field filter see { rows outcome reason } } } }"],
    [
      "oneself",
      "{ me { id staffNo name payroll attendance devices { deviceNo } } grants { nodes { tier purposes } } }",
    ],
  ])("%s", async (_, query) => {
    const found = await server.ask("mona", ids);
    const [a, b] = (found.data.customers.nodes as { id: string }[]).map(({ id }) => id);
    const variables = { a, b };
    const alone = new Map<string, string>();
    for (const account of accounts) alone.set(account, same(await server.ask(account, query, variables)));
    expect(new Set(alone.values()).size).toBeGreaterThan(5);
    for (let round = 0; round < 3; round += 1) {
      const turn = round === 1 ? [...accounts].reverse() : accounts;
      // As many at once as find a place in the server, however large what they ask.
      for (let from = 0; from < turn.length; from += 10) {
        const some = turn.slice(from, from + 10);
        const asked = [...some, ...some].map(async (account) => {
          expect(same(await server.ask(account, query, variables)), account).toBe(alone.get(account));
        });
        await Promise.all(asked);
      }
    }
  });
});

test("what the privileged have just read is nowhere in the answers of the others", async () => {
  const { data } = await server.ask(
    "cara",
    `{ customers(where: { code: { in: ["C1", "C2"] } }) { nodes { ${selection} } } }`,
  );
  const clear = (data.customers.nodes as Record<string, string>[]).flatMap(({ name, mobile }) => [
    name!,
    mobile!,
  ]);
  const query = `{ customers(first: 500) { nodes { ${selection} } } orders(first: 500) { nodes { customer { name mobile } } } }`;
  const [, pat, ian, sue] = await Promise.all(
    ["cara", "pat", "ian", "sue"].map((account) => server.ask(account, query)),
  );
  for (const value of clear) for (const reply of [pat!, ian!]) expect(reply.text).not.toContain(`"${value}"`);
  expect(sue!.text).not.toContain("林秀英");
});

test("16 connections of everybody at once: each answer as in order, no fault, nobody turned away, memory bounded", async () => {
  // A preview of a policy is the one operation that is worked on alone: of many at once most are told to come again.
  const starters = (await readStarters()).filter(({ query }) => !/^mutation|previewPolicy\(/m.test(query));
  const jobs = starters.flatMap(({ query }) => accounts.map((account) => ({ query, account })));
  const alone = new Map<(typeof jobs)[number], string>();
  for (const job of jobs) alone.set(job, same(await server.ask(job.account, job.query)));
  const before = process.memoryUsage().rss;
  let largest = before;
  let answered = 0;
  // The same jobs in an order that mixes callers and operations, from as many connections as the agent opens.
  const mixed = Array.from(
    { length: 3 * jobs.length },
    (_, index) => jobs[(index * 37) % jobs.length]!,
  ).values();
  const worker = async () => {
    for (const job of mixed) {
      const reply = await server.ask(job.account, job.query);
      expect(same(reply), job.account).toBe(alone.get(job));
      expect(reply.status).toBeLessThan(500);
      expect(reply.codes).not.toContain("INTERNAL");
      answered += 1;
      if (answered % 50 === 0) largest = Math.max(largest, process.memoryUsage().rss);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  expect(answered).toBe(3 * jobs.length);
  const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
  console.info(`${answered} requests: ${megabytes(before)} MB before, at most ${megabytes(largest)} MB`);
  expect(megabytes(largest - before)).toBeLessThan(200);
}, 180_000);
