import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { copyRequestWorkflow } from "../../src/disclosures/copy-request.workflow.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import {
  clockAt,
  customer,
  daysLater,
  expectNothingWritten,
  expectOneWins,
  person,
  stepsOf,
} from "../support/form-steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const take = stepsOf(() => server, "copyRequest");
const disclose = stepsOf(() => server, "externalDisclosure");

const contact = ["Customer.name", "Customer.mobile"];
/** What sam, a seller, asks for of C1, an own customer. */
const request = {
  customerId: customer(1),
  fields: contact,
  recipient: "裴雅",
  purpose: "ORDER_HANDLING",
  carrierId: person("spec"),
  medium: "PAPER",
  reason: "The workshop packs by the customer's address",
  forOutside: false,
};
const service = { ...request, purpose: "CUSTOMER_SERVICE" };

/** A request in a state, by id. */
async function copyIn(state: "REQUESTED" | "APPROVED" | "REFUSED" | "HANDED_OVER", changes: object = {}) {
  const { id } = await take("sam", "requestCopy", { ...request, ...changes });
  if (state === "APPROVED" || state === "HANDED_OVER") await take("gina", "approveCopyRequest", { id });
  if (state === "HANDED_OVER") await take("spec", "handOverCopyRequest", { id, ...carried });
  if (state === "REFUSED") await take("gina", "refuseCopyRequest", { id, note: "Not needed." });
  return id!;
}
const carried = { measures: "Sealed envelope", receipt: "Signed" };

