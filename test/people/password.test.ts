import { expect, test } from "vitest";
import { hashOfNobody, hashPassword, matchesPassword, type PasswordCost } from "../../src/people/password.js";

const cheap: PasswordCost = { ln: 4, r: 8, p: 1 };

test("a hash says how it was made, and no two are alike", async () => {
  const [one, other] = await Promise.all([hashPassword("secret"), hashPassword("secret")]);
  expect(one).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$[\w-]{22}\$[\w-]{43}$/);
  expect(other).not.toBe(one);
});

test.each([
  { typed: "correct horse", matches: true },
  { typed: "Correct horse", matches: false },
  { typed: "", matches: false },
  { typed: "correct horse ", matches: false },
])("$typed for 'correct horse': $matches", async ({ typed, matches }) => {
  expect(await matchesPassword(typed, await hashPassword("correct horse", cheap))).toBe(matches);
});

test("the same letter typed in two ways is one password", async () => {
  expect(await matchesPassword("caf\u0065\u0301", await hashPassword("caf\u00e9", cheap))).toBe(true);
});

test.each([
  "",
  "secret",
  "$scrypt$ln=4,r=8,p=1$$",
  "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA",
  hashOfNobody(cheap),
])("no password matches the stored text %s", async (stored) => {
  expect(await matchesPassword("secret", stored)).toBe(false);
  expect(await matchesPassword("", stored)).toBe(false);
});
