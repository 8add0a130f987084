import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LoanState } from "../../src/database/client.js";
import { loanWorkflow } from "../../src/dossiers/loan.workflow.js";
import { companyCalendar } from "../../src/workflow/company-calendar.js";
import { loadForm } from "../../src/workflow/load-facts.js";
import { takeDueSteps } from "../../src/workflow/take-step.js";
import { testNow } from "../support/database.js";
import { type Asking, type DemoServer, demoServer } from "../support/execute-as.js";
import { step, type Taken } from "../support/steps.js";
import { addDossier } from "./add-dossier.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const hours = (count: number) => new Date(testNow.getTime() + count * 3_600_000);
const dossier = (customer: string, own: Parameters<typeof addDossier>[2] = {}) =>
  addDossier(server.database.db, customer, own);
const loanOf = (id: string) => server.database.db.loan.findUniqueOrThrow({ where: { id } });

type Input = Readonly<Record<string, unknown>>;

/** The mutation of a step. */
const mutations: Readonly<Record<string, string>> = { sign: "signForLoan", lose: "reportLoanLost" };
const take = (account: string, action: string, input: Input, asking: Asking & { selection?: string } = {}) =>
  step(server, account, mutations[action] ?? `${action}Loan`, input, { form: "loan", ...asking });

const reason = "A visit to the customer";
const request = (account: string, dossierId: string, more: Input = {}, asking: Asking = {}) =>
  take(account, "request", { dossierId, copies: 1, reason, ...more }, asking);

const must = ({ form, code, needs }: Taken): string => {
  if (code) throw new Error(`${code}: ${needs}`);
  return form.id;
};

interface Course {
  readonly borrower?: string;
  readonly head?: string;
  readonly decider?: string;
  readonly keeper?: string;
  readonly dossierId?: string;
  readonly copies?: number;
  readonly termHours?: number;
}

/** A loan that has come to a state by the right people's steps; what takes time has begun as long ago. */
async function loan(state: LoanState, course: Course = {}): Promise<string> {
  const { borrower = "sam", head = "sue", decider = "spec", keeper = "spec", copies = 1 } = course;
  const id = must(await request(borrower, course.dossierId ?? (await dossier("C1")), { copies }));
  if (state === "WITHDRAWN") return must(await take(borrower, "withdraw", { id }));
  if (state === "REQUESTED") return id;
  must(await take(head, "seal", { id, unitSeal: true }));
  if (state === "SIGNED") return id;
  if (state === "REFUSED") return must(await take(decider, "refuse", { id, note: "Read it here." }));
  must(await take(decider, "approve", { id }));
  if (state === "APPROVED") return id;
  const { termHours } = course;
  must(await take(keeper, "register", { id, ...(termHours && { termHours }) }));
  if (state === "REGISTERED") return id;
  const late = state === "OVERDUE" || state === "RETURNED_LATE";
  must(await take(borrower, "sign", { id }, late ? { now: hours(-72) } : {}));
  if (late) await clock(id, testNow);
  if (state === "LOST") must(await take(borrower, "lose", { id, note: "Left in a taxi." }));
  if (state === "RETURNED" || state === "RETURNED_LATE")
    must(await take("spec", "return", { id, condition: "GOOD" }));
  return id;
}

/** What the clock does with a form at an instant. */
const clock = async (id: string, now: Date): Promise<void> => {
  const { db } = server.database;
  const calendar = await companyCalendar(db, now);
  await db.$transaction(async (tx) => {
    const facts = await loadForm(tx, loanWorkflow, id);
    await takeDueSteps({ tx, now, calendar, by: null }, loanWorkflow, facts!);
  });
};

/** What is overdue keeps its borrower from the next test's loan. */
const settle = () => server.database.db.loan.deleteMany({ where: { borrower: { staffNo: "sam" } } });

