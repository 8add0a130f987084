import { Prisma } from "../database/client.js";

export type Sql = Prisma.Sql;
export const { sql, join, empty } = Prisma;

const plain = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** An identifier out of the registry, quoted. The only place where text becomes SQL. */
export function name(identifier: string): Sql {
  if (!plain.test(identifier)) throw new TypeError("Not an identifier of the registry");
  return Prisma.raw(`"${identifier}"`);
}

/** A PostgreSQL type: one of the built-in ones that the registry knows, or an enum of the schema. */
export const typeName = (scalar: { type: string; name?: string }): Sql =>
  scalar.type === "enum" ? name(scalar.name!) : Prisma.raw(scalar.type.replace(/[^a-z0-9]/g, ""));

/** A constant of the code itself: a word of a closed vocabulary, or a small number. Never anything that was sent. */
export function constant(value: string | number): Sql {
  if (typeof value === "number" && Number.isSafeInteger(value)) return Prisma.raw(String(value));
  if (typeof value === "string" && plain.test(value)) return Prisma.raw(`'${value}'`);
  throw new TypeError("Not a constant");
}

export const column = (alias: Sql, columnName: string): Sql => sql`${alias}.${name(columnName)}`;

const joined = (parts: readonly Sql[], word: " AND " | " OR ", none: Sql): Sql => {
  if (parts.length === 0) return none;
  return parts.length === 1 ? parts[0]! : sql`(${join([...parts], word)})`;
};

export const isTrue = sql`TRUE`;
export const isFalse = sql`FALSE`;
export const all = (parts: readonly Sql[]): Sql => joined(parts, " AND ", isTrue);
export const any = (parts: readonly Sql[]): Sql => joined(parts, " OR ", isFalse);

/** Aliases for the tables of one statement: t0, t1, …. */
export function aliases(): () => Sql {
  let used = 0;
  return () => Prisma.raw(`t${used++}`);
}
