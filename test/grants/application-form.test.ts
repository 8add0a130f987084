import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Prisma } from "../../src/database/client.js";
import { employeeId } from "../../src/database/demo/people.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { aCase, aPost, application, customers, granted, inDays, withoutTrace } from "../support/forms.js";
import { otherwise } from "../support/people.js";
import { step } from "../support/steps.js";

// What an application has to say, and what it cannot (S002-3.1a, 3.2a; rulebook 3.2).

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const apply = (account: string, employee: string, form: object) =>
  step(server, account, "applyForGrant", { ...aPost, employeeId: employeeId(employee), ...form });
const refused = (...asked: Parameters<typeof apply>) => withoutTrace(server, () => apply(...asked));

const clear = (fieldClass: string, onlyFields?: readonly string[]) => ({
  ...{ fieldClass, cap: "CLEAR" },
  ...(onlyFields && { onlyFields }),
});

describe("everything that is wrong is named at once", () => {
  test.each<[string, object, string[]]>([
    [
      "an empty form",
      Object.fromEntries([...Object.keys(aPost), "employeeId"].map((field) => [field, null])),
      ["employeeId", "kind", "tier", "classes", "operations", "customerScope", "purposes", "reason"],
    ],
    ["no person", { employeeId: null }, ["employeeId"]],
    ["no reason", { reason: null }, ["reason"]],
    ["a blank reason", { reason: " \n " }, ["reason"]],
    ["a reason without end", { reason: "x".repeat(2_001) }, ["reason"]],
    ["a change that does not say why", { kind: "CHANGE" }, ["changeReason"]],
    ["a new post that does not say why", { kind: "TRANSFER" }, ["changeReason"]],
    ["a consultation", { kind: "CONSULT" }, ["kind"]],
    ["a grant of a post to replace", { replacesId: "gra_1" }, ["replacesId"]],
    ["a case without customers", { ...aCase, customerIds: [] }, ["customerIds"]],
    ["no class", { classes: [] }, ["classes"]],
    [
      "classes at a tier that opens none",
      { tier: "NONE", operations: [] },
      ["classes.0", "classes.1", "classes"],
    ],
    ["a class of devices", { classes: [clear("DEVICE_BASIC")] }, ["classes.0"]],
    ["a class twice", { classes: [clear("BASIC"), clear("ORDER"), clear("BASIC")] }, ["classes.2"]],
    ["a field of another class", { classes: [clear("BASIC", ["Order.quantity"])] }, ["classes.0"]],
    ["a field that is not there", { classes: [clear("BASIC", ["Customer.shoeSize"])] }, ["classes.0"]],
    ["a class above the tier", { classes: [clear("BASIC"), clear("FINANCIAL")] }, ["classes.1"]],
    [
      "a class masked above the tier",
      { tier: "POST", classes: [clear("BASIC"), { fieldClass: "PRIVATE", cap: "MASKED" }] },
      ["classes.1"],
    ],
    ["an operation above the tier", { operations: ["SEE_CLEAR", "CORRECT"] }, ["operations.1"]],
    ["the scope of customers themselves", { customerScope: "SELF" }, ["customerScope"]],
    ["customers beside a scope", { customerIds: customers("C1") }, ["customerIds"]],
    ["no purpose", { purposes: [] }, ["purposes"]],
    [
      "purposes that there are not",
      { purposes: ["MARKETING", "FUN", "PROFIT"] },
      ["purposes.1", "purposes.2"],
    ],
    ["an end that has passed", { validTo: testNow.toISOString() }, ["validTo"]],
    [
      "everything",
      {
        ...{
          tier: "MASKED",
          classes: [clear("PRIVATE"), clear("PRIVATE")],
          operations: ["DELETE"],
          reason: "",
        },
        ...{ customerScope: "SELF", purposes: [], validTo: inDays(-1), kind: "TRANSFER" },
      },
      [
        ...["validTo", "reason", "classes.0", "classes.1", "classes.1", "operations.0"],
        ...["customerScope", "purposes", "changeReason"],
      ],
    ],
  ])("%s", async (_, form, paths) => {
    const told = await refused("sue", "sam", form);
    expect(told).toMatchObject({ form: null, code: "FORM_INCOMPLETE" });
    expect(told.paths).toEqual(paths.map((path) => `input.${path}`));
  });

  test("a change of what is not there yet", async () => {
    const told = await refused("sue", "neo", { kind: "CHANGE", changeReason: "More" });
    expect(told).toMatchObject({ code: "FORM_INCOMPLETE", paths: ["input.kind"] });
  });

  test("what outsiders are never granted", async () => {
    const asked = { kind: "VENDOR", operations: ["EXPORT", "SEE_CLEAR", "BORROW"], validTo: inDays(20) };
    const told = await refused("gina", "vic", asked);
    expect(told).toMatchObject({
      code: "FORM_INCOMPLETE",
      paths: ["input.operations.0", "input.operations.2"],
    });
    const everything = { ...asked, purposes: ["FUN"], reason: "", customerScope: "SELF" };
    expect((await refused("gina", "vic", everything)).paths).toEqual(
      ["reason", "customerScope", "purposes.0", "operations.0", "operations.2"].map(
        (path) => `input.${path}`,
      ),
    );
    expect((await apply("gina", "fin", { operations: asked.operations })).code).toBeUndefined();
  });

  test("what a department corrects directly, to people of another one", async () => {
    const asked = {
      ...{ tier: "SERVICE", classes: [clear("BASIC"), clear("SERVICE")] },
      operations: ["SEE_CLEAR", "CORRECT"],
    };
    expect(await refused("gina", "qin", asked)).toMatchObject({
      code: "FORM_INCOMPLETE",
      paths: ["input.operations.1"],
    });
    expect((await apply("mona", "spec", asked)).code).toBeUndefined();
  });

  test("no refusal quotes what was written", async () => {
    const { errors } = await server.executeAs(
      "sue",
      "mutation ($input: ApplyForGrantInput!) { applyForGrant(input: $input) { grantApplication { id } } }",
      {
        variables: {
          input: {
            ...{ ...aPost, employeeId: employeeId("sam") },
            ...{ purposes: ["SECRET-PURPOSE"], classes: [clear("BASIC", ["Customer.secretField"])] },
          },
        },
      },
    );
    expect(JSON.stringify(errors)).not.toMatch(/secret/i);
  });
});

