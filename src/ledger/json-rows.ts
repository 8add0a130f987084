import type pg from "pg";

/** Rows that are fetched at once at most, and about how many characters of them: large events have segments of their own. */
const mostRows = 500;
const mostCharacters = 1_000_000;

/** The rows of a statement that gives one JSON text a row, as "json". */
export type JsonRows = (statement: string) => AsyncGenerator<string>;

/** Within a transaction of this client: the next rows are fetched while those before are looked at, and never held whole. */
export function jsonRows(client: pg.Client): JsonRows {
  let cursors = 0;
  return async function* (statement) {
    cursors += 1;
    const cursor = `ledger_${cursors}`;
    const fetch = (size: number) => {
      const fetched = client.query<{ json: string }>(`FETCH ${size} FROM ${cursor}`);
      // Whoever has found something amiss asks for no more.
      fetched.catch(() => {});
      return fetched;
    };
    await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${statement}`);
    let size = 16;
    let next = fetch(size);
    for (let isLast = false; !isLast; ) {
      const { rows } = await next;
      isLast = rows.length < size;
      if (isLast) await client.query(`CLOSE ${cursor}`);
      else {
        size = nextSize(rows);
        next = fetch(size);
      }
      for (const { json } of rows) yield json;
    }
  };
}

/** Twice as many rows as before, while they are short. */
function nextSize(rows: readonly { readonly json: string }[]): number {
  const characters = rows.reduce((sum, { json }) => sum + json.length, 0);
  const fitting = Math.ceil((mostCharacters / characters) * rows.length);
  return Math.min(mostRows, 2 * rows.length, fitting);
}
