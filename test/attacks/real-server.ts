import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultLimits, type Limits } from "../../src/http/limits.js";
import { createLog } from "../../src/http/log.js";
import { recordRefusal } from "../../src/ledger/record-refusal.js";
import { type DemoHeadersRequest, demoHeaders } from "../../src/people/demo-headers.js";
import { createIdentify } from "../../src/people/identify.js";
import { loadSigningKeys } from "../../src/people/signing-keys.js";
import { cursorSeal } from "../../src/reading/cursor.js";
import { type Components, createServer } from "../../src/server.js";
import {
  demoDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
  testNow,
  testSecret,
} from "../support/database.js";
import type { Answer } from "../support/execute-as.js";
import { testLedger } from "../support/ledger.js";

/** Everything that came back for one request. */
export interface Reply extends Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body, byte for byte. */
  readonly text: string;
  readonly codes: readonly string[];
}

export type Headers = Readonly<Record<string, string>>;

/** Who asks and how, beyond the account's own headers. */
export interface Asking extends Pick<DemoHeadersRequest, "device" | "purpose"> {
  readonly headers?: Headers;
  readonly path?: string;
}

export interface RealServer {
  readonly database: TestDatabase;
  readonly port: number;
  /** The server's clock: set `now` to let time pass. */
  readonly clock: { at: Date };
  /** Every line of the log, as it was written. */
  readonly log: string[];
  /** Asks as a demo account, or as nobody, over HTTP. */
  ask(account: string | null, query: string, variables?: unknown, asking?: Asking): Promise<Reply>;
  /** A body as it is, with these headers. */
  send(body: string | Buffer, headers: Headers, path?: string): Promise<Reply>;
  headersOf(account: string, asking?: Asking): Promise<Headers>;
  close(): Promise<void>;
}

/** The server on a demo organisation, behind its HTTP door, with real tokens and device credentials. */
export async function realServer({
  limits = {},
  database: databaseOptions = {},
  beside,
  patience,
  ...parts
}: {
  /** Milliseconds that an answer waits for its record. */
  patience?: number;
  limits?: Partial<Limits>;
  database?: TestDatabaseOptions;
  /** Another server, whose database it shares. */
  beside?: Pick<RealServer, "database">;
} & Pick<Components, "policies" | "trustedProxies"> = {}): Promise<RealServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "tierkeep-attacks-"));
  // The devices' credentials were made from the secret that the demo organisation was loaded with.
  await writeFile(join(dataDir, "secret"), testSecret, { mode: 0o600 });
  const database = beside?.database ?? (await demoDatabase(databaseOptions));
  const clock = { at: testNow, now: () => clock.at };
  const log: string[] = [];
  const keys = await loadSigningKeys(dataDir);
  const ledger = testLedger(database, clock, patience);
  const server = await createServer({
    db: database.db,
    clock,
    ledger,
    identify: createIdentify({
      ...{ db: database.db, clock, keys },
      refused: (caller) => recordRefusal(ledger, caller),
    }),
    session: { db: database.db, clock, keys },
    codeKey: testSecret,
    seal: cursorSeal(testSecret),
    log: createLog("debug", { write: (line) => void log.push(line) }),
    limits: { ...defaultLimits, lingerMs: 20, ...limits },
    ...parts,
  });
  const { port } = await server.listen("127.0.0.1", 0);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const made = new Map<string, Headers>();

  async function headersOf(account: string, { device, purpose, headers }: Asking = {}): Promise<Headers> {
    const key = [account, device, purpose].map(String).join(" ");
    const known =
      made.get(key) ??
      (await demoHeaders(
        dataDir,
        { now: () => testNow },
        {
          staffNo: account,
          ...(device !== undefined && { device }),
          ...(purpose !== undefined && { purpose }),
        },
      ));
    made.set(key, known);
    return { ...known, ...headers };
  }

  const send = (body: string | Buffer, headers: Headers, path = "/graphql") =>
    new Promise<Reply>((resolve, reject) => {
      const outgoing = request(
        {
          host: "127.0.0.1",
          port,
          path,
          method: "POST",
          agent,
          headers: {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            const answer = JSON.parse(text) as Answer;
            const codes = (answer.errors ?? []).map(({ extensions }) => String(extensions?.code));
            resolve({ ...answer, status: response.statusCode!, headers: response.headers, text, codes });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });

  return {
    database,
    port,
    clock,
    log,
    headersOf,
    send,
    ask: async (account, query, variables, asking = {}) =>
      send(
        JSON.stringify({ query, ...(variables !== undefined && { variables }) }),
        account === null ? (asking.headers ?? {}) : await headersOf(account, asking),
        asking.path,
      ),
    async close() {
      agent.destroy();
      await server.close();
      await ledger.close();
      if (!beside) await database.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
