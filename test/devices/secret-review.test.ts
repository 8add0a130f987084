import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { atOnce } from "../support/at-once.js";
import { testNow } from "../support/database.js";
import { issued, newUser, signed, sound } from "../support/drivers/allocations.js";
import { bring } from "../support/drivers/devices.js";
import { classifiedDevice, looked } from "../support/drivers/reviews-and-renewals.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { fitForClassified } from "../support/fit-for-classified.js";
import { formPlay } from "../support/form-driver.js";
import { daysLater } from "../support/form-steps.js";
import { withoutTrace } from "../support/forms.js";
import { step } from "../support/steps.js";
import { writeUnhindered } from "../support/write-unhindered.js";

// What shows classified records is reviewed by head and keeper, and for as long as it is what they saw (S004-P4-15).

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const take = (account: string, mutation: string, input: object, now = testNow) =>
  step(server, account, mutation, input, { form: "secretReview", now });
const open = (account: string, deviceNo: string | null, more: object = {}) =>
  take(account, "openSecretReview", { deviceNo, ...looked, ...more });
const confirm = (id: string) => take("spec", "confirmSecretReview", { id });
const must = (form: string) => formPlay(server, form).must;
const deviceOf = (id: string) => server.database.db.device.findUniqueOrThrow({ where: { id } });
const reviewOf = (id: string) => server.database.db.secretReview.findUniqueOrThrow({ where: { id } });
const write = (id: string, data: object) =>
  server.database.db.device.update({ where: { id }, data, select: { id: true } });
const another = (custodian?: string) => classifiedDevice({ server, now: testNow }, custodian);

/** A device of carl's of which mona has opened a review. */
async function review() {
  const device = await another();
  const { form, code } = await open("mona", device.deviceNo);
  expect(code).toBeUndefined();
  return { id: form.id as string, deviceId: device.id, deviceNo: device.deviceNo! };
}

async function reviewed() {
  const one = await review();
  expect((await confirm(one.id)).form.state).toBe("REVIEWED");
  return one;
}

/** What stands of a review, and what the device shows by it. */
const standing = async ({ id, deviceId }: { id: string; deviceId: string }) => ({
  state: (await reviewOf(id)).state,
  reviewed: (await deviceOf(deviceId)).secretReviewedAt !== null,
});
const holds = { state: "REVIEWED", reviewed: true };
const isOver = { state: "VOID", reviewed: false };

test("a device shows classified records for as long as a review of it stands, and by nothing else", async () => {
  const seen = async () => {
    const { data } = await server.executeAs(
      "mona",
      `{ customers(where: { code: { eq: "C3" } }) { nodes { name } } }`,
    );
    return typeof data.customers.nodes[0]?.name === "string";
  };
  const { db } = server.database;
  const own = await db.secretReview.findFirstOrThrow({ where: { deviceNo: "D13", state: "REVIEWED" } });
  expect(await seen()).toBe(true);
  const revoked = await take("spec", "revokeSecretReview", { id: own.id, note: "It was opened." });
  expect(revoked.form.state).toBe("VOID");
  expect(await seen()).toBe(false);
  // For the head of customer service the general manager looks, who sees no other file of a device.
  const { form } = await open("gina", "D13");
  expect(await seen()).toBe(false);
  expect((await confirm(form.id)).form.state).toBe("REVIEWED");
  expect((await deviceOf(own.deviceId)).secretReviewedAt).toEqual(testNow);
  expect(await seen()).toBe(true);
});

