import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openCsvFile, textInPieces } from "../../src/csv/csv-source.js";
import {
  type ImportComponents,
  type ImportOptions,
  importCsv,
} from "../../src/customers/import/import-csv.js";
import { type TestDatabase, testDatabase, testNow } from "../support/database.js";
import { onServer } from "../support/database-server.js";
import { addSeller, reaching, seller, staffContacts } from "./seller.js";

let database: TestDatabase;
let components: ImportComponents;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  await addSeller(database.db);
  components = {
    db: database.db,
    clock: { now: () => testNow },
    mayWrite: () => [],
    codeKey: Buffer.alloc(32, "key"),
  };
  folder = await mkdtemp(join(tmpdir(), "import-"));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await database.db.bankAccount.deleteMany();
  await database.db.customer.deleteMany();
});

const importText = (csv: string, options: ImportOptions = {}, caller = seller) =>
  importCsv(components, caller, textInPieces(csv), options);
const importBytes = async (bytes: Buffer, encoding?: string) => {
  const path = join(folder, "list.csv");
  await writeFile(path, bytes);
  const { text } = await openCsvFile(path, encoding);
  return importCsv(components, seller, text);
};
const problemsOf = async (csv: string, options: ImportOptions = {}) =>
  (await importText(csv, options)).problems.map(({ line, column, code }) => `${line} ${column} ${code}`);
const names = async () =>
  (await database.db.customer.findMany({ orderBy: { code: "asc" } })).map(({ name }) => name);

