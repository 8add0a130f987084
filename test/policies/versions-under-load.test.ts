import { afterAll, beforeAll, expect, test } from "vitest";
import { demoDatabase, type TestDatabase, testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { stepsOf } from "../support/form-steps.js";
import { writeUnhindered } from "../support/write-unhindered.js";

let database: TestDatabase;
let servers: DemoServer[];
beforeAll(async () => {
  database = await demoDatabase();
  await writeUnhindered(database.db, async (tx) => {
    await tx.groupVote.deleteMany({ where: { policyId: { not: null } } });
    await tx.tierPolicy.deleteMany();
  });
  servers = await Promise.all([demoServer({ database }), demoServer({ database })]);
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.close()));
  await database?.close();
});

/** Both are closed by version 2. */
const query = `{ accessMatrix { version } customers(where: { code: { eq: "C1" } }) { nodes { idNumber taxId } } }`;
const cell = { SEE_MASKED: { tier: "STEWARD" } };
const changes = { customers: { PRIVATE: cell, FINANCIAL: cell } };

const seconds = (count: number) => new Date(testNow.getTime() + count * 1_000);
/** What the clock shows, the same on both servers. */
let now = testNow;

interface Read {
  readonly at: Date;
  /** The version that the answer names, and what became of the two fields. */
  readonly seen: readonly (string | undefined)[];
}

async function read(server: DemoServer): Promise<Read> {
  const at = now;
  const { data, extensions } = await server.executeAs("cara", query, { now: at });
  const outcomes = ["Customer.idNumber", "Customer.taxId"].map(
    (name) => extensions?.access?.fields.find(({ field }) => field === name)?.outcome,
  );
  return { at, seen: [data.accessMatrix.version, ...outcomes] };
}

test("a version that comes into force under load is known to every server in time, and mixed in no answer", async () => {
  const take = stepsOf(() => servers[0]!, "tierPolicy");
  const asking = { now };
  const effectiveFrom = seconds(61);
  const form = { changes, effectiveFrom: effectiveFrom.toISOString(), reason: "Fewer look" };
  const reads: Read[] = [];
  let reading = true;
  const readers = servers.flatMap((server) =>
    [1, 2, 3].map(async () => {
      while (reading) reads.push(await read(server));
    }),
  );
  const { id } = await take("tess", "proposeTierPolicy", form, asking);
  for (const head of ["pia", "mona"])
    await take(head, "voteOnTierPolicy", { id: id!, inFavour: true }, asking);
  // Every server has just looked at what there is.
  await Promise.all(servers.map(read));
  expect(await take("ada", "decideTierPolicy", { id: id! }, asking)).toMatchObject({ state: "ADOPTED" });
  for (const second of [1, 30, 59, 60, 60.5, 60.999, 61, 61.001, 61.5, 62, 120]) {
    now = seconds(second);
    const before = reads.length;
    while (reads.slice(before).filter(({ at }) => at === now).length < 12)
      await new Promise((resolve) => setTimeout(resolve, 5));
  }
  reading = false;
  await Promise.all(readers);
  for (const { at, seen } of reads)
    expect({ at, seen }).toEqual({
      at,
      seen: at < effectiveFrom ? ["1", "MASKED", "MASKED"] : ["2", "WITHHELD", "WITHHELD"],
    });
  expect(new Set(reads.map(({ seen }) => seen[0]))).toEqual(new Set(["1", "2"]));
});
