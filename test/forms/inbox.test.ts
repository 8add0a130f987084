import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { employeeId } from "../../src/database/demo/people.js";
import { isTrue } from "../../src/reading/sql.js";
import { whenDueIsDone } from "../../src/workflow/due-step.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { loadFacts } from "../../src/workflow/load-facts.js";
import { whyNot } from "../../src/workflow/why-not.js";
import { allWorkflows } from "../../src/workflow/workflow.js";
import { addDossier } from "../dossiers/add-dossier.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { step } from "../support/steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const days = (count: number) => new Date(testNow.getTime() + count * 86_400_000);
interface Task {
  form: string;
  state: string;
  mutations: string[];
  dueAt: string | null;
  overdue: boolean;
  record: { id: string } | null;
}
const tasksOf = async (account: string): Promise<Task[]> =>
  (
    await server.executeAs(
      account,
      "{ myTasks { form state mutations dueAt overdue record { id __typename } } }",
    )
  ).data.myTasks;
const inShort = ({ form, state, mutations }: Task) => `${form} ${state}: ${mutations.join(", ")}`;

/** What waits for whoever sets up, hands out and repairs devices. */
const technology = [
  "Allocation ALLOCATED: issueAllocation",
  "Allocation CHECKED_DEPT: checkReturnedDevice",
  "Allocation CHECKED_IT: returnDevice",
  "Device CONFIGURED: registerDevice",
  "Device STOCKED: configureDevice",
  "DeviceCopy RECALLED: wipeDeviceCopy",
  "Fault ACKNOWLEDGED: diagnoseFault",
  "Fault BACK: finishRepair",
  "Fault DIAGNOSED: startRepair, declareUnrepairable",
  "Fault IN_REPAIR: finishRepair",
  "Fault REPORTED: acknowledgeFault",
  "Fault SENT_OUT: takeBackFromRepair",
  ...Array(2).fill("GrantApplication APPROVED: implementGrantApplication"),
  "Incident CONTAINED: activatePlanIncident",
  "Incident REPORTED: containIncident",
  "InstallRequest ASKED: confirmInstallation, refuseInstallation",
  "InstallRequest CONFIRMED: completeInstallation",
  "Offboarding ITEMS_OPEN: clearDevicesOffboarding",
  "Procurement APPROVED: orderProcurement",
  "Procurement DELIVERED: acceptProcurement, returnToSupplier",
  "Procurement ORDERED: deliverProcurement",
  "Procurement RETURNED_TO_SUPPLIER: deliverProcurement, cancelProcurement",
  "ScrapSheet APPROVED: wipeForScrap",
  "StaffRequest SUPPORT_ASKED: answerSupport",
  "StockTake COUNTED: closeStockTake",
  ...Array(2).fill("StockTake OPEN: countStockTake"),
];

/** What customer service has to tell customers who object. */
const customerService = [
  "Objection DISMISSED: closeObjection",
  "Objection FILED: acknowledgeObjection",
  "Objection RECTIFIED: closeObjection",
];

