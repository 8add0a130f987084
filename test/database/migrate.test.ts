import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { migrate, migrationsFolder } from "../../src/database/migrate.js";
import { schemaEngine } from "../../src/database/schema-engine.js";
import { databaseUrl, onServer } from "../support/database-server.js";

const { url: server, prefix } = inject("databaseServer");
const name = `${prefix}_migrate`;
const url = databaseUrl(server, name);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tierkeep-migrations-"));
});

afterAll(() => rm(folder, { recursive: true }));

beforeEach(() =>
  onServer(server, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name}`);
  }),
);

/** The names of this version's migrations, in order. */
const ownMigrations = readdirSync(migrationsFolder, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  .sort();

const rows = async (sql: string) => (await onServer(url, (client) => client.query(sql))).rows;
const applied = () =>
  rows("SELECT migration_name, checksum, finished_at FROM _prisma_migrations ORDER BY migration_name");

/** The migrations up to one of them, as a version had them that ended there. */
async function migrationsUpTo(last: string): Promise<string> {
  await rm(folder, { recursive: true });
  const later = new Set(ownMigrations.slice(ownMigrations.indexOf(last) + 1));
  await cp(migrationsFolder, folder, { recursive: true, filter: (path) => !later.has(basename(path)) });
  return folder;
}

/** This version's migrations and one more. */
async function withMigration(sql: string): Promise<string> {
  await rm(folder, { recursive: true });
  await cp(migrationsFolder, folder, { recursive: true });
  await mkdir(join(folder, "20990101000000_next"));
  await writeFile(join(folder, "20990101000000_next", "migration.sql"), sql);
  return folder;
}

describe("an empty database", () => {
  test("gets every migration, on Prisma's record with the checksums that Prisma takes", async () => {
    await migrate(url);
    const checksums = await Promise.all(
      ownMigrations.map(async (migration) =>
        createHash("sha256")
          .update(await readFile(join(migrationsFolder, migration, "migration.sql")))
          .digest("hex"),
      ),
    );
    expect(await applied()).toEqual(
      ownMigrations.map((migration_name, at) => ({
        migration_name,
        checksum: checksums[at],
        finished_at: expect.any(Date),
      })),
    );
  });

  test("is migrated once by two processes at the same time", async () => {
    await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(await applied()).toHaveLength(ownMigrations.length);
  });

  test("ends up as prisma/schema says", async () => {
    await rows(await schemaScript());
    const wanted = await catalogue();
    await rows("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    await migrate(url);
    expect(await catalogue()).toEqual(wanted);
  });
});

/** The SQL that the schema engine makes of prisma/schema. */
async function schemaScript(): Promise<string> {
  const folder = new URL("../../prisma/schema/", import.meta.url);
  const files = await Promise.all(
    (await readdir(folder)).map(async (path) => ({
      path,
      content: await readFile(new URL(path, folder), "utf8"),
    })),
  );
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const engine = await schemaEngine(pool);
  const { stdout } = await engine.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  engine.free();
  await pool.end();
  return stdout ?? "";
}

/** All that the Prisma schema can say of a database: not the checks, not the indexes over some rows only, not the ledger. */
const catalogue = async () => ({
  columns: await rows(`
    SELECT table_name, column_name, udt_name, is_nullable, column_default,
      numeric_precision, numeric_scale, datetime_precision
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' AND table_name NOT LIKE 'Ledger%' ORDER BY 1, 2`),
  enums: await rows(`
    SELECT typname, enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
    WHERE typname NOT LIKE 'Ledger%' ORDER BY typname, enumsortorder`),
  indexes: await rows(`
    SELECT indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' AND indexdef NOT LIKE '% WHERE %' ORDER BY 1`),
  foreignKeys: await rows(`
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2`),
});

describe("a database of an earlier version", () => {
  test.each([
    // After it an enum gains a word that the migration behind it uses: not to be done in one transaction.
    "20261122150000_tier_policy_versions",
    ownMigrations.at(-2)!,
  ])("gets what came after %s", async (last) => {
    await migrate(url, await migrationsUpTo(last));
    await migrate(url);
    expect(await applied()).toHaveLength(ownMigrations.length);
  });
});

describe("a migrated database", () => {
  beforeEach(() => migrate(url));

  test("is left alone by the next start", async () => {
    const before = await applied();
    await migrate(url);
    expect(await applied()).toEqual(before);
  });

  test("gets what a newer version adds, semicolons in comments and literals included", async () => {
    await migrate(
      url,
      await withMigration("-- one; two\nCREATE TABLE extra AS SELECT 'a;b'::text AS value;"),
    );
    expect(await rows("SELECT value FROM extra")).toEqual([{ value: "a;b" }]);
    expect(await applied()).toHaveLength(ownMigrations.length + 1);
  });

  test("is untouched by a migration that fails half-way, and gets its corrected form at the next start", async () => {
    const before = await applied();
    const failing = withMigration("CREATE TABLE extra (id int); SELECT 1 / 0;");
    await expect(migrate(url, await failing)).rejects.toThrow(/could not be applied: .*division by zero/);
    expect(await rows("SELECT to_regclass('extra') AS extra")).toEqual([{ extra: null }]);
    expect(await applied()).toEqual(before);
    await migrate(url, await withMigration("CREATE TABLE extra (id int);"));
    expect(await applied()).toHaveLength(ownMigrations.length + 1);
  });

  test("that is ahead of this version is refused", async () => {
    await migrate(url, await withMigration("CREATE TABLE extra (id int);"));
    await expect(migrate(url)).rejects.toThrow(/ahead of this version.*20990101000000_next/);
  });

  test("with a migration that another tool left half-done is refused", async () => {
    await rows("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%_constraints'");
    await expect(migrate(url)).rejects.toThrow(/_constraints failed half-way.*prisma migrate resolve/);
  });
});

test("a database with other tables is refused and left alone", async () => {
  await rows("CREATE TABLE stranger (id int)");
  await expect(migrate(url)).rejects.toThrow("not empty and not Tierkeep's");
  expect(await rows("SELECT to_regclass('\"Customer\"') AS customer")).toEqual([{ customer: null }]);
});

test.each([
  ["a port where nothing listens", "postgresql://u:hidden@127.0.0.1:1/db", "nothing listens there"],
  ["a host that does not exist", "postgresql://u:hidden@nowhere.invalid/db", "the host is unknown"],
  ["a database that does not exist", databaseUrl(server, "missing"), "that database does not exist"],
])("%s is told in one line without the password", async (_, address, problem) => {
  const error = await migrate(address).catch((reason: Error) => reason);
  expect(error).toHaveProperty("message", expect.stringContaining(problem));
  expect(`${error}`).not.toContain("hidden");
});
