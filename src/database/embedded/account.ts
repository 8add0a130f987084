import { readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { StartError } from "../../errors.js";

/** The account that PostgreSQL runs under where it is not the one of this process. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: there it gets the owner of its folder, or nobody. Elsewhere undefined. */
export function postgresAccount(folder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = statSync(folder, { throwIfNoEntry: false }) ?? { uid: 0, gid: 0 };
  return uid === 0 ? nobody() : { uid, gid };
}

function nobody(): Account {
  const [, , uid, gid] =
    readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .find((line) => line.startsWith("nobody:"))
      ?.split(":") ?? [];
  // macOS writes nobody as -2.
  return { uid: Number(uid ?? 65534) >>> 0, gid: Number(gid ?? 65534) >>> 0 };
}

/** Refuses what the account cannot reach: below a folder that only root may enter, nothing can be. */
export function refuseUnreachable(account: Account | undefined, path: string, wayOut: string): void {
  if (!account) return;
  const closed = foldersAbove(realpathSync(path)).find((folder) => !mayEnter(account, statSync(folder)));
  if (closed) {
    throw new StartError(
      `PostgreSQL does not run as root, and user ${account.uid}, whom it gets instead, may not enter ${closed}: ` +
        `${wayOut}, start as an ordinary user, or set DATABASE_URL.`,
    );
  }
}

/** `/a/b` gives `/`, `/a`, `/a/b`. */
const foldersAbove = (path: string): string[] =>
  dirname(path) === path ? [path] : [...foldersAbove(dirname(path)), path];

function mayEnter({ uid, gid }: Account, folder: Stats): boolean {
  const digit = folder.uid === uid ? 0o100 : folder.gid === gid ? 0o010 : 0o001;
  return (folder.mode & digit) !== 0;
}
