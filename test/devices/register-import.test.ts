import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { atOnce } from "../support/at-once.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const report = `rows created corrected unchanged invalid unusedColumns leftAsTheyAre { field rows }
  problems { line column field code reason } results { line deviceNo outcome code }`;
const mutation = `mutation ($input: ImportDevicesInput!) { importDevices(input: $input) { ${report} } }`;

const imported = async (account: string, csv: string, options: object = {}) => {
  const { data, errors } = await server.executeAs(account, mutation, {
    variables: { input: { csv, ...options } },
  });
  return {
    report: data?.importDevices,
    refused: errors?.[0]?.extensions as Record<string, unknown> | undefined,
  };
};

const stored = (deviceNo: string) => server.database.db.device.findUnique({ where: { deviceNo } });
const historyOf = async (deviceNo: string) =>
  server.database.db.formEvent.findMany({
    where: { recordId: (await stored(deviceNo))!.id },
    orderBy: { seq: "asc" },
    select: {
      form: true,
      action: true,
      from: true,
      to: true,
      department: true,
      changes: true,
      by: { select: { staffNo: true } },
    },
  });
const everything = async () =>
  JSON.stringify([
    await server.database.db.device.findMany({ orderBy: { id: "asc" } }),
    await server.database.db.formEvent.count(),
  ]);

let next = 100;
/** Numbers that nobody has. */
const fresh = (count = 1) => Array.from({ length: count }, () => `N${next++}`);

describe("new devices", () => {
  test("a line becomes a device, REGISTERED, with everything that it says, and its life begins with it", async () => {
    const [one] = fresh();
    const { report, refused } = await imported(
      "tim",
      `Asset Tag;类型;型号;采购日期;IP;software;firewall;vlan;入库单号;antivirusAt;Remark
