import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../support/database.js";

const command = fileURLToPath(new URL("../../../src/database/demo/command.ts", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "tierkeep-demo-"));
const { db, url, close } = await testDatabase();
afterAll(() => Promise.all([close(), rm(folder, { recursive: true })]));

const run = (...args: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    const env = { ...process.env, DATABASE_URL: url, DATA_DIR: folder };
    execFile(process.execPath, ["--import", "tsx", command, ...args], { env }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

test("fills the database that the server would use", async () => {
  expect(await run("--customers", "20")).toMatchObject({
    code: 0,
    stdout: "20 customers added: there are 20 generated ones.\n",
  });
  expect(await db.customer.count()).toBe(29);
});

test.each([[[]], [["--customers", "0"]], [["--customers", "many"]], [["--customer", "5"]], [["5"]]])(
  "answers %j with how it is used",
  async (args) => {
    expect(await run(...args)).toEqual({
      code: 1,
      stdout: "",
      stderr: "Usage: npm run demo -- --customers N, with N from 1 to 10000000\n",
    });
  },
);
