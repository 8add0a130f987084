import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { atOnce } from "../support/at-once.js";
import { testNow } from "../support/database.js";
import { aCourse } from "../support/drivers/training.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { withoutTrace } from "../support/forms.js";
import { step } from "../support/steps.js";

// Forms that exclude none of their kind: whoever may opens one, and of two at once each gets its own.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const later = new Date(testNow.getTime() + 3 * 3_600_000);

describe.each<[mutation: string, form: string, by: string, nobody: readonly string[], input: () => object]>([
  [
    "enterDevice",
    "device",
    "clerk",
    ["sam", "sue", "tim", "fin", "vic", "cu1"],
    () => ({ kind: "LAPTOP", model: "T14", stockInNo: `RK-${randomUUID()}`, note: "A present" }),
  ],
  [
    "wishProcurement",
    "procurement",
    "sam",
    ["vic", "cu1", "rep"],
    () => ({ need: "Laptops for two new sellers" }),
  ],
  [
    "requestAllocation",
    "allocation",
    "sue",
    ["sam", "pia", "tim", "clerk"],
    () => ({ employeeId: employeeId("sam"), need: "Visits" }),
  ],
  ["scheduleTrainingSession", "trainingSession", "tara", ["sam", "sue", "tim", "vic"], () => aCourse(later)],
])("%s", (mutation, form, by, nobody, input) => {
  const open = (account: string) => step(server, account, mutation, input(), { form });

  test.each(nobody)("is not for %s, and leaves no trace", async (account) => {
    await withoutTrace(server, async () => {
      expect((await open(account)).code).toBe("NOT_YOUR_ROLE");
    });
  });

  test("of two at once each has its own", async () => {
    const place = { table: "Employee", id: employeeId(by) };
    const answers = await atOnce(server.database, place, [() => open(by), () => open(by)]);
    expect(answers.map(({ code }) => code)).toEqual([undefined, undefined]);
    expect(new Set(answers.map(({ form: opened }) => opened.id)).size).toBe(2);
  });
});
