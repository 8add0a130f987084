import { describe, expect, test } from "vitest";
import type { CustomerDraft } from "../../src/customers/draft-fields.js";
import { validateCustomer } from "../../src/customers/validate-customer.js";
import { testNow } from "../support/database.js";

const context = { country: "CN", now: testNow } as const;
const ann: CustomerDraft = { partyType: "PERSON", name: "Ann", mobile: "13800138000" };
const male = "11010519491231029X";

const validated = (draft: CustomerDraft, country: typeof context.country | undefined = "CN") => {
  const result = validateCustomer({ ...ann, ...draft }, { ...context, country });
  return "customer" in result ? result.customer : null;
};
const problemsOf = (draft: CustomerDraft) => {
  const result = validateCustomer({ ...ann, ...draft }, context);
  return "problems" in result ? result.problems.map(({ field, code }) => `${field} ${code}`) : [];
};

test.each<{ field: keyof CustomerDraft; written: string | number | Date; reads: unknown; why?: string }>([
  { field: "name", written: "  Ann\u3000 Lee\n", reads: "Ann Lee" },
  { field: "name", written: "Re\u0301my", reads: "R\u00e9my", why: "composed" },
  { field: "name", written: '=HYPERLINK("x")', reads: '=HYPERLINK("x")', why: "a formula is data" },
  { field: "healthNotes", written: "one\r\ntwo\tthree", reads: "one\ntwo\tthree" },
  { field: "mobile", written: "138 0013 8000", reads: "+8613800138000" },
  { field: "mobile", written: "+49 1512 3456789", reads: "+4915123456789" },
  { field: "mobile", written: "＋８６ １３８００１３８０００", reads: "+8613800138000" },
  { field: "landline", written: "010-12345678", reads: "+861012345678" },
  { field: "landline", written: "010-12345678-123", reads: "+861012345678;ext=123" },
  { field: "landline", written: "010-12345678转123", reads: "+861012345678;ext=123" },
  { field: "email", written: "Ann.Lee@EXAMPLE.com", reads: "Ann.Lee@example.com" },
  { field: "email", written: "李@例子.中国", reads: "李@例子.中国" },
  { field: "dateOfBirth", written: "1980/2/29", reads: "1980-02-29" },
  { field: "dateOfBirth", written: "19800229", reads: "1980-02-29" },
  { field: "dateOfBirth", written: "29.02.1980", reads: "1980-02-29" },
  { field: "dateOfBirth", written: "1980年2月29日", reads: "1980-02-29" },
  { field: "dateOfBirth", written: "1980-02-29 00:00:00", reads: "1980-02-29" },
  { field: "dateOfBirth", written: new Date("1980-02-29"), reads: "1980-02-29" },
  { field: "creditLimit", written: "1,234,567.50", reads: "1234567.50" },
  { field: "creditLimit", written: 1234.5, reads: "1234.5" },
  { field: "creditLimit", written: "¥ 100", reads: "100" },
  { field: "balance", written: "-12.00", reads: "-12.00" },
  { field: "paymentTermDays", written: "30", reads: 30 },
  { field: "firstContactAt", written: "2026-01-02T03:04:05Z", reads: new Date("2026-01-02T03:04:05Z") },
  {
    field: "firstContactAt",
    written: "2026-01-02 03:04",
    reads: new Date("2026-01-02T03:04:00+08:00"),
    why: "by the company's clock",
  },
  { field: "firstContactAt", written: "2026/1/2", reads: new Date("2026-01-02T00:00:00+08:00") },
  { field: "rating", written: "   ", reads: null, why: "nothing but spaces is nothing" },
])("$field $written is stored as $reads", ({ field, written, reads }) => {
  expect(validated({ [field]: written })).toMatchObject({ [field]: reads });
});

test.each<{ field: keyof CustomerDraft; written: string | number | Date }>([
  { field: "name", written: "Ann\u0000" },
  { field: "name", written: "Ann\u0007Lee" },
  { field: "name", written: "Ann\u202eLee" },
  { field: "name", written: "Ann\ud800" },
  { field: "name", written: "x".repeat(201) },
  { field: "healthNotes", written: "x".repeat(1_000_000) },
  { field: "mobile", written: "12345678901" },
  { field: "mobile", written: "1380013800" },
  { field: "mobile", written: "13800138000 ext. 5" },
  { field: "mobile", written: "call me" },
  { field: "landline", written: "123" },
  { field: "email", written: "ann@example" },
  { field: "email", written: "ann@@example.com" },
  { field: "email", written: "ann lee@example.com" },
  { field: "email", written: ".ann@example.com" },
  { field: "partyType", written: "PERSONS" },
  { field: "sex", written: "toString" },
  { field: "dateOfBirth", written: "1981-02-29" },
  { field: "dateOfBirth", written: "03/04/1980" },
  { field: "dateOfBirth", written: "2026-11-23" },
  { field: "dateOfBirth", written: "1780-01-01" },
  { field: "dateOfBirth", written: new Date(Number.NaN) },
  { field: "creditLimit", written: "-1" },
  { field: "creditLimit", written: "1.234,50" },
  { field: "creditLimit", written: "1e9" },
  { field: "creditLimit", written: Number.NaN },
  { field: "creditLimit", written: "1234567890123" },
  { field: "balance", written: "1.234" },
  { field: "paymentTermDays", written: "-1" },
  { field: "paymentTermDays", written: "1.5" },
  { field: "collectedAt", written: "2026-11-23T00:00:00+08:00" },
  { field: "collectedAt", written: "2026-11-20T25:00:00+08:00" },
])("$field refuses $written", ({ field, written }) => {
  expect(problemsOf({ [field]: written })).toEqual([`${field} FORM_INCOMPLETE`]);
});

