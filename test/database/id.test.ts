import { expect, test } from "vitest";
import { newId } from "../../src/database/id.js";

test("an id is its prefix and the 32 hexadecimal digits of a UUIDv7 of the given instant", () => {
  const now = new Date("2026-11-22T15:00:00+08:00");
  const id = newId("cus", now);
  expect(id).toMatch(/^cus_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  expect(Number.parseInt(id.slice(4, 16), 16)).toBe(now.getTime());
  expect(newId("cus", now)).not.toBe(id);
});

test("ids rise with time", () => {
  const ids = [1, 2, 3].map((second) => newId("ord", new Date(second * 1000)));
  expect([...ids].sort()).toEqual(ids);
});