describe("a request", () => {
  beforeEach(() => settle());

  test("opens a numbered line of the borrower's own", async () => {
    const dossierId = await dossier("C1", { copies: 3 });
    const { form } = await take(
      "sam",
      "request",
      { dossierId, copies: 2, reason },
      { selection: "{ state formNo copies reason borrower { staffNo } dossier { id title } lentAt dueAt }" },
    );
    expect(form).toEqual({
      ...{ state: "REQUESTED", formNo: expect.stringMatching(/^L-2026-\d{4}$/), copies: 2, reason },
      ...{ borrower: { staffNo: "sam" }, dossier: { id: dossierId, title: expect.any(String) } },
      ...{ lentAt: null, dueAt: null },
    });
  });

  test("names all that is missing at once, and leaves nothing behind", async () => {
    const before = await server.database.db.loan.count();
    const { code, paths } = await take("sam", "request", { copies: 0 });
    expect(code).toBe("FORM_INCOMPLETE");
    expect(paths).toEqual(["input.dossierId", "input.copies", "input.reason"]);
    expect(await server.database.db.loan.count()).toBe(before);
  });

  test("for a dossier out of sight is refused as for one that does not exist", async () => {
    const refused = await request("sam", await dossier("C2"));
    expect(refused).toMatchObject({ code: "NOT_FOUND", paths: ["input.dossierId"] });
    expect(await request("sam", "dos_nobody")).toEqual(refused);
  });

  test.each([
    ["cara", "CLEARANCE_REQUIRED", "sees the catalogue line alone", "CONFIDENTIAL"],
    ["ian", "TIER_TOO_LOW", "holds no grant with BORROW", "ORDINARY"],
    ["gina", "CLEARANCE_REQUIRED", "keeps it, but it is TOP_SECRET", "TOP_SECRET"],
    ["neo", "DEVICE_UNREGISTERED", "reaches nothing at all", "ORDINARY"],
    ["cu1", "FIELD_WITHHELD", "reads of themselves, and borrows nothing", "ORDINARY"],
  ] as const)("by %s is refused with %s: who %s", async (account, code, _why, secrecy) => {
    const keeper = await server.database.db.employee.findUniqueOrThrow({ where: { staffNo: "gina" } });
    const dossierId = await dossier("C1", { secrecy, keeperId: keeper.id });
    expect(await request(account, dossierId)).toMatchObject({ code, paths: ["input.dossierId"] });
  });

  test("what a consultation lets somebody read is not borrowed by it", async () => {
    const dossierId = await dossier("C1", { secrecy: "CONFIDENTIAL" });
    const ask = (account: string, mutation: string, input: Input) =>
      step(server, account, mutation, input, { form: "consultation" });
    const texts = { purpose: "A complaint", reason: "It is there only", readerProfile: "Two years here" };
    const id = must(await ask("sam", "requestConsultation", { dossierId, ...texts }));
    must(await ask("sue", "submitConsultation", { id, unitSeal: true }));
    must(await ask("mona", "approveConsultation", { id }));
    expect(await request("sam", dossierId)).toMatchObject({ code: "CLEARANCE_REQUIRED" });
  });

  test("for more copies than there are is refused", async () => {
    const refused = await request("sam", await dossier("C1", { copies: 2 }), { copies: 3 });
    expect(refused).toMatchObject({ code: "FORM_INCOMPLETE", paths: ["input.copies"] });
  });

  test("for more copies than are not on loan is refused, until they are back", async () => {
    const dossierId = await dossier("C1", { copies: 2 });
    const id = await loan("LENT", { borrower: "dora", dossierId });
    expect(await request("sam", dossierId, { copies: 2 })).toMatchObject({
      code: "OPEN_ITEMS",
      paths: ["input.copies"],
    });
    must(await take("spec", "return", { id, condition: "GOOD" }));
    must(await request("sam", dossierId, { copies: 2 }));
  });

  test.each(["REQUESTED", "SIGNED", "APPROVED", "REGISTERED", "LENT"] as const)(
    "for a dossier that the borrower has a loan of, %s, is refused",
    async (state) => {
      const dossierId = await dossier("C1", { copies: 3 });
      await loan(state, { dossierId });
      expect(await request("sam", dossierId)).toMatchObject({ code: "OPEN_ITEMS" });
    },
  );

  test.each(["REFUSED", "WITHDRAWN", "RETURNED", "RETURNED_LATE"] as const)(
    "can be made again after one that was %s",
    async (state) => {
      const dossierId = await dossier("C1");
      await loan(state, { dossierId });
      must(await request("sam", dossierId));
    },
  );

  test("twice at once is made once", async () => {
    const dossierId = await dossier("C1", { copies: 3 });
    const both = await Promise.all([1, 2].map(() => request("sam", dossierId)));
    expect(both.map(({ code }) => code).sort()).toEqual(["OPEN_ITEMS", undefined]);
  });

  test.each<[string, boolean]>([
    ["that the clock has found", true],
    ["that the clock has still to find", false],
  ])("is refused while another loan is overdue %s", async (_case, found) => {
    const id = await loan("LENT");
    const late = { now: hours(72) };
    if (found) await clock(id, hours(72));
    const other = await dossier("C1");
    expect(await request("sam", other, {}, late)).toMatchObject({ code: "OVERDUE_ITEMS" });
    must(await take("spec", "return", { id, condition: "GOOD" }, late));
    must(await request("sam", other, {}, late));
  });
});