${one};笔记本;ThinkPad T14;2026/3/7; 10.44.0.1 ;"UOS 20; WPS";是;12;RK-9;2026-11-20T08:00:00+08:00;from the old list
`,
    );
    expect(refused).toBeUndefined();
    expect(report).toMatchObject({
      rows: 1,
      created: 1,
      corrected: 0,
      invalid: 0,
      unusedColumns: ["Remark"],
      results: [{ line: 2, deviceNo: one, outcome: "CREATED", code: null }],
    });
    const device = JSON.parse(JSON.stringify(await stored(one!)));
    expect(device).toMatchObject({
      state: "REGISTERED",
      kind: "LAPTOP",
      model: "ThinkPad T14",
      purchasedAt: "2026-03-07T00:00:00.000Z",
      ipAddress: "10.44.0.1",
      software: ["UOS 20", "WPS"],
      components: [],
      firewall: true,
      vlan: 12,
      stockInNo: "RK-9",
      fixedAssetNo: null,
      antivirusAt: "2026-11-20T00:00:00.000Z",
      isCustomerListDevice: true,
      classified: false,
      maintenanceIntervalDays: 90,
      custodianId: null,
      departmentCode: null,
      version: 1,
    });
    expect(await historyOf(one!)).toEqual([
      {
        form: "Device",
        action: "import",
        from: null,
        to: "REGISTERED",
        department: "TECHNOLOGY",
        changes: [],
        by: { staffNo: "tim" },
      },
    ]);
  });

  test("what technology may give and not read, it does not read back (S004-P4-24)", async () => {
    const [one] = fresh();
    await imported("tim", `deviceNo,kind,model,stockInNo\n${one},PC,M,RK-1\n`);
    const query = `{ devices(where: { deviceNo: { eq: "${one}" } }) { nodes { deviceNo stockInNo } } }`;
    expect((await server.executeAs("tim", query)).data.devices.nodes).toEqual([
      { deviceNo: one, stockInNo: null },
    ]);
    expect((await server.executeAs("fin", query)).data.devices.nodes).toEqual([
      { deviceNo: one, stockInNo: "RK-1" },
    ]);
  });

  // Each row: what a line of the columns below says, the field that is wrong, and the code.
  test.each<[string, string, string, string]>([
    ["no stock-in number and no fixed-asset number", "X,PC,M,,,,", "stockInNo", "FORM_INCOMPLETE"],
    ["no kind", "X,,M,RK,,,", "kind", "FORM_INCOMPLETE"],
    ["no model", "X,PC,,RK,,,", "model", "FORM_INCOMPLETE"],
    ["no number", ",PC,M,RK,,,", "deviceNo", "FORM_INCOMPLETE"],
    ["a kind that there is not", "X,BICYCLE,M,RK,,,", "kind", "BAD_USER_INPUT"],
    ["an address that is none", "X,PC,M,RK,10.0.0.256,,", "ipAddress", "BAD_USER_INPUT"],
    ["an address that another device has", "X,PC,M,RK,10.20.1.101,,", "ipAddress", "DUPLICATE_IP"],
    ["a network that there is not", "X,PC,M,RK,,5000,", "vlan", "BAD_USER_INPUT"],
    ["a number that is none", "X,PC,M,RK,,many,", "vlan", "BAD_USER_INPUT"],
    ["a day that is none", "X,PC,M,RK,,,2026-02-30", "purchasedAt", "BAD_USER_INPUT"],
    ["a day to come", "X,PC,M,RK,,,2027-02-03", "purchasedAt", "BAD_USER_INPUT"],
    ["more cells than the header", "X,PC,M,RK,,,,more", "", "BAD_USER_INPUT"],
    ["a number too long", `${"X".repeat(65)},PC,M,RK,,,`, "deviceNo", "BAD_USER_INPUT"],
  ])("refuses a line with %s, tells where, and writes nothing", async (_case, line, field, code) => {
    const [good] = fresh();
    const before = await everything();
    const { report } = await imported(
      "tim",
      `deviceNo,kind,model,stockInNo,ipAddress,vlan,purchasedAt\n${good},PC,M,RK,,,\n${line.replace(/^X,/, `${fresh()[0]},`)}\n`,
    );
    expect(report).toMatchObject({ rows: 2, created: 0, invalid: 1 });
    expect(report.problems).toEqual([
      { line: 3, column: field, field, code, reason: expect.not.stringContaining("10.0.0.256") },
    ]);
    expect(report.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      "NOT_WRITTEN",
      "REFUSED",
    ]);
    expect(await everything()).toBe(before);
  });

  test("a number or an address twice in one list is refused on its second line", async () => {
    const [one, two, three] = fresh(3);
    const { report } = await imported(
      "tim",
      `deviceNo,kind,model,stockInNo,ip\n${one},PC,M,R,10.44.1.1\n${one},PC,M,R,\n${two},PC,M,R,10.44.1.1\n${three},PC,M,R,\n`,
      { skipInvalid: true },
    );
    expect(report).toMatchObject({ rows: 4, created: 2, invalid: 2 });
    expect(report.problems).toMatchObject([
      { line: 3, field: "deviceNo", code: "DUPLICATE", reason: "Line 2 has this number." },
      { line: 4, field: "ipAddress", code: "DUPLICATE_IP", reason: "Line 2 has this address." },
    ]);
    expect(report.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      "CREATED",
      "REFUSED",
      "REFUSED",
      "CREATED",
    ]);
    expect(await stored(two!)).toBeNull();
  });

  test("a dry run tells the same and writes nothing", async () => {
    const [one] = fresh();
    const before = await everything();
    const { report } = await imported("tim", `deviceNo,kind,model,stockInNo\n${one},PC,M,R\nD1,,X,\n`, {
      dryRun: true,
    });
    expect(report).toMatchObject({ created: 1, corrected: 1, invalid: 0 });
    expect(await everything()).toBe(before);
  });

  test("nobody else registers: each new line of theirs is refused, as one out of their reach would be", async () => {
    const before = await everything();
    const { report } = await imported("clerk", `deviceNo,price\nD1,8999.00\n${fresh()[0]},10\n`);
    expect(report.problems).toMatchObject([
      { line: 3, field: "deviceNo", code: "NOT_YOUR_ROLE" },
      { line: 3, field: "price", code: "NOT_YOUR_ROLE" },
      { line: 3, field: "kind", code: "FORM_INCOMPLETE" },
      { line: 3, field: "model", code: "FORM_INCOMPLETE" },
      { line: 3, field: "stockInNo", code: "FORM_INCOMPLETE" },
    ]);
    expect(await everything()).toBe(before);
  });
});

describe("a column that is not the caller's to give", () => {
  test.each<[string, string, string[], string]>([
    ["tim", "deviceNo,kind,price,supplier", ["price", "supplier"], "NOT_YOUR_ROLE"],
    ["tim", "deviceNo,custodian", ["custodian"], "NOT_YOUR_ROLE"],
    ["tim", "deviceNo,department", ["department"], "NOT_YOUR_ROLE"],
    ["tim", "deviceNo,state", ["state"], "FIELD_WITHHELD"],
    ["tim", "deviceNo,id", ["id"], "FIELD_WITHHELD"],
    ["tim", "deviceNo,lastSeenAt", ["lastSeenAt"], "FIELD_WITHHELD"],
    ["tim", "deviceNo,label", ["label"], "FIELD_WITHHELD"],
    ["clerk", "deviceNo,model", ["model"], "NOT_YOUR_ROLE"],
    ["clerk", "deviceNo,invoiceNo", ["invoiceNo"], "NOT_YOUR_ROLE"],
    ["fin", "deviceNo,ip", ["ipAddress"], "NOT_YOUR_ROLE"],
  ])("%s: %s refuses the whole list before anything is written", async (account, header, fields, code) => {
    const before = await everything();
    const cells = header.split(",").map((name) => (name === "deviceNo" ? "D1" : "1"));
    const { report, refused } = await imported(account, `${header}\n${cells.join(",")}\n`);
    expect(report ?? null).toBeNull();
    expect(refused).toMatchObject({ code, inputPath: "input.map" });
    expect((refused!.problems as { field: string }[]).map(({ field }) => field)).toEqual(fields);
    for (const field of fields) expect(refused!.reason).toContain(field);
    expect(await everything()).toBe(before);
  });

  test("is left out where the map says so: an export of the register comes back as it is", async () => {
    const { data } = await server.executeAs(
      "tim",
      "{ exportDevices(where: { deviceNo: { isNull: false } }) { csv rows } }",
    );
    const before = await everything();
    const whole = await imported("tim", data.exportDevices.csv);
    const notTheirs = (whole.refused!.problems as { field: string }[]).map(({ field }) => `${field}=`);
    expect(notTheirs).toEqual(expect.arrayContaining(["state=", "custodian=", "lastSeenAt="]));
    const { report, refused } = await imported("tim", data.exportDevices.csv, { map: notTheirs.join(",") });
    expect(report.problems).toEqual([]);
    expect(refused).toBeUndefined();
    expect(report).toMatchObject({
      invalid: 0,
      unchanged: data.exportDevices.rows,
      created: 0,
      corrected: 0,
    });
    expect(await everything()).toBe(before);
  });

  test.each(["sam", "sue", "cu1", "neo"])("%s, who may give none, imports nothing", async (account) => {
    const { report, refused } = await imported(account, "deviceNo,model\nD1,X\n");
    expect(report ?? null).toBeNull();
    expect(refused).toMatchObject({ code: "NOT_YOUR_ROLE" });
  });
});

describe("devices that are there", () => {
  test("are corrected in what the line gives; an empty cell leaves the value", async () => {
    const before = await stored("D2");
    const { report } = await imported("tim", "deviceNo,model,spec,sealNo\nD2,New model,,SEAL-X\n");
    expect(report).toMatchObject({
      corrected: 1,
      results: [{ line: 2, deviceNo: "D2", outcome: "CORRECTED" }],
    });
    expect(await stored("D2")).toEqual({
      ...before,
      model: "New model",
      sealNo: "SEAL-X",
      version: before!.version + 1,
    });
    expect((await historyOf("D2")).at(-1)).toMatchObject({
      action: "import",
      from: "IN_USE",
      to: "IN_USE",
      department: "PRODUCTION",
      changes: ["model", "sealNo"],
      by: { staffNo: "tim" },
    });
  });

  test("a second time nothing changes: neither version nor history", async () => {
    const [one] = fresh();
    await imported("tim", `deviceNo,kind,model,stockInNo\n${one},PC,M,R\n`);
    const csv = `deviceNo,price,supplier,department,custodian\n${one},123.4,=HYPERLINK,SALES,sven\n`;
    expect((await imported("clerk", csv)).report).toMatchObject({ corrected: 1, invalid: 0 });
    const before = await everything();
    expect((await imported("clerk", csv)).report).toMatchObject({ corrected: 0, unchanged: 1, invalid: 0 });
    expect(await everything()).toBe(before);
    const custodian = await server.database.db.employee.findUnique({ where: { staffNo: "sven" } });
    expect(await stored(one!)).toMatchObject({ departmentCode: "SALES", custodianId: custodian!.id });
  });

  test("a list with which devices came is no correction of what its bringer may not read", async () => {
    const [one] = fresh();
    const csv = (stockInNo: string) => `deviceNo,kind,model,stockInNo\n${one},PC,M,${stockInNo}\n`;
    await imported("tim", csv("RK-1"));
    const before = await everything();
    // The answer is the same whether it is the stored number or another one: nothing can be tried against it.
    for (const stockInNo of ["RK-1", "RK-2"])
      expect((await imported("tim", csv(stockInNo))).report).toMatchObject({
        unchanged: 1,
        invalid: 0,
        leftAsTheyAre: [{ field: "stockInNo", rows: 1 }],
      });
    expect(await everything()).toBe(before);
  });

  test.each<[string, string, string, string]>([
    ["a person that there is not", "deviceNo,custodian\nD4,nobody\n", "custodian", "NOT_FOUND"],
    ["a department that there is not", "deviceNo,department\nD4,KITCHEN\n", "department", "BAD_USER_INPUT"],
    ["an amount that is none", "deviceNo,price\nD4,-1\n", "price", "BAD_USER_INPUT"],
  ])("%s is refused", async (_case, csv, field, code) => {
    const { report } = await imported("clerk", csv);
    expect(report.problems).toMatchObject([{ line: 2, field, code }]);
    expect(report.results).toMatchObject([{ outcome: "REFUSED", code }]);
  });

  test("an allocated device changes hands by its transfer, not by a list (S001-P1-3.1.2.1)", async () => {
    const before = await everything();
    const { report } = await imported("clerk", "deviceNo,custodian,supplier\nD2,pat,x\nD1,pat,x\n");
    expect(report.problems).toMatchObject([{ line: 3, field: "custodian", code: "WRONG_STATE" }]);
    expect(await everything()).toBe(before);
  });

  test("a device that is shared does not become one for customer data by a list (rulebook 6-04)", async () => {
    const { deviceId } = await server.database.db.deviceShare.findFirstOrThrow({ where: { endedAt: null } });
    const { deviceNo } = await server.database.db.device.findUniqueOrThrow({ where: { id: deviceId } });
    const { report } = await imported("tim", `deviceNo,isCustomerListDevice\n${deviceNo},yes\n`);
    expect(report.problems).toMatchObject([{ line: 2, field: "isCustomerListDevice", code: "OPEN_ITEMS" }]);
  });

  test("a line that was made of an older version corrects nothing", async () => {
    const { version } = (await stored("D5"))!;
    const csv = (model: string) => `deviceNo,version,model\nD5,${version},${model}\n`;
    expect((await imported("tim", csv("First"))).report).toMatchObject({ corrected: 1 });
    expect((await imported("tim", csv("Second"))).report.problems).toMatchObject([
      { line: 2, field: "version", code: "WRONG_STATE" },
    ]);
    expect((await imported("tim", csv("First"))).report).toMatchObject({ unchanged: 1, invalid: 0 });
    expect(await stored("D5")).toMatchObject({ model: "First", version: version + 1 });
  });

  test("two devices exchange their addresses in one list", async () => {
    const [one, two] = [(await stored("D10"))!.ipAddress, (await stored("D11"))!.ipAddress];
    const { report } = await imported("tim", `deviceNo,ip\nD10,${two}\nD11,${one}\n`);
    expect(report).toMatchObject({ corrected: 2, invalid: 0 });
    expect([(await stored("D10"))!.ipAddress, (await stored("D11"))!.ipAddress]).toEqual([two, one]);
    expect((await historyOf("D10")).at(-1)).toMatchObject({ changes: ["ipAddress"] });
  });
});

describe("at once", () => {
  const codes = (answers: readonly Awaited<ReturnType<typeof imported>>[]) =>
    answers.map(({ report, refused }) => report?.created || report?.corrected || refused?.code);

  test("of two who bring the same new devices one brings them, and the other hears that they are taken", async () => {
    const numbers = fresh(3);
    const csv = `deviceNo,kind,model,stockInNo\n${numbers.map((one) => `${one},PC,M,R`).join("\n")}\n`;
    const { id } = await server.database.db.employee.findUniqueOrThrow({ where: { staffNo: "tim" } });
    const twice = [() => imported("tim", csv), () => imported("tim", csv)];
    const answers = await atOnce(server.database, { table: "Employee", id }, twice);
    expect(codes(answers).sort()).toEqual([3, "DUPLICATE"]);
    expect(await server.database.db.device.count({ where: { deviceNo: { in: numbers } } })).toBe(3);
    expect((await imported("tim", csv)).report).toMatchObject({ unchanged: 3, invalid: 0 });
  });

  test("of two who correct the same devices, one corrects all of them and the other none", async () => {
    const list = (model: string) => `deviceNo,model\nD4,${model}\nD6,${model}\nD14,${model}\n`;
    const { id } = (await stored("D6"))!;
    const both = [() => imported("tim", list("A")), () => imported("tess", list("B"))];
    const answers = await atOnce(server.database, { table: "Device", id }, both);
    expect(codes(answers).sort()).toEqual([3, "WRONG_STATE"]);
    const models = await Promise.all(["D4", "D6", "D14"].map(async (one) => (await stored(one))!.model));
    expect(new Set(models).size).toBe(1);
  });

  test("a device that has moved on since its line was checked is left alone, and so are all others", async () => {
    const { id, model, state } = (await stored("D6"))!;
    const list = "deviceNo,model\nD4,Z\nD6,Z\n";
    const [answer] = await atOnce(
      server.database,
      { table: "Device", id },
      [() => imported("tim", list)],
      `UPDATE "Device" SET "state" = 'FAULTY' WHERE "id" = '${id}'`,
    );
    expect(answer!.refused).toMatchObject({ code: "WRONG_STATE", inputPath: "input.csv" });
    expect((await stored("D4"))!.model).not.toBe("Z");
    expect(await stored("D6")).toMatchObject({ model, state: "FAULTY" });
    await server.database.db.device.update({ where: { id }, data: { state } });
    expect((await imported("tim", list)).report).toMatchObject({ corrected: 2 });
  });
});

describe("a list that cannot be used", () => {
  let before: string;
  beforeEach(async () => {
    before = await everything();
    return async () => expect(await everything()).toBe(before);
  });

  test.each<[string, string, object, string]>([
    ["empty", "", {}, "BAD_USER_INPUT"],
    ["without numbers", "model\nX\n", {}, "BAD_USER_INPUT"],
    ["with a quote left open", 'deviceNo,model\n"D1,X\n', {}, "BAD_USER_INPUT"],
    ["with a map to no field", "deviceNo,model\nD1,X\n", { map: "colour=model" }, "BAD_USER_INPUT"],
    ["of more than 5 MB", `deviceNo,model\n${"D1,X\n".repeat(1_100_000)}`, {}, "LIMIT_EXCEEDED"],
    ["of more than 50,000 lines", `deviceNo,model\n${"D1,X\n".repeat(50_001)}`, {}, "LIMIT_EXCEEDED"],
  ])("%s is refused", async (_case, csv, options, code) => {
    const { report, refused } = await imported("tim", csv, options);
    expect(report ?? null).toBeNull();
    expect(refused).toMatchObject({ code });
  });
});

test("who wants the address of one that keeps it keeps theirs from the next one, however many in a row", async () => {
  const numbers = Array.from({ length: 5 }, () => fresh()[0]!);
  const [taken, ...chain] = numbers.map((deviceNo, at) => ({ deviceNo, ip: `10.45.1.${at}` }));
  const has = [taken!, ...chain].map(({ deviceNo, ip }) => `${deviceNo},PC,M,R,${ip}`);
  await imported("tim", `deviceNo,kind,model,stockInNo,ip\n${has.join("\n")}\n`);
  // Each wants what the one before it has; the first of them, what somebody has who is not on the list.
  const wants = chain.map(({ deviceNo }, at) => `${deviceNo},10.45.1.${at}`);
  const csv = `deviceNo,ip\n${wants.join("\n")}\n`;
  const { report } = await imported("tim", `${csv}D12,10.45.1.99\n`, { skipInvalid: true });
  expect(report).toMatchObject({ corrected: 1, invalid: 4 });
  expect((report.problems as { code: string }[]).map(({ code }) => code)).toEqual(
    chain.map(() => "DUPLICATE_IP"),
  );
  expect((await stored(chain[3]!.deviceNo))!.ipAddress).toBe("10.45.1.4");
  // Once the first has moved away, all of them move up.
  await imported("tim", `deviceNo,ip\n${taken!.deviceNo},10.45.1.50\n`);
  expect((await imported("tim", csv)).report).toMatchObject({ corrected: 4, invalid: 0 });
});

describe("an address that is taken between the look and the writing", () => {
  test.each([
    ["a new device", (one: string) => `deviceNo,kind,model,stockInNo,ip\n${one},PC,M,R,10.44.9.9\n`],
    ["a correction", () => "deviceNo,ip\nD12,10.44.9.9\n"],
  ])("refuses %s by DUPLICATE_IP", async (_case, csv) => {
    const { asOwner } = server.database;
    await asOwner('CREATE UNIQUE INDEX IF NOT EXISTS "Device_ipAddress_key" ON "Device" ("ipAddress")');
    // Whoever takes the address is seen by the index, and not by those who look.
    await asOwner(`CREATE OR REPLACE FUNCTION take_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW."ipAddress" = '10.44.9.9' AND NEW."deviceNo" <> 'D13' THEN
        UPDATE "Device" SET "ipAddress" = '10.44.9.9' WHERE "deviceNo" = 'D13'; END IF; RETURN NEW; END $$`);
    await asOwner(
      'CREATE OR REPLACE TRIGGER take_it BEFORE INSERT OR UPDATE ON "Device" FOR EACH ROW EXECUTE FUNCTION take_it()',
    );
    const { refused, report } = await imported("tim", csv(fresh()[0]!));
    await asOwner('DROP TRIGGER take_it ON "Device"');
    expect(report ?? null).toBeNull();
    expect(refused).toMatchObject({ code: "DUPLICATE_IP" });
    expect(await server.database.db.device.count({ where: { ipAddress: "10.44.9.9" } })).toBe(0);
  });
});

test("20,000 devices come in within a minute", { timeout: 120_000 }, async () => {
  const line = (index: number) =>
    `B${index},LAPTOP,Tiangong 14,2026-03-07,10.${150 + (index >> 16)}.${(index >> 8) & 255}.${index & 255},${1 + (index % 400)},UOS 20; WPS,SEAL-${index},yes,RK-${index}`;
  const csv = `deviceNo,kind,model,purchasedAt,ip,vlan,software,sealNo,firewall,stockInNo\n${Array.from({ length: 20_000 }, (_, index) => line(index)).join("\n")}\n`;
  const began = performance.now();
  const { data } = await server.executeAs(
    "tim",
    "mutation ($csv: String!) { importDevices(input: { csv: $csv }) { created invalid results { outcome } } }",
    { variables: { csv } },
  );
  expect(performance.now() - began).toBeLessThan(60_000);
  expect(data.importDevices).toMatchObject({ created: 20_000, invalid: 0 });
  expect(data.importDevices.results).toHaveLength(20_000);
  expect(
    await server.database.db.formEvent.count({
      where: { form: "Device", action: "import", recordId: { startsWith: "dev_" } },
    }),
  ).toBeGreaterThanOrEqual(20_000);
});
