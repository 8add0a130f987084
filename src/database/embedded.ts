import { hkdfSync } from "node:crypto";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { StartError } from "../errors.js";
import { databaseProblem } from "./database-refusal.js";
import { type Cluster, openCluster } from "./embedded/cluster.js";
import {
  connectOrStart,
  NotYet,
  type ServerSettings,
  stop,
  stopUnusable,
  urlOf,
} from "./embedded/postmaster.js";

/** A database in use by this process. */
export interface EmbeddedDatabase {
  /** Where its owner enters. */
  readonly url: string;
  /** For the server's role, which its owner makes. */
  readonly serverPassword: string;
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

/** Tells nothing of the owner's, and is the same in every process. */
const serverPasswordOf = ({ password }: Cluster): string =>
  Buffer.from(hkdfSync("sha256", password, "", "server-role", 24)).toString("base64url");

// Keys of session advisory locks: they end with the process that holds them, however it ends.
const userLock = 0x7e1;
const serverLock = 0x7e2;

/**
 * The PostgreSQL server of our own in `<dataDir>/postgres`: created at first use, started when it is not running,
 * adopted when it is (beside a server of ours, or left behind by a killed one), and started again when it crashes.
 */
export async function embeddedDatabase(dataDir: string, options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const cluster = await openCluster(resolve(dataDir));
  const first = await enter(cluster, options);
  const { port } = first;
  const released = new AbortController();
  const sameAgain = { ...options, settings: { ...options.settings, port: String(port) } };
  let session: pg.Client | undefined;
  let returning: Promise<void> | undefined;
  const use = (entered: pg.Client) => {
    session = entered;
    entered.once("end", () => {
      session = undefined;
      if (released.signal.aborted) return;
      returning = reenter(cluster, sameAgain, released.signal).then(use, (error) => {
        if (!released.signal.aborted) options.onLost?.(error);
      });
    });
  };
  use(first);
  const release = async () => {
    if (released.signal.aborted) return;
    released.abort();
    await returning;
    if (session) await leave(cluster, session);
    else await stopUnusable(cluster);
  };
  try {
    await createDatabase(first);
  } catch (error) {
    await release();
    throw error;
  }
  return { url: urlOf(cluster, port, databaseName), serverPassword: serverPasswordOf(cluster), release };
}

/** Joins the users of the server. Where its last user is just stopping it, the connection breaks: start again. */
async function enter(
  cluster: Cluster,
  options: EmbeddedOptions,
  signal?: AbortSignal,
  attempts = 50,
): Promise<pg.Client> {
  const session = await connectOrStart(cluster, options.settings ?? {}, signal);
  try {
    await session.query("SELECT pg_advisory_lock_shared($1)", [userLock]);
    if (!options.asServer || (await becomeServer(session, signal))) return session;
  } catch (error) {
    await session.end().catch(() => {});
    if (attempts === 0) throw error;
    return enter(cluster, options, signal, attempts - 1);
  }
  await session.end();
  throw new StartError(`Another server already runs on the data folder ${resolve(cluster.folder, "..")}.`);
}

/** Joins again after a crash, however long it takes for the disk to have space, or for what was written to be recovered. */
async function reenter(cluster: Cluster, options: EmbeddedOptions, signal: AbortSignal): Promise<pg.Client> {
  try {
    return await enter(cluster, options, signal);
  } catch (error) {
    if (!(error instanceof NotYet)) throw error;
    await delay(1_000, undefined, { signal });
    return reenter(cluster, options, signal);
  }
}

/** The last user stops the server. */
async function leave(cluster: Cluster, session: pg.Client) {
  try {
    // A session that breaks now has left, too.
    const last = await isLast(session).catch(() => undefined);
    if (last) await stop(cluster);
    else if (last === undefined) await stopUnusable(cluster);
  } finally {
    await session.end().catch(() => {});
  }
}

async function isLast(session: pg.Client): Promise<boolean> {
  await session.query("SELECT pg_advisory_unlock_shared($1)", [userLock]);
  return tryLock(session, userLock);
}

/** The database notices a moment later that a server was killed: until then it looks as if that one still ran. */
async function becomeServer(
  session: pg.Client,
  signal: AbortSignal | undefined,
  attempts = 30,
): Promise<boolean> {
  if (await tryLock(session, serverLock)) return true;
  if (attempts === 0) return false;
  await delay(100, undefined, { signal });
  return becomeServer(session, signal, attempts - 1);
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
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw databaseProblem(error);
  }
}
