import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const deviceId = async (deviceNo: string) =>
  (await server.database.db.device.findUniqueOrThrow({ where: { deviceNo } })).id;

const stored = (deviceNo: string) => server.database.db.device.findUnique({ where: { deviceNo } });

describe("the device matrix, asked for", () => {
  const query = `query ($id: ID!) { device(id: $id) { deviceNo ipAddress sealNo software price custodian { staffNo } } }`;
  const hidden = {
    deviceNo: null,
    ipAddress: null,
    sealNo: null,
    software: null,
    price: null,
    custodian: null,
  };

  // D1 is sam's; each row says what that person sees of it.
  test.each<[string, object | null]>([
    [
      "sam",
      {
        ...hidden,
        deviceNo: "D1",
        ipAddress: "10.20.1.101",
        sealNo: "SEAL-01",
        custodian: { staffNo: "sam" },
      },
    ],
    ["sue", { ...hidden, deviceNo: "D1", custodian: { staffNo: "sam" } }],
    ["clerk", { ...hidden, deviceNo: "D1", price: "8999.00", custodian: { staffNo: "sam" } }],
    [
      "tim",
      {
        ...hidden,
        deviceNo: "D1",
        ipAddress: "10.20.1.101",
        sealNo: "SEAL-01",
        software: ["UOS 20", "WPS Office", "360 EDR"],
        custodian: { staffNo: "sam" },
      },
    ],
    ["fin", { ...hidden, deviceNo: "D1", price: "8999.00", custodian: { staffNo: "sam" } }],
    ["pat", null],
    ["cu1", null],
  ])("%s", async (account, device) => {
    const { data } = await server.executeAs(account, query, { variables: { id: await deviceId("D1") } });
    expect(data.device).toEqual(device);
  });

  test.each([
    ["sam", ["D1"]],
    ["pat", ["D2"]],
    ["sue", ["D1", "D10", "D5", "D6"]],
  ])("%s lists the devices in reach", async (account, expected) => {
    const { data } = await server.executeAs(
      account,
      "{ devices(first: 500) { totalCount nodes { deviceNo } } }",
    );
    const numbers = data.devices.nodes.map(({ deviceNo }: { deviceNo: string }) => deviceNo);
    expect(numbers).toEqual(expect.arrayContaining(expected));
    expect(data.devices.totalCount).toBe(numbers.length);
    if (account !== "sue") expect(numbers).toEqual(expected);
  });

  test("one filters only by what one sees on the rows that one sees", async () => {
    const byPrice = `{ devices(where: { price: { gt: "1" } }) { totalCount } }`;
    const refused = await server.executeAs("tim", byPrice);
    expect(refused.errors?.[0]?.extensions).toMatchObject({
      code: "FILTER_FORBIDDEN",
      field: "Device.price",
    });
    const { data } = await server.executeAs("fin", byPrice);
    expect(data.devices.totalCount).toBeGreaterThan(20);
  });

  test("nobody without a device in reach has a list of them", async () => {
    const { data, errors } = await server.executeAs("cu1", "{ devices { totalCount } }");
    expect(data.devices).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
  });

  test("a custodian's devices and a device's allocations are edges", async () => {
    const { data } = await server.executeAs(
      "sam",
      "{ me { devices { deviceNo allocations { state need user { staffNo } } } } }",
    );
    expect(data.me.devices).toEqual([
      {
        deviceNo: "D1",
        allocations: [{ state: "ACCEPTED", need: "Work with the customer list", user: { staffNo: "sam" } }],
      },
    ]);
  });
});