describe("each step", () => {
  beforeEach(() => settle());

  // sam of SALES borrows; sue is the head of sales, pia of production.
  test.each<[action: string, from: LoanState, account: string, outcome: string, input?: Input]>([
    ["seal", "REQUESTED", "sue", "SIGNED", { unitSeal: true }],
    ["seal", "REQUESTED", "sue", "FORM_INCOMPLETE"],
    ["seal", "REQUESTED", "sam", "NOT_YOUR_ROLE", { unitSeal: true }],
    ["seal", "REQUESTED", "mona", "NOT_YOUR_ROLE", { unitSeal: true }],
    ["seal", "REQUESTED", "pia", "NOT_FOUND", { unitSeal: true }],
    ["approve", "SIGNED", "spec", "APPROVED"],
    ["approve", "SIGNED", "mona", "NOT_YOUR_ROLE"],
    ["approve", "SIGNED", "sven", "NOT_YOUR_ROLE"],
    ["approve", "SIGNED", "gina", "NOT_YOUR_ROLE"],
    ["approve", "SIGNED", "sue", "NOT_YOUR_ROLE"],
    ["refuse", "SIGNED", "spec", "REFUSED", { note: "Read it here." }],
    ["refuse", "SIGNED", "spec", "FORM_INCOMPLETE"],
    ["refuse", "SIGNED", "mona", "NOT_YOUR_ROLE", { note: "No." }],
    ["register", "APPROVED", "spec", "REGISTERED"],
    ["register", "APPROVED", "spec", "REGISTERED", { termHours: 72 }],
    ["register", "APPROVED", "spec", "TERM_TOO_LONG", { termHours: 73 }],
    ["register", "APPROVED", "spec", "FORM_INCOMPLETE", { termHours: 0 }],
    ["register", "APPROVED", "cara", "NOT_YOUR_ROLE"],
    ["register", "APPROVED", "sam", "SELF_DECISION"],
    ["sign", "REGISTERED", "sam", "LENT"],
    ["sign", "REGISTERED", "spec", "NOT_YOUR_ROLE"],
    ["sign", "REGISTERED", "sue", "NOT_YOUR_ROLE"],
    ["return", "LENT", "spec", "RETURNED", { condition: "GOOD" }],
    ["return", "LENT", "spec", "FORM_INCOMPLETE"],
    ["return", "LENT", "sam", "NOT_YOUR_ROLE", { condition: "GOOD" }],
    ["return", "LENT", "cara", "NOT_YOUR_ROLE", { condition: "GOOD" }],
    ["return", "OVERDUE", "spec", "RETURNED_LATE", { condition: "DAMAGED" }],
    ["lose", "LENT", "sam", "LOST", { note: "Left in a taxi." }],
    ["lose", "OVERDUE", "spec", "LOST", { note: "He says that it is gone." }],
    ["lose", "LENT", "sam", "FORM_INCOMPLETE"],
    ["lose", "LENT", "sue", "NOT_YOUR_ROLE", { note: "Gone." }],
    ["withdraw", "REQUESTED", "sam", "WITHDRAWN"],
    ["withdraw", "SIGNED", "sue", "WITHDRAWN"],
    ["withdraw", "APPROVED", "sam", "WITHDRAWN"],
    ["withdraw", "REGISTERED", "sam", "WITHDRAWN"],
    ["withdraw", "SIGNED", "spec", "NOT_YOUR_ROLE"],
    ["withdraw", "SIGNED", "dora", "NOT_FOUND"],
  ])("%s from %s by %s: %s", async (action, from, account, outcome, input = {}) => {
    const id = await loan(from);
    const { form, code } = await take(account, action, { id, ...input });
    expect(code ?? form.state).toBe(outcome);
    expect((await loanOf(id)).state).toBe(code ? from : outcome);
  });

  const right: Readonly<Record<string, { account: string; input: Input; from: readonly LoanState[] }>> = {
    seal: { account: "sue", input: { unitSeal: true }, from: ["REQUESTED"] },
    approve: { account: "spec", input: {}, from: ["SIGNED"] },
    refuse: { account: "spec", input: { note: "No." }, from: ["SIGNED"] },
    register: { account: "spec", input: {}, from: ["APPROVED"] },
    sign: { account: "sam", input: {}, from: ["REGISTERED"] },
    return: { account: "spec", input: { condition: "GOOD" }, from: ["LENT", "OVERDUE"] },
    lose: { account: "sam", input: { note: "Gone." }, from: ["LENT", "OVERDUE"] },
    withdraw: {
      account: "sam",
      input: {},
      from: ["REQUESTED", "SIGNED", "APPROVED", "REGISTERED"],
    },
  };

  describe.each(Object.keys(loanWorkflow.states) as LoanState[])("of a form that is %s", (state) => {
    const wrong = Object.entries(right).filter(([, { from }]) => !from.includes(state));
    test("whatever does not begin there is WRONG_STATE", async () => {
      const id = await loan(state);
      for (const [action, { account, input }] of wrong)
        expect(await take(account, action, { id, ...input }), action).toMatchObject({ code: "WRONG_STATE" });
      expect((await loanOf(id)).state).toBe(state);
    });
  });

  test.each(Object.entries(right))("%s twice at once: once", async (action, { account, input, from }) => {
    const id = await loan(from[0]!);
    const both = await Promise.all([1, 2].map(() => take(account, action, { id, ...input })));
    expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
  });

  test("the whole way is in the history, the clock's step too", async () => {
    const id = await loan("RETURNED_LATE");
    const events = await server.database.db.formEvent.findMany({
      where: { recordId: id },
      orderBy: { seq: "asc" },
    });
    expect(events.map(({ action, to, seat, byId }) => [action, to, seat, byId !== null])).toEqual([
      ["request", "REQUESTED", null, true],
      ["seal", "SIGNED", "signer", true],
      ["approve", "APPROVED", "decider", true],
      ["register", "REGISTERED", "keeper", true],
      ["sign", "LENT", null, true],
      ["fallOverdue", "OVERDUE", null, false],
      ["return", "RETURNED_LATE", "receiver", true],
    ]);
  });
});

