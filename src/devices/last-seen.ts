import type { Logger } from "pino";
import type { Caller } from "../access/caller.js";
import type { Database } from "../database/client.js";

/** How often it is noted that a device is there. That one is unused for 30 days (rulebook 2.4 F) needs no finer measure. */
const often = 3_600_000;

export interface Sightings {
  /** Notes that a request comes from a device, at most once an hour for each; nothing waits for it. */
  note(caller: Pick<Caller, "device" | "now">): void;
  /** Resolves when nothing is being noted. */
  settled(): Promise<void>;
}

/**
 * Keeps `Device.lastSeenAt`, beside the requests and not in their transactions. Of several servers one notes it: the row
 * is looked at once more, and passed over while somebody else is at it. It is an observation: the version stays.
 */
export function sightingsIn({
  db,
  log,
}: {
  readonly db: Pick<Database, "$executeRaw">;
  readonly log: Logger;
}): Sightings {
  const noting = new Map<string, Promise<void>>();

  const noteNow = async (id: string, now: Date): Promise<void> => {
    try {
      await db.$executeRaw`
        UPDATE "Device" SET "lastSeenAt" = ${now} WHERE "id" = (
          SELECT "id" FROM "Device" WHERE "id" = ${id} AND ("lastSeenAt" IS NULL OR "lastSeenAt" <= ${before(now)})
          FOR NO KEY UPDATE SKIP LOCKED)`;
    } catch (err) {
      log.warn({ err }, "that a device was seen could not be noted; its next request tries again");
    } finally {
      noting.delete(id);
    }
  };

  return {
    note({ device, now }) {
      if (!device || noting.has(device.id)) return;
      if (device.lastSeenAt !== null && device.lastSeenAt > before(now)) return;
      noting.set(device.id, noteNow(device.id, now));
    },
    async settled() {
      await Promise.all(noting.values());
    },
  };
}

const before = (now: Date): Date => new Date(now.getTime() - often);
