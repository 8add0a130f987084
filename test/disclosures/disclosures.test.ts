import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Secrecy } from "../../src/database/client.js";
import { externalDisclosureWorkflow } from "../../src/disclosures/external-disclosure.workflow.js";
import { forbiddenChannels } from "../../src/disclosures/external-disclosure-steps.js";
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

const take = stepsOf(() => server, "externalDisclosure");

/** What sam, a seller, asks to give away of C1, an own customer. */
const request = {
  customerId: customer(1),
  fields: ["Customer.name", "Customer.mobile"],
  recipient: "Zhejiang Tea Express, Ms Wang",
  purpose: "ORDER_HANDLING",
  carrierId: person("spec"),
  channel: "SECURE_CARRIER",
};
const measures = "Sealed envelope";
const asSupervisor = "approveExternalDisclosureAsSupervisor";
const asManager = "approveExternalDisclosureAsManager";

type State = "REQUESTED" | "SUPERVISED" | "APPROVED" | "REFUSED" | "SENT" | "WITHDRAWN";

/** A disclosure in a state, by id; SUPERVISED: requested, with the supervisor's approval. */
async function disclosureIn(state: State, changes: object = {}) {
  const id = (await take("sam", "requestDisclosure", { ...request, ...changes })).id!;
  if (state === "SUPERVISED" || state === "APPROVED" || state === "SENT")
    await take("sven", asSupervisor, { id });
  if (state === "APPROVED" || state === "SENT") await take("mona", asManager, { id });
  if (state === "SENT") await take("spec", "sendExternalDisclosure", { id, measures });
  if (state === "REFUSED") await take("mona", "refuseExternalDisclosure", { id, note: "Too much." });
  if (state === "WITHDRAWN") await take("sam", "withdrawExternalDisclosure", { id });
  return id;
}

describe("asking for a disclosure", () => {
  test("stores which fields of whom, and none of their values", async () => {
    const id = await disclosureIn("REQUESTED");
    const row = await server.database.db.externalDisclosure.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ ...request, requestedById: person("sam"), state: "REQUESTED" });
    expect(row.formNo).toMatch(/^D-2026-\d{4}$/);
    const { mobile } = await server.database.db.customer.findUniqueOrThrow({ where: { id: customer(1) } });
    expect(JSON.stringify(row)).not.toContain(mobile);
  });

  test("names all that is missing at once", async () => {
    const { code, paths } = await expectNothingWritten(server, () => take("sam", "requestDisclosure", {}));
    expect(code).toBe("FORM_INCOMPLETE");
    expect(paths).toEqual(Object.keys(request).map((field) => `input.${field}`));
  });

  test.each<[what: string, changes: object, code: string, path: string]>([
    ...forbiddenChannels.map(
      (channel) =>
        [channel, { channel }, "CHANNEL_FORBIDDEN", "input.channel"] as [string, object, string, string],
    ),
    ["somebody else's customer", { customerId: customer(2) }, "NOT_FOUND", "input.customerId"],
    ["oneself as the carrier", { carrierId: person("sam") }, "FORM_INCOMPLETE", "input.carrierId"],
    ["a masked field", { fields: ["ServiceCase.content"] }, "TIER_TOO_LOW", "input.fields.0"],
    ["a consent without its instant", { consentGivenBy: "林秀英" }, "FORM_INCOMPLETE", "input.consentAt"],
    [
      "a consent to come",
      { consentGivenBy: "林秀英", consentAt: daysLater(1).toISOString() },
      "FORM_INCOMPLETE",
      "input.consentAt",
    ],
    [
      "an instant without who consented",
      { consentAt: daysLater(-1).toISOString() },
      "FORM_INCOMPLETE",
      "input.consentGivenBy",
    ],
  ])("refuses %s", async (_what, changes, code, path) => {
    const taken = await expectNothingWritten(server, () =>
      take("sam", "requestDisclosure", { ...request, ...changes }),
    );
    expect(taken).toMatchObject({ code, paths: [path] });
  });

  test("only people of the company ask", async () => {
    for (const account of ["cu1", "vic", "rep"])
      expect(await take(account, "requestDisclosure", request)).toMatchObject({ code: "NOT_YOUR_ROLE" });
  });

  describe("of FINANCIAL or PRIVATE fields", () => {
    const sensitive = { ...request, fields: ["Customer.name", "Customer.sex"], purpose: "CUSTOMER_SERVICE" };
    beforeAll(async () => {
      const declared = await stepsOf(() => server, "sensitiveUse")("carl", "fileSensitiveUse", {
        customerIds: [customer(1)],
        fields: ["Customer.sex", "Customer.balance"],
        purpose: "CUSTOMER_SERVICE",
        plannedUntil: daysLater(1).toISOString(),
      });
      expect(declared.state).toBe("OPEN");
    });

    test.each(["Customer.sex", "Customer.balance"])("%s takes a consent or a legal basis", async (field) => {
      const form = { ...sensitive, fields: ["Customer.name", field] };
      const refused = await expectNothingWritten(server, () => take("carl", "requestDisclosure", form));
      expect(refused).toMatchObject({ code: "CONSENT_MISSING", paths: ["input.consentGivenBy"] });
    });

    test.each<[what: string, basis: object]>([
      ["a consent", { consentGivenBy: "林秀英", consentAt: daysLater(-1).toISOString() }],
      ["a legal basis", { legalBasis: "Tax administration law, art. 57" }],
    ])("goes with %s", async (_what, basis) => {
      const taken = await take("carl", "requestDisclosure", { ...sensitive, ...basis });
      expect(taken).toMatchObject({ state: "REQUESTED" });
    });

    test("tells a forbidden channel and a missing consent together", async () => {
      const { paths } = await take("carl", "requestDisclosure", { ...sensitive, channel: "TELEGRAM" });
      expect(paths).toEqual(["input.channel", "input.consentGivenBy"]);
    });
  });
});

