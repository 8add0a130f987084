import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConsultationState } from "../../src/database/client.js";
import { consultationWorkflow } from "../../src/dossiers/consultation.workflow.js";
import { companyCalendar } from "../../src/workflow/company-calendar.js";
import { loadForm } from "../../src/workflow/load-facts.js";
import { takeDueSteps } from "../../src/workflow/take-step.js";
import { testNow } from "../support/database.js";
import { type Asking, type DemoServer, demoServer } from "../support/execute-as.js";
import { otherwise } from "../support/people.js";
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
const employee = async (staffNo: string) =>
  (await server.database.db.employee.findUniqueOrThrow({ where: { staffNo } })).id;

type Input = Readonly<Record<string, unknown>>;
const take = (account: string, action: string, input: Input, asking: Asking & { selection?: string } = {}) =>
  step(server, account, `${action}Consultation`, input, { form: "consultation", ...asking });

const texts = { purpose: "A complaint", reason: "It is in the file only", readerProfile: "Two years here" };
const request = (account: string, dossierId: string, more: Input = {}) =>
  take(account, "request", { dossierId, ...texts, ...more });

interface Course {
  readonly reader?: string;
  readonly head?: string;
  readonly decider?: string;
  readonly dossierId?: string;
  readonly approval?: Input;
}

/** A consultation that has come to a state by the right people's steps. */
async function consultation(state: ConsultationState, course: Course = {}): Promise<string> {
  const { reader = "sam", head = "sue", decider = "cara", approval = {} } = course;
  const must = ({ form, code, needs }: Taken): string => {
    if (code) throw new Error(`${code}: ${needs}`);
    return form.id;
  };
  const id = must(await request(reader, course.dossierId ?? (await dossier("C1"))));
  if (state === "WITHDRAWN") return must(await take(reader, "withdraw", { id }));
  if (state === "DRAFT") return id;
  must(await take(head, "submit", { id, unitSeal: true }));
  if (state === "SUBMITTED") return id;
  if (state === "REFUSED") return must(await take(decider, "refuse", { id, note: "Ask the seller." }));
  must(await take(decider, "approve", { id, ...approval }));
  if (state === "CLOSED") await clock(id, hours(72));
  return id;
}

/** What the clock does with a form at an instant. */
const clock = async (id: string, now: Date): Promise<void> => {
  const { db } = server.database;
  const calendar = await companyCalendar(db, now);
  await db.$transaction(async (tx) => {
    const facts = await loadForm(tx, consultationWorkflow, id);
    await takeDueSteps({ tx, now, calendar, by: null }, consultationWorkflow, facts!);
  });
};

const stateOf = async (id: string) =>
  (await server.database.db.consultation.findUniqueOrThrow({ where: { id } })).state;

