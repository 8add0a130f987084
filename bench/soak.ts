import { readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import type { Scalar } from "../src/access/record.js";
import { demoAccounts } from "../src/database/demo/accounts.js";
import { readStarters } from "../src/playground/starters.js";
import { createSchema } from "../src/schema.js";
import { operations } from "../test/support/operations-arbitrary.js";
import type { Ask } from "../test/support/server-process.js";
import { type RealServer, withRealServer } from "./real-server.js";

const minutes = Number(process.env.SOAK_MINUTES ?? 10);
const customers = 5_000;
const connections = 4;
/** Share of the time that is not counted: code is compiled, caches fill. */
const warmUp = 0.2;
const sampleMs = 5_000;

/** Megabytes that the server's process holds, over time, while everybody asks everything: the starters, random operations, half ones, and some do not wait. */
export const benchSoak = (): Promise<void> =>
  withRealServer(customers, async (server) => {
    const began = performance.now();
    const end = began + minutes * 60_000;
    const statuses = new Map<number | string, number>();
    const load = Promise.all(
      (await clientsOf(server)).map(async (askSomething) => {
        while (performance.now() < end) {
          const status = await askSomething().catch(() => "broken off");
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      }),
    );
    const samples: Sample[] = [];
    while (performance.now() < end) {
      await delay(sampleMs);
      const minute = (performance.now() - began) / 60_000;
      if (minute > warmUp * minutes) samples.push({ minute, megabytes: await residentMegabytes(server.pid) });
    }
    await load;
    const fifth = Math.ceil(samples.length / 5);
    const [first, last] = [samples.slice(0, fifth), samples.slice(-fifth)].map(medianOf);
    const growth = ((last! - first!) / first!) * 100;
    process.stdout.write(
      `${minutes} min, the first ${Math.round(warmUp * 100)} % not counted: ` +
        `${first} MB, then ${last} MB (${growth.toFixed(1)} %), ` +
        `at most ${Math.max(...samples.map(({ megabytes }) => megabytes))} MB, slope ${slopeOf(samples).toFixed(1)} MB an hour\n` +
        `${[...statuses].map(([status, count]) => `${count} × ${status}`).join(", ")}; ` +
        `${server.log().split('"msg":"internal error"').length - 1} internal errors\n`,
    );
  });

interface Sample {
  readonly minute: number;
  readonly megabytes: number;
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

const medianOf = (samples: readonly Sample[]): number =>
  samples.map(({ megabytes }) => megabytes).sort((one, other) => one - other)[samples.length >> 1]!;

/** Least squares, in megabytes an hour. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [minute, megabytes] = [mean((one) => one.minute), mean((one) => one.megabytes)];
  const covariance = mean((one) => (one.minute - minute) * (one.megabytes - megabytes));
  return (covariance / mean((one) => (one.minute - minute) ** 2)) * 60;
}

/** Each gives the status of its answer. */
async function clientsOf(server: RealServer): Promise<(() => Promise<number>)[]> {
  const asks = await Promise.all(demoAccounts.map(({ staffNo }) => server.as(staffNo)));
  const starters = (await readStarters()).filter(({ query }) => !/^mutation/m.test(query));
  const schema = await createSchema();
  const ids = await idsFor(await server.as("mona"));
  const generated = operations(
    {
      schema,
      ids,
      values: ({ value }) => (value.kind === "column" ? examples(value.scalar) : ["READ"]),
      mayUse: () => true,
      cursors: () => [],
    },
    2,
  );
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(Math.random() * items.length)]!;
  const nextGenerated = () => fc.sample(generated, 1)[0]!;
  const ways: (() => Promise<number>)[] = [
    async () => (await pick(asks)(pick(starters).query)).status,
    async () => {
      const { query, variables } = nextGenerated();
      return (await pick(asks)(query, variables)).status;
    },
    async () => {
      const { query } = nextGenerated();
      return (await pick(asks)(query.slice(0, Math.floor(Math.random() * query.length)))).status;
    },
    // Goes away before the answer.
    async () =>
      (await pick(asks)(nextGenerated().query, {}, AbortSignal.timeout(1 + Math.random() * 20))).status,
  ];
  return Array.from({ length: connections }, (_, turn) => {
    let at = turn;
    return () => ways[at++ % ways.length]!();
  });
}

const examples = (scalar: Scalar): readonly unknown[] =>
  scalar.type === "enum" ? scalar.values : exampleOf[scalar.type];

const exampleOf: Readonly<Record<Exclude<Scalar["type"], "enum">, readonly unknown[]>> = {
  text: ["C1", "C2", "林秀英", "苏E"],
  int4: [3, 1990],
  bool: [true, false],
  numeric: ["12.5"],
  date: ["2026-11-22"],
  timestamptz: ["2026-11-22T00:00:00.000Z"],
};

const idsFor = async (ask: Ask): Promise<string[]> => {
  const { data } = await ask(
    "{ customers { nodes { id } } orders { nodes { id } } devices { nodes { id } } }",
  );
  return (["customers", "orders", "devices"] as const).flatMap((list) =>
    ((data?.[list]?.nodes ?? []) as { id: string }[]).map(({ id }) => id),
  );
};
