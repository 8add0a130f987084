import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { StartError } from "../errors.js";
import { createOnce } from "../people/create-once.js";
import { sha256 } from "./event.js";
import type { PublicKeys, SealKey } from "./seal.js";

const keyFile = (folder: string) => join(folder, "seal-key.pem");
const publicKeys = (folder: string) => join(folder, "public-keys");

/**
 * The Ed25519 key in `<folder>/seal-key.pem`, made by whoever comes first, with its public half beside it in
 * `public-keys/<id>.pem`. To change it, take the file away: what it has sealed is still checked by its public half.
 * Throws StartError.
 */
export async function loadSealKey(folder: string): Promise<SealKey> {
  try {
    const { privateKey } = generateKeyPairSync("ed25519");
    await createOnce(keyFile(folder), privateKey.export({ type: "pkcs8", format: "pem" }));
    const key = createPrivateKey(await readFile(keyFile(folder)));
    if (key.asymmetricKeyType !== "ed25519") throw new Error("not a private Ed25519 key");
    const publicKey = createPublicKey(key);
    const id = idOf(publicKey);
    await createOnce(
      join(publicKeys(folder), `${id}.pem`),
      publicKey.export({ type: "spki", format: "pem" }),
    );
    return { id, privateKey: key };
  } catch (error) {
    throw new StartError(
      `The key of the ledger's seals in ${folder} cannot be used: ${(error as Error).message}`,
    );
  }
}

/** The public keys of a folder, by id. Throws StartError. */
export async function loadPublicKeys(folder: string): Promise<PublicKeys> {
  const path = publicKeys(folder);
  try {
    const names = (await readdir(path)).filter((name) => name.endsWith(".pem"));
    const keys = await Promise.all(
      names.map(async (name) => createPublicKey(await readFile(join(path, name)))),
    );
    return new Map(keys.map((key) => [idOf(key), key]));
  } catch (error) {
    throw new StartError(`The public keys in ${path} cannot be read: ${(error as Error).message}`);
  }
}

const idOf = (publicKey: KeyObject): string =>
  sha256(publicKey.export({ type: "spki", format: "der" }))
    .toString("hex")
    .slice(0, 32);
