import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { testNow } from "../support/database.js";
import { contract, procurement, short, whole } from "../support/drivers/procurement.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { type FormPlay, formPlay, takeStepOf } from "../support/form-driver.js";
import { withoutTrace } from "../support/forms.js";

// What the table of a procurement does not say: whose step is taken when is in test/workflow/every-step.test.ts.

let server: DemoServer;
let play: FormPlay;
beforeAll(async () => {
  server = await demoServer();
  play = formPlay(server, "Procurement");
});
afterAll(() => server?.close());

const stand = (state: string) => procurement.stand(play, state);
const take = (account: string, action: string, input: object) =>
  takeStepOf(play, account, action, input, testNow);
const devicesOf = (procurementId: string) => server.database.db.device.findMany({ where: { procurementId } });

const [first, second, third] = contract.quotes as [object, object, object];
const [laptops, service] = contract.configList as [object, object];

describe("a wish", () => {
  test("counts for the department of whoever wishes, also where administration writes it down", async () => {
    const { form } = await take("clerk", "assessOral", {
      ...{ employeeId: employeeId("pat"), need: "A screen", assessment: "The old one flickers" },
    });
    const row = await server.database.db.procurement.findUniqueOrThrow({ where: { id: form.id } });
    expect(row).toMatchObject({
      ...{ wishedById: employeeId("pat"), departmentCode: "PRODUCTION", state: "NEED_ASSESSED" },
      ...{ assessedById: employeeId("clerk"), assessedAt: testNow },
    });
    expect(row.formNo).toMatch(/^W-2026-\d{4}$/);
  });

  test.each<[string, string, object, string, string[]]>([
    ["sam", "wish", {}, "FORM_INCOMPLETE", ["input.need"]],
    ["sam", "wish", { need: " " }, "FORM_INCOMPLETE", ["input.need"]],
    [
      ...(["clerk", "assessOral"] as const),
      ...([{ need: "A screen" }, "FORM_INCOMPLETE", ["input.employeeId", "input.assessment"]] as const),
    ] as never,
    [
      "clerk",
      "assessOral",
      { employeeId: "emp_nobody", need: "N", assessment: "A" },
      "NOT_FOUND",
      ["input.employeeId"],
    ],
    [
      "clerk",
      "assessOral",
      { employeeId: employeeId("vic"), need: "N", assessment: "A" },
      "FORM_INCOMPLETE",
      ["input.employeeId"],
    ],
    ["vic", "wish", { need: "A laptop" }, "NOT_YOUR_ROLE", []],
    ["cu1", "wish", { need: "A laptop" }, "NOT_YOUR_ROLE", []],
  ])("%s %s %j: %s", async (account, action, input, code, paths) => {
    const taken = await withoutTrace(server, () => take(account, action, input));
    expect(taken).toMatchObject({ code, paths });
  });

  test("whose need nobody has assessed is not applied for, whatever writes it", async () => {
    const id = await stand("WISHED");
    expect(await take("adam", "assess", { id })).toMatchObject({
      ...{ code: "FORM_INCOMPLETE", paths: ["input.assessment"] },
    });
    expect(await take("clerk", "request", { id, specification: "Two" })).toMatchObject({
      code: "WRONG_STATE",
    });
    await expect(
      server.database.db.procurement.update({
        where: { id },
        data: { state: "NEED_ASSESSED", assessedById: employeeId("adam"), assessedAt: testNow },
      }),
    ).rejects.toThrow("Procurement_assessed_before");
  });

  test("of the general manager is approved by the head of administration, and no other one", async () => {
    const requested = async (account: string) => {
      const { form } = await take(account, "wish", { need: "A laptop" });
      await play.must("adam", "assess", { id: form.id, assessment: "It is old" });
      return play.must("clerk", "request", { id: form.id, specification: "A laptop" });
    };
    const own = await requested("gina");
    expect(await take("gina", "approve", { id: own })).toMatchObject({ code: "SELF_DECISION" });
    expect((await take("ada", "approve", { id: own })).form.state).toBe("APPROVED");
    expect(await take("ada", "approve", { id: await requested("sam") })).toMatchObject({
      code: "NOT_YOUR_ROLE",
    });
  });
});

