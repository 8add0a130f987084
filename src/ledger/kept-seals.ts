import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
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

const shape = z.object({
  number: z.int(),
  at: z.iso.datetime().transform((text) => new Date(text)),
  key: z.string(),
  events: z.int(),
  tails: z.array(z.object({ segment: z.int(), seq: z.int(), hash: z.string() })),
  ...{ prevHash: z.string(), hash: z.string(), signature: z.string() },
});

function sealIn(line: string): Seal | null {
  try {
    return shape.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
