import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseImportCommand, runImport } from "../../src/customers/import/import-command.js";
import { StartError } from "../../src/errors.js";
import { type TestDatabase, testDatabase, testNow } from "../support/database.js";
import { addSeller, seller } from "./seller.js";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  await addSeller(database.db);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.customer.deleteMany();
  folder = await mkdtemp(join(tmpdir(), "import-"));
  return () => rm(folder, { recursive: true });
});

async function run(csv: string, ...flags: string[]) {
  const path = join(folder, "list.csv");
  await writeFile(path, csv);
  const said: string[] = [];
  const isDone = await runImport(
    { db: database.db, clock: { now: () => testNow }, mayWrite: () => [], codeKey: Buffer.alloc(32) },
    seller,
    parseImportCommand([path, "--as", "seller", ...flags]),
    (line) => said.push(line.replaceAll(folder, "")),
  );
  return { isDone, said };
}

const good = "code,name,mobile,partyType,Fax\na,Ann,13800138000,PERSON,1\n";
const mixed = `code,name,"=mobile",partyType\na,Ann,13800138000,PERSON\nb,=Bob,1,PERSON\n`;

test("a good list is imported, and what was read and left out is told", async () => {
  expect(await run(good)).toEqual({
    isDone: true,
    said: [
      "Columns: code from code, partyType from partyType, name from name, mobile from mobile.",
      "Not used: Fax.",
      "1 rows: 1 customers created, 0 there already, 0 not good.",
    ],
  });
  expect(await readdir(folder)).toEqual(["list.csv"]);
});

test("of a list with bad rows nothing is written but a report that no spreadsheet runs", async () => {
  const { isDone, said } = await run(mixed);
  expect(isDone).toBe(false);
  expect(said.slice(1)).toEqual([
    "2 rows: 0 customers created, 0 there already, 1 not good.",
    "What is wrong with which line stands in /list.problems.csv.",
    "Nothing was written. Correct the rows, or import the good ones with --skip-invalid.",
  ]);
  expect(await database.db.customer.count()).toBe(0);
  const report = await readFile(join(folder, "list.problems.csv"), "utf8");
  expect(report.split("\r\n")).toEqual([
    "\uFEFFline,column,field,code,reason",
    `3,"'=mobile",mobile,FORM_INCOMPLETE,"It is not a phone number: neither of CN nor, beginning with + and a country code, of another country."`,
    "",
  ]);
});

test("the good rows are written where that is wished", async () => {
  expect(await run(mixed, "--skip-invalid")).toMatchObject({ isDone: true });
  expect(await database.db.customer.count()).toBe(1);
});

test("a dry run says so", async () => {
  const { isDone, said } = await run(good, "--dry-run");
  expect(isDone).toBe(true);
  expect(said.at(-1)).toBe("1 rows: 1 customers would be created, 0 there already, 0 not good.");
  expect(await database.db.customer.count()).toBe(0);
});

test.each([
  { of: "a column nobody has", flags: ["--map", "name=Firm"], says: "No column is called Firm." },
  {
    of: "an encoding nobody knows",
    flags: ["--encoding", "klingon"],
    says: "No encoding is called klingon.",
  },
  { of: "a country nobody knows", flags: ["--country", "XX"], says: "The country is not known" },
  {
    of: "a report where none can be",
    flags: ["--problems", "/nowhere/x.csv"],
    says: "/nowhere/x.csv cannot be written",
  },
])("a command of $of is refused in one line", async ({ flags, says }) => {
  const error = await run(mixed, "--skip-invalid", ...flags).catch((thrown: Error) => thrown);
  expect(error).toBeInstanceOf(StartError);
  expect((error as Error).message).toContain(says);
  expect((error as Error).message).not.toContain("\n");
  expect(await database.db.customer.count()).toBe(0);
});

test("a file that is not there is refused in one line", async () => {
  const command = parseImportCommand([join(folder, "none.csv"), "--as", "seller"]);
  const components = {
    db: database.db,
    clock: { now: () => testNow },
    mayWrite: () => [],
    codeKey: Buffer.alloc(32),
  };
  await expect(runImport(components, seller, command, () => {})).rejects.toThrow("there is no such file");
});

describe("the command line", () => {
  test("is read whole", () =>
    expect(
      parseImportCommand(
        "a.b/list.csv --as sam --map name=X --country DE --null NULL --purpose P --dry-run --skip-invalid".split(
          " ",
        ),
      ),
    ).toEqual({
      path: "a.b/list.csv",
      as: "sam",
      map: "name=X",
      country: "DE",
      null: "NULL",
      encoding: undefined,
      purpose: "P",
      dryRun: true,
      skipInvalid: true,
      problemsPath: "a.b/list.problems.csv",
    }));

  test.each([
    { args: "", says: "Name one file to import. Usage:" },
    { args: "a.csv b.csv --as sam", says: "Name one file to import." },
    { args: "a.csv", says: "Say who imports, as --as sam." },
    { args: "a.csv --as sam --skip", says: "Unknown option '--skip'. Usage:" },
    { args: "a.csv --as sam --map", says: "Option '--map <value>' argument missing. Usage:" },
  ])("is refused in one line: $args", ({ args, says }) => {
    const parse = () => parseImportCommand(args.split(" ").filter(Boolean));
    expect(parse).toThrow(says);
    expect(parse).not.toThrow("\n");
  });
});
