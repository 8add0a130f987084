import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const exported = async (account: string, args = "") => {
  const { data, errors, extensions } = await server.executeAs(
    account,
    `{ exportDevices${args && `(${args})`} { csv rows columns } }`,
  );
  const csv = (data?.exportDevices?.csv ?? "") as string;
  return {
    csv,
    errors,
    extensions,
    rows: data?.exportDevices?.rows as number,
    columns: data?.exportDevices?.columns as string[],
    lines: parse(csv, { bom: true, columns: true }) as Record<string, string>[],
  };
};

const basic =
  "deviceNo kind model spec department custodian purchasedAt state idleSince isCustomerListDevice classified".split(
    " ",
  );
const finance = "price supplier contractNo invoiceNo stockInNo fixedAssetNo scrapProceeds liability".split(
  " ",
);

describe("exportDevices", () => {
  // Rulebook 3.3, the device matrix.
  test.each<[string, { has: string[]; lacks: string[] }]>([
    ["tim", { has: [...basic, "ipAddress", "software", "version"], lacks: finance }],
    ["clerk", { has: [...basic, ...finance], lacks: ["software", "macAddress", "lastSeenAt"] }],
    ["fin", { has: [...basic, ...finance], lacks: ["software", "macAddress"] }],
    ["sam", { has: [...basic, "ipAddress", "sealNo"], lacks: [...finance, "software"] }],
    ["sue", { has: [...basic, "ipAddress", "sealNo"], lacks: [...finance, "software"] }],
  ])("%s finds the columns that the matrix shows, and no others", async (account, { has, lacks }) => {
    const { lines, columns, rows } = await exported(account);
    expect(columns).toEqual(expect.arrayContaining(has));
    expect(columns.filter((column) => [...lacks, "id", "label"].includes(column))).toEqual([]);
    expect(Object.keys(lines[0]!)).toEqual(columns);
    expect(lines).toHaveLength(rows);
  });

  test("every cell is what `devices` shows, and so is every empty one", async () => {
    const { data } = await server.executeAs(
      "sue",
      "{ devices(first: 500) { nodes { deviceNo ipAddress model custodian { staffNo } } } }",
    );
    const { lines } = await exported("sue");
    const shown = data.devices.nodes.map((one: { [name: string]: string | null }) => ({
      deviceNo: one.deviceNo,
      ipAddress: one.ipAddress ?? "",
      model: one.model,
      custodian: (one.custodian as unknown as { staffNo: string } | null)?.staffNo ?? "",
    }));
    expect(
      lines.map(({ deviceNo, ipAddress, model, custodian }) => ({ deviceNo, ipAddress, model, custodian })),
    ).toEqual(expect.arrayContaining(shown));
    expect(lines).toHaveLength(shown.length);
    // Her own, and not those of her people.
    expect(lines.filter(({ ipAddress }) => ipAddress !== "").map(({ custodian }) => custodian)).toEqual([
      "sue",
    ]);
  });

  test("it is told once for each column why it is not there", async () => {
    const { extensions, rows } = await exported("tim");
    const withheld = extensions!.access!.fields.map(({ field }) => field);
    expect(withheld.sort()).toEqual(finance.map((name) => `Device.${name}`).sort());
    expect(extensions!.access!.fields[0]).toMatchObject({
      outcome: "WITHHELD",
      reason: "NOT_YOUR_ROLE",
      rows,
    });
  });

  test("rows come by their numbers, through as many pages as there are", async () => {
    await server.database.db.device.createMany({
      data: Array.from({ length: 1_203 }, (_, index) => ({
        id: `dev_x${index}`,
        deviceNo: `X${String(index).padStart(5, "0")}`,
        kind: "PHONE" as const,
        model: "Nova",
        state: "STOCKED" as const,
      })),
    });
    const { lines, rows } = await exported("clerk", 'where: { model: { eq: "Nova" } }');
    expect(rows).toBe(1_203);
    expect(lines.map(({ deviceNo }) => deviceNo)).toEqual(
      Array.from({ length: 1_203 }, (_, index) => `X${String(index).padStart(5, "0")}`),
    );
  });

  test("no cell runs as a formula, and each reads back as it was", async () => {
    const hostile = [
      "=cmd|'/c calc'!A0",
      "+1",
      "-1",
      "@SUM(A1)",
      "＝1",
      'a "quoted", cell',
      "two\nlines",
      "😀\u2028 done",
    ];
    await server.database.db.device.createMany({
      data: hostile.map((model, index) => ({
        id: `dev_h${index}`,
        deviceNo: `H${index}`,
        kind: "TABLET" as const,
        model,
        state: "STOCKED" as const,
      })),
    });
    const { csv, lines } = await exported(
      "clerk",
      'where: { deviceNo: { startsWith: "H" } }, byteOrderMark: false',
    );
    expect(lines.map(({ model }) => model!.replace(/^'/, ""))).toEqual(hostile);
    expect(
      lines.flatMap((line) => Object.values(line)).filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell)),
    ).toEqual([]);
    expect(csv.startsWith("deviceNo,")).toBe(true);
    expect(csv.endsWith("\r\n")).toBe(true);
  });

  test("it begins with a byte order mark, unless nobody wants one", async () => {
    expect((await exported("sam")).csv.charCodeAt(0)).toBe(0xfeff);
    expect((await exported("sam", "byteOrderMark: false")).csv.charCodeAt(0)).toBe("d".charCodeAt(0));
  });

  test("it is filtered as `devices` is, and by nothing hidden", async () => {
    expect(
      (await exported("clerk", "where: { state: { eq: IN_USE } }")).lines.map(({ state }) => state),
    ).toEqual(expect.arrayContaining(["IN_USE"]));
    const { errors, csv } = await exported("tim", 'where: { price: { gt: "1" } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: "FILTER_FORBIDDEN", field: "Device.price" });
    expect(csv).toBe("");
  });

  test("whoever does not see every number gets another order, which tells nothing of them", async () => {
    const { id } = await server.database.db.employee.findUniqueOrThrow({ where: { staffNo: "pat" } });
    await server.database.db.employeeRole.create({ data: { employeeId: id, role: "INSPECTOR" } });
    const { lines, columns } = await exported("pat");
    expect(columns).toEqual(expect.arrayContaining(["deviceNo", "sealNo", "antivirusAt"]));
    const numbers = lines.filter(({ deviceNo }) => deviceNo !== "");
    expect(numbers.map(({ custodian }) => custodian)).toEqual(["pat"]);
    expect(lines.length).toBe(await server.database.db.device.count());
    await server.database.db.employeeRole.deleteMany({ where: { employeeId: id, role: "INSPECTOR" } });
  });

  test("in strict mode an export that would leave a column out is refused", async () => {
    const { errors, data } = await server.executeAs("sam", "{ exportDevices { csv } }", { strict: true });
    expect(errors?.[0]?.extensions?.code).toBe("FIELD_WITHHELD");
    expect(data?.exportDevices ?? null).toBeNull();
  });

  test("a customer, who reaches no device, exports none", async () => {
    const { errors, csv } = await exported("cu1");
    expect(errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
    expect(csv).toBe("");
  });
});

describe("deviceCounts", () => {
  const counts = async (account: string, where = "") => {
    const { data, errors } = await server.executeAs(account, `{ deviceCounts${where} { state kind count } }`);
    return { found: data?.deviceCounts as { state: string; kind: string; count: number }[] | null, errors };
  };

  test.each(["tim", "clerk", "sue", "sam"])(
    "%s counts what they reach, by state and kind",
    async (account) => {
      const { data } = await server.executeAs(
        account,
        "{ devices(first: 500, where: { kind: { in: [LAPTOP, PC, SERVER] } }) { nodes { state kind } } }",
      );
      const expected = new Map<string, number>();
      for (const { state, kind } of data.devices.nodes)
        expected.set(`${state} ${kind}`, (expected.get(`${state} ${kind}`) ?? 0) + 1);
      const { found } = await counts(account, "(where: { kind: { in: [LAPTOP, PC, SERVER] } })");
      expect(new Map(found!.map(({ state, kind, count }) => [`${state} ${kind}`, count]))).toEqual(expected);
      expect(expected.size).toBeGreaterThan(0);
    },
  );

  test("one counts by no filter on what is hidden", async () => {
    const { errors } = await counts("tim", '(where: { price: { gt: "1" } })');
    expect(errors?.[0]?.extensions?.code).toBe("FILTER_FORBIDDEN");
  });

  test("nobody counts by states that they do not see of every device", async () => {
    const { id } = await server.database.db.employee.findUniqueOrThrow({ where: { staffNo: "pia" } });
    await server.database.db.employeeRole.create({ data: { employeeId: id, role: "INSPECTOR" } });
    const { errors, found } = await counts("pia");
    expect(errors?.[0]?.extensions).toMatchObject({ code: "FILTER_FORBIDDEN", field: "Device.state" });
    expect(found ?? null).toBeNull();
  });
});