describe("asking for a copy", () => {
  test("stores which fields of whom, and none of their values", async () => {
    const { id, state } = await take("sam", "requestCopy", request);
    expect(state).toBe("REQUESTED");
    const row = await server.database.db.copyRequest.findUniqueOrThrow({ where: { id: id! } });
    expect(row).toMatchObject({ fields: contact, customerId: customer(1), requestedById: person("sam") });
    expect(row.formNo).toMatch(/^K-2026-\d{4}$/);
    const { name, mobile } = await server.database.db.customer.findUniqueOrThrow({
      where: { id: customer(1) },
    });
    for (const value of [name, mobile!]) expect(JSON.stringify(row)).not.toContain(value);
  });

  test("names all that is missing at once", async () => {
    const { code, paths } = await expectNothingWritten(server, () => take("sam", "requestCopy", {}));
    expect(code).toBe("FORM_INCOMPLETE");
    expect(paths).toEqual(Object.keys(request).map((field) => `input.${field}`));
  });

  test.each<[what: string, changes: object, code: string, path: string]>([
    ["no fields", { fields: [] }, "FORM_INCOMPLETE", "input.fields"],
    ["a field that there is not", { fields: ["Customer.shoeSize"] }, "FORM_INCOMPLETE", "input.fields.0"],
    ["a field that is no value", { fields: ["Customer.bankAccounts"] }, "FORM_INCOMPLETE", "input.fields.0"],
    ["a field of no customer", { fields: ["Device.price"] }, "FORM_INCOMPLETE", "input.fields.0"],
    [
      "a field without a class of its own",
      { fields: ["Customer.code"] },
      "FORM_INCOMPLETE",
      "input.fields.0",
    ],
    ["oneself as the carrier", { carrierId: person("sam") }, "FORM_INCOMPLETE", "input.carrierId"],
    ["a vendor's man as the carrier", { carrierId: person("vic") }, "FORM_INCOMPLETE", "input.carrierId"],
    ["a customer as the carrier", { carrierId: person("cu1") }, "FORM_INCOMPLETE", "input.carrierId"],
    ["nobody as the carrier", { carrierId: "emp_nobody" }, "NOT_FOUND", "input.carrierId"],
    ["no purpose that there is", { purpose: "CURIOSITY" }, "FORM_INCOMPLETE", "input.purpose"],
    ["a purpose of somebody else's", { purpose: "FINANCE" }, "PURPOSE_REQUIRED", "input.purpose"],
    ["somebody else's customer", { customerId: customer(2) }, "NOT_FOUND", "input.customerId"],
    ["no customer that there is", { customerId: "cus_nobody" }, "NOT_FOUND", "input.customerId"],
    ["a field that may be entered only", { fields: ["Customer.balance"] }, "TIER_TOO_LOW", "input.fields.0"],
    [
      "a masked field among others",
      { fields: [...contact, "ServiceCase.content"] },
      "TIER_TOO_LOW",
      "input.fields.2",
    ],
    [
      "a disclosure with a copy for inside",
      { disclosureId: "dis_1" },
      "FORM_INCOMPLETE",
      "input.disclosureId",
    ],
  ])("refuses %s", async (_what, changes, code, path) => {
    const taken = await expectNothingWritten(server, () =>
      take("sam", "requestCopy", { ...request, ...changes }),
    );
    expect(taken).toMatchObject({ code, paths: [path] });
  });

  test("tells every field that is not clear, each with what is missing", async () => {
    const { code, paths } = await take("cara", "requestCopy", {
      ...service,
      fields: ["Customer.name", "Customer.idNumber", "Customer.balance"],
    });
    expect({ code, paths }).toEqual({
      code: "TIER_TOO_LOW",
      paths: ["input.fields.1", "input.fields.2"],
    });
  });

  test.each<[account: string, changes: object, expected: object]>([
    ["cara", { ...service, customerId: customer(3) }, { code: "CLEARANCE_REQUIRED" }],
    ["sven", { ...service, customerId: customer(3) }, { state: "REQUESTED" }],
    ["carl", { ...service, fields: ["Customer.balance"] }, { code: "DECLARATION_REQUIRED" }],
    ["ian", request, { code: "TIER_TOO_LOW" }],
    // One of C1's orders is delivered: pat, who sees the open ones, would get more than that.
    [
      "pat",
      { ...request, fields: ["Order.quantity"], purpose: "PRODUCTION_PLANNING" },
      { code: "FIELD_WITHHELD" },
    ],
    [
      "pat",
      { ...request, fields: ["Order.quantity"], purpose: "PRODUCTION_PLANNING", customerId: customer(2) },
      { state: "REQUESTED" },
    ],
    ["fin", { ...request, fields: ["Transaction.amount"], purpose: "FINANCE" }, { state: "REQUESTED" }],
    ["cu1", request, { code: "NOT_YOUR_ROLE" }],
    ["vic", request, { code: "NOT_YOUR_ROLE" }],
    ["rep", request, { code: "NOT_YOUR_ROLE" }],
  ])("%s, who sees what they see, asks for %o: %o", async (account, input, expected) => {
    expect(await take(account, "requestCopy", input)).toMatchObject(expected);
  });

  test("a declaration opens what it names for a copy as well", async () => {
    const declare = stepsOf(() => server, "sensitiveUse");
    const declared = await declare("carl", "fileSensitiveUse", {
      customerIds: [customer(1)],
      fields: ["Customer.balance"],
      purpose: "CUSTOMER_SERVICE",
      plannedUntil: daysLater(1).toISOString(),
    });
    expect(declared.state).toBe("OPEN");
    const copy = { ...service, fields: ["Customer.balance"] };
    expect(await take("carl", "requestCopy", copy)).toMatchObject({ state: "REQUESTED" });
    expect(await take("carl", "requestCopy", { ...copy, customerId: customer(2) })).toMatchObject({
      code: "DECLARATION_REQUIRED",
    });
  });

  test("takes a registered device, as all that is seen of customers", async () => {
    expect(await take("sam", "requestCopy", request, { device: null })).toMatchObject({
      code: "DEVICE_UNREGISTERED",
    });
  });

  test("takes the operation EXPORT on the grant, however clear the fields are", async () => {
    const { db } = server.database;
    const where = { granteeId: person("cara"), state: "ACTIVE" } as const;
    const { operations } = await db.grant.findFirstOrThrow({ where });
    await db.grant.updateMany({ where, data: { operations: operations.filter((one) => one !== "EXPORT") } });
    onTestFinished(async () => void (await db.grant.updateMany({ where, data: { operations } })));
    expect(await take("cara", "requestCopy", service)).toMatchObject({
      code: "TIER_TOO_LOW",
      needs: "a grant that names the operation",
    });
  });
});

