import { randomUUID } from "node:crypto";
import { errors, type JWTHeaderParameters, jwtVerify, SignJWT } from "jose";
import type { Clock } from "../clock.js";
import { refusal } from "../errors.js";
import { type SigningKeys, signingAlgorithm } from "./signing-keys.js";
import { isStaffNo } from "./staff-no.js";

/** Whose tokens they are and for whom; another server's are not taken for ours (RFC 8725, 3.8 and 3.9). */
export const tokenIssuer = "tierkeep";
export const tokenAudience = "tierkeep";

/** Keeps our tokens apart from every other kind of JWT (RFC 9068, 2.1). */
const tokenType = "at+jwt";

/** Seconds that an access token lives after a sign-in. */
export const accessTokenLifetime = 15 * 60;

/** Seconds that the clocks of two servers with the same keys may differ. */
const clockSkew = 60;

/** All that the header of one of our tokens holds: no `crit`, no key or address of one (RFC 8725, 3.10). */
const headerParameters: readonly string[] = ["alg", "kid", "typ"];

export interface TokenComponents {
  readonly keys: SigningKeys;
  readonly clock: Clock;
}

/** Whose a token is. */
export interface Bearer {
  readonly staffNo: string;
  /** The session that it was made for, which may have ended; none: it is good until its own end. */
  readonly session?: string;
}

/** Tells from a token whose it is. Refuses UNAUTHENTICATED whatever is wrong with it. */
export type TokenVerifier = (token: string) => Promise<Bearer>;

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * A signed proof that its bearer is somebody, for `lifetime` seconds from now; of a session (the claim `sid`: OpenID
 * Connect Front-Channel Logout 1.0, 3) it is good for as long as that goes on.
 */
export async function issueAccessToken(
  { keys, clock }: TokenComponents,
  { staffNo, session }: Bearer,
  lifetime = accessTokenLifetime,
): Promise<AccessToken> {
  const { kid, privateKey } = keys.newest();
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  const token = await new SignJWT(session === undefined ? {} : { sid: session })
    .setProtectedHeader({ alg: signingAlgorithm, kid, typ: tokenType })
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setSubject(staffNo)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt - clockSkew)
    .setExpirationTime(issuedAt + lifetime)
    .sign(privateKey);
  return { token, expiresAt: new Date((issuedAt + lifetime) * 1000) };
}

/** Verifies the tokens of `issueAccessToken`, and no others. */
export const accessTokenVerifier = ({ keys, clock }: TokenComponents): TokenVerifier => {
  const keyOf = async (header: JWTHeaderParameters) => {
    if (!Object.keys(header).every((name) => headerParameters.includes(name)))
      throw new errors.JWSInvalid("unknown header parameter");
    const key = typeof header.kid === "string" ? await keys.find(header.kid) : undefined;
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key.publicKey;
  };
  return async (token) => {
    const { payload } = await jwtVerify(token, keyOf, {
      algorithms: [signingAlgorithm],
      typ: tokenType,
      issuer: tokenIssuer,
      audience: tokenAudience,
      requiredClaims: ["sub", "iat", "nbf", "exp", "jti"],
      currentDate: clock.now(),
    }).catch(refuseToken);
    const staffNo = staffNoIn(payload.sub);
    return typeof payload.sid === "string" ? { staffNo, session: payload.sid } : { staffNo };
  };
};

/** The staff number in a claim. Refuses UNAUTHENTICATED what cannot be one. */
export function staffNoIn(claim: unknown): string {
  if (isStaffNo(claim)) return claim;
  throw refusal("UNAUTHENTICATED", { status: 401 });
}

/** Every fault of a token has the same answer; any other fault is ours. */
export function refuseToken(error: unknown): never {
  throw error instanceof errors.JOSEError ? refusal("UNAUTHENTICATED", { status: 401 }) : error;
}