describe("both approvals", () => {
  type Approval = [account: string, step: string];
  test.each<[one: Approval, other: Approval]>([
    [
      ["sven", asSupervisor],
      ["mona", asManager],
    ],
    [
      ["mona", asManager],
      ["sven", asSupervisor],
    ],
  ])("%o then %o: approved when both have, for seven days", async (one, other) => {
    const id = await disclosureIn("REQUESTED");
    expect(await take(...one, { id })).toMatchObject({ state: "REQUESTED" });
    expect(await take(...other, { id })).toMatchObject({ state: "APPROVED" });
    const row = await server.database.db.externalDisclosure.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({
      supervisorId: person("sven"),
      managerId: person("mona"),
      approvalEndsAt: daysLater(7),
    });
  });

  test("are two people's: nobody fills both seats, and nobody theirs twice", async () => {
    const both = { employeeId: person("mona"), role: "CUST_INFO_SUPERVISOR" } as const;
    const { db } = server.database;
    await db.employeeRole.create({ data: both });
    onTestFinished(async () => void (await db.employeeRole.deleteMany({ where: both })));
    const id = await disclosureIn("REQUESTED");
    expect(await take("mona", asSupervisor, { id })).toMatchObject({ state: "REQUESTED" });
    expect(await take("mona", asManager, { id })).toMatchObject({ code: "SELF_DECISION" });
    expect(await take("mona", asSupervisor, { id })).toMatchObject({ code: "WRONG_STATE" });
    // Nor does a second supervisor take the first one's seat.
    expect(await take("sven", asSupervisor, { id })).toMatchObject({ code: "WRONG_STATE" });
  });

  test("at once: both count, whoever is first", async () => {
    const id = await disclosureIn("REQUESTED");
    const taken = await Promise.all([take("sven", asSupervisor, { id }), take("mona", asManager, { id })]);
    expect(taken.map(({ state }) => state).sort()).toEqual(["APPROVED", "REQUESTED"]);
    await expectOneWins([1, 2].map(() => take("spec", "sendExternalDisclosure", { id, measures })));
  });

  test("twice at once in one seat: one counts", async () => {
    const id = await disclosureIn("REQUESTED");
    await expectOneWins([1, 2].map(() => take("sven", asSupervisor, { id })));
  });
});

