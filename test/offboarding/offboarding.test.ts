import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { keepTime } from "../../src/workflow/keep-time.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { step } from "../support/steps.js";

let server: DemoServer;
const idOf = async (staffNo: string) =>
  (await server.database.db.employee.findUniqueOrThrow({ where: { staffNo } })).id;
const hours = (count: number) => new Date(testNow.getTime() + count * 3_600_000);
const readCustomers = "{ customers { totalCount } }";

/** Everything that is open when sam leaves, settled but for what is named. */
const settle: Record<string, (id: string) => Promise<unknown>> = {
  DEVICE: () =>
    server.database.db.device.updateMany({
      where: { custodian: { staffNo: "sam" } },
      data: { custodianId: null },
    }),
  HANDOVER: async (id) => step(server, "sue", "handOverOffboarding", { id, successorId: await idOf("S102") }),
  COMMITMENT: (id) => step(server, "sam", "promiseSecrecy", { id, promised: true }),
  PERMISSION_FORM: (id) => step(server, "sue", "filePermissionForm", { id }),
};

const confirm = async (input: object = {}, account = "sue") =>
  step(server, account, "confirmOffboarding", {
    employeeId: await idOf("sam"),
    kind: "LEAVE",
    reason: "Gave notice",
    handover: ["Samples", "Offers"],
    ...input,
  });

describe("leaving", () => {
  let id: string;
  beforeEach(async () => {
    server = await demoServer();
    const confirmed = await confirm();
    expect(confirmed.code).toBeUndefined();
    id = confirmed.form.id;
  });
  afterEach(() => server.close());

  const items = async (account = "sue") => {
    const { data } = await server.executeAs(
      account,
      "query ($id: ID!) { offboarding(id: $id) { state openItems { kind ref clearedBy } } }",
      { variables: { id } },
    );
    return data.offboarding;
  };

  test.each([
    ["sue", "D1"],
    ["adam", "D1"],
    ["tim", "D1"],
    ["spec", null],
  ])("%s, who sees devices or does not, hears of the device as %j", async (account, ref) => {
    const { openItems } = await items(account);
    expect(openItems).toContainEqual({ kind: "DEVICE", ref, clearedBy: "technology" });
  });

  test("takes effect at once: every grant is revoked, and nothing more is seen", async () => {
    const { data, errors } = await server.executeAs("sam", readCustomers);
    expect(data?.customers ?? null).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe("WRONG_STATE");
    const { db } = server.database;
    const grants = await db.grant.findMany({ where: { grantee: { staffNo: "sam" } } });
    expect(grants.map(({ state }) => state)).toEqual(["REVOKED"]);
    expect(grants[0]!.endedAt).toEqual(testNow);
    expect(await db.employee.findUnique({ where: { staffNo: "sam" } })).toMatchObject({ status: "LEAVING" });
  });

  test("names everything that is open, and who clears it", async () => {
    const { state, openItems } = await items();
    expect(state).toBe("ITEMS_OPEN");
    expect(
      openItems.map(({ kind, clearedBy }: { kind: string; clearedBy: string }) => `${kind} ${clearedBy}`),
    ).toEqual(["COMMITMENT head", "DEVICE technology", "HANDOVER head", "PERMISSION_FORM head"]);
  });

  test.each([
    ["sue", "clearDepartmentOffboarding", /^settled: COMMITMENT, HANDOVER, PERMISSION_FORM$/],
    ["tim", "clearDevicesOffboarding", /^settled: DEVICE D1$/],
  ])("%s cannot clear what is open", async (account, mutation, needs) => {
    const taken = await step(server, account, mutation, { id });
    expect(taken.code).toBe("OPEN_ITEMS");
    expect(taken.needs).toMatch(needs);
  });

  test("closes when each has cleared their own, and the person is gone", async () => {
    for (const one of Object.values(settle)) await one(id);
    const clear = (account: string, mutation: string) => step(server, account, mutation, { id });
    expect((await clear("sue", "clearDepartmentOffboarding")).form.state).toBe("ITEMS_OPEN");
    expect((await clear("tim", "clearDevicesOffboarding")).form.state).toBe("ITEMS_OPEN");
    expect((await clear("spec", "clearMaterialOffboarding")).code).toBeUndefined();
    expect((await items()).state).toBe("ITEMS_CLEARED");
    expect((await step(server, "clerk", "closeOffboarding", { id })).form.state).toBe("CLOSED");
    const { db } = server.database;
    const sam = await db.employee.findUniqueOrThrow({ where: { staffNo: "sam" } });
    expect(sam).toMatchObject({ status: "LEFT", leftAt: testNow });
    expect(sam.confidentialityUntil!.toISOString().slice(0, 10)).toBe("2028-11-22");
    const successor = await idOf("S102");
    expect(await db.customer.count({ where: { ownerId: sam.id } })).toBe(0);
    expect(await db.customer.count({ where: { code: "C1", ownerId: successor } })).toBe(1);
  });

  test("is not closed over something that has been opened since", async () => {
    for (const one of Object.values(settle)) await one(id);
    await step(server, "sue", "clearDepartmentOffboarding", { id });
    await step(server, "tim", "clearDevicesOffboarding", { id });
    await step(server, "spec", "clearMaterialOffboarding", { id });
    await server.database.db.device.updateMany({
      where: { deviceNo: "D1" },
      data: { custodianId: await idOf("sam") },
    });
    const taken = await step(server, "adam", "closeOffboarding", { id });
    expect(taken).toMatchObject({ code: "OPEN_ITEMS", needs: "settled: DEVICE D1" });
  });

  test.each([
    ["sam", "clearDevicesOffboarding", "NOT_YOUR_ROLE"],
    ["pia", "clearDepartmentOffboarding", "NOT_FOUND"],
    ["sue", "clearDevicesOffboarding", "NOT_YOUR_ROLE"],
    ["cara", "clearMaterialOffboarding", "NOT_YOUR_ROLE"],
    ["adam", "closeOffboarding", "WRONG_STATE"],
    ["sue", "promiseSecrecy", "NOT_YOUR_ROLE"],
  ])("%s is refused %s with %s", async (account, mutation, code) => {
    const input = mutation === "promiseSecrecy" ? { id, promised: true } : { id };
    expect((await step(server, account, mutation, input)).code).toBe(code);
  });

  test("of two who clear at once, one does", async () => {
    await settle.DEVICE!(id);
    const taken = await Promise.all(
      ["tim", "tess"].map((who) => step(server, who, "clearDevicesOffboarding", { id })),
    );
    expect(taken.map(({ code }) => code ?? "done").sort()).toEqual(["WRONG_STATE", "done"]);
  });

  test("a second one is refused while the first is open", async () => {
    expect((await confirm()).code).toBe("DUPLICATE");
  });

  test("nobody is given a grant meanwhile", async () => {
    const apply = await step(server, "sue", "applyForGrant", {
      employeeId: await idOf("sam"),
      ...{ kind: "STANDING", tier: "POST", classes: [{ fieldClass: "BASIC", cap: "CLEAR" }] },
      ...{ operations: ["SEE_CLEAR"], customerScope: "OWN", purposes: ["ORDER_HANDLING"] },
      ...{ validTo: "2027-01-01T00:00:00Z", reason: "Stays after all" },
    });
    const application = { id: apply.form.id };
    await step(server, "sue", "submitGrantApplication", { ...application, unitSeal: true });
    await step(server, "adam", "approveGrantApplication", application);
    expect((await step(server, "tim", "implementGrantApplication", application)).code).toBe("OPEN_ITEMS");
  });
});