describe("a loss", () => {
  beforeEach(() => settle());

  test.each<[string, Course, string, string[]]>([
    ["reported by the borrower", {}, "sam", ["adam", "mona", "sue", "sven"]],
    [
      "reported by one of customer service, whose head is told once",
      { borrower: "cara", head: "mona" },
      "cara",
      ["adam", "mona", "sven"],
    ],
    ["reported by customer service", {}, "spec", ["adam", "mona", "sue", "sven"]],
  ])("%s is told at once to all who answer for it", async (_, course, account, people) => {
    const id = await loan("LENT", course);
    await server.database.db.notification.deleteMany({ where: { recordId: id } });
    must(await take(account, "lose", { id, note: "Left in a taxi." }));
    const told = await server.database.db.notification.findMany({
      where: { recordId: id },
      select: { at: true, says: true, person: { select: { staffNo: true } } },
    });
    expect(told.map(({ person }) => person.staffNo).sort()).toEqual(people);
    for (const { at, says } of told)
      expect({ at, says }).toEqual({ at: testNow, says: "A borrowed dossier has been lost." });
  });
});

describe("a classified dossier", () => {
  const confidential = () => dossier("C1", { secrecy: "CONFIDENTIAL" });

  test("is lent by the manager of customer service; for her own people by the general manager", async () => {
    const id = await loan("SIGNED", { borrower: "sven", head: "mona", dossierId: await confidential() });
    expect(await take("spec", "approve", { id })).toMatchObject({ code: "NOT_YOUR_ROLE" });
    expect(await take("mona", "approve", { id })).toMatchObject({ code: "SELF_DECISION" });
    expect((await take("gina", "approve", { id })).form.state).toBe("APPROVED");
  });

  test("to others the manager of customer service lends it", async () => {
    const dossierId = await confidential();
    const id = await loan("SIGNED", { borrower: "gina", head: "ada", dossierId });
    expect(await take("spec", "approve", { id })).toMatchObject({ code: "NOT_YOUR_ROLE" });
    expect((await take("mona", "approve", { id })).form.state).toBe("APPROVED");
  });

  test("is handed out by its keeper or the specialist", async () => {
    const { id: keeperId } = await server.database.db.employee.findUniqueOrThrow({
      where: { staffNo: "cara" },
    });
    const id = await loan("APPROVED", { dossierId: await dossier("C1", { keeperId }) });
    expect(await take("carl", "register", { id })).toMatchObject({ code: "NOT_YOUR_ROLE" });
    expect((await take("cara", "register", { id })).form.state).toBe("REGISTERED");
    await settle();
  });

  test.each([
    ["approve", "SIGNED", "mona"],
    ["register", "APPROVED", "spec"],
  ] as const)("that has become TOP_SECRET stays where it is: %s", async (action, from, account) => {
    const dossierId = await dossier("C1");
    const id = await loan(from, { dossierId });
    await server.database.db.dossier.update({ where: { id: dossierId }, data: { secrecy: "TOP_SECRET" } });
    expect(await take(account, action, { id })).toMatchObject({ code: "CLEARANCE_REQUIRED" });
    await settle();
  });
});

