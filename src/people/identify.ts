import type { Caller } from "../access/caller.js";
import type { Database } from "../database/client.js";
import { refusal } from "../errors.js";
import { accessTokenVerifier, type TokenComponents, type TokenVerifier } from "./access-token.js";
import { loadCaller } from "./load-caller.js";

export interface IdentifyComponents extends TokenComponents {
  readonly db: Database;
  /** Verifies the tokens of an identity provider, in place of this server's own. */
  readonly oidc?: TokenVerifier | undefined;
}

/** The three headers that tell who is asking, as node:http brings them. */
export interface IdentityHeaders {
  readonly authorization?: string | undefined;
  readonly "device-credential"?: string | readonly string[] | undefined;
  readonly "access-purpose"?: string | readonly string[] | undefined;
}

/** From the headers and the address of a request to its caller; null for the anonymous. Refuses UNAUTHENTICATED, 401. */
export type Identify = (headers: IdentityHeaders, address: string | null) => Promise<Caller | null>;

const bearer = /^Bearer +([\w.~+/-]+=*)$/i;

/** Characters at most. */
const limits = { authorization: 8192, "device-credential": 256, "access-purpose": 64 };

/** Verifies the token and loads the facts, in one statement however it ends. */
export function createIdentify({ db, clock, keys, oidc }: IdentifyComponents): Identify {
  const staffNoOf = oidc ?? accessTokenVerifier({ keys, clock });
  return async (headers, address) => {
    if (headers.authorization === undefined) return null;
    const caller = await loadCaller(
      db,
      { staffNo: await staffNoOf(tokenIn(headers.authorization)) },
      {
        credential: oneValue(headers, "device-credential"),
        purpose: oneValue(headers, "access-purpose"),
        address,
        now: clock.now(),
      },
    );
    if (!caller || caller.status === "LEFT") throw refusal("UNAUTHENTICATED", { status: 401 });
    return caller;
  };
}

function tokenIn(authorization: string): string {
  const token = authorization.length <= limits.authorization ? bearer.exec(authorization)?.[1] : undefined;
  if (!token) throw refusal("UNAUTHENTICATED", { status: 401 });
  return token;
}

/** One that is repeated or too long proves and states nothing: as if it were absent. */
function oneValue(headers: IdentityHeaders, name: "device-credential" | "access-purpose"): string | null {
  const value = headers[name];
  return typeof value === "string" && value.length > 0 && value.length <= limits[name] ? value : null;
}