const people = [
  ["code", "姓名", "手机", "地址"],
  ["1", "张三", "13800138000", "杭州市, 西湖区"],
  ["2", "李“四”; 王", "13800138001", "第一行\n第二行"],
];
const csv = (separator: string, lineBreak: string) =>
  people
    .map((cells) =>
      cells
        .map((cell) => (/[,;\t"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(separator),
    )
    .join(lineBreak)
    .replaceAll("\n", lineBreak);

describe("a list is the same", () => {
  test.each([
    { encoding: "utf-8", separator: ",", lineBreak: "\n" },
    { encoding: "utf-8", separator: ";", lineBreak: "\r\n" },
    { encoding: "utf-8", separator: "\t", lineBreak: "\r" },
    { encoding: "utf-8 with BOM", separator: ",", lineBreak: "\r\n" },
    { encoding: "gb18030", separator: ",", lineBreak: "\r\n" },
    { encoding: "gb18030", separator: ";", lineBreak: "\n" },
    { encoding: "utf-16le", separator: "\t", lineBreak: "\r\n" },
  ])("in $encoding with $separator and $lineBreak", async ({ encoding, separator, lineBreak }) => {
    const addBOM = encoding !== "utf-8";
    const name = encoding.split(" ")[0]!;
    await importBytes(
      iconv.encode(csv(separator, lineBreak), name, { addBOM: addBOM && name !== "gb18030" }),
    );
    const stored = await database.db.customer.findMany({ orderBy: { code: "asc" } });
    expect(stored).toMatchObject([
      {
        code: "1",
        name: "张三",
        mobile: "+8613800138000",
        address: "杭州市, 西湖区",
        partyType: "PERSON",
        ownerId: seller.id,
      },
      { code: "2", name: "李“四”; 王", mobile: "+8613800138001", address: "第一行 第二行" },
    ]);
  });

  test("in GB18030 that begins with much ASCII", async () => {
    const list = `姓名,mobile\n${"A,13800138000\n".repeat(1)}${"# ".repeat(50_000)}\n张三,13800138001`;
    await expect(importBytes(iconv.encode(list, "gb18030"))).resolves.toMatchObject({ rows: 3, invalid: 1 });
  });
});

test("a Western file is not taken for a Chinese one", async () => {
  const bytes = iconv.encode("name,email,partyType\nMüller,m@example.com,PERSON", "windows-1252");
  await expect(importBytes(bytes)).rejects.toThrow("neither UTF-8 nor GB18030");
  await importBytes(bytes, "windows-1252");
  expect(await names()).toEqual(["Müller"]);
});

test("names that would hurt elsewhere are data", async () => {
  const hostile = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2",
    `O'Brien "the" boss`,
    "<script>",
    "'; DROP TABLE x; --",
    "__proto__",
  ];
  const rows = hostile.map((name, at) => `${at},"${name.replaceAll('"', '""')}",1380013800${at}`);
  await importText(["code,name,mobile,partyType", ...rows.map((row) => `${row},PERSON`)].join("\n"));
  expect(await names()).toEqual(hostile);
});

test("every bad row is told with its line, column and code, and nothing is written", async () => {
  const list = [
    "code,name,mobile,partyType,credit limit",
    'good,"two\nlines",13800138000,PERSON,1',
    "bad,Ann,1,PERSON,-1",
    "",
    ",,,,",
    "nul,A\u0000,13800138000,PERSON,",
    `long,${"x".repeat(1_000_000)},13800138000,PERSON,`,
    "short,Ann",
    "ragged,Ann,13800138000,PERSON,1,2",
    "wide,Ann,13800138000,PERSON,1,,",
    "good,Bob,13800138000,PERSON,",
    `staff,Ann,${staffContacts.phone},PERSON,`,
  ].join("\r\n");
  const report = await importText(list, { map: "creditLimit=Credit Limit" });
  expect(report.problems.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
    "4 mobile FORM_INCOMPLETE",
    "4 credit limit FORM_INCOMPLETE",
    "7 name FORM_INCOMPLETE",
    "8 name FORM_INCOMPLETE",
    "9 partyType KEY_INFO_MISSING",
    "9 mobile KEY_INFO_MISSING",
    "10  FORM_INCOMPLETE",
    "12 code DUPLICATE",
    "13 mobile STAFF_CONTACT",
  ]);
  expect(report).toMatchObject({ rows: 9, created: 0, unchanged: 0, invalid: 7 });
  expect(report.problems.find(({ line }) => line === 12)?.reason).toBe("Line 2 is the same customer.");
  expect(await names()).toEqual([]);
  expect(await importText(list, { skipInvalid: true, map: "creditLimit=Credit Limit" })).toMatchObject({
    created: 2,
    invalid: 7,
  });
  expect(await names()).toEqual(["two lines", "Ann"]);
});

test("no problem quotes a cell", async () => {
  const report = await importText("name,mobile,partyType\nAnn,s3cret,PERSON\ns3cret,13800138000,s3cret");
  expect(report.invalid).toBe(2);
  expect(JSON.stringify(report)).not.toContain("s3cret");
});

test("the report keeps a thousand problems, the listener hears all", async () => {
  let heard = 0;
  const rows = Array.from({ length: 1_500 }, (_, at) => `${at},Ann,1,PERSON`);
  const report = await importText(`code,name,mobile,partyType\n${rows.join("\n")}`, {
    onProblem: () => {
      heard += 1;
    },
  });
  expect(report.problems).toHaveLength(1_000);
  expect(heard).toBe(1_500);
});

describe("a second run adds nothing", () => {
  const coded = "code,name,mobile,partyType\na,Ann,13800138000,PERSON\nb,Bob,13800138001,PERSON";
  const bare = "name,mobile,partyType,note\nAnn,13800138000,PERSON,x\nBob,13800138001,PERSON,";
  const reordered = "mobile;note;partyType;name;empty\n13800138000;x;PERSON;Ann;\n13800138001;;PERSON;Bob;";

  test.each([
    { list: "with codes", first: coded, second: coded },
    { list: "without codes", first: bare, second: bare },
    { list: "whose columns stand in another order", first: bare, second: reordered },
  ])("of a list $list", async ({ first, second }) => {
    expect(await importText(first)).toMatchObject({ created: 2, unchanged: 0 });
    expect(await importText(second)).toMatchObject({ created: 0, unchanged: 2, invalid: 0 });
    expect(await database.db.customer.count()).toBe(2);
  });

  test("but the rows that were corrected in between", async () => {
    const list = (mobile: string) =>
      `code,name,mobile,partyType\na,Ann,13800138000,PERSON\nb,Bob,${mobile},PERSON`;
    expect(await importText(list("1"), { skipInvalid: true })).toMatchObject({ created: 1, invalid: 1 });
    expect(await importText(list("13800138001"))).toMatchObject({ created: 1, unchanged: 1, invalid: 0 });
  });

  test("and changes nobody", async () => {
    await importText(coded);
    await importText(coded.replace("Ann", "Anna"));
    expect(await names()).toEqual(["Ann", "Bob"]);
  });

  test("where another run has added them since they were checked", async () => {
    const rows = Array.from({ length: 1_001 }, (_, at) => `${at},Ann,13800138000,PERSON\n`);
    const list = `code,name,mobile,partyType\n${rows.join("")}`;
    let checked = () => {};
    const isChecked = new Promise<void>((resolve) => {
      checked = resolve;
    });
    async function* overtaken() {
      yield list;
      await isChecked;
      expect(await importText(list)).toMatchObject({ created: 1_001 });
    }
    const report = await importCsv(components, seller, overtaken(), {}, () => checked());
    expect(report).toMatchObject({ rows: 1_001, created: 0, invalid: 0 });
    expect(await database.db.customer.count()).toBe(1_001);
  });
});

test("the code of a row tells nothing to who does not know the key", async () => {
  const list = "name,mobile,partyType\nAnn,13800138000,PERSON";
  await importText(list);
  await importCsv({ ...components, codeKey: Buffer.alloc(32, "other") }, seller, textInPieces(list));
  const codes = (await database.db.customer.findMany()).map(({ code }) => code);
  expect(new Set(codes).size).toBe(2);
  for (const code of codes) expect(code).toMatch(/^L-[0-9A-HJKMNP-TV-Z]{16}$/);
});

test("a code that is somebody else's customer is refused, whoever that is", async () => {
  await importText("code,name,mobile,partyType\na,Ann,13800138000,PERSON");
  await database.db.customer.updateMany({ data: { collectedById: "emp_colleague" } });
  expect(await problemsOf("code,name,mobile,partyType\na,Ann,13800138000,PERSON")).toEqual([
    "2 code DUPLICATE",
  ]);
});

describe("nothing is half written", () => {
  const rows = (count: number) => Array.from({ length: count }, (_, at) => `c${at},Ann,13800138000,PERSON\n`);
  const header = "code,name,mobile,partyType\n";

  test.each([
    { when: "a quote is not closed", tail: '"open,Ann', says: /a quote is opened and not closed/ },
    {
      when: "a row is larger than any",
      tail: `"${"x,\n".repeat(2_000_000)}`,
      says: /a quote is opened and not closed/,
    },
  ])("when $when", async ({ tail, says }) => {
    await expect(importText(header + rows(1_500).join("") + tail, { skipInvalid: true })).rejects.toThrow(
      says,
    );
    expect(await names()).toEqual([]);
  });

  test("when reading fails on the way", async () => {
    async function* failing() {
      yield header + rows(2_500).join("");
      throw new Error("the disk is gone");
    }
    await expect(importCsv(components, seller, failing())).rejects.toThrow("the disk is gone");
    expect(await names()).toEqual([]);
  });

  describe("when the database ends it", () => {
    afterEach(() => database.asOwner('DROP TRIGGER IF EXISTS "refusing" ON "BankAccount"'));

    test("in the middle of writing", async () => {
      await database.asOwner(
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger AS 'BEGIN RAISE ''no''; END' LANGUAGE plpgsql",
      );
      await database.asOwner(
        'CREATE TRIGGER "refusing" BEFORE INSERT ON "BankAccount" FOR EACH ROW EXECUTE FUNCTION refuse()',
      );
      const list = "name,mobile,partyType,bank,iban\nAnn,13800138000,PERSON,Bank,DE123456";
      await expect(importText(list)).rejects.toThrow();
      expect(await names()).toEqual([]);
    });

    test("by breaking the connection", async () => {
      // Of its own, since the pool notices only later which of its connections are broken.
      const broken = await testDatabase();
      await addSeller(broken.db);
      async function* breaking() {
        yield header + rows(2_500).join("");
        await onServer(broken.url, (client) =>
          client.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
          ),
        );
        yield "last,Ann,13800138000,PERSON\n";
      }
      await expect(importCsv({ ...components, db: broken.db }, seller, breaking())).rejects.toThrow();
      const left = await onServer(broken.url, (client) => client.query('SELECT id FROM "Customer"'));
      expect(left.rows).toEqual([]);
      await broken.close();
    });
  });
});

