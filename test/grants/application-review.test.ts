import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atOnce } from "../support/at-once.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { type Application, aCase, application, customers, inDays, withoutTrace } from "../support/forms.js";
import { otherwise } from "../support/people.js";
import { step } from "../support/steps.js";

// What a reviewer approves, narrows and leaves to the group (S002-2.1, 3.1b; rulebook 3.2).

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const capped = (fieldClass: string, cap: string, ...onlyFields: readonly string[]) => ({
  ...{ fieldClass, cap },
  ...(onlyFields.length > 0 && { onlyFields }),
});

/** A case of cara's that can be narrowed in every part. */
const asked = {
  ...aCase,
  tier: "SENSITIVE",
  classes: [
    capped("BASIC", "CLEAR"),
    capped("ORDER", "CLEAR", "Order.product", "Order.quantity"),
    capped("FINANCIAL", "MASKED"),
  ],
  operations: ["SEE_MASKED", "SEE_CLEAR", "FILTER"],
  customerIds: customers("C1", "C2"),
  purposes: ["CUSTOMER_SERVICE", "REPORTING"],
};
const inFront = (form: object = {}): Promise<string> =>
  application(server, "SUBMITTED", { employee: "cara", form: { ...asked, ...form } });
const approve = (id: string, narrowed?: object, account = "adam") =>
  step(server, account, "approveGrantApplication", { id, ...(narrowed && { narrowed }) });

/** What an application asks for, as it is stored. */
async function scopeOf(id: string) {
  const { classes, customerList, ...row } = await server.database.db.grantApplication.findUniqueOrThrow({
    where: { id },
    include: {
      classes: { orderBy: { fieldClass: "asc" } },
      customerList: { orderBy: { customerId: "asc" } },
    },
  });
  const { tier, operations, customerScope, purposes, secrecyClearance, validTo } = row;
  return {
    ...{
      tier,
      operations,
      customerScope,
      purposes,
      secrecyClearance,
      validTo: validTo?.toISOString() ?? null,
    },
    classes: classes.map(({ fieldClass, cap, onlyFields }) => capped(fieldClass, cap, ...onlyFields)),
    customerIds: customerList.map(({ customerId }) => customerId),
  };
}

const changesOf = async (id: string) =>
  (await server.database.db.formEvent.findFirstOrThrow({ where: { recordId: id, action: "approve" } }))
    .changes;

