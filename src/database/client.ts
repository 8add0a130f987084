import { PrismaPg } from "@prisma/adapter-pg";
import type { PoolConfig } from "pg";
import { PrismaClient } from "./generated/client.js";

// The one door to the generated client: its row types, its enums and the `Prisma` namespace (`Prisma.sql`, …).
export * from "./generated/client.js";

/** The database as everything above sees it. Close it with `$disconnect()`. */
export type Database = PrismaClient;

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database`. */
  url: string;
  /** Connections at most. */
  poolSize?: number;
  /** Milliseconds that one statement may take. */
  statementTimeout?: number;
  /** Is told every statement before it is sent, with its parameters. */
  onQuery?: (sql: string, parameters: readonly unknown[]) => void;
}

/** Milliseconds to wait for a connection, from the pool or to the server. */
const connectionTimeout = 1_000;

/** Opens a pool of connections; the first is made by the first statement. Every wait has an end. */
export function openDatabase({
  url,
  poolSize = 10,
  statementTimeout = 5_000,
  onQuery,
}: DatabaseOptions): Database {
  const pool: PoolConfig = {
    ...connection(url),
    max: poolSize,
    connectionTimeoutMillis: connectionTimeout,
    statement_timeout: statementTimeout,
    // The server's own limit comes first; this one is for a server that no longer answers at all.
    query_timeout: statementTimeout + connectionTimeout,
    idle_in_transaction_session_timeout: statementTimeout + connectionTimeout,
    keepAlive: true,
  };
  return new PrismaClient({
    adapter: new PrismaPg(pool, {
      ...(onQuery && {
        // The adapter asks for a name before each statement that it sends; none means unnamed.
        statementNameGenerator: ({ sql, args }) => {
          onQuery(sql, args);
          return "";
        },
      }),
    }),
    errorFormat: "minimal",
    transactionOptions: { maxWait: connectionTimeout, timeout: statementTimeout },
  });
}

/** How pg reaches `url`, with sessions in UTC: what the database prints never depends on its own time zone. */
export function connection(url: string): PoolConfig {
  const parsed = new URL(url);
  const options = parsed.searchParams.get("options");
  parsed.searchParams.delete("options");
  return { connectionString: parsed.href, options: [options, "-c TimeZone=UTC"].filter(Boolean).join(" ") };
}
