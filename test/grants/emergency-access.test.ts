import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policy } from "../../src/access/policy.js";
import type { Database } from "../../src/database/client.js";
import { employeeId } from "../../src/database/demo/people.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { testNow } from "../support/database.js";
import { type Asking, type DemoServer, demoServer } from "../support/execute-as.js";
import { withoutTrace } from "../support/forms.js";
import { otherwise } from "../support/people.js";
import { step } from "../support/steps.js";

const switchedOn = (emergencyHours: number) => ({ ...policy, limits: { ...policy.limits, emergencyHours } });
const after = (hours: number) => new Date(testNow.getTime() + hours * 3_600_000);
const whole = { customerCodes: ["C2"], reason: "The shop is on fire", purpose: "CUSTOMER_SERVICE", hours: 2 };
const open = (server: DemoServer, account: string, input: object = whole) =>
  step(server, account, "openEmergencyAccess", input);

test("is switched off unless the company switches it on", async () => {
  const server = await demoServer();
  expect(await open(server, "cara")).toMatchObject({
    code: "NOT_YOUR_ROLE",
    needs: "a company that has switched emergency access on",
  });
  await server.close();
});

describe("switched on", () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await demoServer({ policy: switchedOn(3) });
  });
  afterAll(() => server?.close());

  const number = async (now: Date, code = "C2") => {
    const { data } = await server.executeAs(
      "cara",
      `{ customers(where: { code: { eq: "${code}" } }) { nodes { idNumber balance } } }`,
      { now },
    );
    return data.customers.nodes[0];
  };
  const isClear = (shown: { idNumber: string } | undefined) => !!shown && !shown.idNumber.includes("*");

  test.each<[string, object, string, string[]]>([
    ["nothing given", {}, "FORM_INCOMPLETE", ["customerCodes", "reason", "purpose", "hours"]],
    ["no customer", { ...whole, customerCodes: [] }, "FORM_INCOMPLETE", ["customerCodes"]],
    ["no hour", { ...whole, hours: 0 }, "FORM_INCOMPLETE", ["hours"]],
    ["less than no hour", { ...whole, hours: -1 }, "FORM_INCOMPLETE", ["hours"]],
    ["more than the company allows", { ...whole, hours: 4 }, "TERM_TOO_LONG", ["hours"]],
    ["five hours", { ...whole, hours: 5 }, "TERM_TOO_LONG", ["hours"]],
    ["a purpose that there is not", { ...whole, purpose: "FIRE" }, "FORM_INCOMPLETE", ["purpose"]],
    [
      "a purpose that there is not, with the rest that is wrong",
      { customerCodes: [], purpose: "FIRE", hours: 5 },
      "FORM_INCOMPLETE",
      ["customerCodes", "reason", "purpose"],
    ],
    ["a customer who is not", { ...whole, customerCodes: ["C0"] }, "NOT_FOUND", ["customerCodes"]],
    ["a classified customer", { ...whole, customerCodes: ["C3"] }, "NOT_FOUND", ["customerCodes"]],
    ["one of several, first", { ...whole, customerCodes: ["C0", "C2"] }, "NOT_FOUND", ["customerCodes"]],
    ["one of several, last", { ...whole, customerCodes: ["C2", "C0"] }, "NOT_FOUND", ["customerCodes"]],
  ])("%s is refused, and nothing is opened", async (_, input, code, paths) => {
    const taken = await withoutTrace(server, () => open(server, "cara", input));
    expect(taken).toMatchObject({ form: null, code });
    expect(taken.paths).toEqual(paths.map((path) => `input.${path}`));
  });

  // Whether the customer exists or not: nobody looks for whom no look is open to.
  test.each<[string, string, string, Asking]>([
    ["a customer", "cu1", "NOT_YOUR_ROLE", {}],
    ["an intern", "ian", "NOT_YOUR_ROLE", {}],
    ["a vendor's engineer", "vic", "NOT_YOUR_ROLE", {}],
    ["a service account", "rep", "NOT_YOUR_ROLE", {}],
    ["somebody new, without a device", "neo", "DEVICE_UNREGISTERED", {}],
    ["somebody on a device of somebody else", "cara", "DEVICE_NOT_YOURS", { device: "D1" }],
    ["somebody on no device", "cara", "DEVICE_UNREGISTERED", { device: null }],
  ])("%s opens none", async (_, account, code, asking) => {
    for (const customerCodes of [["C2"], ["C0"]]) {
      const asked = { ...whole, customerCodes };
      const taken = await withoutTrace(server, () =>
        step(server, account, "openEmergencyAccess", asked, asking),
      );
      expect(taken).toMatchObject({ form: null, code, paths: [] });
    }
  });

  test.each<[string, (db: Database) => Promise<unknown>, string]>([
    [
      "training",
      (db) => db.trainingRecord.deleteMany({ where: { employee: { staffNo: "spec" } } }),
      "TRAINING_REQUIRED",
    ],
    [
      "a commitment",
      (db) => db.confidentialityCommitment.deleteMany({ where: { employee: { staffNo: "sven" } } }),
      "NDA_REQUIRED",
    ],
  ])("nobody opens any without %s", async (what, take, code) => {
    await take(server.database.db);
    const account = what === "training" ? "spec" : "sven";
    expect(await withoutTrace(server, () => open(server, account))).toMatchObject({ form: null, code });
  });

  test("opens the customers at once, until its end, and no others", async () => {
    expect(isClear(await number(testNow))).toBe(false);
    const twice = await Promise.all([open(server, "cara"), open(server, "cara")]);
    expect(twice.map(({ code }) => code ?? "opened").sort()).toEqual(["OPEN_ITEMS", "opened"]);
    expect(isClear(await number(testNow))).toBe(true);
    expect(isClear(await number(testNow, "C4"))).toBe(false);
    expect(isClear(await number(new Date(after(2).getTime() - 1)))).toBe(true);
    expect(isClear(await number(after(2)))).toBe(false);
  });

  test.each(["mona", "ada", "adam"])("%s is told at once", async (account) => {
    const { data } = await server.executeAs(account, "{ notifications { nodes { says form } } }");
    expect(data.notifications.nodes).toContainEqual({
      says: "Somebody has opened access in an emergency.",
      form: "EmergencyAccess",
    });
  });

  const endedBy = (account: string, id: string, now = testNow) =>
    step(server, account, "endEmergencyAccess", { id }, { now });

  const form = () =>
    server.database.db.emergencyAccess.findFirstOrThrow({ where: { employee: { staffNo: "cara" } } });

  test.each<[string, string, string]>([
    ["adam", "justifyEmergencyAccess", "WRONG_STATE"],
    ["cara", "justifyEmergencyAccess", "NOT_YOUR_ROLE"],
    ["mona", "endEmergencyAccess", "NOT_YOUR_ROLE"],
  ])("while it is open %s is refused %s with %s", async (account, mutation, code) => {
    const { id } = await form();
    expect((await step(server, account, mutation, { id, note: "?" })).code).toBe(code);
  });

  test("runs out at its instant, not before, and is reviewed within two working days", async () => {
    await keepTime(server.database.db, new Date(after(2).getTime() - 1));
    expect(await form()).toMatchObject({ state: "OPEN" });
    await keepTime(server.database.db, after(2));
    expect(await form()).toMatchObject({
      ...{ state: "ENDED", dueAt: new Date("2026-11-24T24:00:00+08:00") },
    });
  });

  test("what has run out is not ended, whether or not the clock has looked", async () => {
    const opened = await open(server, "mona");
    expect(await endedBy("mona", opened.form.id, after(2))).toMatchObject({ code: "WRONG_STATE" });
    expect(await endedBy("mona", opened.form.id, new Date(after(2).getTime() - 1))).toMatchObject({
      form: { state: "ENDED" },
    });
    expect(await endedBy("mona", opened.form.id)).toMatchObject({ code: "WRONG_STATE", paths: ["input.id"] });
  });

  describe.each([
    ["justifyEmergencyAccess", "JUSTIFIED"],
    ["disallowEmergencyAccess", "UNJUSTIFIED"],
  ])("%s", (mutation, state) => {
    const take = (account: string, id: string, note: string | null = "Seen") =>
      step(server, account, mutation, { id, ...(note && { note }) });

    /** An emergency of fin's that is over; a new one takes the review of the one before. */
    async function over(): Promise<string> {
      const opened = await open(server, "fin");
      expect(opened.code).toBeUndefined();
      await endedBy("fin", opened.form.id);
      return opened.form.id;
    }

    test("by administration, who says why, once", async () => {
      const id = await over();
      await withoutTrace(server, async () => {
        const told: Record<string, string | undefined> = {};
        for (const account of ["fin", "ada", "gina", "clerk"]) told[account] = (await take(account, id)).code;
        expect(told).toEqual({
          ...{ fin: "NOT_YOUR_ROLE", ada: "NOT_YOUR_ROLE", gina: "NOT_YOUR_ROLE", clerk: "NOT_YOUR_ROLE" },
        });
        expect(await take("adam", id, null)).toMatchObject({
          ...{ code: "FORM_INCOMPLETE", paths: ["input.note"] },
        });
      });
      const both = await Promise.all([take("adam", id), take("adam", id)]);
      expect(both.map(({ code }) => code ?? "done").sort()).toEqual(["WRONG_STATE", "done"]);
      expect(await server.database.db.emergencyAccess.findUnique({ where: { id } })).toMatchObject({
        ...{ state, reviewedById: employeeId("adam"), reviewerNotes: "Seen" },
      });
    });

    test("not by whoever opened it", async () => {
      const id = await over();
      await otherwise(server, "fin", { roles: ["ADMIN_REVIEWER"] }, () =>
        withoutTrace(server, async () => {
          expect(await take("fin", id)).toMatchObject({ code: "SELF_DECISION" });
        }),
      );
      await take("adam", id);
    });

    test("a reviewer's own: by the general manager", async () => {
      const opened = await open(server, "adam");
      await endedBy("adam", opened.form.id);
      await withoutTrace(server, async () => {
        expect(await take("adam", opened.form.id)).toMatchObject({ code: "SELF_DECISION" });
        expect(await take("ada", opened.form.id)).toMatchObject({ code: "NOT_YOUR_ROLE" });
      });
      expect(await take("gina", opened.form.id)).toMatchObject({ form: { state } });
    });
  });

  test("what was used is returned like any other declaration", async () => {
    const { db } = server.database;
    const use = await db.sensitiveUse.findFirstOrThrow({ where: { declaredBy: { staffNo: "cara" } } });
    expect(use.state).toBe("OVERDUE");
    const returned = await step(server, "cara", "returnSensitiveUse", {
      id: use.id,
      noneKept: true,
      records: [],
    });
    expect(returned.form.state).toBe("RETURNED_LATE");
  });

  test("ended early, it opens nothing more", async () => {
    const opened = await open(server, "carl");
    expect((await step(server, "carl", "endEmergencyAccess", { id: opened.form.id })).form.state).toBe(
      "ENDED",
    );
    const { grantId } = await server.database.db.emergencyAccess.findUniqueOrThrow({
      where: { id: opened.form.id },
    });
    expect(await server.database.db.grant.findUnique({ where: { id: grantId } })).toMatchObject({
      state: "REVOKED",
    });
  });
});
