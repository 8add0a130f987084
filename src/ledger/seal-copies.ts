import { spawn } from "node:child_process";
import { appendFile, mkdir, open, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Seal, sealLine } from "./seal.js";

/** Another place that holds the seals, in which whoever rewrites the database cannot rewrite them. */
export interface SealCopy {
  readonly name: string;
  /** The number of the last seal that it has; 0: none. */
  last(): Promise<number>;
  append(seals: readonly Seal[]): Promise<void>;
}

/** A file, a seal a line, which is only ever added to. */
export function sealFile(path: string): SealCopy {
  return {
    name: path,
    async last() {
      const text = await tailOf(path);
      // What a crash tore is not a line: the seal is written again, on a line of its own.
      if (text !== "" && !text.endsWith("\n")) await appendFile(path, "\n", { flush: true });
      const lines = text.split("\n").slice(0, -1);
      return lines.flatMap((line) => numberIn(line) ?? []).at(-1) ?? 0;
    },
    async append(seals) {
      await mkdir(dirname(path), { recursive: true });
      await appendFile(path, seals.map(sealLine).join(""), { mode: 0o600, flush: true });
    },
  };
}

/** The end of a file; empty where there is none. Longer than any two seals. */
async function tailOf(path: string): Promise<string> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (!file) return "";
  try {
    const { size } = await file.stat();
    const length = Math.min(size, 1 << 20);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString("utf8");
  } finally {
    await file.close();
  }
}

function numberIn(line: string): number | undefined {
  try {
    const { number } = JSON.parse(line) as Partial<Seal>;
    return Number.isInteger(number) ? number : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A witness on another machine: a web address that takes seals by POST, one JSON object a line, or a command that takes
 * them on its standard input. It has them once it answers 2xx, or ends with 0. How far it has come stands in `folder`.
 */
export function sealWitness(witness: string, folder: string): SealCopy {
  const reached = join(folder, "witnessed");
  const send = /^https?:\/\//.test(witness) ? post : pipe;
  return {
    name: "LEDGER_WITNESS",
    async last() {
      const number = Number(await readFile(reached, "utf8").catch(() => "0"));
      return Number.isInteger(number) ? number : 0;
    },
    async append(seals) {
      await send(witness, seals.map(sealLine).join(""));
      await writeFile(reached, String(seals.at(-1)!.number));
    },
  };
}

/** Milliseconds that a witness may take. */
const patience = 10_000;

async function post(url: string, body: string): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/jsonl" },
    body,
    signal: AbortSignal.timeout(patience),
  });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`The witness answers ${answer.status}`);
}

function pipe(command: string, input: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: ["pipe", "ignore", "ignore"], timeout: patience });
    child.on("error", reject);
    // A command that ends without reading says so by its status.
    child.stdin.on("error", () => {});
    child.on("close", (status) =>
      status === 0 ? resolve() : reject(new Error(`The witness ends with ${status}`)),
    );
    child.stdin.end(input);
  });
}
