import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { ApolloServer } from "@apollo/server";
import { buildSchema, type GraphQLSchema } from "graphql";
import { onTestFinished } from "vitest";
import { refusal } from "../../src/errors.js";
import { apolloOptions } from "../../src/http/apollo-options.js";
import type { Assets } from "../../src/http/assets.js";
import { createHttpDoor, type HttpDoor } from "../../src/http/door.js";
import type { FormatErrorParts } from "../../src/http/format-error.js";
import type { Readiness } from "../../src/http/health.js";
import { defaultLimits, type Limits } from "../../src/http/limits.js";
import { createLog } from "../../src/http/log.js";

/** A small schema in the manner of ours, for what the door does whatever the schema. */
export const schema: GraphQLSchema = buildSchema(`
  type Query { customers(first: Int, last: Int): CustomerConnection, echo(text: String, input: Input, numbers: [Int], count: Int, kind: Kind): String,
    work(name: String): String, fail(how: String): String, many: [Row], need: String!, deep: Deep }
  type Mutation { write(text: String): String, importCustomers(csv: String): String }
  type CustomerConnection { nodes: [Customer!], edges: [CustomerEdge!], totalCount: Int, pageInfo: PageInfo }
  type CustomerEdge { cursor: String, node: Customer }
  type PageInfo { hasNextPage: Boolean }
  type Customer { id: ID, name: String, orders(first: Int): OrderConnection, tags: [Tag] }
  type OrderConnection { nodes: [Order!], pageInfo: PageInfo }
  type Order { id: ID, customer: Customer }
  type Tag { name: String }
  type Row { fails: String }
  type Deep { deep: Deep, end: String }
  input Input { text: String, secretNumber: Int!, inner: Input, kind: Kind }
  enum Kind { OLD NEW }
`);

export interface Caller {
  readonly id: string;
  readonly introspects: boolean;
}

/** `bearer sam`: signed in; `bearer tim`: signed in, may not introspect; `bearer forged`: refused; nothing: anonymous. */
const callers: Readonly<Record<string, Caller | null>> = {
  "bearer sam": { id: "emp_sam", introspects: true },
  "bearer tim": { id: "emp_tim", introspects: false },
};

export const sam = { authorization: "bearer sam" };
export const tim = { authorization: "bearer tim" };

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The parsed body, where it is JSON. */
  readonly json: { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] };
  readonly codes: unknown[];
  readonly ms: number;
}

export interface OpenDoor {
  readonly door: HttpDoor;
  readonly url: string;
  readonly port: number;
  /** Every line of the log, parsed. */
  log(): Record<string, unknown>[];
  readonly rawLog: string[];
  /** Names that `work` and `write` were executed with. */
  readonly executed: string[];
  /** Lets `work` resolvers go on that wait for it. */
  readonly finish: () => void;
  /** Makes `work` wait until `finish`. */
  readonly hold: () => void;
  send(options: SendOptions): Promise<Answered>;
  query(query: string, variables?: unknown, headers?: Record<string, string>): Promise<Answered>;
}

export interface SendOptions {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly signal?: AbortSignal;
}

export interface DoorOptions {
  readonly limits?: Partial<Limits>;
  readonly ready?: () => Promise<Readiness>;
  readonly assets?: Assets;
  readonly context?: () => Promise<never>;
  readonly translate?: FormatErrorParts["translate"];
}