describe("who and what is out of reach does not exist", () => {
  const about = (path: string) => ({ form: null, code: "NOT_FOUND", paths: [path] });

  test.each<[string, string, object, string]>([
    ["nobody at all", "sue", { employeeId: "emp_nobody" }, "employeeId"],
    ["who has left", "pia", { employeeId: employeeId("P102") }, "employeeId"],
    ["another seller's customer", "sue", { ...aCase, customerIds: customers("C1") }, "customerIds.0"],
    ["no customer at all", "sue", { ...aCase, customerIds: ["cus_nobody"] }, "customerIds.0"],
    [
      "a grant that is not there",
      "sue",
      { kind: "CASE", validTo: inDays(9), replacesId: "gra_none" },
      "replacesId",
    ],
  ])("%s", async (_, account, form, path) => {
    expect(await refused(account, "sam", form)).toEqual({
      ...about(`input.${path}`),
      code: "NOT_FOUND",
    });
  });

  test("the first customer out of reach is named, by its place", async () => {
    const told = await refused("mona", "cara", {
      ...aCase,
      customerIds: [...customers("C1", "C2"), "cus_nobody", ...customers("C4")],
    });
    expect(told).toMatchObject(about("input.customerIds.2"));
  });

  test("a grant of somebody else, or of another kind", async () => {
    const others = await granted(server, { employee: "cara", form: aCase });
    const own = { kind: "CASE", customerIds: undefined, validTo: inDays(9) };
    expect(await refused("mona", "spec", { ...own, replacesId: others })).toMatchObject(
      about("input.replacesId"),
    );
    expect(await refused("mona", "cara", { ...own, kind: "VENDOR", replacesId: others })).toMatchObject(
      about("input.replacesId"),
    );
    expect((await apply("mona", "cara", { ...own, replacesId: others })).code).toBeUndefined();
  });

  test("a person whom somebody does not see, whatever their role", async () => {
    // The directory is not for partners, not even for one who leads a department.
    await otherwise(server, "pia", { kind: "PARTNER" }, async () => {
      const unseen = await refused("pia", "sam", {});
      expect(unseen).toEqual({ form: null, code: "NOT_FOUND", paths: ["input.employeeId"] });
      expect(await refused("pia", "sam", { employeeId: "emp_nobody" })).toEqual(unseen);
      expect((await apply("pia", "pat", {})).code).toBeUndefined();
    });
  });

  test("a form of another department answers like one that is not there", async () => {
    const id = await application(server, "DRAFT");
    const [unseen, none] = await withoutTrace(server, () =>
      Promise.all([
        step(server, "pia", "withdrawGrantApplication", { id }),
        step(server, "pia", "withdrawGrantApplication", { id: "app_none" }),
      ]),
    );
    expect(unseen).toMatchObject(about("input.id"));
    expect(none).toEqual(unseen);
  });
});

