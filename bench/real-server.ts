import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { promisify } from "node:util";
import { type Ask, askAs, newDataFolder, startServer } from "../test/support/server-process.js";

export interface RealServer {
  readonly pid: number;
  readonly address: string;
  /** What it has printed so far: its log. */
  log(): string;
  /** Asks over HTTP as one of the demo accounts. */
  as(account: string): Promise<Ask>;
}

/** A server in a process of its own, on a database of its own with so many customers, for as long as the work takes. */
export async function withRealServer(
  customers: number,
  work: (server: RealServer) => Promise<void>,
): Promise<void> {
  const folder = await newDataFolder();
  const { child, printed, ended, ready } = startServer({ DATA_DIR: folder, LOG_LEVEL: "warn" });
  try {
    const address = await ready();
    await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "src/database/demo/command.ts", "--customers", String(customers)],
      { env: { ...process.env, DATA_DIR: folder } },
    );
    await work({
      pid: child.pid!,
      address,
      log: () => printed.out,
      as: (account) => askAs(address, folder, account),
    });
  } finally {
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true });
  }
}
