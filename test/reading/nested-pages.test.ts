import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allRecords } from "../../src/access/classified.js";
import { type ClassifiedField, fullName } from "../../src/access/record.js";
import { createSchema } from "../../src/schema.js";
import { type TestDatabase, testDatabase } from "../support/database.js";

// Registers the record types.
await createSchema();

const nestedPages = allRecords().flatMap(({ fields }) =>
  [...fields.values()].flatMap((field: ClassifiedField) =>
    field.value.kind === "many" && field.value.paged && !field.value.via
      ? [{ name: fullName(field), child: field.value.record(), key: field.value.key }]
      : [],
  ),
);

/** The table that a record type's rows stand in; the ledger's are shown by a view. */
const tableOf = (name: string) => (name === "LedgerTouch" ? "ledger.touch" : `"${name}"`);

describe("a page nested below a row is read from the front of an index, whatever the planner knows of the table", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  test.each(nestedPages)("$name", async ({ child, key }) => {
    const order = child.fields.get(child.defaultOrder)?.value;
    const indexes = await database.db.$queryRaw<{ columns: string[] }[]>`
      SELECT array_agg(attname::text ORDER BY position) AS columns
      FROM pg_index, unnest(indkey::int2[]) WITH ORDINALITY AS part (attnum, position)
      JOIN pg_attribute USING (attnum)
      WHERE indrelid = ${tableOf(child.name)}::regclass AND attrelid = indrelid AND indpred IS NULL
      GROUP BY indexrelid`;
    const wanted = [key, order?.kind === "column" ? order.column : "id"];
    expect(indexes.map(({ columns }) => columns.slice(0, 2))).toContainEqual(wanted);
  });

  test("there are such pages", () => {
    expect(nestedPages.map(({ name }) => name)).toContain("Customer.orders");
  });
});
