import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Operation, Prisma } from "../../src/database/client.js";
import { employeeId } from "../../src/database/demo/people.js";
import { newId } from "../../src/database/id.js";
import { testNow } from "../support/database.js";
import { type Asking, type DemoServer, demoServer } from "../support/execute-as.js";

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
    ["cara", "C3", "CLEARANCE_REQUIRED", "input.customerId"],
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

describe("updateServiceCase", () => {
  const mutation = `mutation ($input: UpdateServiceCaseInput!) { updateServiceCase(input: $input) { serviceCase {
    kind status channel content result satisfaction receivedAt firstReplyAt resolvedAt misSellingAlleged version
    handler { staffNo } againstEmployee { staffNo }
  } } }`;
  const update = (account: string, input: object, asking: Asking = {}) =>
    server.executeAs(account, mutation, { variables: { input }, ...asking });
  const db = () => server.database.db;
  const stored = (id: string) => db().serviceCase.findUniqueOrThrow({ where: { id } });

  /** A case of C1 that nobody has answered yet. */
  const aCase = async (row: Partial<Prisma.ServiceCaseUncheckedCreateInput> = {}) => {
    const id = newId("svc", testNow);
    await db().serviceCase.create({
      data: {
        ...{ id, customerId: customers.C1!, kind: "COMPLAINT", channel: "PHONE", content: "Late." },
        ...{ receivedAt: "2026-11-20T08:00:00Z", ...row },
      },
    });
    return id;
  };
  const replied = { status: "ANSWERED", firstReplyAt: "2026-11-20T09:00:00Z" } as const;

  /** Refused, with nothing changed. */
  const refused = async (account: string, id: string, input: object, asking: Asking = {}) => {
    const before = await stored(id);
    const { errors } = await update(account, { id, version: before.version, ...input }, asking);
    expect(await stored(id)).toEqual(before);
    return errors?.[0]?.extensions;
  };

  test("customer service answers it, and whoever does so first deals with it from then on", async () => {
    const id = await aCase();
    const answered = await update("cara", { id, version: 1, firstReplyAt: "2026-11-20T10:00:00+08:00" });
    expect(answered.errors).toMatchObject([{ extensions: { inputPath: "input.firstReplyAt" } }]);
    const answer = { firstReplyAt: "2026-11-20T17:00:00+08:00", result: "Called\r\nback." };
    const { data, errors } = await update("cara", { id, version: 1, ...answer });
    expect(errors).toBeUndefined();
    expect(data.updateServiceCase.serviceCase).toEqual({
      ...{ kind: "COMPLAINT", channel: "PHONE", content: "Late.", misSellingAlleged: false },
      ...{ status: "ANSWERED", handler: { staffNo: "cara" }, version: 2, againstEmployee: null },
      receivedAt: "2026-11-20T08:00:00+00:00",
      firstReplyAt: "2026-11-20T09:00:00+00:00",
      ...{ resolvedAt: null, result: "Called\nback.", satisfaction: null },
    });
    const done = { resolvedAt: "2026-11-20T10:00:00Z", satisfaction: 4 };
    const resolved = await update("spec", { id, version: 2, ...done });
    expect(resolved.data.updateServiceCase.serviceCase).toMatchObject({
      ...{ status: "RESOLVED", satisfaction: 4, version: 3, handler: { staffNo: "cara" } },
    });
  });

  test("every field of it is corrected, and null clears what may be empty", async () => {
    const id = await aCase({ ...replied, result: "x", handlerId: employeeId("cara") });
    const everything = {
      ...{ kind: "QUALITY_QUERY", channel: "MAIL", content: "Dented.", result: "y", satisfaction: 2 },
      ...{ receivedAt: "2026-11-19T08:00:00.000Z", firstReplyAt: "2026-11-19T09:00:00.000Z" },
      ...{ resolvedAt: "2026-11-19T10:00:00.000Z", misSellingAlleged: true },
      againstEmployeeId: employeeId("sam"),
    };
    expect((await update("mona", { id, version: 1, ...everything })).errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(await stored(id)))).toMatchObject({
      ...everything,
      ...{ status: "RESOLVED", handlerId: employeeId("cara"), version: 2 },
    });
    const cleared = { resolvedAt: null, firstReplyAt: null, result: null, satisfaction: null };
    const { errors } = await update("cara", { id, version: 2, ...cleared, againstEmployeeId: null });
    expect(errors).toBeUndefined();
    expect(await stored(id)).toMatchObject({
      ...{ ...cleared, againstEmployeeId: null, status: "OPEN", handlerId: null, version: 3 },
    });
  });

  test.each<[string, string]>([
    // qin has the tier and the scope; the operation is given below.
    ["qin", "TIER_TOO_LOW"],
    ["sam", "TIER_TOO_LOW"],
    ["gina", "TIER_TOO_LOW"],
    ["dora", "TIER_TOO_LOW"],
    ["pat", "FIELD_WITHHELD"],
    ["neo", "DEVICE_UNREGISTERED"],
    ["cu1", "FIELD_WITHHELD"],
  ])("refuses %s: %s", async (account, code) => {
    const id = await aCase();
    expect(await refused(account, id, { result: "x" })).toMatchObject({ code, inputPath: "input.result" });
  });

  /** What somebody's grant is otherwise, while something is done. */
  const granting = async <Result>(
    staffNo: string,
    changes: Prisma.GrantUpdateManyMutationInput,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    const grants = { granteeId: employeeId(staffNo), state: "ACTIVE" } as const;
    const { tier, operations } = await db().grant.findFirstOrThrow({ where: grants });
    await db().grant.updateMany({ where: grants, data: changes });
    try {
      return await work();
    } finally {
      await db().grant.updateMany({ where: grants, data: { tier, operations } });
    }
  };

  test("quality does not correct directly, even with the operation; as a steward it would", async () => {
    const id = await aCase();
    const operations: Operation[] = ["SEE_CLEAR", "CORRECT"];
    await granting("qin", { operations }, async () => {
      expect(await refused("qin", id, { result: "x" })).toMatchObject({ code: "TIER_TOO_LOW" });
    });
    await granting("qin", { operations, tier: "STEWARD" }, async () => {
      expect((await update("qin", { id, version: 1, result: "x" })).errors).toBeUndefined();
    });
  });

  test("customer service without the operation does not", async () => {
    const id = await aCase();
    await granting("cara", { operations: ["SEE_CLEAR", "CREATE"] }, async () => {
      expect(await refused("cara", id, { result: "x" })).toMatchObject({ code: "TIER_TOO_LOW" });
    });
  });

  test("what its writer does not see clear is not read back", async () => {
    const id = await aCase();
    await granting("cara", { operations: ["SEE_MASKED", "CORRECT"] }, async () => {
      const { data, errors } = await update("cara", { id, version: 1, result: "Sent new ones." });
      expect(errors).toBeUndefined();
      expect(data.updateServiceCase.serviceCase).toMatchObject({
        status: "OPEN",
        result: null,
        content: null,
      });
    });
    expect(await stored(id)).toMatchObject({ result: "Sent new ones." });
  });

  test("dates are compared only for who may write all of them", async () => {
    const id = await aCase();
    const { id: grantClass } = await db().grantClass.findFirstOrThrow({
      where: { fieldClass: "SERVICE", grant: { granteeId: employeeId("cara"), state: "ACTIVE" } },
    });
    const only = (onlyFields: string[]) =>
      db().grantClass.update({ where: { id: grantClass }, data: { onlyFields } });
    await only(["ServiceCase.resolvedAt", "ServiceCase.result"]);
    try {
      for (const resolvedAt of ["2026-11-19T00:00:00Z", "2026-11-21T00:00:00Z"])
        expect(await refused("cara", id, { resolvedAt })).toMatchObject({ code: "FIELD_WITHHELD" });
      expect((await update("cara", { id, version: 1, result: "x" })).errors).toBeUndefined();
    } finally {
      await only([]);
    }
  });

  test("a case out of reach and one that there is not answer alike", async () => {
    const id = await aCase({ customerId: customers.C3! });
    const [hidden, none] = await Promise.all(
      [id, "svc_none"].map((one) => update("cara", { id: one, version: 1, result: "x" })),
    );
    expect(hidden).toEqual(none);
    expect(hidden!.errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND", inputPath: "input.id" });
    expect(await stored(id)).toMatchObject({ result: null, version: 1 });
    expect((await update("mona", { id, version: 1, result: "x" })).errors).toBeUndefined();
  });

  test("of a customer who has been destroyed nothing is written", async () => {
    const { id: customerId } = await db().customer.findFirstOrThrow({
      where: { code: { notIn: ["C1", "C2", "C3"] }, status: "ACTIVE", secrecy: "ORDINARY" },
    });
    const id = await aCase({ customerId });
    await db().customer.update({ where: { id: customerId }, data: { status: "DESTROYED" } });
    expect(await refused("cara", id, { result: "x" })).toMatchObject({
      code: "WRONG_STATE",
      inputPath: "input.id",
    });
  });

  test.each<[string, object, string, string]>([
    ["nothing", {}, "BAD_USER_INPUT", "input"],
    ["a version that is gone", { version: 7, result: "x" }, "WRONG_STATE", "input.version"],
    ["null for what always has a value", { content: null }, "BAD_USER_INPUT", "input.content"],
    ["nothing said", { content: " " }, "BAD_USER_INPUT", "input.content"],
    ["more than satisfied", { satisfaction: 6 }, "BAD_USER_INPUT", "input.satisfaction"],
    [
      "an instant to come",
      { resolvedAt: new Date(testNow.getTime() + 1).toISOString() },
      "BAD_USER_INPUT",
      "input.resolvedAt",
    ],
    [
      "a reply before the question",
      { firstReplyAt: "2026-11-20T07:00:00Z" },
      "BAD_USER_INPUT",
      "input.firstReplyAt",
    ],
    [
      "an end before the reply that is stored",
      { resolvedAt: "2026-11-20T08:30:00Z" },
      "BAD_USER_INPUT",
      "input.resolvedAt",
    ],
    [
      "a question after the reply that is stored",
      { receivedAt: "2026-11-20T10:00:00Z" },
      "BAD_USER_INPUT",
      "input.firstReplyAt",
    ],
    ["somebody whom there is not", { againstEmployeeId: "emp_none" }, "NOT_FOUND", "input.againstEmployeeId"],
  ])("refuses %s", async (_case, input, code, inputPath) => {
    const id = await aCase(replied);
    expect(await refused("cara", id, input)).toMatchObject({ code, inputPath });
  });

  test("what the company has found to be mis-sold stays alleged", async () => {
    const id = await aCase({ misSellingAlleged: true, misSellingUpheldAt: "2026-11-21T00:00:00Z" });
    expect(await refused("cara", id, { misSellingAlleged: false })).toMatchObject({
      code: "BAD_USER_INPUT",
      inputPath: "input.misSellingAlleged",
    });
  });

  test("of two who change the same version, one does", async () => {
    const id = await aCase();
    const answers = await Promise.all(
      ["cara", "spec"].map((account) => update(account, { id, version: 1, result: account })),
    );
    expect(answers.map(({ errors }) => errors?.[0]?.extensions?.code).sort()).toEqual([
      "WRONG_STATE",
      undefined,
    ]);
  });

  test("refuses without the purpose, and in strict mode what would not be read back clear", async () => {
    const id = await aCase();
    expect(await refused("cara", id, { result: "x" }, { purpose: null })).toMatchObject({
      code: "PURPOSE_REQUIRED",
    });
    await granting("cara", { operations: ["SEE_MASKED", "CORRECT"] }, async () => {
      expect(await refused("cara", id, { result: "x" }, { strict: true })).toMatchObject({
        code: "FIELD_WITHHELD",
      });
    });
  });
});
