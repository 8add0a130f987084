import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { openAllNeedAssessments } from "../../src/procurement/need-assessment/open-all.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { testNow } from "../support/database.js";
import { found, needAssessment } from "../support/drivers/need-assessments.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { type FormPlay, formPlay } from "../support/form-driver.js";
import { daysLater } from "../support/form-steps.js";
import { withoutTrace } from "../support/forms.js";
import { step } from "../support/steps.js";

// What the table of an assessment does not say: whose step is taken when is in test/workflow/every-step.test.ts.

let server: DemoServer;
let play: FormPlay;
beforeAll(async () => {
  server = await demoServer();
  play = formPlay(server, "NeedAssessment");
});
afterAll(() => server?.close());

const db = () => server.database.db;
const due = () => needAssessment.stand(play, "DUE");
const finish = (account: string, input: object) =>
  step(server, account, "finishNeedAssessment", input, { form: "needAssessment" });
const needsOf = (needAssessmentId: string) =>
  db().procurement.findMany({ where: { needAssessmentId }, orderBy: { formNo: "asc" } });

describe("an assessment comes round", () => {
  test("half-yearly for every department with employees at work, once, whoever looks", async () => {
    const fresh = await demoServer();
    try {
      const { db } = fresh.database;
      expect(await openAllNeedAssessments(db, testNow)).toBe(0);
      // Where nobody is at work nothing is bought, nor for customers and a vendor's people (EXTERNAL).
      await db.employee.updateMany({ where: { departmentCode: "COMPLIANCE" }, data: { status: "LEAVING" } });
      const later = daysLater(140);
      const opened = await Promise.all([1, 2].map(() => openAllNeedAssessments(db, later)));
      const made = await db.needAssessment.findMany({ where: { openedAt: later } });
      expect(opened[0]! + opened[1]!).toBe(made.length);
      // That of production is still due: there is no second one.
      expect(made.map(({ departmentCode }) => departmentCode).sort()).toEqual([
        ...["ADMINISTRATION", "CHANNEL_MGMT", "CUSTOMER_SERVICE", "FINANCE", "MANAGEMENT"],
        ...["QUALITY", "SALES", "TECHNOLOGY", "TRAINING"],
      ]);
      expect(made.every(({ state, assessedById }) => state === "DUE" && assessedById === null)).toBe(true);
      expect(await openAllNeedAssessments(db, daysLater(150))).toBe(0);
      const history = await db.formEvent.findMany({ where: { recordId: made[0]!.id } });
      expect(history).toMatchObject([
        { action: "comeRound", from: null, to: "DUE", byId: null, department: made[0]!.departmentCode },
      ]);
    } finally {
      await fresh.close();
    }
  });

  test("again half a year after the last one came round, however late that was done", async () => {
    const fresh = await demoServer();
    try {
      const { db } = fresh.database;
      const last = await db.needAssessment.findFirstOrThrow({ where: { departmentCode: "FINANCE" } });
      const halfYear = 182 * 86_400_000;
      const of = async (instant: number) => {
        await openAllNeedAssessments(db, new Date(instant));
        return db.needAssessment.count({ where: { departmentCode: "FINANCE" } });
      };
      expect(await of(last.openedAt.getTime() + halfYear - 1)).toBe(1);
      expect(await of(last.openedAt.getTime() + halfYear)).toBe(2);
      expect(await of(last.openedAt.getTime() + 3 * halfYear)).toBe(2);
    } finally {
      await fresh.close();
    }
  });

  test("with a number, ten working days, and what of the department helps whoever assesses it", async () => {
    const row = await db().needAssessment.findUniqueOrThrow({ where: { id: await due() } });
    expect(row.formNo).toMatch(/^NA-2026-\d{4}$/);
    // From a Sunday on, over the week after the next: 4 December is a Friday.
    expect(row.dueAt).toEqual(new Date("2026-12-04T16:00:00Z"));
    const atWork = { departmentCode: "SALES", status: "ACTIVE", kind: { in: ["FORMAL", "TEMP", "INTERN"] } };
    expect(row.employeesAtWork).toBe(await db().employee.count({ where: atWork as never }));
    expect(row.employeesAtWork).toBeGreaterThan(0);
    const renewed = await db().device.findFirstOrThrow({
      where: { renewals: { some: { state: "PLANNED" } } },
    });
    const before = row.devicesToReplace;
    await db().device.update({ where: { id: renewed.id }, data: { departmentCode: "SALES" } });
    const next = await db().needAssessment.findUniqueOrThrow({ where: { id: await due() } });
    expect(next.devicesToReplace).toBe(before + 1);
  });

  test("and is reminded of daily from its term on, until it is done", async () => {
    const id = await due();
    const told = async () => {
      const all = await db().notification.findMany({
        where: { recordId: id },
        include: { person: { select: { staffNo: true } } },
      });
      return all.map(({ says, person }) => `${person.staffNo}: ${says}`).sort();
    };
    await keepTime(db(), daysLater(12));
    expect(await told()).toEqual([]);
    const says = "The assessment of what has to be bought is overdue.";
    await keepTime(db(), daysLater(13));
    expect(await told()).toEqual([`ada: ${says}`, `clerk: ${says}`]);
    await Promise.all([keepTime(db(), daysLater(14)), keepTime(db(), daysLater(14))]);
    expect(await told()).toHaveLength(4);
    await play.must("ada", "finish", { id, ...found });
    await keepTime(db(), daysLater(15));
    expect(await told()).toHaveLength(4);
  });
});