describe("a request", () => {
  test("opens a numbered draft of the reader's own", async () => {
    const dossierId = await dossier("C1");
    const { form } = await take(
      "sam",
      "request",
      { dossierId, ...texts },
      { selection: "{ state formNo purpose reason readerProfile reader { staffNo } dossier { id } dueAt }" },
    );
    expect(form).toEqual({
      ...{ state: "DRAFT", formNo: expect.stringMatching(/^C-2026-\d{4}$/), ...texts, dueAt: null },
      ...{ reader: { staffNo: "sam" }, dossier: { id: dossierId } },
    });
  });

  test("names all that is missing at once, and leaves nothing behind", async () => {
    const before = await server.database.db.consultation.count();
    const { code, paths } = await take("sam", "request", { purpose: " " });
    expect(code).toBe("FORM_INCOMPLETE");
    expect(paths).toEqual(["input.dossierId", "input.purpose", "input.reason", "input.readerProfile"]);
    expect(await server.database.db.consultation.count()).toBe(before);
  });

  test("may name a dossier of which the reader sees the catalogue line alone", async () => {
    const dossierId = await dossier("C1", { secrecy: "CONFIDENTIAL" });
    const { form } = await take(
      "sam",
      "request",
      { dossierId, ...texts },
      { selection: "{ state dossier { secrecy title } }" },
    );
    expect(form).toEqual({ state: "DRAFT", dossier: { secrecy: "CONFIDENTIAL", title: null } });
  });

  test("a dossier out of sight is refused as one that does not exist", async () => {
    const refused = await request("sam", await dossier("C2"));
    expect(refused).toMatchObject({ code: "NOT_FOUND", paths: ["input.dossierId"] });
    expect(await request("sam", "dos_nobody")).toEqual(refused);
  });

  test.each([
    ["neo", "DEVICE_UNREGISTERED"],
    ["tim", "TIER_TOO_LOW"],
    ["cu1", "NOT_YOUR_ROLE"],
    ["rep", "NOT_YOUR_ROLE"],
  ])("by %s is refused: %s", async (account, code) => {
    expect(await request(account, await dossier("C1"))).toMatchObject({ code });
  });

  test("by somebody from outside takes a letter or a work card, and the general manager signs", async () => {
    await server.database.db.confidentialityCommitment.create({
      data: { id: "com_vic", employeeId: await employee("vic"), kind: "NDA", signedAt: hours(-100) },
    });
    const dossierId = await dossier("C1");
    const without = await request("vic", dossierId);
    expect(without).toMatchObject({ code: "FORM_INCOMPLETE", paths: ["input.identityDocument"] });
    const { form } = await request("vic", dossierId, { identityDocument: "LETTER" });
    expect(form.state).toBe("DRAFT");
    expect(await take("sue", "submit", { id: form.id, unitSeal: true })).toMatchObject({ code: "NOT_FOUND" });
    const signed = await take("gina", "submit", { id: form.id, unitSeal: true });
    expect(signed.form.state).toBe("SUBMITTED");
  });
});

