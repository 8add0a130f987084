import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { readConfig } from "./config.js";
import { loadDemo } from "./database/demo/load.js";
import { withDatabase } from "./database/running.js";
import { StartError } from "./errors.js";
import { loadSecret } from "./people/secret.js";

/**
 * Loads the demo organisation, as of `now`, in a process of its own: the names of thousands of people take memory that
 * the server would not get rid of. The process finds the database by the same settings. Throws StartError.
 */
export function loadDemoAside(now: Date): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [now.toISOString()], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let complaint = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      complaint += text;
    });
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0) resolve();
      else
        reject(
          new StartError(complaint.trim().split("\n").at(-1) || "The demo organisation could not be loaded."),
        );
    });
  });
}

async function load(now: Date) {
  const config = readConfig(process.env);
  const secret = await loadSecret(config.dataDir);
  await withDatabase(config, (db) => loadDemo(db, { now, secret }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await load(new Date(process.argv[2] ?? "")).catch((error: Error) => {
    process.stderr.write(
      `The demo organisation could not be loaded: ${error.message.replaceAll("\n", " ")}\n`,
    );
    process.exitCode = 1;
  });
}
