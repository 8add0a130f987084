import type { ServerResponse } from "node:http";
import type { GraphQLError } from "graphql";

/** What is sent back: the whole of it is known before a byte leaves. */
export interface Answer {
  readonly status: number;
  /** Media type, with its charset where it is text. */
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How long a client that was turned away should wait, in seconds. */
const retryAfter = "2";

/** An answer that holds one error and no data. */
export function refused(
  error: GraphQLError,
  type = "application/json",
  headers: Answer["headers"] = {},
): Answer {
  const { http, ...extensions } = error.extensions as GraphQLError["extensions"] & {
    http?: { status: number };
  };
  const body = JSON.stringify({ errors: [{ message: error.message, extensions }] });
  return { status: http?.status ?? 400, type: `${type}; charset=utf-8`, body, headers };
}

/** An answer in JSON. */
export const json = (status: number, value: unknown): Answer => ({
  status,
  type: "application/json; charset=utf-8",
  body: JSON.stringify(value),
});

/** Sends an answer, with the headers that every answer has. Does nothing when the client has gone. */
export function send(response: ServerResponse, { status, type, body, headers = {} }: Answer): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    ...(status === 503 && { "retry-after": retryAfter }),
    ...headers,
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}
