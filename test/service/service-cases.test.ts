import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
let customers: Record<string, string>;

beforeAll(async () => {
  server = await demoServer();
  const rows = await server.database.db.customer.findMany({ where: { code: { in: ["C1", "C2", "C3"] } } });
  customers = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
});
afterAll(() => server?.close());

describe("a service case", () => {
  const query = `query ($id: ID!) { customer(id: $id) { serviceCases(first: 1) { totalCount nodes {
    kind status receivedAt channel content handler { staffNo } customer { code }
  } } } }`;
  const shown = {
    kind: "COMPLAINT",
    status: "ANSWERED",
    receivedAt: expect.stringContaining("2026-11-19"),
    customer: { code: "C1" },
  };
  const content = "Two tins of the last delivery arrived dented.";

  test.each<[string, object | null]>([
    ["cara", { ...shown, channel: "PHONE", content, handler: { staffNo: "cara" } }],
    ["qin", { ...shown, channel: "PHONE", content, handler: { staffNo: "cara" } }],
    // Masked: kind, status and dates.
    ["sam", { ...shown, channel: null, content: null, handler: { staffNo: "cara" } }],
    // No field of a service case is on the grant: then there are no cases, and none are counted.
    ["fin", null],
    ["cu1", { ...shown, channel: "PHONE", content, handler: null }],
  ])("as %s sees it", async (account, expected) => {
    const { data } = await server.executeAs(account, query, { variables: { id: customers.C1 } });
    expect(data.customer.serviceCases?.nodes ?? null).toEqual(expected && [expected]);
  });

  test("is searched only by what is clear on every row in reach", async () => {
    const complaints = `{ serviceCases(where: { kind: { eq: COMPLAINT } }) { totalCount } }`;
    expect((await server.executeAs("sam", complaints)).errors?.[0]?.extensions?.code).toBe(
      "FILTER_FORBIDDEN",
    );
    expect((await server.executeAs("cara", complaints)).data.serviceCases.totalCount).toBeGreaterThan(0);
  });
});

