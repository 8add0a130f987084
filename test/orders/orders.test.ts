import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
let ids: Record<string, string>;

beforeAll(async () => {
  server = await demoServer();
  const orders = await server.database.db.order.findMany({ where: { orderNo: { in: ["O1", "O2"] } } });
  const customers = await server.database.db.customer.findMany({
    where: { code: { in: ["C1", "C2", "C3"] } },
  });
  ids = Object.fromEntries([
    ...orders.map(({ orderNo, id }) => [orderNo, id] as const),
    ...customers.map(({ code, id }) => [code, id] as const),
  ]);
});
afterAll(() => server?.close());

describe("an order", () => {
  const query = `query ($id: ID!) { order(id: $id) { orderNo product quantity deliveryDate status amount deliveryAddress customer { code name } seller { staffNo } } }`;
  const made = { quantity: "12.500", deliveryDate: "2026-12-06", status: "IN_PRODUCTION" };
  const named = { orderNo: "O1", product: "West Lake Longjing" };
  const unnamed = { orderNo: null, product: null };

  test.each<[string, object]>([
    [
      "sam",
      {
        ...named,
        ...made,
        amount: null,
        customer: { code: "C1", name: "林秀英" },
        seller: { staffNo: "sam" },
      },
    ],
    ["cara", { ...named, ...made, amount: null, customer: { code: "C1", name: "林秀英" } }],
    // A planner: what to make and when, for whom only masked.
    [
      "pat",
      { ...unnamed, ...made, amount: null, deliveryAddress: null, customer: { code: "C1", name: "林**" } },
    ],
    [
      "cu1",
      { ...named, ...made, amount: "21000.00", customer: { code: "C1", name: "林秀英" }, seller: null },
    ],
  ])("O1 as %s sees it", async (account, expected) => {
    const { data } = await server.executeAs(account, query, { variables: { id: ids.O1 } });
    expect(data.order).toMatchObject(expected);
  });

  test("that is delivered is out of a planner's reach, whichever way it is asked for", async () => {
    const asked =
      "query ($id: ID!, $of: ID!) { order(id: $id) { status } node(id: $id) { id } customer(id: $of) { orders { nodes { id } } } }";
    const { data } = await server.executeAs("pat", asked, { variables: { id: ids.O2, of: ids.C1 } });
    expect(data.order).toBeNull();
    expect(data.node).toBeNull();
    expect(data.customer.orders.nodes).toEqual([{ id: ids.O1 }]);
  });

  test("of another seller's customer is not in a seller's list", async () => {
    const { data } = await server.executeAs(
      "sam",
      "{ orders(first: 500) { nodes { customer { ownerEmployee { staffNo } } } } }",
    );
    const owners = data.orders.nodes.map(
      (order: { customer: { ownerEmployee: { staffNo: string } } }) => order.customer.ownerEmployee.staffNo,
    );
    expect(new Set(owners)).toEqual(new Set(["sam"]));
  });
});

describe("transactions", () => {
  const query = `query ($id: ID!) { customer(id: $id) { transactions { nodes { at kind amount account order { id } } } } }`;

  test.each<[string, object]>([
    ["sam", { kind: "PAYMENT", amount: null, account: null }],
    ["cara", { kind: "PAYMENT", amount: null, account: expect.stringMatching(/^\*{4}\d{4}$/) }],
    ["cu1", { kind: "PAYMENT", amount: "3520.00", account: expect.stringMatching(/^\d{16,19}$/) }],
  ])("of C1 as %s sees them", async (account, payment) => {
    const { data } = await server.executeAs(account, query, { variables: { id: ids.C1 } });
    expect(data.customer.transactions.nodes).toHaveLength(3);
    expect(data.customer.transactions.nodes).toContainEqual(expect.objectContaining(payment));
  });

  test("put a customer into the reach of finance, and an order's come with it", async () => {
    const { data } = await server.executeAs(
      "fin",
      "query ($id: ID!) { order(id: $id) { transactions { totalCount nodes { customer { code } } } } }",
      {
        variables: { id: ids.O2 },
      },
    );
    expect(data.order.transactions).toEqual({
      totalCount: 2,
      nodes: [{ customer: { code: "C1" } }, { customer: { code: "C1" } }],
    });
  });
});

describe("bank accounts", () => {
  const query =
    "query ($id: ID!) { customer(id: $id) { bankAccounts { holderName bankName accountNumber controlledByStaff } } }";
  const hidden = { holderName: null, bankName: null, accountNumber: null, controlledByStaff: null };

  test.each<[string, object | null]>([
    // What he may enter but not read is not even counted.
    ["sam", null],
    ["cara", { ...hidden, holderName: "林**", accountNumber: expect.stringMatching(/^\*{4}\d{4}$/) }],
    ["carl", { ...hidden, holderName: "林**", accountNumber: expect.stringMatching(/^\*{4}\d{4}$/) }],
    [
      "cu1",
      {
        holderName: "林秀英",
        bankName: "中国工商银行杭州西湖支行",
        accountNumber: expect.stringMatching(/^\d{16,19}$/),
        controlledByStaff: false,
      },
    ],
  ])("of C1 as %s sees them", async (account, expected) => {
    const { data } = await server.executeAs(account, query, { variables: { id: ids.C1 } });
    expect(data.customer.bankAccounts).toEqual(expected && [expected]);
  });
});