describe("for a visitor, at the desk", () => {
  const forVisitor = async (account: string, dossierId: string | null, more: Input = {}) =>
    step(
      server,
      account,
      "requestConsultationForVisitor",
      {
        ...{ employeeId: await employee("vera"), dossierId, ...texts },
        ...{ identityDocument: "WORK_CARD", ...more },
      },
      { form: "consultation" },
    );
  const must = ({ form, code, needs }: Taken): string => {
    if (code) throw new Error(`${code}: ${needs}`);
    return form.id;
  };
  const stored = (id: string) => server.database.db.consultation.findUniqueOrThrow({ where: { id } });

  /** Filled in by spec and signed by the general manager. */
  const signed = async (dossierId: string, clerk = "spec") => {
    const id = must(await forVisitor(clerk, dossierId));
    must(await take("gina", "submit", { id, unitSeal: true }));
    return id;
  };

  const read = async (id: string, asking: Asking) => {
    const { data } = await server.executeAs(
      "vera",
      "query ($id: ID!) { dossier(id: $id) { title location customer { name } keeper { name } } }",
      { variables: { id }, ...asking },
    );
    return data?.dossier ?? null;
  };
  const atDesk = { device: "D3" };

  test.each(["cara", "spec", "sven", "mona"])("%s fills it in; it is the visitor's", async (account) => {
    const id = must(await forVisitor(account, await dossier("C1")));
    expect(await stored(id)).toMatchObject({
      ...{ state: "DRAFT", readerId: await employee("vera"), identityDocument: "WORK_CARD" },
      ...{ filledInById: await employee(account), filledInAt: testNow },
    });
    const [event] = await server.database.db.formEvent.findMany({ where: { recordId: id } });
    expect(event).toMatchObject({
      action: "requestForVisitor",
      seat: "clerk",
      byId: await employee(account),
    });
  });

  test.each<[account: string, more: Input, expected: object]>([
    ["sam", {}, { code: "NOT_YOUR_ROLE" }],
    ["gina", {}, { code: "NOT_YOUR_ROLE" }],
    ["vera", {}, { code: "NOT_YOUR_ROLE" }],
    ["spec", { identityDocument: null }, { code: "FORM_INCOMPLETE", paths: ["input.identityDocument"] }],
    ["spec", { dossierId: "dos_none" }, { code: "NOT_FOUND", paths: ["input.dossierId"] }],
    ["spec", { employeeId: "emp_none" }, { code: "NOT_FOUND", paths: ["input.employeeId"] }],
    [
      "spec",
      { employeeId: null, dossierId: null, purpose: " " },
      { code: "FORM_INCOMPLETE", paths: ["input.employeeId", "input.dossierId", "input.purpose"] },
    ],
  ])("%s with %o: %o", async (account, more, expected) => {
    const before = await server.database.db.consultation.count();
    expect(await forVisitor(account, await dossier("C1"), more)).toMatchObject(expected);
    expect(await server.database.db.consultation.count()).toBe(before);
  });

  test.each(["sam", "vic", "cu1"])("it is not for %s, who does not visit", async (staffNo) => {
    const asked = await forVisitor("spec", await dossier("C1"), { employeeId: await employee(staffNo) });
    expect(asked).toMatchObject({ code: "FORM_INCOMPLETE", paths: ["input.employeeId"] });
  });

  test("a visitor does not ask alone, not even at the desk", async () => {
    const asked = await step(
      server,
      "vera",
      "requestConsultation",
      { dossierId: await dossier("C1"), ...texts, identityDocument: "LETTER" },
      { form: "consultation", ...atDesk },
    );
    expect(asked).toMatchObject({ code: "NOT_YOUR_ROLE" });
  });

  test("the general manager signs, and whoever filled it in does not decide on it", async () => {
    const id = must(await forVisitor("cara", await dossier("C1")));
    expect(await take("mona", "submit", { id, unitSeal: true })).toMatchObject({ code: "NOT_YOUR_ROLE" });
    expect(await take("cara", "submit", { id, unitSeal: true })).toMatchObject({ code: "NOT_YOUR_ROLE" });
    must(await take("gina", "submit", { id, unitSeal: true }));
    expect(await take("cara", "approve", { id })).toMatchObject({ code: "SELF_DECISION" });
    expect(await take("cara", "refuse", { id, note: "No." })).toMatchObject({ code: "SELF_DECISION" });
    expect(await take("gina", "approve", { id })).toMatchObject({ code: "NOT_YOUR_ROLE" });
    expect((await take("spec", "approve", { id })).form.state).toBe("APPROVED");
  });

  test("of two at the desk who decide at once one does", async () => {
    const id = await signed(await dossier("C1"));
    const both = await Promise.all(["cara", "mona"].map((account) => take(account, "approve", { id })));
    expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
  });

  test("a classified dossier is the manager's of customer service to open", async () => {
    const dossierId = await dossier("C1", { secrecy: "CONFIDENTIAL" });
    const id = await signed(dossierId);
    expect(await take("cara", "approve", { id })).toMatchObject({ code: "NOT_YOUR_ROLE" });
    expect((await take("mona", "approve", { id })).form.state).toBe("APPROVED");
    // cara's device has not been reviewed for what is classified; mona's has, and she is trained for it (S004-P4-15).
    expect(await read(dossierId, atDesk)).toMatchObject({ title: null, location: null });
    expect(await read(dossierId, { device: "D13" })).toMatchObject({ title: expect.any(String) });
    const own = await signed(dossierId, "mona");
    expect(await take("mona", "approve", { id: own })).toMatchObject({ code: "SELF_DECISION" });
  });

  describe("approved", () => {
    let open: string;
    let other: string;
    beforeAll(async () => {
      [open, other] = [await dossier("C1"), await dossier("C1")];
      const id = await signed(open);
      const window = { windowFrom: hours(10).toISOString(), windowTo: hours(20).toISOString() };
      must(await take("cara", "approve", { id, ...window }));
    });
    const inside = hours(15);

    test.each<[string, Asking, boolean]>([
      ["at the desk, in the window", { ...atDesk, now: inside }, true],
      ["at another device of customer service", { device: "D13", now: inside }, true],
      ["before it", { ...atDesk, now: new Date(hours(10).getTime() - 1) }, false],
      ["at its end", { ...atDesk, now: hours(20) }, false],
      ["without a device", { device: null, now: inside }, false],
      ["at a device of sales", { device: "D1", now: inside }, false],
      ["at a device that nobody has", { device: "D5", now: inside }, false],
    ])("%s", async (_case, asking, opens) => {
      const whole = { title: expect.any(String), location: expect.any(String), customer: null, keeper: null };
      expect(await read(open, asking)).toEqual(opens ? whole : null);
      expect(await read(other, asking)).toBeNull();
    });

    test("is closed with the device's own state, and with whoever has it in hand", async () => {
      const { db } = server.database;
      const asking = { ...atDesk, now: inside };
      const device = { where: { deviceNo: "D3" } };
      await db.device.update({ ...device, data: { state: "FAULTY" } });
      expect(await read(open, asking)).toBeNull();
      await db.device.update({ ...device, data: { state: "IN_USE" } });
      for (const change of [{ status: "LEAVING" }, { departmentCode: "SALES" }] as const)
        await otherwise(server, "cara", change, async () => expect(await read(open, asking)).toBeNull());
      expect(await read(open, asking)).not.toBeNull();
    });

    test("it is the one record that there is", async () => {
      const { data } = await server.executeAs(
        "vera",
        "{ dossiers(first: 500) { totalCount nodes { id } } consultations { nodes { reader { staffNo } } } }",
        { ...atDesk, now: inside },
      );
      // The demo organisation has one of hers as well.
      const ids = data.dossiers.nodes.map(({ id }: { id: string }) => id);
      const hers = await server.database.db.consultation.findMany({
        where: {
          ...{ state: "APPROVED", reader: { staffNo: "vera" } },
          ...{ windowFrom: { lte: inside }, windowTo: { gt: inside } },
        },
      });
      expect(new Set(ids)).toEqual(new Set(hers.map(({ dossierId }) => dossierId)));
      expect(ids).toContain(open);
      for (const { reader } of data.consultations.nodes) expect(reader.staffNo).toBe("vera");
      for (const type of ["customers", "orders", "serviceCases", "correctionRequests"]) {
        const { errors } = await server.executeAs("vera", `{ ${type} { totalCount } }`, {
          ...{ ...atDesk, now: inside },
        });
        expect(errors?.[0]?.extensions?.code, type).toBe("FIELD_WITHHELD");
      }
    });

    test("customer service reads no more at that desk than before", async () => {
      const { data } = await server.executeAs("cara", "{ dossiers(first: 1) { totalCount } }", {
        device: "D1",
      });
      expect(data?.dossiers ?? null).toBeNull();
    });
  });
});

