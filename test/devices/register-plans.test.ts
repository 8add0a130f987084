import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/database/client.js";
import { demoDatabase, type TestDatabase } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";

// How the database goes about a register of 20,000 devices: what is asked for often is looked up, not searched for.

let database: TestDatabase;
let db: Database;
let server: DemoServer;
let client: pg.Client;
let sent: { sql: string; parameters: readonly unknown[] }[] = [];

beforeAll(async () => {
  database = await demoDatabase();
  db = openDatabase({ url: database.url, onQuery: (sql, parameters) => sent.push({ sql, parameters }) });
  server = await demoServer({ database: { ...database, db } });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`
    INSERT INTO "Device" (id, "deviceNo", kind, model, state, "departmentCode", "ipAddress", software, components)
    SELECT 'dev_p' || n, 'P' || lpad(n::text, 5, '0'), (ARRAY['PC', 'LAPTOP', 'TABLET'])[1 + n % 3]::"DeviceKind", 'M',
      (CASE n % 50 WHEN 0 THEN 'IDLE' WHEN 1 THEN 'FAULTY' ELSE 'REGISTERED' END)::"DeviceState",
      (CASE WHEN n % 40 = 0 THEN 'SALES' ELSE 'PRODUCTION' END)::"DepartmentCode",
      '10.80.' || n / 250 || '.' || n % 250, '{}', '{}'
    FROM generate_series(1, 20000) n`);
  // What a table that has been in use for a while looks like.
  await client.query('VACUUM ANALYZE "Device"');
});
afterAll(async () => {
  await client?.end();
  await server?.close();
  await db?.$disconnect();
  await database?.close();
});

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly Plans?: readonly Plan[];
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** How the statements of a query look at devices. */
async function looksAtDevices(account: string, query: string): Promise<string[]> {
  const caller = await server.callerOf(account);
  await server.contextFor(caller);
  sent = [];
  const { errors } = await server.ask(caller, query);
  expect(errors).toBeUndefined();
  const plans: Plan[] = [];
  for (const { sql, parameters } of sent.filter(({ sql }) => sql.includes('"Device"'))) {
    const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${sql}`, [...parameters]);
    plans.push(...nodes(rows[0]["QUERY PLAN"][0].Plan as Plan));
  }
  return plans
    .filter((plan) => plan["Relation Name"] === "Device" || plan["Index Name"]?.startsWith("Device_"))
    .map((plan) => `${plan["Node Type"]} ${plan["Index Name"] ?? ""}`.trim());
}

test.each<[string, string, string]>([
  ["tim", "{ devices(first: 50) { nodes { deviceNo } } }", "Device_pkey"],
  ["tim", `{ devices(where: { deviceNo: { eq: "P00777" } }) { nodes { model } } }`, "Device_deviceNo_key"],
  [
    "tim",
    "{ devices(first: 50, orderBy: [{ field: deviceNo }]) { nodes { model } } }",
    "Device_deviceNo_key",
  ],
  [
    "tim",
    "{ devices(where: { state: { eq: IDLE } }) { totalCount nodes { model } } }",
    "Device_state_kind_idx",
  ],
  [
    "clerk",
    "{ deviceCounts(where: { state: { in: [IDLE, FAULTY] } }) { state count } }",
    "Device_state_kind_idx",
  ],
  ["sue", "{ deviceCounts { state kind count } }", "Device_departmentCode_deviceNo_idx"],
  ["sam", "{ devices { totalCount } }", "Device_custodianId_idx"],
])("%s: %s goes by %s", async (account, query, index) => {
  const looks = await looksAtDevices(account, query);
  expect(looks.filter((look) => look.startsWith("Seq Scan"))).toEqual([]);
  expect(looks.some((look) => look.endsWith(index))).toBe(true);
});
