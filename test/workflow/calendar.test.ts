import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Calendar,
  calendarOf,
  dayOf,
  endOf,
  endOfDay,
  type Term,
  termInWords,
  workingDaysBetween,
} from "../../src/workflow/calendar.js";
import { companyCalendar } from "../../src/workflow/company-calendar.js";
import { type TestDatabase, testDatabase, testNow } from "../support/database.js";

/** An instant as the clock on the company's wall shows it. */
const at = (wall: string) => new Date(`${wall.replace(" ", "T")}+08:00`);

const nationalDay = calendarOf([
  ...["01", "02", "03", "04", "05", "06", "07"].map((day) => ({ day: `2026-10-${day}`, working: false })),
  { day: "2026-09-20", working: true },
  { day: "2026-10-10", working: true },
]);
const plain = calendarOf([]);

describe("a day", () => {
  test.each([
    ["2026-11-22T15:00:00+08:00", "2026-11-22"],
    ["2026-11-22T00:00:00+08:00", "2026-11-22"],
    ["2026-11-21T23:59:59.999+08:00", "2026-11-21"],
    // Evening in Greenwich is the next morning in Shanghai.
    ["2026-11-22T15:59:59.999Z", "2026-11-22"],
    ["2026-11-22T16:00:00Z", "2026-11-23"],
    ["2026-12-31T16:00:00Z", "2027-01-01"],
    ["2028-02-28T16:00:00Z", "2028-02-29"],
  ])("%s lies on %s", (instant, day) => {
    expect(dayOf(new Date(instant))).toBe(day);
  });

  test.each([
    ["2026-11-22", "2026-11-23 00:00"],
    ["2026-12-31", "2027-01-01 00:00"],
    ["2028-02-28", "2028-02-29 00:00"],
  ])("%s ends at %s", (day, end) => {
    expect(endOfDay(day)).toEqual(at(end));
  });

  test.each<[string, boolean]>([
    ["2026-11-20", true],
    ["2026-11-21", false],
    ["2026-11-22", false],
    ["2026-11-23", true],
    ["2026-10-01", false],
    ["2026-10-08", true],
    ["2026-09-20", true],
    ["2026-10-10", true],
    ["2026-10-11", false],
  ])("%s is worked: %s", (day, working) => {
    expect(nationalDay.isWorkingDay(day)).toBe(working);
  });
});

describe("the end of four working hours", () => {
  test.each<[string, string]>([
    // 20 November 2026 is a Friday.
    ["2026-11-20 09:00", "2026-11-20 13:00"],
    ["2026-11-20 14:00", "2026-11-20 18:00"],
    ["2026-11-20 14:01", "2026-11-23 09:01"],
    ["2026-11-20 18:00", "2026-11-23 13:00"],
    ["2026-11-20 08:00", "2026-11-20 13:00"],
    ["2026-11-19 23:00", "2026-11-20 13:00"],
    ["2026-11-21 12:00", "2026-11-23 13:00"],
    ["2026-09-30 16:00", "2026-10-08 11:00"],
    ["2026-10-10 16:00", "2026-10-12 11:00"],
  ])("that begin at %s is %s", (from, end) => {
    expect(endOf({ workingHours: 4 }, at(from), nationalDay)).toEqual(at(end));
  });

  test("takes as many days as it needs", () => {
    expect(endOf({ workingHours: 20 }, at("2026-11-20 17:00"), plain)).toEqual(at("2026-11-25 10:00"));
  });
});

describe("the end of a term", () => {
  test.each<[string, number, string]>([
    // 23 November 2026 is a Monday.
    ["2026-11-23 10:00", 1, "2026-11-25 00:00"],
    ["2026-11-23 10:00", 2, "2026-11-26 00:00"],
    ["2026-11-20 10:00", 1, "2026-11-24 00:00"],
    ["2026-11-20 10:00", 5, "2026-11-28 00:00"],
    ["2026-11-20 10:00", 6, "2026-12-01 00:00"],
    // What begins on a weekend waits for Monday.
    ["2026-11-21 09:00", 1, "2026-11-24 00:00"],
    ["2026-11-22 15:00", 1, "2026-11-24 00:00"],
    // Around midnight.
    ["2026-11-22 23:59", 1, "2026-11-24 00:00"],
    ["2026-11-23 00:00", 1, "2026-11-25 00:00"],
    ["2026-11-23 23:59", 1, "2026-11-25 00:00"],
    ["2026-11-24 00:00", 1, "2026-11-26 00:00"],
    // Over National Day, and onto the Saturday that is worked for it.
    ["2026-09-30 12:00", 1, "2026-10-09 00:00"],
    ["2026-09-30 12:00", 2, "2026-10-10 00:00"],
    ["2026-09-30 12:00", 3, "2026-10-11 00:00"],
    ["2026-09-30 12:00", 4, "2026-10-13 00:00"],
    ["2026-10-03 12:00", 1, "2026-10-09 00:00"],
    // Onto the Sunday that is worked for it.
    ["2026-09-18 12:00", 1, "2026-09-21 00:00"],
    // Over the end of a year.
    ["2026-12-31 18:00", 1, "2027-01-02 00:00"],
    ["2026-12-31 18:00", 2, "2027-01-05 00:00"],
  ])("from %s, %i working days: %s", (from, workingDays, end) => {
    expect(endOf({ workingDays }, at(from), nationalDay)).toEqual(at(end));
  });

  test.each<[Term, string, string]>([
    [{ hours: 1 }, "2026-10-01 23:30", "2026-10-02 00:30"],
    [{ hours: 72 }, "2026-09-30 12:00", "2026-10-03 12:00"],
    [{ hours: 24 }, "2026-12-31 18:00", "2027-01-01 18:00"],
    [{ days: 3 }, "2026-11-20 10:00", "2026-11-23 10:00"],
    [{ days: 1 }, "2028-02-28 23:59", "2028-02-29 23:59"],
    [{ days: 365 }, "2026-11-22 15:00", "2027-11-22 15:00"],
  ])("%o does not ask which days are worked: from %s to %s", (term, from, end) => {
    expect(endOf(term, at(from), nationalDay)).toEqual(at(end));
  });

  test.each<[Term, string]>([
    [{ hours: 1 }, "1 hour"],
    [{ hours: 72 }, "72 hours"],
    [{ days: 3 }, "3 days"],
    [{ workingDays: 1 }, "1 working day"],
    [{ workingDays: 2 }, "2 working days"],
  ])("%o in words: %s", (term, words) => {
    expect(termInWords(term)).toBe(words);
  });
});