describe("each step", () => {
  // sam of SALES reads; sue is the head of sales, pia of production.
  test.each<[action: string, from: ConsultationState, account: string, outcome: string, input?: Input]>([
    ["submit", "DRAFT", "sue", "SUBMITTED", { unitSeal: true }],
    ["submit", "DRAFT", "sue", "FORM_INCOMPLETE"],
    ["submit", "DRAFT", "sam", "NOT_YOUR_ROLE", { unitSeal: true }],
    ["submit", "DRAFT", "mona", "NOT_YOUR_ROLE", { unitSeal: true }],
    ["submit", "DRAFT", "pia", "NOT_FOUND", { unitSeal: true }],
    ["approve", "SUBMITTED", "cara", "APPROVED"],
    ["approve", "SUBMITTED", "spec", "APPROVED"],
    ["approve", "SUBMITTED", "sven", "APPROVED"],
    ["approve", "SUBMITTED", "mona", "APPROVED"],
    ["approve", "SUBMITTED", "gina", "NOT_YOUR_ROLE"],
    ["approve", "SUBMITTED", "sue", "NOT_YOUR_ROLE"],
    ["approve", "SUBMITTED", "adam", "NOT_YOUR_ROLE"],
    ["refuse", "SUBMITTED", "cara", "REFUSED", { note: "The seller can tell." }],
    ["refuse", "SUBMITTED", "cara", "FORM_INCOMPLETE"],
    ["refuse", "SUBMITTED", "sam", "NOT_YOUR_ROLE", { note: "No." }],
    ["permit", "SUBMITTED", "gina", "WRONG_STATE"],
    ["permit", "SUBMITTED", "mona", "NOT_YOUR_ROLE"],
    ["withdraw", "DRAFT", "sam", "WITHDRAWN"],
    ["withdraw", "DRAFT", "sue", "WITHDRAWN"],
    ["withdraw", "SUBMITTED", "sam", "WITHDRAWN"],
    ["withdraw", "SUBMITTED", "sue", "WITHDRAWN"],
    ["withdraw", "SUBMITTED", "cara", "NOT_YOUR_ROLE"],
    ["withdraw", "SUBMITTED", "dora", "NOT_FOUND"],
  ])("%s from %s by %s: %s", async (action, from, account, outcome, input = {}) => {
    const id = await consultation(from);
    const { form, code } = await take(account, action, { id, ...input });
    expect(code ?? form.state).toBe(outcome);
    expect(await stateOf(id)).toBe(code ? from : outcome);
  });

  const right = {
    submit: { account: "sue", input: { unitSeal: true }, from: ["DRAFT"] },
    approve: { account: "cara", input: {}, from: ["SUBMITTED"] },
    refuse: { account: "cara", input: { note: "No." }, from: ["SUBMITTED"] },
    withdraw: { account: "sam", input: {}, from: ["DRAFT", "SUBMITTED"] },
  } as const;
  const states = Object.keys(consultationWorkflow.states) as ConsultationState[];
  test.each(
    Object.entries(right).flatMap(([action, { from, account, input }]) =>
      states
        .filter((state) => !(from as readonly string[]).includes(state))
        .map((state) => ({ action, state, account, input })),
    ),
  )("$action from $state: WRONG_STATE", async ({ action, state, account, input }) => {
    const id = await consultation(state);
    expect(await take(account, action, { id, ...input })).toMatchObject({ code: "WRONG_STATE" });
    expect(await stateOf(id)).toBe(state);
  });

  test.each(Object.entries(right))("%s twice at once: once", async (action, { account, input, from }) => {
    const id = await consultation(from[0]);
    const both = await Promise.all([1, 2].map(() => take(account, action, { id, ...input })));
    expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
  });

  test("leaves its line in the history", async () => {
    const id = await consultation("REFUSED");
    const events = await server.database.db.formEvent.findMany({
      where: { recordId: id },
      orderBy: { seq: "asc" },
    });
    expect(events.map(({ action, from, to, seat }) => [action, from, to, seat])).toEqual([
      ["request", null, "DRAFT", null],
      ["submit", "DRAFT", "SUBMITTED", "signer"],
      ["refuse", "SUBMITTED", "REFUSED", "decider"],
    ]);
  });

  test("customer service has a working day: on a Sunday, to the end of Monday", async () => {
    const id = await consultation("SUBMITTED");
    const { dueAt } = await server.database.db.consultation.findUniqueOrThrow({ where: { id } });
    expect(dueAt).toEqual(new Date("2026-11-24T00:00:00+08:00"));
  });
});

