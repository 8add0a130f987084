import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectionWorkflow } from "../../src/objections/objection.workflow.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { formerCustomer } from "../customers/former-customer.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { clockAt, customer, daysLater, person, stepsOf } from "../support/form-steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const take = stepsOf(() => server, "objection");
const against = "I am on a list that I do not know of.";
const said = {
  acknowledge: { againstDepartment: "SALES" },
  uphold: { finding: "The list has no purpose." },
  dismiss: { finding: "It has a purpose." },
  finish: { rectification: "The list is destroyed." },
  close: { answer: "It is as you wish." },
};

type Reached = keyof typeof objectionWorkflow.states;
interface Course {
  readonly filedBy?: string;
  readonly form?: object;
  readonly acknowledged?: object;
  readonly investigator?: string;
  readonly rectifier?: string;
  readonly now?: Date;
}

/** An objection of C1 that has come to a state, by its id. */
async function standing(
  state: Reached,
  { filedBy = "cu1", form = {}, acknowledged = said.acknowledge, ...people }: Course = {},
): Promise<string> {
  const { investigator = "adam", rectifier = "sue", now = testNow } = people;
  const must = async (...[account, mutation, input]: Parameters<typeof take>) => {
    const taken = await take(account, mutation, input, { now });
    expect(`${mutation} ${taken.code} ${taken.paths}`).toBe(`${mutation} undefined `);
    return taken;
  };
  const { id } = await must(filedBy, "fileObjection", { against, ...form });
  const step = (account: string, mutation: string, input: object = {}) =>
    must(account, mutation, { id, ...input });
  if (state === "FILED") return id!;
  await step("cara", "acknowledgeObjection", acknowledged);
  if (state === "ACKNOWLEDGED") return id!;
  await step(investigator, "investigateObjection");
  if (state === "INVESTIGATING") return id!;
  if (state === "DISMISSED") await step(investigator, "dismissObjection", said.dismiss);
  else await step(investigator, "upholdObjection", said.uphold);
  if (state === "DISMISSED" || state === "UPHELD") return id!;
  await step(rectifier, "startRectifyingObjection");
  if (state === "RECTIFYING") return id!;
  await step(rectifier, "finishRectifyingObjection", said.finish);
  if (state === "RECTIFIED") return id!;
  await step("cara", "closeObjection", said.close);
  return id!;
}

const stored = (id: string) => server.database.db.objection.findUniqueOrThrow({ where: { id } });

/** What everybody has been told of an objection since, by account. */
async function told(id: string): Promise<readonly string[]> {
  const heard = await server.database.db.notification.findMany({
    where: { recordId: id, readAt: null },
    select: { says: true, person: { select: { staffNo: true } } },
  });
  await server.database.db.notification.updateMany({ where: { recordId: id }, data: { readAt: testNow } });
  return heard.map(({ says, person: { staffNo } }) => `${staffNo}: ${says}`).sort();
}

