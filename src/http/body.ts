import type { IncomingMessage } from "node:http";
import { checkJsonBounds } from "./json-bounds.js";
import type { Limits } from "./limits.js";
import { badRequest, bodyTooLarge, overloaded, tooLarge } from "./refusals.js";

/** What POST bodies share: how many bytes of them are held at this moment. */
export interface HeldBytes {
  bytes: number;
}

const jsonInUtf8 = /^application\/json\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i;

/** Refuses what is not plain JSON in UTF-8, before a byte of it is read. */
export function checkBodyHeaders({ headers }: IncomingMessage): void {
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") throw badRequest("Send the body as it is, without content-encoding.", 415);
  if (!jsonInUtf8.test(headers["content-type"] ?? ""))
    throw badRequest("Send application/json in UTF-8.", 415);
}

/** Reads a body of at most `bodyBytes`, or of `importBytes` if `mayImport` says so once it has grown beyond. */
export async function readBody(
  request: IncomingMessage,
  held: HeldBytes,
  limits: Pick<Limits, "bodyBytes" | "importBytes" | "bufferedBytes">,
  mayImport: () => Promise<boolean>,
): Promise<Buffer> {
  let bound = limits.bodyBytes;
  let size = 0;
  const chunks: Buffer[] = [];
  const grow = async (bytes: number) => {
    if (bytes > limits.importBytes) throw bodyTooLarge(limits.importBytes);
    if (bytes > bound && !(await mayImport())) throw bodyTooLarge(bound);
    if (bytes > bound) bound = limits.importBytes;
  };
  try {
    await grow(Number(request.headers["content-length"] ?? 0));
    // The stream must outlive a refusal, or the client would see a broken connection in place of the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      held.bytes += chunk.length;
      await grow(size);
      if (held.bytes > limits.bufferedBytes) throw overloaded();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    held.bytes -= size;
    throw error;
  }
}

/** The members of a GraphQL request, whatever else the body holds. */
export interface GraphQLBody {
  readonly query: unknown;
  readonly variables?: unknown;
  readonly operationName?: unknown;
}

/** Parses a body: UTF-8, JSON within the bounds, one object with a query in it. */
export function parseBody(
  body: Buffer,
  limits: Pick<Limits, "documentLength" | "jsonDepth" | "jsonValues">,
): GraphQLBody {
  checkJsonBounds(body, limits);
  const parsed = parseJson(body);
  if (Array.isArray(parsed)) throw badRequest("Send one operation, not a list: there is no batching.");
  if (!isRecord(parsed)) throw badRequest("The body is not a JSON object.");
  const { query, variables = null, operationName = null, extensions = null } = parsed;
  if (typeof query !== "string" || query.trim() === "")
    throw badRequest("`query` must be a text that is not empty.");
  if (query.length > limits.documentLength) throw tooLarge(query.length, limits.documentLength, "characters");
  if (variables !== null && !isRecord(variables)) throw badRequest("`variables` must be an object.");
  if (extensions !== null && !isRecord(extensions)) throw badRequest("`extensions` must be an object.");
  if (operationName !== null && typeof operationName !== "string")
    throw badRequest("`operationName` must be a text.");
  return { query, variables, operationName };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw badRequest("The body is not JSON in UTF-8.");
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