describe("an assessment is done", () => {
  test("by administration, once: each need is a procurement, and its assessor whoever did it", async () => {
    const id = await due();
    const { code, form } = await finish("ada", { id, ...found, note: "Asked sue" });
    expect([code, form.state]).toEqual([undefined, "DONE"]);
    expect(await db().needAssessment.findUniqueOrThrow({ where: { id } })).toMatchObject({
      ...{ assessment: found.assessment, assessedById: employeeId("ada"), assessedAt: testNow, dueAt: null },
    });
    const needs = await needsOf(id);
    expect(needs).toMatchObject(
      found.needs.map(({ kind, qty, reason }) => ({
        ...{ kind, qty, need: reason, state: "NEED_ASSESSED", wishedById: null, departmentCode: "SALES" },
        ...{ assessment: found.assessment, assessedById: employeeId("ada"), assessedAt: testNow },
      })),
    );
    const numbers = needs.map(({ formNo }) => Number(formNo.slice(-4)));
    expect(numbers[1]).toBe(numbers[0]! + 1);
    const events = await db().formEvent.findMany({
      where: { recordId: { in: [id, ...needs.map((need) => need.id)] } },
      orderBy: { seq: "asc" },
    });
    expect(events.map(({ action, department, byId }) => [action, department, byId])).toEqual([
      ["comeRound", "SALES", null],
      ["finish", "SALES", employeeId("ada")],
      ["assessRound", "SALES", null],
      ["assessRound", "SALES", null],
    ]);
    expect(events[1]).toMatchObject({ note: "Asked sue", changes: ["2 to be bought"] });
    for (const account of ["ada", "clerk"])
      expect(await finish(account, { id, ...found })).toMatchObject({ code: "WRONG_STATE" });
    expect(await needsOf(id)).toHaveLength(2);
  });

  test("by two at once: once", async () => {
    const id = await due();
    const both = await Promise.all(["ada", "clerk"].map((account) => finish(account, { id, ...found })));
    expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
    expect(await needsOf(id)).toHaveLength(2);
  });

  test("with nothing to be bought, where that is said", async () => {
    const id = await due();
    expect((await finish("clerk", { id, assessment: "All will do", needs: [] })).form.state).toBe("DONE");
    expect(await needsOf(id)).toEqual([]);
  });

  test.each([["sue"], ["sam"], ["adam"], ["gina"], ["tim"], ["fin"], ["cu1"], ["vic"]])(
    "not by %s",
    async (account) => {
      const id = await due();
      const { code } = await withoutTrace(server, () => finish(account, { id, ...found }));
      expect(code).toBe("NOT_YOUR_ROLE");
    },
  );

  const [laptops, printer] = found.needs as [object, object];
  test.each<[string, object, string[]]>([
    ["nothing", {}, ["assessment", "needs"]],
    ["no needs, and not that there are none", { assessment: "A" }, ["needs"]],
    ["a text of spaces", { assessment: " \n ", needs: [] }, ["assessment"]],
    ["a text that is too long", { assessment: "x".repeat(2_001), needs: [] }, ["assessment"]],
    [
      "everything wrong at once",
      { needs: [laptops, {}, { ...printer, qty: 0 }, { ...printer, qty: 1_000, reason: "" }] },
      [
        ...["assessment", "needs.1.kind", "needs.1.qty", "needs.1.reason"],
        ...["needs.2.qty", "needs.3.qty", "needs.3.reason"],
      ],
    ],
    ["too many needs", { assessment: "A", needs: Array(51).fill(printer) }, ["needs"]],
    [
      "a reason that is too long",
      { assessment: "A", needs: [{ ...printer, reason: "x".repeat(2_001) }] },
      ["needs.0.reason"],
    ],
  ])("not with %s: all of it is named, and nothing is written", async (_, input, fields) => {
    const id = await due();
    const taken = await withoutTrace(server, () => finish("clerk", { id, ...input }));
    expect(taken).toMatchObject({ code: "FORM_INCOMPLETE", paths: fields.map((field) => `input.${field}`) });
  });

  test("and where one procurement cannot be written, there is none, and it is still due", async () => {
    const id = await due();
    // The number of the second one is taken.
    const { last, year } = await db().formCounter.findFirstOrThrow({ where: { prefix: "W" } });
    const other = await db().procurement.findFirstOrThrow({ where: { state: "WISHED" } });
    const formNo = `W-${year}-${String(last + 2).padStart(4, "0")}`;
    await db().procurement.update({ where: { id: other.id }, data: { formNo } });
    const { code } = await withoutTrace(server, () => finish("clerk", { id, ...found }));
    expect(code).toBeTruthy();
    await db().procurement.update({ where: { id: other.id }, data: { formNo: other.formNo } });
    expect((await finish("clerk", { id, ...found })).form.state).toBe("DONE");
  });
});