describe("registerDevice", () => {
  const mutation = `mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) {
    device { deviceNo kind model state purchasedAt isCustomerListDevice classified ipAddress vlan macAddress software sealNo price version custodian { id } }
  } }`;
  const register = (account: string, input: object) =>
    server.executeAs(account, mutation, { variables: { input } });
  const plain = { deviceNo: "D90", kind: "LAPTOP", model: "T14" };

  test("technology gives a device its number and file, and reads it back as far as it may see it", async () => {
    const { data, errors, extensions } = await register("tim", {
      ...plain,
      purchasedAt: "2026-11-20",
      ipAddress: " 10.20.1.190 ",
      vlan: 201,
      macAddress: "02-54-4B-00-00-90",
      software: ["UOS 20", " UOS  20 ", "WPS"],
      sealNo: "SEAL-90",
    });
    expect(errors).toBeUndefined();
    expect(data.registerDevice.device).toEqual({
      ...plain,
      state: "REGISTERED",
      purchasedAt: "2026-11-20",
      isCustomerListDevice: true,
      classified: false,
      ipAddress: "10.20.1.190",
      vlan: 201,
      macAddress: "02:54:4b:00:00:90",
      software: ["UOS 20", "WPS"],
      sealNo: "SEAL-90",
      price: null,
      version: 1,
      custodian: null,
    });
    expect(extensions?.access?.fields).toMatchObject([{ field: "Device.price", outcome: "WITHHELD" }]);
  });

  test.each(["sam", "sue", "clerk", "fin", "cu1", "neo"])("%s registers nothing", async (account) => {
    const { data, errors } = await register(account, { ...plain, deviceNo: "D91" });
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
    expect(await stored("D91")).toBeNull();
  });

  test.each<[string, object, string, string]>([
    ["an empty number", { deviceNo: "  " }, "deviceNo", "BAD_USER_INPUT"],
    ["a NUL", { model: "T\u000014" }, "model", "BAD_USER_INPUT"],
    ["a number too long", { deviceNo: "D".repeat(65) }, "deviceNo", "BAD_USER_INPUT"],
    ["a day to come", { purchasedAt: "2026-11-25" }, "purchasedAt", "BAD_USER_INPUT"],
    ["no address", { ipAddress: "10.20.1.256" }, "ipAddress", "BAD_USER_INPUT"],
    ["no hardware address", { macAddress: "02:54:4b:00:00" }, "macAddress", "BAD_USER_INPUT"],
    ["a virtual network that there is not", { vlan: 4095 }, "vlan", "BAD_USER_INPUT"],
    ["software without a name", { software: ["WPS", ""] }, "software", "BAD_USER_INPUT"],
    [
      "null for what always has a value",
      { isCustomerListDevice: null },
      "isCustomerListDevice",
      "BAD_USER_INPUT",
    ],
    ["a number that is taken", { deviceNo: "D1" }, "deviceNo", "DUPLICATE"],
  ])("refuses %s, and stores nothing", async (_case, changes, field, code) => {
    const before = await server.database.db.device.count();
    const { errors } = await register("tim", { ...plain, deviceNo: "D92", ...changes });
    expect(errors?.[0]?.extensions).toMatchObject({ code, inputPath: `input.${field}` });
    expect(await server.database.db.device.count()).toBe(before);
  });

  test("tells every problem at once, none of them with what was sent", async () => {
    const { errors } = await register("tim", { ...plain, deviceNo: "D93", vlan: 0, ipAddress: "nowhere" });
    const problems = errors?.[0]?.extensions?.problems as { inputPath: string }[];
    expect(problems.map(({ inputPath }) => inputPath).sort()).toEqual(["input.ipAddress", "input.vlan"]);
    expect(JSON.stringify(errors)).not.toContain("nowhere");
  });

  test("of two who take the same number at the same time, one gets it", async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => register("tim", { ...plain, deviceNo: "D94" })));
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions?.code);
    expect(codes.sort()).toEqual(["DUPLICATE", "DUPLICATE", "DUPLICATE", undefined]);
  });
});

