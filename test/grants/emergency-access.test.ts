import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policy } from "../../src/access/policy.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
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
    ["five hours", { ...whole, hours: 5 }, "FORM_INCOMPLETE", ["hours"]],
    ["more than the company allows", { ...whole, hours: 4 }, "TERM_TOO_LONG", ["hours"]],
    ["a purpose that there is not", { ...whole, purpose: "FIRE" }, "FORM_INCOMPLETE", ["purpose"]],
    ["a customer who is not", { ...whole, customerCodes: ["C2", "C0"] }, "NOT_FOUND", ["customerCodes.1"]],
    ["a classified customer", { ...whole, customerCodes: ["C3"] }, "NOT_FOUND", ["customerCodes.0"]],
  ])("%s is refused, and nothing is opened", async (_, input, code, paths) => {
    const { db } = server.database;
    const before = await db.grant.count();
    const taken = await open(server, "cara", input);
    expect(taken.code).toBe(code);
    expect(taken.paths).toEqual(paths.map((path) => `input.${path}`));
    expect(await db.grant.count()).toBe(before);
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

  test("is reviewed afterwards, within two working days, by somebody else, who says why", async () => {
    await keepTime(server.database.db, after(2));
    const { id, state, dueAt } = await form();
    expect(state).toBe("ENDED");
    expect(dueAt).toEqual(new Date("2026-11-24T24:00:00+08:00"));
    expect((await step(server, "adam", "justifyEmergencyAccess", { id })).paths).toEqual(["input.note"]);
    const both = await Promise.all(
      ["justifyEmergencyAccess", "disallowEmergencyAccess"].map((mutation) =>
        step(server, "adam", mutation, { id, note: "Seen" }),
      ),
    );
    expect(both.map(({ code }) => code ?? "done").sort()).toEqual(["WRONG_STATE", "done"]);
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