describe("the steps", () => {
  test.each<[step: string, from: "REQUESTED" | "APPROVED", account: string, input: object, expected: object]>(
    [
      ["approveCopyRequest", "REQUESTED", "gina", {}, { state: "APPROVED" }],
      ["approveCopyRequest", "REQUESTED", "sven", {}, { state: "APPROVED" }],
      ["approveCopyRequest", "REQUESTED", "mona", {}, { code: "NOT_YOUR_ROLE" }],
      ["approveCopyRequest", "REQUESTED", "sue", {}, { code: "NOT_YOUR_ROLE" }],
      ["approveCopyRequest", "REQUESTED", "sam", {}, { code: "NOT_YOUR_ROLE" }],
      ["approveCopyRequest", "REQUESTED", "spec", {}, { code: "NOT_YOUR_ROLE" }],
      ["approveCopyRequest", "APPROVED", "sven", {}, { code: "WRONG_STATE" }],
      ["refuseCopyRequest", "REQUESTED", "sven", { note: "No." }, { state: "REFUSED" }],
      ["refuseCopyRequest", "REQUESTED", "gina", { note: "No." }, { state: "REFUSED" }],
      ["refuseCopyRequest", "REQUESTED", "gina", {}, { code: "FORM_INCOMPLETE", paths: ["input.note"] }],
      ["refuseCopyRequest", "REQUESTED", "mona", { note: "No." }, { code: "NOT_YOUR_ROLE" }],
      ["refuseCopyRequest", "APPROVED", "gina", { note: "No." }, { code: "WRONG_STATE" }],
      ["handOverCopyRequest", "APPROVED", "spec", carried, { state: "HANDED_OVER" }],
      [
        "handOverCopyRequest",
        "APPROVED",
        "spec",
        {},
        { code: "FORM_INCOMPLETE", paths: ["input.measures", "input.receipt"] },
      ],
      ["handOverCopyRequest", "APPROVED", "sam", carried, { code: "SELF_DECISION" }],
      ["handOverCopyRequest", "APPROVED", "mona", carried, { code: "NOT_YOUR_ROLE" }],
      ["handOverCopyRequest", "APPROVED", "gina", carried, { code: "NOT_YOUR_ROLE" }],
      // Out of reach: it does not exist.
      ["handOverCopyRequest", "APPROVED", "cara", carried, { code: "NOT_FOUND" }],
      ["handOverCopyRequest", "APPROVED", "cu1", carried, { code: "NOT_FOUND" }],
      ["handOverCopyRequest", "REQUESTED", "spec", carried, { code: "WRONG_STATE" }],
      ["linkDisclosure", "REQUESTED", "sam", { disclosureId: "dis_1" }, { code: "WRONG_STATE" }],
      ["linkDisclosure", "REQUESTED", "sue", { disclosureId: "dis_1" }, { code: "NOT_YOUR_ROLE" }],
    ],
  )("%s of a copy %s by %s with %o: %o", async (step, from, account, input, expected) => {
    const id = await copyIn(from);
    const attempt = () => take(account, step, { id, ...input });
    const refused = "code" in expected;
    expect(await (refused ? expectNothingWritten(server, attempt) : attempt())).toMatchObject(expected);
  });

  test.each(["REFUSED", "HANDED_OVER"] as const)("nothing follows on %s", async (state) => {
    const id = await copyIn(state);
    expect(await take("gina", "approveCopyRequest", { id })).toMatchObject({ code: "WRONG_STATE" });
    expect(await take("spec", "handOverCopyRequest", { id, ...carried })).toMatchObject({
      code: "WRONG_STATE",
    });
  });

  test("nobody decides on their own request, or on one that they carry", async () => {
    const own = await take("sven", "requestCopy", service);
    expect(await take("sven", "approveCopyRequest", { id: own.id })).toMatchObject({ code: "SELF_DECISION" });
    const toCarry = await copyIn("REQUESTED", { carrierId: person("sven") });
    expect(await take("sven", "approveCopyRequest", { id: toCarry })).toMatchObject({
      code: "SELF_DECISION",
    });
  });

  test("only the general manager approves a copy of what is TOP_SECRET", async () => {
    const id = await copyIn("REQUESTED");
    const { db } = server.database;
    const classify = (secrecy: "TOP_SECRET" | "ORDINARY", keeperId: string | null) =>
      db.customer.update({ where: { id: customer(1) }, data: { secrecy, keeperId } });
    await classify("TOP_SECRET", person("mona"));
    onTestFinished(async () => void (await classify("ORDINARY", null)));
    expect(await take("sven", "approveCopyRequest", { id })).toMatchObject({ code: "NOT_YOUR_ROLE" });
    expect(await take("gina", "approveCopyRequest", { id })).toMatchObject({ state: "APPROVED" });
  });

  test("the requester reads why it was refused", async () => {
    const { data } = await server.executeAs(
      "sam",
      "query ($id: ID!) { copyRequest(id: $id) { decisionNote decidedBy { staffNo } } }",
      { variables: { id: await copyIn("REFUSED") } },
    );
    expect(data.copyRequest).toEqual({ decisionNote: "Not needed.", decidedBy: { staffNo: "gina" } });
  });

  test("of two who come at once one takes the step", async () => {
    const id = await copyIn("REQUESTED");
    await expectOneWins([
      take("gina", "approveCopyRequest", { id }),
      take("sven", "refuseCopyRequest", { id, note: "No." }),
    ]);
    const approved = await copyIn("APPROVED");
    await expectOneWins([1, 2].map(() => take("spec", "handOverCopyRequest", { id: approved, ...carried })));
    const events = await server.database.db.formEvent.count({
      where: { recordId: approved, action: "handOver" },
    });
    expect(events).toBe(1);
  });

  test("an approval that is not used for seven days lapses", async () => {
    const id = await copyIn("APPROVED");
    const handOver = (days: number) =>
      take("spec", "handOverCopyRequest", { id, ...carried }, { now: daysLater(days) });
    expect(await handOver(7)).toMatchObject({ code: "WRONG_STATE" });
    expect(await clockAt(server, copyRequestWorkflow, id, daysLater(6.9))).toBe("APPROVED");
    expect(await clockAt(server, copyRequestWorkflow, id, daysLater(7))).toBe("LAPSED");
    const inTime = await copyIn("APPROVED");
    expect(
      await take("spec", "handOverCopyRequest", { id: inTime, ...carried }, { now: daysLater(6.9) }),
    ).toMatchObject({ state: "HANDED_OVER" });
  });
});

