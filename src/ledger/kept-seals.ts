import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { StartError } from "../errors.js";
import type { Seal } from "./seal.js";

/** The seals of a file, a line each; what is torn or is no seal is passed over. Throws StartError. */
export async function* keptSeals(path: string): AsyncGenerator<Seal> {
  const stream = createReadStream(path);
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      const seal = sealIn(line);
      if (seal) yield seal;
    }
  } catch (error) {
    throw new StartError(`${path} cannot be read: ${(error as Error).message}`);
  } finally {
    stream.destroy();
  }
}

function sealIn(line: string): Seal | null {
  try {
    const { at, ...seal } = JSON.parse(line) as Omit<Seal, "at"> & { at: string };
    const isSeal =
      Number.isInteger(seal.number) && /^[0-9a-f]{64}$/.test(seal.hash) && Array.isArray(seal.tails);
    return isSeal ? { ...seal, at: new Date(at) } : null;
  } catch {
    return null;
  }
}
