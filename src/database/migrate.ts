import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { StartError } from "../errors.js";
import { connection } from "./client.js";
import { schemaEngine } from "./schema-engine.js";
import { connectionProblem } from "./unreachable.js";

/** The migrations of this version, in Prisma's own format. */
export const migrationsFolder = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

const oldestServer = 15;
/** The key of the advisory lock of whoever changes the schema or its rights; `prisma migrate` takes it, too. */
export const migrationLock = 72707369;
const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Brings the database up to this version's schema and keeps Prisma's record of it, so that `prisma migrate deploy`
 * can take over at any time. Each migration is one transaction: a process killed half-way leaves whole migrations,
 * after which the next start goes on; of two that come together the second finds the work done.
 */
export async function migrate(url: string, folder: string = migrationsFolder): Promise<void> {
  const pool = new pg.Pool({
    ...connection(url),
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 5_000,
  });
  pool.on("error", () => {});
  try {
    const migrations = await readMigrations(folder);
    await refuseOldServer(pool);
    if (await upToDate(pool, migrations)) return;
    await pool.query("SET lock_timeout = '60s'");
    await pool.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    await applyMissing(pool, migrations);
  } catch (error) {
    throw startErrorOf(error, url);
  } finally {
    await pool.end();
  }
}

async function refuseOldServer(pool: pg.Pool) {
  const { rows } = await pool.query<{ server_version: string }>("SHOW server_version");
  const version = rows[0]?.server_version ?? "";
  if (Number.parseInt(version, 10) < oldestServer) {
    throw new StartError(`The database is PostgreSQL ${version}: ${oldestServer} or newer is needed.`);
  }
}

/** Is exactly what the folder holds applied? Spares most starts the schema engine. */
async function upToDate(pool: pg.Pool, { migrationDirectories }: MigrationList): Promise<boolean> {
  const { rows: tables } = await pool.query("SELECT 1 WHERE to_regclass('_prisma_migrations') IS NOT NULL");
  if (tables.length === 0) return false;
  const { rows } = await pool.query<{ migration_name: string; finished_at: Date | null }>(
    "SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name",
  );
  return (
    rows.every(({ finished_at }) => finished_at !== null) &&
    rows.map((row) => row.migration_name).join() === migrationDirectories.map(({ path }) => path).join()
  );
}

async function applyMissing(pool: pg.Pool, migrationsList: MigrationList) {
  const engine = await schemaEngine(pool);
  try {
    const { history, failedMigrationNames } = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: noFilters,
    });
    if (failedMigrationNames.length > 0) {
      throw new StartError(
        `The migration ${failedMigrationNames.join(", ")} failed half-way in this database: ` +
          "repair it and tell the record with `npx prisma migrate resolve`.",
      );
    }
    if (history && "unpersistedMigrationNames" in history) {
      throw new StartError(
        `The database is ahead of this version of Tierkeep, which does not know its migration ` +
          `${history.unpersistedMigrationNames.join(", ")}: start the newer version.`,
      );
    }
    const missing = history && "unappliedMigrationNames" in history ? history.unappliedMigrationNames : [];
    const { migrationDirectories } = migrationsList;
    const known = migrationDirectories.length - missing.length;
    for (const at of missing.keys()) {
      const upToThis = {
        ...migrationsList,
        migrationDirectories: migrationDirectories.slice(0, known + at + 1),
      };
      await pool.query("BEGIN");
      await engine.applyMigrations({ migrationsList: upToThis, filters: noFilters });
      await pool.query("COMMIT");
    }
  } finally {
    engine.free();
  }
}

async function readMigrations(baseDir: string): Promise<MigrationList> {
  const names = (await readdir(baseDir, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(join(baseDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names
        .map(({ name }) => name)
        .sort()
        .map(async (path) => ({
          path,
          migrationFile: {
            path: "migration.sql",
            content: {
              tag: "ok" as const,
              value: await readFile(join(baseDir, path, "migration.sql"), "utf8"),
            },
          },
        })),
    ),
  };
}

function startErrorOf(error: unknown, url: string): unknown {
  if (error instanceof StartError) return error;
  const { code, message } = error as { code?: string; message: string };
  if (code === "P3005") {
    return new StartError("The database is not empty and not Tierkeep's: give DATABASE_URL an empty one.");
  }
  return (
    connectionProblem(error, url) ??
    new StartError(`The migrations could not be applied: ${firstLines(message)}`)
  );
}

const firstLines = (message: string) =>
  message
    .split("\n   0:")[0]
    ?.replace(/\s*\n\s*/g, " ")
    .trim();