test("a dry run tells what would happen and writes nothing", async () => {
  const list = "code,name,mobile,partyType\na,Ann,13800138000,PERSON\nb,Bob,13800138001,PERSON";
  expect(await importText(list, { dryRun: true })).toMatchObject({ rows: 2, created: 2, invalid: 0 });
  expect(await names()).toEqual([]);
});

test("a list of unknown shape is imported by a map", async () => {
  const list = [
    "CompanyName;ContactName;Street;City;Country;Phone;Fax",
    "Alfreds Futterkiste;Maria;Obere Str. 57;Berlin;Germany;030-0074321;NULL",
    "Bólido Comidas;Martín;C/ Araquil, 67;Madrid;Spain;(91) 555 22 82;NULL",
  ].join("\n");
  const report = await importText(list, {
    map: "name=CompanyName,address=Street+City+Country,partyType:=ORGANISATION,landline=Phone,businessNeeds=Fax",
    null: "NULL",
  });
  expect(report).toMatchObject({ created: 2, invalid: 0, unusedColumns: ["ContactName"] });
  expect(await database.db.customer.findMany({ orderBy: { name: "asc" } })).toMatchObject([
    {
      name: "Alfreds Futterkiste",
      landline: "+49300074321",
      address: "Obere Str. 57, Berlin, Germany",
      businessNeeds: null,
    },
    { name: "Bólido Comidas", landline: "+34915552282" },
  ]);
});

