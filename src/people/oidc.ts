import { createRemoteJWKSet, errors, type JWTHeaderParameters, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Clock } from "../clock.js";
import { refusal, StartError } from "../errors.js";
import { refuseToken, staffNoIn, type TokenVerifier } from "./access-token.js";

export interface OidcOptions {
  /** As the provider names itself: `https://login.example.com/realms/staff`. */
  readonly issuer: string;
  /** The name that the provider knows this server by. */
  readonly audience: string;
  /** The claim that holds the staff number; `sub` by default. */
  readonly subjectClaim?: "sub" | "preferred_username";
  readonly clock: Clock;
}

/** Signatures that only the provider can make: never a shared secret, never none (RFC 8725, 3.1). */
const algorithms = [
  "EdDSA",
  "Ed25519",
  "ES256",
  "ES384",
  "ES512",
  "PS256",
  "PS384",
  "PS512",
  "RS256",
  "RS384",
  "RS512",
];

/** Of access tokens: RFC 9068's, and the general one that older providers give. */
const tokenTypes = [undefined, "at+jwt", "application/at+jwt", "jwt"];

/** Milliseconds that the provider is given for an answer; it takes two, and a refusal may take two seconds. */
const patience = 1_000;

/** Seconds that the provider's clock may differ from ours. */
const clockSkew = 5;

/**
 * Accepts the access tokens of an identity provider (OpenID Connect discovery, then its JWKS). While the provider's
 * keys cannot be had, every token is refused OVERLOADED, 503. Throws StartError if the issuer is not usable.
 */
export function oidcVerifier({ issuer, audience, subjectClaim = "sub", clock }: OidcOptions): TokenVerifier {
  if (!isSafe(issuer)) throw new StartError(`OIDC_ISSUER must be an https address, not ${issuer}`);
  const keyOf = providerKeys(issuer);
  return async (token) => {
    const { payload, protectedHeader } = await jwtVerify(token, keyOf, {
      algorithms,
      issuer,
      audience,
      requiredClaims: ["exp", subjectClaim],
      currentDate: clock.now(),
      clockTolerance: clockSkew,
    }).catch(refuseToken);
    if (!tokenTypes.includes(protectedHeader.typ?.toLowerCase()))
      throw refusal("UNAUTHENTICATED", { status: 401 });
    return { staffNo: staffNoIn(payload[subjectClaim]) };
  };
}

/** Finds the provider's keys when the first token comes, and again at the next one for as long as that fails. */
function providerKeys(issuer: string): JWTVerifyGetKey {
  let keySet: Promise<JWTVerifyGetKey> | undefined;
  return async (header: JWTHeaderParameters, token) => {
    keySet ??= discoverKeys(issuer);
    try {
      return await (await keySet.catch(forgetAndThrow))(header, token);
    } catch (error) {
      throw isFaultOfToken(error)
        ? error
        : refusal("OVERLOADED", { reason: "The identity provider does not answer.", status: 503 });
    }
  };

  function forgetAndThrow(error: unknown): never {
    keySet = undefined;
    throw error;
  }
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
    redirect: "error",
    signal: AbortSignal.timeout(patience),
  });
  const found: unknown = await response.json();
  // A document that names another issuer is another provider's (OpenID Connect Discovery, 4.3).
  if (!isDiscovery(found) || found.issuer !== issuer || !isSafe(found.jwks_uri))
    throw new Error("not a discovery document");
  return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: patience });
}

const isDiscovery = (value: unknown): value is { issuer: string; jwks_uri: string } =>
  typeof value === "object" &&
  value !== null &&
  "issuer" in value &&
  "jwks_uri" in value &&
  typeof value.jwks_uri === "string";

const isFaultOfToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

/** Encrypted all the way, or never leaving this machine. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return (
    protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname))
  );
}
