import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkCharacter, readResidentId } from "../../src/customers/resident-id.js";

const pad = (number: number, length: number) => String(number).padStart(length, "0");

const person = fc.record({
  region: fc.integer({ min: 110101, max: 659004 }),
  born: fc.date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }),
  sequence: fc.integer({ min: 0, max: 999 }),
});

const idOf = ({ region, born, sequence }: { region: number; born: Date; sequence: number }) => {
  const digits = `${region}${born.toISOString().slice(0, 10).replaceAll("-", "")}${pad(sequence, 3)}`;
  return digits + checkCharacter(digits);
};

describe("a number of 18 characters", () => {
  test("tells birth date and sex of whomever it was made for", () =>
    fc.assert(
      fc.property(person, (who) => {
        expect(readResidentId(idOf(who))).toEqual({
          number: idOf(who),
          dateOfBirth: who.born.toISOString().slice(0, 10),
          sex: who.sequence % 2 === 1 ? "M" : "F",
        });
      }),
    ));

  test("is refused with any one digit changed", () =>
    fc.assert(
      fc.property(person, fc.nat(16), fc.integer({ min: 1, max: 9 }), (who, place, shift) => {
        const id = idOf(who);
        const other = (Number(id[place]) + shift) % 10;
        expect(readResidentId(id.slice(0, place) + other + id.slice(place + 1))).toBeNull();
      }),
    ));

  test("is refused with two neighbours swapped", () =>
    fc.assert(
      fc.property(person, fc.nat(15), (who, place) => {
        const id = idOf(who);
        fc.pre(id[place] !== id[place + 1]);
        const swapped = id.slice(0, place) + id[place + 1] + id[place] + id.slice(place + 2);
        expect(readResidentId(swapped)).toBeNull();
      }),
    ));
});

test("a number of 15 digits tells birth date and sex, in the 20th century", () =>
  fc.assert(
    fc.property(person, (who) => {
      const day = who.born.toISOString().slice(2, 10).replaceAll("-", "");
      const [year, month, date] = [day.slice(0, 2), day.slice(2, 4), day.slice(4)];
      // A leap day of 2000 was none in 1900.
      fc.pre(!(day === "000229"));
      expect(readResidentId(`${who.region}${day}${pad(who.sequence, 3)}`)).toEqual({
        number: `${who.region}${day}${pad(who.sequence, 3)}`,
        dateOfBirth: `19${year}-${month}-${date}`,
        sex: who.sequence % 2 === 1 ? "M" : "F",
      });
    }),
  ));

test("no text makes it fail otherwise than by null", () =>
  fc.assert(fc.property(fc.string(), (text) => readResidentId(text) === null)));

test.each([
  { written: "11010519491231002X", reads: "11010519491231002X", why: "the example of the standard" },
  { written: "11010519491231002x", reads: "11010519491231002X", why: "x in lower case" },
  { written: " 110105 19491231 002X ", reads: "11010519491231002X", why: "spaces" },
  { written: "110105194912310020", reads: undefined, why: "another check character" },
  { written: "110105194902310026", reads: undefined, why: "the 31st of February" },
  { written: "440524188001010014", reads: "440524188001010014", why: "a day long ago" },
  { written: "110105490229001", reads: undefined, why: "the 29th of February in a common year, 15 digits" },
  { written: "010105194912310029", reads: undefined, why: "a region that begins with 0" },
  { written: "1101051949123100", reads: undefined, why: "16 digits" },
  { written: "１１０１０５19491231002X", reads: undefined, why: "digits of another width" },
])("$why", ({ written, reads }) => expect(readResidentId(written)?.number).toBe(reads));