describe("a classified dossier", () => {
  test.each([
    ["CONFIDENTIAL itself", "C1", "CONFIDENTIAL"],
    ["of a CONFIDENTIAL customer", "C3", "ORDINARY"],
  ] as const)("%s: the manager of customer service decides", async (_case, customer, secrecy) => {
    const dossierId = await dossier(customer, { secrecy });
    const id = await consultation("SUBMITTED", { reader: "dora", dossierId });
    for (const account of ["cara", "spec", "sven"]) {
      expect(await take(account, "approve", { id })).toMatchObject({ code: "NOT_YOUR_ROLE" });
      expect(await take(account, "refuse", { id, note: "No." })).toMatchObject({ code: "NOT_YOUR_ROLE" });
    }
    expect((await take("mona", "approve", { id })).form.state).toBe("APPROVED");
  });

  test("for people of customer service, whose manager has signed, the general manager decides", async () => {
    const dossierId = await dossier("C1", { secrecy: "CONFIDENTIAL" });
    const id = await consultation("SUBMITTED", { reader: "cara", head: "mona", dossierId });
    expect(await take("mona", "approve", { id })).toMatchObject({ code: "SELF_DECISION" });
    expect((await take("gina", "approve", { id })).form.state).toBe("APPROVED");
  });

  describe("TOP_SECRET", () => {
    const secret = async (reader = "dora", head = "sue") =>
      consultation("SUBMITTED", { reader, head, dossierId: await dossier("C1", { secrecy: "TOP_SECRET" }) });

    test("takes the general manager's permission first", async () => {
      const id = await secret();
      expect(await take("cara", "approve", { id })).toMatchObject({ code: "NOT_YOUR_ROLE" });
      expect(await take("mona", "approve", { id })).toMatchObject({ code: "APPROVAL_MISSING" });
      expect((await take("gina", "permit", { id })).form.state).toBe("SUBMITTED");
      expect((await take("mona", "approve", { id })).form.state).toBe("APPROVED");
    });

    test("is permitted once, of two at once too", async () => {
      const id = await secret();
      const both = await Promise.all([1, 2].map(() => take("gina", "permit", { id })));
      expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
      expect(await take("gina", "permit", { id })).toMatchObject({ code: "WRONG_STATE" });
    });

    test("is refused without permission", async () => {
      const id = await secret();
      expect((await take("mona", "refuse", { id, note: "Not this one." })).form.state).toBe("REFUSED");
    });

    test("the general manager permits what he has signed as somebody's head", async () => {
      const id = await secret("mona", "gina");
      expect((await take("gina", "permit", { id })).form.state).toBe("SUBMITTED");
    });

    test("for people of customer service the general manager permits and decides", async () => {
      const id = await secret("cara", "mona");
      expect(await take("gina", "approve", { id })).toMatchObject({ code: "APPROVAL_MISSING" });
      await take("gina", "permit", { id });
      expect((await take("gina", "approve", { id })).form.state).toBe("APPROVED");
    });
  });
});