describe("an order", () => {
  const fewer = "Only two make it";

  test.each<[string, object, string[]]>([
    ["nothing", { contractNo: null, quotes: null, configList: [] }, ["contractNo", "quotes", "configList"]],
    ["two quotes, and no reason", { quotes: [first, second] }, ["fewQuotesReason"]],
    ["one supplier twice", { quotes: [first, second, second] }, ["quotes.2.supplier"]],
    [
      "no quote that is taken",
      { quotes: [second, second, third].map((one, at) => ({ ...one, supplier: `S${at}` })) },
      ["quotes"],
    ],
    ["two quotes that are taken", { quotes: [first, { ...second, chosen: true }, third] }, ["quotes"]],
    [
      "marks out of range",
      { quotes: [{ ...first, quality: 0, security: 6 }, second, third] },
      ["quotes.0.quality", "quotes.0.security"],
    ],
    [
      "prices that are none",
      { quotes: [{ ...first, price: "-1" }, { ...second, price: "1.234" }, third] },
      ["quotes.0.price", "quotes.1.price"],
    ],
    [
      "a kind without a model",
      { configList: [{ ...laptops, model: null }, service] },
      ["configList.0.model"],
    ],
    ["a model without a kind", { configList: [laptops, { ...service, model: "X" }] }, ["configList.1.kind"]],
    ["no piece of something", { configList: [laptops, { ...service, qty: 0 }] }, ["configList.1.qty"]],
    [
      "more devices than one order has",
      {
        configList: [
          { ...laptops, qty: 499 },
          { ...laptops, qty: 2 },
        ],
      },
      ["configList"],
    ],
    [
      "a list that comes to a fen less",
      { configList: [laptops, { ...service, unitPrice: "100.09" }] },
      ["configList"],
    ],
    [
      "a list that comes to more",
      { configList: [laptops, service, { ...service, unitPrice: "0.01" }] },
      ["configList"],
    ],
  ])("with %s is refused, and nothing is kept of it", async (_what, wrong, fields) => {
    const id = await stand("APPROVED");
    const taken = await withoutTrace(server, () => take("tess", "order", { ...contract, id, ...wrong }));
    expect(taken).toMatchObject({
      ...{ code: expect.stringMatching(/^(FORM_INCOMPLETE|BAD_USER_INPUT)$/) },
      paths: fields.map((field) => `input.${field}`),
    });
  });

  test.each<[string, object]>([
    ["three quotes", {}],
    ["two quotes and a reason", { quotes: [first, second], fewQuotesReason: fewer }],
    ["one quote and a reason", { quotes: [first], fewQuotesReason: fewer }],
    [
      "a list of which a line costs nothing",
      { configList: [laptops, service, { line: "Cables", qty: 9, unitPrice: "0" }] },
    ],
  ])("with %s is made", async (_what, right) => {
    const id = await stand("APPROVED");
    expect((await take("tess", "order", { ...contract, id, ...right })).form.state).toBe("ORDERED");
  });
});