describe("logServiceCase", () => {
  const mutation = `mutation ($input: LogServiceCaseInput!) { logServiceCase(input: $input) { serviceCase {
    id kind status channel content result satisfaction receivedAt firstReplyAt resolvedAt misSellingAlleged
    customer { code } handler { staffNo } againstEmployee { staffNo }
  } } }`;
  const log = (account: string, input: object, asking = {}) =>
    server.executeAs(account, mutation, {
      variables: {
        input: {
          customerId: customers.C1,
          kind: "FEEDBACK",
          channel: "PHONE",
          content: "Liked it.",
          ...input,
        },
      },
      ...asking,
    });

  let before: number;
  const stored = () => server.database.db.serviceCase.count();
  beforeEach(async () => {
    before = await stored();
  });

  test("stores what customer service was told, as open and nobody's", async () => {
    const { data, errors } = await log("cara", { content: " Liked\r\nit. " });
    expect(errors).toBeUndefined();
    expect(data.logServiceCase.serviceCase).toEqual({
      id: expect.stringMatching(/^svc_/),
      kind: "FEEDBACK",
      status: "OPEN",
      channel: "PHONE",
      content: "Liked\nit.",
      result: null,
      satisfaction: null,
      receivedAt: "2026-11-22T07:00:00+00:00",
      firstReplyAt: null,
      resolvedAt: null,
      misSellingAlleged: false,
      customer: { code: "C1" },
      handler: null,
      againstEmployee: null,
    });
  });

  test("stores the answer with it, as its writer's", async () => {
    const { id } = await server.database.db.employee.findUniqueOrThrow({ where: { staffNo: "sam" } });
    const { data, errors } = await log("cara", {
      receivedAt: "2026-11-22T09:00:00+08:00",
      firstReplyAt: "2026-11-22T09:05:00+08:00",
      resolvedAt: "2026-11-22T09:05:00+08:00",
      result: "Sent new ones.",
      satisfaction: 5,
      misSellingAlleged: true,
      againstEmployeeId: id,
    });
    expect(errors).toBeUndefined();
    expect(data.logServiceCase.serviceCase).toMatchObject({
      status: "RESOLVED",
      receivedAt: "2026-11-22T01:00:00+00:00",
      firstReplyAt: "2026-11-22T01:05:00+00:00",
      result: "Sent new ones.",
      satisfaction: 5,
      misSellingAlleged: true,
      handler: { staffNo: "cara" },
      againstEmployee: { staffNo: "sam" },
    });
  });

  test("a seller logs feedback of an own customer, and reads back no more than any case shows", async () => {
    const { data, errors, extensions } = await log("sam", { satisfaction: 4 });
    expect(errors).toBeUndefined();
    expect(data.logServiceCase.serviceCase).toMatchObject({
      kind: "FEEDBACK",
      status: "OPEN",
      content: null,
      satisfaction: null,
    });
    expect(extensions?.access?.fields).toContainEqual(
      expect.objectContaining({ field: "ServiceCase.content", outcome: "MASKED" }),
    );
    expect(await stored()).toBe(before + 1);
  });

  test.each<[string, string, string, string]>([
    ["sam", "C2", "NOT_FOUND", "input.customerId"],
    ["sam", "cus_none", "NOT_FOUND", "input.customerId"],
    ["cara", "C3", "NOT_FOUND", "input.customerId"],
    ["cara", "cus_none", "NOT_FOUND", "input.customerId"],
    ["qin", "C1", "TIER_TOO_LOW", "input.kind"],
    ["pat", "C1", "FIELD_WITHHELD", "input.kind"],
    ["tim", "C1", "TIER_TOO_LOW", "input.kind"],
    ["neo", "C1", "DEVICE_UNREGISTERED", "input.kind"],
    ["cu1", "C1", "FIELD_WITHHELD", "input.kind"],
  ])("refuses %s a case of %s: %s", async (account, customer, code, inputPath) => {
    const { errors } = await log(account, { customerId: customers[customer] ?? customer });
    expect(errors?.[0]?.extensions).toMatchObject({ code, inputPath });
    expect(await stored()).toBe(before);
  });

  test("a customer out of reach and one that there is not answer alike", async () => {
    const [hidden, none] = await Promise.all([
      log("sam", { customerId: customers.C2 }),
      log("sam", { customerId: "cus_none" }),
    ]);
    expect(hidden).toEqual(none);
  });

  test("refuses without the purpose, and with a device that is not one's own", async () => {
    expect((await log("cara", {}, { purpose: null })).errors?.[0]?.extensions?.code).toBe("PURPOSE_REQUIRED");
    expect((await log("cara", {}, { device: "D1" })).errors?.[0]?.extensions?.code).toBe("DEVICE_NOT_YOURS");
    expect(await stored()).toBe(before);
  });

  test.each<[string, object, string]>([
    ["nothing said", { content: " \n " }, "content"],
    ["too much said", { content: "x".repeat(10_001) }, "content"],
    ["a bell", { content: "ring \u0007" }, "content"],
    ["an instant to come", { receivedAt: new Date(testNow.getTime() + 1).toISOString() }, "receivedAt"],
    ["an instant before all time", { receivedAt: "0001-01-01T00:00:00Z" }, "receivedAt"],
    ["null for when it came", { receivedAt: null }, "receivedAt"],
    ["a reply before the question", { firstReplyAt: "2026-11-21T00:00:00Z" }, "firstReplyAt"],
    ["an end before the question", { resolvedAt: "2026-11-21T00:00:00Z" }, "resolvedAt"],
    [
      "an end before the reply",
      {
        receivedAt: "2026-11-20T00:00:00Z",
        firstReplyAt: "2026-11-21T00:00:00Z",
        resolvedAt: "2026-11-20T12:00:00Z",
      },
      "resolvedAt",
    ],
    ["more than satisfied", { satisfaction: 6 }, "satisfaction"],
    ["less than dissatisfied", { satisfaction: 0 }, "satisfaction"],
  ])("refuses %s", async (_case, changes, field) => {
    const { errors } = await log("cara", changes);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", inputPath: `input.${field}` });
    expect(await stored()).toBe(before);
  });

  test("refuses a complaint about somebody whom there is not", async () => {
    const { errors } = await log("cara", { againstEmployeeId: "emp_none" });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "NOT_FOUND",
      inputPath: "input.againstEmployeeId",
    });
    expect(await stored()).toBe(before);
  });

  test("in strict mode nothing is stored whose answer would not be clear", async () => {
    const { errors } = await log("sam", {}, { strict: true });
    expect(errors?.[0]?.extensions?.code).toBe("FIELD_WITHHELD");
    expect(await stored()).toBe(before);
  });
});