describe("filing", () => {
  test("a customer objects about the own record, with a number and a term of one working day", async () => {
    const id = await standing("FILED", { form: { againstDepartment: "SALES", statementVersion: 2 } });
    expect(await stored(id)).toMatchObject({
      ...{ customerId: customer(1), loginId: person("cu1"), against, againstDepartment: "SALES" },
      ...{ againstEmployeeId: null, statementVersion: 2, filedAt: testNow },
      formNo: expect.stringMatching(/^OB-2026-\d{4}$/),
      // The 22nd is a Sunday: the working day is Monday, Asia/Shanghai.
      dueAt: new Date("2026-11-23T16:00:00Z"),
    });
  });

  test("customer service files on behalf: of a customer with a login it is the customer's, of others nobody's", async () => {
    const behalf = (number: number) =>
      standing("FILED", {
        filedBy: "cara",
        form: { customerId: customer(number), againstEmployeeId: person("sam") },
      });
    expect(await stored(await behalf(1))).toMatchObject({
      loginId: person("cu1"),
      againstDepartment: "SALES",
    });
    expect(await stored(await behalf(2))).toMatchObject({ loginId: null, againstEmployeeId: person("sam") });
  });

  test.each<[string, string, object, string, string[]]>([
    ["nothing said", "cu1", { against: " " }, "FORM_INCOMPLETE", ["input.against"]],
    ["another customer's record", "cu1", { customerId: customer(2) }, "NOT_FOUND", ["input.customerId"]],
    [
      "a customer who has been destroyed or never was",
      "cara",
      { customerId: "cus_none" },
      "NOT_FOUND",
      ["input.customerId"],
    ],
    [
      "a customer above the own clearance",
      "cara",
      { customerId: customer(3) },
      "NOT_FOUND",
      ["input.customerId"],
    ],
    ["nobody's record", "cara", {}, "FORM_INCOMPLETE", ["input.customerId"]],
    [
      "by a name that customers do not know",
      "cu1",
      { againstEmployeeId: person("sam") },
      "NOT_FOUND",
      ["input.againstEmployeeId"],
    ],
    [
      "against a customer",
      "cu1",
      { againstEmployeeId: person("cu1") },
      "FORM_INCOMPLETE",
      ["input.againstEmployeeId"],
    ],
    [
      "against somebody of another department",
      "cara",
      { customerId: customer(1), againstEmployeeId: person("sam"), againstDepartment: "FINANCE" },
      "FORM_INCOMPLETE",
      ["input.againstDepartment"],
    ],
    ["a version that there is not", "cu1", { statementVersion: 9 }, "NOT_FOUND", ["input.statementVersion"]],
    ["by a seller", "sam", { customerId: customer(1) }, "NOT_YOUR_ROLE", []],
    ["by administration", "adam", { customerId: customer(1) }, "NOT_YOUR_ROLE", []],
  ])("%s is refused", async (_, account, form, code, paths) => {
    expect(await take(account, "fileObjection", { against, ...form })).toMatchObject({ code, paths });
  });
});

describe("acknowledging", () => {
  test.each<[string, object, object, object]>([
    [
      "a department",
      {},
      { againstDepartment: "FINANCE" },
      { againstDepartment: "FINANCE", againstEmployeeId: null },
    ],
    [
      "a person",
      {},
      { againstEmployeeId: person("sam") },
      { againstDepartment: "SALES", againstEmployeeId: person("sam") },
    ],
    ["as the customer said", { againstDepartment: "SALES" }, {}, { againstDepartment: "SALES" }],
    [
      "otherwise than the customer said",
      { againstDepartment: "SALES" },
      { againstDepartment: "FINANCE" },
      { againstDepartment: "FINANCE" },
    ],
  ])("says whom it is against: %s", async (_, form, acknowledged, expected) => {
    const id = await standing("ACKNOWLEDGED", { form, acknowledged });
    // Fifteen days.
    expect(await stored(id)).toMatchObject({ ...expected, ackAt: testNow, dueAt: daysLater(15) });
  });

  test.each<[string, object, string, string]>([
    ["nobody at all", {}, "FORM_INCOMPLETE", "input.againstDepartment"],
    ["oneself", { againstEmployeeId: person("cara") }, "SELF_DECISION", "input.againstEmployeeId"],
    ["somebody who is not there", { againstEmployeeId: "emp_none" }, "NOT_FOUND", "input.againstEmployeeId"],
  ])("against %s is refused", async (_, acknowledged, code, path) => {
    const id = await standing("FILED");
    const taken = await take("cara", "acknowledgeObjection", { id, ...acknowledged });
    expect(taken).toMatchObject({ code, paths: [path] });
  });
});

