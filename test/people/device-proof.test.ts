import { createHmac, generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DeviceState } from "../../src/database/client.js";
import { type AccessToken, issueAccessToken } from "../../src/people/access-token.js";
import { createIdentify, type Identify } from "../../src/people/identify.js";
import { loadSigningKeys, type SigningKeys } from "../../src/people/signing-keys.js";
import { testDatabase } from "../support/database.js";
import { writeUnhindered } from "../support/write-unhindered.js";
import { setClock } from "./clock.js";
import { keptDataFolder } from "./data-folder.js";
import {
  ed25519,
  type KeyPair,
  keptOf,
  type Proving,
  p256,
  p384,
  proof,
  type Request,
  rsa,
  signedWith,
} from "./forged-proofs.js";
import { addDepartment, addDevice, addPerson } from "./organisation.js";

const { db, sql, close } = await testDatabase({ poolSize: 20 });
const folder = await keptDataFolder();
const clock = setClock();
const publicUrl = "https://tierkeep.example.com";
const url = `${publicUrl}/graphql`;
const key = p256();
const stranger = p256();
let keys: SigningKeys;
let identify: Identify;
let sams: AccessToken;

beforeAll(async () => {
  keys = await loadSigningKeys(folder.path);
  identify = createIdentify({ db, clock, keys, publicUrl });
  await addDepartment(db);
  await addPerson(db, "sam");
  await addDevice(db, "D1", "sam", "credential of D1");
  await enrol("dev_D1", key);
  sams = await issueAccessToken({ keys, clock }, { staffNo: "sam" });
});
beforeEach(() => {
  sql.length = 0;
});

afterAll(async () => {
  await close();
  await folder.remove();
});

const enrol = (deviceId: string, enrolled: KeyPair) =>
  db.deviceCredential.create({
    data: { credentialHash: keptOf(enrolled), kind: "KEY", deviceId, issuedAt: new Date("2026-01-01") },
  });

const putInto = (id: string, state: DeviceState) =>
  writeUnhindered(db, (tx) => tx.device.update({ where: { id }, data: { state } }));

const request = (changes: Partial<Request> = {}): Request => ({
  ...{ url, now: clock.now(), token: sams.token },
  ...changes,
});

/** As sam, with a proof and with a bearer credential beside it, which must never count. */
const asSam = (dpop: string | readonly string[], headers: Parameters<Identify>[0] = {}) =>
  identify(
    {
      authorization: `Bearer ${sams.token}`,
      "device-credential": "credential of D1",
      host: "tierkeep.example.com",
      dpop,
      ...headers,
    },
    "10.0.0.1",
  );

const refused = {
  message: "The proof of the device is not good.",
  extensions: {
    code: "UNAUTHENTICATED",
    reason: "The proof of the device is not good.",
    needs: "in the header dpop, a proof that the device has just signed, for this request and no other",
    http: { status: 401 },
  },
};
const expectRefused = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => null,
    (reason: { message: string; extensions: object }) => ({
      message: reason.message,
      extensions: reason.extensions,
    }),
  );
  expect(error).toEqual(refused);
};

test.each([
  ["P-256", p256()],
  ["Ed25519", ed25519()],
])("a device proves itself by its own %s key, in one statement", async (curve, own) => {
  await addDevice(db, `D-${curve}`, "sam", `credential of ${curve}`);
  await enrol(`dev_D-${curve}`, own);
  sql.length = 0;
  const { caller } = await asSam(proof(own, request()));
  expect(caller?.device).toMatchObject({ deviceNo: `D-${curve}`, provedBy: "KEY" });
  expect(sql).toHaveLength(1);
});

test("the key of a device that is not enrolled, or whose enrolment was revoked, proves nothing", async () => {
  expect((await asSam(proof(stranger, request()))).caller).toMatchObject({ staffNo: "sam", device: null });
  const old = p256();
  await addDevice(db, "D7", "sam", "credential of D7");
  await enrol("dev_D7", old);
  expect((await asSam(proof(old, request()))).caller?.device?.deviceNo).toBe("D7");
  await db.deviceCredential.updateMany({
    where: { deviceId: "dev_D7", kind: "KEY" },
    data: { revokedAt: clock.now() },
  });
  expect((await asSam(proof(old, request()))).caller?.device).toBeNull();
});

