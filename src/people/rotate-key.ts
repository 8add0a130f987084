import { readConfig } from "../config.js";
import { StartError } from "../errors.js";
import { addSigningKey } from "./signing-keys.js";

// The command `npm run rotate-key`: the next token is signed by a new key, those of the older keys stay good until
// they expire. A running server takes notice by itself. Delete a file of `<DATA_DIR>/keys` to end a key's tokens.

try {
  const { dataDir } = readConfig(process.env);
  await addSigningKey(dataDir);
  process.stdout.write(`A new key signs from now on; the older ones in ${dataDir}/keys still verify.\n`);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
