import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoCredential, hashCredential } from "../../src/people/device-credential.js";
import { atOnce } from "../support/at-once.js";
import { testNow, testSecret } from "../support/database.js";
import { device } from "../support/drivers/devices.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { formPlay } from "../support/form-driver.js";
import { withoutTrace } from "../support/forms.js";
import { step, type Taken } from "../support/steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const deviceIn = (state: string): Promise<string> => device.stand(formPlay(server, "Device"), state);
const stored = (id: string) => server.database.db.device.findUniqueOrThrow({ where: { id } });
const must = async (taken: Promise<Taken>) => {
  const { form, ...refused } = await taken;
  expect(refused).toEqual({ paths: [] });
  return form;
};
const scrap = (account: string, mutation: string, input: object) =>
  step(server, account, mutation, input, { form: "scrapSheet" });
const lose = (account: string, id: string) =>
  step(server, account, "reportDeviceLost", { id, note: "In the taxi" }, { form: "device" });

describe("a device that is to go", () => {
  const request = (account: string, deviceId: string) =>
    scrap(account, "requestScrap", { deviceId, verdict: "Burnt" });

  test("is proposed by the clerk and nobody else", async () => {
    const id = await deviceIn("UNREPAIRABLE");
    await withoutTrace(server, async () => {
      const codes: unknown[] = [];
      for (const account of ["sam", "sue", "tim", "fin", "ada", "gina", "vic", "cu1"])
        codes.push((await request(account, id)).code);
      expect(new Set(codes)).toEqual(new Set(["NOT_YOUR_ROLE"]));
    });
    expect((await stored(id)).state).toBe("UNREPAIRABLE");
  });

  test("is proposed once, whoever is first", async () => {
    const id = await deviceIn("UNREPAIRABLE");
    const both = [() => request("clerk", id), () => request("clerk", id)];
    const answers = await atOnce(server.database, { table: "Device", id }, both);
    expect(answers.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
    expect(await server.database.db.scrapSheet.count({ where: { deviceId: id } })).toBe(1);
  });
});

describe("a device that is lost", () => {
  test("is an incident from that moment on, of which those hear whom it concerns", async () => {
    const id = await deviceIn("IN_USE");
    const { deviceNo } = await stored(id);
    await must(lose("sam", id));
    const { db } = server.database;
    const incident = await db.incident.findFirstOrThrow({ where: { deviceId: id } });
    expect(incident).toMatchObject({
      ...{ kind: "LOSS", state: "REPORTED", text: `Device ${deviceNo} is lost. In the taxi` },
      ...{ reporterId: (await server.callerOf("sam")).id, containedAt: null },
    });
    // Within the hour it is to be stopped.
    expect(incident.dueAt!.getTime() - incident.reportedAt.getTime()).toBe(3_600_000);
    const told = await db.notification.findMany({
      where: { recordId: incident.id },
      select: { person: { select: { staffNo: true } }, says: true },
    });
    expect(new Set(told.map(({ says }) => says))).toEqual(new Set(["A device has been lost."]));
    // The head, administration, technology, and whoever answers for customer information (rulebook 6-22); not sam.
    expect(told.map(({ person }) => person.staffNo).sort()).toEqual(
      expect.arrayContaining(["adam", "mona", "sue", "tess", "tim"]),
    );
    expect(told.map(({ person }) => person.staffNo)).not.toContain("sam");
  });

  test("is followed by the head of whoever had it, whoever reported it, and by no head of anybody else", async () => {
    const id = await deviceIn("IN_USE");
    await must(lose("clerk", id));
    const { formNo } = await server.database.db.incident.findFirstOrThrow({ where: { deviceId: id } });
    const seenBy = async (account: string) => {
      const { data } = await server.executeAs(
        account,
        `{ incidents(where: { formNo: { eq: "${formNo}" } }) { nodes { holderDepartment text history { action } } } }`,
      );
      return data.incidents.nodes;
    };
    const text = expect.stringMatching(/is lost\. In the taxi$/);
    expect(await seenBy("sue")).toEqual([
      { holderDepartment: "SALES", text, history: [{ action: "reportLoss" }] },
    ]);
    // Whoever gets it when it is found again does not see what happened to others.
    await server.database.db.device.update({ where: { id }, data: { departmentCode: "PRODUCTION" } });
    expect(await seenBy("pia")).toEqual([]);
  });

  test("is followed by that head, too, where it is reported as an incident", async () => {
    const deviceId = await deviceIn("IN_USE");
    const input = { kind: "LOSS", text: "It was in the car", deviceId, discoveredAt: testNow.toISOString() };
    const { id } = await must(step(server, "tim", "reportIncident", input, { form: "incident" }));
    const { data } = await server.executeAs("sue", `{ incident(id: "${id}") { holderDepartment text } }`);
    expect(data.incident).toEqual({ holderDepartment: "SALES", text: "It was in the car" });
  });

  test("proves nothing any more, and what was begun from it is over", async () => {
    const { db } = server.database;
    const id = await deviceIn("IN_USE");
    const credentialHash = "a".repeat(64);
    const tokenHash = "b".repeat(64);
    const { id: employeeId } = await server.callerOf("sam");
    const expiresAt = new Date(testNow.getTime() + 3_600_000);
    await db.deviceCredential.create({ data: { credentialHash, deviceId: id, issuedAt: new Date(0) } });
    await db.refreshToken.create({
      data: { tokenHash, familyId: tokenHash, employeeId, expiresAt, deviceId: id },
    });
    await must(lose("sam", id));
    const { revokedAt } = await db.deviceCredential.findUniqueOrThrow({ where: { credentialHash } });
    const session = await db.refreshToken.findUniqueOrThrow({ where: { tokenHash } });
    expect(revokedAt).not.toBeNull();
    expect(session.expiresAt.getTime()).toBeLessThanOrEqual(testNow.getTime());
  });

  test("ends the sheet that was to let it go", async () => {
    const id = await deviceIn("UNREPAIRABLE");
    const sheet = await must(scrap("clerk", "requestScrap", { deviceId: id, verdict: "Burnt" }));
    await must(lose("clerk", id));
    expect(await server.database.db.scrapSheet.findUnique({ where: { id: sheet.id } })).toMatchObject({
      state: "WITHDRAWN",
    });
  });
});

describe("who sees an incident", () => {
  const query = `query ($id: ID!) { incident(id: $id) { kind text cause history { action note } } }`;

  test.each<[string, object | null]>([
    ["pat", { text: "A door stood open", cause: null }],
    ["pia", { text: "A door stood open", cause: null }],
    ["tim", { text: "A door stood open", cause: null }],
    ["adam", { text: "A door stood open", cause: "The lock" }],
    ["gina", { text: "A door stood open", cause: "The lock" }],
    ["sam", null],
    ["fin", null],
    ["cu1", null],
  ])("%s", async (account, expected) => {
    const { id } = await must(
      step(
        server,
        "pat",
        "reportIncident",
        { kind: "OTHER", text: "A door stood open" },
        { form: "incident" },
      ),
    );
    await server.database.db.incident.update({
      where: { id },
      data: { cause: "The lock" },
      select: { id: true },
    });
    const { data } = await server.executeAs(account, query, { variables: { id } });
    if (expected) expect(data.incident).toMatchObject(expected);
    else expect(data?.incident ?? null).toBeNull();
  });

  test.each<[string, object, string, string]>([
    ["nothing", {}, "FORM_INCOMPLETE", "input.kind"],
    [
      "a discovery to come",
      { discoveredAt: "2030-01-01T00:00:00Z" },
      "FORM_INCOMPLETE",
      "input.discoveredAt",
    ],
    ["a device that there is not", { deviceId: "dev_none" }, "NOT_FOUND", "input.deviceId"],
  ])("refuses a report with %s, and stores nothing", async (_case, changes, code, path) => {
    const whole = Object.keys(changes).length > 0 ? { kind: "OTHER", text: "A door stood open" } : {};
    await withoutTrace(server, async () => {
      const taken = await step(
        server,
        "pat",
        "reportIncident",
        { ...whole, ...changes },
        { form: "incident" },
      );
      expect(taken.code).toBe(code);
      expect(taken.paths).toContain(path);
    });
  });
});

describe("scrapping", () => {
  test("takes the device along, and leaves its file", async () => {
    const id = await deviceIn("UNREPAIRABLE");
    const { id: sheet } = await must(scrap("clerk", "requestScrap", { deviceId: id, verdict: "Burnt" }));
    const states = [(await stored(id)).state];
    await must(scrap("fin", "approveScrap", { id: sheet }));
    states.push((await stored(id)).state);
    await must(scrap("tess", "wipeForScrap", { id: sheet, method: "DEGAUSS", proof: "W-1" }));
    await must(scrap("clerk", "finishScrap", { id: sheet, proceeds: "120.50" }));
    expect([...states, (await stored(id)).state]).toEqual(["SCRAP_REQUESTED", "SCRAP_APPROVED", "SCRAPPED"]);
    const gone = await stored(id);
    expect(gone).toMatchObject({ custodianId: null, ipAddress: null });
    expect(gone.scrapProceeds?.toString()).toBe("120.5");
    expect(gone.deviceNo).not.toBeNull();
  });

  test.each(["UNREPAIRABLE", "RENEWAL_PLANNED"])("leaves a device %s that is kept", async (state) => {
    for (const [mutation, account] of [
      ["refuseScrap", "fin"],
      ["withdrawScrap", "clerk"],
    ] as const) {
      const id = await deviceIn(state);
      const { id: sheet } = await must(scrap("clerk", "requestScrap", { deviceId: id, verdict: "Old" }));
      await must(scrap(account, mutation, { id: sheet, note: "It is kept" }));
      expect((await stored(id)).state).toBe(state);
    }
  });

  test.each(["IN_USE", "IDLE", "REGISTERED", "FAULTY", "LOST", "SCRAPPED"])(
    "is not asked for of a device that is %s",
    async (state) => {
      const id = await deviceIn(state);
      await withoutTrace(server, async () => {
        const { code, paths } = await scrap("clerk", "requestScrap", { deviceId: id, verdict: "Old" });
        expect([code, paths]).toEqual(["WRONG_STATE", ["input.deviceId"]]);
      });
    },
  );

  test("nothing goes that was not wiped", async () => {
    const id = await deviceIn("UNREPAIRABLE");
    const { id: sheet } = await must(scrap("clerk", "requestScrap", { deviceId: id, verdict: "Burnt" }));
    await must(scrap("fin", "approveScrap", { id: sheet }));
    await withoutTrace(server, async () => {
      const early = await scrap("clerk", "finishScrap", { id: sheet, proceeds: "0.00" });
      expect(early.code).toBe("WRONG_STATE");
      const unproved = await scrap("tess", "wipeForScrap", { id: sheet, method: "SHRED", proof: " " });
      expect(unproved).toMatchObject({ code: "FORM_INCOMPLETE", paths: ["input.proof"] });
    });
  });

  // By the matrix of 3.3: the verdict and the proceeds are finance's, how it was wiped is technology's.
  test.each<[string, object]>([
    ["fin", { verdict: "Burnt", wipeMethod: null, state: "WIPED" }],
    ["clerk", { verdict: "Burnt", wipeMethod: null, state: "WIPED" }],
    ["tim", { verdict: null, wipeMethod: "SHRED", state: "WIPED" }],
  ])("what %s sees of the sheet", async (account, seen) => {
    const id = await deviceIn("UNREPAIRABLE");
    const { id: sheet } = await must(scrap("clerk", "requestScrap", { deviceId: id, verdict: "Burnt" }));
    await must(scrap("fin", "approveScrap", { id: sheet }));
    await must(scrap("tess", "wipeForScrap", { id: sheet, method: "SHRED", proof: "W-1" }));
    const { data } = await server.executeAs(
      account,
      "query ($id: ID!) { scrapSheet(id: $id) { verdict wipeMethod state } }",
      { variables: { id: sheet } },
    );
    expect(data.scrapSheet).toEqual(seen);
  });
});

describe("a device that never got a number", () => {
  const take = (account: string, mutation: string, input: object) =>
    step(server, account, mutation, { note: "Because", ...input }, { form: "device" });

  test.each([
    ["ACCEPTED", "ACCEPTED"],
    ["STOCKED", "STOCKED"],
    ["CONFIGURED", "STOCKED"],
  ])("%s when it was lost, goes on as %s when it is found", async (before, after) => {
    const id = await deviceIn(before);
    await must(lose("clerk", id));
    const { version } = await stored(id);
    // Nobody gives it one past its set-up.
    const numbered = { id, version, deviceNo: "X-1" };
    expect(await step(server, "tim", "updateDevice", numbered, { form: "device" })).toMatchObject({
      code: "WRONG_STATE",
    });
    expect(await must(take("tim", "recoverDevice", { id, sealNo: "S-1" }))).toMatchObject({ state: after });
    const { deviceNo, custodianId, departmentCode, sealNo } = await stored(id);
    expect({ deviceNo, custodianId, departmentCode, sealNo }).toEqual({
      ...{ deviceNo: null, custodianId: null, departmentCode: null, sealNo: "S-1" },
    });
  });

  test.each(["STOCKED", "CONFIGURED"])("%s, and cannot be set up, is let go", async (before) => {
    const id = await deviceIn(before);
    expect(await take("tim", "condemnDevice", { id, note: null })).toMatchObject({ code: "FORM_INCOMPLETE" });
    await must(take("tim", "condemnDevice", { id, note: "It does not start" }));
    const sheet = await must(scrap("clerk", "requestScrap", { deviceId: id, verdict: "Dead on arrival" }));
    expect(sheet).toMatchObject({ state: "REQUESTED" });
    expect(await stored(id)).toMatchObject({ state: "SCRAP_REQUESTED", deviceNo: null });
  });
});

test("who had a device hears that others report it lost, and does not look into it", async () => {
  const { db } = server.database;
  const id = await deviceIn("IN_USE");
  const { id: adam } = await server.callerOf("adam");
  await db.device.update({ where: { id }, data: { custodianId: adam, departmentCode: "ADMINISTRATION" } });
  await must(lose("clerk", id));
  const told = await db.notification.findMany({ where: { recordId: id }, include: { person: true } });
  expect(told.map(({ person }) => person.staffNo)).toContain("adam");
  const incident = await db.incident.findFirstOrThrow({ where: { deviceId: id } });
  const go = (account: string, mutation: string, more: object = {}) =>
    step(server, account, mutation, { id: incident.id, ...more }, { form: "incident" });
  await must(go("tim", "containIncident", { remedy: "Locked" }));
  expect(await go("adam", "investigateIncident")).toMatchObject({ code: "SELF_DECISION" });
  // Not either once it is found, and in nobody's hands.
  await must(
    step(server, "tim", "recoverDevice", { id, note: "Under the seat", sealNo: "S-9" }, { form: "device" }),
  );
  expect((await go("ada", "investigateIncident")).code).toBeUndefined();
});

test("a device that was wiped and stays after all is not what its file said, nor what was reviewed", async () => {
  const id = await deviceIn("UNREPAIRABLE");
  await server.database.db.device.update({ where: { id }, data: { secretReviewedAt: testNow } });
  const { id: sheet } = await must(scrap("clerk", "requestScrap", { deviceId: id, verdict: "Burnt" }));
  await must(scrap("fin", "approveScrap", { id: sheet }));
  await must(scrap("tess", "wipeForScrap", { id: sheet, method: "OVERWRITE", proof: "W-7" }));
  await must(scrap("clerk", "withdrawScrap", { id: sheet }));
  expect(await stored(id)).toMatchObject({
    ...{ state: "UNREPAIRABLE", software: [], configBaseline: null, secretReviewedAt: null },
  });
});

describe("the file of a device that is lost or gone", () => {
  const correct = async (account: string, id: string, changes: object) => {
    const { version } = await stored(id);
    return step(server, account, "updateDevice", { id, version, ...changes }, { form: "device" });
  };

  test.each(["LOST", "WRITTEN_OFF", "SCRAPPED"])("keeps all but what finance enters: %s", async (state) => {
    const id = await deviceIn(state);
    const { deviceNo } = await stored(id);
    const { id: nina } = await server.callerOf("nina");
    for (const [account, changes, path] of [
      ["clerk", { custodianId: nina }, "input.custodianId"],
      ["clerk", { department: "FINANCE" }, "input.department"],
      ["tim", { sealNo: "X" }, "input.sealNo"],
    ] as const)
      expect(await withoutTrace(server, () => correct(account, id, changes))).toMatchObject({
        ...{ code: "WRONG_STATE", paths: [path] },
      });
    const list = `deviceNo,custodian\n${deviceNo},nina\n`;
    const { data } = await server.executeAs(
      "clerk",
      "mutation ($csv: String!) { importDevices(input: { csv: $csv }) { corrected problems { field code } } }",
      { variables: { csv: list } },
    );
    expect(data.importDevices).toEqual({
      ...{ corrected: 0, problems: [{ field: "custodian", code: "WRONG_STATE" }] },
    });
    await must(correct("fin", id, { scrapProceeds: "5.00" }));
  });

  test("says whose it was when it was written off; and that keeps nobody here", async () => {
    const id = await deviceIn("WRITTEN_OFF");
    const { id: sam } = await server.callerOf("sam");
    expect(await stored(id)).toMatchObject({ custodianId: sam });
    const other = await deviceIn("IN_USE");
    const effectiveAt = new Date(testNow.getTime() + 24 * 3_600_000).toISOString();
    const leaving = {
      employeeId: sam,
      kind: "LEAVE",
      reason: "Gave notice",
      handover: ["Samples"],
      effectiveAt,
    };
    const { form } = await step(server, "sue", "confirmOffboarding", leaving);
    const { data } = await server.executeAs(
      "adam",
      "query ($id: ID!) { offboarding(id: $id) { openItems { ref } } }",
      { variables: { id: form.id } },
    );
    const items = JSON.stringify(data.offboarding.openItems);
    expect(items).toContain(`"${(await stored(other)).deviceNo}"`);
    expect(items).not.toContain(`"${(await stored(id)).deviceNo}"`);
    await step(server, "sue", "cancelOffboarding", { id: form.id, note: "Stays" });
  });

  test("and it reads nothing, as what it is", async () => {
    const { db } = server.database;
    const id = await deviceIn("SCRAP_APPROVED");
    const { deviceNo } = await stored(id);
    await db.deviceCredential.create({
      data: {
        credentialHash: hashCredential(demoCredential(testSecret, deviceNo!)),
        ...{ deviceId: id, issuedAt: testNow },
      },
    });
    const look = async () => {
      const { errors } = await server.executeAs("sam", "{ customers(first: 1) { nodes { name } } }", {
        device: deviceNo!,
      });
      return errors?.[0]?.extensions?.code;
    };
    expect(await look()).toBe("DEVICE_NOT_IN_USE");
    await db.device.update({ where: { id }, data: { custodianId: null } });
    expect(await look()).toBe("DEVICE_NOT_IN_USE");
  });
});

test.each([
  [3_600_000, false],
  [3_600_001, true],
])("what is reported %i ms after it was discovered is late: %s", async (after, reportedLate) => {
  const discoveredAt = new Date(testNow.getTime() - after).toISOString();
  const { form } = await step(
    server,
    "sam",
    "reportIncident",
    { kind: "LEAK", text: "A list lay on the printer", discoveredAt },
    { form: "incident", selection: "{ reportedLate }" },
  );
  expect(form).toMatchObject({ reportedLate });
});
