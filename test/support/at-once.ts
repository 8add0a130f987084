import { expect } from "vitest";
import type { TestDatabase } from "./database.js";
import { onServer } from "./database-server.js";

const waiting = `
  SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/**
 * Lets requests meet: each of them waits for a row of a form before the first of them gets it. Without that, one would
 * often be over before the next has begun. `meanwhile` happens to the row before they get it.
 */
export const atOnce = <Answer>(
  { url }: TestDatabase,
  { table, id }: { table: string; id: string },
  requests: readonly (() => Promise<Answer>)[],
  meanwhile = "SELECT",
): Promise<Answer[]> =>
  onServer(url, (holder) =>
    onServer(url, async (watcher) => {
      await holder.query("BEGIN");
      await holder.query(`SELECT FROM "${table}" WHERE "id" = $1 FOR UPDATE`, [id]);
      const answers = requests.map((request) => request());
      const all = async () => (await watcher.query(waiting)).rowCount;
      await expect.poll(all, { timeout: 20_000, interval: 10 }).toBe(requests.length);
      await holder.query(meanwhile);
      await holder.query("COMMIT");
      return Promise.all(answers);
    }),
  );