describe("how long a grant can run", () => {
  const hour = 3_600_000;
  const later = (hours: number) => new Date(testNow.getTime() + hours * hour);
  const day = 24;
  /** The end of a day on the company's calendar. */
  const endOf = (text: string) => new Date(new Date(`${text}T00:00:00+08:00`).getTime() + day * hour);
  const post = {};
  const theCase = { kind: "CASE" };

  test.each<[string, string, string, Prisma.EmployeeUncheckedUpdateInput, object, Date]>([
    ["staff, for a post", "sue", "sam", {}, post, later(731 * day)],
    ["staff, for a case", "sue", "sam", {}, theCase, later(90 * day)],
    ["an intern", "sue", "ian", { contractEndsAt: null }, post, later(90 * day)],
    ["an intern, at the end of the contract", "sue", "ian", {}, post, endOf("2027-01-21")],
    ["somebody hired for a time", "sue", "S103", { kind: "TEMP" }, post, later(90 * day)],
    [
      "staff with a contract",
      "sue",
      "S103",
      { contractEndsAt: new Date("2026-12-31") },
      post,
      endOf("2026-12-31"),
    ],
    ["a partner", "gina", "vic", { kind: "PARTNER", contractEndsAt: null }, post, later(365 * day)],
    ["an agency", "gina", "vic", { kind: "AGENCY", contractEndsAt: null }, post, later(365 * day)],
    [
      "a partner, for a case",
      "gina",
      "vic",
      { kind: "PARTNER", contractEndsAt: null },
      theCase,
      later(90 * day),
    ],
    ["a vendor's staff", "gina", "vic", { contractEndsAt: null }, { kind: "VENDOR" }, later(90 * day)],
    ["technology, for a case", "tess", "tim", {}, theCase, later(day)],
    [
      "somebody hired for a time by technology, for a case",
      "tess",
      "tim",
      { kind: "TEMP" },
      theCase,
      later(day),
    ],
    ["technology, for a post", "tess", "tim", {}, post, later(731 * day)],
  ])("%s", async (_, head, employee, changes, kind, longest) => {
    await otherwise(server, employee, changes as never, async () => {
      const until = (ms: number) => ({ ...kind, validTo: new Date(longest.getTime() + ms).toISOString() });
      const told = await refused(head, employee, until(1));
      expect(told).toMatchObject({ code: "TERM_TOO_LONG", paths: ["input.validTo"] });
      expect(told.needs).toContain(longest.toISOString());
      expect((await apply(head, employee, until(0))).code).toBeUndefined();
      const { form } = await apply(head, employee, { ...kind, validTo: undefined });
      const written = await server.database.db.grantApplication.findUnique({ where: { id: form.id } });
      expect(written, "without an end").toMatchObject({ validTo: null });
    });
  });

  test("nothing, where the contract has ended: without an end too", async () => {
    await otherwise(server, "S103", { contractEndsAt: later(-day) }, async () => {
      const told = await refused("sue", "S103", { ...post, validTo: null });
      expect(told).toMatchObject({ code: "TERM_TOO_LONG", paths: ["input.validTo"] });
    });
  });

  test("an end that is set on amending is told as what it changes", async () => {
    const id = await application(server, "DRAFT", { form: { validTo: undefined } });
    expect(
      (await step(server, "sue", "amendGrantApplication", { id, validTo: inDays(100) })).code,
    ).toBeUndefined();
    const { changes } = await server.database.db.formEvent.findFirstOrThrow({
      where: { recordId: id, action: "amend" },
    });
    expect(changes).toEqual([`validTo: as long as it can run → ${inDays(100)}`]);
  });

  test("on amending, from then on", async () => {
    const id = await application(server, "DRAFT", { form: { ...theCase, validTo: inDays(80) } });
    const amend = (validTo: Date, now: Date) =>
      step(server, "sue", "amendGrantApplication", { id, validTo: validTo.toISOString() }, { now });
    expect((await amend(later(91 * day), testNow)).code).toBe("TERM_TOO_LONG");
    expect((await amend(later(91 * day), later(day))).code).toBeUndefined();
  });
});

