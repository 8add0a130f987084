import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, clockFrom } from "./clock.js";

/** What a running server says of its clock in `<DATA_DIR>/clock.json`. */
interface PublishedClock {
  /** Milliseconds that the server's clock is ahead of the machine's. */
  readonly offset: number;
  /** The server's process; what a dead one left behind is not believed. */
  readonly pid: number;
}

const machine = clockFrom();
const fileIn = (dataDir: string): string => join(dataDir, "clock.json");

/** Lets the other commands on this data folder know the server's clock, for as long as the server runs. */
export async function publishClock(dataDir: string, clock: Clock): Promise<void> {
  const published: PublishedClock = {
    offset: clock.now().getTime() - machine.now().getTime(),
    pid: process.pid,
  };
  await mkdir(dataDir, { recursive: true });
  await writeFile(fileIn(dataDir), JSON.stringify(published));
}

/** Takes it back when the server stops. */
export const withdrawClock = (dataDir: string): Promise<void> => rm(fileIn(dataDir), { force: true });

/** The clock of the server that runs on this data folder; without one, the clock that would start at `start` or now. */
export async function serverClock(dataDir: string, start?: Date): Promise<Clock> {
  const published = await readFile(fileIn(dataDir), "utf8").then(parse, () => null);
  return clockFrom(
    published && isRunning(published.pid) ? new Date(machine.now().getTime() + published.offset) : start,
  );
}

/** Null for what is half written or not of this form. */
function parse(text: string): PublishedClock | null {
  const [, offset, pid] = /^\{"offset":(-?\d{1,15}),"pid":([1-9]\d{0,9})\}$/.exec(text) ?? [];
  return offset && pid ? { offset: Number(offset), pid: Number(pid) } : null;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
