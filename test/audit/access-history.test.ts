import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
let c1: string;

const hours = (count: number) => new Date(testNow.getTime() + count * 3_600_000);
/** cara sees C1 by itself, with orders; twice a list with C1 in it, on one day; and once the day after. */
const looks: readonly [account: string, query: string, now: Date, purpose?: string][] = [
  [
    "cara",
    '{ customers(where: { code: { eq: "C1" } }) { nodes { name mobile idNumber orders { nodes { orderNo } } } } }',
    hours(0),
  ],
  ["cara", "{ customers(first: 30) { nodes { code name } } }", hours(1)],
  ["cara", "{ customers(first: 20) { nodes { region } } }", hours(2)],
  ["cara", "{ customers(first: 20) { nodes { region } } }", hours(24)],
  ["sam", '{ customers(where: { code: { eq: "C1" } }) { nodes { code rating } } }', hours(3)],
  // What shows nothing of C1 is no look at C1.
  ["pat", '{ customers(where: { idNumber: { eq: "1" } }) { nodes { name } } }', hours(4)],
  ["cu1", "{ customers(first: 5) { nodes { name mobile } } }", hours(5)],
];

beforeAll(async () => {
  server = await demoServer();
  c1 = (await server.database.db.customer.findUniqueOrThrow({ where: { code: "C1" } })).id;
  for (const [account, query, now] of looks) {
    const { errors } = await server.executeAs(account, query, { now });
    if (account !== "pat") expect(errors).toBeUndefined();
  }
});
afterAll(() => server?.close());

const fields = "since until times inList department purpose delayedFor clear masked";
const mine = (args = "", now = hours(48)) =>
  server.executeAs("cu1", `{ myAccessHistory${args} { ${fields} } }`, { now });
const ofC1 = (account: string, now = hours(48)) =>
  server.executeAs(account, `{ customer(id: "${c1}") { accessHistory { ${fields} } } }`, { now });

const at = (hour: number) => hours(hour).toISOString();
const byService = { delayedFor: null, department: "CUSTOMER_SERVICE", purpose: "CUSTOMER_SERVICE" };
const told = [
  {
    since: at(24),
    until: at(24),
    times: 1,
    inList: true,
    ...byService,
    clear: ["Customer.region"],
    masked: [],
  },
  {
    ...{
      since: at(3),
      until: at(3),
      times: 1,
      inList: false,
      delayedFor: null,
      department: "SALES",
      purpose: "ORDER_HANDLING",
    },
    // How the company rates its customers is not theirs to hear; that somebody looked is.
    ...{ clear: [], masked: [] },
  },
  {
    ...{ since: at(1), until: at(2), times: 2, inList: true, ...byService },
    ...{ clear: ["Customer.name", "Customer.region"], masked: [] },
  },
  {
    ...{ since: at(0), until: at(0), times: 1, inList: false, ...byService },
    clear: ["Customer.mobile", "Customer.name", "Order.orderNo"],
    masked: ["Customer.idNumber"],
  },
];

test("a customer learns when, by which department, for what purpose and what of them; lists once a day; not by whom", async () => {
  const { data, errors } = await mine();
  expect(errors).toBeUndefined();
  expect(data.myAccessHistory).toEqual(told);
});

test("customer service tells the customer the same", async () => {
  const { data, errors } = await ofC1("cara");
  expect(errors).toBeUndefined();
  // That the history was asked for shows nothing of C1 but its id.
  expect(data.customer.accessHistory).toEqual(told);
});

test("nobody hears who works on a record of which they see no more than the line of a catalogue", async () => {
  const secret = await server.database.db.customer.findFirstOrThrow({ where: { secrecy: "TOP_SECRET" } });
  const { data, errors } = await server.executeAs(
    "cara",
    `{ customer(id: "${secret.id}") { code accessHistory { times } } }`,
  );
  expect(data.customer).toEqual({ code: secret.code, accessHistory: null });
  expect(errors?.[0]?.extensions).toMatchObject({ code: "CLEARANCE_REQUIRED" });
});