describe("the term", () => {
  beforeEach(() => settle());

  test.each([
    [undefined, 72],
    [24, 24],
  ])("of %s hours counts from the borrower's signature", async (termHours, expected) => {
    const id = await loan("REGISTERED", termHours ? { termHours } : {});
    await take("sam", "sign", { id }, { now: hours(5) });
    expect(await loanOf(id)).toMatchObject({
      ...{ state: "LENT", termHours: expected },
      ...{ lentAt: hours(5), dueAt: hours(5 + expected) },
    });
  });

  test("is over by the clock at its end and not before, and stays known", async () => {
    const id = await loan("LENT");
    await clock(id, new Date(hours(72).getTime() - 1));
    expect((await loanOf(id)).state).toBe("LENT");
    await clock(id, hours(72));
    expect(await loanOf(id)).toMatchObject({ state: "OVERDUE", dueAt: hours(72) });
  });

  test("what comes back after it is late, though the clock has not looked", async () => {
    const id = await loan("LENT");
    const back = await take("spec", "return", { id, condition: "GOOD" }, { now: hours(72) });
    expect(back.form.state).toBe("RETURNED_LATE");
  });

  test("the dossier is in the condition that it came back in", async () => {
    const dossierId = await dossier("C1");
    const id = await loan("LENT", { dossierId });
    await take("spec", "return", { id, condition: "FADED" });
    expect(await loanOf(id)).toMatchObject({ returnCondition: "FADED", returnedAt: testNow, dueAt: null });
    const { condition } = await server.database.db.dossier.findUniqueOrThrow({ where: { id: dossierId } });
    expect(condition).toBe("FADED");
  });
});

