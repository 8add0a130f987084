import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allRecords, recordOf } from "../../src/access/classified.js";
import type { ClassifiedField, RecordType } from "../../src/access/record.js";
import { Device } from "../../src/devices/device.type.js";
import { FormEvent } from "../../src/forms/form-event.type.js";
import { caller, device, now } from "../support/callers.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { opened } from "../support/opened.js";
import { rowsOf, type World, worldOf } from "../support/world.js";

// How a device for classified records is set up is CONFIDENTIAL itself (rulebook 2.2): technology and inspectors read it
// on a reviewed device, trained for secret posts. tim is, tess is not. Every second device, and each that is shared or scrapped, is for classified records here.

let server: DemoServer;
let world: World;
let classified: ReadonlySet<string>;
let vaults: number;
beforeAll(async () => {
  server = await demoServer();
  const { db } = server.database;
  const ofOthers = await db.device.findMany({
    where: { NOT: { custodian: { staffNo: "tess" } } },
    orderBy: { id: "asc" },
    select: { id: true, _count: { select: { shares: true, scrapSheets: true } } },
  });
  const some = ofOthers.filter(({ _count: of }, at) => at % 2 === 0 || of.shares + of.scrapSheets > 0);
  await db.device.updateMany({
    where: { id: { in: some.map(({ id }) => id) } },
    data: { classified: true, model: "Vault" },
  });
  vaults = some.length;
  world = await worldOf(server.database.url);
  classified = new Set(rowsOf(world, recordOf(Device)).flatMap((row) => (row.classified ? [row.id] : [])));
});
afterAll(() => server?.close());

const technical = ({ fields }: RecordType): readonly ClassifiedField[] =>
  [...fields.values()].filter(
    ({ fieldClass, value }) => fieldClass === "DEVICE_TECHNICAL" && value.kind === "column",
  );
/** From where somebody asked is no setting of a device: the ledger has rules of its own. */
const withTechnical = () =>
  allRecords().filter((record) => record.governedBy !== "ledger" && technical(record).length > 0);
/** The device that a row is, or is about. */
const deviceOf = (record: RecordType, row: Record<string, unknown>) =>
  (record === recordOf(Device) ? row.id : row.deviceId) as string | null;
const isSecret = (record: RecordType, row: Record<string, unknown>) =>
  classified.has(deviceOf(record, row) ?? "");

describe("by the rules", () => {
  const trained = caller().trainings;
  const engineer = (changes: object) =>
    caller({ grants: [], department: "TECHNOLOGY", roles: ["IT_ENGINEER"], ...changes });
  const unclassified = "classified up to ORDINARY";
  const all = "every row in reach";
  /** Whoever has it has it in hand. */
  const orOwn = (rows: string) => (rows === all ? all : `your own or ${rows}`);

  test.each<[string, object, string]>([
    ["whoever meets every condition", {}, all],
    ["on a device that has not been reviewed", { device: device({ secretReviewedAt: null }) }, unclassified],
    ["on an ordinary device", { device: device({ classified: false }) }, unclassified],
    ["on somebody else's device", { device: device({ custodianId: "emp_2" }) }, unclassified],
    ["on a device that is lost", { device: device({ state: "LOST" }) }, unclassified],
    ["without a device", { device: null }, unclassified],
    [
      "whoever is not trained for secret posts",
      { trainings: trained.filter(({ kind }) => kind !== "SECRET_POST") },
      unclassified,
    ],
    [
      "whoever's training for secret posts has expired",
      {
        trainings: trained.map((one) => ({
          ...one,
          expiresAt: one.kind === "SECRET_POST" ? now : one.expiresAt,
        })),
      },
      unclassified,
    ],
    ["whoever has promised nothing", { commitments: [] }, unclassified],
  ])("%s", (_who, changes, rows) => {
    const who = engineer(changes);
    for (const use of ["SEE", "CORRECT"] as const)
      expect([use, opened(who, "Device.antivirusAt", use)]).toEqual([use, orOwn(rows)]);
    for (const use of ["FILTER", "SORT"] as const)
      expect([use, opened(who, "Device.antivirusAt", use)]).toEqual([use, rows]);
    expect(opened(who, "Fault.diagnosis")).toBe(rows);
    expect(opened(who, "Device.deviceNo")).toBe(all);
    expect(
      opened(
        caller({ ...changes, grants: [], department: "QUALITY", roles: ["INSPECTOR"] }),
        "Device.antivirusAt",
      ),
    ).toBe(rows);
  });
});

