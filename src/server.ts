import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { BlockList } from "node:net";
import { ApolloServer } from "@apollo/server";
import type { GraphQLSchema } from "graphql";
import pLimit from "p-limit";
import type { Logger } from "pino";
import { authorize } from "./access/authorize.js";
import type { Caller } from "./access/caller.js";
import { decisionsFor } from "./access/decisions.js";
import { newFootprint } from "./access/footprint.js";
import { policy } from "./access/policy.js";
import { accessReport } from "./access/report.js";
import type { Clock } from "./clock.js";
import type { Context } from "./context.js";
import type { Database } from "./database/client.js";
import { databaseRefusal } from "./database/database-refusal.js";
import { sightingsIn } from "./devices/last-seen.js";
import { apolloOptions } from "./http/apollo-options.js";
import type { Assets } from "./http/assets.js";
import { clientAddress } from "./http/client-address.js";
import { createHttpDoor, type HttpDoor } from "./http/door.js";
import { inTime } from "./http/in-time.js";
import { defaultLimits, type Limits } from "./http/limits.js";
import { currentRequest } from "./http/request-entry.js";
import type { Ledger } from "./ledger/ledger.js";
import { recordOperations } from "./ledger/record-operations.js";
import type { DeviceProof } from "./people/device-proof.js";
import type { Identify } from "./people/identify.js";
import type { SessionComponents } from "./people/session.js";
import { type Policies, policiesIn } from "./policies/policies.js";
import type { CursorSeal } from "./reading/cursor.js";
import { servedSchema } from "./schema.js";

/** All that a server is made of. */
export interface Components {
  readonly db: Database;
  readonly clock: Clock;
  readonly identify: Identify;
  /** Null where an identity provider does the signing in. */
  readonly session: SessionComponents | null;
  readonly seal: CursorSeal;
  /** Codes of imported customers who have none are made with it. */
  readonly codeKey: Uint8Array;
  readonly log: Logger;
  /** Closed by whoever opened it, after the server. */
  readonly ledger: Ledger;
  readonly limits?: Limits;
  readonly assets?: Assets;
  /** Whose word about a caller's address is taken. */
  readonly trustedProxies?: BlockList;
  /** The versions of the tier policy; version 1 with those that the group has adopted, unless others are brought. */
  readonly policies?: Policies;
  /** The schema that is served, unless a test brings one guarded otherwise. */
  readonly schema?: GraphQLSchema;
}

export interface TierkeepServer extends HttpDoor {
  readonly apollo: ApolloServer<Context>;
  /** One request's context, for a caller who has been identified. */
  contextFor(caller: Caller | null, strict?: boolean, proof?: DeviceProof | null): Promise<Context>;
}

/** The composition root: nothing else puts the parts together. */
export async function createServer(components: Components): Promise<TierkeepServer> {
  const { db, log, clock, identify, ledger, limits = defaultLimits } = components;
  const { policies = policiesIn({ db, clock }, policy) } = components;
  const options = apolloOptions<Context>({
    log,
    limits,
    mayIntrospect: ({ caller, decisions }) => !!decisions?.policy.introspection.includes(caller!.kind),
    translate: databaseRefusal,
    further: [authorize(), inTime(), recordOperations(ledger)],
  });
  const apollo = new ApolloServer<Context>({
    ...options,
    schema: components.schema ?? (await servedSchema()),
  });
  await apollo.start();

  const sightings = sightingsIn({ db, log });
  const imports = pLimit(limits.imports);
  const previews = pLimit(limits.previews);
  const contextFor = async (
    caller: Caller | null,
    strict = false,
    proof: DeviceProof | null = null,
  ): Promise<Context> => ({
    caller,
    proof,
    // One version decides everything in an answer.
    decisions: caller && decisionsFor(caller, await policies.at(caller.now)),
    policies,
    report: accessReport(),
    footprint: newFootprint(),
    requestId: currentRequest.getStore()?.id ?? randomUUID(),
    strict,
    db,
    statements: pLimit(limits.statements),
    imports,
    previews,
    clock,
    seal: components.seal,
    codeKey: components.codeKey,
    session: components.session,
  });

  const context = async (request: IncomingMessage): Promise<Context> => {
    const address = clientAddress(request, components.trustedProxies);
    const { caller, proof } = await identify(request.headers, address);
    if (caller) sightings.note(caller);
    return contextFor(caller, request.headers["access-mode"] === "strict", proof);
  };

  const ready = async () => {
    await db.$queryRaw`SELECT 1`;
    const { version, insteadOfUnread } = await policies.at(clock.now());
    if (!ledger.isWritable()) return { ready: false, status: "ledger cannot be written" };
    const status = insteadOfUnread
      ? `ready; customer data is closed: this release cannot read version ${version} of the tier policy`
      : "ready";
    return { ready: true, status };
  };

  const door = createHttpDoor<Context>({
    apollo,
    context,
    sender: (request) =>
      request.headers.authorization ?? clientAddress(request, components.trustedProxies) ?? "",
    ready,
    log,
    limits,
    ...(components.assets && { assets: components.assets }),
  });
  return {
    ...door,
    apollo,
    contextFor,
    async close() {
      await door.close();
      await sightings.settled();
      await apollo.stop();
    },
  };
}
