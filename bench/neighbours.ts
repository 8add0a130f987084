import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type { Ask } from "../test/support/server-process.js";
import { type RealServer, withRealServer } from "./real-server.js";

const customers = 20_000;
const connections = 20;
const samples = 300;

/** What sam asks all the while. */
const cheap = '{ customers(where: { code: { eq: "C1" } }) { nodes { code name mobile } } }';

const fields = "id code name mobile region rating idNumber creditLimit status";
const times = (count: number, root: (index: number) => string) =>
  `{ ${Array.from({ length: count }, (_, index) => `r${index}: ${root(index)}`).join(" ")} }`;

/** The largest that the limits admit, each in another way. */
const worst: Readonly<Record<string, string>> = {
  "a page of 500": `{ customers(first: 500) { nodes { ${fields} } } }`,
  "ten pages of 500": times(10, () => `customers(first: 500) { totalCount nodes { ${fields} } }`),
  "eight searches through everything": times(
    8,
    (index) =>
      `customers(first: 1, where: { name: { contains: "x${index}" } }) { totalCount nodes { code } }`,
  ),
  "500 customers with their orders":
    "{ customers(first: 500) { nodes { code orders(first: 20) { nodes { id orderNo quantity amount } } } } }",
  "a circle":
    "{ orders(first: 50) { nodes { id customer { name orders(first: 30) { totalCount nodes { id customer { code } } } } } } }",
};

const crowds = [["cara"], ["cara", "carl", "mona", "dora", "sue"]];

/** How long a small question takes beside the largest that are admitted, asked by one caller and by several. */
export const benchNeighbours = (): Promise<void> =>
  withRealServer(customers, async (server) => {
    const sam = await server.as("sam");
    await timesOf(sam);
    process.stdout.write(`alone: ${summary(await timesOf(sam))}\n`);
    for (const [title, query] of Object.entries(worst)) {
      for (const crowd of crowds) {
        const { times, answers } = await beside(server, crowd, query, () => timesOf(sam));
        process.stdout.write(
          `beside ${title}, ${connections} at a time by ${crowd.length}: ${summary(times)} (${answers})\n`,
        );
      }
    }
  });

/** Milliseconds, shortest first. */
async function timesOf(ask: Ask): Promise<number[]> {
  const found: number[] = [];
  for (const end = performance.now() + 15_000; found.length < samples && performance.now() < end; ) {
    const { status, ms } = await ask(cheap);
    if (status !== 200) throw new Error(`the small question was answered with ${status}`);
    found.push(ms);
    await delay(10);
  }
  return found.sort((one, other) => one - other);
}

async function beside(
  server: RealServer,
  crowd: readonly string[],
  query: string,
  measure: () => Promise<number[]>,
) {
  const asks = await Promise.all(crowd.map((account) => server.as(account)));
  const answers = new Map<number, number>();
  let over = false;
  const client = async (index: number) => {
    while (!over) {
      const { status } = await asks[index % asks.length]!(query);
      answers.set(status, (answers.get(status) ?? 0) + 1);
      // As the answer to a refusal asks for, if shorter.
      if (status === 503) await delay(200);
    }
  };
  const clients = Promise.all(Array.from({ length: connections }, (_, index) => client(index)));
  const times = await measure();
  over = true;
  await clients;
  return { times, answers: [...answers].map(([status, count]) => `${count} × ${status}`).join(", ") };
}

const summary = (times: readonly number[]) => {
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(0);
  return `median ${at(0.5)} ms, p99 ${at(0.99)} ms of ${times.length}`;
};
