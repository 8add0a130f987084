import { hkdfSync, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { StartError } from "../errors.js";
import { createOnce } from "./create-once.js";

const length = 32;

/** The 32 random bytes in `<DATA_DIR>/secret`, made by whoever comes first. Throws StartError. */
export async function loadSecret(dataDir: string): Promise<Buffer> {
  const path = join(dataDir, "secret");
  const secret = await readOrCreate(path).catch((error: Error) => {
    throw new StartError(`The secret ${path} can be neither read nor made: ${error.message}`);
  });
  if (secret.length !== length) throw new StartError(`${path} is not a secret of ${length} bytes`);
  return secret;
}

const readOrCreate = (path: string): Promise<Buffer> =>
  readFile(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    await createOnce(path, randomBytes(length));
    return readFile(path);
  });

/** 32 bytes for one use, which tell nothing of the secret nor of those of any other label (HKDF, RFC 5869). */
export const derive = (secret: Buffer, label: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "", label, 32));
