import type { IncomingMessage } from "node:http";
import { type ApolloServer, HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";
import { mediaTypeFor } from "./accept.js";
import { type Answer, refused } from "./answer.js";
import { checkBodyHeaders, type HeldBytes, parseBody, readBody } from "./body.js";
import type { Gate } from "./gate.js";
import type { Limits } from "./limits.js";
import type { HttpContext } from "./operation-guard.js";
import { badRequest, overloaded } from "./refusals.js";
import type { RequestEntry } from "./request-entry.js";
import { within } from "./within.js";

export interface GraphQLEndpointParts<Context extends HttpContext> {
  readonly apollo: ApolloServer<Context>;
  readonly context: (request: IncomingMessage) => Promise<Context>;
  readonly sender: (request: IncomingMessage) => string;
  readonly gate: Gate;
  readonly limits: Limits;
}

export type GraphQLEndpoint = (
  request: IncomingMessage,
  entry: RequestEntry,
  gone: AbortSignal,
) => Promise<Answer>;

/** GraphQL over HTTP: POST, JSON, one operation. What is refused here never reaches the parser. */
export function graphQLEndpoint<Context extends HttpContext>({
  apollo,
  context,
  sender,
  gate,
  limits,
}: GraphQLEndpointParts<Context>): GraphQLEndpoint {
  const held: HeldBytes = { bytes: 0 };

  return async (request, entry, gone) => {
    const type = mediaTypeFor(request.headers.accept);
    const contextOnce = once(async () => {
      const value = await context(request);
      if (value.caller) entry.caller = value.caller.id;
      return value;
    });
    const isSignedIn = () =>
      contextOnce().then(
        ({ caller }) => caller !== null,
        () => false,
      );
    try {
      if (request.method !== "POST") throw badRequest("Send operations by POST.", 405);
      if (!type) throw badRequest("Answers are application/json or application/graphql-response+json.", 406);
      checkBodyHeaders(request);
      const body = await readBody(request, held, limits, isSignedIn);
      entry.bodyBytes = body.length;
      // What a stranger writes into a header is never the id of a caller.
      const turn = gate.turn(`sender ${sender(request)}`, gone);
      entry.turn = turn;
      const work = turn.take(null).then(() => execute(parseBody(body, limits), type));
      const done = work.finally(() => {
        turn.leave();
        held.bytes -= body.length;
      });
      return await within(limits.executionMs, done, () => {
        // What is being put on record as the answer is the answer: nobody waits long for that.
        if (entry.hears === "ANSWER") return done;
        entry.hears = "OVERLOADED";
        throw overloaded();
      });
    } catch (error) {
      // A client that leaves in the middle of its own request breaks the stream that is read: nobody's fault.
      const refusal = gone.aborted ? badRequest("The request was not finished.") : error;
      if (!(refusal instanceof GraphQLError)) throw error;
      entry.codes.add(String(refusal.extensions.code));
      return refused(refusal, type ?? undefined, request.method === "POST" ? {} : { allow: "POST" });
    }

    async function execute(body: unknown, accept: string): Promise<Answer> {
      const { status = 200, body: result } = await apollo.executeHTTPGraphQLRequest({
        context: contextOnce,
        httpGraphQLRequest: {
          method: "POST",
          headers: new HeaderMap([
            ["content-type", "application/json"],
            ["accept", accept],
          ]),
          search: "",
          body,
        },
      });
      if (result.kind !== "complete") throw new Error("the door has no incremental delivery");
      return { status: statusFor(entry, status), type: `${accept}; charset=utf-8`, body: result.string };
    }
  };
}

/** These codes speak of the whole request, wherever in it they came up. */
function statusFor({ codes }: RequestEntry, status: number): number {
  if (codes.has("OVERLOADED")) return 503;
  return codes.has("UNAUTHENTICATED") ? 401 : status;
}

function once<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