describe("myTasks", () => {
  test.each<[string, string[]]>([
    [
      "sue",
      [
        "Appeal FILED: answerAppeal",
        "Appeal REVIEWED: agreeToAppeal",
        "GrantApplication RETURNED: submitGrantApplication",
        "Loan REQUESTED: sealLoan",
        "Objection UPHELD: startRectifyingObjection",
        "Offboarding ITEMS_OPEN: filePermissionForm, handOverOffboarding",
        "TierPolicy PROPOSED: voteOnTierPolicy",
      ],
    ],
    [
      "pia",
      [
        "Appeal ESCALATED: voteOnAppeal",
        "GrantApplication DRAFT: submitGrantApplication",
        "Recertification OPEN: confirmRecertification",
      ],
    ],
    [
      "tess",
      [
        ...technology,
        // She is the head, and the device is nobody's.
        "Appeal ESCALATED: voteOnAppeal",
        "Fault REPAIRED: confirmRepair",
        "Objection RECTIFYING: finishRectifyingObjection",
      ],
    ],
    [
      "mona",
      [
        ...customerService,
        "Consultation SUBMITTED: approveConsultation",
        ...Array(3).fill("CorrectionRequest PROPOSED: applyCorrection"),
        "Disposal PROPOSED: witnessDisposal",
        "Disposal WITNESSED: approveDisposal",
        "ExternalDisclosure REQUESTED: approveExternalDisclosureAsManager",
        "GrantApplication ESCALATED: voteOnGrantApplication",
        "TierPolicy PROPOSED: voteOnTierPolicy",
      ],
    ],
    [
      "adam",
      [
        "Appeal FORWARDED: resolveAppeal",
        "EmergencyAccess ENDED: justifyEmergencyAccess",
        "GrantApplication SUBMITTED: approveGrantApplication",
        "Incident CONTAINED: investigateIncident",
        "Incident INVESTIGATING: resolveIncident",
        "Incident PLAN_ACTIVATED: investigateIncident",
        "Incident REVIEWED: closeIncident",
        ...Array(2).fill("Objection ACKNOWLEDGED: investigateObjection"),
        "Objection INVESTIGATING: upholdObjection, dismissObjection",
        "Procurement WISHED: assessProcurement",
        "Violation FOUND: reviewViolation",
        "Violation UNDER_REVIEW: upholdViolation, dismissViolation",
        "Offboarding ITEMS_CLEARED: closeOffboarding",
        "SensitiveUse FILED: acknowledgeSensitiveUse",
      ],
    ],
    ["tim", technology],
    [
      "fin",
      [
        ...Array(3).fill("Device LOST: writeOffDevice"),
        "ScrapSheet REQUESTED: approveScrap",
        "SensitiveUse OPEN: returnSensitiveUse",
      ],
    ],
    [
      "sven",
      [
        ...customerService,
        "CopyRequest REQUESTED: approveCopyRequest",
        ...Array(4).fill("CorrectionRequest PROPOSED: applyCorrection"),
        "Disposal PROPOSED: witnessDisposal",
        "Disposal WITNESSED: approveDisposal",
        "DeviceCopy RECALLED: wipeDeviceCopy",
        "Incident REPORTED: containIncident",
        "SensitiveUse OVERDUE: returnSensitiveUse",
      ],
    ],
    ["neo", []],
    ["cara", ["Disposal PROPOSED: witnessDisposal", ...customerService]],
    ["cu1", []],
  ])("of %s: what waits for them, and nothing that waits for others", async (account, expected) => {
    const tasks = await tasksOf(account);
    expect(tasks.map(inShort).sort()).toEqual([...expected].sort());
    for (const { record } of tasks) expect(record?.id).toBeTruthy();
  });

  test("what is due first stands in front, and what is over is marked", async () => {
    const tasks = await tasksOf("sven");
    expect(tasks[0]).toMatchObject({ state: "OVERDUE", overdue: true });
    const due = (await tasksOf("adam")).map(({ dueAt }) => dueAt ?? "9999");
    expect(due).toEqual([...due].sort());
  });

  test("what the clock has not done yet counts as done", async () => {
    const { id } = await server.database.db.sensitiveUse.findFirstOrThrow({ where: { state: "FILED" } });
    const acknowledge = async (now: Date) => {
      const { data } = await server.executeAs(
        "adam",
        "query ($id: ID!) { sensitiveUse(id: $id) { availableActions { action allowed reason } } myTasks { record { id } } }",
        { variables: { id }, now },
      );
      const step = data.sensitiveUse.availableActions.find(
        ({ action }: { action: string }) => action === "acknowledge",
      );
      const waits = data.myTasks.some(({ record }: Task) => record?.id === id);
      return { reason: step.reason, waits };
    };
    expect(await acknowledge(days(1))).toEqual({ reason: null, waits: true });
    expect(await acknowledge(days(2))).toEqual({ reason: "WRONG_STATE", waits: false });
  });

  test("each of them can really be taken on by its mutation", async () => {
    const task = (await tasksOf("tim")).find(({ state }) => state === "APPROVED")!;
    const taken = await step(server, "tim", task.mutations[0]!, { id: task.record!.id });
    expect(taken.form.state).toBe("IMPLEMENTED");
    expect((await tasksOf("tim")).map(({ record }) => record?.id)).not.toContain(task.record!.id);
  });

  test.each([
    [0, "BAD_USER_INPUT"],
    [501, "LIMIT_EXCEEDED"],
  ])("first: %i is refused with %s", async (first, code) => {
    const { errors } = await server.executeAs("adam", `{ myTasks(first: ${first}) { form } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code });
  });
});

describe("myTasks leaves nothing out", () => {
  let full: DemoServer;
  beforeEach(async () => {
    full = await demoServer();
  });
  afterEach(() => full?.close());

  /** What waits for somebody, form by form, out of all that they reach. */
  async function foundOneByOne(account: string, now: Date): Promise<string[]> {
    const caller = await full.callerOf(account, { now });
    const { decisions } = await full.contextFor(caller);
    const found = await Promise.all(
      allWorkflows().map(async (workflow) => {
        const within = decisions!.reach(workflow.record).rows;
        const stored = await loadFacts(full.database.db, workflow, () => isTrue, { within });
        return stored.flatMap((one) => {
          const facts = whenDueIsDone(workflow, one, now);
          const { waitsFor = [] } = workflow.states[facts.state]!;
          return waitsFor.some((action) => !whyNot(workflow, action, facts, caller)) ? [facts.id] : [];
        });
      }),
    );
    return found.flat().sort();
  }
  const foundAtOnce = async (account: string, now: Date): Promise<string[]> => {
    const { data } = await full.executeAs(account, "{ myTasks(first: 500) { record { id } } }", { now });
    return data.myTasks.map(({ record }: Task) => record!.id).sort();
  };

  test.each([
    ["when they are loaded", 0],
    ["days later, before the clock has looked", 4],
    ["weeks later, before the clock has looked", 12],
  ])("of what waits for anybody, %s", async (_, later) => {
    let count = 0;
    for (const { staffNo } of demoAccounts) {
      const expected = await foundOneByOne(staffNo, days(later));
      expect([staffNo, ...(await foundAtOnce(staffNo, days(later)))]).toEqual([staffNo, ...expected]);
      count += expected.length;
    }
    expect(count).toBeGreaterThan(40);
  });

  test("of somebody who manages without a head of department, or whose contract has ended", async () => {
    const { db } = full.database;
    // The general manager signs for a department without a head, and nobody is at work any more whose contract is over.
    await db.employeeRole.deleteMany({ where: { employee: { staffNo: "sue" }, role: "DEPT_HEAD" } });
    await db.employee.update({ where: { staffNo: "mona" }, data: { contractEndsAt: days(-30) } });
    for (const account of ["gina", "sue", "mona", "ada"])
      expect(await foundAtOnce(account, testNow)).toEqual(await foundOneByOne(account, testNow));
    const { id } = await db.loan.findFirstOrThrow({ where: { state: "REQUESTED" } });
    expect(await foundAtOnce("gina", testNow)).toContain(id);
    expect(await foundAtOnce("sue", testNow)).not.toContain(id);
    expect(await foundAtOnce("mona", testNow)).toEqual([]);
  });

  test("of 600 other people's declarations that are due earlier", async () => {
    const { db } = full.database;
    const filed = await db.sensitiveUse.findFirstOrThrow({ where: { state: "FILED" } });
    const { grantId, declaredById } = await db.sensitiveUse.findFirstOrThrow({ where: { state: "OPEN" } });
    await db.sensitiveUse.createMany({
      data: Array.from({ length: 600 }, (_, position) => ({
        ...{ id: `use_crowd${position}`, state: position % 2 ? ("OPEN" as const) : ("OVERDUE" as const) },
        ...{ grantId, declaredById, purpose: "FINANCE", fields: ["Customer.balance"], standing: true },
        ...{ plannedFrom: days(-3), plannedUntil: days(-1), filedAt: days(-3) },
      })),
    });
    const { data } = await full.executeAs("adam", "{ myTasks(first: 5) { form state record { id } } }");
    expect(data.myTasks).toContainEqual({ form: "SensitiveUse", state: "FILED", record: { id: filed.id } });
    const own = await full.executeAs("fin", "{ myTasks(first: 500) { state } }");
    expect(own.data.myTasks).toHaveLength(500);
  });

  test("of 1,200 consultations that wait for others, for a reason that no column says", async () => {
    const { db } = full.database;
    const consultation = await db.consultation.findFirstOrThrow({ where: { state: "SUBMITTED" } });
    const dossierId = await addDossier(db, "C1", { secrecy: "TOP_SECRET", keeperId: employeeId("spec") });
    const another = (position: number, own: object = {}) => ({
      ...consultation,
      ...{ id: `con_crowd${position}`, formNo: `C-CROWD-${position}`, dueAt: days(-1), ...own },
    });
    await db.consultation.createMany({ data: Array.from({ length: 1_200 }, (_, at) => another(at)) });
    await db.consultation.create({ data: another(1_200, { dossierId, dueAt: days(1) }) });
    const { data } = await full.executeAs("gina", "{ myTasks { mutations record { id } } }");
    expect(data.myTasks).toContainEqual({
      mutations: ["permitConsultation"],
      record: { id: "con_crowd1200" },
    });
  });
});

describe("notifications", () => {
  const toldTo = async (account: string) =>
    (await server.executeAs(account, "{ notifications { nodes { id form formId says at readAt } } }")).data
      .notifications.nodes as { id: string; form: string; says: string; readAt: string | null }[];

  test("administration hears of a declaration at once, whoever declares it does not", async () => {
    const { id } = await server.database.db.customer.findFirstOrThrow({ where: { code: "C1" } });
    const filed = await step(server, "carl", "fileSensitiveUse", {
      customerIds: [id],
      fields: ["Customer.balance"],
      purpose: "CUSTOMER_SERVICE",
      plannedUntil: days(2).toISOString(),
    });
    expect(filed.form.state).toBe("OPEN");
    expect((await toldTo("adam")).map(({ says }) => says)).toContain("Sensitive use has been declared.");
    expect(await toldTo("carl")).toEqual([]);
  });

  test.each<[string, number, string, number]>([
    ["a day before the end", 1, "carl", 0],
    ["four hours before the end", 2 - 4 / 24, "carl", 1],
    ["again at the same time", 2 - 4 / 24, "carl", 1],
    ["an hour before the end", 2 - 1 / 24, "carl", 1],
    ["when it is over", 2, "carl", 2],
    ["half a day later", 2.5, "carl", 2],
    ["a day later", 3, "carl", 2],
  ])("reminders of a declaration, %s", async (_, after, account, count) => {
    const looks = await Promise.all([
      keepTime(server.database.db, days(after)),
      keepTime(server.database.db, days(after)),
    ]);
    expect(looks).toHaveLength(2);
    expect(await toldTo(account)).toHaveLength(count);
  });

  test("are one's own, and are marked as read by nobody else", async () => {
    const [one] = await toldTo("carl");
    const mark = (account: string) =>
      server.executeAs(
        account,
        "mutation ($ids: [ID!]!) { markNotificationsRead(input: { ids: $ids }) { marked } }",
        {
          variables: { ids: [one!.id] },
        },
      );
    expect((await mark("cara")).data.markNotificationsRead.marked).toBe(0);
    expect((await mark("carl")).data.markNotificationsRead.marked).toBe(1);
    expect((await mark("carl")).data.markNotificationsRead.marked).toBe(0);
    expect((await toldTo("carl")).filter(({ readAt }) => readAt)).toHaveLength(1);
  });
});

describe("the clock", () => {
  test("lets a grant expire at its end, once, and says so two weeks and three days before", async () => {
    const { db } = server.database;
    const { validTo } = await db.grant.findFirstOrThrow({
      where: { grantee: { staffNo: "ian" }, state: "ACTIVE" },
    });
    const at = (day: number) => new Date(validTo.getTime() + day * 86_400_000);
    const told = () => db.notification.count({ where: { person: { staffNo: "ian" }, form: "Grant" } });
    await keepTime(db, at(-15));
    expect(await told()).toBe(0);
    await keepTime(db, at(-14));
    await keepTime(db, at(-13));
    expect(await told()).toBe(1);
    await keepTime(db, at(-3));
    expect(await told()).toBe(2);
    await Promise.all([keepTime(db, at(0)), keepTime(db, at(0)), keepTime(db, at(1))]);
    const grant = await db.grant.findFirstOrThrow({ where: { grantee: { staffNo: "ian" } } });
    expect(grant).toMatchObject({ state: "EXPIRED", endedAt: validTo });
    expect(await db.formEvent.count({ where: { recordId: grant.id, action: "expire" } })).toBe(1);
  });
});
