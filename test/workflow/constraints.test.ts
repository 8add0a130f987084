import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildClassifiedSchema } from "../../src/schema.js";
import { constraintsOf, constraintsSql } from "../../src/workflow/constraints.js";
import { allWorkflows, type Workflow } from "../../src/workflow/workflow.js";
import { demoDatabase, type TestDatabase } from "../support/database.js";

// What the tables of the forms say is in the migrated database, and holds there whatever writes to it.

await buildClassifiedSchema();
const workflows = allWorkflows().map((workflow) => [workflow.name, workflow] as const);

/** What a trigger of these answers with. */
const refused = "23001";
/** And a column that has to be filled. */
const notNull = "23502";

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await demoDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await database?.close();
});

/** Runs in a transaction that leaves nothing behind. */
async function inPassing<Result>(work: () => Promise<Result>): Promise<Result> {
  await client.query("BEGIN");
  try {
    return await work();
  } finally {
    await client.query("ROLLBACK");
  }
}

/** A form may be kept from being rewritten at all; here it is about the checks. */
const withoutTriggers = () => client.query("SET LOCAL session_replication_role = replica");

/** What a statement is refused with, in a transaction that goes on; null: it is not. */
async function errorOf(sql: string, values: unknown[] = []): Promise<pg.DatabaseError | null> {
  await client.query("SAVEPOINT before");
  try {
    await client.query(sql, values);
    return null;
  } catch (error) {
    return error as pg.DatabaseError;
  } finally {
    await client.query("ROLLBACK TO before");
  }
}

