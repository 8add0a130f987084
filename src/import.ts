import { StartError } from "./errors.js";

const args = process.argv.slice(2);
const [first, ...others] = args;
try {
  const isDone =
    first === "devices"
      ? await (await import("./import-devices.js")).importDevices(others, process.env, console.log)
      : await (await import("./import-customers.js")).importCustomers(args, process.env, console.log);
  if (!isDone) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
