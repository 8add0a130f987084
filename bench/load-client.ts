import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";

// Asks a server over and over for a while, from a process of its own: forked, it takes one message and answers with one.

export const connections = 16;
const milliseconds = 1_500;

export interface Asked {
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
}

export interface Load {
  readonly perSecond: number;
  readonly medianMs: number;
}

process.once("message", (asked: Asked) => {
  if (!process.send) return;
  ask(asked)
    .catch((error: Error) => ({ error: error.message }))
    .then((found) => process.send!(found, () => process.exit()));
});

async function ask({ port, headers, query }: Asked): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const body = JSON.stringify({ query });
  const once = () =>
    new Promise<void>((resolve, reject) => {
      const outgoing = request(
        {
          ...{ agent, port, host: "127.0.0.1", path: "/graphql", method: "POST" },
          headers: {
            ...headers,
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
          },
        },
        (response) => {
          response
            .resume()
            .on("end", () =>
              response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`)),
            );
        },
      );
      outgoing.on("error", reject).end(body);
    });
  const times: number[] = [];
  const began = performance.now();
  const client = async () => {
    while (performance.now() - began < milliseconds) {
      const asked = performance.now();
      await once();
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  const seconds = (performance.now() - began) / 1_000;
  return {
    perSecond: times.length / seconds,
    medianMs: times.sort((one, other) => one - other)[times.length >> 1]!,
  };
}