test.each(["LOST", "SCRAPPED", "WRITTEN_OFF"] as const)(
  "a device that is %s is known as that, by whatever proved it",
  async (state) => {
    const own = ed25519();
    const id = `dev_${state}`;
    await addDevice(db, state, "sam", `credential of ${state}`);
    await enrol(id, own);
    await putInto(id, state);
    for (const revokedAt of [null, clock.now()]) {
      await db.deviceCredential.updateMany({ where: { deviceId: id }, data: { revokedAt } });
      const bySecret = await identify(
        { authorization: `Bearer ${sams.token}`, "device-credential": `credential of ${state}` },
        null,
      );
      for (const { caller } of [await asSam(proof(own, request())), bySecret])
        expect(caller?.device).toMatchObject({ deviceNo: state, state });
    }
    // Found again: what was revoked does not come back with it.
    await putInto(id, "IN_USE");
    expect((await asSam(proof(own, request()))).caller?.device).toBeNull();
  },
);

test("what is public of a key is no secret to send, and a secret no key", async () => {
  const { kty, crv, x, y } = key.jwk;
  const members = JSON.stringify({ crv, kty, x, y });
  const { caller } = await identify(
    { authorization: `Bearer ${sams.token}`, "device-credential": members },
    null,
  );
  expect(caller?.device).toBeNull();
  const own = p256();
  await addDevice(db, "D8", "sam", "credential of D8");
  await db.deviceCredential.update({
    where: {
      credentialHash: (await db.deviceCredential.findFirstOrThrow({ where: { deviceId: "dev_D8" } }))
        .credentialHash,
    },
    data: { credentialHash: keptOf(own) },
  });
  expect((await asSam(proof(own, request()))).caller?.device).toBeNull();
});

const seconds = (offset: number) => Math.floor(clock.now().getTime() / 1000) + offset;
const { d } = key.privateKey.export({ format: "jwk" });
const big = "x".repeat(2048);
const symmetric = Buffer.from("a secret that everybody knows");

/** Proofs that differ from a good one in one thing. */
const forgeries: readonly (readonly [what: string, forged: Proving])[] = [
  ["for another method", { claims: { htm: "GET" } }],
  ["for a method in small letters", { claims: { htm: "post" } }],
  ["without a method", { claims: { htm: undefined } }],
  ["for another path", { claims: { htu: `${publicUrl}/other` } }],
  ["for another host", { claims: { htu: "https://evil.example.com/graphql" } }],
  ["for another scheme", { claims: { htu: "http://tierkeep.example.com/graphql" } }],
  ["for another port", { claims: { htu: "https://tierkeep.example.com:8443/graphql" } }],
  ["for an address with a query", { claims: { htu: `${url}?a=b` } }],
  ["for an address with a fragment", { claims: { htu: `${url}#a` } }],
  ["for an address with a user", { claims: { htu: "https://sam@tierkeep.example.com/graphql" } }],
  ["for an address that is a list", { claims: { htu: [url] } }],
  ["for what is no address", { claims: { htu: "graphql" } }],
  ["without an address", { claims: { htu: undefined } }],
  ["61 seconds old", { claims: { iat: seconds(-61) } }],
  ["61 seconds ahead", { claims: { iat: seconds(61) } }],
  ["of a time that is a text", { claims: { iat: String(seconds(0)) } }],
  ["of no time", { claims: { iat: undefined } }],
  ["of a time in milliseconds", { claims: { iat: clock.now().getTime() } }],
  ["that has expired", { claims: { exp: seconds(-61) } }],
  ["that is not valid yet", { claims: { nbf: seconds(61) } }],
  ["without an id", { claims: { jti: undefined } }],
  ["with an empty id", { claims: { jti: "" } }],
  ["with an id that is a number", { claims: { jti: 1 } }],
  ["with an id that is too long", { claims: { jti: "j".repeat(129) } }],
  ["for another access token", { claims: { ath: "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo" } }],
  ["for no access token", { claims: { ath: undefined } }],
  ["signed by another key", { signature: signedWith(stranger) }],
  ["with another key than signed it", { header: { jwk: stranger.jwk } }],
  ["without a signature", { signature: () => Buffer.alloc(0) }],
  ["with a signature of zeros", { signature: () => Buffer.alloc(64) }],
  ["of no algorithm", { header: { alg: "none" }, signature: () => Buffer.alloc(0) }],
  ["of an algorithm in other letters", { header: { alg: "es256" } }],
  ["without an algorithm", { header: { alg: undefined } }],
  [
    "keyed with the public key",
    {
      header: { alg: "HS256" },
      signature: (input) => createHmac("sha256", JSON.stringify(key.jwk)).update(input).digest(),
    },
  ],
  [
    "with a shared secret for a key",
    {
      header: { alg: "HS256", jwk: { kty: "oct", k: symmetric.toString("base64url") } },
      signature: (input) => createHmac("sha256", symmetric).update(input).digest(),
    },
  ],
  ["with the private key in it", { header: { jwk: { ...key.jwk, d } } }],
  ["with the private key, emptied", { header: { jwk: { ...key.jwk, d: null } } }],
  ["without a key", { header: { jwk: undefined } }],
  ["with a key that is a text", { header: { jwk: JSON.stringify(key.jwk) } }],
  ["with a key that is null", { header: { jwk: null } }],
  ["with a key off its curve", { header: { jwk: { ...key.jwk, y: key.jwk.x } } }],
  ["with half a key", { header: { jwk: { ...key.jwk, y: undefined } } }],
  ["with a key written otherwise", { header: { jwk: { ...key.jwk, x: `${key.jwk.x}=` } } }],
  ["with a key of another curve's name", { header: { jwk: { ...key.jwk, crv: "P-384" } } }],
  ["with a key of a curve that every object has", { header: { jwk: { ...key.jwk, crv: "constructor" } } }],
  ["with a key elsewhere", { header: { jwk: undefined, jku: "https://evil.example.com/keys" } }],
  ["with an address of keys beside the key", { header: { jku: "https://evil.example.com/keys" } }],
  ["with a name of a key", { header: { kid: "1" } }],
  ["with a certificate", { header: { x5c: ["MIIB"] } }],
  ["with a critical extension", { header: { crit: ["exp"], exp: 1 } }],
  ["with an unencoded payload", { header: { crit: ["b64"], b64: false } }],
  ["of the type of an access token", { header: { typ: "at+jwt" } }],
  ["of no type", { header: { typ: undefined } }],
  ["that is too long", { claims: { more: big } }],
];