describe("narrowing", () => {
  test.each<[string, object, string]>([
    ["the tier", { tier: "SERVICE" }, "tier: SENSITIVE → SERVICE"],
    [
      "the classes",
      { classes: [capped("BASIC", "CLEAR"), capped("FINANCIAL", "MASKED")] },
      "classes: BASIC CLEAR, FINANCIAL MASKED, ORDER CLEAR (Order.product, Order.quantity) → BASIC CLEAR, FINANCIAL MASKED",
    ],
    [
      "how far a class is opened",
      { classes: [capped("BASIC", "MASKED"), capped("FINANCIAL", "WRITE_ONLY")] },
      "classes: BASIC CLEAR, FINANCIAL MASKED, ORDER CLEAR (Order.product, Order.quantity) → BASIC MASKED, FINANCIAL WRITE_ONLY",
    ],
    [
      "the fields of a class",
      { classes: [capped("BASIC", "CLEAR", "Customer.name"), capped("ORDER", "CLEAR", "Order.quantity")] },
      "classes: BASIC CLEAR, FINANCIAL MASKED, ORDER CLEAR (Order.product, Order.quantity) → BASIC CLEAR (Customer.name), ORDER CLEAR (Order.quantity)",
    ],
    [
      "the operations",
      { operations: ["SEE_MASKED"] },
      "operations: FILTER, SEE_CLEAR, SEE_MASKED → SEE_MASKED",
    ],
    ["the customers", { customerIds: customers("C2") }, "customerIds: 2 → 1"],
    ["the purposes", { purposes: ["REPORTING"] }, "purposes: CUSTOMER_SERVICE, REPORTING → REPORTING"],
    ["the end", { validTo: inDays(10) }, `validTo: ${inDays(20)} → ${inDays(10)}`],
  ])("%s: the rest is approved as it was asked for", async (_, narrowed, change) => {
    const id = await inFront();
    const before = await scopeOf(id);
    expect(await approve(id, narrowed)).toMatchObject({ form: { state: "APPROVED" } });
    expect(await scopeOf(id)).toEqual({ ...before, ...narrowed });
    expect(await changesOf(id)).toEqual([change]);
  });

  test("every customer to those of a department, or to one's own", async () => {
    for (const customerScope of ["OWN", "DEPARTMENT"]) {
      const id = await inFront({ customerScope: "ALL", customerIds: [] });
      await approve(id, { customerScope });
      expect(await scopeOf(id)).toMatchObject({ customerScope });
      expect(await changesOf(id)).toEqual([`customerScope: ALL → ${customerScope}`]);
    }
  });

  test("every customer to some: of those in the reviewer's own reach", async () => {
    const all = { customerScope: "ALL", customerIds: [] };
    const some = (...customerIds: string[]) => ({ customerScope: "CASE_LIST", customerIds });
    const id = await inFront(all);
    await withoutTrace(server, async () => {
      const [known, unknown] = [
        await approve(id, some(...customers("C1"))),
        await approve(id, some("cus_none")),
      ];
      expect(known).toMatchObject({ code: "NOT_FOUND", paths: ["input.narrowed.customerIds.0"] });
      expect(unknown).toEqual(known);
    });
    const clerks = await application(server, "SUBMITTED", {
      employee: "clerk",
      form: { ...asked, ...all, tier: "SERVICE", validTo: inDays(20) },
      signer: "ada",
    });
    expect(await approve(clerks, some(...customers("C1"), "cus_none"), "gina")).toMatchObject({
      code: "NOT_FOUND",
      paths: ["input.narrowed.customerIds.1"],
    });
    expect((await approve(clerks, some(...customers("C1")), "gina")).code).toBeUndefined();
    expect((await scopeOf(clerks)).customerIds).toEqual(customers("C1"));
  });

  test("nothing, said or not said, approves what was asked for", async () => {
    for (const narrowed of [undefined, {}, { tier: null, classes: null }, asTheyWere()]) {
      const id = await inFront();
      const before = await scopeOf(id);
      expect((await approve(id, narrowed)).code).toBeUndefined();
      expect(await scopeOf(id)).toEqual(before);
      expect(await changesOf(id)).toEqual([]);
    }
  });

  test("what was to run as long as it can: to an end", async () => {
    const id = await inFront({ validTo: undefined });
    expect(await scopeOf(id)).toMatchObject({ validTo: null });
    await approve(id, { validTo: inDays(10) });
    expect(await scopeOf(id)).toMatchObject({ validTo: inDays(10) });
    expect(await changesOf(id)).toEqual([`validTo: as long as it can run → ${inDays(10)}`]);
  });

  test("what somebody asks for who has a grant of the post already", async () => {
    const id = await application(server, "SUBMITTED");
    expect((await approve(id, { purposes: ["MARKETING"] })).code).toBeUndefined();
    expect((await scopeOf(id)).purposes).toEqual(["MARKETING"]);
  });
});

function asTheyWere() {
  const { tier, classes, operations, customerIds, purposes, validTo } = asked;
  return { tier, classes, operations, customerIds, purposes, validTo };
}

describe("widening is refused, part by part", () => {
  test.each<[string, object, object, string[]]>([
    ["the tier", {}, { tier: "STEWARD" }, ["tier"]],
    [
      "another class",
      {},
      { classes: [capped("BASIC", "CLEAR"), capped("SERVICE", "MASKED")] },
      ["classes.1"],
    ],
    ["a class further", {}, { classes: [capped("FINANCIAL", "CLEAR")] }, ["classes.0"]],
    [
      "all fields of a class",
      {},
      { classes: [capped("BASIC", "CLEAR"), capped("ORDER", "CLEAR")] },
      ["classes.1"],
    ],
    [
      "another field of a class",
      {},
      { classes: [capped("ORDER", "CLEAR", "Order.product", "Order.status")] },
      ["classes.0"],
    ],
    ["an operation", {}, { operations: ["SEE_CLEAR", "EXPORT"] }, ["operations"]],
    ["a purpose", {}, { purposes: ["REPORTING", "MARKETING"] }, ["purposes"]],
    ["the clearance", {}, { secrecyClearance: "CONFIDENTIAL" }, ["secrecyClearance"]],
    ["the end", {}, { validTo: inDays(20.001) }, ["validTo"]],
    ["a customer", {}, { customerIds: customers("C1", "C4") }, ["customerIds"]],
    ["a customer that there is not", {}, { customerIds: ["cus_none"] }, ["customerIds"]],
    ["some to all customers", {}, { customerScope: "ALL", customerIds: [] }, ["customerScope"]],
    [
      "one's own to the department's",
      { customerScope: "OWN", customerIds: [] },
      { customerScope: "DEPARTMENT" },
      ["customerScope"],
    ],
    [
      "the department's to one's own, which may lie elsewhere",
      { customerScope: "DEPARTMENT", customerIds: [] },
      { customerScope: "OWN" },
      ["customerScope"],
    ],
    [
      "everything",
      {},
      {
        ...{
          tier: "STEWARD",
          classes: [capped("PRIVATE", "CLEAR")],
          operations: ["DELETE"],
          purposes: ["FINANCE"],
        },
        ...{ secrecyClearance: "TOP_SECRET", validTo: inDays(90), customerIds: customers("C5") },
      },
      ["tier", "classes.0", "operations", "purposes", "secrecyClearance", "validTo", "customerIds"],
    ],
  ])("%s", async (_, form, narrowed, parts) => {
    const id = await inFront(form);
    const told = await withoutTrace(server, () => approve(id, narrowed));
    expect(told).toMatchObject({ form: null, code: "FORM_INCOMPLETE" });
    expect(told.paths).toEqual(parts.map((part) => `input.narrowed.${part}`));
  });

  test("and so is what contradicts itself once narrowed", async () => {
    const id = await inFront();
    const told = await withoutTrace(server, () => approve(id, { tier: "MASKED", purposes: [] }));
    expect(told).toMatchObject({ code: "FORM_INCOMPLETE" });
    expect(told.paths).toEqual(
      ["classes.0", "classes.1", "classes.2", "operations.1", "operations.2", "purposes"].map(
        (part) => `input.narrowed.${part}`,
      ),
    );
  });
});

