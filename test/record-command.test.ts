import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { recordCommand } from "../src/record-command.js";
import { seller } from "./customers/seller.js";
import { testDatabase, testNow } from "./support/database.js";

test("of a command that fails while the ledger cannot be written its own error is heard", async () => {
  const { db, url, serverUrl, close } = await testDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "tierkeep-command-"));
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    const command = async () => {
      await owner.query("BEGIN; LOCK TABLE ledger.event IN EXCLUSIVE MODE");
      throw new Error("the command's own");
    };
    const circumstances = {
      db,
      url: serverUrl,
      clock: { now: () => testNow },
      config: { dataDir, ledgerWitness: undefined },
    };
    const done = recordCommand(circumstances, { root: "importCustomers", caller: seller }, command);
    await expect(done).rejects.toThrow("the command's own");
  } finally {
    await owner.end();
    await close();
    await rm(dataDir, { recursive: true });
  }
});
