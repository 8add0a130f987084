import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, openSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { StartError } from "../../errors.js";
import { type Cluster, environment, isAlive, oneLine, run, startProblem, superuser } from "./cluster.js";

const { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } = constants;

/** Milliseconds: recovery after a crash included. */
const patience = 60_000;

/** PostgreSQL's own settings by name; a port where it may not be any free one. */
export type ServerSettings = Readonly<Record<string, string>>;

const ourSettings: ServerSettings = {
  listen_addresses: "127.0.0.1",
  // No socket: its path may not be longer than 100 bytes.
  unix_socket_directories: "",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  // The log never holds a value: neither statements nor the details of a refused row.
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
};

/** It does not run yet, and another try may: the disk is full, or what a crash left takes longer than usual. */
export class NotYet extends StartError {}

/** A connection to the cluster's own database, starting the server with `settings` where none runs. Throws NotYet. */
export async function connectOrStart(
  cluster: Cluster,
  settings: ServerSettings,
  signal?: AbortSignal,
): Promise<pg.Client> {
  const end = performance.now() + patience;
  let started: ChildProcess | undefined;
  while (performance.now() < end) {
    signal?.throwIfAborted();
    if (started && hasEnded(started)) {
      refuseHopeless(cluster, started);
      started = undefined;
    }
    removeStale(cluster);
    const port = portOf(cluster);
    const client = port === undefined ? undefined : await connect(cluster, port);
    if (client) return client;
    if (port === undefined && !started)
      started = await start(cluster, { ...ourSettings, port: await freePort(), ...settings });
    await delay(20);
  }
  throw new NotYet(`The embedded PostgreSQL does not answer: see ${logOf(cluster)}.`);
}

/** `postgresql://…` of one of the cluster's databases, for the server at `port`. */
export const urlOf = ({ password }: Cluster, port: number, database: string) =>
  `postgresql://${superuser}:${password}@127.0.0.1:${port}/${database}`;

/** Stops the server; its clients are cut off, what they committed is kept. */
export const stop = (cluster: Cluster): Promise<void> => {
  const { binaries, folder, account } = cluster;
  const parameters = ["stop", "--pgdata", folder, "--mode", "fast", "--wait", "--timeout", "8"];
  return run(binaries.pgCtl, parameters, account).catch((error: unknown) => {
    // It may have ended by itself.
    if (portOf(cluster) !== undefined) throw error;
  });
};

/** Stops a server that lets nobody in, as on a full disk; any other one is somebody's. */
export async function stopUnusable(cluster: Cluster): Promise<void> {
  const port = portOf(cluster);
  if (port === undefined) return;
  const client = await connect(cluster, port);
  if (client) await client.end();
  else await stop(cluster);
}

/** The port of the server that runs on the folder, or is starting; undefined where none is. */
export function portOf(cluster: Cluster): number | undefined {
  const [pid, , , port] = pidFile(cluster);
  return pid && port && isAlive(Number(pid)) ? Number(port) : undefined;
}

async function connect(cluster: Cluster, port: number): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: urlOf(cluster, port, "postgres"),
    connectionTimeoutMillis: 2_000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "28P01")
      throw new StartError(`The password in ${cluster.folder} is not the one of the server that runs there.`);
    await client.end().catch(() => {});
    return undefined;
  }
}

/** Spawns the server, which then either writes down its port or ends. */
async function start(cluster: Cluster, settings: ServerSettings): Promise<ChildProcess> {
  const { binaries, folder, account } = cluster;
  // Appended to: what is left of a killed server still writes there.
  const log = openSync(logOf(cluster), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600);
  const child = spawn(
    binaries.postgres,
    [...["-D", folder], ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    // A session of its own: Ctrl-C at the terminal reaches us alone, and we stop it when our requests are answered.
    {
      ...account,
      cwd: "/",
      env: environment(),
      detached: true,
      stdio: ["ignore", log, log],
      windowsHide: true,
    },
  );
  closeSync(log);
  child.unref();
  await once(child, "spawn").catch((error) => {
    throw startProblem(error, binaries.postgres);
  });
  return child;
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/** Throws what keeps a server that was started from running, unless the next moment may help. */
function refuseHopeless(cluster: Cluster, { pid }: ChildProcess): void {
  const complaints = readFileSync(logOf(cluster), "utf8")
    .split("\n")
    .filter((line) => /FATAL|PANIC/.test(line));
  if (complaints.some((line) => /No space left on device|Disk quota exceeded/.test(line)) || isFull(cluster))
    throw new NotYet(`The embedded PostgreSQL does not start: the disk of ${cluster.folder} is full.`);
  const [last = ""] = [...complaints.filter((line) => line.includes(`[${pid}]`)), ...complaints.slice(-1)];
  // Another process was quicker, or a killed server's sessions have not all ended yet.
  if (/lock file|could not bind|Address already in use|is still in use/.test(last)) return;
  throw new StartError(`The embedded PostgreSQL does not start: ${oneLine(last.replace(/^.*?: {2}/, ""))}`);
}

/** Bytes: PostgreSQL writes its log of changes in pieces of this size. */
const pieceOfLog = 16 * 1024 * 1024;

/** On a full disk, the complaint itself finds no space. */
const isFull = ({ folder }: Cluster): boolean =>
  [folder, join(folder, "pg_wal")].some((path) => {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize < pieceOfLog;
  });

/** After a restart of the machine or a container, the number in the file may be that of quite another process. */
function removeStale(cluster: Cluster) {
  if (process.platform !== "linux") return;
  const pid = pidFile(cluster)[0];
  if (!pid) return;
  try {
    if (readFileSync(`/proc/${pid}/comm`, "utf8").trim() !== "postgres") rmSync(pidFileOf(cluster));
  } catch {
    // No such process, or not ours to see: PostgreSQL judges that itself.
  }
}

function pidFile(cluster: Cluster): string[] {
  try {
    return readFileSync(pidFileOf(cluster), "utf8").split("\n");
  } catch {
    return [];
  }
}

const pidFileOf = ({ folder }: Cluster) => join(folder, "postmaster.pid");
const logOf = ({ folder }: Cluster) => `${folder}.log`;

function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? String(address.port) : "0"));
    });
  });
}