test.each(forgeries)("a proof %s is refused, and nothing is asked of the database", async (_what, forged) => {
  await expectRefused(asSam(proof(key, request(), forged)));
  expect(sql).toHaveLength(0);
});

test.each<[string, () => string | readonly string[]]>([
  ["empty", () => ""],
  ["garbage", () => "a.b.c"],
  ["one part", () => "abc"],
  ["two parts", () => proof(key, request()).split(".").slice(0, 2).join(".")],
  ["four parts", () => `${proof(key, request())}.x`],
  ["not in base64url", () => proof(key, request()).replace(".", ".!")],
  ["padded", () => `${proof(key, request())}=`],
  ["with a NUL", () => `${proof(key, request())}\u0000`],
  ["sent twice, joined", () => [proof(key, request()), proof(key, request())].join(", ")],
  ["sent twice", () => [proof(key, request()), proof(key, request())]],
  ["the access token", () => sams.token],
  ["of a payload that is a list", () => proof(key, request(), { claims: {} }).replace(/\.[^.]+\./, ".W10.")],
  ["an RSA key's", () => proof(rsa(), request())],
  ["a P-384 key's", () => proof(p384(), request())],
  [
    "an X25519 key's",
    () => {
      const jwk = generateKeyPairSync("x25519").publicKey.export({ format: "jwk" });
      return proof(ed25519(), request(), { header: { jwk } });
    },
  ],
])("a proof that is %s is refused, and nothing is asked of the database", async (_what, made) => {
  await expectRefused(asSam(made()));
  expect(sql).toHaveLength(0);
});

test.each([-60, 0, 60])("a device's clock may be %i seconds off", async (offset) => {
  const { caller } = await asSam(proof(key, request(), { claims: { iat: seconds(offset) } }));
  expect(caller?.device?.deviceNo).toBe("D1");
});

test.each([
  "HTTPS://TIERKEEP.example.com/graphql",
  "https://tierkeep.example.com:443/graphql",
  "https://tierkeep.example.com/a/../graphql",
])("the same address, written %s", async (htu) => {
  expect((await asSam(proof(key, request({ url: htu })))).caller?.device?.deviceNo).toBe("D1");
});

describe("where no public address is set", () => {
  const local = () => createIdentify({ db, clock, keys });
  const ask = (host: string | undefined, htu: string) =>
    local()(
      {
        authorization: `Bearer ${sams.token}`,
        ...(host !== undefined && { host }),
        dpop: proof(key, request({ url: htu })),
      },
      null,
    );

  test.each(["127.0.0.1:4000", "localhost:4000", "[::1]:4000"])("proofs are good for %s", async (host) => {
    expect((await ask(host, `http://${host}/graphql`)).caller?.device?.deviceNo).toBe("D1");
  });

  test.each([
    ["tierkeep.example.com", "http://tierkeep.example.com/graphql"],
    ["evil.example.com", "http://evil.example.com/graphql"],
    ["127.0.0.1:4000", "http://127.0.0.1:4001/graphql"],
    [undefined, "http://127.0.0.1:4000/graphql"],
  ])("whoever names the host %s is refused a proof for %s", async (host, htu) => {
    await expectRefused(ask(host, htu));
  });
});

