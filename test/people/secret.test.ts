import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StartError } from "../../src/errors.js";
import { demoCredential, hashCredential } from "../../src/people/device-credential.js";
import { derive, loadSecret } from "../../src/people/secret.js";
import { dataFolder } from "./data-folder.js";

test("the secret is made once, however many ask for it at once", async () => {
  const folder = await dataFolder();
  const secrets = await Promise.all(Array.from({ length: 20 }, () => loadSecret(folder)));
  expect(new Set(secrets.map((secret) => secret.toString("hex"))).size).toBe(1);
  expect(await loadSecret(folder)).toEqual(secrets[0]);
  expect((await stat(join(folder, "secret"))).mode & 0o777).toBe(0o600);
});

test("two data folders have two secrets", async () => {
  expect(await loadSecret(await dataFolder())).not.toEqual(await loadSecret(await dataFolder()));
});

test("a secret that was cut off is refused in one line", async () => {
  const folder = await dataFolder();
  await writeFile(join(folder, "secret"), "short");
  await expect(loadSecret(folder)).rejects.toThrow(StartError);
});

test("each label has a value of its own, always the same", () => {
  const secret = Buffer.alloc(32, 7);
  expect(derive(secret, "cursors")).toEqual(derive(secret, "cursors"));
  expect(derive(secret, "cursors")).not.toEqual(derive(secret, "cursors "));
  expect(derive(secret, "cursors")).toHaveLength(32);
});

test("a demo device's credential fits a header and depends on secret and device", () => {
  const secret = Buffer.alloc(32, 7);
  expect(demoCredential(secret, "D1")).toMatch(/^[\w-]{43}$/);
  expect(demoCredential(secret, "D1")).toBe(demoCredential(secret, "D1"));
  expect(demoCredential(secret, "D1")).not.toBe(demoCredential(secret, "D2"));
  expect(demoCredential(secret, "D1")).not.toBe(demoCredential(Buffer.alloc(32, 8), "D1"));
  expect(hashCredential("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