test("narrowed to a tier from which another department only corrects", async () => {
  const form = {
    tier: "STEWARD",
    classes: [capped("SERVICE", "CLEAR")],
    operations: ["SEE_CLEAR", "CORRECT"],
  };
  const [ofSales, ofService] = [
    await application(server, "SUBMITTED", { form }),
    await application(server, "SUBMITTED", { employee: "cara", form }),
  ];
  expect(await withoutTrace(server, () => approve(ofSales, { tier: "SERVICE" }))).toMatchObject({
    code: "FORM_INCOMPLETE",
    paths: ["input.narrowed.operations.1"],
  });
  expect(await approve(ofService, { tier: "SERVICE" })).toMatchObject({ form: { state: "APPROVED" } });
});

describe("the ceiling", () => {
  const at = (tier: string, more: object = {}) => ({
    ...{ tier, classes: tier === "NONE" ? [] : [capped("BASIC", "MASKED")], ...more },
    operations: tier === "NONE" ? [] : ["SEE_MASKED"],
  });
  const ofCase = { kind: "CASE", validTo: inDays(0.9) };

  test.each<[string, Application, "APPROVED" | "APPROVAL_MISSING"]>([
    ["sales, SENSITIVE", { employee: "sam", form: at("SENSITIVE") }, "APPROVED"],
    ["sales, STEWARD", { employee: "sam", form: at("STEWARD") }, "APPROVAL_MISSING"],
    ["production, POST", { employee: "pat", form: at("POST") }, "APPROVED"],
    ["production, SERVICE", { employee: "pat", form: at("SERVICE") }, "APPROVAL_MISSING"],
    ["an intern, MASKED", { employee: "ian", form: at("MASKED", { validTo: inDays(50) }) }, "APPROVED"],
    ["an intern, POST", { employee: "ian", form: at("POST", { validTo: inDays(50) }) }, "APPROVAL_MISSING"],
    ["technology, for a post, NONE", { employee: "tess", form: at("NONE") }, "APPROVED"],
    ["technology, for a post, MASKED", { employee: "tess", form: at("MASKED") }, "APPROVAL_MISSING"],
    ["technology, for a case, SENSITIVE", { employee: "tess", form: at("SENSITIVE", ofCase) }, "APPROVED"],
    [
      "technology, for a case, STEWARD",
      { employee: "tess", form: at("STEWARD", ofCase) },
      "APPROVAL_MISSING",
    ],
    [
      "administration, for a post, MASKED",
      { employee: "clerk", form: at("MASKED"), reviewer: "gina" },
      "APPROVED",
    ],
    [
      "administration, for a post, POST",
      { employee: "clerk", form: at("POST"), reviewer: "gina" },
      "APPROVAL_MISSING",
    ],
    [
      "administration, for a case, SERVICE",
      { employee: "clerk", form: at("SERVICE", ofCase), reviewer: "gina" },
      "APPROVED",
    ],
    ["compliance, for a post, POST", { employee: "cory", form: at("POST") }, "APPROVAL_MISSING"],
    ["compliance, for a case, SENSITIVE", { employee: "cory", form: at("SENSITIVE", ofCase) }, "APPROVED"],
    ...(["sven", "mona"] as const).flatMap(
      (employee): [string, Application, "APPROVED" | "APPROVAL_MISSING"][] => [
        [
          `who supervises customer information (${employee}), STEWARD, CONFIDENTIAL`,
          { employee, form: at("STEWARD", { secrecyClearance: "CONFIDENTIAL" }) },
          "APPROVED",
        ],
        [
          `who supervises customer information (${employee}), TOP_SECRET`,
          { employee, form: at("MASKED", { secrecyClearance: "TOP_SECRET" }) },
          "APPROVAL_MISSING",
        ],
      ],
    ),
    ["a data steward, STEWARD", { employee: "dora", form: at("STEWARD") }, "APPROVED"],
    [
      "a data steward, CONFIDENTIAL",
      { employee: "dora", form: at("STEWARD", { secrecyClearance: "CONFIDENTIAL" }) },
      "APPROVAL_MISSING",
    ],
    ["customer service, STEWARD", { employee: "cara", form: at("STEWARD") }, "APPROVAL_MISSING"],
    ["the general manager, STEWARD", { employee: "gina", form: at("STEWARD") }, "APPROVED"],
    [
      "the general manager, CONFIDENTIAL",
      { employee: "gina", form: at("STEWARD", { secrecyClearance: "CONFIDENTIAL" }) },
      "APPROVAL_MISSING",
    ],
    [
      "any clearance",
      { employee: "sam", form: at("MASKED", { secrecyClearance: "CONFIDENTIAL" }) },
      "APPROVAL_MISSING",
    ],
  ])("%s: %s %s", async (_, of, outcome) => {
    const id = await application(server, "SUBMITTED", of);
    const told = await approve(id, undefined, of.reviewer);
    if (outcome === "APPROVED") expect(told).toMatchObject({ form: { state: "APPROVED" } });
    else {
      expect(told).toMatchObject({ form: null, code: outcome, paths: ["input.id"] });
      expect(told.needs).toMatch(/group/);
    }
  });

  test.each<[string, string, object, "APPROVED" | "APPROVAL_MISSING"]>([
    ["technology, for a post, NONE", "tim", at("NONE", { validTo: inDays(50) }), "APPROVED"],
    ["technology, for a post, MASKED", "tim", at("MASKED", { validTo: inDays(50) }), "APPROVAL_MISSING"],
    ["technology, for a case, MASKED", "tim", at("MASKED", ofCase), "APPROVED"],
    ["technology, for a case, POST", "tim", at("POST", ofCase), "APPROVAL_MISSING"],
    ["sales, for a post, MASKED", "sam", at("MASKED", { validTo: inDays(50) }), "APPROVED"],
    ["sales, for a post, POST", "sam", at("POST", { validTo: inDays(50) }), "APPROVAL_MISSING"],
  ])("somebody hired for a time, in %s: %s %o %s", async (_, employee, form, outcome) => {
    await otherwise(server, employee, { kind: "TEMP" }, async () => {
      const id = await application(server, "SUBMITTED", { employee, form });
      const told = await approve(id);
      expect(told.code ?? told.form.state).toBe(outcome);
    });
  });

  test("a role counts that the grantee has when it is approved", async () => {
    const id = await application(server, "SUBMITTED", { form: at("STEWARD") });
    expect((await approve(id)).code).toBe("APPROVAL_MISSING");
    await otherwise(server, "sam", { roles: ["DATA_STEWARD"] }, async () => {
      expect(await approve(id)).toMatchObject({ form: { state: "APPROVED" } });
    });
  });

  test("what lies above it can be narrowed to it", async () => {
    const high = at("STEWARD", { secrecyClearance: "TOP_SECRET" });
    const id = await application(server, "SUBMITTED", { form: high });
    await withoutTrace(server, async () => {
      expect((await approve(id, { tier: "SENSITIVE" })).code).toBe("APPROVAL_MISSING");
      expect((await approve(id, { secrecyClearance: "ORDINARY" })).code).toBe("APPROVAL_MISSING");
    });
    const both = { tier: "SENSITIVE", secrecyClearance: "ORDINARY" };
    expect((await approve(id, both)).code).toBeUndefined();
    expect(await scopeOf(id)).toMatchObject(both);
  });
});

