import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepTime } from "../../src/workflow/keep-time.js";
import { addDossier } from "../dossiers/add-dossier.js";
import { atOnce } from "../support/at-once.js";
import { testNow } from "../support/database.js";
import { copyOnDevice } from "../support/drivers/device-copies.js";
import { deviceInUse } from "../support/drivers/faults.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { after, before, formPlay } from "../support/form-driver.js";
import { customer, person } from "../support/form-steps.js";
import { granted } from "../support/forms.js";
import { step } from "../support/steps.js";

// sam has a copy of C1 on a device of his own; spec hands over and keeps the register, tim and tess are technology.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const note = "Because.";
const wiping = { method: "CRYPTO_ERASE", proof: "Protocol 7" };
const play = (form: string, now = testNow) => formPlay(server, form, now);
const copyOf = (id: string) => server.database.db.deviceCopy.findUniqueOrThrow({ where: { id } });
const wipe = (account: string, id: string, now = testNow) =>
  step(server, account, "wipeDeviceCopy", { id, ...wiping }, { form: "deviceCopy", now });
const eventsOf = async (id: string) =>
  (await server.database.db.formEvent.findMany({ where: { recordId: id }, orderBy: { seq: "asc" } })).map(
    ({ action, byId }) => [action, byId],
  );

