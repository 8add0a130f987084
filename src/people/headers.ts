import { parseArgs } from "node:util";
import { readConfig } from "../config.js";
import { StartError } from "../errors.js";
import { serverClock } from "../server-clock.js";
import { type DemoHeadersRequest, demoHeaders } from "./demo-headers.js";

// The command `npm run --silent headers -- sam [--device D3] [--no-device] [--purpose X]`.

const usage = "Usage: npm run --silent headers -- ACCOUNT [--device D3 | --no-device] [--purpose X]";

function requestIn(args: string[]): DemoHeadersRequest {
  const { values, positionals } = parse(args);
  const [staffNo, ...more] = positionals;
  if (!staffNo || more.length > 0 || (values.device !== undefined && values["no-device"]))
    throw new StartError(usage);
  return {
    staffNo,
    ...(values.device !== undefined && { device: values.device }),
    ...(values["no-device"] && { device: null }),
    ...(values.purpose !== undefined && { purpose: values.purpose }),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { device: { type: "string" }, "no-device": { type: "boolean" }, purpose: { type: "string" } },
    });
  } catch {
    throw new StartError(usage);
  }
}

try {
  const { dataDir, clockStart } = readConfig(process.env);
  const request = requestIn(process.argv.slice(2));
  const headers = await demoHeaders(dataDir, await serverClock(dataDir, clockStart), request);
  process.stdout.write(`${JSON.stringify(headers)}\n`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
