import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { clockFrom } from "../../src/clock.js";
import { demoHeaders } from "../../src/people/demo-headers.js";
import type { Answer } from "./execute-as.js";

const { scripts } = createRequire(import.meta.url)("../../package.json") as { scripts: { start: string } };

const project = fileURLToPath(new URL("../..", import.meta.url));

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly printed: { out: string; err: string };
  /** The status that it ended with; null for a signal. */
  readonly ended: Promise<number | null>;
  /** Its address, `http://host:port`, when it takes requests. Rejects with what it said if it ends before. */
  ready(): Promise<string>;
}

/** `npm start` with these settings, on any free port. Whoever starts it stops it. */
export function startServer(environment: Readonly<Record<string, string>>): ServerProcess {
  const child = spawn(process.execPath, scripts.start.split(" ").slice(1), {
    cwd: project,
    env: { PATH: process.env.PATH, PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed.err += text;
  });
  const ended = once(child, "close").then(([status]) => status as number | null);
  const ready = async () => {
    while (!printed.out.includes("Ctrl-C stops it.")) {
      const more = once(child.stdout, "data");
      if ((await Promise.race([more, ended])) === null || child.exitCode !== null)
        throw new Error(printed.err);
    }
    return /https?:\S+(?=\/graphql)/.exec(printed.out)?.[0] ?? "";
  };
  return { child, printed, ended, ready };
}

/** An empty data folder. Where root starts the server, PostgreSQL runs as somebody else, who must be able to pass. */
export async function newDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tierkeep-server-"));
  await chmod(folder, 0o711);
  return folder;
}

export interface Reply extends Answer {
  readonly status: number;
  /** Milliseconds from the request to the end of the answer. */
  readonly ms: number;
}

/** `leaving` breaks the request off. */
export type Ask = (query: string, variables?: unknown, leaving?: AbortSignal) => Promise<Reply>;

/** Asks a server over HTTP as one of the demo accounts. Rejects where there is no answer at all. */
export async function askAs(address: string, dataDir: string, account: string): Promise<Ask> {
  const headers = await demoHeaders(dataDir, clockFrom(), { staffNo: account });
  return async (query, variables, leaving) => {
    const began = performance.now();
    const response = await fetch(`${address}/graphql`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
      ...(leaving && { signal: leaving }),
    });
    const answer = (await response.json()) as Answer;
    return { ...answer, status: response.status, ms: performance.now() - began };
  };
}
