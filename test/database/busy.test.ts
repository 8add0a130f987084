import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/database/client.js";
import { databaseProblem, databaseRefusal } from "../../src/database/database-refusal.js";
import { StartError } from "../../src/errors.js";
import { testDatabase } from "../support/database.js";
import { onServer } from "../support/database-server.js";

/** What the failure of a statement means to a caller: a code, "fault", or "none" where it did not fail. */
const meaningOf = (statement: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(statement).then(
    () => "none",
    (error: unknown) => databaseRefusal(error)?.refusal.extensions.code ?? "fault",
  );

test("a pool with no connection left within its wait is busy, not broken", async () => {
  const { db, close } = await testDatabase({ poolSize: 1, statementTimeout: 20_000 });
  await db.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1`;
    expect(await meaningOf(db.$queryRaw`SELECT 1`)).toBe("OVERLOADED");
  });
  expect(await meaningOf(db.$queryRaw`SELECT 1`)).toBe("none");
  await close();
});

test("a statement that takes longer than it may is stopped and told as busy", async () => {
  const { db, close } = await testDatabase({ statementTimeout: 100 });
  expect(await meaningOf(db.$queryRaw`SELECT count(*)::int FROM generate_series(1, 1000000000)`)).toBe(
    "OVERLOADED",
  );
  await close();
});

test("a server that is not there is busy", async () => {
  const db = openDatabase({ url: "postgresql://nobody@127.0.0.1:9/none" });
  expect(await meaningOf(db.$queryRaw`SELECT 1`)).toBe("OVERLOADED");
  await db.$disconnect();
});

test.each([
  { name: "hangs up at once", meet: (socket: Socket) => void socket.destroy() },
  {
    name: "hangs up when it is spoken to",
    meet: (socket: Socket) => void socket.once("data", () => socket.end()),
  },
  { name: "breaks off", meet: (socket: Socket) => void socket.once("data", () => socket.resetAndDestroy()) },
  { name: "never says a word", meet: () => {} },
])("a server that $name is busy, within 2 s and a little", async ({ meet }) => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => {}));
    meet(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const db = openDatabase({ url: `postgresql://nobody@127.0.0.1:${port}/none` });
  const began = performance.now();
  expect(await meaningOf(db.$queryRaw`SELECT 1`)).toBe("OVERLOADED");
  expect(performance.now() - began).toBeLessThan(3_000);
  await db.$disconnect();
  for (const socket of sockets) socket.destroy();
  server.close();
});

test("a person at a terminal hears it in one line", async () => {
  const { db, close } = await testDatabase({ statementTimeout: 100 });
  const error = await db.$queryRaw`SELECT 1 FROM pg_sleep(1)`.then(null, (found: unknown) => found);
  expect(databaseProblem(error)).toEqual(
    new StartError("The database could not go on: it took too long (57014)."),
  );
  const mistake = new TypeError("x");
  expect(databaseProblem(mistake)).toBe(mistake);
  await close();
});

test("a mistake of ours is not told as busy", async () => {
  const { db, close } = await testDatabase();
  expect(await meaningOf(db.$queryRaw`SELECT nothing`)).toBe("fault");
  expect(databaseRefusal(new TypeError("x"))).toBeUndefined();
  await close();
});

test("of two that wait for each other one is told to try again, and nothing of it stays", async () => {
  const { db, asOwner, close } = await testDatabase();
  await asOwner("CREATE TABLE two (id int PRIMARY KEY, n int); GRANT ALL ON two TO PUBLIC");
  await db.$executeRaw`INSERT INTO two VALUES (1, 0), (2, 0)`;
  let bothHold: () => void = () => {};
  const met = new Promise<void>((resolve) => {
    bothHold = resolve;
  });
  let holding = 0;
  const crossing = (first: number, second: number) =>
    meaningOf(
      db.$transaction(async (transaction) => {
        await transaction.$executeRaw`UPDATE two SET n = n + 1 WHERE id = ${first}`;
        holding += 1;
        if (holding === 2) bothHold();
        await met;
        await transaction.$executeRaw`UPDATE two SET n = n + 1 WHERE id = ${second}`;
      }),
    );
  expect((await Promise.all([crossing(1, 2), crossing(2, 1)])).sort()).toEqual(["OVERLOADED", "none"]);
  expect(await db.$queryRaw`SELECT n FROM two ORDER BY id`).toEqual([{ n: 1 }, { n: 1 }]);
  await close();
});

test("a transaction that takes too long leaves no connection inside it, and nothing written", async () => {
  const { db, url, asOwner, close } = await testDatabase({ poolSize: 1 });
  await asOwner("CREATE TABLE one (id int); GRANT ALL ON one TO PUBLIC");
  const late = db.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`INSERT INTO one VALUES (1)`;
      await transaction.$queryRaw`SELECT 1 FROM pg_sleep(0.6)`;
    },
    { timeout: 200 },
  );
  expect(await meaningOf(late)).toBe("OVERLOADED");
  expect(await db.$queryRaw`SELECT count(*)::int AS n FROM one`).toEqual([{ n: 0 }]);
  const idle = await onServer(url, (client) =>
    client.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'",
    ),
  );
  expect(idle.rowCount).toBe(0);
  await close();
});
