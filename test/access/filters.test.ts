import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestDatabase } from "../support/database.js";
import { type Answer, type Asking, type DemoServer, demoServer } from "../support/execute-as.js";
import { smallDemo } from "../support/small-demo.js";
import { type Row, rowsOf, type World, worldOf } from "../support/world.js";

// Filtering, sorting and paging tell no more than looking does (threats: filter, sort and cursor oracles).

let database: TestDatabase;
let server: DemoServer;
let world: World;
let c1: Row;
beforeAll(async () => {
  database = await smallDemo();
  server = await demoServer({ database });
  world = await worldOf(database.url);
  c1 = rowsOf(world, { name: "Customer" }).find(({ code }) => code === "C1")!;
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const ask = (account: string, query: string, asking?: Asking): Promise<Answer> =>
  server.executeAs(account, query, asking);
const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions?.code;
const text = (answer: Answer): string => JSON.stringify(answer);

describe("a filter or order on what is not clear on every row in reach is refused", () => {
  const id = { where: { idNumber: { eq: "330106198503124260" } } };
  test.each<[string, string, Record<string, unknown> | undefined, string]>([
    ["a literal", '{ customers(where: {idNumber: {eq: "1"}}) { totalCount } }', undefined, "where.idNumber"],
    [
      "another operator",
      '{ customers(where: {idNumber: {startsWith: "3"}}) { totalCount } }',
      undefined,
      "where.idNumber",
    ],
    [
      "isNull",
      "{ customers(where: {idNumber: {isNull: true}}) { totalCount } }",
      undefined,
      "where.idNumber",
    ],
    [
      "a variable",
      "query ($v: String!) { customers(where: {idNumber: {eq: $v}}) { totalCount } }",
      { v: "1" },
      "where.idNumber",
    ],
    [
      "a whole variable",
      "query ($w: CustomerWhere) { customers(where: $w) { totalCount } }",
      { w: id.where },
      "where.idNumber",
    ],
    [
      "a default",
      'query ($w: CustomerWhere = {idNumber: {eq: "1"}}) { customers(where: $w) { totalCount } }',
      undefined,
      "where.idNumber",
    ],
    [
      "and",
      '{ customers(where: {and: [{code: {eq: "C1"}}, {idNumber: {eq: "1"}}]}) { totalCount } }',
      undefined,
      "where.and.1.idNumber",
    ],
    [
      "or",
      '{ customers(where: {or: [{idNumber: {eq: "1"}}]}) { totalCount } }',
      undefined,
      "where.or.0.idNumber",
    ],
    [
      "not",
      '{ customers(where: {not: {idNumber: {eq: "1"}}}) { totalCount } }',
      undefined,
      "where.not.idNumber",
    ],
    [
      "not in or in and",
      '{ customers(where: {and: [{or: [{not: {idNumber: {eq: "1"}}}]}]}) { totalCount } }',
      undefined,
      "where.and.0.or.0.not.idNumber",
    ],
    [
      "a list that is given as one item",
      '{ customers(where: {and: {idNumber: {eq: "1"}}}) { totalCount } }',
      undefined,
      "where.and.0.idNumber",
    ],
    ["an order", "{ customers(orderBy: [{field: idNumber}]) { totalCount } }", undefined, "orderBy.0.field"],
    [
      "a second key of an order",
      "{ customers(orderBy: [{field: code}, {field: idNumber, direction: DESC}]) { totalCount } }",
      undefined,
      "orderBy.1.field",
    ],
    [
      "an order by variable",
      "query ($o: CustomerOrderField!) { customers(orderBy: {field: $o}) { totalCount } }",
      { o: "idNumber" },
      "orderBy.0.field",
    ],
    [
      "below an edge",
      "{ orders { nodes { customer { orders(orderBy: {field: amount}) { totalCount } } } } }",
      undefined,
      "orderBy.0.field",
    ],
    [
      "in a fragment",
      '{ ...F } fragment F on Query { x: customers(where: {idNumber: {eq: "1"}}) { totalCount } }',
      undefined,
      "where.idNumber",
    ],
    [
      "below node",
      '{ node(id: "cus_x") { ... on Customer { orders(where: {amount: {gt: "1"}}) { totalCount } } } }',
      undefined,
      "where.amount",
    ],
  ])("%s", async (_how, query, variables, inputPath) => {
    const answer = await ask("cara", query, variables && { variables });
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors![0]!.extensions).toMatchObject({
      code: "FILTER_FORBIDDEN",
      field: inputPath.includes("mount") || query.includes("amount") ? "Order.amount" : "Customer.idNumber",
      cause: "TIER_TOO_LOW",
      needs: expect.stringMatching(/tier/),
      inputPath,
    });
    expect(answer.data ?? null).toBe(null);
  });

  test("the reason is carl's own: what is declared for one customer does not open the filter", async () => {
    const answer = await ask("carl", '{ customers(where: {idNumber: {eq: "1"}}) { totalCount } }');
    expect(answer.errors![0]!.extensions).toMatchObject({
      code: "FILTER_FORBIDDEN",
      cause: "DECLARATION_REQUIRED",
      request: "fileSensitiveUse",
    });
  });

  test("skipped, it is not asked", async () => {
    const answer = await ask(
      "cara",
      '{ customers(first: 1) { totalCount } x: customers(where: {idNumber: {eq: "1"}}) @skip(if: true) { totalCount } }',
    );
    expect(answer.errors).toBeUndefined();
  });

  test.each(["cara", "pat", "ian", "sam", "rep", "neo", "vic"])(
    "%s learns nothing from a right guess",
    async (account) => {
      for (const [field, right] of [
        ["idNumber", c1.idNumber],
        ["taxId", c1.taxId],
        ["healthNotes", c1.healthNotes],
      ] as const)
        for (const operator of ["eq", "contains", "startsWith"]) {
          const guess = (value: unknown) =>
            ask(
              account,
              `query ($v: String!) { customers(where: {${field}: {${operator}: $v}}) { totalCount } }`,
              { variables: { v: value } },
            );
          expect(text(await guess(right))).toBe(text(await guess("wrong")));
        }
    },
  );
});

describe("filters", () => {
  const count = async (where: string, account = "cara"): Promise<number> =>
    (await ask(account, `{ customers(where: ${where}) { totalCount } }`)).data.customers.totalCount;

  test.each([
    "{code: null}",
    "{code: {eq: null}}",
    "{code: {in: null}}",
    "{and: null}",
    "{not: null}",
    "{or: [{code: {contains: null}}]}",
  ])("%s never widens the answer: it is refused", async (where) => {
    expect(codeOf(await ask("cara", `{ customers(where: ${where}) { totalCount } }`))).toBe("BAD_USER_INPUT");
  });

  test("a variable that is not given is no condition, and an explicit null is none either where the whole is null", async () => {
    const all = (await ask("cara", "{ customers { totalCount } }")).data.customers.totalCount;
    const query = "query ($w: CustomerWhere) { customers(where: $w) { totalCount } }";
    expect((await ask("cara", query)).data.customers.totalCount).toBe(all);
    expect((await ask("cara", query, { variables: { w: null } })).data.customers.totalCount).toBe(all);
  });

  test.each([
    ["{code: {in: []}}", 0],
    ["{or: []}", 0],
    ['{code: {eq: "C1"}}', 1],
    ['{code: {in: ["C1", "C2", "C9"]}}', 2],
    ['{name: {contains: "%"}}', 0],
    ['{name: {contains: "_"}}', 0],
    ['{name: {startsWith: "%"}}', 0],
    ['{name: {endsWith: "_"}}', 0],
    ['{name: {contains: "\\\\"}}', 0],
    ['{and: [{code: {eq: "C1"}}, {code: {eq: "C2"}}]}', 0],
    ['{code: {in: ["C1", "C2"]}, not: {code: {eq: "C1"}}}', 1],
  ])("%s finds %i", async (where, found) => expect(await count(where)).toBe(found));

  test("not holds where there is no value", async () => {
    const missing = await count("{rating: {isNull: true}}");
    expect(missing).toBeGreaterThan(0);
    expect(await count('{not: {rating: {eq: "A"}}}')).toBeGreaterThanOrEqual(missing);
  });

  test("look only at rows inside the clearance: C3's code is no oracle for what is in it", async () => {
    expect(await count('{code: {eq: "C3"}}')).toBe(0);
    expect(await count('{code: {eq: "C3"}}', "mona")).toBe(1);
  });
});

describe("pages", () => {
  interface Page {
    nodes: { id: string }[];
    pageInfo: {
      hasNextPage: boolean;
      hasPreviousPage: boolean;
      startCursor: string | null;
      endCursor: string | null;
    };
  }
  async function walk(account: string, orderBy: string, size: number, forward: boolean): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < 100; pages += 1) {
      const from: string = cursor ? `, ${forward ? "after" : "before"}: "${cursor}"` : "";
      const { data } = await ask(
        account,
        `{ page: customers(orderBy: ${orderBy}, ${forward ? "first" : "last"}: ${size}${from}) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      );
      const { nodes, pageInfo } = data.page as Page;
      const ids = nodes.map(({ id }) => id);
      if (forward) seen.push(...ids);
      else seen.unshift(...ids);
      if (!(forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return seen;
      cursor = forward ? pageInfo.endCursor : pageInfo.startCursor;
    }
    throw new Error("The pages do not end");
  }

  test.each([
    ["ties and missing values", "[{field: rating, direction: ASC}]"],
    ["the same from the other end", "[{field: rating, direction: DESC}]"],
    ["two keys", "[{field: partyType, direction: DESC}, {field: region, direction: ASC}]"],
    ["instants with missing values", "[{field: collectedAt, direction: DESC}]"],
    ["days with missing values", "[{field: retentionUntil, direction: ASC}]"],
    ["a unique key", "[{field: code, direction: DESC}]"],
    ["ids alone", "[{field: id, direction: DESC}]"],
  ])("in either direction hold each row once: %s", async (_what, orderBy) => {
    const whole = (
      await ask("cara", `{ customers(orderBy: ${orderBy}, first: 500) { totalCount nodes { id } } }`)
    ).data.customers;
    const ids = (whole.nodes as { id: string }[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(whole.totalCount);
    expect(await walk("cara", orderBy, 4, true)).toEqual(ids);
    expect(await walk("cara", orderBy, 3, false)).toEqual(ids);
  });

  test.each([
    ["first: 0", "BAD_USER_INPUT"],
    ["first: -1", "BAD_USER_INPUT"],
    ["first: 501", "LIMIT_EXCEEDED"],
    ["last: 0", "BAD_USER_INPUT"],
    ["last: 501", "LIMIT_EXCEEDED"],
    ["first: 1, last: 1", "BAD_USER_INPUT"],
  ])("%s is refused", async (size, code) => {
    expect(codeOf(await ask("cara", `{ customers(${size}) { totalCount } }`))).toBe(code);
  });
});

describe("cursors", () => {
  const cursorOf = async (account: string, list: string, args = ""): Promise<string> =>
    (await ask(account, `{ page: ${list}(first: 1${args}) { edges { cursor } } }`)).data.page.edges[0].cursor;
  const use = (account: string, list: string, cursor: string, args = "") =>
    ask(
      account,
      `query ($c: String!) { page: ${list}(first: 1, after: $c${args}) { totalCount nodes { id } } }`,
      { variables: { c: cursor } },
    );
  const byName = ", orderBy: {field: name}";

  test("are good where they came from", async () => {
    expect((await use("cara", "customers", await cursorOf("cara", "customers"))).errors).toBeUndefined();
  });

  test.each<[string, () => Promise<Answer>]>([
    ["in another list", async () => use("cara", "orders", await cursorOf("cara", "customers"))],
    ["in another order", async () => use("cara", "customers", await cursorOf("cara", "customers"), byName)],
    [
      "in the other direction",
      async () =>
        use(
          "cara",
          "customers",
          await cursorOf("cara", "customers", byName),
          ", orderBy: {field: name, direction: DESC}",
        ),
    ],
    ["with another caller", async () => use("carl", "customers", await cursorOf("cara", "customers"))],
    ["cut", async () => use("cara", "customers", (await cursorOf("cara", "customers")).slice(0, -4))],
    ["empty", async () => use("cara", "customers", "")],
    ["made up", async () => use("cara", "customers", Buffer.from('["C1","cus_1"]').toString("base64url"))],
    ["too long", async () => use("cara", "customers", "A".repeat(5000))],
  ])("%s they are refused", async (_what, asking) => {
    const answer = await asking();
    expect(codeOf(answer)).toBe("BAD_USER_INPUT");
    expect(answer.errors![0]!.extensions).toMatchObject({ inputPath: "after" });
  });

  test("with any character changed they are refused", async () => {
    const cursor = await cursorOf("cara", "customers");
    for (let at = 0; at < cursor.length; at += 7) {
      const edited = `${cursor.slice(0, at)}${cursor[at] === "A" ? "B" : "A"}${cursor.slice(at + 1)}`;
      expect(codeOf(await use("cara", "customers", edited))).toBe("BAD_USER_INPUT");
    }
  });

  test("hold no value that can be read", async () => {
    const { data } = await ask(
      "cara",
      "{ customers(first: 50, orderBy: {field: name}) { edges { cursor node { id name } } } }",
    );
    for (const { cursor, node } of data.customers.edges as {
      cursor: string;
      node: { id: string; name: string };
    }[]) {
      const bytes = Buffer.from(cursor, "base64url");
      for (const encoding of ["utf8", "latin1"] as const)
        for (const value of [node.id, node.name, "name"])
          expect(bytes.toString(encoding)).not.toContain(value);
    }
  });
});