describe("a copy for outside", () => {
  const outside = { recipient: "Zhejiang Tea Express, Ms Wang", forOutside: true };
  const disclosure = {
    customerId: customer(1),
    fields: contact,
    recipient: outside.recipient,
    purpose: "ORDER_HANDLING",
    channel: "SECURE_CARRIER",
    carrierId: person("spec"),
  };
  const newDisclosure = async (changes: object = {}) =>
    (await disclose("sam", "requestDisclosure", { ...disclosure, ...changes })).id!;
  const approve = async (id: string, now?: Date) => {
    await disclose("sven", "approveExternalDisclosureAsSupervisor", { id }, now && { now });
    await disclose("mona", "approveExternalDisclosureAsManager", { id }, now && { now });
  };
  const handOver = async (id: string) => {
    const { data } = await server.executeAs(
      "spec",
      "query ($id: ID!) { copyRequest(id: $id) { availableActions { action allowed reason } } }",
      { variables: { id } },
    );
    const actions: { action: string }[] = data.copyRequest.availableActions;
    return actions.find(({ action }) => action === "handOver");
  };
  const missing = { allowed: false, reason: "APPROVAL_MISSING" };

  test("is not released by its own approval: both of the disclosure's are needed as well", async () => {
    const id = await copyIn("APPROVED", outside);
    const attempt = () => take("spec", "handOverCopyRequest", { id, ...carried });
    expect(await handOver(id)).toMatchObject(missing);
    expect(await expectNothingWritten(server, attempt)).toMatchObject({ code: "APPROVAL_MISSING" });
    const disclosureId = await newDisclosure();
    expect(await take("sam", "linkDisclosure", { id, disclosureId })).toMatchObject({ state: "APPROVED" });
    expect(await handOver(id)).toMatchObject(missing);
    await disclose("mona", "approveExternalDisclosureAsManager", { id: disclosureId });
    expect(await handOver(id)).toMatchObject(missing);
    await disclose("sven", "approveExternalDisclosureAsSupervisor", { id: disclosureId });
    expect(await handOver(id)).toMatchObject({ allowed: true, reason: null });
    expect(await attempt()).toMatchObject({ state: "HANDED_OVER" });
  });

  test("can be handed over after the disclosure has been sent", async () => {
    const disclosureId = await newDisclosure();
    await approve(disclosureId);
    const id = await copyIn("APPROVED", { ...outside, disclosureId });
    await disclose("spec", "sendExternalDisclosure", { id: disclosureId, measures: "Sealed" });
    expect(await take("spec", "handOverCopyRequest", { id, ...carried })).toMatchObject({
      state: "HANDED_OVER",
    });
  });

  test.each<[what: string, settle: (id: string) => Promise<unknown>]>([
    ["refused", (id) => disclose("mona", "refuseExternalDisclosure", { id, note: "No." })],
    [
      "withdrawn after its approval",
      async (id) => {
        await approve(id);
        await disclose("sam", "withdrawExternalDisclosure", { id });
      },
    ],
    ["whose approval has ended", (id) => approve(id, daysLater(-8))],
  ])("waits where the disclosure is one %s", async (_what, settle) => {
    const disclosureId = await newDisclosure();
    const id = await copyIn("APPROVED", { ...outside, disclosureId });
    await settle(disclosureId);
    expect(await handOver(id)).toMatchObject(missing);
    expect(await take("spec", "handOverCopyRequest", { id, ...carried })).toMatchObject({
      code: "APPROVAL_MISSING",
    });
  });

  test.each<[what: string, other: () => Promise<string>, expected: object]>([
    [
      "without its fields",
      () => newDisclosure({ fields: ["Customer.name"] }),
      { code: "FORM_INCOMPLETE", paths: ["input.disclosureId"] },
    ],
    [
      "to somebody else",
      () => newDisclosure({ recipient: "Somebody else" }),
      { code: "FORM_INCOMPLETE", paths: ["input.disclosureId"] },
    ],
    [
      "that is withdrawn",
      async () => {
        const id = await newDisclosure();
        await disclose("sam", "withdrawExternalDisclosure", { id });
        return id;
      },
      { code: "FORM_INCOMPLETE", paths: ["input.disclosureId"] },
    ],
    [
      "of somebody else's asking",
      async () => {
        const purpose = "CUSTOMER_SERVICE";
        return (await disclose("cara", "requestDisclosure", { ...disclosure, purpose })).id!;
      },
      { code: "NOT_FOUND", paths: ["input.disclosureId"] },
    ],
    [
      "that there is not",
      () => Promise.resolve("dis_nothing"),
      { code: "NOT_FOUND", paths: ["input.disclosureId"] },
    ],
  ])("is not linked to a disclosure %s, at once or later", async (_what, other, expected) => {
    const id = await copyIn("REQUESTED", outside);
    const disclosureId = await other();
    const later = () => take("sam", "linkDisclosure", { id, disclosureId });
    expect(await expectNothingWritten(server, later)).toMatchObject(expected);
    const atOnce = () => take("sam", "requestCopy", { ...request, ...outside, disclosureId });
    expect(await expectNothingWritten(server, atOnce)).toMatchObject(expected);
  });

  test("a disclosure of another customer is none of its", async () => {
    const purpose = "CUSTOMER_SERVICE";
    const { id: disclosureId } = await disclose("cara", "requestDisclosure", {
      ...disclosure,
      ...{ purpose, customerId: customer(2) },
    });
    const copy = { ...request, ...outside, purpose, disclosureId };
    expect(await take("cara", "requestCopy", copy)).toMatchObject({ code: "FORM_INCOMPLETE" });
  });

  test("shares its disclosure with no other copy, whoever comes first", async () => {
    const disclosureId = await newDisclosure();
    const copies = [await copyIn("REQUESTED", outside), await copyIn("REQUESTED", outside)];
    const links = await Promise.all(copies.map((id) => take("sam", "linkDisclosure", { id, disclosureId })));
    expect(links.map(({ code }) => code ?? "linked").sort()).toEqual(["FORM_INCOMPLETE", "linked"]);
  });

  test("the link has to name one", async () => {
    const id = await copyIn("REQUESTED", outside);
    expect(await take("sam", "linkDisclosure", { id })).toMatchObject({
      code: "FORM_INCOMPLETE",
      paths: ["input.disclosureId"],
    });
  });
});

