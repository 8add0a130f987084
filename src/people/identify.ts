import type { Caller } from "../access/caller.js";
import type { Database } from "../database/client.js";
import { refusal } from "../errors.js";
import { accessTokenVerifier, type TokenComponents, type TokenVerifier } from "./access-token.js";
import {
  type DeviceProof,
  isBadProof,
  type ProofComponents,
  type ProofHeaders,
  proofReader,
} from "./device-proof.js";
import { loadCaller, spendProof } from "./load-caller.js";

export interface IdentifyComponents extends TokenComponents, ProofComponents {
  readonly db: Database;
  /** Verifies the tokens of an identity provider, in place of this server's own. */
  readonly oidc?: TokenVerifier | undefined;
  /** Is told of somebody who is known by a good token and is turned away all the same, before they hear so. */
  readonly refused?: (caller: Caller) => Promise<void>;
}

/** The headers that tell who is asking, as node:http brings them. */
export interface IdentityHeaders extends ProofHeaders {
  readonly authorization?: string | undefined;
  readonly "access-purpose"?: string | readonly string[] | undefined;
}

export interface Identity {
  /** Null: nobody is signed in. */
  readonly caller: Caller | null;
  /** What proves the device that the request came from, whoever is asking. */
  readonly proof: DeviceProof | null;
}

/** From the headers and the address of a request to who is asking. Refuses UNAUTHENTICATED, 401. */
export type Identify = (headers: IdentityHeaders, address: string | null) => Promise<Identity>;

const bearerToken = /^Bearer +([\w.~+/-]+=*)$/i;

/** Characters at most. */
const limits = { authorization: 8192, purpose: 64 };

/**
 * Verifies the token and the proof, and loads the facts, in one statement; another one finds out whom a proof that is not
 * good turns away.
 */
export function createIdentify({ db, clock, keys, oidc, publicUrl, refused }: IdentifyComponents): Identify {
  const bearerOf = oidc ?? accessTokenVerifier({ keys, clock });
  const readProof = proofReader({ clock, publicUrl });
  return async (headers, address) => {
    if (headers.authorization === undefined) {
      const proof = await readProof(headers, null);
      await spendProof(db, proof);
      return { caller: null, proof };
    }
    const token = tokenIn(headers.authorization);
    const bearer = await bearerOf(token);
    const purpose = statedIn(headers["access-purpose"]);
    const load = (proof: DeviceProof | null) =>
      loadCaller(db, bearer, { proof, purpose, address, now: clock.now() });
    const read = async () => {
      const proof = await readProof(headers, token);
      return { proof, caller: await load(proof) };
    };
    const { caller, proof } = await read().catch(async (error: unknown) => {
      // Whose token it is, is known whatever the proof.
      const known = refused && isBadProof(error) ? await load(null) : null;
      if (known) await refused!(known);
      throw error;
    });
    if (caller?.status === "LEFT") await refused?.(caller);
    if (!caller || caller.status === "LEFT") throw refusal("UNAUTHENTICATED", { status: 401 });
    return { caller, proof };
  };
}

function tokenIn(authorization: string): string {
  const token =
    authorization.length <= limits.authorization ? bearerToken.exec(authorization)?.[1] : undefined;
  if (!token) throw refusal("UNAUTHENTICATED", { status: 401 });
  return token;
}

/** One that is repeated or too long states nothing: as if it were absent. */
const statedIn = (value: IdentityHeaders["access-purpose"]): string | null =>
  typeof value === "string" && value.length > 0 && value.length <= limits.purpose ? value : null;
