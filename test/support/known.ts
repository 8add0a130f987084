import type { GraphQLSchema } from "graphql";
import type { Caller } from "../../src/access/caller.js";
import { allRecords } from "../../src/access/classified.js";
import { decisionsFor } from "../../src/access/decisions.js";
import { mayFilter } from "../../src/access/plan.js";
import { policy } from "../../src/access/policy.js";
import type { ClassifiedField, RecordType } from "../../src/access/record.js";
import { type Known, listed, type OrderKey } from "./arguments-arbitrary.js";
import type { DemoServer } from "./execute-as.js";
import { rowsOf, type World } from "./world.js";

/** What a caller can know when asking: all ids, true values of every field, and cursors that they were given. */
export async function knownTo(
  caller: Caller,
  schema: GraphQLSchema,
  world: World,
  server: DemoServer,
): Promise<Known> {
  const decisions = decisionsFor(caller, policy);
  const cursors = new Map<RecordType, { cursor: string; orderBy: readonly OrderKey[] | null }[]>();
  for (const root of Object.values(schema.getQueryType()!.getFields())) {
    const record = listed(root.type);
    if (!record) continue;
    const sortable = [...record.fields.values()].find(
      (field) =>
        field.value.kind === "column" &&
        !field.value.list &&
        field.name !== "id" &&
        mayFilter(decisions, field),
    );
    const orders: (OrderKey[] | null)[] = [
      null,
      ...(sortable ? [[{ field: sortable.name, direction: "DESC" as const }]] : []),
    ];
    for (const orderBy of orders) {
      const order = orderBy
        ? `(orderBy: {field: ${orderBy[0]!.field}, direction: DESC}, first: 4)`
        : "(first: 4)";
      const answer = await server.ask(caller, `{ page: ${root.name}${order} { edges { cursor } } }`);
      const found = (answer.data?.page?.edges ?? []) as { cursor: string }[];
      cursors.set(record, [
        ...(cursors.get(record) ?? []),
        ...found.map(({ cursor }) => ({ cursor, orderBy })),
      ]);
    }
  }
  return {
    schema,
    ids: allRecords().flatMap((record) => rowsOf(world, record).map(({ id }) => id)),
    values: valuesIn(world),
    mayUse: (field) => mayFilter(decisions, field),
    cursors: (record) => cursors.get(record) ?? [],
  };
}

/** The values that a field has, as arguments are written. */
function valuesIn(world: World): Known["values"] {
  const known = new Map<ClassifiedField, readonly unknown[]>();
  return (field) => {
    const values = known.get(field) ?? [
      ...new Set(rowsOf(world, field.record).flatMap((row) => written(field, row))),
    ];
    known.set(field, values);
    return values;
  };
}

function written({ value }: ClassifiedField, row: Readonly<Record<string, unknown>>): unknown[] {
  if (value.kind !== "column") return [];
  const stored = row[value.column];
  const items = Array.isArray(stored) ? stored : [stored];
  return items
    .filter((item) => item !== null && item !== undefined)
    .map((item) =>
      value.part === "year"
        ? Number(String(item).slice(0, 4))
        : value.scalar.type === "numeric"
          ? String(item)
          : item,
    );
}
