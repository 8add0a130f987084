import "reflect-metadata";
import { existsSync } from "node:fs";
import { readConfig } from "./config.js";
import { StartError } from "./errors.js";

// The rest is imported when it is known that it can be, and that the settings are good.
try {
  const config = readConfig(process.env);
  if (!existsSync(new URL("./database/generated/client.ts", import.meta.url))) {
    throw new StartError("The database client has not been generated: run npm run generate.");
  }
  const { start } = await import("./start.js");
  await start(config);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
