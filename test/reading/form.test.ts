import { expect, test } from "vitest";
import { clearable, type FormRules, filled, readForm } from "../../src/reading/form.js";
import {
  amount,
  instant,
  line,
  lineList,
  lines,
  pastDay,
  pastInstant,
  wholeNumber,
} from "../../src/reading/form-readers.js";

const now = new Date("2026-11-22T15:00:00+08:00");

interface Form {
  name?: string;
  note?: string | null;
}
const rules: FormRules<Form> = { name: filled(line(5)), note: clearable(lines(5)) };

test("keeps what was given, and only that", () => {
  expect(readForm<Form>({ name: " a \n b " }, rules, now)).toEqual({ name: "a b" });
  expect(readForm<Form>({ note: null }, rules, now)).toEqual({ note: null });
});

test("tells every problem at once, and none of the values", () => {
  const form = { name: null, note: "far too long" } as unknown as Form;
  expect(() => readForm(form, rules, now)).toThrow(
    expect.objectContaining({
      extensions: expect.objectContaining({
        code: "BAD_USER_INPUT",
        inputPath: "input.name",
        problems: [
          { inputPath: "input.name", code: "BAD_USER_INPUT", reason: "It cannot be empty." },
          { inputPath: "input.note", code: "BAD_USER_INPUT", reason: "It is longer than 5 characters." },
        ],
      }),
    }),
  );
});

test("the compiler knows which fields can be cleared, and misses none", () => {
  // @ts-expect-error: name is never null, so that it cannot be cleared
  const cleared: FormRules<Form> = { name: clearable(line(5)), note: clearable(lines(5)) };
  // @ts-expect-error: note has no rule
  const missing: FormRules<Form> = { name: filled(line(5)) };
  expect([cleared, missing]).toHaveLength(2);
});

const refused = { reason: expect.any(String) };

test.each<[string, object, object]>([
  ["a text", lines(10)(" a\r\nb ", now), { value: "a\nb" }],
  ["a composed text", lines(1)("e\u0301", now), { value: "é" }],
  ["no text", lines(10)(" \n", now), refused],
  ["a text too long", lines(2)("abc", now), refused],
  ["a NUL", lines(10)("a\u0000", now), refused],
  ["half a character", lines(10)("a\ud800", now), refused],
  ["a turn of direction", lines(10)("a\u202eb", now), refused],
  ["a line", line(10)("a \n\t b", now), { value: "a b" }],
  ["lines, each once", lineList(5, 3)(["a", " a", "b"], now), { value: ["a", "b"] }],
  ["no lines", lineList(5, 3)([], now), { value: [] }],
  ["lines too many", lineList(5, 1)(["a", "b"], now), refused],
  ["a line too long in a list", lineList(1, 3)(["a", "bc"], now), refused],
  ["the least", wholeNumber(1, 5)(1, now), { value: 1 }],
  ["the most", wholeNumber(1, 5)(5, now), { value: 5 }],
  ["more than the most", wholeNumber(1, 5)(6, now), refused],
  ["less than the least", wholeNumber(1, 5)(0, now), refused],
  ["an amount", amount("999999999999.99", now), { value: "999999999999.99" }],
  ["an amount too large", amount("1000000000000", now), refused],
  ["a negative amount", amount("-1", now), refused],
  ["a fraction of a fen", amount("1.005", now), refused],
  ["now", pastInstant("2026-11-22T07:00:00.000Z", now), { value: "2026-11-22T07:00:00.000Z" }],
  ["an instant from now", pastInstant("2026-11-22T07:00:00.001Z", now), refused],
  ["long ago", pastInstant("1969-12-31T23:59:59.999Z", now), refused],
  ["next year", instant("2027-11-22T07:00:00.000Z", now), { value: "2027-11-22T07:00:00.000Z" }],
  ["the next century", instant("2100-01-01T00:00:00.000Z", now), refused],
  ["a day before our era", instant("-000001-01-01T00:00:00.000Z", now), refused],
  ["today", pastDay("2026-11-22", now), { value: "2026-11-22" }],
  ["the day after tomorrow", pastDay("2026-11-24", now), refused],
])("reads %s", (_case, reading, expected) => {
  expect(reading).toEqual(expected);
});