// Rulebook 3.3, as copies have it: what is TOP_SECRET leaves with the general manager's permission.
describe("of a TOP_SECRET customer", () => {
  const permit = (account: string, id: string) => take(account, "permitExternalDisclosure", { id });
  const became = (secrecy: Secrecy) =>
    server.database.db.customer.update({
      where: { id: customer(1) },
      data: { secrecy, keeperId: person("mona") },
    });
  /** Asked for while the customer was ordinary still. */
  const classified = async (state: State) => {
    const id = await disclosureIn(state);
    await became("TOP_SECRET");
    onTestFinished(async () => void (await became("ORDINARY")));
    return id;
  };
  const missing = { code: "APPROVAL_MISSING", needs: "the permission of the general manager" };

  test("neither of the two approves it before", async () => {
    const id = await classified("REQUESTED");
    for (const [account, approval] of [
      ["sven", asSupervisor],
      ["mona", asManager],
    ] as const)
      expect(await expectNothingWritten(server, () => take(account, approval, { id }))).toMatchObject(
        missing,
      );
    expect(await permit("gina", id)).toMatchObject({ state: "REQUESTED" });
    expect(await take("sven", asSupervisor, { id })).toMatchObject({ state: "REQUESTED" });
    expect(await take("mona", asManager, { id })).toMatchObject({ state: "APPROVED" });
    expect(await take("spec", "sendExternalDisclosure", { id, measures })).toMatchObject({ state: "SENT" });
    const row = await server.database.db.externalDisclosure.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ permittedById: person("gina") });
  });

  test("who has become so since it was approved is not sent before", async () => {
    const id = await classified("APPROVED");
    const send = () => take("spec", "sendExternalDisclosure", { id, measures });
    expect(await expectNothingWritten(server, send)).toMatchObject(missing);
    expect(await permit("gina", id)).toMatchObject({ state: "APPROVED" });
    expect(await send()).toMatchObject({ state: "SENT" });
  });

  test.each([
    ["sven", "NOT_YOUR_ROLE"],
    ["mona", "NOT_YOUR_ROLE"],
    ["sam", "NOT_YOUR_ROLE"],
    ["cara", "NOT_YOUR_ROLE"],
  ])("%s does not permit it: %s", async (account, code) => {
    const id = await classified("REQUESTED");
    expect(await expectNothingWritten(server, () => permit(account, id))).toMatchObject({ code });
  });

  test("is permitted once, before it is sent, and nobody else", async () => {
    const id = await classified("REQUESTED");
    await expectOneWins([1, 2].map(() => permit("gina", id)));
    await became("ORDINARY");
    for (const state of ["REQUESTED", "SENT"] as const)
      expect(await permit("gina", await disclosureIn(state))).toMatchObject({ code: "WRONG_STATE" });
  });

  test("is not permitted by who carries it", async () => {
    const id = await disclosureIn("REQUESTED", { carrierId: person("gina") });
    await became("TOP_SECRET");
    onTestFinished(async () => void (await became("ORDINARY")));
    expect(await permit("gina", id)).toMatchObject({ code: "SELF_DECISION" });
  });
});

