import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StartError } from "../../errors.js";
import { type Account, postgresAccount, refuseUnreachable } from "./account.js";
import { type Binaries, findBinaries } from "./binaries.js";

/** The folder of a PostgreSQL server, with all that starting and reaching it takes. */
export interface Cluster {
  readonly folder: string;
  readonly password: string;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
}

export const superuser = "tierkeep";
const passwordFile = "tierkeep.password";
const unfinished = "postgres.new-";

/** The cluster in `<dataDir>/postgres`, made at the first use. Whoever comes second at the same time uses the first one's. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const folder = join(dataDir, "postgres");
  const binaries = findBinaries();
  try {
    const account = postgresAccount(folder);
    // Below it, root's PostgreSQL runs as somebody else, who must be able to pass.
    await mkdir(dataDir, { recursive: true, mode: account ? 0o711 : 0o700 });
    refuseUnreachable(account, dataDir, "set DATA_DIR to a folder that everybody may enter");
    refuseUnreachable(
      account,
      dirname(binaries.postgres),
      "move the project to a folder that everybody may enter",
    );
    if (!existsSync(join(folder, "PG_VERSION"))) await createCluster(dataDir, folder, binaries, account);
    const password = await readFile(join(folder, passwordFile), "utf8");
    return { folder, password, binaries, account };
  } catch (error) {
    throw folderProblem(error, dataDir);
  }
}

/** Made aside and renamed when complete: a folder with the final name is always a whole one. */
async function createCluster(
  dataDir: string,
  folder: string,
  { initdb }: Binaries,
  account: Account | undefined,
) {
  await removeUnfinished(dataDir);
  const aside = join(dataDir, `${unfinished}${process.pid}`);
  const password = join(dataDir, `${unfinished}${process.pid}.password`);
  await mkdir(aside, { mode: 0o700 });
  await writeFile(password, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  if (account) {
    await chown(aside, account.uid, account.gid);
    await chown(password, account.uid, account.gid);
  }
  await run(
    initdb,
    [
      ...["--pgdata", aside, "--username", superuser, "--pwfile", password, "--auth", "scram-sha-256"],
      // The same order of texts on every system, whatever its locales.
      ...[
        "--encoding",
        "UTF8",
        "--locale",
        "C",
        "--locale-provider",
        "builtin",
        "--builtin-locale",
        "C.UTF-8",
      ],
    ],
    account,
  );
  await rename(password, join(aside, passwordFile));
  await rename(aside, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST" && error.code !== "EPERM") throw error;
    await rm(aside, { recursive: true });
  });
}

/** What a process left that was killed while it made a cluster. */
async function removeUnfinished(dataDir: string) {
  for (const name of await readdir(dataDir)) {
    const pid = name.startsWith(unfinished) ? Number.parseInt(name.slice(unfinished.length), 10) : 0;
    if (pid > 0 && (pid === process.pid || !isAlive(pid)))
      await rm(join(dataDir, name), { recursive: true, force: true });
  }
}

/** Is there a process of this number, of whatever user? */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** This process's environment without what libpq and PostgreSQL would read from it. */
export const environment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PG")));

/** Runs one of PostgreSQL's programs to its end; what it complains about becomes the error. */
export function run(program: string, parameters: string[], account: Account | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      ...account,
      cwd: "/",
      env: environment(),
      stdio: ["ignore", "ignore", "pipe"],
      windowsHide: true,
    });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint += text;
    });
    child.on("error", (error) => reject(startProblem(error, program)));
    child.on("close", (status) =>
      status === 0
        ? resolve()
        : reject(new StartError(`PostgreSQL: ${oneLine(complaint) || `exit status ${status}`}`)),
    );
  });
}

/** What a program that could not even be started tells the person at the terminal. */
export function startProblem({ code }: NodeJS.ErrnoException, program: string): StartError {
  return new StartError(
    code === "EPERM"
      ? "PostgreSQL does not run as root, and this process may not change to another user: " +
          "start as an ordinary user, or set DATABASE_URL."
      : `${program} cannot be started (${code}): run npm ci again, or set DATABASE_URL.`,
  );
}

export const oneLine = (text: string) => text.trim().replace(/\s*\n\s*/g, " ");

function folderProblem(error: unknown, dataDir: string): unknown {
  const { code, path = dataDir } = error as NodeJS.ErrnoException;
  const problems: Record<string, string> = {
    EACCES: "belongs to another user or may not be written",
    EPERM: "belongs to another user or may not be written",
    EROFS: "is on a read-only file system",
    ENOTDIR: "lies below something that is not a folder",
    EEXIST: "is not a folder",
    ENOSPC: "is on a full disk",
  };
  const problem = problems[code ?? ""];
  return problem
    ? new StartError(`The data folder cannot be used: ${path} ${problem}. DATA_DIR names another.`)
    : error;
}