describe("at the desk", () => {
  beforeEach(() => settle());

  test("two at once do not take the last copy", async () => {
    const dossierId = await dossier("C1", { copies: 3 });
    const ids = [
      await loan("APPROVED", { dossierId, copies: 2 }),
      await loan("APPROVED", { dossierId, copies: 2, borrower: "dora" }),
    ];
    const both = await Promise.all(ids.map((id) => take("spec", "register", { id })));
    expect(both.map(({ code }) => code).sort()).toEqual(["OPEN_ITEMS", undefined]);
  });

  test("what is lost is not there for anybody", async () => {
    const dossierId = await dossier("C1");
    await loan("LOST", { dossierId });
    expect(await request("dora", dossierId)).toMatchObject({ code: "OPEN_ITEMS" });
  });

  test("who may no longer borrow it does not sign for it", async () => {
    const id = await loan("REGISTERED");
    const { db } = server.database;
    const sams = { where: { grantee: { staffNo: "sam" } } };
    await db.grant.updateMany({ ...sams, data: { operations: ["SEE_CLEAR"] } });
    expect(await take("sam", "sign", { id })).toMatchObject({ code: "TIER_TOO_LOW", paths: ["input.id"] });
    await db.grant.updateMany({ ...sams, data: { operations: ["SEE_CLEAR", "BORROW"] } });
    expect((await take("sam", "sign", { id })).form.state).toBe("LENT");
  });

  test("who keeps something overdue does not sign for more", async () => {
    const id = await loan("REGISTERED");
    await loan("OVERDUE");
    expect(await take("sam", "sign", { id })).toMatchObject({ code: "OVERDUE_ITEMS" });
  });
});

describe("who sees the register", () => {
  const query =
    "query ($id: ID!) { loan(id: $id) { state copies reason decisionNote dossier { title } history { action note } } }";
  const note = "Read it here.";
  let id: string;
  beforeAll(async () => {
    await settle();
    id = await loan("REFUSED");
  });

  test.each<[string, object | null]>([
    ["sam", { decisionNote: note, dossier: { title: expect.any(String) } }],
    ["sue", { decisionNote: note, dossier: null }],
    ["cara", { decisionNote: note, dossier: { title: expect.any(String) } }],
    ["adam", { decisionNote: note, dossier: null }],
    ["gina", { decisionNote: note, dossier: { title: expect.any(String) } }],
    ["pia", null],
    ["dora", null],
    ["tim", null],
    ["fin", null],
  ])("%s", async (account, expected) => {
    const { data } = await server.executeAs(account, query, { variables: { id } });
    if (!expected) return expect(data.loan).toBeNull();
    expect(data.loan).toMatchObject({ state: "REFUSED", copies: 1, reason, ...expected });
    const refused = data.loan.history.find(({ action }: { action: string }) => action === "refuse");
    expect(refused.note).toBe(account === "sam" ? null : note);
  });

  test("a dossier lists its lines to those who see them", async () => {
    const { dossierId } = await loanOf(id);
    const listed = async (account: string) => {
      const { data } = await server.executeAs(
        account,
        "query ($id: ID!) { dossier(id: $id) { loans { totalCount } } }",
        { variables: { id: dossierId } },
      );
      return data.dossier.loans.totalCount;
    };
    expect(await listed("cara")).toBe(1);
    expect(await listed("sam")).toBe(1);
    expect(await listed("ian")).toBe(0);
  });
});
