import "reflect-metadata";
import { parseArgs } from "node:util";
import { archive } from "./archive-ledger.js";
import { type Config, readConfig } from "./config.js";
import { StartError } from "./errors.js";
import { instant } from "./setting.js";
import { verify } from "./verify-ledger.js";

// The commands `npm run ledger -- verify` and `npm run ledger -- archive`. Status 1 where the ledger is not what was written.

const usage = `Usage: npm run ledger -- verify [--since 2026-11-01T00:00:00Z] [--against seals.jsonl] [--keys folder] [--archive folder]
  --since    goes on from the last seal before this instant, which is trusted by its signature
  --against  a file of seals that was kept; without it, the one in the data folder
  --keys     a folder that holds public-keys/; without it, the one in the data folder
  --archive  the folder of the archived segments; without it, the one in the data folder
       npm run ledger -- archive --before 2026-01-01T00:00:00Z [--to folder]
  --before   moves segments all of whose events are from before this instant, where they have ended and are sealed
  --to       the folder that their files go to; without it, the one in the data folder`;

type Command = (config: Config) => Promise<boolean>;

/** What is asked for; null: it is not as the usage says. */
function commandIn(args: readonly string[]): Command | null {
  const [name, ...options] = args;
  if (name === "verify") {
    const { since, against, keys, archive } = valuesIn(options, "since", "against", "keys", "archive");
    const from = since === null ? null : instant.parse(since);
    return from === undefined ? null : (config) => verify(config, { since: from, against, keys, archive });
  }
  if (name === "archive") {
    const { before, to } = valuesIn(options, "before", "to");
    const end = before === null ? undefined : instant.parse(before);
    return end === undefined ? null : (config) => archive(config, { before: end, to });
  }
  return null;
}

/** The values of options that may be left out. Throws on any other. */
function valuesIn<Name extends string>(args: readonly string[], ...names: readonly Name[]) {
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
  });
  const given = names.map((name) => [name, values[name] ?? null] as const);
  return Object.fromEntries(given) as Record<Name, string | null>;
}

function parsed(args: readonly string[]): Command {
  try {
    const command = commandIn(args);
    if (command) return command;
  } catch {
    // An option that there is not: the usage says which there are.
  }
  throw new StartError(usage);
}

try {
  const command = parsed(process.argv.slice(2));
  if (!(await command(readConfig(process.env)))) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