describe("amending", () => {
  test("changes what is written and nothing else, and says what", async () => {
    const id = await application(server, "DRAFT");
    const amended = {
      ...{ reason: "Sells abroad", tier: "MASKED", purposes: ["MARKETING"], operations: ["SEE_MASKED"] },
      ...{ classes: [{ fieldClass: "BASIC", cap: "MASKED" }], validTo: inDays(100) },
    };
    const { db } = server.database;
    const before = await db.grantApplication.findUniqueOrThrow({ where: { id } });
    expect((await step(server, "sue", "amendGrantApplication", { id, ...amended })).code).toBeUndefined();
    const after = await db.grantApplication.findUniqueOrThrow({ where: { id }, include: { classes: true } });
    const { classes, ...row } = after;
    expect(row).toEqual({
      ...before,
      ...{ reason: "Sells abroad", tier: "MASKED", purposes: ["MARKETING"], operations: ["SEE_MASKED"] },
      validTo: new Date(inDays(100)),
    });
    expect(classes).toMatchObject([{ fieldClass: "BASIC", cap: "MASKED", onlyFields: [] }]);
    const { changes } = await db.formEvent.findFirstOrThrow({ where: { recordId: id, action: "amend" } });
    expect(changes).toEqual([
      "tier: POST → MASKED",
      "classes: BASIC CLEAR, ORDER CLEAR (Order.quantity, Order.product) → BASIC MASKED",
      "operations: FILTER, SEE_CLEAR, SEE_MASKED → SEE_MASKED",
      "purposes: MARKETING, ORDER_HANDLING → MARKETING",
      `validTo: ${aPost.validTo} → ${inDays(100)}`,
    ]);
  });

  test("an instant written with another offset is the same instant", async () => {
    const id = await application(server, "DRAFT");
    const validTo = new Date(aPost.validTo).toISOString().replace("07:00:00.000Z", "15:00:00+08:00");
    expect((await step(server, "sue", "amendGrantApplication", { id, validTo })).code).toBeUndefined();
    const { changes } = await server.database.db.formEvent.findFirstOrThrow({
      where: { recordId: id, action: "amend" },
    });
    expect(changes).toEqual([]);
  });

  test("is checked whole, as if it were written anew", async () => {
    const id = await application(server, "RETURNED");
    await withoutTrace(server, async () => {
      const amend = async (form: object) => step(server, "sue", "amendGrantApplication", { id, ...form });
      expect(await amend({ tier: "MASKED", purposes: [] })).toMatchObject({
        code: "FORM_INCOMPLETE",
        paths: [
          "input.classes.0",
          "input.classes.1",
          "input.operations.1",
          "input.operations.2",
          "input.purposes",
        ],
      });
      expect(await amend({ customerScope: "CASE_LIST", customerIds: customers("C1") })).toMatchObject({
        code: "NOT_FOUND",
        paths: ["input.customerIds.0"],
      });
    });
  });
});

test("forms are numbered one by one; one that is refused takes no number", async () => {
  const numberOf = async (id: string) =>
    Number((await server.database.db.grantApplication.findUniqueOrThrow({ where: { id } })).formNo.slice(-4));
  const first = await numberOf(await application(server, "DRAFT"));
  await refused("sue", "sam", { validTo: inDays(1_000) });
  const together = await Promise.all(
    Array.from({ length: 4 }, async () => numberOf(await application(server, "DRAFT"))),
  );
  expect(together.sort()).toEqual([first + 1, first + 2, first + 3, first + 4]);
});

test("the number has the year of the company's calendar", async () => {
  const now = new Date("2026-12-31T16:30:00Z");
  const id = await application(server, "DRAFT", { now, form: { validTo: "2027-03-01T00:00:00Z" } });
  const { formNo } = await server.database.db.grantApplication.findUniqueOrThrow({ where: { id } });
  expect(formNo).toBe("A-2027-0001");
});
