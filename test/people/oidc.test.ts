import { type CryptoKey, decodeJwt, exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Clock, clockFrom } from "../../src/clock.js";
import { StartError } from "../../src/errors.js";
import type { TokenVerifier } from "../../src/people/access-token.js";
import { oidcVerifier } from "../../src/people/oidc.js";
import { audience, type IdentityProvider, identityProvider } from "./identity-provider.js";

let provider: IdentityProvider;
let privateKey: CryptoKey;
let verify: TokenVerifier;

const inMinutes = (minutes: number): Clock => ({
  now: () => new Date(clockFrom().now().getTime() + minutes * 60_000),
});
const verifier = (more: Partial<Parameters<typeof oidcVerifier>[0]> = {}): TokenVerifier =>
  oidcVerifier({ issuer: provider.issuer, audience, clock: clockFrom(), ...more });

beforeAll(async () => {
  ({ privateKey } = await generateKeyPair("ES256", { extractable: true }));
  provider = await identityProvider({
    ...(await exportJWK(privateKey)),
    alg: "ES256",
    kid: "provider-1",
    use: "sig",
  });
  verify = verifier();
});

afterAll(() => provider.stop());

const unauthenticated = { extensions: { code: "UNAUTHENTICATED", http: { status: 401 } } };
const overloaded = { extensions: { code: "OVERLOADED", http: { status: 503 } } };

describe("a token that the provider gave", () => {
  test("names its bearer, with the provider asked for its keys once", async () => {
    provider.requests.length = 0;
    const token = await provider.accessToken();
    expect(await Promise.all([verify(token), verify(token)])).toEqual([
      { staffNo: "rep" },
      { staffNo: "rep" },
    ]);
    expect(await verify(await provider.accessToken())).toEqual({ staffNo: "rep" });
    expect(provider.requests.filter((path) => path.startsWith("/.well-known"))).toHaveLength(1);
    expect(provider.requests.filter((path) => path.startsWith("/jwks"))).toHaveLength(1);
  });

  test("names its bearer by the claim that is set", async () => {
    expect(await verifier({ subjectClaim: "preferred_username" })(await provider.accessToken())).toEqual({
      staffNo: "rep.user",
    });
  });

  test.each([
    { minutes: 9, accepted: true },
    { minutes: 11, accepted: false },
    { minutes: 60 * 24 * 365, accepted: false },
  ])("after $minutes minutes by our clock: $accepted", async ({ minutes, accepted }) => {
    const verdict = verifier({ clock: inMinutes(minutes) })(await provider.accessToken());
    if (accepted) expect(await verdict).toEqual({ staffNo: "rep" });
    else await expect(verdict).rejects.toMatchObject(unauthenticated);
  });

  test("for another server is refused", async () => {
    const token = await provider.accessToken("https://other.example/");
    await expect(verify(token)).rejects.toMatchObject(unauthenticated);
  });

  test("with a character changed is refused", async () => {
    const [header, payload, signature] = (await provider.accessToken()).split(".");
    const forged = Buffer.from(
      JSON.stringify({ ...decodeJwt(`${header}.${payload}.${signature}`), sub: "mona" }),
    );
    await expect(verify(`${header}.${forged.toString("base64url")}.${signature}`)).rejects.toMatchObject(
      unauthenticated,
    );
  });
});

interface Variation {
  header?: Record<string, string | string[]>;
  claims?: Record<string, unknown>;
  key?: () => Promise<CryptoKey | Uint8Array>;
}

async function signed({
  header = {},
  claims = {},
  key = async () => privateKey,
}: Variation): Promise<string> {
  const now = Math.floor(clockFrom().now().getTime() / 1000);
  const payload: Record<string, unknown> = {
    iss: provider.issuer,
    aud: audience,
    sub: "rep",
    nbf: now,
    exp: now + 600,
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: "ES256", kid: "provider-1", typ: "at+jwt", ...header })
    .sign(await key());
}

test.each<[string, Variation]>([
  ["as the provider's", {}],
  ["of the general type", { header: { typ: "JWT" } }],
  ["for several servers, us among them", { claims: { aud: ["https://other.example/", audience] } }],
])("accepted: a token %s", async (_what, variation) => {
  expect(await verify(await signed(variation))).toEqual({ staffNo: "rep" });
});

const secondsFromNow = (seconds: number): number => Math.floor(clockFrom().now().getTime() / 1000) + seconds;

test.each<[string, Variation]>([
  ["of another issuer", { claims: { iss: "https://evil.example" } }],
  ["of the issuer with a slash more", { claims: { iss: "http://127.0.0.1/" } }],
  ["without an audience", { claims: { aud: undefined } }],
  ["that has ended", { claims: { exp: secondsFromNow(-60) } }],
  ["that never ends", { claims: { exp: undefined } }],
  ["that is not good yet", { claims: { nbf: secondsFromNow(60) } }],
  ["without a subject", { claims: { sub: undefined } }],
  ["whose subject cannot be a staff number", { claims: { sub: "rep\u0000" } }],
  ["of a logout", { header: { typ: "logout+jwt" } }],
  ["signed by a stranger", { key: async () => (await generateKeyPair("ES256")).privateKey }],
  ["of a key that the provider does not know", { header: { kid: "provider-2" } }],
  ["with a shared secret", { header: { alg: "HS256" }, key: async () => new Uint8Array(32) }],
  [
    "with an algorithm that the key is not for",
    {
      header: { alg: "ES384" },
      key: async () => (await generateKeyPair("ES384")).privateKey,
    },
  ],
])("refused: a token %s", async (_what, variation) => {
  await expect(verify(await signed(variation))).rejects.toMatchObject(unauthenticated);
});

test("refused: a token without a signature", async () => {
  const [, payload] = (await signed({})).split(".");
  const header = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString("base64url");
  await expect(verify(`${header}.${payload}.`)).rejects.toMatchObject(unauthenticated);
});

test("while the provider is away nobody is accepted, and afterwards they are again", async () => {
  const token = await provider.accessToken();
  const late = verifier();
  await provider.stop();
  await expect(late(token)).rejects.toMatchObject(overloaded);
  expect(await verify(token)).toEqual({ staffNo: "rep" });
  await provider.restart();
  expect(await late(token)).toEqual({ staffNo: "rep" });
});

test("garbage is refused without asking the provider", async () => {
  provider.requests.length = 0;
  await expect(verifier()("a.b.c")).rejects.toMatchObject(unauthenticated);
  expect(provider.requests).toHaveLength(0);
});

test("a provider that names itself otherwise is not believed", async () => {
  const token = await provider.accessToken();
  const other = verifier({ issuer: provider.issuer.replace("127.0.0.1", "localhost") });
  await expect(other(token)).rejects.toMatchObject(overloaded);
});

test.each(["", "login.example.com", "http://login.example.com", "ftp://127.0.0.1", "file:///etc/passwd"])(
  "the issuer %j is refused at the start",
  (issuer) => {
    expect(() => verifier({ issuer })).toThrow(StartError);
  },
);
