import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, type DemoServer, demoServer } from "../support/execute-as.js";
import { fitForClassified } from "../support/fit-for-classified.js";
import { formerCustomer } from "./former-customer.js";

let server: DemoServer;
let customers: Record<string, string>;
beforeAll(async () => {
  server = await demoServer();
  const rows = await server.database.db.customer.findMany({
    where: { code: { in: ["C1", "C2", "C3", "C4", "C5", "C11", "C12", "C13", "C14"] } },
  });
  customers = Object.fromEntries(rows.map(({ code, id }) => [code, id]));
});
afterAll(() => server?.close());

const codesOf = ({ errors }: Answer) => (errors ?? []).map(({ extensions }) => extensions?.code);
const problemsOf = ({ errors }: Answer) =>
  (errors?.[0]?.extensions?.problems ?? []) as { inputPath: string; code: string; reason: string }[];

const propose = (account: string, input: object) =>
  server.executeAs(
    account,
    `mutation ($input: ProposeDisposalInput!) { proposeDisposal(input: $input) { disposal {
      id formNo state method reason dueAt proposedBy { staffNo } customers { code status }
    } } }`,
    { variables: { input: { method: "SHRED", reason: "The retention period is over.", ...input } } },
  );

type Step = "witness" | "approve" | "refuse" | "withdraw" | "destroy";

const take = (account: string, step: Step, id: string, note?: string) =>
  server.executeAs(
    account,
    `mutation ($input: ${step[0]!.toUpperCase()}${step.slice(1)}DisposalInput!) { ${step}Disposal(input: $input) { disposal { state note } } }`,
    { variables: { input: { id, ...(note !== undefined && { note }) } } },
  );

const former = (changes = {}) => formerCustomer(server.database.db, changes);
const statusOf = async (id: string) =>
  (await server.database.db.customer.findUniqueOrThrow({ where: { id } })).status;
const stateOf = async (id: string) =>
  (await server.database.db.disposal.findUniqueOrThrow({ where: { id } })).state;

/** A disposal of one former customer that has got as far as this. */
async function disposalIn(state: "PROPOSED" | "WITNESSED" | "APPROVED", changes = {}) {
  const customerId = await former(changes);
  const { data, errors } = await propose("spec", { customerIds: [customerId] });
  expect(errors).toBeUndefined();
  const { id } = data.proposeDisposal.disposal as { id: string };
  if (state !== "PROPOSED") expect(codesOf(await take("cara", "witness", id))).toEqual([]);
  if (state === "APPROVED") expect(codesOf(await take("sven", "approve", id))).toEqual([]);
  return { id, customerId };
}