test("a public address may have a path", async () => {
  const behind = createIdentify({ db, clock, keys, publicUrl: "https://example.com/tierkeep/" });
  const dpop = proof(key, request({ url: "https://example.com/tierkeep/graphql" }));
  const { caller } = await behind({ authorization: `Bearer ${sams.token}`, dpop }, null);
  expect(caller?.device?.deviceNo).toBe("D1");
});

test("a proof that is not good is told of under the name of whose token came with it, used up or malformed", async () => {
  const told: unknown[] = [];
  const identify = createIdentify({
    ...{ db, clock, keys, publicUrl },
    refused: async ({ staffNo, device, address }) => void told.push({ staffNo, device, address }),
  });
  const ask = (dpop: string, token = sams.token) =>
    identify({ authorization: `Bearer ${token}`, host: "tierkeep.example.com", dpop }, "10.0.0.1");
  const good = proof(key, request());
  await ask(good);
  expect(told).toEqual([]);
  await expectRefused(ask(good));
  await expectRefused(ask("nonsense"));
  const { token: nobodys } = await issueAccessToken({ keys, clock }, { staffNo: "nobody" });
  await expectRefused(ask("nonsense", nobodys));
  const sam = { staffNo: "sam", device: null, address: "10.0.0.1" };
  expect(told).toEqual([sam, sam]);
});

describe("a proof is good once", () => {
  test("in order", async () => {
    const dpop = proof(key, request());
    expect((await asSam(dpop)).caller?.device?.deviceNo).toBe("D1");
    await expectRefused(asSam(dpop));
    await expectRefused(asSam(dpop));
  });

  test("of fifty at once, on two servers, one is good", async () => {
    const other = createIdentify({ db, clock, keys, publicUrl });
    const headers = { authorization: `Bearer ${sams.token}`, dpop: proof(key, request()) };
    const asked = await Promise.allSettled(
      Array.from({ length: 50 }, (_, at) => (at % 2 ? identify : other)(headers, null)),
    );
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("and is another one with another id, or of another key", async () => {
    const own = ed25519();
    await addDevice(db, "D6", "sam", "credential of D6");
    await enrol("dev_D6", own);
    const claims = { jti: "the same" };
    expect((await asSam(proof(key, request(), { claims }))).caller?.device?.deviceNo).toBe("D1");
    expect((await asSam(proof(own, request(), { claims }))).caller?.device?.deviceNo).toBe("D6");
    await expectRefused(asSam(proof(key, request(), { claims })));
    const { caller } = await asSam(proof(key, request(), { claims: { jti: "another" } }));
    expect(caller?.device?.deviceNo).toBe("D1");
  });

  test("also where whoever asks has left", async () => {
    await addPerson(db, "lea", { status: "LEFT" });
    const { token } = await issueAccessToken({ keys, clock }, { staffNo: "lea" });
    const headers = { authorization: `Bearer ${token}`, dpop: proof(key, request({ token })) };
    await expect(identify(headers, null)).rejects.toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
    await expectRefused(identify(headers, null));
  });

  test("strangers' proofs leave nothing behind", async () => {
    const before = await db.spentProof.count();
    await asSam(proof(stranger, request()));
    expect(await db.spentProof.count()).toBe(before);
  });

  test("is remembered until no server's clock takes it any more", async () => {
    const jti = "remembered";
    const before = new Set((await db.spentProof.findMany()).map(({ id }) => id));
    await asSam(proof(key, request(), { claims: { jti, iat: seconds(60) } }));
    const added = (await db.spentProof.findMany()).find(({ id }) => !before.has(id));
    expect(added?.expiresAt).toEqual(new Date((seconds(60) + 120) * 1000));
    expect(added?.id).not.toContain(jti);
  });
});

describe("of whoever is not signed in", () => {
  test("a proof without an access token is read, and used up", async () => {
    const dpop = proof(key, request({ token: undefined }));
    expect(await identify({ dpop }, null)).toEqual({
      caller: null,
      proof: { keyHash: keptOf(key), id: expect.any(String), until: expect.any(Date) },
    });
    expect(sql).toHaveLength(1);
    await expectRefused(identify({ dpop }, null));
  });

  test("a proof that was made for a token, or is not good, is refused", async () => {
    await expectRefused(identify({ dpop: proof(key, request()) }, null));
    await expectRefused(identify({ dpop: "a.b.c", "device-credential": "credential of D1" }, null));
  });
});
