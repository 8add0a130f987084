import "reflect-metadata";
import { existsSync } from "node:fs";
import { StartError } from "./errors.js";

// Nothing that needs the generated client may be imported before it is known to be there.
try {
  if (!existsSync(new URL("./database/generated/client.ts", import.meta.url))) {
    throw new StartError("The database client has not been generated: run npm run generate.");
  }
  const { start } = await import("./start.js");
  await start(process.env);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