describe("the window", () => {
  const from = hours(24).toISOString();
  test.each<[string, Input, [Date, Date] | { code: string; paths: string[] }]>([
    ["72 hours from the approval on", {}, [testNow, hours(72)]],
    ["72 hours from its beginning on", { windowFrom: from }, [hours(24), hours(96)]],
    ["as it is given", { windowFrom: from, windowTo: hours(30).toISOString() }, [hours(24), hours(30)]],
    [
      "never more than 72 hours",
      { windowTo: new Date(hours(72).getTime() + 1).toISOString() },
      { code: "TERM_TOO_LONG", paths: ["input.windowTo"] },
    ],
    [
      "begun within 7 days, as a copy is handed over",
      { windowFrom: hours(7 * 24).toISOString() },
      [hours(7 * 24), hours(7 * 24 + 72)],
    ],
    [
      "never begun later",
      { windowFrom: new Date(hours(7 * 24).getTime() + 1).toISOString() },
      { code: "TERM_TOO_LONG", paths: ["input.windowFrom"] },
    ],
    [
      "not in the past",
      { windowFrom: hours(-1).toISOString(), windowTo: hours(-0.5).toISOString() },
      { code: "FORM_INCOMPLETE", paths: ["input.windowFrom", "input.windowTo"] },
    ],
    [
      "not backwards",
      { windowFrom: from, windowTo: hours(23).toISOString() },
      { code: "FORM_INCOMPLETE", paths: ["input.windowTo"] },
    ],
  ])("is %s", async (_case, input, expected) => {
    const id = await consultation("SUBMITTED");
    const { code, paths } = await take("cara", "approve", { id, ...input });
    const { windowFrom, windowTo } = await server.database.db.consultation.findUniqueOrThrow({
      where: { id },
    });
    if (!Array.isArray(expected)) {
      expect({ code, paths }).toEqual(expected);
      expect(windowTo).toBeNull();
    } else expect([windowFrom, windowTo]).toEqual(expected);
  });

  test("is closed by the clock at its end, and not before", async () => {
    const id = await consultation("APPROVED");
    await clock(id, new Date(hours(72).getTime() - 1));
    expect(await stateOf(id)).toBe("APPROVED");
    await clock(id, hours(72));
    expect(await stateOf(id)).toBe("CLOSED");
  });
});

