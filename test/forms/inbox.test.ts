import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepTime } from "../../src/workflow/keep-time.js";
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

describe("myTasks", () => {
  test.each<[string, string[]]>([
    [
      "sue",
      [
        "GrantApplication RETURNED: submitGrantApplication",
        "Offboarding ITEMS_OPEN: filePermissionForm, handOverOffboarding",
      ],
    ],
    ["pia", ["GrantApplication DRAFT: submitGrantApplication"]],
    ["tess", ["Offboarding ITEMS_OPEN: clearDevicesOffboarding"]],
    ["mona", ["GrantApplication ESCALATED: voteOnGrantApplication"]],
    [
      "adam",
      [
        "SensitiveUse FILED: acknowledgeSensitiveUse",
        "GrantApplication SUBMITTED: approveGrantApplication",
        "Offboarding ITEMS_CLEARED: closeOffboarding",
      ],
    ],
    [
      "tim",
      [
        "GrantApplication APPROVED: implementGrantApplication",
        "Offboarding ITEMS_OPEN: clearDevicesOffboarding",
      ],
    ],
    ["fin", ["SensitiveUse OPEN: returnSensitiveUse"]],
    ["sven", ["SensitiveUse OVERDUE: returnSensitiveUse"]],
    ["neo", []],
    ["cara", ["Disposal PROPOSED: witnessDisposal"]],
    ["cu1", []],
  ])("of %s: what waits for them, and nothing that waits for others", async (account, expected) => {
    const tasks = await tasksOf(account);
    expect(tasks.map(inShort).sort()).toEqual(expect.arrayContaining([...expected].sort()));
    if (expected.length === 0) expect(tasks).toEqual([]);
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
    expect((await tasksOf("tim")).map(({ state }) => state)).not.toContain("APPROVED");
  });

  test.each([
    [0, "BAD_USER_INPUT"],
    [501, "LIMIT_EXCEEDED"],
  ])("first: %i is refused with %s", async (first, code) => {
    const { errors } = await server.executeAs("adam", `{ myTasks(first: ${first}) { form } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code });
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