describe("a copy that is handed over electronically", () => {
  test("lies on a device from then on: whose data, with whom, until when, by which form", async () => {
    const { id, deviceId, copyRequestId } = await copyOnDevice(play("DeviceCopy"));
    const { data, errors } = await server.executeAs(
      "tim",
      `{ device(id: "${deviceId}") { copies(first: 5) { totalCount nodes { id kind state since until holder { staffNo } department copyRequest { id } customer { name } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.device.copies).toEqual({
      totalCount: 1,
      nodes: [
        {
          ...{ id, kind: "COPY", state: "KEPT", holder: { staffNo: "sam" }, department: "SALES" },
          ...{ since: "2026-11-22T07:00:00+00:00", until: "2026-11-24T07:00:00+00:00" },
          // Technology reads neither the form nor the customer.
          ...{ copyRequest: null, customer: null },
        },
      ],
    });
    expect(await copyOf(id)).toMatchObject({ copyRequestId, customerId: customer(1) });
    expect(await eventsOf(id)).toEqual([["keepCopy", null]]);
  });

  const given = { measures: "Encrypted", receipt: "Signed" };
  const until = after(testNow, 24).toISOString();

  /** An approved request, and the number of a device in use. */
  async function approved(more: object = {}) {
    const requests = play("CopyRequest");
    const deviceId = await deviceInUse(requests);
    const { deviceNo } = await server.database.db.device.findUniqueOrThrow({ where: { id: deviceId } });
    const id = await requests.must("sam", "request", {
      ...{ customerId: customer(1), fields: ["Customer.name"], recipient: "沈珊", purpose: "ORDER_HANDLING" },
      ...{ carrierId: person("spec"), medium: "ELECTRONIC", reason: "To pack", forOutside: false, ...more },
    });
    await requests.must("gina", "approve", { id });
    return { id, deviceId, deviceNo: deviceNo! };
  }
  const handOver = (input: object) =>
    step(server, "spec", "handOverCopyRequest", input, { form: "copyRequest" });

  test.each<[string, (deviceNo: string) => object, string, string]>([
    ["no device", () => ({}), "FORM_INCOMPLETE", "input.deviceNo"],
    ["no term", (deviceNo) => ({ deviceNo }), "FORM_INCOMPLETE", "input.keptUntil"],
    [
      "a term that is over",
      (deviceNo) => ({ deviceNo, keptUntil: testNow.toISOString() }),
      "FORM_INCOMPLETE",
      "input.keptUntil",
    ],
    [
      "a term that is too long",
      (deviceNo) => ({ deviceNo, keptUntil: after(testNow, 91 * 24).toISOString() }),
      "TERM_TOO_LONG",
      "input.keptUntil",
    ],
    [
      "a device that is not there",
      () => ({ deviceNo: "NONE", keptUntil: until }),
      "FORM_INCOMPLETE",
      "input.deviceNo",
    ],
    [
      "a device that is nobody's",
      () => ({ deviceNo: "D74", keptUntil: until }),
      "FORM_INCOMPLETE",
      "input.deviceNo",
    ],
  ])("with %s: refused, and nothing happens", async (_title, input, code, path) => {
    const { id, deviceNo } = await approved();
    const taken = await handOver({ id, ...given, ...input(deviceNo) });
    expect(taken).toMatchObject({ code, paths: [path] });
    expect(await server.database.db.copyRequest.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: "APPROVED",
    });
    expect(await server.database.db.deviceCopy.count({ where: { copyRequestId: id } })).toBe(0);
  });

  test("on paper lies on no device", async () => {
    const { id, deviceNo } = await approved({ medium: "PAPER" });
    expect(await handOver({ id, ...given, deviceNo, keptUntil: until })).toMatchObject({
      code: "FORM_INCOMPLETE",
    });
    expect((await handOver({ id, ...given })).code).toBeUndefined();
    expect(await server.database.db.deviceCopy.count({ where: { copyRequestId: id } })).toBe(0);
  });
});

describe("an electronic dossier that is borrowed", () => {
  async function registered(medium: "PAPER" | "ELECTRONIC") {
    const { db } = server.database;
    const dossierId = await addDossier(db, "C1");
    await db.dossier.update({ where: { id: dossierId }, data: { medium } });
    const loans = play("Loan");
    const id = await loans.must("sam", "request", { dossierId, copies: 1, reason: "A visit" });
    await loans.must("sue", "seal", { id, unitSeal: true });
    await loans.must("spec", "approve", { id });
    await loans.must("spec", "register", { id });
    return id;
  }

  test("lies on the borrower's device, and goes when it is returned", async () => {
    const id = await registered("ELECTRONIC");
    await play("Loan").must("sam", "sign", { id });
    const kept = await server.database.db.deviceCopy.findFirstOrThrow({ where: { loanId: id } });
    const { device } = await server.callerOf("sam");
    expect(kept).toMatchObject({
      kind: "LOAN",
      deviceId: device!.id,
      until: after(testNow, 72),
      state: "KEPT",
    });
    await play("Loan").must("spec", "return", { id, condition: "GOOD" });
    expect(await copyOf(kept.id)).toMatchObject({
      state: "RECALLED",
      recallCause: "LOAN_OVER",
      recalledAt: testNow,
    });
    expect((await wipe("tim", kept.id)).code).toBeUndefined();
  });

  test("lies on no device of somebody else, and one on paper on none", async () => {
    const { deviceNo } = (await server.callerOf("pat")).device!;
    const id = await registered("ELECTRONIC");
    const sign = (input: object) => step(server, "sam", "signForLoan", input, { form: "loan" });
    expect(await sign({ id, deviceNo })).toMatchObject({
      code: "FORM_INCOMPLETE",
      paths: ["input.deviceNo"],
    });
    await play("Loan").must("sam", "withdraw", { id });
    const paper = await registered("PAPER");
    expect((await sign({ id: paper })).code).toBeUndefined();
    expect(await server.database.db.deviceCopy.count({ where: { loanId: paper } })).toBe(0);
    await play("Loan").must("spec", "return", { id: paper, condition: "GOOD" });
  });
});

describe("it is recalled", () => {
  test("when its term is over, by the clock; its holder and technology hear of it", async () => {
    const { id } = await copyOnDevice(play("DeviceCopy"), { begun: before(testNow, 40) });
    await keepTime(server.database.db, after(testNow, 7));
    expect(await copyOf(id)).toMatchObject({ state: "KEPT" });
    const reminded = await server.database.db.notification.findMany({ where: { recordId: id } });
    expect(reminded.map(({ says }) => says)).toContain("A copy on your device is to be wiped within a day.");
    await keepTime(server.database.db, after(testNow, 8));
    expect(await copyOf(id)).toMatchObject({ state: "RECALLED", recallCause: "TERM_OVER" });
    const told = await server.database.db.notification.findMany({
      where: { recordId: id, says: "A copy on a device is to be wiped." },
      include: { person: { select: { staffNo: true } } },
    });
    expect(told.map(({ person: { staffNo } }) => staffNo)).toEqual(
      expect.arrayContaining(["sam", "sue", "tim"]),
    );
  });

  test("with a device that is lost it is lost, found again recalled, written off gone", async () => {
    const { id, deviceId } = await copyOnDevice(play("DeviceCopy"));
    await play("Device").must("sam", "lose", { id: deviceId, note });
    expect(await copyOf(id)).toMatchObject({ state: "LOST_WITH_DEVICE" });
    await play("Device").must("tim", "recover", { id: deviceId, note, sealNo: "S1" });
    expect(await copyOf(id)).toMatchObject({ state: "RECALLED", recallCause: "DEVICE_FOUND" });
    await play("Device").must("clerk", "lose", { id: deviceId, note });
    await play("Device").must("fin", "writeOff", { id: deviceId, note });
    expect(await copyOf(id)).toMatchObject({ state: "GONE" });
    expect((await wipe("tim", id)).code).toBe("WRONG_STATE");
  });

  test("with a lost device it can be wiped from afar", async () => {
    const { id, deviceId } = await copyOnDevice(play("DeviceCopy"));
    await play("Device").must("sam", "lose", { id: deviceId, note });
    expect((await wipe("tim", id)).code).toBeUndefined();
    expect(await copyOf(id)).toMatchObject({ state: "WIPED", recalledAt: null });
  });

  test("before a device is scrapped, which is not wiped while it lies there", async () => {
    const { id, deviceId } = await copyOnDevice(play("DeviceCopy"));
    const faults = play("Fault");
    const fault = await faults.must("sam", "report", { deviceId, symptom: "Dead" });
    await faults.must("tim", "acknowledge", { id: fault });
    await faults.must("tim", "diagnose", { id: fault, diagnosis: "Burnt" });
    await faults.must("tim", "giveUp", { id: fault, verdict: "NO_PARTS" });
    const sheets = play("ScrapSheet");
    const sheet = await sheets.must("clerk", "request", { deviceId, verdict: "Burnt" });
    expect(await copyOf(id)).toMatchObject({ state: "RECALLED", recallCause: "DEVICE_SCRAPPED" });
    await sheets.must("fin", "approve", { id: sheet });
    const wiped = () =>
      step(
        server,
        "tess",
        "wipeForScrap",
        { id: sheet, method: "SHRED", proof: "W" },
        { form: "scrapSheet" },
      );
    const { formNo } = await copyOf(id);
    const refused = await wiped();
    expect(refused).toMatchObject({ code: "OPEN_ITEMS" });
    expect(refused.needs).toContain(formNo);
    await play("DeviceCopy").must("tim", "wipe", { id, ...wiping });
    expect((await wiped()).code).toBeUndefined();
  });
});

describe("whoever confirms that it is wiped", () => {
  test("is of technology or keeps the register, and says how and with what proof", async () => {
    const { id } = await copyOnDevice(play("DeviceCopy"));
    for (const account of ["sam", "sue", "clerk", "fin"])
      expect((await wipe(account, id)).code, account).toMatch(/NOT_YOUR_ROLE|SELF_DECISION/);
    const bare = await step(server, "spec", "wipeDeviceCopy", { id }, { form: "deviceCopy" });
    expect(bare).toMatchObject({ code: "FORM_INCOMPLETE", paths: ["input.method", "input.proof"] });
    expect((await wipe("spec", id)).code).toBeUndefined();
    expect(await copyOf(id)).toMatchObject({
      state: "WIPED",
      wipeMethod: "CRYPTO_ERASE",
      wipeProof: "Protocol 7",
    });
    expect((await wipe("tim", id)).code).toBe("WRONG_STATE");
  });

  test("does not exist to those out of whose reach it is", async () => {
    const { id } = await copyOnDevice(play("DeviceCopy"));
    expect((await wipe("pat", id)).code).toBe("NOT_YOUR_ROLE");
    const { data } = await server.executeAs("pat", `{ deviceCopy(id: "${id}") { id } }`);
    expect(data.deviceCopy).toBeNull();
  });
});

describe("of a device that is lost while somebody has the copy in hand", () => {
  test.each([
    ["they are waited for", () => "SELECT"],
    [
      "and wait for the device in turn: one begins anew",
      (deviceId: string) => `SELECT FROM "Device" WHERE "id" = '${deviceId}' FOR UPDATE`,
    ],
  ])("%s, and it is lost with the device", async (_, meanwhile) => {
    const { id, deviceId } = await copyOnDevice(play("DeviceCopy"));
    const lose = () => step(server, "sam", "reportDeviceLost", { id: deviceId, note }, { form: "device" });
    const [told] = await atOnce(server.database, { table: "DeviceCopy", id }, [lose], meanwhile(deviceId));
    expect(told).toMatchObject({ form: { state: "LOST" } });
    expect(await copyOf(id)).toMatchObject({ state: "LOST_WITH_DEVICE" });
  });
});

// The last: sam reads nothing any more.
describe("the end of a grant", () => {
  const grants = () => play("Grant");
  const end = async (id: string) => {
    await grants().must("adam", "suspend", { id, note });
    await grants().must("ada", "revoke", { id, note });
  };

  /** A grant of sam's for one customer. */
  async function aCaseOf(at: number, days: number): Promise<string> {
    const id = `gra_case_${at}`;
    await server.database.db.grant.create({
      data: {
        ...{ id, granteeId: person("sam"), kind: "CASE", tier: "POST", operations: ["SEE_CLEAR"] },
        purposes: ["ORDER_HANDLING"],
        ...{ customerScope: "CASE_LIST", validFrom: before(testNow, 1), validTo: after(testNow, days * 24) },
        ...{ state: "ACTIVE", policyVersion: 1 },
        customerList: { create: { id: `gcu_${at}`, customerId: customer(at) } },
      },
      select: { id: true },
    });
    return id;
  }

  test("recalls what its holder has on a device, once no other one of theirs reaches the customer", async () => {
    const [elsewhere, ofIt] = [await aCaseOf(2, 400), await aCaseOf(1, 50)];
    const { id } = await copyOnDevice(play("DeviceCopy"));
    // By the grant of the post: of those in whose scope C1 is, the last to end.
    const { grantId: post } = await copyOf(id);
    expect([elsewhere, ofIt]).not.toContain(post);
    const replaced = await granted(server);
    expect(await copyOf(id)).toMatchObject({ state: "KEPT", grantId: replaced });
    await end(replaced);
    expect(await copyOf(id)).toMatchObject({ state: "KEPT", grantId: ofIt });
    await end(ofIt);
    expect(await copyOf(id)).toMatchObject({ state: "RECALLED", recallCause: "GRANT_ENDED" });
    expect((await eventsOf(id)).map(([action]) => action)).toEqual([
      ...["keepCopy", "loseGrant", "loseGrant", "loseGrant", "recallWithGrant"],
    ]);
  });
});
