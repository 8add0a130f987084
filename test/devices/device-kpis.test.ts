import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testNow } from "../support/database.js";
import { diceOf } from "../support/dice.js";
import { deviceInUse } from "../support/drivers/faults.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { formPlay } from "../support/form-driver.js";
import { writeHistories } from "../support/kpi-history.js";
import { kpisOf, readAll, type Sight } from "../support/kpi-reference.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
  // A holiday, and a Saturday that is worked for it.
  await server.database.db.companyDay.createMany({
    data: [
      { day: new Date("2026-11-11"), working: false, name: "Founders' day" },
      { day: new Date("2026-11-14"), working: true, name: "Worked for founders' day" },
    ],
    skipDuplicates: true,
  });
});
afterAll(() => server?.close());

const fields = `id label
  normalRunning { rate scheduledHours downtimeHours } training { share trained holders }
  ledger { share matching counted allocationsUncounted } idle { share idleDeviceDays deviceDays }
  faults { reported meanHoursToAcknowledge acknowledged meanHoursToConfirm confirmed openOverDeadline }`;

const ask = (account: string, period: string, by: string, more = "first: 500") =>
  server.executeAs(
    account,
    `{ deviceKpis(period: { ${period} }, by: ${by}, ${more}) { from to groupCount total { ${fields} } groups { ${fields} } } }`,
  );

const codeOf = async (account: string, period: string, by = "DEVICE", more = "first: 5") => {
  const { data, errors } = await ask(account, period, by, more);
  expect(data?.deviceKpis ?? null).toBeNull();
  return errors?.[0]?.extensions?.code;
};

/** Numbers as far as a sum of milliseconds goes. */
const rounded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, one) => (typeof one === "number" ? Number(one.toPrecision(10)) : one)),
  );

async function sightOf(account: string): Promise<Sight> {
  const { id, department, roles } = await server.callerOf(account);
  const all = ["ADMINISTRATION", "TECHNOLOGY", "FINANCE"].includes(department);
  const head = roles.includes("DEPT_HEAD");
  const signsForManager = roles.includes("ADMIN_HEAD");
  return {
    device: (custodianId, of) => all || custodianId === id || (head && of === department),
    counts: department === "TECHNOLOGY",
    training: (person) =>
      person.id === id ||
      (head && person.departmentCode === department) ||
      (signsForManager && person.staffNo === "gina"),
  };
}

