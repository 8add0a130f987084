import type { Config } from "../config.js";
import { type Database, openDatabase } from "./client.js";
import { databaseProblem } from "./database-refusal.js";
import { embeddedDatabase } from "./embedded.js";
import { migrate } from "./migrate.js";
import { type Entrance, enterAsServer } from "./server-role.js";

/** A database in use by this process, brought up to this version. */
export interface RunningDatabase {
  /** Where servers and commands enter: they may not change the schema, nor what stands in the ledger. */
  readonly url: string;
  /** Where its owner enters. */
  readonly ownerUrl: string;
  /** Ends the use; the last user of an embedded server stops it. */
  release(): Promise<void>;
}

/** Milliseconds that one statement of a command may take. */
const commandTimeout = 600_000;

type DatabaseSettings = Pick<Config, "databaseUrl" | "dataDir"> & Partial<Pick<Config, "databaseOwnerUrl">>;

/** The database that the settings name, embedded or a server's, running and migrated. */
export async function runDatabase(
  settings: DatabaseSettings,
  options: { asServer: boolean; onLost?: (error: unknown) => void },
): Promise<RunningDatabase> {
  const { ownerUrl, entrance, release } = await databaseOf(settings, options);
  try {
    await migrate(ownerUrl);
    return { url: await enterAsServer(ownerUrl, entrance), ownerUrl, release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function databaseOf(
  { databaseUrl, databaseOwnerUrl, dataDir }: DatabaseSettings,
  options: Parameters<typeof runDatabase>[1],
): Promise<{ ownerUrl: string; entrance: Entrance; release: () => Promise<void> }> {
  if (databaseUrl) {
    const entrance = databaseOwnerUrl ? { url: databaseUrl } : "as-owner";
    return { ownerUrl: databaseOwnerUrl ?? databaseUrl, entrance, release: async () => {} };
  }
  const { url, serverPassword, release } = await embeddedDatabase(dataDir, options);
  return { ownerUrl: url, entrance: { password: serverPassword }, release };
}

/** For commands: works with the database that a server on this data folder runs, or that is started for this alone. */
export async function withDatabase<Result>(
  config: DatabaseSettings,
  work: (db: Database, url: string, ownerUrl: string) => Promise<Result>,
): Promise<Result> {
  const database = await runDatabase(config, { asServer: false });
  const db = openDatabase({ url: database.url, statementTimeout: commandTimeout });
  try {
    return await work(db, database.url, database.ownerUrl);
  } catch (error) {
    throw databaseProblem(error);
  } finally {
    await db.$disconnect();
    await database.release();
  }
}