describe("working days between", () => {
  test.each<[string, string, number]>([
    ["2026-11-23 10:00", "2026-11-23 23:59", 0],
    ["2026-11-23 23:59", "2026-11-24 00:00", 1],
    ["2026-11-20 10:00", "2026-11-22 15:00", 0],
    ["2026-11-20 10:00", "2026-11-23 08:00", 1],
    ["2026-11-16 10:00", "2026-11-23 10:00", 5],
    ["2026-09-30 12:00", "2026-10-07 12:00", 0],
    ["2026-09-30 12:00", "2026-10-12 12:00", 4],
    ["2026-12-31 12:00", "2027-01-04 12:00", 2],
    // Nothing lies between an instant and an earlier one.
    ["2026-11-24 10:00", "2026-11-23 10:00", 0],
  ])("%s and %s: %i", (from, to, count) => {
    expect(workingDaysBetween(at(from), at(to), nationalDay)).toBe(count);
  });
});

test("whatever the calendar, a term of working days ends with the last of them", () => {
  const days = Array.from({ length: 120 }, (_, index) =>
    dayOf(new Date(testNow.getTime() + (index - 10) * 86_400_000)),
  );
  const exceptions = fc.uniqueArray(fc.record({ day: fc.constantFrom(...days), working: fc.boolean() }), {
    selector: ({ day }) => day,
    maxLength: 40,
  });
  const instant = fc.integer({ min: 0, max: 30 * 86_400_000 }).map((ms) => new Date(testNow.getTime() + ms));
  fc.assert(
    fc.property(exceptions, instant, fc.integer({ min: 1, max: 15 }), (known, from, workingDays) => {
      const calendar = calendarOf(known);
      const end = endOf({ workingDays }, from, calendar);
      const last = new Date(end.getTime() - 1);
      expect(calendar.isWorkingDay(dayOf(last))).toBe(true);
      expect(dayOf(end)).not.toBe(dayOf(last));
      expect(workingDaysBetween(from, last, calendar)).toBe(workingDays);
      expect(end > endOf({ workingDays: workingDays - 1 }, from, calendar)).toBe(true);
    }),
  );
});

describe("the company's calendar", () => {
  let database: TestDatabase;
  let company: Calendar;
  beforeAll(async () => {
    database = await testDatabase();
    company = await companyCalendar(database.db, testNow);
  });
  afterAll(() => database?.close());

  /** Days of a year that are not as the week has them. */
  const differing = (year: number, working: boolean) => {
    const found: string[] = [];
    for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 1); ms += 86_400_000) {
      const day = new Date(ms).toISOString().slice(0, 10);
      if (company.isWorkingDay(day) === working && plain.isWorkingDay(day) !== working)
        found.push(day.slice(5));
    }
    return found.join(" ");
  };

  // As the General Office of the State Council announced them; weekend days off are as the week has them.
  test.each([
    [
      2025,
      "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08",
      "01-26 02-08 04-27 09-28 10-11",
    ],
    [
      2026,
      "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07",
      "01-04 02-14 02-28 05-09 09-20 10-10",
    ],
  ])("of %i: weekdays off, and weekend days that are worked", (year, off, worked) => {
    expect(differing(year, false)).toBe(off);
    expect(differing(year, true)).toBe(worked);
  });

  // 365 days without 104 at weekends and the 13 that the law gives since 2025.
  test.each([2025, 2026])("%i has 248 working days", (year) => {
    const from = at(`${year - 1}-12-31 12:00`);
    expect(workingDaysBetween(from, at(`${year}-12-31 12:00`), company)).toBe(248);
  });

  test.each<[string, number, string]>([
    ["2026-09-30 12:00", 2, "2026-10-10 00:00"],
    ["2026-02-13 12:00", 1, "2026-02-15 00:00"],
    ["2026-02-13 12:00", 2, "2026-02-25 00:00"],
    ["2025-12-31 18:00", 1, "2026-01-05 00:00"],
    // What is announced for 2027 is not known yet; the first of January is off in every year.
    ["2026-12-31 18:00", 1, "2027-01-05 00:00"],
    ["2026-12-30 18:00", 2, "2027-01-05 00:00"],
  ])("from %s, %i working days: %s", (from, workingDays, end) => {
    expect(endOf({ workingDays }, at(from), company)).toEqual(at(end));
  });

  test("a day that is added as a row counts from then on", async () => {
    const before = endOf({ workingDays: 1 }, testNow, company);
    await database.db.companyDay.create({
      data: { day: new Date("2026-11-23"), working: false, name: "Anniversary" },
    });
    const after = endOf({ workingDays: 1 }, testNow, await companyCalendar(database.db, testNow));
    expect([before, after]).toEqual([at("2026-11-24 00:00"), at("2026-11-25 00:00")]);
  });
});
