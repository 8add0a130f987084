import type pg from "pg";
import { allRecords } from "../../src/access/classified.js";
import { onServer } from "./database-server.js";
import { type Row, rowsOf, type World } from "./world.js";

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** The table that it points into. */
  readonly references: string | null;
  /** The words of its enum. */
  readonly words: readonly string[];
  /** A check compares it with another column. */
  readonly compared: boolean;
}

interface Chance {
  readonly number: (below: number) => number;
  readonly noise: (length: number) => string;
  readonly mayVanish: boolean;
  readonly mayAppear: boolean;
}

/** The columns of the database, and other values for them that its constraints accept. */
export interface Columns {
  of(table: string): readonly Column[];
  another(table: string, column: Column, old: unknown, chance: Chance): unknown;
  /** New values for the columns that must not repeat. */
  unique(table: string, noise: (length: number) => string): Record<string, string>;
  /** Ids that tables other than those of the record types refer to. */
  readonly referredToFromElsewhere: ReadonlySet<string>;
}

const day = 86_400_000;
const ends = /^(resolvedAt|firstReplyAt|validTo|expiresAt|endedAt|contractEndsAt|plannedUntil|leftAt)$/;
const marks = /^(satisfaction|quality|performance|security)$/;
const uniqueColumns: Readonly<Record<string, string>> = {
  Customer: "code",
  Order: "orderNo",
  Dossier: "code",
};

export const columnsOf = (url: string, world: World): Promise<Columns> =>
  onServer(url, async (client) => {
    const tables = new Map<string, Column[]>();
    const { rows } = await client.query<Column & { table: string }>(columnQuery);
    for (const { table, ...column } of rows) tables.set(table, [...(tables.get(table) ?? []), column]);
    const of = (table: string) => tables.get(table) ?? [];
    return {
      of,
      another: (table, column, old, chance) => another(table, column, old, chance, world),
      unique: (table, noise) => (uniqueColumns[table] ? { [uniqueColumns[table]]: `N${noise(16)}` } : {}),
      referredToFromElsewhere: await referredTo(client, tables),
    };
  });

const columnQuery = `
  SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, NULL) AS type, NOT a.attnotnull AS nullable,
    (SELECT f.confrelid::regclass::text FROM pg_constraint f
      WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.conkey = ARRAY[a.attnum]) AS references,
    (SELECT coalesce(json_agg(e.enumlabel ORDER BY e.enumsortorder), '[]') FROM pg_enum e
      WHERE e.enumtypid = a.atttypid OR e.enumtypid = (SELECT typelem FROM pg_type WHERE oid = a.atttypid)) AS words,
    EXISTS (SELECT 1 FROM pg_constraint k WHERE k.contype = 'c' AND k.conrelid = c.oid AND a.attnum = ANY (k.conkey)
      AND cardinality(k.conkey) > 1) AS compared
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname, a.attnum`;

async function referredTo(
  client: pg.Client,
  tables: ReadonlyMap<string, readonly Column[]>,
): Promise<ReadonlySet<string>> {
  const known = new Set(allRecords().map(({ name }) => name));
  const ids = new Set<string>();
  for (const [table, columns] of tables)
    for (const { name, references } of columns) {
      if (known.has(table) || !references) continue;
      const { rows } = await client.query<{ id: string }>(`SELECT DISTINCT "${name}" AS id FROM "${table}"`);
      for (const { id } of rows) ids.add(id);
    }
  return ids;
}

