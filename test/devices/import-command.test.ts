import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newFootprint } from "../../src/access/footprint.js";
import { parseDeviceCommand, runDeviceImport } from "../../src/devices/import/import-command.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
let folder: string;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "import-"));
  return () => rm(folder, { recursive: true });
});

async function run(list: string | Buffer, ...flags: string[]) {
  const path = join(folder, "list.csv");
  await writeFile(path, list);
  const { decisions } = await server.contextFor(await server.callerOf("tim"));
  const said: string[] = [];
  const isDone = await runDeviceImport(
    { db: server.database.db, decisions: decisions!, footprint: newFootprint() },
    parseDeviceCommand([path, "--as", "tim", ...flags]),
    (line) => said.push(line),
  );
  return { said, isDone };
}

const devices = () => server.database.db.device.count();

test("a list of another encoding comes in, and the command says what it did", async () => {
  const list = iconv.encode(
    "设备编号,设备类型,型号,入库单号,使用年限\nK1,笔记本,天工 14,RK-1,5\nK2,台式机,天工 20,RK-2,5\n",
    "gb18030",
  );
  const { said, isDone } = await run(list);
  expect(isDone).toBe(true);
  expect(said).toEqual([
    "Columns: deviceNo from 设备编号, kind from 设备类型, model from 型号, stockInNo from 入库单号.",
    "Not used: 使用年限.",
    "2 rows: 2 devices registered, 0 corrected, 0 unchanged, 0 not good.",
  ]);
  expect(await server.database.db.device.findUnique({ where: { deviceNo: "K2" } })).toMatchObject({
    kind: "PC",
    model: "天工 20",
  });
  expect((await run(list)).said.slice(2)).toEqual([
    "2 rows: 0 devices registered, 0 corrected, 2 unchanged, 0 not good.",
    "stockInNo is yours to give to new devices only: it was left as it is on 2.",
  ]);
});

test("of a list with bad lines nothing is written but a report of them", async () => {
  const before = await devices();
  const { said, isDone } = await run("deviceNo,kind,model,stockInNo\nK8,PC,M,R\nK9,PC,M,\n");
  expect(isDone).toBe(false);
  expect(said.at(-1)).toBe(
    "Nothing was written. Correct the rows, or import the good ones with --skip-invalid.",
  );
  expect(await devices()).toBe(before);
  const report = await readFile(join(folder, "list.problems.csv"), "utf8");
  expect(report.split("\r\n").slice(1)).toEqual([
    "3,stockInNo,stockInNo,FORM_INCOMPLETE,It takes a stock-in number or a fixed-asset number.",
    "",
  ]);
});

test.each([
  [
    "a column that is not the person's",
    "deviceNo,price\nD1,5\n",
    "You may not import these fields. price: It takes",
  ],
  ["a list without numbers", "model\nX\n", "No column holds the number of the device"],
])("%s is one line on the terminal", async (_case, list, says) => {
  await expect(run(list)).rejects.toThrow(says);
});

test("the command line says how it is used", () => {
  expect(() => parseDeviceCommand(["devices.csv"])).toThrow(
    "Say who imports, as --as tim. Usage: npm run import -- devices",
  );
});