describe("whose it is", () => {
  const ofSam = { againstEmployeeId: person("sam") };
  const ofCarl = { againstEmployeeId: person("carl") };
  const ofAdam = { againstEmployeeId: person("adam") };
  const ofAda = { againstEmployeeId: person("ada") };
  const ofGina = { againstEmployeeId: person("gina") };
  const administration = { againstDepartment: "ADMINISTRATION" };

  test.each<[string, Reached, Course, string, string, string | undefined]>([
    [
      "the person objected to does not look into it",
      "ACKNOWLEDGED",
      { acknowledged: ofAdam },
      "adam",
      "investigateObjection",
      "SELF_DECISION",
    ],
    [
      "nor the head who would rectify it",
      "ACKNOWLEDGED",
      { acknowledged: ofAdam },
      "ada",
      "investigateObjection",
      "SELF_DECISION",
    ],
    [
      "then the general manager does",
      "ACKNOWLEDGED",
      { acknowledged: ofAdam },
      "gina",
      "investigateObjection",
      undefined,
    ],
    [
      "of the head of administration a reviewer does",
      "ACKNOWLEDGED",
      { acknowledged: ofAda },
      "adam",
      "investigateObjection",
      undefined,
    ],
    [
      "not the general manager, who would rectify that",
      "ACKNOWLEDGED",
      { acknowledged: ofAda },
      "gina",
      "investigateObjection",
      "SELF_DECISION",
    ],
    [
      "of administration itself nobody there",
      "ACKNOWLEDGED",
      { acknowledged: administration },
      "adam",
      "investigateObjection",
      "SELF_DECISION",
    ],
    [
      "of administration itself not its head",
      "ACKNOWLEDGED",
      { acknowledged: administration },
      "ada",
      "investigateObjection",
      "SELF_DECISION",
    ],
    ["the head of the department rectifies", "UPHELD", {}, "sue", "startRectifyingObjection", undefined],
    ["no other head does", "UPHELD", {}, "pia", "startRectifyingObjection", "NOT_FOUND"],
    ["nor a colleague", "UPHELD", { acknowledged: ofSam }, "sam", "startRectifyingObjection", "NOT_FOUND"],
    ["nor who looked into it", "UPHELD", {}, "adam", "startRectifyingObjection", "NOT_YOUR_ROLE"],
    [
      "what is against the general manager the head of administration rectifies",
      "UPHELD",
      { acknowledged: ofGina },
      "ada",
      "startRectifyingObjection",
      undefined,
    ],
    [
      "the person objected to tells the customer nothing",
      "DISMISSED",
      { acknowledged: ofCarl },
      "carl",
      "closeObjection",
      "SELF_DECISION",
    ],
    ["who acknowledged it does", "DISMISSED", {}, "cara", "closeObjection", undefined],
    [
      "who rectified it does not",
      "RECTIFIED",
      { acknowledged: { againstDepartment: "CUSTOMER_SERVICE" }, rectifier: "mona" },
      "mona",
      "closeObjection",
      "SELF_DECISION",
    ],
    ["the customer takes no step of it", "RECTIFIED", {}, "cu1", "closeObjection", "NOT_YOUR_ROLE"],
  ])("%s", async (_, state, course, account, mutation, code) => {
    const id = await standing(state, course);
    const input = mutation === "closeObjection" ? said.close : {};
    expect((await take(account, mutation, { id, ...input })).code).toBe(code);
  });

  test("nothing is found, rectified or closed without words", async () => {
    const missing = async (state: Reached, account: string, mutation: string) =>
      (await take(account, mutation, { id: await standing(state) })).paths;
    expect(await missing("INVESTIGATING", "adam", "upholdObjection")).toEqual(["input.finding"]);
    expect(await missing("INVESTIGATING", "adam", "dismissObjection")).toEqual(["input.finding"]);
    expect(await missing("RECTIFYING", "sue", "finishRectifyingObjection")).toEqual(["input.rectification"]);
    expect(await missing("RECTIFIED", "cara", "closeObjection")).toEqual(["input.answer"]);
    expect(await missing("DISMISSED", "cara", "closeObjection")).toEqual(["input.answer"]);
  });
});

