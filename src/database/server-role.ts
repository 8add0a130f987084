import pg from "pg";
import { StartError } from "../errors.js";
import { connection } from "./client.js";
import { databaseProblem } from "./database-refusal.js";
import { migrationLock } from "./migrate.js";
import { connectionProblem } from "./unreachable.js";

/** The role that servers act as, where nothing else is said: it is made when it is first needed. */
export const serverRole = "tierkeep_server";

/** How the server's role gets into the database. */
export type Entrance =
  /** It signs in by itself, with this password. */
  | { readonly password: string }
  /** A user of the administrator's own, whom `DATABASE_URL` names. */
  | { readonly url: string }
  /** The owner signs in and lays down its rights: it acts as a role that cannot sign in. */
  | "as-owner";

/**
 * Gives the server's role what a server needs, and no more: everything but the schema itself in the tables, and in the
 * ledger to look and to add. Returns the address by which the role enters the owner's database. Throws StartError.
 */
export async function enterAsServer(ownerUrl: string, entrance: Entrance): Promise<string> {
  const owner = new pg.Client({ ...connection(ownerUrl), connectionTimeoutMillis: 5_000 });
  owner.on("error", () => {});
  try {
    await owner.connect();
    await owner.query("BEGIN");
    // Of several that start at once each changes the same rows of the catalogue.
    await owner.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
    const role = await roleOf(owner, entrance);
    await owner.query(rights(pg.escapeIdentifier(role)));
    await refuseRewriter(owner, role);
    await owner.query("COMMIT");
    return addressOf(ownerUrl, entrance);
  } catch (error) {
    throw refusedRights(error) ?? connectionProblem(error, ownerUrl) ?? databaseProblem(error);
  } finally {
    await owner.end().catch(() => {});
  }
}

async function roleOf(owner: pg.Client, entrance: Entrance): Promise<string> {
  if (typeof entrance === "object" && "url" in entrance)
    return decodeURIComponent(new URL(entrance.url).username);
  const { rowCount } = await owner.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [serverRole]);
  if (!rowCount) await owner.query(`CREATE ROLE ${serverRole}`);
  if (typeof entrance === "object") {
    const password = pg.escapeLiteral(entrance.password);
    await owner.query(`ALTER ROLE ${serverRole} LOGIN PASSWORD ${password}`);
  } else {
    const { rows } = await owner.query<{ member: boolean }>(
      "SELECT pg_has_role(current_user, $1, 'MEMBER') AS member",
      [serverRole],
    );
    if (!rows[0]?.member) await owner.query(`GRANT ${serverRole} TO CURRENT_USER`);
  }
  return serverRole;
}

const rights = (role: string): string => `
  GRANT USAGE ON SCHEMA public, ledger TO ${role};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role};
  REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM ${role};
  REVOKE ALL ON ALL TABLES IN SCHEMA ledger FROM ${role};
  GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA ledger TO ${role};
  REVOKE INSERT ON ledger.archive FROM ${role};
  GRANT EXECUTE ON FUNCTION ledger.add_month(timestamptz) TO ${role};`;

/** What a role may do by being somebody's member, an owner or a superuser no grant takes away. */
async function refuseRewriter(owner: pg.Client, role: string): Promise<void> {
  const { rows } = await owner.query<{ rewrites: boolean }>(
    `SELECT bool_or(has_table_privilege($1, oid, 'UPDATE, DELETE, TRUNCATE') OR pg_has_role($1, relowner, 'MEMBER'))
       OR has_schema_privilege($1, 'ledger', 'CREATE')
       OR pg_has_role($1, (SELECT nspowner FROM pg_namespace WHERE nspname = 'ledger'), 'MEMBER')
       OR has_table_privilege($1, 'ledger.archive', 'INSERT') AS rewrites
     FROM pg_class WHERE relnamespace = 'ledger'::regnamespace AND relkind IN ('r', 'p')`,
    [role],
  );
  if (rows[0]?.rewrites)
    throw new StartError(
      `The database user ${role} could rewrite the ledger: DATABASE_URL takes one that owns nothing beside DATABASE_OWNER_URL.`,
    );
}

function addressOf(ownerUrl: string, entrance: Entrance): string {
  if (entrance === "as-owner") return actingAsServer(ownerUrl);
  if ("url" in entrance) return entrance.url;
  const url = new URL(ownerUrl);
  url.username = serverRole;
  url.password = encodeURIComponent(entrance.password);
  return url.href;
}

/** The owner's address, for sessions that begin as the server's role. */
export function actingAsServer(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  const options = [url.searchParams.get("options"), `-c role=${serverRole}`].filter(Boolean).join(" ");
  url.searchParams.set("options", options);
  return url.href;
}

const refusedRights = (error: unknown): StartError | undefined =>
  (error as { code?: string }).code === "42501"
    ? new StartError(
        `The database user may not make the role ${serverRole} that the server acts as: give it CREATEROLE, ` +
          "or name the owner in DATABASE_OWNER_URL and another user in DATABASE_URL.",
      )
    : undefined;
