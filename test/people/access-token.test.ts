import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import { accessTokenVerifier, issueAccessToken } from "../../src/people/access-token.js";
import { loadSigningKeys } from "../../src/people/signing-keys.js";
import { setClock } from "./clock.js";
import { dataFolder } from "./data-folder.js";
import { type Forgery, hashedWith, signedBy, stranger, token, unsigned } from "./forged-tokens.js";

async function server() {
  const folder = await dataFolder();
  const clock = setClock();
  const keys = await loadSigningKeys(folder);
  const jwk = JSON.parse(await readFile(join(folder, "keys", "1.json"), "utf8"));
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  return { clock, keys, key, jwk, verify: accessTokenVerifier({ keys, clock }) };
}

describe("a token of this server", () => {
  test("names its bearer", async () => {
    const { clock, keys, verify } = await server();
    expect(await verify((await issueAccessToken({ keys, clock }, { staffNo: "sam" })).token)).toEqual({
      staffNo: "sam",
    });
  });

  test("made by hand in the same form is accepted, so that the forgeries below fail for their own fault", async () => {
    const { clock, key, verify } = await server();
    expect(await verify(token(key, clock.now(), {}))).toEqual({ staffNo: "sam" });
  });

  test.each([
    { after: { minutes: 14 }, accepted: true },
    { after: { minutes: 15 }, accepted: false },
    { after: { days: 400 }, accepted: false },
    { after: { minutes: -2 }, accepted: false },
  ])("is good for a quarter of an hour: $after", async ({ after, accepted }) => {
    const { clock, keys, verify } = await server();
    const { token, expiresAt } = await issueAccessToken({ keys, clock }, { staffNo: "sam" });
    expect(expiresAt).toEqual(new Date("2026-11-22T15:15:00+08:00"));
    clock.pass(after);
    expect(await verify(token).catch(() => null)).toEqual(accepted ? { staffNo: "sam" } : null);
  });

  test("has a number of its own", async () => {
    const { clock, keys } = await server();
    const [one, other] = await Promise.all([
      issueAccessToken({ keys, clock }, { staffNo: "sam" }),
      issueAccessToken({ keys, clock }, { staffNo: "sam" }),
    ]);
    expect(decodeJwt(one.token).jti).not.toBe(decodeJwt(other.token).jti);
  });
});

const aboutNow = 1_795_000_000;
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const strangersJwk = createPublicKey(stranger).export({ format: "jwk" });