describe("an approved consultation opens that dossier, in that window, and nothing else", () => {
  const fields = "title medium copies location remark condition indexTerms retentionUntil keeper { staffNo }";
  const query = `query ($id: ID!) { dossier(id: $id) { code secrecy ${fields} customer { name } } }`;
  const whole = {
    title: "Correspondence about the autumn harvest",
    medium: "PAPER",
    copies: 1,
    location: "Archive room, shelf 9",
    remark: "To be kept dry",
    condition: "GOOD",
    indexTerms: ["harvest"],
    retentionUntil: null,
    keeper: { staffNo: "mona" },
  };
  let consulted: string;
  let neighbour: string;
  beforeAll(async () => {
    const own = { secrecy: "CONFIDENTIAL", keeperId: await employee("mona") } as const;
    consulted = await dossier("C3", own);
    neighbour = await dossier("C3", own);
    await consultation("APPROVED", {
      ...{ reader: "carl", head: "mona", decider: "gina", dossierId: consulted },
      approval: { windowFrom: hours(10).toISOString(), windowTo: hours(20).toISOString() },
    });
  });
  const read = async (account: string, id: string, asking: Asking = {}) => {
    const { data } = await server.executeAs(account, query, { variables: { id }, ...asking });
    return data?.dossier ?? null;
  };
  const shut = {
    ...Object.fromEntries(Object.keys(whole).map((field) => [field, null])),
    ...{ code: expect.any(String), secrecy: "CONFIDENTIAL" },
  };
  const edge = (at: number, by = 0) => new Date(hours(at).getTime() + by);

  test.each([
    ["before", edge(10, -1), false],
    ["at its beginning", edge(10), true],
    ["at its last instant", edge(20, -1), true],
    ["at its end, whatever the state still says", edge(20), false],
  ])("%s", async (_when, now, opened) => {
    const row = await read("carl", consulted, { now });
    expect(row).toMatchObject(opened ? whole : shut);
    // C3 is CONFIDENTIAL: the consultation does not widen the grant.
    expect(row.customer?.name ?? null).toBeNull();
  });

  const inside = hours(15);
  test("other dossiers of the customer stay shut, and it stays shut to others", async () => {
    expect(await read("carl", neighbour, { now: inside })).toMatchObject(shut);
    expect(await read("spec", consulted, { now: inside })).toMatchObject(shut);
  });

  test("the customer stays as it was", async () => {
    const { id } = await server.database.db.customer.findUniqueOrThrow({ where: { code: "C3" } });
    const names = async (now: Date) => {
      const customer = "query ($id: ID!) { customer(id: $id) { code name mobile } }";
      return (await server.executeAs("carl", customer, { variables: { id }, now })).data.customer;
    };
    expect(await names(inside)).toEqual({ code: "C3", name: null, mobile: null });
    expect(await names(inside)).toEqual(await names(testNow));
  });

  test("it is read, not searched", async () => {
    const { data } = await server.executeAs(
      "carl",
      "query ($title: String) { dossiers(where: { title: { eq: $title } }, first: 500) { nodes { id } } }",
      { variables: { title: whole.title }, now: inside },
    );
    expect(data.dossiers.nodes.map(({ id }: { id: string }) => id)).not.toContain(consulted);
  });

  test.each<[string, Asking]>([
    ["another device", { device: "D1" }],
    ["no device", { device: null }],
  ])("the base conditions hold: from %s nothing is opened", async (_case, asking) => {
    expect(await read("carl", consulted, { now: inside, ...asking })).toBeNull();
  });

  test("no purpose has to be stated for it", async () => {
    expect(await read("carl", consulted, { now: inside, purpose: null })).toMatchObject(whole);
  });

  describe("to somebody who has no grant any more", () => {
    beforeAll(async () => {
      const { db } = server.database;
      const id = await consultation("APPROVED", {
        ...{ reader: "qin", head: "gina", decider: "cara", dossierId: await dossier("C1") },
      });
      const { dossierId } = await db.consultation.findUniqueOrThrow({ where: { id } });
      qins = dossierId;
      await db.grant.updateMany({ where: { grantee: { staffNo: "qin" } }, data: { state: "REVOKED" } });
    });
    let qins: string;

    test("it is the one dossier that there is", async () => {
      const { data } = await server.executeAs("qin", "{ dossiers { totalCount nodes { id title } } }");
      expect(data.dossiers).toEqual({ totalCount: 1, nodes: [{ id: qins, title: whole.title }] });
      expect(await read("qin", neighbour)).toBeNull();
    });

    test("no customer is in reach, and the dossier's own is not shown", async () => {
      const { errors } = await server.executeAs("qin", "{ customers { totalCount } }");
      expect(errors?.[0]?.extensions?.code).toBe("GRANT_EXPIRED");
      expect((await read("qin", qins)).customer).toBeNull();
    });

    test("the statement holds what was asked for and no other column of it", async () => {
      const [statement, ...others] = await server.sqlOf(
        "qin",
        "query ($id: ID!) { dossier(id: $id) { title customer { name } } }",
        { variables: { id: qins } },
      );
      expect(others).toEqual([]);
      const columns = [...statement!.matchAll(/t\d+\."(\w+)"/g)].map(([, column]) => column);
      // qin's device has not been reviewed: the marks of dossier and customer decide, and are all that is looked at besides.
      expect(new Set(columns)).toEqual(new Set(["id", "code", "title", "customerId", "secrecy"]));
    });
  });
});