describe("who does not hear it", () => {
  test.each([
    ["sam", "a seller, though C1 is his", "NOT_YOUR_ROLE"],
    ["pat", "production", "NOT_YOUR_ROLE"],
    ["rep", "a reporting tool of customer service", "NOT_YOUR_ROLE"],
  ])("%s, %s", async (account, _who, code) => {
    const { data, errors } = await ofC1(account);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([code]);
    expect(data.customer.accessHistory).toBeNull();
  });

  test("a customer hears nothing of another", async () => {
    const other = await server.database.db.customer.findUniqueOrThrow({ where: { code: "C2" } });
    const { data } = await server.executeAs(
      "cu1",
      `{ customer(id: "${other.id}") { accessHistory { times } } }`,
    );
    expect(data).toEqual({ customer: null });
  });

  test("nobody of the company has a history of their own", async () => {
    const { errors } = await server.executeAs("cara", "{ myAccessHistory { times } }");
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_YOUR_ROLE" });
  });
});

describe("which time is asked for", () => {
  test.each<[string, string, number | string]>([
    ["from an instant on", `(since: "${at(3)}")`, 2],
    ["up to an instant, which it leaves out", `(until: "${at(3)}")`, 2],
    ["a day of a list is told as far as it is asked for", `(since: "${at(2)}", until: "${at(3)}")`, 1],
    ["before all of it", `(until: "${at(-1)}")`, 0],
    ["the end before the beginning", `(since: "${at(3)}", until: "${at(2)}")`, "BAD_USER_INPUT"],
    ["more than a year", `(since: "${at(-24 * 366)}")`, "BAD_USER_INPUT"],
  ])("%s", async (_what, args, expected) => {
    const { data, errors } = await mine(args);
    if (typeof expected === "number") expect(data.myAccessHistory).toHaveLength(expected);
    else expect(errors?.[0]?.extensions).toMatchObject({ code: expected, inputPath: "since" });
  });
});

describe("what a customer is to hear of later", () => {
  const set = async (account: string, input: object, now = hours(48)) =>
    server.executeAs(
      account,
      "mutation ($input: DelayDisclosureInput!) { delayDisclosure(input: $input) { disclosureDelay { id department reason until setBy { staffNo } } } }",
      { variables: { input }, now },
    );
  const lift = (account: string, id: string, now = hours(60)) =>
    server.executeAs(
      account,
      `mutation { liftDisclosureDelay(input: { id: "${id}" }) { disclosureDelay { liftedAt } } }`,
      { now },
    );
  const delay = (more: object = {}) => ({
    ...{ customerId: c1, department: "SALES", reason: "A look is being looked into.", until: at(96) },
    ...more,
  });
  const bySales = (answer: {
    data?: { myAccessHistory: { department: string; delayedFor: string | null }[] };
  }) => answer.data!.myAccessHistory.filter(({ department }) => department === "SALES");

  test.each<[string, string, object, string, string | undefined]>([
    ["nobody but who answers for it", "adam", {}, "NOT_YOUR_ROLE", undefined],
    [
      "not of their own people's looks",
      "ada",
      { department: "ADMINISTRATION" },
      "SELF_DECISION",
      "input.department",
    ],
    [
      "nor the general manager of theirs",
      "gina",
      { department: "MANAGEMENT" },
      "SELF_DECISION",
      "input.department",
    ],
    ["not for ever", "ada", { until: at(48 + 24 * 90 + 1) }, "TERM_TOO_LONG", "input.until"],
    ["not into the past", "ada", { until: at(47) }, "FORM_INCOMPLETE", undefined],
    ["not without a reason", "ada", { reason: " " }, "FORM_INCOMPLETE", undefined],
    [
      "not again and again",
      "ada",
      { customerId: "C2", department: "PRODUCTION" },
      "WRONG_STATE",
      "input.department",
    ],
    ["of nobody who does not exist", "ada", { customerId: "cus_none" }, "NOT_FOUND", "input.customerId"],
  ])("%s", async (_what, account, more, code, inputPath) => {
    const before = await server.database.db.disclosureDelay.count();
    const c2 = await server.database.db.customer.findUniqueOrThrow({ where: { code: "C2" } });
    const input = delay(more);
    const { errors } = await set(
      account,
      input.customerId === "C2" ? { ...input, customerId: c2.id } : input,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code, ...(inputPath && { inputPath }) });
    expect(await server.database.db.disclosureDelay.count()).toBe(before);
  });

  test("stays out of the history until the end, and is told with the reason then", async () => {
    const { data, errors } = await set("ada", delay());
    expect(errors).toBeUndefined();
    expect(data.delayDisclosure.disclosureDelay).toMatchObject({
      department: "SALES",
      setBy: { staffNo: "ada" },
    });
    const during = await mine("", hours(50));
    expect(bySales(during)).toEqual([]);
    expect(during.data.myAccessHistory).toEqual(told.filter(({ department }) => department !== "SALES"));
    // Customer service does not give it away either.
    expect((await ofC1("cara", hours(50))).data.customer.accessHistory).toEqual(during.data.myAccessHistory);
    expect(bySales(await mine("", hours(97)))).toMatchObject([
      { delayedFor: "A look is being looked into." },
    ]);
  });

  test("is told at once when it is lifted, which nobody does of their own people", async () => {
    const { data } = await set("gina", delay({ department: "CUSTOMER_SERVICE", reason: "Nothing." }));
    const { id } = data.delayDisclosure.disclosureDelay;
    expect((await mine("", hours(59))).data.myAccessHistory).toEqual([]);
    expect((await lift("cara", id)).errors?.[0]?.extensions).toMatchObject({ code: "NOT_YOUR_ROLE" });
    expect((await lift("ada", "dly_none")).errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND" });
    expect((await lift("ada", id)).data.liftDisclosureDelay.disclosureDelay.liftedAt).toMatch(
      "2026-11-24T19:00:00",
    );
    expect((await lift("ada", id)).errors?.[0]?.extensions).toMatchObject({ code: "WRONG_STATE" });
    expect((await mine("", hours(60))).data.myAccessHistory).not.toEqual([]);
  });

  test("administration and auditors read that it was delayed; whose looks it was do not", async () => {
    const seenBy = async (account: string) =>
      (await server.executeAs(account, "{ disclosureDelays { nodes { reason } } }", { now: hours(60) })).data
        .disclosureDelays?.nodes.length ?? null;
    expect([await seenBy("audrey"), await seenBy("adam"), await seenBy("gina")]).toEqual([4, 4, 4]);
    expect([await seenBy("sue"), await seenBy("cara"), await seenBy("cu1")]).toEqual([null, null, null]);
  });

  test("to set and to lift one is on record", async () => {
    const { data } = await server.executeAs(
      "audrey",
      '{ ledgerEvents(where: { roots: { has: "liftDisclosureDelay" }, outcome: { eq: ANSWERED } }) { nodes { person { staffNo } touched { nodes { record step } } } } }',
      { now: hours(61) },
    );
    expect(data.ledgerEvents.nodes).toMatchObject([{ person: { staffNo: "ada" } }]);
    expect(data.ledgerEvents.nodes[0].touched.nodes).toContainEqual({
      record: "DisclosureDelay",
      step: "SET lift LIFTED",
    });
  });
});