describe("key information", () => {
  test.each<{ without: string; draft: CustomerDraft; problems: string[] }>([
    { without: "a name", draft: { name: " " }, problems: ["name KEY_INFO_MISSING"] },
    { without: "the kind of party", draft: { partyType: null }, problems: ["partyType KEY_INFO_MISSING"] },
    { without: "a way to reach them", draft: { mobile: null }, problems: ["mobile KEY_INFO_MISSING"] },
    { without: "anything but an address", draft: { mobile: null, address: "Street 1" }, problems: [] },
    { without: "a kind of document", draft: { idNumber: "E1" }, problems: ["idType KEY_INFO_MISSING"] },
    {
      without: "the document's number",
      draft: { idType: "PASSPORT" },
      problems: ["idNumber KEY_INFO_MISSING"],
    },
    { without: "a contact that can be read", draft: { mobile: "1" }, problems: ["mobile FORM_INCOMPLETE"] },
    {
      without: "the bank of an account",
      draft: { bankAccounts: [{ holderName: "Ann", accountNumber: "6217 0000 0000" }] },
      problems: ["bankAccounts.0.bankName KEY_INFO_MISSING"],
    },
  ])("without $without", ({ draft, problems }) => expect(problemsOf(draft)).toEqual(problems));
});

describe("the identity", () => {
  test("fills in birth date and sex", () =>
    expect(validated({ idType: "RESIDENT_ID", idNumber: male.toLowerCase() })).toMatchObject({
      idNumber: male,
      dateOfBirth: "1949-12-31",
      sex: "M",
    }));

  test.each<{ draft: CustomerDraft; problems: string[] }>([
    { draft: { dateOfBirth: "1949-12-31", sex: "M" }, problems: [] },
    { draft: { sex: "UNKNOWN" }, problems: [] },
    { draft: { dateOfBirth: "1949-12-30" }, problems: ["dateOfBirth ID_MISMATCH"] },
    { draft: { sex: "F" }, problems: ["sex ID_MISMATCH"] },
    {
      draft: { sex: "F", dateOfBirth: "1950-01-01" },
      problems: ["dateOfBirth ID_MISMATCH", "sex ID_MISMATCH"],
    },
    { draft: { idNumber: "110105194912310290" }, problems: ["idNumber ID_NUMBER_INVALID"] },
    { draft: { idNumber: "110105209912310010" }, problems: ["idNumber ID_NUMBER_INVALID"] },
    { draft: { idType: "PASSPORT", idNumber: "E1", sex: "F" }, problems: [] },
  ])("with $draft: $problems", ({ draft, problems }) =>
    expect(problemsOf({ idType: "RESIDENT_ID", idNumber: male, ...draft })).toEqual(problems),
  );
});

test.each<{ draft: CustomerDraft; kind: string | null }>([
  { draft: { specialRole: "LAWYER" }, kind: "SPECIAL" },
  { draft: { kind: "GENERAL" }, kind: "GENERAL" },
])("$draft is of kind $kind", ({ draft, kind }) => expect(validated(draft)?.kind).toBe(kind));

test("a special role and kind GENERAL do not go together", () =>
  expect(problemsOf({ specialRole: "BANK", kind: "GENERAL" })).toEqual(["specialRole FORM_INCOMPLETE"]));

test("all problems are told at once", () =>
  expect(
    problemsOf({ name: "", mobile: "1", creditLimit: "-5", idType: "RESIDENT_ID", idNumber: "1" }),
  ).toEqual([
    "mobile FORM_INCOMPLETE",
    "creditLimit FORM_INCOMPLETE",
    "name KEY_INFO_MISSING",
    "idNumber ID_NUMBER_INVALID",
  ]));

test("no reason quotes what was written", () => {
  const secret = "s3cret";
  const fields = [
    "mobile",
    "landline",
    "email",
    "partyType",
    "dateOfBirth",
    "creditLimit",
    "idType",
    "collectedAt",
  ];
  const result = validateCustomer(
    { ...Object.fromEntries(fields.map((field) => [field, secret])), idNumber: secret },
    context,
  );
  expect(JSON.stringify(result)).not.toContain(secret);
  expect(result).toHaveProperty("problems.length", 9);
});

test("a number without a country code needs a country", () => {
  expect(validateCustomer(ann, { ...context, country: undefined })).toHaveProperty(
    "problems.0.field",
    "mobile",
  );
  expect(validated({ mobile: "+8613800138000" }, undefined)?.mobile).toBe("+8613800138000");
});