describe("a disposal is proposed", () => {
  test("of several customers, who are DISPOSAL_PENDING from then on", async () => {
    const ids = [await former(), await former({ status: "INVALID", retentionUntil: null })];
    const { data, errors } = await propose("spec", { customerIds: [...ids, ids[0]] });
    expect(errors).toBeUndefined();
    const { disposal } = data.proposeDisposal;
    expect(disposal).toMatchObject({
      id: expect.stringMatching(/^dsp_/),
      formNo: expect.stringMatching(/^V-2026-\d{4}$/),
      state: "PROPOSED",
      method: "SHRED",
      dueAt: "2026-11-24T16:00:00+00:00",
      proposedBy: { staffNo: "spec" },
    });
    expect(disposal.customers.map(({ status }: { status: string }) => status)).toEqual([
      "DISPOSAL_PENDING",
      "DISPOSAL_PENDING",
    ]);
  });

  test.each<[account: string, codes: string[]]>([
    ["spec", []],
    ["cara", []],
    ["sven", []],
    ["mona", []],
    ["sam", ["NOT_YOUR_ROLE"]],
    ["dora", ["NOT_YOUR_ROLE"]],
    ["adam", ["NOT_YOUR_ROLE"]],
    ["gina", ["NOT_YOUR_ROLE"]],
    ["tim", ["NOT_YOUR_ROLE"]],
    ["cu1", ["NOT_YOUR_ROLE"]],
  ])("by %s: %j", async (account, codes) => {
    const id = await former();
    expect(codesOf(await propose(account, { customerIds: [id] }))).toEqual(codes);
    expect(await statusOf(id)).toBe(codes.length > 0 ? "EXPIRED" : "DISPOSAL_PENDING");
  });

  test("not for sale", async () => {
    const id = await former();
    const { errors } = await propose("spec", { customerIds: [id], method: "SALE" });
    expect(errors![0]!.extensions).toMatchObject({ code: "METHOD_FORBIDDEN", inputPath: "input.method" });
    const sale = server.database.db.disposal.updateMany({ data: { method: "SALE" } });
    await expect(sale).rejects.toThrow("Disposal_method_not_sale");
  });

  test("what is missing or not usable is named at once", async () => {
    const { errors } = await propose("spec", { customerIds: [], method: null, reason: " " });
    const told = errors![0]!.extensions!.problems as { inputPath: string; code: string }[];
    expect(told.map(({ inputPath, code }) => `${inputPath} ${code}`).sort()).toEqual([
      "input.customerIds FORM_INCOMPLETE",
      "input.method FORM_INCOMPLETE",
      "input.reason FORM_INCOMPLETE",
    ]);
    const many = Array.from({ length: 101 }, (_, index) => `cus_${index}`);
    expect(codesOf(await propose("spec", { customerIds: many }))).toEqual(["FORM_INCOMPLETE"]);
  });

  test.each<[what: string, changes: object, codes: string[]]>([
    ["whose retention ended yesterday", { retentionUntil: new Date("2026-11-21") }, []],
    ["whose retention ends today", { retentionUntil: new Date("2026-11-22") }, ["RETENTION_NOT_OVER"]],
    ["whose retention runs", { retentionUntil: new Date("2027-01-01") }, ["RETENTION_NOT_OVER"]],
    ["of whom none is known, expired", { retentionUntil: null, status: "EXPIRED" }, []],
    ["of whom none is known, invalid", { retentionUntil: null, status: "INVALID" }, []],
    ["of whom none is known, active", { retentionUntil: null, status: "ACTIVE" }, ["RETENTION_NOT_OVER"]],
    ["active, whose retention is over", { status: "ACTIVE" }, []],
  ])("of a customer %s", async (_what, changes, codes) => {
    const id = await former(changes);
    const answer = await propose("spec", { customerIds: [id] });
    expect(codesOf(answer)).toEqual(codes);
    if (codes.length > 0) expect(problemsOf(answer)[0]!.inputPath).toBe("input.customerIds.0");
  });

  test.each(["Order", "ServiceCase", "CorrectionRequest", "SensitiveUse", "Disposal", "GrantApplication"])(
    "not while there is an open %s",
    async (kind) => {
      const { db } = server.database;
      const id = await former();
      const at = new Date("2026-11-20T00:00:00Z");
      const person = async (staffNo: string) =>
        (await db.employee.findUniqueOrThrow({ where: { staffNo } })).id;
      const open: Record<string, () => Promise<unknown>> = {
        Order: () =>
          db.order.create({
            data: {
              id: `ord_${id}`,
              orderNo: `O${id}`,
              customerId: id,
              product: "Tea",
              quantity: 1,
              status: "PLACED",
            },
          }),
        ServiceCase: () =>
          db.serviceCase.create({
            data: {
              id: `svc_${id}`,
              customerId: id,
              kind: "FEEDBACK",
              channel: "PHONE",
              receivedAt: at,
              content: "Hm.",
            },
          }),
        CorrectionRequest: () =>
          server.executeAs(
            "cara",
            `mutation { proposeCorrection(input: { customerId: "${id}", field: "Customer.rating", newValue: "Z", reason: "x" }) { correctionRequest { id } } }`,
          ),
        SensitiveUse: async () =>
          db.sensitiveUse.create({
            data: {
              id: `use_${id}`,
              declaredById: await person("carl"),
              grantId: (await db.grant.findFirstOrThrow({ where: { grantee: { staffNo: "carl" } } })).id,
              purpose: "CUSTOMER_SERVICE",
              fields: ["Customer.taxId"],
              plannedFrom: at,
              plannedUntil: new Date("2026-12-20T00:00:00Z"),
              state: "OPEN",
              customers: { create: [{ customerId: id }] },
            },
          }),
        Disposal: () => propose("cara", { customerIds: [id] }),
        GrantApplication: async () =>
          db.grantApplication.create({
            data: {
              id: `app_${id}`,
              formNo: `A-${id}`,
              kind: "CASE",
              employeeId: await person("ian"),
              tier: "MASKED",
              customerScope: "CASE_LIST",
              operations: [],
              purposes: [],
              validTo: new Date("2026-12-20T00:00:00Z"),
              reason: "A case",
              state: "DRAFT",
              customerList: { create: [{ id: `gcu_${id}`, customerId: id }] },
            },
          }),
      };
      await open[kind]!();
      const answer = await propose("mona", { customerIds: [await former(), id] });
      expect(problemsOf(answer)).toEqual([
        { inputPath: "input.customerIds.1", code: "OPEN_ITEMS", reason: `Still open: ${kind}.` },
      ]);
    },
  );

  test("a kind of record that the proposer does not reach is not named", async () => {
    const { db } = server.database;
    const id = await former();
    await db.order.create({
      data: {
        id: `ord_x${id}`,
        orderNo: `Ox${id}`,
        customerId: id,
        product: "Tea",
        quantity: 1,
        status: "SHIPPED",
      },
    });
    const grant = await db.grant.findFirstOrThrow({ where: { grantee: { staffNo: "spec" } } });
    const order = { grantId_fieldClass: { grantId: grant.id, fieldClass: "ORDER" as const } };
    const financial = { grantId_fieldClass: { grantId: grant.id, fieldClass: "FINANCIAL" as const } };
    const basic = { grantId_fieldClass: { grantId: grant.id, fieldClass: "BASIC" as const } };
    await db.grantClass.delete({ where: order });
    await db.grantClass.delete({ where: financial });
    await db.grantClass.update({ where: basic, data: { onlyFields: ["Customer.name"] } });
    expect(problemsOf(await propose("spec", { customerIds: [id] })).map(({ reason }) => reason)).toEqual([
      "Still open: something else.",
    ]);
    await db.grantClass.create({
      data: { id: "gcl_o", grantId: grant.id, fieldClass: "ORDER", cap: "CLEAR", onlyFields: [] },
    });
    await db.grantClass.create({
      data: { id: "gcl_f", grantId: grant.id, fieldClass: "FINANCIAL", cap: "MASKED", onlyFields: [] },
    });
    await db.grantClass.update({ where: basic, data: { onlyFields: [] } });
  });

  test("every customer's problems are told at once, and no customer changes", async () => {
    const good = await former();
    const answer = await propose("mona", { customerIds: [good, customers.C4, customers.C1, customers.C2] });
    expect(problemsOf(answer).map(({ inputPath, code }) => `${inputPath} ${code}`)).toEqual(
      expect.arrayContaining([
        "input.customerIds.1 OPEN_ITEMS",
        "input.customerIds.2 RETENTION_NOT_OVER",
        "input.customerIds.2 OPEN_ITEMS",
      ]),
    );
    expect(await statusOf(good)).toBe("EXPIRED");
  });

  test.each([
    ["beyond the clearance", "C3"],
    ["that does not exist", "cus_nobody"],
  ])("a customer %s is not there", async (_what, code) => {
    const { errors } = await propose("spec", { customerIds: [await former(), customers[code] ?? code] });
    expect(errors![0]!.extensions).toMatchObject({ code: "NOT_FOUND", inputPath: "input.customerIds.1" });
  });

  test("who has been destroyed is not destroyed again, and who is about to be is open", async () => {
    expect(codesOf(await propose("spec", { customerIds: [customers.C14] }))).toEqual(["WRONG_STATE"]);
    expect(codesOf(await propose("spec", { customerIds: [customers.C11] }))).toEqual(["OPEN_ITEMS"]);
  });

  test("of two who propose the same at once one wins", async () => {
    const id = await former();
    const outcomes = await Promise.all(
      ["spec", "cara", "mona"].map((who) => propose(who, { customerIds: [id] })),
    );
    expect(outcomes.map((answer) => codesOf(answer)[0] ?? "done").sort()).toEqual([
      "OPEN_ITEMS",
      "OPEN_ITEMS",
      "done",
    ]);
    expect(await server.database.db.disposalCustomer.count({ where: { customerId: id } })).toBe(1);
  });
});

