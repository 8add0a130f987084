import { parseArgs } from "node:util";
import { readConfig } from "../config.js";
import { StartError } from "../errors.js";
import { serverClock } from "../server-clock.js";
import { type DemoHeadersRequest, demoHeaders } from "./demo-headers.js";
import { addressOf } from "./device-proof.js";

// The command `npm run --silent headers -- sam [--device D3 | --no-device] [--proof] [--purpose X]`.

const usage =
  "Usage: npm run --silent headers -- ACCOUNT [--device D3 | --no-device] [--proof] [--purpose X]";

function requestIn(args: string[], url: string): DemoHeadersRequest {
  const { values, positionals } = parse(args);
  const [staffNo, ...more] = positionals;
  const { device, "no-device": noDevice, proof } = values;
  if (!staffNo || more.length > 0 || (noDevice && (device !== undefined || proof)))
    throw new StartError(usage);
  return {
    staffNo,
    ...(device !== undefined && { device }),
    ...(noDevice && { device: null }),
    ...(proof && { signedFor: url }),
    ...(values.purpose !== undefined && { purpose: values.purpose }),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        device: { type: "string" },
        "no-device": { type: "boolean" },
        proof: { type: "boolean" },
        purpose: { type: "string" },
      },
    });
  } catch {
    throw new StartError(usage);
  }
}

try {
  const { dataDir, clockStart, host, port, publicUrl } = readConfig(process.env);
  const url = addressOf(publicUrl ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`);
  const request = requestIn(process.argv.slice(2), url);
  const headers = await demoHeaders(dataDir, await serverClock(dataDir, clockStart), request);
  process.stdout.write(`${JSON.stringify(headers)}\n`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
