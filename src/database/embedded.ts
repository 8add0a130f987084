import { resolve } from "node:path";
import type pg from "pg";
import { StartError } from "../errors.js";
import { type Cluster, openCluster } from "./embedded/cluster.js";
import { connectOrStart, type ServerSettings, stop, urlOf } from "./embedded/postmaster.js";

/** A database in use by this process. */
export interface RunningDatabase {
  readonly url: string;
  /** Ends the use; the last user of an embedded server stops it. */
  release(): Promise<void>;
}

export interface EmbeddedOptions {
  /** As the server: refused where another one serves from the same folder. A command shares. */
  asServer: boolean;
  /** Settings for PostgreSQL, should this process be the one that starts it. */
  settings?: ServerSettings;
  /** The server ended under us and could not be brought back. */
  onLost?: (error: unknown) => void;
}

const databaseName = "tierkeep";

// Keys of session advisory locks: they end with the process that holds them, however it ends.
const userLock = 0x7e1;
const serverLock = 0x7e2;

/**
 * The PostgreSQL server of our own in `<dataDir>/postgres`: created at first use, started when it is not running,
 * adopted when it is (beside a server of ours, or left behind by a killed one), and started again when it crashes.
 */
export async function embeddedDatabase(dataDir: string, options: EmbeddedOptions): Promise<RunningDatabase> {
  const cluster = await openCluster(resolve(dataDir));
  let session = await enter(cluster, options);
  const { port } = session;
  let released = false;
  const watch = () =>
    session.once("end", () => {
      if (!released) reenter().catch((error) => options.onLost?.(error));
    });
  const reenter = async () => {
    session = await enter(cluster, { ...options, settings: { ...options.settings, port: String(port) } });
    watch();
  };
  watch();
  await createDatabase(session);
  return {
    url: urlOf(cluster, port, databaseName),
    release: async () => {
      released = true;
      await leave(cluster, session);
    },
  };
}

/** Joins the users of the server. Where its last user is just stopping it, the connection breaks: start again. */
async function enter(cluster: Cluster, options: EmbeddedOptions, attempts = 50): Promise<pg.Client> {
  const session = await connectOrStart(cluster, options.settings ?? {});
  try {
    await session.query("SELECT pg_advisory_lock_shared($1)", [userLock]);
    if (!options.asServer || (await tryLock(session, serverLock))) return session;
  } catch (error) {
    await session.end().catch(() => {});
    if (attempts === 0) throw error;
    return enter(cluster, options, attempts - 1);
  }
  await session.end();
  throw new StartError(`Another server already runs on the data folder ${resolve(cluster.folder, "..")}.`);
}

async function leave(cluster: Cluster, session: pg.Client) {
  try {
    await session.query("SELECT pg_advisory_unlock_shared($1)", [userLock]);
    if (await tryLock(session, userLock)) await stop(cluster);
  } finally {
    await session.end().catch(() => {});
  }
}

async function tryLock(session: pg.Client, key: number): Promise<boolean> {
  const { rows } = await session.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [key]);
  return rows[0]?.taken === true;
}

async function createDatabase(session: pg.Client) {
  const { rowCount } = await session.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
  if (rowCount) return;
  try {
    await session.query(`CREATE DATABASE ${databaseName}`);
  } catch (error) {
    // Another process made it meanwhile.
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
  }
}