test("more than fits an answer is refused, and nothing of it told", async () => {
  await server.database.asOwner(`
    WITH set AS (SELECT f."id" FROM ledger.touch t JOIN ledger.fields f ON f."id" = t."fields"
      WHERE 'Customer.mobile' = ANY(f."clear") LIMIT 1),
      many AS (SELECT 'led_9_' || lpad(n::text, 6, '0') AS "id", n FROM generate_series(1, 1001) n),
      events AS (INSERT INTO ledger.event SELECT many."id", 9, n, '${at(-200)}', 'QUERY', '{customers}', 'ANSWERED',
        '{}', '{}', NULL, 'SALES', NULL, NULL, NULL, '{}', '{}', 1, many."id", set."id", 1, '\\x', '\\x' FROM many, set)
    INSERT INTO ledger.touch SELECT many."id", 0, '${at(-200)}', 'Customer', '${c1}', '${c1}', set."id", NULL FROM many, set`);
  const { data, errors } = await mine(`(since: "${at(-300)}", until: "${at(-100)}")`, hours(100));
  expect(errors?.[0]?.extensions).toMatchObject({ code: "LIMIT_EXCEEDED" });
  expect(data.myAccessHistory).toBeNull();
});

test("what has gone into an archive is not passed over in silence", async () => {
  await server.database.asOwner(
    `INSERT INTO ledger.archive VALUES (77, '${at(0)}', 1, 1, 1, '${at(-400)}', '\\x', '\\x')`,
  );
  const { errors } = await mine(`(since: "${at(-401)}", until: "${at(-399)}")`);
  expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", inputPath: "since" });
  expect((await mine(`(since: "${at(-399)}", until: "${at(-300)}")`)).errors).toBeUndefined();
});
