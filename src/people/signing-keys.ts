import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { StartError } from "../errors.js";
import { createOnce } from "./create-once.js";

/** The one algorithm that tokens of this server are signed with: never taken from a token (RFC 8725, 3.1). */
export const signingAlgorithm = "EdDSA";

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** The keys of a data folder, `<DATA_DIR>/keys/<kid>.json`: the newest signs, every one verifies. */
export interface SigningKeys {
  newest(): SigningKey;
  /** Only what the folder held when it was last read; a key added meanwhile is found by reading it again. */
  find(kid: string): Promise<SigningKey | undefined>;
}

/** Milliseconds between two readings of the folder, however many unknown keys are named in between. */
const rereadInterval = 10_000;

/** Keys are numbered as they are added: 1, 2, …. */
const keyFile = /^([1-9]\d{0,5})\.json$/;

/** Reads the keys, after making the first if there is none. Throws StartError. */
export async function loadSigningKeys(dataDir: string): Promise<SigningKeys> {
  const folder = join(dataDir, "keys");
  let keys = await readKeys(folder);
  if (keys.size === 0) {
    await createKey(folder, 1);
    keys = await readKeys(folder);
  }
  let readAt = performance.now();
  return {
    newest: () => [...keys.values()].at(-1)!,
    find: async (kid) => {
      if (!keys.has(kid) && performance.now() - readAt > rereadInterval) {
        readAt = performance.now();
        // A folder that has become unreadable must not let a stranger's token crash a request.
        keys = await readKeys(folder).catch(() => keys);
      }
      return keys.get(kid);
    },
  };
}

/** Rotates: the new key signs from now on, the tokens of the older ones stay good until they end. Throws StartError. */
export async function addSigningKey(dataDir: string): Promise<void> {
  const folder = join(dataDir, "keys");
  const newest = [...(await readKeys(folder)).keys()].at(-1) ?? "0";
  await createKey(folder, Number(newest) + 1);
}

/** Whoever else makes a key of the same number at this moment makes a key as good. */
async function createKey(folder: string, number: number): Promise<void> {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { crv: "Ed25519", extractable: true });
  await createOnce(join(folder, `${number}.json`), JSON.stringify(await exportJWK(privateKey))).catch(
    (error: Error) => {
      throw new StartError(`No signing key can be made in ${folder}: ${error.message}`);
    },
  );
}

/** By kid, oldest first. */
async function readKeys(folder: string): Promise<ReadonlyMap<string, SigningKey>> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new StartError(`The signing keys in ${folder} cannot be read: ${error.message}`);
  });
  const kids = names.flatMap((name) => keyFile.exec(name)?.[1] ?? []).sort((a, b) => Number(a) - Number(b));
  return new Map(await Promise.all(kids.map(async (kid) => [kid, await readKey(folder, kid)] as const)));
}

async function readKey(folder: string, kid: string): Promise<SigningKey> {
  const path = join(folder, `${kid}.json`);
  try {
    const { kty, crv, x, d } = JSON.parse(await readFile(path, "utf8")) as JWK;
    if (kty !== "OKP" || crv !== "Ed25519" || !x || !d) throw new Error("not a private Ed25519 key");
    const [privateKey, publicKey] = await Promise.all([
      importJWK({ kty, crv, x, d }, signingAlgorithm),
      importJWK({ kty, crv, x }, signingAlgorithm),
    ]);
    return { kid, privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey };
  } catch (error) {
    throw new StartError(`The signing key ${path} cannot be used: ${(error as Error).message}`);
  }
}