describe("who sees it", () => {
  const query =
    "query ($id: ID!) { consultation(id: $id) { state reason decisionNote history { action note } dossier { title } } }";
  const line = { state: "REFUSED", reason: texts.reason, dossier: { title: expect.any(String) } };
  const steps = (note: string | null) => [
    { action: "request", note: null },
    { action: "submit", note: null },
    { action: "refuse", note },
  ];
  const note = "Ask the seller.";
  let id: string;
  beforeAll(async () => {
    id = await consultation("REFUSED");
  });

  test.each<[string, object | null]>([
    ["sam", { ...line, decisionNote: note, history: steps(null) }],
    ["sue", { ...line, decisionNote: note, history: steps(note), dossier: null }],
    ["cara", { ...line, decisionNote: note, history: steps(note) }],
    ["adam", { ...line, decisionNote: note, history: steps(note), dossier: null }],
    ["gina", { ...line, decisionNote: note, history: steps(note) }],
    ["pia", null],
    ["dora", null],
    ["tim", null],
    ["qin", null],
  ])("%s", async (account, expected) => {
    const { data } = await server.executeAs(account, query, { variables: { id } });
    if (!expected) expect(data.consultation).toBeNull();
    else expect(data.consultation).toMatchObject(expected);
  });

  test("customer service reads the notes on consultations, and still none of those on the own grants", async () => {
    const { data } = await server.executeAs(
      "cara",
      "{ grantApplications { nodes { history { action note } } } }",
    );
    expect(data.grantApplications.nodes).toEqual([
      {
        history: ["apply", "submit", "approve", "implement"].map((action) => ({ action, note: null })),
      },
    ]);
    const { note: kept } = await server.database.db.formEvent.findFirstOrThrow({
      where: { action: "approve", form: "GrantApplication" },
    });
    expect(kept).toMatch(/./);
  });

  test("a dossier lists them to those who see them", async () => {
    const { dossierId } = await server.database.db.consultation.findUniqueOrThrow({ where: { id } });
    const listed = async (account: string) => {
      const { data } = await server.executeAs(
        account,
        "query ($id: ID!) { dossier(id: $id) { consultations { totalCount } } }",
        { variables: { id: dossierId } },
      );
      return data.dossier.consultations.totalCount;
    };
    expect(await listed("cara")).toBe(1);
    expect(await listed("sam")).toBe(1);
    expect(await listed("ian")).toBe(0);
  });

  test("what can be done is told: to the reader, the head and customer service", async () => {
    const open = await consultation("SUBMITTED");
    const allowed = async (account: string) => {
      const { data } = await server.executeAs(
        account,
        "query ($id: ID!) { consultation(id: $id) { availableActions { action allowed } } }",
        { variables: { id: open } },
      );
      return data.consultation.availableActions
        .filter((one: { allowed: boolean }) => one.allowed)
        .map(({ action }: { action: string }) => action);
    };
    expect(await allowed("sam")).toEqual(["withdraw"]);
    expect(await allowed("sue")).toEqual(["withdraw"]);
    expect(await allowed("cara")).toEqual(["approve", "refuse"]);
    expect(await allowed("gina")).toEqual([]);
  });
});