/** Opens a door on loopback, closed when the test ends. */
export async function openDoor(options: DoorOptions = {}): Promise<OpenDoor> {
  const limits = { ...defaultLimits, lingerMs: 20, ...options.limits };
  const rawLog: string[] = [];
  const log = createLog("debug", { write: (line) => void rawLog.push(line) });
  const executed: string[] = [];
  let held: Promise<void> | undefined;
  let finish = () => {};
  const root = {
    ...resolvers(executed),
    work: async ({ name }: { name?: string }) => {
      executed.push(name ?? "work");
      await held;
      return "done";
    },
  };
  const { plugins, ...rest } = apolloOptions<{ caller: Caller | null }>({
    log,
    limits,
    mayIntrospect: ({ caller }) => caller?.introspects ?? false,
    translate: options.translate,
  });
  const apollo = new ApolloServer<{ caller: Caller | null }>({ ...rest, plugins, schema, rootValue: root });
  await apollo.start();
  const door = createHttpDoor({
    apollo,
    log,
    limits,
    sender: ({ headers: { authorization = "" } }) => authorization,
    ready: options.ready ?? (async () => ({ ready: true, status: "ready" })),
    ...(options.assets && { assets: options.assets }),
    context:
      options.context ??
      (async ({ headers: { authorization } }) => {
        if (authorization === undefined) return { caller: null };
        const caller = callers[authorization];
        if (!caller) throw refusal("UNAUTHENTICATED", { status: 401 });
        return { caller };
      }),
  });
  const { port } = await door.listen("127.0.0.1", 0);
  onTestFinished(async () => {
    finish();
    await door.close();
    await apollo.stop();
  });
  const send = (options: SendOptions) => sendTo(port, options);
  return {
    door,
    port,
    url: `http://127.0.0.1:${port}/graphql`,
    rawLog,
    log: () => rawLog.map((line) => JSON.parse(line) as Record<string, unknown>),
    executed,
    hold: () => {
      held = new Promise((resolve) => {
        finish = resolve;
      });
    },
    finish: () => finish(),
    send,
    query: (query, variables, headers = sam) =>
      send({
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query, variables }),
      }),
  };
}

const resolvers = (executed: string[]) => ({
  customers: () => ({ nodes: [], edges: [], totalCount: 0 }),
  echo: ({ text, count }: { text?: string; count?: number }) => text ?? count,
  write: ({ text }: { text: string }) => {
    executed.push("write");
    return text;
  },
  importCustomers: ({ csv }: { csv: string }) => String(csv.length),
  need: () => null,
  many: () => Array.from({ length: 40 }, () => ({ fails: () => Promise.reject(new Error("row")) })),
  fail: ({ how }: { how: string }) => {
    throw faults[how];
  },
});

class DriverError extends Error {
  code = "23505";
  detail = "Key (idNumber)=(110101199003070000) already exists.";
}

/** What `fail` throws. */
export const faults: Readonly<Record<string, unknown>> = {
  driver: new DriverError(
    'duplicate key value violates unique constraint "Customer_idNumber_key" 110101199003070000',
  ),
  bug: new TypeError("Cannot read properties of undefined (reading 'x')"),
  text: "not an error",
  lookalike: Object.assign(new Error("secret 110101199003070000"), { extensions: { code: "NOT_FOUND" } }),
  pool: Object.assign(new Error("timeout exceeded when trying to connect"), { name: "PoolTimeout" }),
  refusal: refusal("NOT_FOUND", { needs: "a grant" }),
  unauthenticated: refusal("UNAUTHENTICATED"),
};

/** One request on a connection of its own. */
export const sendTo = (
  port: number,
  { method = "POST", path = "/graphql", headers = {}, body, signal }: SendOptions,
) =>
  new Promise<Answered>((resolve, reject) => {
    const started = performance.now();
    const framed = body === undefined || "transfer-encoding" in headers;
    const length = framed ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = httpRequest(
      {
        host: "127.0.0.1",
        port,
        method,
        path,
        headers: { ...length, ...headers },
        agent: false,
        ...(signal && { signal }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const json = response.headers["content-type"]?.includes("json") && text ? JSON.parse(text) : {};
          const codes = (json.errors ?? []).map(
            (error: { extensions: { code: string } }) => error.extensions.code,
          );
          const ms = performance.now() - started;
          resolve({ status: response.statusCode!, headers: response.headers, text, json, codes, ms });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
