import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clockFrom } from "../../src/clock.js";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { accessTokenVerifier } from "../../src/people/access-token.js";
import { demoHeaders } from "../../src/people/demo-headers.js";
import { demoCredential, keptOfDemo } from "../../src/people/device-credential.js";
import { proofReader } from "../../src/people/device-proof.js";
import { loadSecret } from "../../src/people/secret.js";
import { loadSigningKeys } from "../../src/people/signing-keys.js";
import { publishClock } from "../../src/server-clock.js";
import { dataFolder } from "./data-folder.js";

/** Runs the command as a process of its own, as a person at a terminal does. */
function headers(dataDir: string, args: readonly string[], env: Record<string, string> = {}) {
  const command = join(import.meta.dirname, "../../src/people/headers.ts");
  const child = spawn(process.execPath, ["--import", "tsx", command, ...args], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, ...env },
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text) => {
    output.stdout += text;
  });
  child.stderr.on("data", (text) => {
    output.stderr += text;
  });
  return new Promise<{ stdout: string; stderr: string; code: number | null }>((resolve) => {
    child.on("close", (code) => resolve({ ...output, code }));
  });
}

const purposeOf = (staffNo: string) => demoAccounts.find((account) => account.staffNo === staffNo)?.purpose;

test("one line of JSON on a fresh folder: token, credential of the own device, first purpose", async () => {
  const folder = await dataFolder();
  const { stdout, stderr, code } = await headers(folder, ["sam"]);
  expect({ stderr, code, lines: stdout.split("\n").length }).toEqual({ stderr: "", code: 0, lines: 2 });
  const { authorization, ...others } = JSON.parse(stdout);
  expect(others).toEqual({
    "device-credential": demoCredential(await loadSecret(folder), "D1"),
    "access-purpose": purposeOf("sam"),
  });
  const keys = await loadSigningKeys(folder);
  const inDays = (days: number) => clockFrom(new Date(clockFrom().now().getTime() + days * 86_400_000));
  const token = authorization.slice("Bearer ".length);
  expect(await accessTokenVerifier({ keys, clock: clockFrom() })(token)).toEqual({ staffNo: "sam" });
  expect(await accessTokenVerifier({ keys, clock: inDays(6) })(token)).toEqual({ staffNo: "sam" });
  await expect(accessTokenVerifier({ keys, clock: inDays(8) })(token)).rejects.toThrow();
});

test.each([
  { args: ["sam", "--device", "D3"], device: "D3", purpose: purposeOf("sam") },
  { args: ["--no-device", "sam", "--purpose", "REPORTING"], device: null, purpose: "REPORTING" },
])("$args", async ({ args, device, purpose }) => {
  const folder = await dataFolder();
  const { stdout } = await headers(folder, args);
  const { authorization: _, ...others } = JSON.parse(stdout);
  expect(others).toEqual({
    ...(device && { "device-credential": demoCredential(await loadSecret(folder), device) }),
    ...(purpose && { "access-purpose": purpose }),
  });
});

test.each([
  { env: {}, url: "http://127.0.0.1:4000/graphql" },
  { env: { PORT: "4711" }, url: "http://127.0.0.1:4711/graphql" },
  { env: { HOST: "::1" }, url: "http://[::1]:4000/graphql" },
  { env: { PUBLIC_URL: "https://tierkeep.example.com/" }, url: "https://tierkeep.example.com/graphql" },
])("--proof: the demo device's own signature, for one request to $url", async ({ env, url }) => {
  const folder = await dataFolder();
  const { stdout, stderr } = await headers(folder, ["sam", "--proof"], env);
  expect(stderr).toBe("");
  const { authorization, dpop, ...others } = JSON.parse(stdout);
  expect(others).toEqual({ "access-purpose": purposeOf("sam") });
  const publicUrl = url.replace(/\/graphql$/, "");
  const read = proofReader({ clock: clockFrom(), publicUrl });
  const [, kept] = await keptOfDemo(await loadSecret(folder), "D1");
  expect(await read({ dpop }, authorization.slice("Bearer ".length))).toMatchObject({
    keyHash: kept.credentialHash,
  });
  await expect(read({ dpop }, "another.access.token")).rejects.toThrow();
});

test("an account without a device or a purpose sends no header for it", async () => {
  expect(Object.keys(await demoHeaders(await dataFolder(), clockFrom(), { staffNo: "neo" }))).toEqual([
    "authorization",
  ]);
});

test.each([
  { what: "the running server's clock", running: new Date("2031-01-01T00:00:00Z"), env: {} },
  {
    what: "CLOCK_START",
    running: null,
    env: { CLOCK_START: "2031-01-01T08:00:00+08:00" },
  },
])("valid by $what", async ({ running, env }) => {
  const folder = await dataFolder();
  if (running) await publishClock(folder, clockFrom(running));
  const { stdout } = await headers(folder, ["sam"], env);
  const verify = accessTokenVerifier({
    keys: await loadSigningKeys(folder),
    clock: clockFrom(new Date("2031-01-01T00:00:00Z")),
  });
  expect(await verify(JSON.parse(stdout).authorization.slice("Bearer ".length))).toEqual({ staffNo: "sam" });
});

test.each([
  { args: ["nobody"], env: {}, says: /"nobody".*sam, sue, pat/ },
  { args: ["sam", "--devise", "D3"], env: {}, says: /^Usage: / },
  { args: ["sam", "pat"], env: {}, says: /^Usage: / },
  { args: ["sam", "--no-device", "--proof"], env: {}, says: /^Usage: / },
  { args: ["sam"], env: { CLOCK_START: "tomorrow" }, says: /CLOCK_START/ },
  { args: ["sam"], env: { DATA_DIR: "/dev/null/data" }, says: /\/dev\/null\/data/ },
])("$args with $env is refused in one line", async ({ args, env, says }) => {
  const { stdout, stderr, code } = await headers(await dataFolder(), args, env);
  expect({ stdout, code, lines: stderr.split("\n").length }).toEqual({ stdout: "", code: 1, lines: 2 });
  expect(stderr).toMatch(says);
});