describe("updateDevice", () => {
  const mutation = `mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { device { deviceNo version } } }`;
  const update = async (account: string, deviceNo: string, changes: object) => {
    const { id, version } = await server.database.db.device.findUniqueOrThrow({ where: { deviceNo } });
    return server.executeAs(account, mutation, { variables: { input: { id, version, ...changes } } });
  };
  const employeeId = async (staffNo: string) =>
    (await server.database.db.employee.findUniqueOrThrow({ where: { staffNo } })).id;

  const everything = {
    technology: {
      deviceNo: "D60",
      kind: "PC",
      model: "M",
      spec: "s",
      purchasedAt: "2026-01-02",
      isCustomerListDevice: false,
      classified: true,
      ipAddress: "2001:db8::1",
      vlan: 7,
      macAddress: "02:54:4b:00:00:60",
      software: ["a"],
      components: ["b"],
      sealNo: "S",
      configBaseline: "c",
      antivirusAt: "2026-11-01T00:00:00.000Z",
      firewall: false,
      passwordSet: false,
      secretReviewedAt: "2026-11-02T00:00:00.000Z",
      maintenanceIntervalDays: 30,
      lastMaintainedAt: "2026-11-03T00:00:00.000Z",
      nextMaintenanceAt: "2027-11-03T00:00:00.000Z",
      downtimeMinutes: 5,
    },
    finance: {
      price: "1.50",
      supplier: "x",
      contractNo: "y",
      invoiceNo: "z",
      stockInNo: "u",
      fixedAssetNo: "v",
      scrapProceeds: "2.00",
      liability: "3.00",
    },
  } as const;

  test("each writes their own part of the file, and every field of it is stored", async () => {
    expect((await update("tim", "D6", everything.technology)).errors).toBeUndefined();
    expect((await update("fin", "D60", everything.finance)).errors).toBeUndefined();
    const custodianId = await employeeId("neo");
    const holding = { department: "PRODUCTION", custodianId, idleSince: "2026-11-04T00:00:00.000Z" };
    const { data, errors } = await update("clerk", "D60", holding);
    expect(errors).toBeUndefined();
    expect(data.updateDevice.device).toEqual({ deviceNo: "D60", version: 4 });
    const { departmentCode, ...row } = JSON.parse(JSON.stringify(await stored("D60")));
    expect(row).toMatchObject({
      ...everything.technology,
      ...everything.finance,
      purchasedAt: "2026-01-02T00:00:00.000Z",
      price: "1.5",
      scrapProceeds: "2",
      liability: "3",
      custodianId,
      idleSince: holding.idleSince,
      state: "REGISTERED",
    });
    expect(departmentCode).toBe("PRODUCTION");
  });

  test("null clears what may be empty", async () => {
    await update("tim", "D5", { sealNo: null, ipAddress: null });
    expect(await stored("D5")).toMatchObject({ sealNo: null, ipAddress: null });
  });

  test.each<[string, string, object]>([
    ["sam", "sealNo", { sealNo: "X" }],
    ["sue", "department", { department: "SALES" }],
    ["clerk", "sealNo", { sealNo: "X" }],
    ["clerk", "invoiceNo", { invoiceNo: "X" }],
    ["tim", "custodianId", { custodianId: "emp_x" }],
    ["tim", "price", { sealNo: "X", price: "1.00" }],
    ["fin", "deviceNo", { deviceNo: "D99" }],
    ["cu1", "sealNo", { sealNo: null }],
  ])("%s does not write %s", async (account, field, changes) => {
    const before = await stored("D1");
    const { errors } = await update(account, "D1", changes);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_YOUR_ROLE", inputPath: `input.${field}` });
    expect(await stored("D1")).toEqual(before);
  });

  test.each<[string, object, string, string]>([
    ["a device that there is not", { id: "dev_none" }, "NOT_FOUND", "input.id"],
    ["a version that is gone", { version: 99 }, "WRONG_STATE", "input.version"],
    ["a number that is taken", { deviceNo: "D1" }, "DUPLICATE", "input.deviceNo"],
    ["null for a number", { deviceNo: null }, "BAD_USER_INPUT", "input.deviceNo"],
  ])("refuses %s, and changes nothing", async (_case, changes, code, inputPath) => {
    const before = await stored("D2");
    const { errors } = await update("tim", "D2", { sealNo: "X", ...changes });
    expect(errors?.[0]?.extensions).toMatchObject({ code, inputPath });
    expect(await stored("D2")).toEqual(before);
  });

  test("refuses a custodian whom there is not", async () => {
    const { errors } = await update("clerk", "D2", { custodianId: "emp_none" });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND", inputPath: "input.custodianId" });
  });

  test("refuses a change of nothing, and to those who write nothing before that", async () => {
    expect((await update("tim", "D2", {})).errors?.[0]?.extensions?.code).toBe("BAD_USER_INPUT");
    expect((await update("sam", "D1", {})).errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
  });

  test("of two who change the same version, one does", async () => {
    const answers = await Promise.all(["A", "B"].map((sealNo) => update("tim", "D3", { sealNo })));
    expect(answers.map(({ errors }) => errors?.[0]?.extensions?.code).sort()).toEqual([
      "WRONG_STATE",
      undefined,
    ]);
  });
});