test("what it has found is applied for by the clerk and approved by the general manager like any other", async () => {
  const id = await due();
  await play.must("clerk", "finish", { id, ...found });
  const [need] = await needsOf(id);
  const take = (account: string, mutation: string, input: object = {}) =>
    step(server, account, mutation, { id: need!.id, ...input }, { form: "procurement" });
  expect(await take("sue", "withdrawProcurement")).toMatchObject({ code: "NOT_YOUR_ROLE" });
  const request = await take("clerk", "requestProcurement", { specification: "Two laptops" });
  expect(request.form.state).toBe("REQUESTED");
  expect(await take("ada", "approveProcurement")).toMatchObject({ code: "NOT_YOUR_ROLE" });
  expect((await take("gina", "approveProcurement")).form.state).toBe("APPROVED");
});

test("what is found for management is nobody's own wish: the general manager approves it", async () => {
  const { id: needAssessmentId } = await db().needAssessment.findFirstOrThrow({
    where: { departmentCode: "MANAGEMENT" },
  });
  const { needAssessmentId: _, ...like } = (await needsOf((await standDone())!))[0]!;
  const id = "pro_management";
  await db().procurement.create({
    data: { ...like, id, formNo: "W-2026-9001", departmentCode: "MANAGEMENT", needAssessmentId },
  });
  const take = (account: string, mutation: string, input: object = {}) =>
    step(server, account, mutation, { id, ...input }, { form: "procurement" });
  expect((await take("clerk", "requestProcurement", { specification: "A laptop" })).form.state).toBe(
    "REQUESTED",
  );
  expect(await take("ada", "approveProcurement")).toMatchObject({ code: "NOT_YOUR_ROLE" });
  expect((await take("gina", "approveProcurement")).form.state).toBe("APPROVED");
});

const standDone = () => needAssessment.stand(play, "DONE");

describe("who reads it", () => {
  const query = `query ($id: ID!) { needAssessment(id: $id) {
    state department employeesAtWork assessment assessedBy { name }
    needs { kind qty need state needAssessment { formNo } wishedBy { name } } } }`;
  const seenBy = async (account: string, id: string) =>
    (await server.executeAs(account, query, { variables: { id } })).data.needAssessment;

  test("administration, the general manager and finance all of it; its head and technology what is needed", async () => {
    const id = await standDone();
    for (const account of ["clerk", "ada", "adam", "gina", "fin"])
      expect(await seenBy(account, id), account).toMatchObject({
        ...{ state: "DONE", department: "SALES", assessment: found.assessment },
        assessedBy: { name: expect.any(String) },
        needs: found.needs.map(({ kind, qty, reason }) => ({
          ...{ kind, qty, need: reason, state: "NEED_ASSESSED", wishedBy: null },
          needAssessment: { formNo: expect.stringMatching(/^NA-/) },
        })),
      });
    for (const account of ["sue", "tim"])
      expect(await seenBy(account, id), account).toMatchObject({
        ...{ state: "DONE", employeesAtWork: expect.any(Number), assessment: null },
        needs: found.needs.map(({ kind, qty }) => ({ kind, qty, need: null })),
      });
    for (const account of ["sam", "pia", "mona", "cara", "vic", "cu1"])
      expect(await seenBy(account, id), account).toBeNull();
  });

  test("those who assess find it among their tasks, and nobody else does", async () => {
    const id = await due();
    const tasksOf = async (account: string) => {
      const { data } = await server.executeAs(account, "{ myTasks(first: 500) { mutations record { id } } }");
      return data.myTasks.filter((task: { record: { id: string } }) => task.record.id === id);
    };
    for (const account of ["clerk", "ada"])
      expect(await tasksOf(account)).toMatchObject([{ mutations: ["finishNeedAssessment"] }]);
    for (const account of ["adam", "gina", "sue", "fin"]) expect(await tasksOf(account)).toEqual([]);
  });
});
