import { describe, expect, test } from "vitest";
import { describeColumns } from "../../src/csv/columns.js";
import { matchCustomerColumns, parseCustomerMap } from "../../src/customers/import/customer-columns.js";
import { rowDraft } from "../../src/customers/import/row-draft.js";

const matched = (header: string, map = "") => {
  const columns = matchCustomerColumns(header.split(","), parseCustomerMap(map));
  return Object.fromEntries(describeColumns(columns).map(({ field, from }) => [field, from]));
};
const draftOf = (header: string, row: string, map = "", options = {}) =>
  rowDraft(
    { line: 2, cells: row.split("|") },
    matchCustomerColumns(header.split("|"), parseCustomerMap(map)),
    {
      country: "CN",
      ...options,
    },
  );

describe("columns are found by their names", () => {
  test.each<{ header: string; fields: Record<string, string> }>([
    { header: "name,mobile,partyType", fields: { name: "name", mobile: "mobile", partyType: "partyType" } },
    {
      header: " Customer Name ,E-Mail,CUSTOMER_TYPE",
      fields: { name: "Customer Name", email: "E-Mail", partyType: "CUSTOMER_TYPE" },
    },
    {
      header: "姓名,手机,身份证号",
      fields: {
        name: "姓名",
        mobile: "手机",
        idNumber: "身份证号",
        partyType: ":=PERSON",
        idType: ":=RESIDENT_ID",
      },
    },
    {
      header: "公司名称,联系电话,地址",
      fields: { name: "公司名称", mobile: "联系电话", address: "地址", partyType: ":=ORGANISATION" },
    },
    {
      header: "First Name,Last Name,Company,Phone 1,Phone 2",
      fields: { name: "First Name+Last Name", partyType: ":=PERSON", mobile: "Phone 1", landline: "Phone 2" },
    },
    { header: "name,手机,电话", fields: { name: "name", mobile: "手机", landline: "电话" } },
    { header: "name,Telephone", fields: { name: "name", mobile: "Telephone" } },
    {
      header: "name,客户类型,身份证",
      fields: { name: "name", partyType: "客户类型", idNumber: "身份证", idType: ":=RESIDENT_ID" },
    },
    {
      header: "户名,开户行,账号",
      fields: {
        "bankAccount.holderName": "户名",
        "bankAccount.bankName": "开户行",
        "bankAccount.accountNumber": "账号",
      },
    },
  ])("$header", ({ header, fields }) => expect(matched(header)).toEqual(fields));

  test("columns that fill nothing are told", () =>
    expect(matchCustomerColumns(["name", "Fax", "", "Website"], []).unused).toEqual(["Fax", "Website"]));
});

describe("a map", () => {
  test.each<{ map: string; fields: Record<string, string> }>([
    { map: "name=CompanyName", fields: { name: "CompanyName" } },
    { map: "name = company name ,", fields: { name: "CompanyName" } },
    { map: "address=Street+City+Country", fields: { address: "Street+City+Country", country: "Country" } },
    { map: "partyType:=ORGANISATION", fields: { partyType: ":=ORGANISATION" } },
    { map: "source:=fair, 2026", fields: {} },
    { map: 'source:="fair, 2026"', fields: { source: ":=fair, 2026" } },
    { map: 'name="Name, full"', fields: { name: "Name, full" } },
    { map: "email=", fields: { email: ":unset" } },
  ])("$map", ({ map, fields }) => {
    const header = ["CompanyName", "Street", "City", "Country", "Name, full", "Email"];
    const read = () =>
      Object.fromEntries(
        describeColumns(matchCustomerColumns(header, parseCustomerMap(map))).map(({ field, from }) => [
          field,
          from,
        ]),
      );
    if (map.startsWith("source:=fair")) return expect(read).toThrow("is not of the form");
    for (const [field, from] of Object.entries(fields))
      expect(read()[field]).toBe(from === ":unset" ? undefined : from);
  });

  test.each([
    { map: "nmae=CompanyName", says: "No field is called nmae. There are: code, kind," },
    { map: "name=Firm", says: "No column is called Firm. There are: CompanyName, Phone, phone." },
    { map: "mobile=PHONE", says: "Several columns are called PHONE." },
    { map: "name", says: "The map's part name is not of the form field=Column" },
    { map: "name=CompanyName+", says: "lacks a column beside +" },
    { map: "name=CompanyName,name:=X", says: "The map fills name twice." },
    { map: 'name="CompanyName', says: "a quote that is not closed" },
  ])("is refused in one line: $map", ({ map, says }) =>
    expect(() => matchCustomerColumns(["CompanyName", "Phone", "phone"], parseCustomerMap(map))).toThrow(
      says,
    ),
  );

  test("a column may be named exactly where others differ only in case", () =>
    expect(matched("CompanyName,Phone,phone", "mobile=phone")).toMatchObject({ mobile: "phone" }));
});

describe("a row", () => {
  test.each([
    { of: "names", header: "First|Last", map: "name=First+Last", row: "Ann|Lee", draft: { name: "Ann Lee" } },
    {
      of: "Chinese names",
      header: "姓|名",
      map: "",
      row: "张|三",
      draft: { name: "张三", partyType: "PERSON" },
    },
    {
      of: "an address",
      header: "S|C|L",
      map: "address=S+C+L",
      row: "Main St 1||Berlin",
      draft: { address: "Main St 1, Berlin" },
    },
    {
      of: "a Chinese address",
      header: "省|市|路",
      map: "address=省+市+路",
      row: "浙江省|杭州市|文三路",
      draft: { address: "浙江省杭州市文三路" },
    },
    {
      of: "words for values",
      header: "性别|客户类型",
      map: "",
      row: "女|企业",
      draft: { sex: "F", partyType: "ORGANISATION" },
    },
    { of: "words nobody knows", header: "sex", map: "", row: "x", draft: { sex: "x" } },
    {
      of: "a document",
      header: "身份证号",
      map: "",
      row: "1",
      draft: { idNumber: "1", idType: "RESIDENT_ID" },
    },
    { of: "no document", header: "身份证号", map: "", row: "", draft: { idNumber: "", idType: "" } },
    {
      of: "no document, by a constant",
      header: "ID No",
      map: "idType:=PASSPORT",
      row: "",
      draft: { idNumber: "", idType: "" },
    },
    {
      of: "an account of the customer's own",
      header: "name|bank|iban",
      map: "",
      row: "Ann|Bank|DE1",
      draft: { name: "Ann", bankAccounts: [{ holderName: "Ann", bankName: "Bank", accountNumber: "DE1" }] },
    },
    { of: "no account", header: "name|bank|iban", map: "", row: "Ann||", draft: { name: "Ann" } },
    { of: "fewer cells", header: "name|mobile", map: "", row: "Ann", draft: { name: "Ann", mobile: "" } },
  ])("of $of", ({ header, map, row, draft }) => expect(draftOf(header, row, map).draft).toEqual(draft));

  test.each([
    { country: "Germany", is: "DE" },
    { country: "德国", is: "DE" },
    { country: "Deutschland", is: "DE" },
    { country: "de", is: "DE" },
    { country: "U.S.A.", is: "US" },
    { country: "UK", is: "GB" },
    { country: "", is: "CN" },
    { country: "Atlantis", is: undefined },
  ])("of $country has numbers of $is", ({ country, is }) =>
    expect(draftOf("name|Country", `Ann|${country}`).country).toBe(is),
  );

  test("says nothing where the word for nothing stands", () =>
    expect(draftOf("name|rating", "Ann|NULL", "", { null: "NULL" }).draft).toEqual({
      name: "Ann",
      rating: "",
    }));
});
