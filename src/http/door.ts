import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { type AddressInfo, Server as NetServer, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { ApolloServer } from "@apollo/server";
import type { Logger } from "pino";
import { refusal } from "../errors.js";
import { type Answer, refused, send } from "./answer.js";
import type { Assets } from "./assets.js";
import { createGate } from "./gate.js";
import { graphQLEndpoint } from "./graphql-endpoint.js";
import { createHealth, type Readiness } from "./health.js";
import { isLoopback, namesLoopback } from "./host.js";
import { defaultLimits, type Limits } from "./limits.js";
import type { HttpContext } from "./operation-guard.js";
import { badRequest } from "./refusals.js";
import { currentRequest, newRequestEntry, type RequestEntry } from "./request-entry.js";
import { within } from "./within.js";

export interface HttpDoorParts<Context extends HttpContext> {
  /** Started, and built with `apolloOptions`. */
  readonly apollo: ApolloServer<Context>;
  /** Who is asking. Rejects with a refusal where the credentials are wrong; `caller: null` where there are none. */
  readonly context: (request: IncomingMessage) => Promise<Context>;
  /** Whose request it is, as far as can be told before it is looked into: a credential or an address. */
  readonly sender: (request: IncomingMessage) => string;
  /** Rejects where the database does not answer. */
  readonly ready: () => Promise<Readiness>;
  readonly log: Logger;
  readonly limits?: Limits;
  /** What else can be got, by path: the playground. */
  readonly assets?: Assets;
}

export interface HttpDoor {
  readonly listener: RequestListener;
  /** Starts to take connections; port 0 takes any free one. Rejects with the error of `listen`. */
  listen(host: string, port: number): Promise<AddressInfo>;
  /** Takes no more connections, lets the requests in flight finish within `drainMs`, then closes what is left. */
  close(): Promise<void>;
}

/** The HTTP server in front of Apollo: `/graphql`, `/health/live`, `/health/ready` and the assets. */
export function createHttpDoor<Context extends HttpContext>({
  apollo,
  context,
  sender,
  ready,
  log,
  limits = defaultLimits,
  assets = new Map(),
}: HttpDoorParts<Context>): HttpDoor {
  let closing = false;
  let onLoopback = false;
  /** Connections that have not brought a request yet. */
  const unused = new Set<Socket>();
  const gate = createGate(limits);
  const health = createHealth(ready, () => closing, limits);
  const graphql = graphQLEndpoint({ apollo, context, sender, gate, limits });

  const routeOf = (path: string) => {
    if (path === "/graphql") return graphql;
    const asset =
      path === "/health/live" ? health.live : path === "/health/ready" ? health.ready : assets.get(path);
    return asset && (async (request: IncomingMessage) => getting(request) ?? asset(request.headers));
  };

  const respond = async (request: IncomingMessage, entry: RequestEntry, path: string, gone: AbortSignal) => {
    if (onLoopback && !namesLoopback(request.headers.host))
      return refused(badRequest("This host is not served here.", 421));
    const route = routeOf(path);
    return route ? route(request, entry, gone) : refused(refusal("NOT_FOUND", { status: 404 }));
  };

  const faultAnswer = (error: unknown, { id, codes }: RequestEntry): Answer => {
    codes.add("INTERNAL");
    log.error({ requestId: id, err: error }, "internal error");
    const reason = "Something went wrong on our side.";
    return refused(refusal("INTERNAL", { reason, status: 500, more: { id } }));
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const entry = newRequestEntry();
    const gone = new AbortController();
    const path = pathOf(request);
    const started = performance.now();
    response.once("close", () => {
      gone.abort();
      const line = lineOf(entry, response, routeOf(path) ? path : "other", performance.now() - started);
      log[path === "/graphql" ? "info" : "debug"](line, "request");
    });
    response.setHeader("x-request-id", entry.id);
    const answer = await currentRequest
      .run(entry, () => respond(request, entry, path, gone.signal))
      .catch((error: unknown) => faultAnswer(error, entry));
    if (closing) response.setHeader("connection", "close");
    send(response, answer);
  };

  const listener: RequestListener = (request, response) => {
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    unused.delete(request.socket);
    handle(request, response).catch((error: unknown) => {
      log.error({ err: error }, "answer could not be sent");
      response.destroy();
    });
  };

  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: 1000,
    },
    listener,
  );
  server.maxConnections = limits.connections;
  server.setTimeout(limits.silenceMs);
  server.on("connection", (socket: Socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });

  return {
    listener,
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        onLoopback = isLoopback(host);
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          // A connection that could not be taken (no file descriptors left) must not end the process.
          server.on("error", (error) => log.error({ err: error }, "server error"));
          resolve(server.address() as AddressInfo);
        });
      }),
    async close() {
      closing = true;
      // Not `server.close()`, which cuts idle connections at once, with requests that are already on their way.
      const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
      const linger = setTimeout(() => {
        server.closeIdleConnections();
        for (const socket of unused) socket.destroy();
      }, limits.lingerMs);
      await within(
        limits.drainMs,
        Promise.all([closed, gate.idle()]).then(() => undefined),
        () => undefined,
      );
      clearTimeout(linger);
      server.closeAllConnections();
    },
  };
}

/** The path alone: what follows the question mark is nowhere read, and never logged. */
const pathOf = ({ url = "" }: IncomingMessage) => url.split("?", 1)[0]!;

const getting = ({ method }: IncomingMessage): Answer | undefined =>
  method === "GET" || method === "HEAD"
    ? undefined
    : refused(badRequest("This can only be got.", 405), undefined, { allow: "GET, HEAD" });

const lineOf = (entry: RequestEntry, response: ServerResponse, path: string, ms: number) => ({
  requestId: entry.id,
  path,
  status: response.headersSent ? response.statusCode : null,
  operation: entry.operation,
  caller: entry.caller,
  codes: [...entry.codes],
  ...(entry.causes.size > 0 && { causes: [...entry.causes] }),
  ms: Math.round(ms * 10) / 10,
  ...(!response.writableFinished && { aborted: true }),
});