describe("a delivery", () => {
  const [both, one] = whole.lines as [object, object];

  test.each<[string, object[]]>([
    ["one device less", [{ ...both, qty: 1 }, one]],
    ["one device more", [{ ...both, qty: 3 }, one]],
    ["something that does not conform", [{ ...both, conforms: false }, one]],
    [
      "a deviation of which somebody says that it conforms",
      [both, { ...one, deviation: "Later than agreed" }],
    ],
  ])("with %s can only go back", async (_what, lines) => {
    const id = await stand("DELIVERED");
    const taken = await withoutTrace(server, () => take("tim", "accept", { id, lines }));
    expect(taken).toMatchObject({ code: "NONCONFORMING", paths: ["input.lines"] });
    // Nobody finds out by trying how many were ordered of which.
    const guess = {
      id,
      lines: [
        { ...both, qty: 1 },
        { ...one, qty: 7 },
      ],
    };
    const { errors } = await server.executeAs(
      "tim",
      "mutation ($input: AcceptProcurementInput!) { acceptProcurement(input: $input) { procurement { id } } }",
      { variables: { input: guess } },
    );
    expect(errors?.[0]?.extensions?.reason).toBe("It is not as the contract has it: what was counted.");
    const told = lines.map((line) => ({ deviation: "Not as agreed", ...line }));
    expect((await take("tim", "return", { id, lines: told })).form.state).toBe("RETURNED_TO_SUPPLIER");
    expect(await devicesOf(id)).toEqual([]);
  });

  test.each<[string, string, object[] | null, string[]]>([
    ["accept", "nothing that was checked", null, ["lines"]],
    ["accept", "a line that was not checked", [both], ["lines"]],
    ["accept", "a line twice", [both, { ...both }], ["lines.1.position"]],
    ["accept", "a line that is not on the list", [both, { ...one, position: 3 }], ["lines.1.position"]],
    ["accept", "no number", [{ ...both, qty: null }, one], ["lines.0.qty"]],
    ["return", "everything as it should be", whole.lines, ["lines"]],
    ["return", "a deviation that nobody describes", [{ ...both, qty: 1 }, one], ["lines.0.deviation"]],
  ])("is not checked: %s with %s", async (action, _what, lines, fields) => {
    const id = await stand("DELIVERED");
    const taken = await withoutTrace(server, () => take("tim", action, { id, lines }));
    expect(taken).toMatchObject({ code: "FORM_INCOMPLETE", paths: fields.map((field) => `input.${field}`) });
  });

  test("that is exchanged is checked anew, and both checks stay on record", async () => {
    const id = await stand("RETURNED_TO_SUPPLIER");
    await play.must("tess", "deliver", { id });
    await play.must("tess", "accept", { id, ...whole });
    const checks = await server.database.db.acceptance.findMany({
      where: { procurementId: id },
      orderBy: { returnedAt: "asc" },
      include: { lines: { orderBy: { position: "asc" } } },
    });
    expect(
      checks.map(({ acceptedById, returnedAt, lines }) => [acceptedById, returnedAt, lines[0]!.qty]),
    ).toEqual([
      [employeeId("tim"), testNow, 1],
      [employeeId("tess"), null, 2],
    ]);
  });

  test("is checked within three working days", async () => {
    const { dueAt } = await server.database.db.procurement.findUniqueOrThrow({
      where: { id: await stand("DELIVERED") },
    });
    expect(dueAt).toEqual(new Date("2026-11-26T00:00:00+08:00"));
  });
});

describe("what is accepted", () => {
  test("is a device for each piece, with what the contract says of it, and goes on to its number", async () => {
    const id = await stand("ACCEPTED");
    const devices = await devicesOf(id);
    expect(devices).toHaveLength(2);
    for (const device of devices)
      expect(device).toMatchObject({
        ...{ kind: "LAPTOP", model: "T14", supplier: "Lianke", contractNo: "CG-1", state: "ACCEPTED" },
        ...{ purchasedAt: new Date("2026-11-22"), deviceNo: null, custodianId: null },
      });
    expect(devices.map(({ price }) => price?.toFixed(2))).toEqual(["5999.95", "5999.95"]);
    const { id: deviceId } = devices[0]!;
    const events = await server.database.db.formEvent.findMany({ where: { recordId: deviceId } });
    expect(events).toMatchObject([
      { form: "Device", action: "accept", from: null, to: "ACCEPTED", byId: null },
    ]);
    const device = formPlay(server, "Device");
    await device.must("clerk", "stockIn", { id: deviceId, stockInNo: "RK-7", invoiceNo: "FP-7" });
    const { data } = await server.executeAs(
      "clerk",
      "query ($id: ID!) { procurement(id: $id) { devices { totalCount nodes { state procurement { id } } } } }",
      { variables: { id } },
    );
    expect(data.procurement.devices.totalCount).toBe(2);
    expect(data.procurement.devices.nodes).toEqual(
      expect.arrayContaining([{ state: "STOCKED", procurement: { id } }]),
    );
  });
});

