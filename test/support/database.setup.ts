import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { isAlive } from "../../src/database/embedded/cluster.js";
import { type EmbeddedDatabase, embeddedDatabase } from "../../src/database/embedded.js";
import { newId } from "../../src/database/id.js";
import { migrate } from "../../src/database/migrate.js";
import { enterAsServer } from "../../src/database/server-role.js";
import { databaseUrl, onServer } from "./database-server.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** The server of this run: the address of a database on it, and the name that everything made on it starts with. */
    databaseServer: { url: string; prefix: string };
  }
}

/** Once a run: a PostgreSQL of its own (or TEST_DATABASE_URL) with one migrated database to clone. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer();
  const prefix = newId("tierkeep_test", new Date());
  const template = `${prefix}_empty`;
  await onServer(server.url, (client) => client.query(`CREATE DATABASE ${template}`));
  const templateUrl = databaseUrl(server.url, template);
  await migrate(templateUrl);
  await enterAsServer(templateUrl, "as-owner");
  project.provide("databaseServer", { url: server.url, prefix });
  return async () => {
    await onServer(server.url, async (client) => {
      const { rows } = await client.query<{ datname: string }>(
        "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
        [prefix],
      );
      for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
    });
    await server.release();
  };
}

const folderPrefix = "tierkeep-test-";

async function testServer(): Promise<Pick<EmbeddedDatabase, "url" | "release">> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url, release: async () => {} };
  await removeAbandoned();
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  // Where the tests run as root, PostgreSQL runs as somebody else.
  await chmod(folder, 0o711);
  const server = await embeddedDatabase(join(folder, "data"), {
    asServer: true,
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" },
  });
  return {
    url: server.url,
    release: async () => {
      await server.release();
      await rm(folder, { recursive: true });
    },
  };
}

/** Stops and removes the servers of runs that were killed; another user's are left to that user. */
async function removeAbandoned() {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(folderPrefix) ? Number.parseInt(name.slice(folderPrefix.length), 10) : 0;
    if (pid > 0 && !isAlive(pid)) await removeServer(join(tmpdir(), name)).catch(() => {});
  }
}

async function removeServer(folder: string) {
  if (existsSync(join(folder, "data/postgres/postmaster.pid"))) {
    await (await embeddedDatabase(join(folder, "data"), { asServer: false })).release();
  }
  await rm(folder, { recursive: true, force: true });
}
