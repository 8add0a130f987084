import { StartError } from "./errors.js";

try {
  const { importCustomers } = await import("./import-customers.js");
  const isDone = await importCustomers(process.argv.slice(2), process.env, console.log);
  if (!isDone) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
