import type { Config } from "../config.js";
import { type Database, openDatabase } from "./client.js";
import { databaseProblem } from "./database-refusal.js";
import { embeddedDatabase, type RunningDatabase } from "./embedded.js";
import { migrate } from "./migrate.js";

/** Milliseconds that one statement of a command may take. */
const commandTimeout = 600_000;

/** The database that the settings name, embedded or a server's, running and migrated. */
export async function runDatabase(
  { databaseUrl, dataDir }: Pick<Config, "databaseUrl" | "dataDir">,
  options: { asServer: boolean; onLost?: (error: unknown) => void },
): Promise<RunningDatabase> {
  const database = databaseUrl
    ? { url: databaseUrl, release: async () => {} }
    : await embeddedDatabase(dataDir, options);
  try {
    await migrate(database.url);
    return database;
  } catch (error) {
    await database.release();
    throw error;
  }
}

/** For commands: works with the database that a server on this data folder runs, or that is started for this alone. */
export async function withDatabase<Result>(
  config: Pick<Config, "databaseUrl" | "dataDir">,
  work: (db: Database) => Promise<Result>,
): Promise<Result> {
  const database = await runDatabase(config, { asServer: false });
  const db = openDatabase({ url: database.url, statementTimeout: commandTimeout });
  try {
    return await work(db);
  } catch (error) {
    throw databaseProblem(error);
  } finally {
    await db.$disconnect();
    await database.release();
  }
}