describe("terms", () => {
  test("the result is due fifteen days after the acknowledgement, whenever somebody takes it up", async () => {
    const id = await standing("ACKNOWLEDGED");
    await take("adam", "investigateObjection", { id }, { now: daysLater(5) });
    expect((await stored(id)).dueAt).toEqual(daysLater(15));
  });

  test("the department has ten working days from the result on", async () => {
    const id = await standing("RECTIFYING");
    // Two weeks from a Sunday on: until the end of Friday, the 4th of December, Asia/Shanghai.
    expect((await stored(id)).rectificationDue).toEqual(new Date("2026-12-04T16:00:00Z"));
  });

  test.each<[string, Reached, number, readonly string[]]>([
    [
      "not acknowledged after a working day",
      "FILED",
      2,
      ["mona: A customer's objection has not been acknowledged in time."],
    ],
    [
      "two days before the result is due",
      "ACKNOWLEDGED",
      13,
      ["adam: A customer's objection is due within two days: it waits for a result."],
    ],
    [
      "when it was due",
      "INVESTIGATING",
      15,
      [
        "ada: A customer's objection has no result in time.",
        "adam: A customer's objection has no result in time.",
      ],
    ],
    [
      "two days before it is to be rectified",
      "UPHELD",
      11,
      ["sue: What a customer has objected to is to be rectified within two days."],
    ],
    [
      "when it was to be rectified",
      "RECTIFYING",
      13,
      [
        "ada: What a customer has objected to has not been rectified in time.",
        "sue: What a customer has objected to has not been rectified in time.",
      ],
    ],
    [
      "the customer not told after a working day",
      "DISMISSED",
      2,
      ["mona: A customer waits to be told what has come of an objection."],
    ],
  ])("%s: those whose it is are reminded", async (_, state, days, lines) => {
    const id = await standing(state);
    await told(id);
    await keepTime(server.database.db, daysLater(days));
    expect(await told(id)).toEqual(lines);
    await keepTime(server.database.db, daysLater(days));
    expect(await told(id)).toEqual([]);
  });
});

describe("who hears of it", () => {
  test("customer service at once, then the customer and whose turn it is, step by step", async () => {
    const id = await standing("FILED");
    const arrived = "A customer objects to how data is used.";
    const service = ["cara", "carl", "mona", "nina", "sven"];
    expect(await told(id)).toEqual(service.map((one) => `${one}: ${arrived}`));
    const next = async (account: string, mutation: string, input: object = {}) => {
      await take(account, mutation, { id, ...input });
      return (await told(id)).map((line) => line.split(":")[0]);
    };
    expect(await next("cara", "acknowledgeObjection", said.acknowledge)).toEqual(["ada", "adam", "cu1"]);
    expect(await next("adam", "investigateObjection")).toEqual(["cu1"]);
    expect(await next("adam", "upholdObjection", said.uphold)).toEqual(["cu1", "sue"]);
    expect(await next("sue", "startRectifyingObjection")).toEqual([]);
    expect(await next("sue", "finishRectifyingObjection", said.finish)).toEqual([
      "cara",
      "carl",
      "mona",
      "nina",
    ]);
    expect(await next("cara", "closeObjection", said.close)).toEqual(["cu1"]);
    expect(await next("cu1", "reopenObjection", { note: "No." })).toEqual(["ada", "adam"]);
  });

  test("the customer reads so in the own notifications", async () => {
    const id = await standing("CLOSED");
    const { data } = await server.executeAs(
      "cu1",
      `{ notifications(where: { formId: { eq: "${id}" } }) { nodes { form says } } }`,
    );
    expect(data.notifications.nodes).toContainEqual({
      form: "Objection",
      says: "Your objection has been answered.",
    });
  });
});