test("numbers are read by the country that is named for all", async () => {
  const list = "name,phone,partyType\nAnn,030-0074321,PERSON";
  expect(await problemsOf(list)).toEqual(["2 phone FORM_INCOMPLETE"]);
  expect(await importText(list, { country: "DE" })).toMatchObject({ created: 1 });
});

test("accounts come with their customer, once", async () => {
  const list = "姓名,手机,开户行,银行账号\n张三,13800138000,中国银行,6217 0000 1234";
  await importText(list);
  await importText(list);
  expect(await database.db.bankAccount.findMany({ include: { customer: true } })).toMatchObject([
    { holderName: "张三", bankName: "中国银行", accountNumber: "621700001234", customer: { name: "张三" } },
  ]);
});

describe("what every row would be refused for is said once", () => {
  const row = "\nAnn,13800138000,PERSON";
  test.each<{ csv: string; options?: ImportOptions; says: string }>([
    { csv: "", says: "The file is empty." },
    { csv: `Nom,mobile,partyType${row}`, says: "No column holds the name" },
    { csv: `name,mobile,Art${row}`, says: "No column tells people from organisations" },
    { csv: `name,Nummer,partyType${row}`, says: "No column holds a way to reach the customer" },
    { csv: `name,mobile,partyType${row}`, options: { map: "rating=X" }, says: "No column is called X." },
    {
      csv: `name,mobile,partyType${row}`,
      options: { map: "sex:=maybe" },
      says: "constant for sex is not usable",
    },
    {
      csv: `name,mobile,partyType${row}`,
      options: { map: "country:=Atlantis" },
      says: "constant for country",
    },
    { csv: `name,mobile,partyType${row}`, options: { country: "XX" }, says: "The country is not known" },
  ])("$says", async ({ csv: list, options, says }) => {
    await expect(importText(list, options)).rejects.toMatchObject({
      message: expect.stringContaining(says),
      extensions: { code: "BAD_USER_INPUT" },
    });
  });

  test("fields that the caller may not write", async () => {
    const asked: string[] = [];
    const mayWrite = (fields: readonly string[]) => {
      asked.push(...fields);
      return [{ field: "Customer.idNumber", code: "TIER_TOO_LOW", reason: "Not with your tier." } as const];
    };
    const list = "姓名,手机,身份证号,开户行,银行账号,国家\n张三,13800138000,,,,";
    await expect(importCsv({ ...components, mayWrite }, seller, textInPieces(list))).rejects.toMatchObject({
      message: "You may not import these fields. Customer.idNumber: Not with your tier.",
      extensions: { code: "TIER_TOO_LOW" },
    });
    expect(asked.sort()).toEqual([
      "BankAccount.accountNumber",
      "BankAccount.bankName",
      "Customer.idNumber",
      "Customer.idType",
      "Customer.mobile",
      "Customer.name",
      "Customer.partyType",
    ]);
  });
});

test("another department takes a right that reaches it", async () => {
  const list = "name,mobile,partyType,department\nAnn,13800138000,PERSON,PRODUCTION";
  expect(await problemsOf(list)).toEqual(["2 department NOT_YOUR_ROLE"]);
  expect(await importText(list, {}, reaching("ALL"))).toMatchObject({ created: 1 });
});

test("no statement grows with the file, and none carries its values in its text", async () => {
  const rows = Array.from({ length: 2_500 }, (_, at) => `${at},Zacharias,13800138000,PERSON`);
  database.sql.length = 0;
  await importText(`code,name,mobile,partyType\n${rows.join("\n")}`);
  // A transaction, a table, four statements for each of three batches, two for the one slice.
  expect(database.sql.length).toBeLessThanOrEqual(3 + 3 * 4 + 2);
  expect(database.sql.join()).not.toContain("Zacharias");
});