describe("a transfer that is still to come", () => {
  beforeAll(async () => {
    server = await demoServer();
  });
  afterAll(() => server.close());

  test("closes every grant by its date, without the clock's help", async () => {
    const taken = await confirm({
      kind: "TRANSFER",
      effectiveAt: hours(24).toISOString(),
      ...{ toDepartment: "CUSTOMER_SERVICE", toPost: "Agent" },
    });
    expect(taken.form.state).toBe("CONFIRMED");
    expect(
      (await server.executeAs("sam", readCustomers, { now: new Date(hours(24).getTime() - 1) })).errors,
    ).toBeUndefined();
    const { errors } = await server.executeAs("sam", readCustomers, { now: hours(24) });
    expect(errors?.[0]?.extensions?.code).toBe("GRANT_EXPIRED");
  });

  test("takes effect when its instant comes, once", async () => {
    const { db } = server.database;
    await keepTime(db, hours(23));
    expect(await db.employee.findUnique({ where: { staffNo: "sam" } })).toMatchObject({ status: "ACTIVE" });
    const looks = await Promise.all([keepTime(db, hours(24)), keepTime(db, hours(24))]);
    expect(looks[0]!.steps + looks[1]!.steps).toBeGreaterThan(0);
    const events = await db.formEvent.findMany({
      where: { form: "Offboarding", action: "takeEffect", at: hours(24) },
    });
    expect(events).toHaveLength(1);
    expect(await db.employee.findUnique({ where: { staffNo: "sam" } })).toMatchObject({
      status: "TRANSFERRING",
    });
  });
});

describe("a form that is not complete is refused whole", () => {
  beforeAll(async () => {
    server = await demoServer();
  });
  afterAll(() => server.close());

  test.each<[string, object, string[]]>([
    [
      "nothing given",
      { employeeId: null, kind: null, reason: null },
      ["input.employeeId", "input.kind", "input.reason"],
    ],
    ["a transfer to nowhere", { kind: "TRANSFER" }, ["input.toDepartment", "input.toPost"]],
    ["leaving for a post", { toPost: "Agent" }, ["input.toPost"]],
    ["an instant that has passed", { effectiveAt: hours(-1).toISOString() }, ["input.effectiveAt"]],
  ])("%s", async (_, input, paths) => {
    const taken = await confirm(input);
    expect(taken).toMatchObject({ code: "FORM_INCOMPLETE", paths });
    expect(await server.database.db.offboarding.count({ where: { employee: { staffNo: "sam" } } })).toBe(0);
  });

  test("another department's head", async () => {
    expect((await confirm({}, "pia")).code).toBe("NOT_YOUR_ROLE");
  });
});