describe("who sees what of it (rulebook 3.3)", () => {
  const query = `query ($id: ID!) { procurement(id: $id) {
    state specification need contractNo
    quotes { supplier price } configList { position kind line qty unitPrice } acceptances { lines { qty } } } }`;
  let id: string;
  beforeAll(async () => {
    id = await stand("ACCEPTED");
  });

  const basic = {
    ...{ state: "ACCEPTED", specification: "Two laptops, 16 GB" },
    ...{ need: null, contractNo: null },
    quotes: contract.quotes.map(() => ({ supplier: null, price: null })),
    configList: [
      { position: 1, kind: "LAPTOP", line: null, qty: null, unitPrice: null },
      { position: 2, kind: null, line: null, qty: null, unitPrice: null },
    ],
    acceptances: [{ lines: [{ qty: null }, { qty: null }] }],
  };
  const all = {
    ...{ state: "ACCEPTED", specification: "Two laptops, 16 GB" },
    ...{ need: "Laptops for two new sellers", contractNo: "CG-1" },
    quotes: [
      { supplier: "Lianke", price: "12100.00" },
      { supplier: "Langchao", price: "12900.00" },
      { supplier: "Ningbo", price: "11000.50" },
    ],
    configList: [
      { position: 1, kind: "LAPTOP", line: "Laptop, 16 GB", qty: 2, unitPrice: "5999.95" },
      { position: 2, kind: null, line: "Setting up on the spot", qty: 1, unitPrice: "100.10" },
    ],
    acceptances: [{ lines: [{ qty: 2 }, { qty: 1 }] }],
  };

  test.each<[string, string, object | null]>([
    ["clerk", "administration", all],
    ["adam", "administration", all],
    ["fin", "finance", all],
    ["gina", "who approved it", all],
    ["tess", "who ordered it, and wrote these prices", basic],
    ["tim", "who accepted it", basic],
    ["sue", "the head of the department", basic],
    ["sam", "whose wish it is", { ...basic, need: all.need }],
    ["dora", "a colleague", null],
    ["pia", "the head of another department", null],
    ["vic", "a vendor", null],
  ])("%s, %s", async (account, _who, expected) => {
    const { data } = await server.executeAs(account, query, { variables: { id } });
    expect(data.procurement).toEqual(expected);
  });

  test("technology does not find out prices by looking for them either", async () => {
    const asked = '{ procurements(where: { contractNo: { eq: "CG-1" } }) { totalCount } }';
    const { errors } = await server.executeAs("tess", asked);
    expect(errors?.[0]?.extensions?.code).toBe("FILTER_FORBIDDEN");
  });

  test("a step's answer and its refusals tell technology nothing of them", async () => {
    const at = await stand("APPROVED");
    const { data } = await server.executeAs(
      "tess",
      "mutation ($input: OrderProcurementInput!) { orderProcurement(input: $input) { procurement { contractNo quotes { price } } } }",
      { variables: { input: { id: at, ...contract } } },
    );
    expect(data.orderProcurement.procurement).toEqual({
      contractNo: null,
      quotes: contract.quotes.map(() => ({ price: null })),
    });
    await play.must("tim", "deliver", { id: at });
    const { errors } = await server.executeAs(
      "tim",
      "mutation ($input: AcceptProcurementInput!) { acceptProcurement(input: $input) { procurement { id } } }",
      { variables: { input: { id: at, ...short } } },
    );
    expect(JSON.stringify(errors)).not.toMatch(/Lianke|5999|CG-1|16 GB/);
  });
});