describe("a review is opened", () => {
  test("by the head of whoever has the device, and nobody else", async () => {
    const { deviceNo } = await another();
    await withoutTrace(server, async () => {
      const codes = [];
      for (const account of ["sue", "gina", "tess", "tim", "carl", "spec", "clerk"])
        codes.push([account, (await open(account, deviceNo)).code]);
      expect(codes).toEqual([
        ["sue", "NOT_FOUND"],
        ["gina", "NOT_FOUND"],
        ["tess", "NOT_YOUR_ROLE"],
        ["tim", "NOT_YOUR_ROLE"],
        ["carl", "NOT_YOUR_ROLE"],
        ["spec", "NOT_YOUR_ROLE"],
        ["clerk", "NOT_YOUR_ROLE"],
      ]);
      expect(await open("sue", "NONE")).toEqual(await open("sue", deviceNo));
    });
  });

  test("never by a head of their own device", async () => {
    const { deviceNo } = await another("mona");
    expect(await open("mona", deviceNo)).toMatchObject({ code: "SELF_DECISION" });
    expect((await open("gina", deviceNo)).form.state).toBe("OPEN");
  });

  test.each<[string, object, string, readonly string[]]>([
    ["nothing", { deviceNo: null, findings: null }, "FORM_INCOMPLETE", ["input.deviceNo", "input.findings"]],
    ["empty findings", { findings: " " }, "FORM_INCOMPLETE", ["input.findings"]],
    ["somebody untrained at it", { runByTrained: false }, "FORM_INCOMPLETE", ["input.runByTrained"]],
    [
      "no password and a torn seal",
      { passwordSet: null, sealIntact: false },
      "FORM_INCOMPLETE",
      ["input.passwordSet", "input.sealIntact"],
    ],
  ])("not with %s", async (_case, more, code, paths) => {
    const { deviceNo } = await another();
    await withoutTrace(server, async () => {
      const refused = await open("mona", deviceNo, more);
      expect(refused).toMatchObject({ code });
      expect([...refused.paths].sort()).toEqual([...paths].sort());
    });
  });

  test.each<[string, object, string]>([
    ["for other records", { classified: false }, "WRONG_STATE"],
    ["that asks for no password, by its file", { passwordSet: false }, "WRONG_STATE"],
    ["that somebody untrained has", { custodianId: employeeId("cara") }, "TRAINING_REQUIRED"],
    ["that is broken", { state: "FAULTY" }, "WRONG_STATE"],
  ])("not of a device %s", async (_case, data, code) => {
    const { id, deviceNo } = await another();
    await writeUnhindered(server.database.db, (tx) =>
      tx.device.update({ where: { id }, data, select: { id: true } }),
    );
    await withoutTrace(server, async () => {
      expect(await open("mona", deviceNo)).toMatchObject({ code, paths: ["input.deviceNo"] });
    });
  });

  test("not of one that nobody has", async () => {
    const { id, deviceNo } = await another();
    await write(id, { custodianId: null, departmentCode: "CUSTOMER_SERVICE" });
    expect(await open("mona", deviceNo)).toMatchObject({ code: "WRONG_STATE", paths: ["input.deviceNo"] });
  });

  test("once at a time: of two at once one is", async () => {
    const { id, deviceNo } = await another();
    const both = await atOnce(server.database, { table: "Device", id }, [
      () => open("mona", deviceNo),
      () => open("mona", deviceNo),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual(["DUPLICATE", undefined]);
    const won = both.find(({ code }) => !code)!;
    expect((await confirm(won.form.id)).code).toBeUndefined();
    expect(await open("mona", deviceNo)).toMatchObject({ code: "DUPLICATE" });
  });
});

describe("the keeper confirms no device", () => {
  test.each<[string, (one: { deviceId: string }) => Promise<unknown>, string]>([
    ["in other hands", ({ deviceId }) => write(deviceId, { custodianId: employeeId("sven") }), "WRONG_STATE"],
    ["for other records", ({ deviceId }) => write(deviceId, { classified: false }), "WRONG_STATE"],
    [
      "that has broken meanwhile",
      ({ deviceId }) => bring(formPlay(server, "Device"), deviceId, "breakDown"),
      "WRONG_STATE",
    ],
  ])("%s", async (_case, happens, code) => {
    const one = await review();
    await happens(one);
    await withoutTrace(server, async () => {
      expect(await confirm(one.id)).toMatchObject({ code, paths: ["input.id"] });
    });
  });

  test("of somebody whose training has run out", async () => {
    const { id } = await review();
    const later = daysLater(340);
    expect(await take("spec", "confirmSecretReview", { id }, later)).toMatchObject({
      code: "TRAINING_REQUIRED",
    });
  });

  test("that is lost at the same moment, whoever comes first", async () => {
    for (let round = 0; round < 6; round += 1) {
      const one = await review();
      const lose = () => must("Device")("carl", "lose", { id: one.deviceId, note: "On the train." });
      const both = round % 2 === 0 ? [lose(), confirm(one.id)] : [confirm(one.id), lose()];
      await Promise.all(both);
      expect((await deviceOf(one.deviceId)).state).toBe("LOST");
      expect(await standing(one)).toEqual(isOver);
    }
  });
});

describe("a review is over by itself", () => {
  const update = async (account: string, id: string, changes: object) => {
    const { version } = await deviceOf(id);
    const mutation = `mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { device { id } } }`;
    const { errors } = await server.executeAs(account, mutation, {
      variables: { input: { id, version, ...changes } },
    });
    expect(errors).toBeUndefined();
  };

  test.each<[string, string, object]>([
    ["another seal", "tim", { sealNo: "SEAL-77" }],
    ["other components", "tim", { components: ["mainboard", "another disk"] }],
    ["another configuration", "tim", { configBaseline: "office-2027.1" }],
    ["no password any more", "tim", { passwordSet: false }],
    ["no classified records any more", "tim", { classified: false }],
    ["somebody else who has it", "clerk", { custodianId: employeeId("sven") }],
  ])("with %s", async (_case, account, changes) => {
    const one = await reviewed();
    await update(account, one.deviceId, changes);
    expect(await standing(one)).toEqual(isOver);
    const told = await server.database.db.notification.findMany({
      where: { recordId: one.id, says: { endsWith: "any more." } },
      select: { person: { select: { staffNo: true } } },
    });
    expect(told.map(({ person }) => person.staffNo).sort()).toEqual(["carl", "mona"]);
  });

  test("and so is one that waits for the keeper", async () => {
    const one = await review();
    await update("tim", one.deviceId, { sealNo: "SEAL-78" });
    expect(await standing(one)).toEqual(isOver);
  });

  test("but not with what was not looked at, or is written as it was", async () => {
    const one = await reviewed();
    const { sealNo, components } = await deviceOf(one.deviceId);
    await update("tim", one.deviceId, { vlan: 7, sealNo, components, passwordSet: true, classified: true });
    expect(await standing(one)).toEqual(holds);
  });

  test("with a list that changes the device, and stays with one that does not", async () => {
    const [changed, kept] = [await reviewed(), await reviewed()];
    const csv = `deviceNo,sealNo,vlan\n${changed.deviceNo},SEAL-79,8\n${kept.deviceNo},,8\n`;
    const { errors } = await server.executeAs(
      "tim",
      "mutation ($input: ImportDevicesInput!) { importDevices(input: $input) { corrected } }",
      { variables: { input: { csv } } },
    );
    expect(errors).toBeUndefined();
    expect([await standing(changed), await standing(kept)]).toEqual([isOver, holds]);
  });

  test("when it is lost, and is not there again when it is found", async () => {
    const one = await reviewed();
    await must("Device")("carl", "lose", { id: one.deviceId, note: "In the taxi." });
    expect(await standing(one)).toEqual(isOver);
  });

  /** A fault of it that tim repairs. */
  async function inRepair(deviceId: string): Promise<string> {
    const id = await must("Fault")("carl", "report", { deviceId, symptom: "It is loud." });
    await must("Fault")("tim", "acknowledge", { id });
    await must("Fault")("tim", "diagnose", { id, diagnosis: "A fan." });
    return must("Fault")("tim", "startRepair", { id });
  }

  test("when it is sent out for repair, or gets other parts; not when it only stood still", async () => {
    const [sent, changed, same] = [await reviewed(), await reviewed(), await reviewed()];
    const fault = await inRepair(sent.deviceId);
    expect(await standing(sent)).toEqual(holds);
    await must("Fault")("tim", "sendOut", { id: fault, centre: "A centre", dataProtected: true });
    expect(await standing(sent)).toEqual(isOver);
    const finish = (id: string, components: string[]) =>
      must("Fault")("tim", "finish", { id, cost: "10.00", components });
    await finish(await inRepair(changed.deviceId), ["disk"]);
    expect(await standing(changed)).toEqual(isOver);
    await finish(await inRepair(same.deviceId), []);
    expect(await standing(same)).toEqual(holds);
  });

  test("when it goes back, and holds while its user only puts it down and takes it up again", async () => {
    const one = await reviewed();
    const { db } = server.database;
    await bring(formPlay(server, "Device"), one.deviceId, "fallIdle");
    await bring(formPlay(server, "Device"), one.deviceId, "takeUp");
    expect(await standing(one)).toEqual(holds);
    await write(one.deviceId, { invoiceNo: "FP-1" });
    const allocation = await db.allocation.create({
      data: {
        ...{ id: `alc_review_${one.id}`, deviceId: one.deviceId, departmentCode: "CUSTOMER_SERVICE" },
        ...{ userId: employeeId("carl"), need: "Work", state: "ACCEPTED", acceptedAt: testNow },
        ...{ unusedAt: daysLater(60), requestedById: employeeId("mona"), requestedAt: testNow },
        ...{ allocatedById: employeeId("clerk"), allocatedAt: testNow },
        ...{ issuedById: employeeId("tim"), issuedAt: testNow },
      },
      select: { id: true },
    });
    const { id } = allocation;
    await must("Allocation")("carl", "requestTransfer", { id });
    expect(await standing(one)).toEqual(holds);
    await must("Allocation")("mona", "checkDepartment", { id });
    await must("Allocation")("tess", "checkTechnology", { id, ...sound });
    await must("Allocation")("tess", "return", { id });
    expect(await standing(one)).toEqual(isOver);
  });

  test("when somebody else takes it up", async () => {
    const one = await reviewed();
    const user = await newUser({ server });
    await bring(formPlay(server, "Device"), one.deviceId, "fallIdle");
    await write(one.deviceId, { custodianId: null, invoiceNo: "FP-2" });
    const id = await must("Allocation")("sue", "request", { employeeId: user.id, need: "Visits" });
    await must("Allocation")("clerk", "allocate", { id, deviceId: one.deviceId });
    await must("Allocation")("tim", "issue", { id, ...issued() });
    await must("Allocation")(user.staffNo, "accept", { id, ...signed });
    expect(await standing(one)).toEqual(isOver);
  });

  test("with whoever has it in hand at that moment waited for", async () => {
    const one = await reviewed();
    const [told] = await atOnce(server.database, { table: "SecretReview", id: one.id }, [
      () => update("tim", one.deviceId, { sealNo: "SEAL-79" }),
    ]);
    expect(told).toBeUndefined();
    expect(await standing(one)).toEqual(isOver);
  });
});

test("only the keeper or whoever admits equipment takes a review back, and says why", async () => {
  const one = await reviewed();
  expect(await take("mona", "revokeSecretReview", { id: one.id, note: "No." })).toMatchObject({
    code: "NOT_YOUR_ROLE",
  });
  expect(await take("spec", "revokeSecretReview", { id: one.id })).toMatchObject({
    code: "FORM_INCOMPLETE",
    paths: ["input.note"],
  });
  await server.database.db.employeeRole.create({
    data: { employeeId: employeeId("tess"), role: "SECURITY_OFFICER" },
  });
  expect((await take("tess", "revokeSecretReview", { id: one.id, note: "A stick." })).form.state).toBe(
    "VOID",
  );
  await server.database.db.employeeRole.delete({
    where: { employeeId_role: { employeeId: employeeId("tess"), role: "SECURITY_OFFICER" } },
  });
  expect(await standing(one)).toEqual(isOver);
});

test("it is seen by whom it concerns; what was found only by those who review and by technology", async () => {
  const { id, deviceNo } = await review();
  await take("spec", "rejectSecretReview", { id, note: "The window." });
  const query = "query ($id: ID!) { secretReview(id: $id) { deviceNo findings history { action note } } }";
  const sees = async (account: string) => {
    const { data } = await server.executeAs(account, query, { variables: { id } });
    const { deviceNo: no, findings, history } = data?.secretReview ?? {};
    return data?.secretReview ? [no, findings, history.at(-1)?.note] : null;
  };
  for (const account of ["mona", "spec", "gina", "tim"])
    expect([account, await sees(account)]).toEqual([account, [deviceNo, looked.findings, "The window."]]);
  expect(await sees("clerk")).toEqual([deviceNo, null, "The window."]);
  expect((await sees("carl"))?.slice(0, 2)).toEqual([deviceNo, null]);
  for (const account of ["sam", "sue", "cara", "sven", "cu1"])
    expect([account, await sees(account)]).toEqual([account, null]);
});

test("the keeper hears of it at once, a day before it is due and each day after", async () => {
  const { db } = server.database;
  const { id } = await review();
  const { dueAt } = await reviewOf(id);
  const said = async () =>
    (
      await db.notification.findMany({
        where: { recordId: id },
        orderBy: { at: "asc" },
        select: { person: { select: { staffNo: true } }, says: true },
      })
    ).map(({ person, says }) => `${person.staffNo}: ${says}`);
  const waits = "A device waits to be reviewed for classified records.";
  expect(await said()).toEqual([`spec: ${waits}`]);
  const hour = 3_600_000;
  await keepTime(db, new Date(dueAt!.getTime() - 23 * hour));
  expect((await said()).slice(1)).toEqual([
    "spec: The review of a device for classified records is due within a day.",
  ]);
  await keepTime(db, new Date(dueAt!.getTime() + hour));
  await keepTime(db, new Date(dueAt!.getTime() + 25 * hour));
  const overdue = "The review of a device for classified records is overdue.";
  expect((await said()).slice(2).sort()).toEqual([
    ...[`mona: ${overdue}`, `mona: ${overdue}`],
    ...[`spec: ${overdue}`, `spec: ${overdue}`],
  ]);
});

test("nothing that is reviewed in the demo is so without a review", async () => {
  const { db } = server.database;
  const unexplained = await db.$queryRaw`
    SELECT d."deviceNo" FROM "Device" d WHERE d."secretReviewedAt" IS NOT NULL AND d."deviceNo" ~ '^D' AND NOT EXISTS (
      SELECT 1 FROM "SecretReview" r WHERE r."deviceId" = d."id" AND r."state" = 'REVIEWED'
        AND r."decidedAt" = d."secretReviewedAt" AND r."custodianId" = d."custodianId")`;
  expect(unexplained).toEqual([]);
  expect(
    await db.device.count({ where: { secretReviewedAt: { not: null }, deviceNo: { startsWith: "D" } } }),
  ).toBe(5);
});

test("of the keeper's own device the general manager decides, and of nobody else's", async () => {
  await fitForClassified(server.database.db, ["spec"]);
  const { deviceNo } = await another("spec");
  const { form } = await open("mona", deviceNo);
  expect(await take("spec", "confirmSecretReview", { id: form.id })).toMatchObject({ code: "SELF_DECISION" });
  expect((await take("gina", "confirmSecretReview", { id: form.id })).form.state).toBe("REVIEWED");
  const other = await review();
  expect(await take("gina", "confirmSecretReview", { id: other.id })).toMatchObject({
    code: "NOT_YOUR_ROLE",
  });
});

test("does not stand when a device that was theirs is sealed anew for them", async () => {
  // What lost its password lies idle with carl: it would be theirs to use first.
  await server.database.db.device.updateMany({
    where: { custodian: { staffNo: "carl" }, state: "IDLE" },
    data: { custodianId: null },
  });
  const one = await reviewed();
  await bring(formPlay(server, "Device"), one.deviceId, "fallIdle");
  await write(one.deviceId, { invoiceNo: "FP-1" });
  const request = await must("Allocation")("mona", "request", {
    employeeId: employeeId("carl"),
    need: "Visits",
  });
  await must("Allocation")("clerk", "allocate", { id: request, deviceId: one.deviceId });
  expect(await standing(one)).toEqual(holds);
  await must("Allocation")("tim", "issue", { id: request, ...issued() });
  expect(await standing(one)).toEqual(isOver);
});
