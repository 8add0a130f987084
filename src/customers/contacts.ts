import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js";
import { isValidPhoneNumber as isInNumberingPlan } from "libphonenumber-js/max";
import type { Reader } from "./written-value.js";

/** The country whose numbers are read without a country code, unless somebody names another. */
export const homeCountry: CountryCode = "CN";

// Chinese lists write an extension as 转123 or 分机123, or as a third group after a landline number.
const withExtension = (written: string): string =>
  written
    .replace(/\s*(?:转|轉|分机|分機)\s*[:：]?\s*(?=\d)/, " ext. ")
    .replace(/^(\(?0\d{2,3}\)?[- ]?\d{7,8})-(\d{1,6})$/, "$1 ext. $2");

// At home every range of numbers is checked. Abroad the country's general pattern is enough: those plans change, and
// lists are older than the library's knowledge of them.
const isNumbered = (number: PhoneNumber): boolean =>
  number.country === homeCountry ? isInNumberingPlan(number.number) : number.isValid();

function parsePhone(written: string, country: CountryCode | undefined): PhoneNumber | null {
  const number = parsePhoneNumberFromString(withExtension(written.normalize("NFKC")), {
    ...(country && { defaultCountry: country }),
    extract: false,
  });
  return number && isNumbered(number) ? number : null;
}

const notANumber = (country: CountryCode | undefined) => ({
  reason: country
    ? `It is not a phone number: neither of ${country} nor, beginning with + and a country code, of another country.`
    : "It is not a phone number beginning with + and a country code, and the country is not known.",
});

/** A number that reaches one subscriber, in E.164: `+8613800138000`. */
export const mobile: Reader<string> = (written, { country }) => {
  const number = parsePhone(written, country);
  return number && !number.ext ? { value: number.number } : notANumber(country);
};

/** A number in E.164, with its extension where it has one (RFC 3966): `+862112345678;ext=123`. */
export const landline: Reader<string> = (written, { country }) => {
  const number = parsePhone(written, country);
  if (!number) return notANumber(country);
  return { value: number.ext ? `${number.number};ext=${number.ext}` : number.number };
};

// Deliberately narrower than RFC 5322: no comments, no quoted parts, a domain with a dot.
const address =
  /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63})$/u;

/** An e-mail address; its domain, in which case means nothing, in lower case. */
export const email: Reader<string> = (written) => {
  const bare = written.replace(/^mailto:/i, "");
  const domain = bare.length > 254 || /^\.|\.\.|\.@/.test(bare) ? undefined : address.exec(bare)?.[1];
  return domain
    ? { value: bare.slice(0, -domain.length) + domain.toLowerCase() }
    : { reason: "It is not an e-mail address." };
};