const forgeries: [string, Forgery][] = [
  ["alg none, unsigned", { header: { alg: "none" }, signature: unsigned }],
  ["alg None, unsigned", { header: { alg: "None" }, signature: unsigned }],
  ["alg nOnE, unsigned", { header: { alg: "nOnE" }, signature: unsigned }],
  ["alg none, no kid", { header: { alg: "none", kid: undefined }, signature: unsigned }],
  ["alg EdDSA, unsigned", { signature: unsigned }],
  ["alg EdDSA, 64 zero bytes", { signature: () => Buffer.alloc(64) }],
  ["alg HS256 with an empty secret", { header: { alg: "HS256" }, signature: hashedWith("") }],
  [
    "alg RS256 with an RSA key",
    { header: { alg: "RS256" }, signature: (input) => sign("sha256", Buffer.from(input), rsa) },
  ],
  [
    "alg ES256 with an EC key",
    { header: { alg: "ES256" }, signature: (input) => sign("sha256", Buffer.from(input), ec) },
  ],
  ["alg Ed25519 by its other name", { header: { alg: "Ed25519" } }],
  ["alg as a list", { header: { alg: ["EdDSA"] } }],
  ["alg absent", { header: { alg: undefined } }],
  ["alg null", { header: { alg: null } }],
  ["a stranger's key", { signature: signedBy(stranger) }],
  ["a stranger's key and kid", { header: { kid: "stranger" }, signature: signedBy(stranger) }],
  ["kid absent", { header: { kid: undefined } }],
  ["kid unknown", { header: { kid: "2" } }],
  ["kid a number", { header: { kid: 1 } }],
  ["kid a list", { header: { kid: ["1"] } }],
  ["kid an object", { header: { kid: { toString: "1" } } }],
  ["kid a path", { header: { kid: "../../../../../../dev/null" }, signature: hashedWith("") }],
  ["kid the key's own path", { header: { kid: "./1" } }],
  ["kid with a NUL", { header: { kid: "1\u0000" } }],
  ["kid SQL", { header: { kid: "1' UNION SELECT 'secret" }, signature: hashedWith("secret") }],
  ["kid __proto__", { header: { kid: "__proto__" } }],
  ["kid constructor", { header: { kid: "constructor" } }],
  ["jwk: brings its own key", { header: { jwk: strangersJwk }, signature: signedBy(stranger) }],
  ["jwk beside a good signature", { header: { jwk: strangersJwk } }],
  [
    "jku: names an address of keys",
    { header: { jku: "http://127.0.0.1:9/jwks.json" }, signature: signedBy(stranger) },
  ],
  ["jku beside a good signature", { header: { jku: "http://127.0.0.1:9/jwks.json" } }],
  ["x5u beside a good signature", { header: { x5u: "http://127.0.0.1:9/cert.pem" } }],
  ["x5c beside a good signature", { header: { x5c: ["MIIB"] } }],
  ["crit names what we do not know", { header: { crit: ["exp"], exp: 1 } }],
  ["crit names b64", { header: { crit: ["b64"], b64: true } }],
  ["crit empty", { header: { crit: [] } }],
  ["zip", { header: { zip: "DEF" } }],
  ["typ JWT", { header: { typ: "JWT" } }],
  ["typ absent", { header: { typ: undefined } }],
  ["typ of another kind", { header: { typ: "logout+jwt" } }],
  ["exp dropped", { claims: { exp: undefined } }],
  ["exp null", { claims: { exp: null } }],
  ["exp a text", { claims: { exp: "9999999999" } }],
  ["exp past", { claims: { exp: aboutNow - 1e7 } }],
  ["exp negative", { claims: { exp: -1 } }],
  ["nbf dropped", { claims: { nbf: undefined } }],
  ["nbf to come", { claims: { nbf: aboutNow + 1e7 } }],
  ["nbf a text", { claims: { nbf: "0" } }],
  ["iat dropped", { claims: { iat: undefined } }],
  ["jti dropped", { claims: { jti: undefined } }],
  ["iss of another", { claims: { iss: "https://evil.example" } }],
  ["iss dropped", { claims: { iss: undefined } }],
  ["iss a list", { claims: { iss: ["tierkeep"] } }],
  ["aud of another", { claims: { aud: "other" } }],
  ["aud dropped", { claims: { aud: undefined } }],
  ["aud empty", { claims: { aud: [] } }],
  ["sub dropped", { claims: { sub: undefined } }],
  ["sub empty", { claims: { sub: "" } }],
  ["sub an object", { claims: { sub: { contains: "s" } } }],
  ["sub a number", { claims: { sub: 1 } }],
  ["sub with a NUL", { claims: { sub: "sam\u0000" } }],
  ["sub half a character", { claims: { sub: "\ud800" } }],
  ["sub endless", { claims: { sub: "s".repeat(65) } }],
];

const unauthenticated = { extensions: { code: "UNAUTHENTICATED", http: { status: 401 } } };

test.each(forgeries)("refused: %s", async (_what, forgery) => {
  const { clock, key, verify } = await server();
  await expect(verify(token(key, clock.now(), forgery))).rejects.toMatchObject(unauthenticated);
});

test("refused: HS256 with the public key as the secret, in each form it is published in", async () => {
  const { clock, key, jwk, verify } = await server();
  const publicKey = createPublicKey(key);
  const forms = [
    publicKey.export({ type: "spki", format: "pem" }),
    publicKey.export({ type: "spki", format: "der" }),
    Buffer.from(jwk.x, "base64url"),
    jwk.x,
    JSON.stringify(publicKey.export({ format: "jwk" })),
  ];
  for (const form of forms)
    await expect(
      verify(token(key, clock.now(), { header: { alg: "HS256" }, signature: hashedWith(form) })),
    ).rejects.toMatchObject(unauthenticated);
});

test.each([
  "",
  ".",
  "..",
  "...",
  "a.b.c",
  "null.null.null",
  "e30.e30.",
  "W10.W10.AAAA",
  "bnVsbA.bnVsbA.AAAA",
  "🔑.🔑.🔑",
  "%00",
  "x".repeat(100_000),
  `${"A".repeat(5_000)}.${"A".repeat(5_000)}.${"A".repeat(86)}`,
])("refused: the garbage %s", async (garbage) => {
  const { verify } = await server();
  await expect(verify(garbage)).rejects.toMatchObject(unauthenticated);
});

test("refused: another payload under a good signature, and a token of five parts", async () => {
  const { clock, keys, verify } = await server();
  const [header, , signature] = (await issueAccessToken({ keys, clock }, { staffNo: "sam" })).token.split(
    ".",
  );
  const [, payload] = (await issueAccessToken({ keys, clock }, { staffNo: "mona" })).token.split(".");
  for (const mixed of [`${header}.${payload}.${signature}`, `${header}.${payload}.${signature}.${payload}.`])
    await expect(verify(mixed)).rejects.toMatchObject(unauthenticated);
});