/** The definitions of the checks and triggers of a table that come from a form, by name, as PostgreSQL reads them. */
async function heldBy(schema: string, table: string): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
       WHERE conrelid = $1::regclass AND contype = 'c' AND conname ~ '_seats_'
     UNION ALL
     SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger
       WHERE tgrelid = $1::regclass AND tgfoid = 'public.refuse_other_moves'::regproc`,
    [`"${schema}"."${table}"`],
  );
  return Object.fromEntries(
    rows.map(({ name, definition }) => [name, definition.replaceAll(/\b(printed|public)\./g, "")]),
  );
}

describe.each(workflows)("%s", (name, workflow) => {
  test("the database has what its table says, and nothing else", async () => {
    const [held, printed] = await inPassing(async () => {
      await client.query("CREATE SCHEMA printed");
      await client.query(`CREATE TABLE printed."${name}" (LIKE public."${name}")`);
      await client.query("SET LOCAL search_path = printed, public");
      await client.query(constraintsSql(workflow));
      return [await heldBy("public", name), await heldBy("printed", name)];
    });
    expect(held).toEqual(printed);
    expect(Object.keys(held).sort()).toEqual(
      [...Object.keys(constraintsOf(workflow)), `${name}_moves`].sort(),
    );
  });

  test("the words of its column are its states", async () => {
    const { rows } = await client.query<{ state: string }>(
      `SELECT unnest(enum_range(NULL::"${await enumOf(name)}"))::text AS state`,
    );
    expect(rows.map(({ state }) => state).sort()).toEqual(Object.keys(workflow.states).sort());
  });

  test("no row goes from state to state but as its table says", async () => {
    const states = Object.keys(workflow.states);
    const moves: string[] = [];
    const others: unknown[] = [];
    await inPassing(async () => {
      await dropChecks(name);
      const id = await aRow(name);
      for (const from of states) {
        await client.query("SET LOCAL session_replication_role = replica");
        await client.query(`UPDATE "${name}" SET "state" = $2 WHERE id = $1`, [id, from]);
        await client.query("SET LOCAL session_replication_role = origin");
        for (const to of states) {
          const error = await errorOf(`UPDATE "${name}" SET "state" = $2 WHERE id = $1`, [id, to]);
          if (!error) moves.push(`${from}>${to}`);
          else if (error.code !== refused || !error.message.startsWith("WRONG_STATE")) others.push(error);
        }
      }
    });
    expect(others).toEqual([]);
    const stays = states.map((state) => `${state}>${state}`);
    expect(moves.sort()).toEqual([...new Set([...tableMoves(workflow), ...stays])].sort());
  });

  test("nobody sits on two seats that nobody may share, nor on one of a form about themselves", async () => {
    const { subject, seats } = workflow;
    const people = (await client.query<{ id: string }>('SELECT id FROM "Employee" ORDER BY id LIMIT 9')).rows;
    const distinct = Object.fromEntries(
      [subject, ...Object.values(seats).map(({ by }) => by)].map((column, at) => [column, people[at]!.id]),
    );
    const mayShare = (one: string, other: string) =>
      Object.values(workflow.actions).some(
        ({ seat, alsoBy = [] }) =>
          (seat === one && alsoBy.includes(other)) || (seat === other && alsoBy.includes(one)),
      );
    await inPassing(async () => {
      await dropChecks(name, `${name}_seats_apart`);
      await withoutTriggers();
      const id = await aRow(name);
      const seatedAs = (columns: Record<string, string>) => {
        const sets = Object.keys(columns).map((column, at) => `"${column}" = $${at + 2}`);
        return errorOf(`UPDATE "${name}" SET ${sets} WHERE id = $1`, [id, ...Object.values(columns)]);
      };
      if (Object.keys(seats).length > 0) expect((await seatedAs(distinct))?.message).toBeUndefined();
      for (const [seat, { by }] of Object.entries(seats)) {
        const onOwn = await seatedAs({ ...distinct, [by]: distinct[subject]! });
        expect(onOwn).toMatchObject({ code: "23514", constraint: `${name}_seats_apart` });
        for (const [other, { by: otherBy }] of Object.entries(seats)) {
          if (other === seat) continue;
          const onBoth = await seatedAs({ ...distinct, [by]: distinct[otherBy]! });
          if (mayShare(seat, other)) expect(onBoth).toBeNull();
          else expect(onBoth).toMatchObject({ code: "23514", constraint: `${name}_seats_apart` });
        }
      }
    });
  });

  test("who sits on a seat and since when stand there together", async () => {
    const person = (await client.query<{ id: string }>('SELECT id FROM "Employee" LIMIT 1')).rows[0]!.id;
    await inPassing(async () => {
      await dropChecks(name, `${name}_seats_filled`);
      await withoutTriggers();
      const id = await aRow(name);
      // Whoever is named beforehand sits there before they act.
      for (const { by, at } of Object.values(workflow.seats).filter(({ beforehand }) => !beforehand))
        for (const [who, when] of [
          [person, null],
          [null, "2026-11-22T00:00:00Z"],
        ]) {
          const sets = `"${by}" = $1, "${at}" = $2`;
          const error = await errorOf(`UPDATE "${name}" SET ${sets} WHERE id = '${id}'`, [who, when]);
          // Of a seat that is never empty the column says so before the check does.
          expect([`${name}_seats_filled`, notNull]).toContain(error?.constraint ?? error?.code);
        }
    });
  });
});

test("no form's trigger or check is left over from one that there is no more", async () => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tgname AS name FROM pg_trigger WHERE tgfoid = 'refuse_other_moves'::regproc
     UNION SELECT conname FROM pg_constraint WHERE conname ~ '_seats_(apart|filled)$'`,
  );
  const known = allWorkflows().flatMap((workflow) => [
    ...Object.keys(constraintsOf(workflow)),
    `${workflow.name}_moves`,
  ]);
  expect(rows.map(({ name }) => name).sort()).toEqual(known.sort());
});

