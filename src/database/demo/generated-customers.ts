import { faker } from "@faker-js/faker/locale/zh_CN";
import type { CustomerStatus } from "../client.js";
import type { Calendar } from "./calendar.js";
import { banks, needs, preferences, sources, type Town } from "./catalogue.js";
import type { CustomerRecord } from "./customer-records.js";
import { business } from "./generated-business.js";
import { chance, party, shortName, unique } from "./generated-party.js";
import { customerId, demoId } from "./id.js";
import { cardNumber } from "./identity-numbers.js";
import { employeeId, sellers } from "./people.js";

const { number, helpers } = faker;

/** The number in the code of the first generated customer, less one. */
const before = 100_000;

/** The code of the generated customer of an index from 1: C100001. */
export const generatedCode = (index: number): string => `C${before + index}`;

/** Customers in a batch: few enough that no statement takes long or much memory. */
const batchSize = 500;

interface Range {
  /** Indexes from 1, both included. */
  readonly from: number;
  readonly to: number;
  readonly at: Calendar;
  /** Orders of each customer; none to four unless given. */
  readonly orders?: number;
}

/** Customers in batches; `last` is the index that a batch ends with. */
export function* generatedCustomers({ from, to, at, orders }: Range) {
  for (let first = from; first <= to; first += batchSize) {
    const last = Math.min(first + batchSize - 1, to);
    const length = last - first + 1;
    yield {
      records: Array.from({ length }, (_, place) => generatedCustomer(first + place, at, orders)),
      last,
    };
  }
}

/** Always the same for the same index, calendar and number of orders, whatever was generated before. */
function generatedCustomer(index: number, at: Calendar, orders: number | undefined): CustomerRecord {
  faker.seed(index);
  const code = generatedCode(index);
  const id = customerId(code);
  const { town, fields } = party(index, at);
  const seller = chance(92) ? employeeId(helpers.arrayElement(sellers).staffNo) : null;
  const knownDays = number.int({ min: 30, max: 1_500 });
  const bankAccounts = accounts(index, id, fields.name, town);
  const traded = business({
    customer: { id, number: before + index },
    seller,
    at,
    orders: orders ?? number.int({ min: 0, max: 4 }),
    account: bankAccounts[0]?.accountNumber ?? null,
    address: fields.address,
    knownDays,
  });
  const { secrecy, keeperId, clearances } = secrecyOf(index, id);
  return {
    customer: {
      id,
      code,
      kind: "GENERAL",
      specialRole: null,
      ...fields,
      balance: traded.balance,
      businessNeeds: chance(80) ? helpers.arrayElement(needs) : null,
      preferences: chance(60) ? helpers.arrayElement(preferences) : null,
      source: helpers.arrayElement(sources),
      rating: helpers.arrayElement(["A", "B", "B", "C", "D"]),
      collectionPurpose: "ORDER_HANDLING",
      collectionChannel: helpers.arrayElement(["FORM", "WEB", "FACE_TO_FACE"]),
      collectedAt: at(-knownDays),
      collectedById: seller,
      firstContactAt: at(-knownDays - number.int({ max: 20 })),
      ownerId: seller,
      departmentCode: seller ? "SALES" : "CUSTOMER_SERVICE",
      secrecy,
      keeperId,
      status: helpers.weightedArrayElement(statuses),
      ...verification(fields.verifiedVia, at(-knownDays + 3)),
      retentionUntil: traded.lastAt && threeYearsAfter(traded.lastAt),
      storageClass: "SERVER",
      lastUpdatedAt: at(-number.int({ max: 29 })),
      version: 1,
    },
    clearances,
    bankAccounts,
    ...traded.records,
  };
}

const statuses: { value: CustomerStatus; weight: number }[] = [
  { value: "ACTIVE", weight: 93 },
  { value: "EXPIRED", weight: 4 },
  { value: "INVALID", weight: 2 },
  { value: "DRAFT", weight: 1 },
];

const verification = (verifiedVia: string, verifiedAt: Date) =>
  chance(80)
    ? { verification: "VERIFIED" as const, verifiedAt, verifiedVia }
    : {
        verification: chance(5) ? ("SUSPECT" as const) : ("UNVERIFIED" as const),
        verifiedAt: null,
        verifiedVia: null,
      };

function accounts(index: number, id: string, holderName: string, town: Town) {
  const count = chance(85) ? (chance(10) ? 2 : 1) : 0;
  return Array.from({ length: count }, (_, place) => {
    const bank = helpers.arrayElement(banks);
    return {
      id: demoId("acc", (before + index) * 16 + place),
      customerId: id,
      holderName,
      bankName: `${bank.name}${shortName(town)}${helpers.arrayElement(town.districts)}支行`,
      accountNumber: cardNumber(bank.card, unique(index) * 10 + place),
      controlledByStaff: false,
    };
  });
}

/** One in a hundred is confidential, one in five hundred top secret: kept by mona, the latter open to gina too. */
function secrecyOf(index: number, customer: string) {
  const topSecret = index % 500 === 499;
  const confidential = index % 100 === 57;
  return {
    secrecy: topSecret
      ? ("TOP_SECRET" as const)
      : confidential
        ? ("CONFIDENTIAL" as const)
        : ("ORDINARY" as const),
    keeperId: topSecret || confidential ? employeeId("mona") : null,
    clearances: topSecret ? [{ customerId: customer, employeeId: employeeId("gina") }] : [],
  };
}

/** The retention period (rulebook 0.3) counts from the last transaction. */
function threeYearsAfter(instant: Date): Date {
  const later = new Date(instant.toISOString().slice(0, 10));
  later.setUTCFullYear(later.getUTCFullYear() + 3);
  return later;
}