describe("the group decides on what is above the ceiling", () => {
  const steward = { tier: "STEWARD", secrecyClearance: "CONFIDENTIAL" };
  const escalated = (employee = "sam", more: Application = {}) =>
    application(server, "ESCALATED", { employee, form: steward, ...more });
  const vote = (id: string, member: string, inFavour: boolean) =>
    step(server, member, "voteOnGrantApplication", { id, inFavour });
  const decide = (id: string, account = "ada") => step(server, account, "decideGrantApplication", { id });

  // Of sam's application sue, who signed it, is no judge: pia, tess and mona are. Of fin's all four are.
  test.each<[string, string, Record<string, boolean>, string, string?]>([
    ["a majority", "sam", { pia: true, tess: true }, "APPROVED", "votes: 2 in favour, 0 against, of 3"],
    [
      "a majority of all",
      "sam",
      { pia: true, tess: false, mona: true },
      "APPROVED",
      "votes: 2 in favour, 1 against, of 3",
    ],
    [
      "a majority against",
      "sam",
      { pia: false, mona: false },
      "REJECTED",
      "votes: 0 in favour, 2 against, of 3",
    ],
    ["nobody", "sam", {}, "APPROVAL_MISSING"],
    ["a minority, so far", "sam", { pia: true }, "APPROVAL_MISSING"],
    ["one each, and one to come", "sam", { pia: true, tess: false }, "APPROVAL_MISSING"],
    ["half of four, so far", "fin", { sue: true, pia: true }, "APPROVAL_MISSING"],
    ["two of three, of four", "fin", { sue: true, pia: true, tess: false }, "APPROVAL_MISSING"],
    [
      "three of four",
      "fin",
      { sue: true, pia: true, mona: true },
      "APPROVED",
      "votes: 3 in favour, 0 against, of 4",
    ],
    [
      "a tie",
      "fin",
      { sue: true, pia: true, tess: false, mona: false },
      "REJECTED",
      "votes: 2 in favour, 2 against, of 4",
    ],
  ])("%s of those who judge %s: %o", async (_, employee, votes, outcome, change) => {
    const id = await escalated(employee);
    for (const [member, inFavour] of Object.entries(votes))
      expect((await vote(id, member, inFavour)).code).toBeUndefined();
    const told = await decide(id);
    if (!change) {
      expect(told).toMatchObject({ form: null, code: outcome, paths: ["input.id"] });
      return;
    }
    expect(told).toMatchObject({ form: { state: outcome } });
    const { db } = server.database;
    const row = await db.grantApplication.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ ...steward, decision: outcome === "APPROVED" ? "APPROVE" : "REJECT" });
    const event = await db.formEvent.findFirstOrThrow({ where: { recordId: id, action: "decide" } });
    expect(event).toMatchObject({ changes: [change], seat: "recorder", from: "ESCALATED", to: outcome });
  });

  test("twice by one member, one after the other or at once: one vote", async () => {
    const id = await escalated();
    const both = await atOnce(server.database, { table: "GrantApplication", id }, [
      () => vote(id, "pia", true),
      () => vote(id, "pia", false),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
    expect((await vote(id, "pia", true)).code).toBe("WRONG_STATE");
    expect(await server.database.db.groupVote.count({ where: { applicationId: id } })).toBe(1);
    expect(await server.database.db.formEvent.count({ where: { recordId: id, action: "vote" } })).toBe(1);
  });

  test("whoever votes and whoever decides at once: nobody decides on votes that are not in", async () => {
    const id = await escalated();
    await vote(id, "pia", true);
    const [voted, decided] = await atOnce(server.database, { table: "GrantApplication", id }, [
      () => vote(id, "tess", true),
      () => decide(id),
    ]);
    expect(voted!.code).toBeUndefined();
    const { state } = await server.database.db.grantApplication.findUniqueOrThrow({ where: { id } });
    expect([decided!.code, state]).toEqual(
      decided!.code ? ["APPROVAL_MISSING", "ESCALATED"] : [undefined, "APPROVED"],
    );
  });

  test("a head who has reviewed it does not vote, and is not waited for", async () => {
    await otherwise(server, "adam", { roles: ["DEPT_HEAD"] }, async () => {
      const id = await escalated();
      expect((await vote(id, "adam", true)).code).toBe("SELF_DECISION");
      for (const member of ["pia", "tess"]) await vote(id, member, true);
      expect((await decide(id)).code).toBeUndefined();
      const { changes } = await server.database.db.formEvent.findFirstOrThrow({
        where: { recordId: id, action: "decide" },
      });
      expect(changes).toEqual(["votes: 2 in favour, 0 against, of 3"]);
    });
  });

  test("what it has approved is implemented, whatever the ceiling", async () => {
    const id = await escalated();
    for (const member of ["pia", "mona"]) await vote(id, member, true);
    await decide(id);
    expect((await step(server, "tim", "implementGrantApplication", { id })).code).toBeUndefined();
    const grant = await server.database.db.grant.findUniqueOrThrow({ where: { applicationId: id } });
    expect(grant).toMatchObject({ ...steward, state: "ACTIVE" });
  });
});
