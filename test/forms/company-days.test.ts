import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { step } from "../support/steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const set = (account: string, input: object) =>
  server.executeAs(
    account,
    "mutation ($input: SetCompanyDayInput!) { setCompanyDay(input: $input) { day working name } }",
    {
      variables: { input },
    },
  );
const monday = { day: "2026-11-23", working: false, name: "Founding day" };
const days = async (year: number) =>
  (await server.executeAs("sam", `{ companyDays(year: ${year}) { day working name } }`)).data.companyDays;

test("everybody reads the days of a year that differ from the week", async () => {
  expect(await days(2026)).toContainEqual({ day: "2026-10-01", working: false, name: "National Day" });
  expect(await days(2026)).toContainEqual({ day: "2026-10-10", working: true, name: "Worked in exchange" });
});

test.each(["sam", "adam", "gina", "cu1"])("%s does not keep the calendar", async (account) => {
  expect((await set(account, monday)).errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
});

test.each([
  ["a day that has passed", { day: "2026-11-21" }, "input.day"],
  ["a day too far away", { day: "2100-01-01" }, "input.day"],
  ["no name", { name: " " }, "input.name"],
])("%s is refused", async (_, change, inputPath) => {
  expect((await set("clerk", { ...monday, ...change })).errors?.[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    inputPath,
  });
});

test("a day off moves the terms that begin from then on, and no others", async () => {
  const { db } = server.database;
  const due = async (staffNo: string) => {
    const { id } = await db.grantApplication.findFirstOrThrow({
      where: { state: "DRAFT", employee: { staffNo } },
    });
    await step(server, "pia", "submitGrantApplication", { id, unitSeal: true });
    return (await db.grantApplication.findUniqueOrThrow({ where: { id } })).dueAt;
  };
  const before = await db.grantApplication.findFirstOrThrow({ where: { state: "SUBMITTED" } });
  expect((await set("clerk", monday)).data.setCompanyDay).toEqual(monday);
  // Signed on a Sunday; Monday is off, so that two working days end with Wednesday.
  expect(await due("pat")).toEqual(new Date("2026-11-25T24:00:00+08:00"));
  expect(await db.grantApplication.findUnique({ where: { id: before.id } })).toEqual(before);
  await set("ada", { ...monday, working: true, name: "As ever" });
  expect(await days(2026)).toContainEqual({ day: "2026-11-23", working: true, name: "As ever" });
});