describe("a disposal goes from hand to hand", () => {
  test.each<[step: Step, from: "PROPOSED" | "WITNESSED" | "APPROVED", account: string, codes: string[]]>([
    ["witness", "PROPOSED", "cara", []],
    ["witness", "PROPOSED", "mona", []],
    ["witness", "PROPOSED", "spec", ["SELF_DECISION"]],
    ["witness", "PROPOSED", "dora", ["NOT_YOUR_ROLE"]],
    ["witness", "PROPOSED", "sam", ["NOT_YOUR_ROLE"]],
    ["witness", "WITNESSED", "mona", ["WRONG_STATE"]],
    ["approve", "WITNESSED", "dora", []],
    ["approve", "WITNESSED", "sven", []],
    ["approve", "WITNESSED", "mona", []],
    ["approve", "WITNESSED", "cara", ["NOT_YOUR_ROLE"]],
    ["approve", "WITNESSED", "spec", ["NOT_YOUR_ROLE"]],
    ["approve", "WITNESSED", "ada", ["NOT_YOUR_ROLE"]],
    // The general manager's own grant does not allow to delete.
    ["approve", "WITNESSED", "gina", ["TIER_TOO_LOW"]],
    ["approve", "WITNESSED", "tim", ["NOT_YOUR_ROLE"]],
    ["approve", "PROPOSED", "sven", ["WRONG_STATE"]],
    ["approve", "APPROVED", "mona", ["WRONG_STATE"]],
    ["refuse", "PROPOSED", "dora", []],
    ["refuse", "WITNESSED", "sven", []],
    ["refuse", "WITNESSED", "cara", ["NOT_YOUR_ROLE"]],
    ["refuse", "APPROVED", "mona", ["WRONG_STATE"]],
    ["withdraw", "PROPOSED", "spec", []],
    ["withdraw", "APPROVED", "spec", []],
    ["withdraw", "WITNESSED", "cara", ["NOT_YOUR_ROLE"]],
    ["destroy", "APPROVED", "spec", []],
    ["destroy", "APPROVED", "cara", []],
    ["destroy", "APPROVED", "carl", ["NOT_YOUR_ROLE"]],
    ["destroy", "APPROVED", "sven", ["SELF_DECISION"]],
    ["destroy", "APPROVED", "dora", ["NOT_YOUR_ROLE"]],
    ["destroy", "WITNESSED", "spec", ["WRONG_STATE"]],
  ])("%s from %s by %s: %j", async (step, from, account, codes) => {
    const { id, customerId } = await disposalIn(from);
    const note = step === "destroy" ? undefined : "So be it.";
    expect(codesOf(await take(account, step, id, note))).toEqual(codes);
    const done = {
      witness: "WITNESSED",
      approve: "APPROVED",
      refuse: "REFUSED",
      withdraw: "WITHDRAWN",
      destroy: "DESTROYED",
    }[step];
    expect(await stateOf(id)).toBe(codes.length > 0 ? from : done);
    const back = codes.length === 0 && ["refuse", "withdraw"].includes(step);
    const destroyed = codes.length === 0 && step === "destroy";
    expect(await statusOf(customerId)).toBe(back ? "EXPIRED" : destroyed ? "DESTROYED" : "DISPOSAL_PENDING");
  });

  test("proposer, witness and steward are three people, whatever their roles", async () => {
    const customerId = await former();
    const { data } = await propose("sven", { customerIds: [customerId] });
    const { id } = data.proposeDisposal.disposal;
    expect(codesOf(await take("sven", "witness", id))).toEqual(["SELF_DECISION"]);
    expect(codesOf(await take("mona", "witness", id))).toEqual([]);
    expect(codesOf(await take("sven", "approve", id))).toEqual(["SELF_DECISION"]);
    expect(codesOf(await take("mona", "approve", id))).toEqual(["SELF_DECISION"]);
    expect(codesOf(await take("dora", "approve", id))).toEqual([]);
    expect(codesOf(await take("mona", "destroy", id))).toEqual([]);
    const row = await server.database.db.disposal.findUniqueOrThrow({
      where: { id },
      include: { proposedBy: true, witnessedBy: true, decidedBy: true, destroyedBy: true },
    });
    expect(
      [row.proposedBy, row.witnessedBy, row.decidedBy, row.destroyedBy].map((one) => one?.staffNo),
    ).toEqual(["sven", "mona", "dora", "mona"]);
  });

  test("a refusal says why", async () => {
    const { id } = await disposalIn("PROPOSED");
    expect(codesOf(await take("sven", "refuse", id))).toEqual(["FORM_INCOMPLETE"]);
    const { data } = await take("sven", "refuse", id, "Not yet.");
    expect(data.refuseDisposal.disposal).toEqual({ state: "REFUSED", note: "Not yet." });
  });

  test("customers go back to what each of them was", async () => {
    const ids = [await former({ status: "INVALID" }), await former({ status: "ACTIVE" }), await former()];
    const { data } = await propose("spec", { customerIds: ids });
    expect(codesOf(await take("spec", "withdraw", data.proposeDisposal.disposal.id))).toEqual([]);
    expect(await Promise.all(ids.map(statusOf))).toEqual(["INVALID", "ACTIVE", "EXPIRED"]);
  });

  test("a steward's grant has to reach every customer of it", async () => {
    const ids = [await former(), await former({ departmentCode: "CUSTOMER_SERVICE" })];
    const { data } = await propose("spec", { customerIds: ids });
    const { id } = data.proposeDisposal.disposal;
    await take("cara", "witness", id);
    expect(codesOf(await take("dora", "approve", id))).toEqual(["FIELD_WITHHELD"]);
    expect(codesOf(await take("sven", "approve", id))).toEqual([]);
  });

  test.each<[secrecy: string, refused: string, approver: string]>([
    ["CONFIDENTIAL", "sven", "mona"],
    ["TOP_SECRET", "mona", "gina"],
  ])("one with a customer who is %s takes more than %s: %s", async (secrecy, refused, approver) => {
    const { db } = server.database;
    const idOf = async (staffNo: string) => (await db.employee.findUniqueOrThrow({ where: { staffNo } })).id;
    const id = await former({ secrecy, keeperId: await idOf("mona") });
    await fitForClassified(db, ["spec", "sven", "mona", "gina"]);
    for (const staffNo of ["spec", "sven", "mona", "gina"])
      await db.customerClearance.create({ data: { customerId: id, employeeId: await idOf(staffNo) } });
    const grants = await db.grant.findMany({
      where: { grantee: { staffNo: { in: ["spec", "mona", "gina", "sven"] } } },
    });
    for (const grant of grants)
      await db.grant.update({
        where: { id: grant.id },
        data: {
          secrecyClearance: "TOP_SECRET",
          tier: "STEWARD",
          operations: [...new Set([...grant.operations, "DELETE" as const])],
        },
      });
    const { data, errors } = await propose("spec", { customerIds: [id] });
    expect(errors).toBeUndefined();
    const disposal = data.proposeDisposal.disposal.id;
    await take("cara", "witness", disposal);
    expect(codesOf(await take(refused, "approve", disposal))).toEqual(["NOT_YOUR_ROLE"]);
    // Whose grant does not reach so far is told no more than that.
    expect(codesOf(await take("dora", "approve", disposal))).toEqual(["FIELD_WITHHELD"]);
    expect(codesOf(await take(approver, "approve", disposal))).toEqual([]);
    for (const { id: grantId, secrecyClearance, tier, operations } of grants)
      await db.grant.update({ where: { id: grantId }, data: { secrecyClearance, tier, operations } });
  });

  test.each<["approve" | "destroy", "WITNESSED" | "APPROVED", string]>([
    ["approve", "WITNESSED", "sven"],
    ["destroy", "APPROVED", "spec"],
  ])("what has been opened meanwhile keeps it from being %s", async (step, from, account) => {
    const { id, customerId } = await disposalIn(from);
    const receivedAt = new Date("2026-11-22T00:00:00Z");
    await server.database.db.serviceCase.create({
      data: {
        id: `svc_${id}`,
        customerId,
        kind: "COMPLAINT",
        channel: "PHONE",
        receivedAt,
        content: "Wait!",
      },
    });
    expect(problemsOf(await take(account, step, id))).toEqual([
      { inputPath: "input.id", code: "OPEN_ITEMS", reason: "Still open: ServiceCase." },
    ]);
    expect(await stateOf(id)).toBe(from);
    await server.database.db.serviceCase.delete({ where: { id: `svc_${id}` } });
    await server.database.db.customer.update({
      where: { id: customerId },
      data: { retentionUntil: new Date("2027-01-01") },
    });
    expect(codesOf(await take(account, step, id))).toEqual(["RETENTION_NOT_OVER"]);
  });

  test.each<[Step, "PROPOSED" | "WITNESSED" | "APPROVED", [string, string]]>([
    ["witness", "PROPOSED", ["cara", "carl"]],
    ["approve", "WITNESSED", ["sven", "dora"]],
    ["destroy", "APPROVED", ["spec", "cara"]],
  ])("of two who %s at once one wins", async (step, from, accounts) => {
    const { id } = await disposalIn(from);
    const outcomes = await Promise.all(accounts.map((account) => take(account, step, id)));
    expect(outcomes.map((answer) => codesOf(answer)[0] ?? "done").sort()).toEqual(["WRONG_STATE", "done"]);
  });

  test("of a withdrawal and a destruction at once one wins, whole", async () => {
    const { id, customerId } = await disposalIn("APPROVED");
    const outcomes = await Promise.all([take("spec", "withdraw", id), take("cara", "destroy", id)]);
    expect(outcomes.map((answer) => codesOf(answer)[0] ?? "done").sort()).toEqual(["WRONG_STATE", "done"]);
    const whole = { WITHDRAWN: "EXPIRED", DESTROYED: "DESTROYED" }[(await stateOf(id)) as "WITHDRAWN"];
    expect(await statusOf(customerId)).toBe(whole);
  });
});