describe("what has been closed", () => {
  test.each<[string, string, number, string | undefined]>([
    ["the customer, on the last day", "cu1", 29.9, undefined],
    ["customer service on behalf", "carl", 3, undefined],
    ["the customer, after thirty days", "cu1", 30, "WRONG_STATE"],
    ["administration", "adam", 1, "NOT_YOUR_ROLE"],
  ])("is opened again by %s: %s days later", async (_, account, days, code) => {
    const id = await standing("CLOSED");
    expect((await stored(id)).reopenableUntil).toEqual(daysLater(30));
    const taken = await take(
      account,
      "reopenObjection",
      { id, note: "It is not gone." },
      { now: daysLater(days) },
    );
    expect(taken.code).toBe(code);
  });

  test("is opened again with a reason", async () => {
    const id = await standing("CLOSED");
    expect(await take("cu1", "reopenObjection", { id })).toMatchObject({
      code: "FORM_INCOMPLETE",
      paths: ["input.note"],
    });
  });

  test("is opened again once: with the second answer it is settled, and what was said before stays beside it", async () => {
    const id = await standing("CLOSED");
    await take("cu1", "reopenObjection", { id, note: "It is not gone." });
    expect(await stored(id)).toMatchObject({
      ...{
        state: "ACKNOWLEDGED",
        answer: null,
        result: null,
        investigatorId: null,
        rectifierId: null,
        closedById: null,
      },
      ...{
        firstAnswer: said.close.answer,
        firstFinding: "UPHELD: The list has no purpose.\nThe list is destroyed.",
      },
      ...{ reopenedAt: testNow, dueAt: daysLater(15) },
    });
    await take("ada", "investigateObjection", { id });
    await take("ada", "dismissObjection", { id, ...said.dismiss });
    expect(await take("cara", "closeObjection", { id, answer: "It is." })).toMatchObject({
      state: "SETTLED",
    });
    expect(await stored(id)).toMatchObject({ firstAnswer: said.close.answer, answer: "It is." });
    expect((await take("cu1", "reopenObjection", { id, note: "No." })).code).toBe("WRONG_STATE");
  });

  test("is settled by the clock after thirty days", async () => {
    const id = await standing("CLOSED");
    expect(await clockAt(server, objectionWorkflow, id, daysLater(29.9))).toBe("CLOSED");
    expect(await clockAt(server, objectionWorkflow, id, daysLater(30))).toBe("SETTLED");
  });
});

const everything = `query ($id: ID!) { objection(id: $id) {
  formNo state against againstDepartment result answer firstAnswer ackAt closedAt customer { code }
  againstEmployee { name } acknowledgedBy { name } investigator { name } rectifier { name } closedBy { name }
  finding rectification firstFinding history { action by { name } note } } }`;

