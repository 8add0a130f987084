import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { demoHeaders } from "../../src/people/demo-headers.js";
import { createIdentify } from "../../src/people/identify.js";
import { loadSigningKeys } from "../../src/people/signing-keys.js";
import { playgroundAssets } from "../../src/playground/playground.js";
import { cursorSeal } from "../../src/reading/cursor.js";
import { createServer } from "../../src/server.js";
import { demoDatabase, testNow, testSecret } from "../support/database.js";
import { testLedger } from "../support/ledger.js";

export interface ServedPlayground {
  readonly address: string;
  close(): Promise<void>;
}

/** The real server on loopback, with its playground. Without `demo`, as it is on a database of one's own. */
export async function servePlayground({ demo = true } = {}): Promise<ServedPlayground> {
  const dataDir = await mkdtemp(join(tmpdir(), "tierkeep-playground-"));
  // The devices' credentials were made from the secret that the demo organisation was loaded with.
  await writeFile(join(dataDir, "secret"), testSecret, { mode: 0o600 });
  const database = await demoDatabase();
  const clock = { now: () => testNow };
  const keys = await loadSigningKeys(dataDir);
  const ledger = testLedger(database, clock);
  const server = await createServer({
    db: database.db,
    clock,
    ledger,
    identify: createIdentify({ db: database.db, clock, keys }),
    session: { db: database.db, clock, keys },
    codeKey: Buffer.alloc(32),
    seal: cursorSeal(testSecret),
    log: pino({ level: "silent" }),
    assets: await playgroundAssets({
      demo: demo
        ? { accounts: demoAccounts, headersFor: (staffNo) => demoHeaders(dataDir, clock, { staffNo }) }
        : null,
    }),
  });
  const { port } = await server.listen("127.0.0.1", 0);
  return {
    address: `http://127.0.0.1:${port}`,
    async close() {
      await server.close();
      await ledger.close();
      await database.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
