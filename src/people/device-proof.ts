import { createHash } from "node:crypto";
import { GraphQLError } from "graphql";
import { errors, importJWK, type JWTPayload, jwtVerify } from "jose";
import type { Clock } from "../clock.js";
import { refusal } from "../errors.js";
import { namesLoopback } from "../http/host.js";
import { deviceAlgorithms, readDeviceKey, storedThumbprint, thumbprintOf } from "./device-key.js";

// Proof of possession (DPoP, RFC 9449): the device signs each request with its own key, so that nothing that is sent is
// good for another request. What a proof says is checked here; whose key it is, and that it was never used before, by
// the statement that loads who is asking.

/** What a good proof says. */
export interface SignedProof {
  /** The key's thumbprint, as it is stored. */
  readonly keyHash: string;
  /** The proof's own: it is good once. */
  readonly id: string;
  /** From when on no server takes it any more, whatever its clock. */
  readonly until: Date;
}

/** The device's proof: a bearer credential as it was sent, or what was signed. */
export type DeviceProof = string | SignedProof;

/** The headers that a device is proved by, and the one that says which server is meant. */
export interface ProofHeaders {
  readonly host?: string | undefined;
  readonly dpop?: string | readonly string[] | undefined;
  readonly "device-credential"?: string | readonly string[] | undefined;
}

export interface ProofComponents {
  readonly clock: Clock;
  /** Where clients reach this server. Without it proofs are taken on this machine only. */
  readonly publicUrl?: string | undefined;
}

/**
 * The proof that came with a request, beside this access token; null: none. Refuses UNAUTHENTICATED, 401, a signed one
 * that is not good, with one answer whatever is wrong: it never counts as none, nor is a bearer credential looked at
 * beside it.
 */
export type ReadProof = (headers: ProofHeaders, token: string | null) => Promise<DeviceProof | null>;

/** Keeps proofs apart from every other kind of JWT (RFC 9449, 4.2). */
const proofType = "dpop+jwt";

/** Seconds that a proof is good before and after its time. */
const clockSkew = 60;

/** Characters at most. */
const limits = { dpop: 2048, jti: 128, credential: 256 };

/** All that the header of a proof holds: no `crit`, no key but its own, no address of one. */
const headerParameters: readonly string[] = ["alg", "jwk", "typ"];

/** The one answer to a proof that is not good. */
export const badProof = () =>
  refusal("UNAUTHENTICATED", {
    reason: "The proof of the device is not good.",
    needs: "in the header dpop, a proof that the device has just signed, for this request and no other",
    status: 401,
  });

/** Is this what reading a proof, or using it up, refuses? */
export const isBadProof = (error: unknown): boolean =>
  error instanceof GraphQLError && error.extensions.code === "UNAUTHENTICATED";

export const proofReader =
  ({ clock, publicUrl }: ProofComponents): ReadProof =>
  async (headers, token) => {
    const { dpop, host } = headers;
    if (dpop === undefined) return bearerIn(headers["device-credential"]);
    if (typeof dpop !== "string" || dpop.length > limits.dpop) throw badProof();
    const { keyHash, payload } = await verify(dpop, clock.now());
    const { htm, htu, iat, jti, ath } = payload;
    const signedAt = typeof iat === "number" ? iat * 1000 : Number.NaN;
    const fits =
      // The door takes operations by POST only.
      htm === "POST" &&
      isAddress(htu, meantAddress(publicUrl, host)) &&
      Math.abs(clock.now().getTime() - signedAt) <= clockSkew * 1000 &&
      ath === (token === null ? undefined : hashOfToken(token)) &&
      typeof jti === "string" &&
      jti.length > 0 &&
      jti.length <= limits.jti;
    if (!fits) throw badProof();
    return {
      keyHash,
      id: createHash("sha256").update(`${keyHash} ${jti}`).digest("hex"),
      until: new Date(signedAt + 2 * clockSkew * 1000),
    };
  };

/** One that is repeated or too long proves nothing: as if it were absent. */
const bearerIn = (value: ProofHeaders["device-credential"]): string | null =>
  typeof value === "string" && value.length > 0 && value.length <= limits.credential ? value : null;

/** Who signed it, and what. The key is the proof's own: whose it is, is asked later. */
async function verify(
  proof: string,
  now: Date,
): Promise<{ readonly keyHash: string; readonly payload: JWTPayload }> {
  let keyHash = "";
  const { payload } = await jwtVerify(
    proof,
    async (header) => {
      const key = readDeviceKey(header.jwk);
      const known = Object.keys(header).every((name) => headerParameters.includes(name));
      if (!key || !known || key.alg !== header.alg) throw new errors.JWSInvalid("not a device's proof");
      keyHash = storedThumbprint(await thumbprintOf(key));
      return importJWK(key.jwk, key.alg).catch(() => {
        throw new errors.JWKInvalid("not a key");
      });
    },
    { algorithms: [...deviceAlgorithms], typ: proofType, currentDate: now, clockTolerance: clockSkew },
  ).catch((error: unknown) => {
    throw error instanceof errors.JOSEError ? badProof() : error;
  });
  return { keyHash, payload };
}

/** Where operations are sent: the address that a proof names. */
export const addressOf = (server: string): string => new URL(`${server.replace(/\/+$/, "")}/graphql`).href;

/**
 * The address that a proof has to name; null: there is none that can be trusted. Whoever sends a request names its host:
 * on this machine alone can it be no other server's name.
 */
function meantAddress(publicUrl: string | undefined, host: string | undefined): string | null {
  const server = publicUrl ?? (namesLoopback(host) ? `http://${host}` : null);
  return server && addressOf(server);
}

/** The same address, however it is written (RFC 9449, 4.3); without query and fragment. */
const isAddress = (htu: unknown, address: string | null): boolean =>
  typeof htu === "string" && URL.canParse(htu) && new URL(htu).href === address;

/** What a proof names an access token by (RFC 9449, 4.2). */
export const hashOfToken = (token: string): string => createHash("sha256").update(token).digest("base64url");
