import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { StartError } from "../../src/errors.js";
import { accessTokenVerifier, issueAccessToken } from "../../src/people/access-token.js";
import { addSigningKey, loadSigningKeys } from "../../src/people/signing-keys.js";
import { setClock } from "./clock.js";
import { dataFolder } from "./data-folder.js";

test("the first key is made once, however many ask for it at once", async () => {
  const folder = await dataFolder();
  await Promise.all(Array.from({ length: 10 }, () => loadSigningKeys(folder)));
  expect(await readdir(join(folder, "keys"))).toEqual(["1.json"]);
  expect((await stat(join(folder, "keys", "1.json"))).mode & 0o777).toBe(0o600);
});

test("the newest key signs, and the tokens of the older ones stay good", async () => {
  const folder = await dataFolder();
  const clock = setClock();
  const before = await issueAccessToken({ keys: await loadSigningKeys(folder), clock }, { staffNo: "sam" });
  for (let added = 1; added < 10; added++) await addSigningKey(folder);
  const keys = await loadSigningKeys(folder);
  expect(keys.newest().kid).toBe("10");
  expect(await accessTokenVerifier({ keys, clock })(before.token)).toEqual({ staffNo: "sam" });
});

test("the tokens of a key that is gone are good no longer", async () => {
  const folder = await dataFolder();
  const clock = setClock();
  const { token } = await issueAccessToken(
    { keys: await loadSigningKeys(folder), clock },
    { staffNo: "sam" },
  );
  await addSigningKey(folder);
  await rm(join(folder, "keys", "1.json"));
  await expect(accessTokenVerifier({ keys: await loadSigningKeys(folder), clock })(token)).rejects.toThrow();
});

test("a running server finds a key that was added, and reads the folder seldom for that", async () => {
  const folder = await dataFolder();
  const performanceNow = vi.spyOn(performance, "now").mockReturnValue(0);
  const keys = await loadSigningKeys(folder);
  await addSigningKey(folder);
  expect(await keys.find("2")).toBeUndefined();
  performanceNow.mockReturnValue(10_001);
  expect((await keys.find("2"))?.kid).toBe("2");
  expect(keys.newest().kid).toBe("2");
  performanceNow.mockRestore();
});

test.each([
  ["nothing", ""],
  ["no JSON", "-----BEGIN PRIVATE KEY-----"],
  ["a shared secret", '{"kty":"oct","k":"c2VjcmV0"}'],
  ["a public key", '{"kty":"OKP","crv":"Ed25519","x":"_H0Hp7yMm85AhzigOEPTgdeVxPjqBHuuG2q_qame8Ww"}'],
])("a key file that holds %s is refused in one line", async (_what, content) => {
  const folder = await dataFolder();
  await mkdir(join(folder, "keys"));
  await writeFile(join(folder, "keys", "1.json"), content);
  await expect(loadSigningKeys(folder)).rejects.toThrow(StartError);
});