describe("who sees a copy", () => {
  const query =
    "query ($id: ID!) { copyRequest(id: $id) { fields recipient customer { code } history { action note } } }";
  const form = { fields: contact, recipient: request.recipient };
  const clear = { ...form, customer: { code: "C1" } };

  let id: string;
  beforeAll(async () => {
    id = await copyIn("REQUESTED", { carrierId: person("tim") });
  });

  // sam asked, tim of technology carries it: he reads the form, and of the customer what he reads anyway.
  test.each<[account: string, expected: object | null]>([
    ["sam", clear],
    ["sue", { ...form, customer: null }],
    ["tim", { ...form, customer: null }],
    ["sven", clear],
    ["mona", clear],
    ["gina", clear],
    ["adam", { ...form, customer: null }],
    ["ada", { ...form, customer: null }],
    ["cara", null],
    ["spec", null],
    ["pia", null],
    ["tess", null],
    ["neo", null],
    ["vic", null],
  ])("%s", async (account, expected) => {
    const { data } = await server.executeAs(account, query, { variables: { id } });
    if (expected) expect(data.copyRequest).toMatchObject(expected);
    else expect(data.copyRequest).toBeNull();
  });

  test("an auditor sees it, and a customer hears that there is nothing for them", async () => {
    const { db } = server.database;
    const auditor = { employeeId: person("cory"), role: "AUDITOR" } as const;
    await db.employeeRole.create({ data: auditor });
    onTestFinished(async () => void (await db.employeeRole.deleteMany({ where: auditor })));
    const { data } = await server.executeAs("cory", query, { variables: { id } });
    expect(data.copyRequest).toMatchObject(form);
    const { errors } = await server.executeAs("cu1", "{ copyRequests { totalCount } }");
    expect(errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
  });

  test("the supervisor sees the history of copies, and of nobody's applications", async () => {
    const applications =
      "{ grantApplications(first: 500) { nodes { employee { staffNo } history { note } } } }";
    const { data } = await server.executeAs("sven", applications);
    for (const { employee, history } of data.grantApplications.nodes) {
      expect(employee.staffNo).toBe("sven");
      for (const { note } of history) expect(note).toBeNull();
    }
    const refused = await copyIn("REFUSED");
    const copy = await server.executeAs("sven", query, { variables: { id: refused } });
    expect(copy.data.copyRequest.history).toEqual([
      { action: "request", note: null },
      { action: "refuse", note: "Not needed." },
    ]);
  });
});
