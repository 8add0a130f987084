import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCustomer } from "../../src/customers/create-customer.js";
import type { CustomerDraft } from "../../src/customers/draft-fields.js";
import { type TestDatabase, testDatabase, testNow } from "../support/database.js";
import { addSeller, reaching, seller, staffContacts } from "./seller.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await addSeller(database.db);
});
afterAll(() => database.close());

const ann: CustomerDraft = { partyType: "PERSON", name: "Ann", mobile: "13800138000" };

const create = (draft: CustomerDraft, caller = seller) =>
  createCustomer({ db: database.db, clock: { now: () => testNow } }, caller, { ...ann, ...draft });
const stored = async (draft: CustomerDraft, caller = seller) =>
  database.db.customer.findUniqueOrThrow({
    where: { id: (await create(draft, caller)).id },
    include: { bankAccounts: true },
  });
const refused = (draft: CustomerDraft, caller = seller) =>
  create(draft, caller).then(
    () => null,
    ({ extensions }) => extensions,
  );

test("a customer is stored whole, as the caller's", async () => {
  const customer = await stored({
    code: "A-1",
    idType: "RESIDENT_ID",
    idNumber: "11010519491231029x",
    creditLimit: "1,000.50",
    bankAccounts: [{ holderName: "Ann", bankName: "中国银行", accountNumber: "6217 0000 1234" }],
  });
  expect(customer).toMatchObject({
    code: "A-1",
    name: "Ann",
    mobile: "+8613800138000",
    dateOfBirth: new Date("1949-12-31"),
    sex: "M",
    kind: "GENERAL",
    ownerId: seller.id,
    departmentCode: "SALES",
    collectedById: seller.id,
    collectedAt: testNow,
    lastUpdatedAt: testNow,
    status: "ACTIVE",
    verification: "UNVERIFIED",
    secrecy: "ORDINARY",
    version: 1,
    bankAccounts: [
      { holderName: "Ann", bankName: "中国银行", accountNumber: "621700001234", controlledByStaff: false },
    ],
  });
  expect(String(customer.creditLimit)).toBe("1000.5");
});

test("a customer without a code is given one of its own", async () => {
  const codes = [await stored({}), await stored({})].map(({ code }) => code);
  expect(new Set(codes).size).toBe(2);
  for (const code of codes) expect(code).toMatch(/^K-[0-9A-HJKMNP-TV-Z]{10}$/);
});

test("only who reaches their own customers owns the new one", async () => {
  expect(await stored({}, reaching("ALL"))).toMatchObject({ ownerId: null, collectedById: seller.id });
  const [ended] = seller.grants.map((grant) => ({ ...grant, validTo: testNow }));
  expect(await stored({}, { ...seller, grants: [ended!] })).toMatchObject({ ownerId: null });
});

test("another department takes a right that reaches it", async () => {
  expect(await refused({ department: "PRODUCTION" })).toMatchObject({
    code: "NOT_YOUR_ROLE",
    inputPath: "input.department",
  });
  expect(await stored({ department: "PRODUCTION" }, reaching("ALL"))).toMatchObject({
    departmentCode: "PRODUCTION",
  });
});

test("a code that is taken is refused, and nothing is stored", async () => {
  await create({ code: "TWICE" });
  const before = await database.db.bankAccount.count();
  const account = { holderName: "Ann", bankName: "Bank", accountNumber: "621700001234" };
  expect(await refused({ code: "TWICE", bankAccounts: [account] })).toMatchObject({
    code: "DUPLICATE",
    inputPath: "input.code",
    reason: "The code is taken.",
  });
  expect(await database.db.bankAccount.count()).toBe(before);
});

test("all problems come with the refusal, each with its place in the input", async () => {
  const before = await database.db.customer.count();
  expect(await refused({ name: "", mobile: "1" })).toMatchObject({
    code: "FORM_INCOMPLETE",
    inputPath: "input.mobile",
    problems: [
      { inputPath: "input.mobile", code: "FORM_INCOMPLETE" },
      { inputPath: "input.name", code: "KEY_INFO_MISSING" },
    ],
  });
  expect(await database.db.customer.count()).toBe(before);
});

describe("the contact of a member of staff", () => {
  test.each<{ whose: string; draft: CustomerDraft; field: string | null }>([
    { whose: "a colleague's phone", draft: { mobile: "139 0000 1111" }, field: "mobile" },
    { whose: "a colleague's phone as a landline", draft: { landline: "+86 13900001111" }, field: "landline" },
    {
      whose: "a colleague's address, otherwise spaced",
      draft: { address: "杭州市，西湖区文三路９０号" },
      field: "address",
    },
    {
      whose: "a relative's phone, as dialled at home",
      draft: { landline: "+86 571 8765 4321" },
      field: "landline",
    },
    {
      whose: "a relative's phone with an extension",
      draft: { landline: "0571-87654321-8" },
      field: "landline",
    },
    { whose: "somebody's who has left", draft: { mobile: "13900002222" }, field: null },
    {
      whose: "nobody's",
      draft: { address: "杭州市西湖区文三路 91 号", email: "a@example.com" },
      field: null,
    },
  ])("$whose", async ({ draft, field }) => {
    const extensions = await refused(draft);
    expect(extensions?.code).toBe(field ? "STAFF_CONTACT" : undefined);
    expect(extensions?.inputPath).toBe(field ? `input.${field}` : undefined);
    for (const contact of Object.values(staffContacts))
      expect(JSON.stringify(extensions)).not.toContain(contact);
  });
});