describe("through the schema", () => {
  /** Every technical value of the rows of a type that somebody reaches, by row and field. */
  async function seenBy(account: string, record: RecordType): Promise<Map<string, Record<string, unknown>>> {
    const names = technical(record).map(({ name }) => name);
    const rows = rowsOf(world, record);
    const seen = new Map<string, Record<string, unknown>>();
    for (let from = 0; from < rows.length; from += 5) {
      const asked = rows.slice(from, from + 5);
      const nodes = asked.map(
        ({ id }, at) => `n${at}: node(id: "${id}") { ... on ${record.name} { ${names.join(" ")} } }`,
      );
      const { data, errors } = await server.executeAs(account, `{ ${nodes.join("\n")} }`);
      expect(errors).toBeUndefined();
      for (const [at, { id }] of asked.entries()) if (data[`n${at}`]) seen.set(id, data[`n${at}`]);
    }
    return seen;
  }

  test("technology reads nothing technical of a classified device, nor of what is about one, unless fit for it", async () => {
    for (const record of withTechnical()) {
      const [unfit, fit] = [await seenBy("tess", record), await seenBy("tim", record)];
      expect([record.name, [...unfit.keys()]]).toEqual([record.name, [...fit.keys()]]);
      let hidden = 0;
      for (const row of rowsOf(world, record)) {
        // As their head tess reads what concerns her people.
        if (row.departmentCode === "TECHNOLOGY") continue;
        if (!isSecret(record, row)) expect([row.id, unfit.get(row.id)]).toEqual([row.id, fit.get(row.id)]);
        else {
          expect([row.id, Object.values(unfit.get(row.id)!).filter((value) => value !== null)]).toEqual([
            row.id,
            [],
          ]);
          hidden += Object.values(fit.get(row.id)!).filter((value) => value !== null).length;
        }
      }
      expect([record.name, hidden]).not.toEqual([record.name, 0]);
    }
  });

  test("what is not read says why, and what would help", async () => {
    const { extensions } = await server.executeAs(
      "tess",
      `{ devices(first: 500) { nodes { deviceNo sealNo } } }`,
    );
    expect(extensions!.access!.fields).toEqual([
      {
        field: "Device.sealNo",
        outcome: "WITHHELD",
        reason: "DEVICE_NOT_REVIEWED",
        rows: classified.size,
        needs: "a device for classified records that has been reviewed",
        request: "openSecretReview",
      },
    ]);
  });

  test("whoever has it sees its address and its seal all the same", async () => {
    const { data } = await server.executeAs(
      "carl",
      `{ devices(where: { classified: { eq: true } }) { nodes { deviceNo sealNo software } } }`,
    );
    expect(data.devices.nodes).toEqual([{ deviceNo: "D4", sealNo: "SEAL-04", software: null }]);
  });

  test.each<[string, string]>([
    ["a comparison", `where: { sealNo: { startsWith: "S" } }`],
    ["its negation", `where: { not: { sealNo: { eq: "none" } } }`],
    [
      "an alternative to everything",
      `where: { or: [{ sealNo: { eq: "none" } }, { deviceNo: { startsWith: "" } }] }`,
    ],
    ["an order", "orderBy: { field: ipAddress, direction: DESC }"],
    ["a condition within a condition", `where: { and: [{ not: { and: [{ vlan: { eq: 4094 } }] } }] }`],
  ])("%s looks at no classified device, unless they are fit for it", async (_case, argument) => {
    const asked = async (account: string) => {
      const { data, errors } = await server.executeAs(
        account,
        `{ devices(first: 500, ${argument}) { totalCount nodes { id classified } } }`,
      );
      expect(errors).toBeUndefined();
      const nodes = data.devices.nodes as { id: string; classified: boolean }[];
      expect(data.devices.totalCount).toBe(nodes.length);
      return {
        secret: nodes.filter((one) => one.classified).map(({ id }) => id),
        others: nodes.filter((one) => !one.classified).length,
      };
    };
    const [unfit, fit] = [await asked("tess"), await asked("tim")];
    expect(unfit.secret).toEqual([]);
    expect(unfit.others).toBe(fit.others);
    expect(fit.secret.length).toBeGreaterThan(0);
  });

  test("what is compared and is not technical looks at every device", async () => {
    const { data } = await server.executeAs(
      "tess",
      `{ devices(where: { model: { eq: "Vault" } }, orderBy: { field: deviceNo }) { totalCount } }`,
    );
    expect(data.devices.totalCount).toBe(vaults);
  });

  test("the file that technology saves has the cells of others empty", async () => {
    const columns = async (account: string) => {
      const { data } = await server.executeAs(account, "{ exportDevices { csv } }");
      const [header, ...lines] = (data.exportDevices.csv as string).trim().split("\r\n");
      const at = header!.split(",").indexOf("sealNo");
      return lines.map((line) => line.split(",")[at]).filter((cell) => cell !== "").length;
    };
    const sealed = rowsOf(world, recordOf(Device)).filter(({ sealNo }) => sealNo !== null);
    expect(await columns("tim")).toBe(sealed.length);
    expect(await columns("tess")).toBe(sealed.filter(({ classified: secret }) => !secret).length);
  });

  test("the statement leaves the values where they are", async () => {
    const [statement] = await server.sqlOf("tess", "{ devices { nodes { sealNo } } }");
    expect(statement).toMatch(
      /CASE WHEN t\d+\."custodianId" = \$1 THEN t\d+\."sealNo" WHEN NOT t\d+\."classified" THEN t\d+\."sealNo" END/,
    );
    const [filtered] = await server.sqlOf("tess", `{ devices(where: { vlan: { eq: 7 } }) { nodes { id } } }`);
    expect(filtered).toMatch(/WHERE \(NOT t\d+\."classified" AND/);
    const [fit] = await server.sqlOf("tim", `{ devices(where: { vlan: { eq: 7 } }) { nodes { sealNo } } }`);
    expect(fit).not.toContain('"classified"');
  });
});

describe("is written by hand by those who read it", () => {
  const secretOne = async () =>
    server.database.db.device.findFirstOrThrow({
      where: {
        ...{ classified: true, state: "IN_USE", deviceNo: { not: null } },
        custodian: { staffNo: { notIn: ["tess", "tim"] } },
      },
      orderBy: { id: "asc" },
      select: { id: true, deviceNo: true, version: true, vlan: true },
    });
  const update = `mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { device { vlan model } } }`;

  test("updateDevice", async () => {
    const { id, version } = await secretOne();
    const attempt = async (account: string, input: object) =>
      server.executeAs(account, update, { variables: { input: { id, version, ...input } } });
    const refused = await attempt("tess", { vlan: 77 });
    expect(refused.errors?.[0]?.extensions).toMatchObject({
      ...{ code: "DEVICE_NOT_REVIEWED", inputPath: "input.id", request: "openSecretReview" },
    });
    expect((await secretOne()).version).toBe(version);
    // What is not technical is theirs to correct.
    expect((await attempt("tess", { model: "Vault 2" })).data.updateDevice.device).toEqual({
      vlan: null,
      model: "Vault 2",
    });
    const { data } = await attempt("tim", { version: version + 1, vlan: 77 });
    expect(data.updateDevice.device).toEqual({ vlan: 77, model: "Vault 2" });
  });

  test("nobody takes the mark away to read what it hides", async () => {
    const { id, deviceNo, version } = await secretOne();
    const asked = async (account: string) =>
      server.executeAs(account, update, { variables: { input: { id, version, classified: false } } });
    expect((await asked("tess")).errors?.[0]?.extensions).toMatchObject({ code: "DEVICE_NOT_REVIEWED" });
    const { data } = await server.executeAs(
      "tess",
      "mutation ($input: ImportDevicesInput!) { importDevices(input: $input) { problems { field code } } }",
      { variables: { input: { csv: `deviceNo,classified\n${deviceNo},no\n` } } },
    );
    expect(data.importDevices.problems).toEqual([{ field: "classified", code: "DEVICE_NOT_REVIEWED" }]);
    const same = await server.executeAs(
      "tess",
      "mutation ($input: ImportDevicesInput!) { importDevices(input: $input) { corrected unchanged invalid } }",
      { variables: { input: { csv: `deviceNo,classified\n${deviceNo},yes\n` } } },
    );
    expect(same.data.importDevices).toEqual({ corrected: 0, unchanged: 1, invalid: 0 });
    const { id: ordinary, ...its } = await server.database.db.device.findFirstOrThrow({
      where: { classified: false, state: "IN_USE" },
      select: { id: true, version: true },
    });
    const marked = await server.executeAs("tess", update, {
      variables: { input: { id: ordinary, ...its, classified: true } },
    });
    expect(marked.errors).toBeUndefined();
    await server.database.db.device.update({ where: { id: ordinary }, data: { classified: false } });
  });

  test("importDevices", async () => {
    const { deviceNo } = await secretOne();
    const csv = `deviceNo,vlan\n${deviceNo},78\n`;
    const report = async (account: string) => {
      const { data } = await server.executeAs(
        account,
        "mutation ($input: ImportDevicesInput!) { importDevices(input: $input) { corrected problems { line field code } } }",
        { variables: { input: { csv } } },
      );
      return data.importDevices;
    };
    expect(await report("tess")).toEqual({
      corrected: 0,
      problems: [{ line: 2, field: "vlan", code: "DEVICE_NOT_REVIEWED" }],
    });
    expect(await report("tim")).toEqual({ corrected: 1, problems: [] });
  });

  test("but for their own device: it is theirs to put in order, so that they get fit again", async () => {
    const { db } = server.database;
    const write = async (input: object) => {
      const own = await db.device.findFirstOrThrow({
        where: { custodian: { staffNo: "tim" }, classified: true },
        select: { id: true, version: true },
      });
      const { errors } = await server.executeAs("tim", update, {
        variables: { input: { ...own, ...input } },
      });
      return errors;
    };
    expect(await write({ passwordSet: false })).toBeUndefined();
    // It is not set up any more, and so not in use.
    const { id, version } = await secretOne();
    const { errors } = await server.executeAs("tim", update, {
      variables: { input: { id, version, vlan: 79 } },
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "DEVICE_NOT_IN_USE" });
    expect(await write({ passwordSet: true })).toBeUndefined();
  });
});

describe("what is noted on a form is read by those who have a part in it", () => {
  const priced = ["NeedAssessment"];
  const both = ["Device", "ScrapSheet", "Procurement"];

  test.each<[string, (form: string) => boolean]>([
    ["tess", (form) => !priced.includes(form)],
    ["fin", (form) => priced.includes(form) || both.includes(form)],
  ])("as %s", async (account, isTheirs) => {
    const forms = allRecords().filter(({ rows }) => rows.aboutDevice === "always");
    const me = await server.callerOf(account);
    const read = new Set<string>();
    for (const record of forms)
      for (const row of rowsOf(world, record)) {
        const events = rowsOf(world, recordOf(FormEvent)).filter(({ recordId }) => recordId === row.id);
        const written = events.filter(({ note }) => note !== null);
        if (written.length === 0) continue;
        const { data } = await server.executeAs(
          account,
          `{ node(id: "${row.id}") { ... on ${record.name} { history { id note } } } }`,
        );
        const notes = data.node.history.filter(({ note }: { note: string | null }) => note !== null);
        const isOpen = isTheirs(record.name) && !isSecret(record, row);
        // Of one's own forms one reads why.
        const own =
          record.rows.own &&
          "column" in Object(record.rows.own) &&
          row[(record.rows.own as { column: string }).column] === me.id;
        if (own) continue;
        expect([record.name, row.id, notes.length]).toEqual([
          record.name,
          row.id,
          isOpen ? written.length : 0,
        ]);
        if (isOpen) read.add(record.name);
      }
    expect(read.size).toBeGreaterThan(1);
  });
});
