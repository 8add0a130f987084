import { isValidPhoneNumber } from "libphonenumber-js";
import { afterAll, describe, expect, test } from "vitest";
import { readResidentId } from "../../../src/customers/resident-id.js";
import { cardNumber, creditCode, residentId } from "../../../src/database/demo/identity-numbers.js";
import { demoDatabase, testNow } from "../../support/database.js";

const { db, close } = await demoDatabase();
afterAll(close);

const customers = await db.customer.findMany({
  include: { bankAccounts: true, orders: true, transactions: true },
});
const day = (date: Date | null) => date?.toISOString().slice(0, 10);

describe("the customers that everything speaks of", () => {
  test("C1 is sam's, has an open order O1 and every kind of data", async () => {
    const c1 = await db.customer.findUniqueOrThrow({
      where: { code: "C1" },
      include: {
        owner: true,
        logins: true,
        bankAccounts: true,
        orders: true,
        transactions: true,
        serviceCases: true,
        dossiers: true,
      },
    });
    expect(c1).toMatchObject({
      partyType: "PERSON",
      secrecy: "ORDINARY",
      status: "ACTIVE",
      owner: { staffNo: "sam" },
    });
    expect(c1.logins.map(({ staffNo }) => staffNo)).toEqual(["cu1"]);
    expect(c1.orders.find(({ orderNo }) => orderNo === "O1")!.status).toBe("IN_PRODUCTION");
    for (const part of [c1.bankAccounts, c1.transactions, c1.serviceCases, c1.dossiers])
      expect(part.length).toBeGreaterThan(0);
    const missing = Object.entries(c1)
      .filter(([, value]) => value === null)
      .map(([field]) => field);
    expect(missing.sort()).toEqual(["keeperId", "specialRole"]);
  });

  test("C2 is another seller's who cannot sign in", async () => {
    const c2 = await db.customer.findUniqueOrThrow({
      where: { code: "C2" },
      include: { owner: { include: { login: true } } },
    });
    expect(c2.owner).toMatchObject({ departmentCode: "SALES", login: null });
    expect(c2.idNumber).not.toBeNull();
  });

  test.each`
    code    | fields
    ${"C3"} | ${{ secrecy: "CONFIDENTIAL", keeper: { staffNo: "mona" } }}
    ${"C4"} | ${{ status: "EXPIRED" }}
    ${"C5"} | ${{ status: "EXPIRED" }}
  `("$code is what it stands for", async ({ code, fields }) => {
    expect(await db.customer.findUnique({ where: { code }, include: { keeper: true } })).toMatchObject(
      fields,
    );
  });

  test("the retention of C4 is over, that of C5 runs", async () => {
    const [c4, c5] = await Promise.all(
      ["C4", "C5"].map((code) => db.customer.findUniqueOrThrow({ where: { code } })),
    );
    expect(c4!.retentionUntil! < testNow && testNow < c5!.retentionUntil!).toBe(true);
  });
});

describe("the generated customers", () => {
  test("are two thousand, about three in twenty organisations, with about two orders each", () => {
    expect(customers).toHaveLength(2_009);
    const organisations = customers.filter(({ partyType }) => partyType === "ORGANISATION").length;
    expect(organisations / customers.length).toBeCloseTo(0.15, 1);
    const orders = customers.reduce((total, customer) => total + customer.orders.length, 0);
    expect(orders / customers.length).toBeCloseTo(2, 0);
  });

  test("belong to all sellers but neo, and some to nobody", async () => {
    const sellers = await db.employee.findMany({
      where: { roles: { some: { role: "SELLER" } }, staffNo: { not: "neo" } },
    });
    expect(new Set(customers.map(({ ownerId }) => ownerId))).toEqual(
      new Set([...sellers.map(({ id }) => id), null]),
    );
  });

  test("some have open orders, some transactions, some neither", () => {
    const open = customers.filter(({ orders }) =>
      orders.some(({ status }) => ["PLACED", "IN_PRODUCTION"].includes(status)),
    );
    const trading = customers.filter(({ transactions }) => transactions.length > 0);
    expect(open.length).toBeGreaterThan(100);
    expect(trading.length).toBeGreaterThan(open.length);
    expect(trading.length).toBeLessThan(customers.length);
  });
});

test("every resident id is valid and says the birth date and the sex of its holder", () => {
  const holders = customers.filter(({ idType }) => idType === "RESIDENT_ID");
  expect(holders.length).toBeGreaterThan(1_500);
  for (const { idNumber, dateOfBirth, sex } of holders)
    expect(readResidentId(idNumber!)).toEqual({ number: idNumber, dateOfBirth: day(dateOfBirth), sex });
});

test("every number can be called, no two customers share one, and none is a staff member's", async () => {
  const mobiles = customers.flatMap(({ mobile }) => mobile ?? []);
  const numbers = [...mobiles, ...customers.flatMap(({ landline }) => landline ?? [])];
  expect(numbers.filter((number) => !isValidPhoneNumber(number))).toEqual([]);
  expect(new Set(mobiles).size).toBe(mobiles.length);
  const staff = await db.employee.findMany({ where: { kind: "FORMAL" } });
  expect(staff.every(({ phone, relativesContacts }) => phone && relativesContacts.length > 0)).toBe(true);
  const theirs = new Set(staff.flatMap(({ phone, relativesContacts }) => [phone, ...relativesContacts]));
  expect(numbers.filter((number) => theirs.has(number))).toEqual([]);
});

test("bank accounts are in the customer's own name, and no two are the same", () => {
  const accounts = customers.flatMap(({ name, bankAccounts }) =>
    bankAccounts.map((account) => ({ ...account, name })),
  );
  expect(accounts.filter(({ holderName, name }) => holderName !== name)).toEqual([]);
  expect(new Set(accounts.map(({ accountNumber }) => accountNumber)).size).toBe(accounts.length);
});

test("a secret customer has a keeper, and a top secret one a list of readers", async () => {
  const secret = await db.customer.findMany({
    where: { secrecy: { not: "ORDINARY" } },
    include: { listedClearances: true },
  });
  expect(new Set(secret.map(({ secrecy }) => secrecy))).toEqual(new Set(["CONFIDENTIAL", "TOP_SECRET"]));
  for (const { keeperId, secrecy, listedClearances } of secret) {
    expect(keeperId).not.toBeNull();
    expect(listedClearances.length > 0).toBe(secrecy === "TOP_SECRET");
  }
});

describe("the check digits agree with numbers that are published", () => {
  test.each([
    [
      "resident id, the example of GB 11643",
      residentId("110105", "1949-12-31", "F", 2),
      "11010519491231002X",
    ],
    ["credit code, with a check digit X inside", creditCode("440300", 71_526_726), "9144030071526726XG"],
    ["credit code", creditCode("330100", 79_965_505), "91330100799655058B"],
    [
      "card number, the usual example of the Luhn formula",
      cardNumber("000000", 7_992_739_871),
      "0000000079927398713",
    ],
  ])("%s", (_what, made, published) => {
    expect(made).toBe(published);
  });
});