describe("who sees what", () => {
  test("the customer: where it stands and the answer, no name, no finding, no history (rulebook 6-24)", async () => {
    const id = await standing("CLOSED", { acknowledged: { againstEmployeeId: person("sam") } });
    const { data, errors } = await server.executeAs("cu1", everything, { variables: { id } });
    expect(errors).toBeUndefined();
    expect(data.objection).toEqual({
      ...{
        formNo: expect.any(String),
        state: "CLOSED",
        against,
        againstDepartment: "SALES",
        result: "UPHELD",
      },
      ...{
        answer: said.close.answer,
        firstAnswer: null,
        ackAt: expect.any(String),
        closedAt: expect.any(String),
      },
      customer: { code: "C1" },
      ...{ againstEmployee: null, acknowledgedBy: null, investigator: null, rectifier: null, closedBy: null },
      ...{ finding: null, rectification: null, firstFinding: null, history: null },
    });
  });

  test("the customer, of what customer service filed, and nothing of another customer's", async () => {
    const behalf = (number: number) =>
      standing("FILED", { filedBy: "cara", form: { customerId: customer(number) } });
    const [own, others] = [await behalf(1), await behalf(2)];
    const { data } = await server.executeAs(
      "cu1",
      "query ($own: ID!, $others: ID!) { own: objection(id: $own) { state } others: objection(id: $others) { state } }",
      { variables: { own, others } },
    );
    expect(data).toEqual({ own: { state: "FILED" }, others: null });
  });

  test("the customer's own page holds the own ones", async () => {
    const { data } = await server.executeAs(
      "cu1",
      '{ customers { nodes { code objections(where: { formNo: { in: ["OB-2026-0001", "OB-2026-0003", "OB-2026-0006"] } }) { nodes { formNo } } } } }',
    );
    // The others are C2's, the first of them filed by customer service for a customer without a login.
    const nodes = [{ formNo: "OB-2026-0001" }];
    expect(data.customers.nodes).toEqual([{ code: "C1", objections: { nodes } }]);
  });

  test.each<[string, boolean, boolean]>([
    // Whose it is to deal with: where it stands, what was said, and against whom.
    ["cara", true, true],
    ["adam", true, true],
    ["gina", true, true],
    ["sue", true, true],
    // Of another department, whose seller it is, whom it is against.
    ["pia", false, false],
    ["dora", false, false],
    ["sam", false, false],
    ["fin", false, false],
  ])("%s: whether it is there %s, whom it is against %s", async (account, there, seen) => {
    const id = await standing("CLOSED", { acknowledged: { againstEmployeeId: person("sam") } });
    const { data } = await server.executeAs(account, everything, { variables: { id } });
    expect(data.objection !== null && data.objection !== undefined).toBe(there);
    expect(data.objection?.againstEmployee?.name === "宋山").toBe(seen);
    expect(data.objection?.finding === said.uphold.finding).toBe(seen);
  });

  test.each<[string, object, string]>([
    ["no device", { device: null }, "DEVICE_UNREGISTERED"],
    ["somebody else's device", { device: "D3" }, "DEVICE_NOT_YOURS"],
  ])("what a customer said takes what every look at customer data takes: %s", async (_, asking, reason) => {
    const id = await standing("INVESTIGATING");
    const { data, extensions } = await server.executeAs(
      "adam",
      "query ($id: ID!) { objection(id: $id) { state against } }",
      { variables: { id }, ...asking },
    );
    expect(data.objection).toEqual({ state: "INVESTIGATING", against: null });
    expect(extensions?.access?.fields).toMatchObject([
      { field: "Objection.against", outcome: "WITHHELD", reason },
    ]);
  });

  test("what a classified customer said is read at a device for it only, by whoever deals with it", async () => {
    const id = await standing("INVESTIGATING");
    const { db } = server.database;
    const read = () =>
      server.executeAs("adam", "query ($id: ID!) { objection(id: $id) { state against } }", {
        variables: { id },
      });
    await db.customer.update({
      where: { id: customer(1) },
      data: { secrecy: "CONFIDENTIAL", keeperId: person("mona") },
    });
    try {
      expect((await read()).data.objection).toEqual({ state: "INVESTIGATING", against: null });
    } finally {
      await db.customer.update({ where: { id: customer(1) }, data: { secrecy: "ORDINARY", keeperId: null } });
    }
    expect((await read()).data.objection).toEqual({ state: "INVESTIGATING", against });
  });
});

test("a customer with an objection that can still be opened is not disposed of; when one is, no word of it stays", async () => {
  const { db } = server.database;
  const customerId = await formerCustomer(db);
  const filed = { filedBy: "cara", form: { customerId } };
  const [open, settled] = [await standing("CLOSED", filed), await standing("CLOSED", filed)];
  const dispose = async (account: string, mutation: string, input: object) => {
    const { errors, data } = await server.executeAs(
      account,
      `mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { disposal { id } } }`,
      { variables: { input }, now: daysLater(20) },
    );
    return { code: errors?.[0]?.extensions?.code, id: data?.[mutation]?.disposal?.id };
  };
  await clockAt(server, objectionWorkflow, settled, daysLater(31));
  const proposal = { customerIds: [customerId], method: "SHRED", reason: "Its time is over." };
  expect((await dispose("spec", "proposeDisposal", proposal)).code).toBe("OPEN_ITEMS");
  await clockAt(server, objectionWorkflow, open, daysLater(31));
  const { id } = await dispose("spec", "proposeDisposal", proposal);
  await dispose("cara", "witnessDisposal", { id });
  await dispose("sven", "approveDisposal", { id });
  expect((await dispose("spec", "destroyDisposal", { id })).code).toBeUndefined();
  expect(await stored(settled)).toMatchObject({
    ...{ against: "—", finding: "—", rectification: "—", answer: "—" },
    ...{ result: "UPHELD", againstDepartment: "SALES", state: "SETTLED" },
  });
});
