import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RealServer, realServer } from "../attacks/real-server.js";

const statementTimeout = 1_000;
const poolSize = 10;

let server: RealServer;
/** Holds what the statements of others wait for. */
let holder: pg.Client;
let watcher: pg.Client;

beforeAll(async () => {
  server = await realServer({ database: { statementTimeout, poolSize } });
  [holder, watcher] = await Promise.all([connect(), connect()]);
});

afterAll(async () => {
  await Promise.all([holder.end(), watcher.end()]);
  await server.close();
});

async function connect() {
  const client = new pg.Client({ connectionString: server.database.url });
  await client.connect();
  return client;
}

const holdOrders = () => holder.query('BEGIN; LOCK TABLE "Order" IN ACCESS EXCLUSIVE MODE');
const letGo = () => holder.query("ROLLBACK");

const others = async (state: string) => {
  const { rowCount } = await watcher.query(
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = $1",
    [state],
  );
  return rowCount ?? 0;
};

interface LogLine {
  readonly requestId: string;
  readonly status: number;
  readonly codes: readonly string[];
  readonly causes?: readonly string[];
  readonly ms: number;
}

/** PostgreSQL's word for a statement that was stopped. */
const statementTooLong = "57014";

/** Milliseconds that a loaded machine may take beside. */
const slack = 1_500;

const patient = { timeout: 20_000 };

const waiting = "{ orders { totalCount } }";
const quick = '{ customers(where: { code: { eq: "C1" } }) { nodes { code } } }';

test("an operation of many statements leaves connections to the others", async () => {
  await holdOrders();
  const roots = Array.from({ length: 8 }, (_, index) => `r${index}: orders { totalCount }`).join(" ");
  const long = server.ask("cara", `{ ${roots} }`);
  await expect.poll(() => others("active"), patient).toBe(2);
  expect(await server.ask("sam", quick)).toMatchObject({ status: 200 });
  expect(await others("active")).toBe(2);
  await letGo();
  expect(await long).toMatchObject({ status: 200 });
});

test("imports leave connections to the others: beyond a few, they are refused at once", async () => {
  const importing = (code: string) =>
    server.ask("sam", "mutation ($csv: String!) { importCustomers(input: { csv: $csv }) { created } }", {
      csv: `code,name,partyType,mobile\n${code},Teehaus,ORGANISATION,+8613957110123\n`,
    });
  await holder.query('BEGIN; LOCK TABLE "Customer" IN EXCLUSIVE MODE');
  const first = ["I1", "I2"].map(importing);
  await expect.poll(() => others("active"), patient).toBe(2);
  const beyond = await importing("I3");
  expect(beyond).toMatchObject({ status: 503, codes: ["OVERLOADED"] });
  expect(beyond.text).toContain("Other lists are being imported");
  await letGo();
  for (const reply of await Promise.all(first)) expect(reply.data.importCustomers).toEqual({ created: 1 });
  expect((await importing("I3")).data.importCustomers).toEqual({ created: 1 });
});

test("200 slow queries: those beyond are refused within 2 s, the slow ones when their time is up, then all is as before", async () => {
  const callers = ["cara", "mona", "carl", "rep", "fin"];
  await holdOrders();
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, index) => server.ask(callers[index % callers.length]!, waiting)),
  );
  await letGo();
  const asked = new Set(replies.map(({ headers }) => headers["x-request-id"]));
  const logged = () =>
    server.log.map((line) => JSON.parse(line) as LogLine).filter(({ requestId }) => asked.has(requestId));
  await expect.poll(() => logged().length, patient).toBe(200);
  const lines = logged();
  expect(new Set(lines.map(({ status, codes }) => `${status} ${codes}`))).toEqual(
    new Set(["503 OVERLOADED"]),
  );
  const [slow, beyond] = [true, false].map((isSlow) =>
    lines
      .filter(({ causes }) => (causes?.includes(statementTooLong) ?? false) === isSlow)
      .map(({ ms }) => ms),
  );
  expect(slow!.length).toBeGreaterThanOrEqual(poolSize);
  expect(Math.max(...slow!)).toBeLessThan(2_000 + statementTimeout + slack);
  expect(Math.max(...beyond!)).toBeLessThan(2_000 + slack);
  for (let again = 0; again < 30; again += 1) expect((await server.ask("sam", quick)).status).toBe(200);
  expect(await others("idle in transaction")).toBe(0);
  expect(await others("active")).toBe(0);
});