function another(table: string, column: Column, old: unknown, chance: Chance, world: World): unknown {
  const { name, type, words, references } = column;
  if (old === null && !(chance.mayAppear && chance.number(2) === 0)) return null;
  if (old !== null && chance.mayVanish && chance.number(5) === 0) return null;
  if (references) {
    const others = rowsOf(world, { name: references.replaceAll('"', "") });
    const free = ["Order", "Customer", "ServiceCase"].includes(table) && others.some(({ id }) => id === old);
    return free ? others[chance.number(others.length)]!.id : old;
  }
  if (words.length > 0) {
    const word = words[chance.number(words.length)]!;
    return type.endsWith("[]") ? [word] : word;
  }
  if (type === "text[]") return [`t${chance.noise(6)}`];
  if (type === "boolean") return old === null ? true : !old;
  if (type === "integer" || type === "numeric") return 1 + chance.number(marks.test(name) ? 5 : 90);
  if (type === "date" || type.startsWith("timestamp"))
    return moved(String(old ?? "2020-02-02T00:00:00Z"), type, name, chance);
  if (/^(mobile|phone)$/.test(name)) return `+8613${chance.noise(9)}`;
  if (name === "ipAddress") return `fd00:${chance.noise(16).match(/.{4}/g)!.join(":")}::1`;
  return `t${chance.noise(12)}`;
}

/** Later, where something must come after something else, and earlier otherwise. */
function moved(old: string, type: string, name: string, { number }: Chance): string {
  const at = new Date(
    new Date(old).getTime() + (ends.test(name) ? 1 : -1) * (1 + number(900)) * day,
  ).toISOString();
  return type === "date" ? at.slice(0, 10) : at;
}

/** Makes a database that holds `from` hold `to`: what its constraints refuse fails. */
export const moveWorld = (url: string, from: World, to: World): Promise<void> =>
  onServer(url, async (client) => {
    const order = await parentsFirst(client);
    const sql = { rows: "json_populate_recordset(NULL::%, $1)" };
    const same = (a: Row | undefined, b: Row) => a !== undefined && JSON.stringify(a) === JSON.stringify(b);
    await client.query("BEGIN");
    await client.query("SET CONSTRAINTS ALL DEFERRED");
    // Another world has another past: how it came about is not asked.
    const triggers = async (state: "ENABLE" | "DISABLE") => {
      for (const table of order) await client.query(`ALTER TABLE "${table}" ${state} TRIGGER USER`);
    };
    await triggers("DISABLE");
    for (const table of order) {
      const rows = rowsOf(to, { name: table }).filter(({ id }) => !from.tables.get(table)?.has(id));
      await client.query(`INSERT INTO "${table}" SELECT * FROM ${sql.rows.replace("%", `"${table}"`)}`, [
        JSON.stringify(rows),
      ]);
    }
    for (const table of order) {
      const rows = rowsOf(to, { name: table }).filter((row) => {
        const old = from.tables.get(table)?.get(row.id);
        return old !== undefined && !same(old, row);
      });
      const { rows: names } = await client.query<{ name: string }>(
        "SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'id'",
        [`"${table}"`],
      );
      const sets = names.map(({ name }) => `"${name}" = n."${name}"`).join(", ");
      await client.query(
        `UPDATE "${table}" t SET ${sets} FROM ${sql.rows.replace("%", `"${table}"`)} n WHERE n.id = t.id`,
        [JSON.stringify(rows)],
      );
    }
    for (const table of [...order].reverse()) {
      const ids = rowsOf(from, { name: table })
        .filter(({ id }) => !to.tables.get(table)?.has(id))
        .map(({ id }) => id);
      await client.query(`DELETE FROM "${table}" WHERE id = ANY($1)`, [ids]);
    }
    await triggers("ENABLE");
    await client.query("COMMIT");
  });

async function parentsFirst(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ child: string; parent: string }>(
    "SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid",
  );
  const plain = (name: string) => name.replaceAll('"', "");
  const ordered: string[] = [];
  const place = (name: string, above: readonly string[] = []): void => {
    if (ordered.includes(name) || above.includes(name)) return;
    for (const { child, parent } of rows) if (plain(child) === name) place(plain(parent), [...above, name]);
    ordered.push(name);
  };
  // The ledger is the same in both: nobody changes what it holds.
  const known = allRecords().flatMap(({ name, governedBy }) => (governedBy === "ledger" ? [] : [name]));
  for (const name of known) place(name);
  return ordered.filter((name) => known.includes(name));
}