describe("a history", () => {
  /** An event that says something in every column. */
  const event = `SELECT id FROM "FormEvent" WHERE "from" IS NOT NULL AND "byId" IS NOT NULL AND "seat" IS NOT NULL LIMIT 1`;
  const changed = { code: refused, message: expect.stringMatching(/^APPEND_ONLY/) };

  test.each([
    `UPDATE "FormEvent" SET "action" = 'other' WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "from" = NULL WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "to" = 'DRAFT' WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "byId" = NULL WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "seat" = NULL WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "at" = now() WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "seq" = "seq" + 100000 WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "recordId" = 'app_other' WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "form" = 'Grant' WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "id" = 'evt_other' WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "note" = 'It was never so.' WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "note" = '' WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "changes" = '{nothing}' WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "note" = NULL, "changes" = '{}', "byId" = NULL WHERE id = (${event})`,
    `UPDATE "FormEvent" SET "note" = NULL, "changes" = '{}', "to" = 'DRAFT'`,
    `DELETE FROM "FormEvent" WHERE id = (${event})`,
    'DELETE FROM "FormEvent"',
    'TRUNCATE "FormEvent"',
    'TRUNCATE "FormEvent", "GroupVote" CASCADE',
  ])("refuses %s", async (sql) => {
    await inPassing(async () => expect(await errorOf(sql)).toMatchObject(changed));
  });

  test("refuses it to those who have steps in it, too: nobody vanishes from what they did", async () => {
    const vanish = `UPDATE "Employee" SET id = 'emp_other' WHERE id = (SELECT "byId" FROM "FormEvent" WHERE "byId" IS NOT NULL LIMIT 1)`;
    await inPassing(async () => expect(await errorOf(vanish)).toMatchObject(changed));
  });

  test("lets what was said in words be emptied, all of it and nothing else", async () => {
    await inPassing(async () => {
      const emptied = await client.query(
        `UPDATE "FormEvent" SET "note" = NULL, "changes" = '{}' WHERE "note" IS NOT NULL`,
      );
      expect(emptied.rowCount).toBeGreaterThan(0);
      const left = await client.query(`SELECT FROM "FormEvent" WHERE "note" IS NOT NULL`);
      expect(left.rowCount).toBe(0);
    });
  });

  test("is added to", async () => {
    const add = `INSERT INTO "FormEvent" ("id", "form", "recordId", "department", "action", "to", "changes", "at") VALUES ('evt_new', 'Grant', 'gra_new', 'SALES', 'give', 'ACTIVE', '{}', now())`;
    await inPassing(async () => expect(await errorOf(add)).toBeNull());
  });
});

/** The moves of a table, read off it once more. */
const tableMoves = ({ actions }: Workflow): string[] =>
  Object.values(actions).flatMap(({ from, to }) =>
    from.flatMap((state) => {
      if (state === null || to === undefined) return [];
      if (typeof to === "string") return [`${state}>${to}`];
      if (Array.isArray(to)) return to.map((one) => `${state}>${one}`);
      return [`${state}>${(to as Record<string, string>)[state]}`];
    }),
  );

async function enumOf(table: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT t.typname AS name FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = $1::regclass AND a.attname = 'state'`,
    [`"${table}"`],
  );
  return rows[0]!.name;
}

/** Takes checks and references from a table, but for one: what refuses a row from now on is that one, or a trigger. */
async function dropChecks(table: string, but: string | null = null) {
  const { rows } = await client.query<{ name: string }>(
    "SELECT conname AS name FROM pg_constraint WHERE conrelid = $1::regclass AND contype IN ('c', 'f') AND conname IS DISTINCT FROM $2",
    [`"${table}"`, but],
  );
  for (const { name } of rows) await client.query(`ALTER TABLE "${table}" DROP CONSTRAINT "${name}"`);
  // Those of which there can be one at a time in a state.
  const { rows: partial } = await client.query<{ name: string }>(
    "SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = $1::regclass AND indpred IS NOT NULL",
    [`"${table}"`],
  );
  for (const { name } of partial) await client.query(`DROP INDEX ${name}`);
}

/**
 * A row of a form to try things with: one of the demo organisation's, or, where it has none, one with as little in it
 * as there can be.
 */
async function aRow(table: string): Promise<string> {
  const found = await client.query<{ id: string }>(`SELECT "id" FROM "${table}" ORDER BY "id" LIMIT 1`);
  if (found.rows[0]) return found.rows[0].id;
  const { rows: columns } = await client.query<{ name: string; type: string; word: string | null }>(
    `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type,
       (SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = a.atttypid ORDER BY e.enumsortorder LIMIT 1) AS word
     FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND a.attnotnull AND NOT a.atthasdef`,
    [`"${table}"`],
  );
  const least = (type: string) =>
    type.startsWith("timestamp") || type === "date"
      ? "2026-11-22"
      : type === "text"
        ? "x"
        : type.endsWith("[]")
          ? "{}"
          : "0";
  await client.query(
    `INSERT INTO "${table}" (${columns.map(({ name }) => `"${name}"`)}) VALUES (${columns.map((_, at) => `$${at + 1}`)})`,
    columns.map(({ type, word }) => word ?? least(type)),
  );
  return "x";
}
