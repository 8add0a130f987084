import { faker } from "@faker-js/faker/locale/zh_CN";
import type { Calendar } from "./calendar.js";
import { mobilePrefixes, syllables, type Town, towns } from "./catalogue.js";
import { creditCode, residentId } from "./identity-numbers.js";

const { number, helpers } = faker;

/** Of a hundred, so many. */
export const chance = (percent: number): boolean => number.int({ min: 1, max: 100 }) <= percent;

/** A number of eight digits that no other index below a hundred million has. */
export const unique = (index: number): number => (index * 61_803_399 + 20_261_122) % 100_000_000;

/** The town without its province. */
export const shortName = ({ region }: Town): string => region.replace(/^.*省/, "");

/** Who a generated customer is and how to reach them: three in twenty are organisations. */
export function party(index: number, at: Calendar) {
  const town = helpers.arrayElement(towns);
  const isOrganisation = chance(15);
  const street = `${faker.location.street()}${number.int({ min: 1, max: 280 })}号`;
  const door = `${number.int({ min: 101, max: 1_904 })}室`;
  const hasLandline = isOrganisation || chance(20);
  return {
    town,
    fields: {
      ...(isOrganisation ? organisation(index, town) : person(town, at)),
      region: town.region,
      address: `${town.region}${helpers.arrayElement(town.districts)}${street}${door}`,
      mobile: `+86${helpers.arrayElement(mobilePrefixes)}${unique(index).toString().padStart(8, "0")}`,
      landline: hasLandline ? `+86${town.area}${number.int({ min: 60_000_000, max: 89_999_999 })}` : null,
      email: chance(70) ? mailbox(index) : null,
    },
  };
}

function person({ idRegion }: Town, at: Calendar) {
  const sex = helpers.arrayElement(["M", "F"] as const);
  const born = at(-number.int({ min: 19 * 365, max: 84 * 365 }))
    .toISOString()
    .slice(0, 10);
  return {
    partyType: "PERSON" as const,
    name: faker.person.lastName() + faker.person.firstName(sex === "M" ? "male" : "female"),
    sex,
    dateOfBirth: new Date(born),
    idType: "RESIDENT_ID" as const,
    idNumber: residentId(idRegion, born, sex, number.int({ max: 999 })),
    taxId: null,
    healthNotes: chance(15) ? helpers.arrayElement(health) : null,
    personalNotes: chance(10) ? "Prefers to be called in the evening." : null,
    creditLimit: `${number.int({ max: 10 }) * 500}.00`,
    paymentTermDays: 0,
    verifiedVia: "Identity card",
  };
}

const health = ["Sleeps badly after strong tea.", "Allergic to jasmine.", "Low blood pressure."];
const trades = ["茶业", "食品", "贸易", "酒店管理", "商贸"];

function organisation(index: number, town: Town) {
  const code = creditCode(town.idRegion, unique(index));
  const place = shortName(town).replace("市", "");
  return {
    partyType: "ORGANISATION" as const,
    name: `${place}${faker.person.firstName()}${helpers.arrayElement(trades)}有限公司`,
    sex: null,
    dateOfBirth: null,
    idType: "BUSINESS_LICENCE" as const,
    idNumber: code,
    taxId: code,
    healthNotes: null,
    personalNotes: null,
    creditLimit: `${number.int({ min: 5, max: 80 }) * 5_000}.00`,
    paymentTermDays: helpers.arrayElement([15, 30, 60]),
    verifiedVia: "Business licence register",
  };
}

/** At a domain that is reserved for examples (RFC 2606). */
function mailbox(index: number): string {
  const domain = helpers.arrayElement(["example.com", "example.net", "example.org"]);
  return `${helpers.arrayElement(syllables)}${helpers.arrayElement(syllables)}${index}@${domain}`;
}
