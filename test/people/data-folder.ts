import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty data folder, until it is removed. */
export async function keptDataFolder() {
  const path = await mkdtemp(join(tmpdir(), "tierkeep-people-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** An empty data folder that goes when the test ends. */
export async function dataFolder(): Promise<string> {
  const { path, remove } = await keptDataFolder();
  onTestFinished(remove);
  return path;
}