describe("against what is counted stretch by stretch", () => {
  const tape = fc.noBias(fc.array(fc.nat(), { minLength: 400, maxLength: 400 }));
  const askers = ["tim", "ada", "sue", "sam"];

  test("whatever devices have been through, whoever asks, and for any period", {
    timeout: 240_000,
  }, async () => {
    const { db } = server.database;
    const people = await db.employee.findMany({
      where: { staffNo: { in: ["sam", "sue", "pat", "cara", "dora"] } },
    });
    const [requester, allocator, issuer] = await Promise.all(
      ["ada", "clerk", "tim"].map(async (account) => (await server.callerOf(account)).id),
    );
    const seats = [requester!, allocator!, issuer!] as const;
    const staff = people.map(({ id, departmentCode }) => ({ id, department: departmentCode }));
    const sights = await Promise.all(askers.map(sightOf));
    await fc.assert(
      fc.asyncProperty(tape, async (numbers) => {
        const dice = diceOf(numbers);
        await writeHistories(db, dice, { count: 5, until: testNow, days: 80, staff, seats });
        const known = await readAll(db);
        const from = new Date(testNow.getTime() - (1 + dice.below(70 * 24)) * 3_600_000);
        const to = dice.chance(40)
          ? testNow
          : new Date(from.getTime() + 1 + dice.below(testNow.getTime() - from.getTime()));
        const period = `from: "${from.toISOString()}", to: "${to.toISOString()}"`;
        for (const [index, account] of askers.entries()) {
          const by = dice.pick(["DEVICE", "EMPLOYEE", "DEPARTMENT"]);
          const { data, errors } = await ask(account, period, by);
          expect(errors).toBeUndefined();
          const { groupCount, total, groups } = data.deviceKpis;
          const expected = kpisOf(known, { from, to }, by, sights[index]!);
          expect(rounded({ total, groups })).toEqual(rounded(expected));
          expect(groupCount).toBe(groups.length);
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
    // The histories hold what is counted.
    const { data } = await ask(
      "tim",
      `from: "2026-09-10T00:00:00Z", to: "2026-11-22T07:00:00Z"`,
      "DEVICE",
      "first: 0",
    );
    const { normalRunning, ledger, idle, faults } = data.deviceKpis.total;
    for (const number of [
      normalRunning.downtimeHours,
      idle.idleDeviceDays,
      ...[ledger.matching, ledger.counted - ledger.matching, ledger.allocationsUncounted],
      faults.confirmed,
    ])
      expect(number).toBeGreaterThan(0);
  });
});

describe("a period", () => {
  const refused: readonly (readonly [string, string])[] = [
    ["none", ""],
    ["two at once", `month: "2026-10", quarter: "2026-Q4"`],
    ["half of one", `from: "2026-10-01T00:00:00Z"`],
    ["backwards", `from: "2026-10-02T00:00:00Z", to: "2026-10-01T00:00:00Z"`],
    ["empty", `from: "2026-10-02T00:00:00Z", to: "2026-10-02T00:00:00Z"`],
    ["longer than two years", `from: "2024-11-20T00:00:00Z", to: "2026-11-22T00:00:00Z"`],
    ["not begun", `month: "2026-12"`],
    ["begins now", `from: "2026-11-22T07:00:00Z", to: "2026-11-23T07:00:00Z"`],
    ["no month", `month: "2026-13"`],
    ["no month either", `month: "2026-1"`],
    ["no quarter", `quarter: "2026-Q5"`],
    ["no quarter either", `quarter: "2026-Q0"`],
  ];
  test.each(refused)("%s: refused", async (_title, period) => {
    expect(await codeOf("tim", period)).toBe("BAD_USER_INPUT");
  });

  test.each([
    [`month: "2026-10"`, "2026-09-30T16:00:00.000Z", "2026-10-31T16:00:00.000Z"],
    [`quarter: "2026-Q3"`, "2026-06-30T16:00:00.000Z", "2026-09-30T16:00:00.000Z"],
    [`month: "2025-12"`, "2025-11-30T16:00:00.000Z", "2025-12-31T16:00:00.000Z"],
    [`month: "2026-11"`, "2026-10-31T16:00:00.000Z", testNow.toISOString()],
  ])("%s is of the company's calendar, and no further than now", async (period, from, to) => {
    const { data } = await ask("tim", period, "DEVICE", "first: 0");
    expect(data.deviceKpis).toMatchObject({ from, to, groups: [] });
  });

  test("in which there was nothing has no share, and says so in counts", async () => {
    const { data } = await ask("tim", `month: "2025-06"`, "DEPARTMENT");
    const { total, groups, groupCount } = data.deviceKpis;
    expect({ groups, groupCount }).toEqual({ groups: [], groupCount: 0 });
    expect(total.normalRunning).toEqual({ rate: null, scheduledHours: 0, downtimeHours: 0 });
    expect(total.training).toEqual({ share: null, trained: 0, holders: 0 });
    expect(total.idle).toEqual({ share: null, idleDeviceDays: 0, deviceDays: 0 });
    expect(total.faults).toMatchObject({ meanHoursToAcknowledge: null, acknowledged: 0 });
    expect(total.faults).toMatchObject({ meanHoursToConfirm: null, confirmed: 0 });
  });
});

describe("a fault that is reported, repaired, confirmed and opened again", () => {
  const at = (day: number, time: string): Date => new Date(`2026-11-${day}T${time}:00+08:00`);

  test("counts its working hours, twice, and no night", { timeout: 60_000 }, async () => {
    // Monday, 23 November, to Thursday.
    const play = (day: number, time: string) => formPlay(server, "Fault", at(day, time));
    const deviceId = await deviceInUse(play(23, "08:00"), "sam");
    const id = await play(23, "17:00").must("sam", "report", { deviceId, symptom: "It is dark." });
    await play(23, "17:30").must("tim", "acknowledge", { id });
    await play(23, "17:40").must("tim", "diagnose", { id, diagnosis: "Worn out" });
    await play(23, "17:50").must("tim", "startRepair", { id });
    await play(23, "17:55").must("tim", "finish", { id, cost: "0" });
    await play(24, "11:00").must("sam", "confirm", { id });
    await play(25, "16:00").must("sam", "reopen", { id, note: "Dark again." });
    const kpisAt = async (day: number, time: string) => {
      const { data } = await server.executeAs(
        "tim",
        `{ deviceKpis(period: { month: "2026-11" }, by: DEVICE, first: 500) { groups { ${fields} } } }`,
        { now: at(day, time) },
      );
      return data.deviceKpis.groups.find((one: { id: string }) => one.id === deviceId);
    };
    // 9 hours on Monday and on Tuesday each, of which 1 and 2 out of order; until Wednesday at six 9 more, and 2.
    expect(await kpisAt(25, "18:00")).toMatchObject({
      normalRunning: { scheduledHours: 27, downtimeHours: 5, rate: 1 - 5 / 27 },
      idle: { share: 0, idleDeviceDays: 0 },
      faults: {
        ...{ reported: 2, acknowledged: 1, meanHoursToAcknowledge: 0.5 },
        ...{ confirmed: 1, meanHoursToConfirm: 18, openOverDeadline: 0 },
      },
    });
    // Four working hours after the reopening nobody has acknowledged it.
    expect((await kpisAt(26, "10:59")).faults.openOverDeadline).toBe(0);
    expect((await kpisAt(26, "11:00")).faults.openOverDeadline).toBe(1);
  });
});

describe("who asks", () => {
  const period = `quarter: "2026-Q4"`;

  test("a customer sees of no device where it stands, and is told nothing", async () => {
    expect(await codeOf("cu1", period)).toBe("NOT_YOUR_ROLE");
  });

  test.each(["sam", "vic"])("%s counts what is theirs alone", async (account) => {
    const { data } = await ask(account, period, "EMPLOYEE");
    const { groups } = data.deviceKpis;
    expect(groups.map(({ label }: { label: string }) => label)).toEqual([account]);
    expect((await ask(account, period, "DEPARTMENT")).data.deviceKpis.groupCount).toBe(1);
  });

  test("a head sees the department and nobody else's", async () => {
    const { data } = await ask("sue", period, "DEPARTMENT");
    expect(data.deviceKpis.groups.map(({ label }: { label: string }) => label)).toEqual(["SALES"]);
  });

  test("technology learns of nobody's training from a sum", async () => {
    const { data } = await ask("tim", period, "EMPLOYEE");
    const trained = data.deviceKpis.groups.filter(
      ({ training }: { training: { holders: number } }) => training.holders > 0,
    );
    expect(trained.map(({ label }: { label: string }) => label)).toEqual(["tim"]);
    expect(data.deviceKpis.groupCount).toBeGreaterThan(5);
  });
});

describe("the groups", () => {
  const period = `quarter: "2026-Q4"`;

  test("come page by page, each once", async () => {
    const all = (await ask("tim", period, "EMPLOYEE")).data.deviceKpis.groups;
    const found: unknown[] = [];
    let after = "";
    for (;;) {
      const { data } = await server.executeAs(
        "tim",
        `{ deviceKpis(period: { ${period} }, by: EMPLOYEE, first: 7, after: ${JSON.stringify(after)}) { groups { ${fields} } pageInfo { hasNextPage endCursor } } }`,
      );
      found.push(...data.deviceKpis.groups);
      if (!data.deviceKpis.pageInfo.hasNextPage) break;
      after = data.deviceKpis.pageInfo.endCursor;
    }
    expect(found).toEqual(all);
    expect(all.length).toBeGreaterThan(14);
  });

  test.each([-1, 501])("%i at once: refused", async (first) => {
    expect(await codeOf("tim", period, "DEVICE", `first: ${first}`)).toMatch(/BAD_USER_INPUT|LIMIT_EXCEEDED/);
  });

  test("take two statements, however many there are", async () => {
    const sent = await server.sqlOf(
      "tim",
      `{ deviceKpis(period: { ${period} }, by: DEVICE) { groups { label } } }`,
    );
    expect(sent).toHaveLength(2);
  });
});