describe("a disposal is seen", () => {
  const query =
    "{ disposals(first: 200) { totalCount nodes { state method reason customers { code } history { action } } } }";

  test.each(["spec", "cara", "sven", "mona", "dora", "adam", "ada", "gina"])(
    "by %s: all of them",
    async (account) => {
      const { data } = await server.executeAs(account, query);
      expect(data.disposals.totalCount).toBe(await server.database.db.disposal.count());
      for (const { method, history } of data.disposals.nodes) {
        expect(method).not.toBeNull();
        expect(history.length).toBeGreaterThan(0);
      }
    },
  );

  test.each(["sam", "tim", "tess", "fin", "rep", "ian"])("by %s: none", async (account) => {
    const { data } = await server.executeAs(account, query);
    expect(data.disposals.totalCount).toBe(0);
  });

  test("by a customer: not so much as that there are any", async () => {
    expect(codesOf(await server.executeAs("cu1", query))).toEqual(["NOT_YOUR_ROLE"]);
  });

  test("its customers as far as each is in reach", async () => {
    const { id } = await disposalIn("PROPOSED", { departmentCode: "CUSTOMER_SERVICE" });
    const read = async (account: string) =>
      (await server.executeAs(account, `{ disposal(id: "${id}") { customers { code } } }`)).data.disposal
        .customers;
    expect(await read("cara")).toHaveLength(1);
    expect(await read("dora")).toEqual([]);
    expect(await read("adam")).toEqual([]);
  });
});