describe("the steps", () => {
  const note = "Too much.";
  test.each<[step: string, from: State, account: string, input: object, expected: object]>([
    [asSupervisor, "REQUESTED", "mona", {}, { code: "NOT_YOUR_ROLE" }],
    [asSupervisor, "REQUESTED", "gina", {}, { code: "NOT_YOUR_ROLE" }],
    [asSupervisor, "REQUESTED", "sam", {}, { code: "NOT_YOUR_ROLE" }],
    [asSupervisor, "APPROVED", "sven", {}, { code: "WRONG_STATE" }],
    [asManager, "REQUESTED", "sven", {}, { code: "NOT_YOUR_ROLE" }],
    [asManager, "REQUESTED", "sue", {}, { code: "NOT_YOUR_ROLE" }],
    [asSupervisor, "REFUSED", "sven", {}, { code: "WRONG_STATE" }],
    ["refuseExternalDisclosure", "REQUESTED", "sven", { note }, { state: "REFUSED" }],
    ["refuseExternalDisclosure", "REQUESTED", "mona", { note }, { state: "REFUSED" }],
    ["refuseExternalDisclosure", "SUPERVISED", "mona", { note }, { state: "REFUSED" }],
    ["refuseExternalDisclosure", "SUPERVISED", "sven", { note }, { state: "REFUSED" }],
    ["refuseExternalDisclosure", "REQUESTED", "mona", {}, { code: "FORM_INCOMPLETE", paths: ["input.note"] }],
    ["refuseExternalDisclosure", "REQUESTED", "gina", { note }, { code: "NOT_YOUR_ROLE" }],
    ["refuseExternalDisclosure", "APPROVED", "mona", { note }, { code: "WRONG_STATE" }],
    ["sendExternalDisclosure", "APPROVED", "spec", { measures }, { state: "SENT" }],
    [
      "sendExternalDisclosure",
      "APPROVED",
      "spec",
      {},
      { code: "FORM_INCOMPLETE", paths: ["input.measures"] },
    ],
    ["sendExternalDisclosure", "APPROVED", "sam", { measures }, { code: "SELF_DECISION" }],
    ["sendExternalDisclosure", "APPROVED", "sven", { measures }, { code: "NOT_YOUR_ROLE" }],
    ["sendExternalDisclosure", "APPROVED", "cara", { measures }, { code: "NOT_FOUND" }],
    ["sendExternalDisclosure", "SUPERVISED", "spec", { measures }, { code: "WRONG_STATE" }],
    ["sendExternalDisclosure", "SENT", "spec", { measures }, { code: "WRONG_STATE" }],
    ["withdrawExternalDisclosure", "REQUESTED", "sam", {}, { state: "WITHDRAWN" }],
    ["withdrawExternalDisclosure", "APPROVED", "sam", {}, { state: "WITHDRAWN" }],
    ["withdrawExternalDisclosure", "APPROVED", "sue", {}, { code: "NOT_YOUR_ROLE" }],
    ["withdrawExternalDisclosure", "APPROVED", "neo", {}, { code: "NOT_FOUND" }],
    ["withdrawExternalDisclosure", "SENT", "sam", {}, { code: "WRONG_STATE" }],
  ])("%s of a disclosure %s by %s with %o: %o", async (step, from, account, input, expected) => {
    const id = await disclosureIn(from);
    const attempt = () => take(account, step, { id, ...input });
    const refused = "code" in expected;
    expect(await (refused ? expectNothingWritten(server, attempt) : attempt())).toMatchObject(expected);
  });

  test("nobody approves what they ask for, or what they carry", async () => {
    const own = await take("sven", "requestDisclosure", { ...request, purpose: "CUSTOMER_SERVICE" });
    expect(await take("sven", asSupervisor, { id: own.id })).toMatchObject({ code: "SELF_DECISION" });
    const toCarry = await disclosureIn("REQUESTED", { carrierId: person("mona") });
    expect(await take("mona", asManager, { id: toCarry })).toMatchObject({ code: "SELF_DECISION" });
  });

  test("of sending and withdrawing at once one happens", async () => {
    const id = await disclosureIn("APPROVED");
    await expectOneWins([
      take("spec", "sendExternalDisclosure", { id, measures }),
      take("sam", "withdrawExternalDisclosure", { id }),
    ]);
  });

  test("an approval that is not used for seven days lapses", async () => {
    const id = await disclosureIn("APPROVED");
    const late = { now: daysLater(7) };
    expect(await take("spec", "sendExternalDisclosure", { id, measures }, late)).toMatchObject({
      code: "WRONG_STATE",
    });
    expect(await clockAt(server, externalDisclosureWorkflow, id, daysLater(6.9))).toBe("APPROVED");
    expect(await clockAt(server, externalDisclosureWorkflow, id, daysLater(7))).toBe("LAPSED");
  });
});

describe("who sees a disclosure", () => {
  const query = "query ($id: ID!) { externalDisclosure(id: $id) { fields recipient channel state } }";
  const form = { fields: request.fields, recipient: request.recipient, channel: "SECURE_CARRIER" };

  // sam asked, spec carries it.
  let id: string;
  beforeAll(async () => {
    id = await disclosureIn("SUPERVISED");
  });

  test.each<[account: string, sees: boolean]>([
    ["sam", true],
    ["sue", true],
    ["spec", true],
    ["sven", true],
    ["mona", true],
    ["gina", true],
    ["adam", true],
    ["clerk", true],
    ["cara", false],
    ["neo", false],
    ["pia", false],
    ["tess", false],
    ["tim", false],
    ["fin", false],
    ["vic", false],
  ])("%s: %s", async (account, sees) => {
    const { data } = await server.executeAs(account, query, { variables: { id } });
    if (sees) expect(data.externalDisclosure).toMatchObject(form);
    else expect(data.externalDisclosure).toBeNull();
    const list = await server.executeAs(account, "{ externalDisclosures(first: 500) { nodes { id } } }");
    const ids: string[] = list.data.externalDisclosures.nodes.map((row: { id: string }) => row.id);
    expect(ids.includes(id)).toBe(sees);
  });

  test("a customer hears that there is nothing for them", async () => {
    const { errors } = await server.executeAs("cu1", "{ externalDisclosures { totalCount } }");
    expect(errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
  });
});
