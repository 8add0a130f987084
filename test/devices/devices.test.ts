import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configuration } from "../support/drivers/devices.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { step } from "../support/steps.js";
import { writeUnhindered } from "../support/write-unhindered.js";

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

describe("from its arrival to its number", () => {
  const must = async (account: string, mutation: string, input: object) => {
    const { code, paths, form } = await step(server, account, mutation, input, { form: "device" });
    expect([mutation, code, paths]).toEqual([mutation, undefined, []]);
    return form;
  };
  const arrived = { kind: "LAPTOP", model: "T14", price: "5999.00", stockInNo: "RK-90", note: "A present" };
  const setUp = {
    ...configuration,
    macAddress: "02-54-4B-00-00-90",
    software: ["UOS 20", " UOS  20 ", "WPS"],
  };
  const enter = async () => (await must("clerk", "enterDevice", arrived)).id as string;

  test("the clerk takes it in, technology sets it up and gives it its number and file", async () => {
    const id = await enter();
    await must("tim", "configureDevice", { id, ...setUp });
    await must("tim", "registerDevice", { id, deviceNo: " D90 ", classified: true });
    expect(await stored("D90")).toMatchObject({
      ...{ id, kind: "LAPTOP", model: "T14", stockInNo: "RK-90", state: "REGISTERED", version: 3 },
      ...{ macAddress: "02:54:4b:00:00:90", software: ["UOS 20", "WPS"], passwordSet: true },
      ...{ isCustomerListDevice: true, classified: true, maintenanceIntervalDays: 90, custodianId: null },
    });
    const { data } = await server.executeAs(
      "tim",
      "query ($id: ID!) { device(id: $id) { price history { action to by { staffNo } note } } }",
      { variables: { id } },
    );
    expect(data.device).toEqual({
      price: null,
      history: [
        { action: "enter", to: "STOCKED", by: { staffNo: "clerk" }, note: "A present" },
        { action: "configure", to: "CONFIGURED", by: { staffNo: "tim" }, note: null },
        { action: "register", to: "REGISTERED", by: { staffNo: "tim" }, note: null },
      ],
    });
  });

  test.each(["sam", "sue", "tim", "fin", "ada", "gina", "vic", "cu1"])(
    "%s takes nothing in",
    async (account) => {
      const before = await server.database.db.device.count();
      const { code } = await step(server, account, "enterDevice", arrived, { form: "device" });
      expect(code).toBe("NOT_YOUR_ROLE");
      expect(await server.database.db.device.count()).toBe(before);
    },
  );

  test.each<[string, object, string[]]>([
    ["neither a stock-in number nor a fixed-asset number", { stockInNo: null }, ["stockInNo"]],
    ["no kind, no model", { kind: null, model: " " }, ["kind", "model"]],
    ["a day to come", { purchasedAt: "2026-11-25" }, ["purchasedAt"]],
    ["a price below zero", { price: "-1.00" }, ["price"]],
    ["nothing about how it came", { note: null }, ["note"]],
  ])("takes in nothing with %s", async (_case, changes, paths) => {
    const before = await server.database.db.device.count();
    const taken = await step(server, "clerk", "enterDevice", { ...arrived, ...changes }, { form: "device" });
    expect(taken).toMatchObject({ code: "FORM_INCOMPLETE", paths: paths.map((path) => `input.${path}`) });
    expect(await server.database.db.device.count()).toBe(before);
  });

  test.each<[string, object, string, string[]]>([
    ["not tested", { connectionTested: false }, "FORM_INCOMPLETE", ["connectionTested"]],
    ["without a password", { passwordSet: null }, "FORM_INCOMPLETE", ["passwordSet"]],
    ["without a configuration", { configBaseline: null }, "FORM_INCOMPLETE", ["configBaseline"]],
    ["with a wrong hardware address", { macAddress: "02:54" }, "BAD_USER_INPUT", ["macAddress"]],
    ["with software without a name", { software: ["WPS", ""] }, "BAD_USER_INPUT", ["software"]],
  ])("nothing is set up that is %s", async (_case, changes, code, paths) => {
    const id = await enter();
    const taken = await step(
      server,
      "tim",
      "configureDevice",
      { id, ...configuration, ...changes },
      { form: "device" },
    );
    expect(taken).toMatchObject({ code, paths: paths.map((path) => `input.${path}`) });
    expect(await server.database.db.device.findUnique({ where: { id } })).toMatchObject({
      state: "STOCKED",
      version: 1,
    });
  });

  test.each<[string, object, string, string]>([
    ["an empty number", { deviceNo: "  " }, "FORM_INCOMPLETE", "input.deviceNo"],
    ["a number too long", { deviceNo: "D".repeat(65) }, "FORM_INCOMPLETE", "input.deviceNo"],
    ["a number that is taken", { deviceNo: "D1" }, "DUPLICATE", "input.deviceNo"],
    [
      "an interval of no days",
      { deviceNo: "D91", maintenanceIntervalDays: 0 },
      "FORM_INCOMPLETE",
      "input.maintenanceIntervalDays",
    ],
  ])("gives it no file with %s", async (_case, changes, code, path) => {
    const id = await enter();
    await must("tim", "configureDevice", { id, ...configuration });
    const taken = await step(server, "tim", "registerDevice", { id, ...changes }, { form: "device" });
    expect(taken).toMatchObject({ code, paths: [path] });
    expect(await server.database.db.device.findUnique({ where: { id } })).toMatchObject({
      state: "CONFIGURED",
      deviceNo: null,
    });
  });

  test("of two who take the same number at the same time, one gets it", async () => {
    const ids = [await enter(), await enter()];
    for (const id of ids) await must("tim", "configureDevice", { id, ...configuration });
    const both = await Promise.all(
      ids.map((id) => step(server, "tim", "registerDevice", { id, deviceNo: "D94" }, { form: "device" })),
    );
    expect(both.map(({ code }) => code).sort()).toEqual(["DUPLICATE", undefined]);
  });

  test("what is found again is nobody's, and nothing that was known of it counts any more", async () => {
    const { db } = server.database;
    const id = await enter();
    await must("tim", "configureDevice", { id, ...configuration });
    await must("tim", "registerDevice", { id, deviceNo: "D95", classified: true });
    await db.device.update({
      where: { id },
      data: {
        custodianId: (await server.callerOf("sam")).id,
        ipAddress: "10.20.1.195",
        secretReviewedAt: new Date(0),
      },
      select: { id: true },
    });
    await must("sam", "reportDeviceLost", { id, note: "On the train" });
    await must("tim", "recoverDevice", { id, note: "Unopened", sealNo: "SEAL-95" });
    expect(await stored("D95")).toMatchObject({
      ...{
        state: "RECOVERED",
        custodianId: null,
        ipAddress: null,
        secretReviewedAt: null,
        sealNo: "SEAL-95",
      },
    });
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
      maintenanceIntervalDays: 30,
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
    const holding = { department: "PRODUCTION", custodianId };
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
      state: "REGISTERED",
    });
    expect(departmentCode).toBe("PRODUCTION");
  });

  test("stands in the device's history: who, when, and which fields", async () => {
    const { id } = await server.database.db.device.findUniqueOrThrow({ where: { deviceNo: "D5" } });
    await update("tim", "D5", { sealNo: "Another", spec: "Other" });
    const [event] = await server.database.db.formEvent.findMany({
      where: { recordId: id },
      orderBy: { seq: "desc" },
      take: 1,
    });
    expect(event).toMatchObject({
      ...{
        form: "Device",
        action: "correct",
        from: "REGISTERED",
        to: "REGISTERED",
        byId: await employeeId("tim"),
      },
    });
    expect([...event!.changes].sort()).toEqual(["sealNo", "spec"]);
  });

  test("of nothing is none: neither a version, nor a line of its history", async () => {
    const before = (await stored("D5"))!;
    const events = () => server.database.db.formEvent.count({ where: { recordId: before.id } });
    const known = await events();
    expect((await update("tim", "D5", { sealNo: before.sealNo })).errors).toBeUndefined();
    expect(await stored("D5")).toEqual(before);
    expect(await events()).toBe(known);
  });

  test("is not how a device falls idle, or is used again", async () => {
    const idleSince = "2026-11-04T00:00:00.000Z";
    const { deviceNo } = await server.database.db.device.findFirstOrThrow({
      where: { state: "IDLE", deviceNo: { not: null }, allocations: { none: { endedAt: null } } },
    });
    expect((await update("clerk", deviceNo!, { idleSince })).errors).toBeUndefined();
    for (const [no, value] of [
      [deviceNo!, null],
      ["D5", idleSince],
    ] as const)
      expect((await update("clerk", no, { idleSince: value })).errors?.[0]?.extensions).toMatchObject({
        ...{ code: "WRONG_STATE", inputPath: "input.idleSince" },
      });
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
    ["an address that is taken", { ipAddress: "10.20.1.101" }, "DUPLICATE_IP", "input.ipAddress"],
    ["an interface of somebody's", { ipAddress: "fe80::1%eth0" }, "BAD_USER_INPUT", "input.ipAddress"],
    ["a network", { ipAddress: "10.20.1.0/24" }, "BAD_USER_INPUT", "input.ipAddress"],
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

describe("addresses", () => {
  const mutation = `mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { device { ipAddress } } }`;
  const give = async (deviceNo: string, ipAddress: string | null) => {
    const { id, version } = await server.database.db.device.findUniqueOrThrow({ where: { deviceNo } });
    const { data, errors } = await server.executeAs("tim", mutation, {
      variables: { input: { id, version, ipAddress } },
    });
    return errors?.[0]?.extensions?.code ?? data.updateDevice.device.ipAddress;
  };
  /** As its life brings it there. */
  const move = (deviceNo: string, state: "LOST" | "SCRAPPED" | "WRITTEN_OFF" | "FAULTY") =>
    writeUnhindered(server.database.db, (tx) => tx.device.update({ where: { deviceNo }, data: { state } }));

  test.each([
    [" 10.20.1.77 ", "10.20.1.77"],
    ["::FFFF:10.20.1.77", "10.20.1.77"],
    ["::ffff:a14:14d", "10.20.1.77"],
    ["2001:0DB8:0:0:0:0:0:9", "2001:db8::9"],
    ["2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"],
  ])("%s is kept as %s, and is one device's however it is written", async (written, kept) => {
    expect(await give("D2", written)).toBe(kept);
    for (const other of [written, kept]) expect(await give("D3", other)).toBe("DUPLICATE_IP");
    expect(await give("D2", written)).toBe(kept);
  });

  test("of two who take the same one at the same time, one gets it", async () => {
    const answers = await Promise.all(["D10", "D11", "D12"].map((deviceNo) => give(deviceNo, "10.20.1.78")));
    expect(answers.sort()).toEqual(["10.20.1.78", "DUPLICATE_IP", "DUPLICATE_IP"]);
  });

  test.each([
    ["LOST", "D13", "D14"],
    ["SCRAPPED", "D15", "D16"],
    ["WRITTEN_OFF", "D17", "D18"],
  ] as const)("what is %s frees its address", async (state, gone, next) => {
    const address = (await stored(gone))!.ipAddress!;
    await move(gone, "FAULTY");
    expect(await give(next, address)).toBe("DUPLICATE_IP");
    await move(gone, state);
    expect(await give(next, address)).toBe(address);
    expect(await stored(gone)).toMatchObject({ ipAddress: address });
  });
});
