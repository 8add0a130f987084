import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { keepTime } from "../../src/workflow/keep-time.js";
import { addDossier } from "../dossiers/add-dossier.js";
import { atOnce } from "../support/at-once.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { formPlay } from "../support/form-driver.js";
import { application } from "../support/forms.js";
import { step } from "../support/steps.js";
import { wipeCopies } from "../support/wipe-copies.js";

let server: DemoServer;
const idOf = async (staffNo: string) =>
  (await server.database.db.employee.findUniqueOrThrow({ where: { staffNo } })).id;
const customerIdOf = async (code: string) =>
  (await server.database.db.customer.findUniqueOrThrow({ where: { code } })).id;
const hours = (count: number) => new Date(testNow.getTime() + count * 3_600_000);
const readCustomers = "{ customers { totalCount } }";

/** Everything that is open when sam leaves, settled but for what is named. */
const settle: Record<string, (id: string) => Promise<unknown>> = {
  DEVICE: () =>
    server.database.db.device.updateMany({
      where: { custodian: { staffNo: "sam" } },
      data: { custodianId: null },
    }),
  // What lies on the device has been recalled with the leaving: technology wipes it.
  COPY: () => wipeCopies(server, "sam"),
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
    ).toEqual([
      "COMMITMENT head",
      ...["COPY technology", "COPY technology", "DEVICE technology"],
      ...["HANDOVER head", "PERMISSION_FORM head"],
    ]);
  });

  test.each([
    ["sue", "clearDepartmentOffboarding", /^settled: COMMITMENT, HANDOVER, PERMISSION_FORM$/],
    ["tim", "clearDevicesOffboarding", /^settled: COPY Y-\d{4}-0001, COPY Y-\d{4}-0002, DEVICE D1$/],
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
    await settle.COPY!(id);
    await settle.DEVICE!(id);
    const taken = await Promise.all(
      ["tim", "tess"].map((who) => step(server, who, "clearDevicesOffboarding", { id })),
    );
    expect(taken.map(({ code }) => code ?? "done").sort()).toEqual(["WRONG_STATE", "done"]);
  });

  test("a second one is refused while the first is open", async () => {
    expect((await confirm()).code).toBe("DUPLICATE");
  });

  test("of two who confirm at once one does, and the other hears that it is done", async () => {
    const employeeId = await idOf("dora");
    const both = await Promise.all([confirm({ employeeId }), confirm({ employeeId })]);
    expect(both.map(({ code }) => code ?? "done").sort()).toEqual(["DUPLICATE", "done"]);
  });

  test("of two who hand over at once both name somebody, and the last one counts", async () => {
    const names = await Promise.all(["S101", "S102"].map(idOf));
    const both = await Promise.all(
      names.map((successorId) => step(server, "sue", "handOverOffboarding", { id, successorId })),
    );
    expect(both.map(({ code }) => code)).toEqual([undefined, undefined]);
    const { successorId } = await server.database.db.offboarding.findUniqueOrThrow({ where: { id } });
    expect(names).toContain(successorId);
  });

  test.each([
    ["themselves", "sam"],
    ["somebody of another department", "cara"],
    ["somebody who leaves as well", "S104"],
    ["an intern", "ian"],
    ["nobody", null],
  ])("the successor cannot be %s", async (_, staffNo) => {
    const successorId = staffNo ? await idOf(staffNo) : "emp_none";
    expect(await step(server, "sue", "handOverOffboarding", { id, successorId })).toMatchObject({
      code: "NOT_FOUND",
      paths: ["input.successorId"],
      needs: "somebody at work in the same department",
    });
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

describe("what was open with the post", () => {
  const at = (count: number) => hours(count).toISOString();
  beforeAll(async () => {
    server = await demoServer();
  });
  afterAll(() => server.close());

  /** Forms of sam's on their way to each state that ends with the post, by what they are. */
  async function open() {
    const { db } = server.database;
    const dossiers = [1, 2, 3].map(() => addDossier(db, "C1", { copies: 3 }));
    const [read, borrowed, lent] = await Promise.all(dossiers);
    const on = async (form: string, ...steps: [account: string, action: string, input?: object][]) => {
      const { must } = formPlay(server, form);
      let id: string | undefined;
      for (const [account, action, input] of steps)
        id = await must(account, action, { ...(id && { id }), ...input });
      return id!;
    };
    const texts = { purpose: "A complaint", reason: "It is there only", readerProfile: "Two years" };
    const seal = { unitSeal: true };
    const loan = { copies: 1, reason: "A visit" };
    const handed = {
      ...{ customerId: await customerIdOf("C1"), fields: ["Customer.name"], recipient: "Ms Wang" },
      ...{ purpose: "ORDER_HANDLING", carrierId: await idOf("spec") },
    };
    return {
      consultation: await on(
        "Consultation",
        ["sam", "request", { dossierId: read, ...texts }],
        ["sue", "submit", seal],
        ["cara", "approve"],
      ),
      loan: await on("Loan", ["sam", "request", { dossierId: borrowed, ...loan }], ["sue", "seal", seal]),
      lent: await on(
        "Loan",
        ["sam", "request", { dossierId: lent, ...loan }],
        ["sue", "seal", seal],
        ["spec", "approve"],
        ["spec", "register"],
        ["sam", "sign"],
      ),
      copyRequest: await on(
        "CopyRequest",
        ["sam", "request", { ...handed, medium: "PAPER", reason: "To pack", forOutside: false }],
        ["gina", "approve"],
      ),
      externalDisclosure: await on("ExternalDisclosure", [
        "sam",
        "request",
        { ...handed, channel: "SECURE_CARRIER" },
      ]),
      grantApplication: await application(server, "APPROVED", { form: { validTo: at(24 * 100) } }),
      transferApplication: await application(server, "SUBMITTED", {
        form: { kind: "TRANSFER", changeReason: "Moves", validTo: at(24 * 100) },
      }),
      grant: (await db.grant.findFirstOrThrow({ where: { grantee: { staffNo: "sam" }, state: "ACTIVE" } }))
        .id,
      dossierId: read!,
    };
  }

  test("ends at that instant by its date, and by the clock; what is lent is open until it is back", async () => {
    const { db } = server.database;
    const { dossierId, ...forms } = await open();
    const before = await db.grant.findUniqueOrThrow({ where: { id: forms.grant } });
    const taken = await confirm({
      kind: "TRANSFER",
      effectiveAt: at(24),
      ...{ toDepartment: "CUSTOMER_SERVICE", toPost: "Agent" },
    });
    const dossier = async (now: Date) =>
      (
        await server.executeAs("sam", "query ($id: ID!) { dossier(id: $id) { title } }", {
          variables: { id: dossierId },
          now,
        })
      ).data.dossier;
    expect(await dossier(new Date(hours(24).getTime() - 1))).toEqual({ title: expect.any(String) });
    expect(await dossier(hours(24))).toBeNull();
    // What was approved is not rewritten: until it is revoked the grant says what its application says.
    expect(await db.grant.findUnique({ where: { id: forms.grant } })).toEqual(before);
    await keepTime(db, hours(24));
    const stands = async (table: string, id: string) => {
      const [row] = await db.$queryRawUnsafe<{ state: string }[]>(
        `SELECT "state"::text FROM "${table}" WHERE "id" = $1`,
        id,
      );
      return row!.state;
    };
    expect({
      consultation: await stands("Consultation", forms.consultation),
      loan: await stands("Loan", forms.loan),
      lent: await stands("Loan", forms.lent),
      copyRequest: await stands("CopyRequest", forms.copyRequest),
      externalDisclosure: await stands("ExternalDisclosure", forms.externalDisclosure),
      grantApplication: await stands("GrantApplication", forms.grantApplication),
      transferApplication: await stands("GrantApplication", forms.transferApplication),
      grant: await stands("Grant", forms.grant),
    }).toEqual({
      ...{ consultation: "CLOSED", loan: "WITHDRAWN", lent: "LENT", copyRequest: "LAPSED" },
      ...{ externalDisclosure: "WITHDRAWN", grantApplication: "WITHDRAWN", transferApplication: "WITHDRAWN" },
      grant: "REVOKED",
    });
    for (const id of [
      forms.consultation,
      forms.loan,
      forms.copyRequest,
      forms.grant,
      forms.grantApplication,
    ]) {
      const last = await db.formEvent.findFirstOrThrow({ where: { recordId: id }, orderBy: { seq: "desc" } });
      expect(last).toMatchObject({ byId: null, at: hours(24) });
    }
    const { form } = taken;
    const back = { id: form.id };
    expect(await step(server, "spec", "clearMaterialOffboarding", back, { now: hours(24) })).toMatchObject({
      code: "OPEN_ITEMS",
      needs: expect.stringMatching(/^settled: LOAN L-2026-\d{4}$/),
    });
    await formPlay(server, "Loan", hours(24)).must("spec", "return", { id: forms.lent, condition: "GOOD" });
    expect(
      (await step(server, "spec", "clearMaterialOffboarding", back, { now: hours(24) })).code,
    ).toBeUndefined();
  });
});

describe("at once with the implementation of a change", () => {
  beforeEach(async () => {
    server = await demoServer();
  });
  afterEach(() => server.close());

  test.each([
    ["implementing comes first", ["implement", "leave"]],
    ["leaving comes first", ["leave", "implement"]],
  ])("%s: neither waits for the other for ever, and nothing is left in force", async (_, order) => {
    const { db } = server.database;
    const id = await application(server, "APPROVED", {
      form: { kind: "CHANGE", changeReason: "More to do", validTo: hours(24 * 100).toISOString() },
    });
    const acts: Record<string, () => ReturnType<typeof step>> = {
      implement: () => step(server, "tim", "implementGrantApplication", { id }),
      leave: () => confirm(),
    };
    const taken = await atOnce(
      server.database,
      { table: "GrantApplication", id },
      order.map((one) => acts[one]!),
    );
    const codes = Object.fromEntries(order.map((one, at) => [one, taken[at]!.code]));
    expect(codes.leave).toBeUndefined();
    expect([undefined, "WRONG_STATE", "OPEN_ITEMS"]).toContain(codes.implement);
    const granteeId = await idOf("sam");
    expect(await db.grant.count({ where: { granteeId, state: { in: ["ACTIVE", "SUSPENDED"] } } })).toBe(0);
    expect((await server.executeAs("sam", readCustomers)).errors?.[0]?.extensions?.code).toBe("WRONG_STATE");
  });
});

describe("taken back before it takes effect", () => {
  beforeAll(async () => {
    server = await demoServer();
  });
  afterAll(() => server.close());

  test("everything stays as it was, and it can be confirmed anew", async () => {
    const taken = await confirm({ effectiveAt: hours(24).toISOString() });
    const { id } = taken.form;
    expect(await step(server, "sue", "cancelOffboarding", { id })).toMatchObject({
      code: "FORM_INCOMPLETE",
      paths: ["input.note"],
    });
    const note = "Stays after all.";
    expect((await step(server, "sue", "cancelOffboarding", { id, note })).form.state).toBe("CANCELLED");
    await keepTime(server.database.db, hours(24));
    expect((await server.executeAs("sam", readCustomers, { now: hours(25) })).errors).toBeUndefined();
    expect((await confirm({ effectiveAt: hours(48).toISOString() })).form.state).toBe("CONFIRMED");
  });

  test("not once it has taken effect, whether or not the clock has looked", async () => {
    const { id } = await server.database.db.offboarding.findFirstOrThrow({
      where: { employee: { staffNo: "sam" }, state: "CONFIRMED" },
    });
    const late = { id, note: "Too late." };
    expect((await step(server, "sue", "cancelOffboarding", late, { now: hours(48) })).code).toBe(
      "WRONG_STATE",
    );
  });
});

describe("who is alone in a department", () => {
  beforeAll(async () => {
    server = await demoServer();
  });
  afterAll(() => server.close());

  test("hands over to somebody of the company, or the form could never be closed", async () => {
    const { form } = await confirm({ employeeId: await idOf("fin") }, "gina");
    const over = (staffNo: string) =>
      idOf(staffNo).then((successorId) =>
        step(server, "gina", "handOverOffboarding", { id: form.id, successorId }),
      );
    expect((await over("fin")).code).toBe("NOT_FOUND");
    expect((await over("vic")).code).toBe("NOT_FOUND");
    expect((await over("mona")).code).toBeUndefined();
  });

  test("says what they used under a standing declaration, though they reach nothing any more", async () => {
    const { db } = server.database;
    const { id } = await db.sensitiveUse.findFirstOrThrow({
      where: { declaredBy: { staffNo: "fin" }, standing: true, state: "OPEN" },
    });
    const give = (customerId: string) =>
      step(server, "fin", "returnSensitiveUse", {
        ...{ id, noneKept: true },
        records: [{ customerId, fields: ["Customer.balance"] }],
      });
    expect(await give("cus_none")).toMatchObject({ code: "NOT_FOUND", paths: ["input.records.0"] });
    expect((await give(await customerIdOf("C1"))).code).toBeUndefined();
    expect(await db.sensitiveUse.findUnique({ where: { id } })).toMatchObject({ state: "RETURNED" });
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
    // Revoked, and not expired: its time was not over.
    expect(await db.grant.findFirst({ where: { grantee: { staffNo: "sam" } } })).toMatchObject({
      state: "REVOKED",
      endedAt: hours(24),
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
