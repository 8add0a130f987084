import type { Mask } from "../../src/access/masks.js";
import type { Row } from "./world.js";

const stars = (count: number) => "*".repeat(count);
const person = (text: string) => (text.length < 2 ? "*" : text[0] + stars(text.length - 1));

/** First and last characters, as long as at least four stay hidden. */
const ends = (text: string, first: number, middle: string, last: number): string => {
  if (text.length >= first + last + 4) return text.slice(0, first) + middle + text.slice(-last);
  return text.length >= last + 4 ? middle + text.slice(-last) : middle;
};

/** The masked form that the rulebook demands (2.2), made in memory: what the database's masks are held against. */
export function maskedForm(mask: Mask, value: unknown, row: Row): unknown {
  if (value === null || value === undefined || mask === "hidden") return null;
  const text = String(value);
  switch (mask) {
    case "shown":
      return value;
    case "customerName":
      if (row.partyType === "PERSON") return person(text);
      return text.length < 3 ? "****" : `${text.slice(0, 2)}****`;
    case "personName":
      return person(text);
    case "address":
      return `${row.region ?? ""}***`;
    case "lastFour":
      return ends(text, 0, "****", 4);
    case "mobile":
      return ends(text.replace(/^\+86/, ""), 3, "****", 4);
    case "email": {
      const [local = "", domain = ""] = text.split("@");
      return `${local.length > 1 ? local[0] : ""}***@${domain}`;
    }
    case "idNumber":
      return ends(text, 3, "*", 4);
  }
}

/** Another value of the same masked form: `noise` is digits, as many as are wanted. */
export function maskTwin(mask: Mask, value: string, row: Row, noise: (length: number) => string): string {
  const inside = (first: number, last: number) =>
    value.length > first + last
      ? value.slice(0, first) + noise(value.length - first - last) + (last ? value.slice(-last) : "")
      : value;
  switch (mask) {
    case "shown":
    case "hidden":
      return value;
    case "customerName":
      return row.partyType === "PERSON"
        ? person2(value, noise)
        : value.length < 3
          ? value
          : value.slice(0, 2) + noise(5);
    case "personName":
      return person2(value, noise);
    case "address":
      return noise(12);
    case "lastFour":
      return value.length >= 8 ? inside(1, 4) : value;
    case "mobile":
      return /^\+86\d{11}$/.test(value)
        ? inside(6, 4)
        : value.replace(/^\+86/, "").length >= 11
          ? inside(3, 4)
          : value;
    case "email": {
      const at = value.indexOf("@");
      return at > 1 ? value[0] + noise(6) + value.slice(at) : value;
    }
    case "idNumber":
      return value.length >= 11 ? inside(3, 4) : value;
  }
}

const person2 = (value: string, noise: (length: number) => string): string =>
  value.length < 2 ? value : value[0] + noise(value.length - 1);
