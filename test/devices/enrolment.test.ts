import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeviceState } from "../../src/database/client.js";
import { endTrust } from "../../src/devices/end-trust.js";
import { type RealServer, type Reply, realServer } from "../attacks/real-server.js";
import { ed25519, type KeyPair, keptOf, p256, p384, proof } from "../people/forged-proofs.js";
import { writeUnhindered } from "../support/write-unhindered.js";

let server: RealServer;
beforeAll(async () => {
  server = await realServer();
});
afterAll(() => server?.close());

const openIt = `mutation Open($input: OpenDeviceEnrolmentInput!) {
  openDeviceEnrolment(input: $input) { code expiresAt device { deviceNo } } }`;
const enrolIt = `mutation Enrol($input: EnrolDeviceInput!) {
  enrolDevice(input: $input) { deviceNo credential thumbprint } }`;
const revokeIt = `mutation Revoke($input: RevokeDeviceCredentialInput!) {
  revokeDeviceCredential(input: $input) { device { deviceNo } } }`;
const look = "{ customers(first: 1) { nodes { name } } }";

const db = () => server.database.db;
const later = (minutes: number) => {
  server.clock.at = new Date(server.clock.at.getTime() + minutes * 60_000);
};

/** A device like sam's, in his custody. */
async function addDevice(state: DeviceState = "IN_USE"): Promise<{ id: string; deviceNo: string }> {
  const { id: custodianId } = await db().employee.findUniqueOrThrow({ where: { staffNo: "sam" } });
  const deviceNo = `N-${randomUUID().slice(0, 8)}`;
  const id = `dev_${deviceNo}`;
  await db().device.create({
    data: { id, deviceNo, kind: "LAPTOP", model: "T1", state, custodianId },
    select: { id: true },
  });
  return { id, deviceNo };
}

/** Whatever the way there. */
const putInto = (id: string, state: DeviceState) =>
  writeUnhindered(db(), (tx) => tx.device.update({ where: { id }, data: { state }, select: { id: true } }));

const open = (account: string | null, deviceId: string) =>
  server.ask(account, openIt, { input: { deviceId } });
const codeFor = async (deviceId: string): Promise<string> => {
  const { data, errors } = await open("tess", deviceId);
  expect(errors).toBeUndefined();
  return data.openDeviceEnrolment.code;
};
const enrol = (deviceNo: string, code: string, key?: KeyPair | object) =>
  server.ask(null, enrolIt, {
    input: { deviceNo, code, ...(key && { publicKey: "jwk" in key ? key.jwk : key }) },
  });
const lookBy = (headers: Record<string, string>) =>
  server.ask("sam", look, undefined, { device: null, headers });
const lookWith = (credential: string) => lookBy({ "device-credential": credential });
const signed = async (key: KeyPair) => {
  const { authorization } = await server.headersOf("sam", { device: null });
  const token = authorization!.slice("Bearer ".length);
  return proof(key, { url: `http://127.0.0.1:${server.port}/graphql`, now: server.clock.at, token });
};
const seen = ({ status, codes, data }: Reply) =>
  data?.customers?.nodes.length === 1 ? "customers" : `${status} ${codes}`;

const refusedAlike = {
  status: 401,
  data: null,
  errors: [
    {
      message: "Device and code do not belong together, or the code is not good any more.",
      locations: expect.any(Array),
      path: ["enrolDevice"],
      extensions: {
        code: "UNAUTHENTICATED",
        reason: "Device and code do not belong together, or the code is not good any more.",
        needs: "the right code, within its time; after 100 that are wrong, another one",
        request: "openDeviceEnrolment",
      },
    },
  ],
};

describe("a device that enrols itself", () => {
  test("without a key is told a secret once, and reads customers with it", async () => {
    const { id, deviceNo } = await addDevice();
    const opened = await open("tess", id);
    expect(opened.data.openDeviceEnrolment).toEqual({
      code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/),
      expiresAt: new Date(server.clock.at.getTime() + 15 * 60_000).toISOString(),
      device: { deviceNo },
    });
    const { data, status } = await enrol(deviceNo, opened.data.openDeviceEnrolment.code);
    expect({ status, ...data.enrolDevice }).toEqual({
      ...{ status: 200, deviceNo, thumbprint: null },
      credential: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(seen(await lookWith(data.enrolDevice.credential))).toBe("customers");
  });

  test.each([
    ["P-256", p256()],
    ["Ed25519", ed25519()],
  ])("with a %s key is told its thumbprint, and reads customers by signing", async (_curve, key) => {
    const { id, deviceNo } = await addDevice();
    const { data } = await enrol(deviceNo, await codeFor(id), key);
    const thumbprint = Buffer.from(keptOf(key), "hex").toString("base64url");
    expect(data.enrolDevice).toEqual({ deviceNo, credential: null, thumbprint });
    const dpop = await signed(key);
    expect(seen(await lookBy({ dpop }))).toBe("customers");
    const again = await lookBy({ dpop });
    expect(again).toMatchObject({ status: 401, codes: ["UNAUTHENTICATED"] });
    expect(again.data).toBeUndefined();
    expect(seen(await lookBy({ dpop: await signed(key) }))).toBe("customers");
  });

  test("may type the code in small letters, in other groups, and what looks alike", async () => {
    const { id, deviceNo } = await addDevice();
    const code = await codeFor(id);
    const typed = code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
    expect((await enrol(deviceNo, ` ${typed} `)).status).toBe(200);
  });

  test("by what it is told replaces what it had, whatever that was", async () => {
    const { id, deviceNo } = await addDevice();
    const first = (await enrol(deviceNo, await codeFor(id))).data.enrolDevice.credential;
    const pending = await codeFor(id);
    expect(seen(await lookWith(first))).toBe("customers");
    const key = p256();
    await enrol(deviceNo, pending, key);
    expect(seen(await lookWith(first))).toBe("200 DEVICE_UNREGISTERED");
    const third = (await enrol(deviceNo, await codeFor(id))).data.enrolDevice.credential;
    expect(seen(await lookBy({ dpop: await signed(key) }))).toBe("200 DEVICE_UNREGISTERED");
    expect(seen(await lookWith(third))).toBe("customers");
  });

  test("reads nothing of customers, staff or grants", async () => {
    const { id, deviceNo } = await addDevice();
    const code = await codeFor(id);
    server.database.sql.length = 0;
    await enrol(deviceNo, code, p256());
    const named = new Set(server.database.sql.flatMap((sql) => sql.match(/"[A-Z]\w+"/g) ?? []));
    expect([...named].sort()).toEqual([
      ...['"CredentialKind"', '"Device"', '"DeviceCredential"', '"DeviceEnrolment"'],
    ]);
  });
});

describe("an enrolment is opened", () => {
  test.each(["tess", "tim"])("by %s of technology", async (account) => {
    expect((await open(account, (await addDevice()).id)).status).toBe(200);
  });

  test.each(["sam", "mona", "adam", "ada", "clerk", "fin", "gina", "cu1", "sue"])(
    "not by %s",
    async (account) => {
      const { id } = await addDevice();
      expect((await open(account, id)).codes).toEqual(["NOT_YOUR_ROLE"]);
      expect((await server.ask(account, revokeIt, { input: { deviceId: id } })).codes).toEqual([
        "NOT_YOUR_ROLE",
      ]);
      expect(await db().deviceEnrolment.count({ where: { deviceId: id } })).toBe(0);
    },
  );

  test("not by anybody who has not signed in", async () => {
    expect(await open(null, (await addDevice()).id)).toMatchObject({
      status: 401,
      codes: ["UNAUTHENTICATED"],
    });
  });

  test("not by an engineer who is about to leave", async () => {
    await db().employee.update({ where: { staffNo: "tess" }, data: { status: "LEAVING" } });
    const { codes } = await open("tess", (await addDevice()).id);
    await db().employee.update({ where: { staffNo: "tess" }, data: { status: "ACTIVE" } });
    expect(codes).toEqual(["WRONG_STATE"]);
  });

  test("by nobody for their own device", async () => {
    const { id: custodianId } = await db().employee.findUniqueOrThrow({ where: { staffNo: "tess" } });
    const { id } = await db().device.findFirstOrThrow({ where: { custodianId } });
    expect((await open("tess", id)).codes).toEqual(["SELF_DECISION"]);
    expect((await open("tim", id)).status).toBe(200);
  });

  test("for a device that there is", async () => {
    expect((await open("tess", "dev_nobody_knows")).codes).toEqual(["NOT_FOUND"]);
    expect((await server.ask("tess", revokeIt, { input: { deviceId: "dev_nobody_knows" } })).codes).toEqual([
      "NOT_FOUND",
    ]);
  });

  test.each<[DeviceState, string | undefined]>([
    ["ACCEPTED", "WRONG_STATE"],
    ["STOCKED", "WRONG_STATE"],
    ["CONFIGURED", "WRONG_STATE"],
    ["REGISTERED", undefined],
    ["IN_USE", undefined],
    ["IDLE", undefined],
    ["FAULTY", undefined],
    ["IN_REPAIR", undefined],
    ["UNREPAIRABLE", "WRONG_STATE"],
    ["SCRAP_REQUESTED", "WRONG_STATE"],
    ["SCRAP_APPROVED", "WRONG_STATE"],
    ["SCRAPPED", "WRONG_STATE"],
    ["LOST", "WRONG_STATE"],
    ["RECOVERED", undefined],
    ["WRITTEN_OFF", "WRONG_STATE"],
    ["RENEWAL_PLANNED", undefined],
  ])("for one that is %s: %s; and it is enrolled in the same states", async (state, code) => {
    const refused = await addDevice(state);
    expect((await open("tess", refused.id)).codes[0]).toBe(code);
    expect(await db().deviceEnrolment.count({ where: { deviceId: refused.id } })).toBe(code ? 0 : 1);
    const { id, deviceNo } = await addDevice();
    const pending = await codeFor(id);
    await putInto(id, state);
    expect((await enrol(deviceNo, pending)).status).toBe(code ? 401 : 200);
  });
});

describe("a code is good for nothing, and that in the same words,", () => {
  test.each<[string, () => Promise<readonly [deviceNo: string, code: string]>]>([
    ["for a device that there is not", async () => ["nobody-knows", await codeFor((await addDevice()).id)]],
    ["for a device with no enrolment open", async () => [(await addDevice()).deviceNo, "7K2M-Q9XT-D4HB"]],
    [
      "for another device",
      async () => {
        const [one, other] = [await addDevice(), await addDevice()];
        await codeFor(other.id);
        return [other.deviceNo, await codeFor(one.id)];
      },
    ],
    [
      "when it is wrong",
      async () => {
        const { id, deviceNo } = await addDevice();
        await codeFor(id);
        return [deviceNo, "0000-0000-0000"];
      },
    ],
    [
      "when it is empty",
      async () => {
        const { id, deviceNo } = await addDevice();
        await codeFor(id);
        return [deviceNo, ""];
      },
    ],
    [
      "when it was used",
      async () => {
        const { id, deviceNo } = await addDevice();
        const code = await codeFor(id);
        await enrol(deviceNo, code);
        return [deviceNo, code];
      },
    ],
    [
      "after 15 minutes",
      async () => {
        const { id, deviceNo } = await addDevice();
        const code = await codeFor(id);
        later(15);
        return [deviceNo, code];
      },
    ],
    [
      "when another one was opened",
      async () => {
        const { id, deviceNo } = await addDevice();
        const code = await codeFor(id);
        await codeFor(id);
        return [deviceNo, code];
      },
    ],
    [
      "when it was revoked",
      async () => {
        const { id, deviceNo } = await addDevice();
        const code = await codeFor(id);
        expect((await server.ask("tim", revokeIt, { input: { deviceId: id } })).status).toBe(200);
        return [deviceNo, code];
      },
    ],
    [
      "when the device is lost meanwhile",
      async () => {
        const { id, deviceNo } = await addDevice();
        const code = await codeFor(id);
        await putInto(id, "LOST");
        return [deviceNo, code];
      },
    ],
    [
      "with a number that cannot be one",
      async () => {
        return ["N\u0001", await codeFor((await addDevice()).id)];
      },
    ],
  ])("%s", async (_when, attempt) => {
    const [deviceNo, code] = await attempt();
    const before = await db().deviceCredential.findMany({ orderBy: { credentialHash: "asc" } });
    const { status, data, errors } = await enrol(deviceNo, code, p256());
    expect({ status, data, errors }).toEqual(refusedAlike);
    expect(await db().deviceCredential.findMany({ orderBy: { credentialHash: "asc" } })).toEqual(before);
  });

  test("a minute before its end it is good", async () => {
    const { id, deviceNo } = await addDevice();
    const code = await codeFor(id);
    later(14);
    expect((await enrol(deviceNo, code)).status).toBe(200);
  });
});

describe("of a code", () => {
  test("a hundred are tried at most, however many come at once; then the right one is good for nothing", async () => {
    const { id, deviceNo } = await addDevice();
    const code = await codeFor(id);
    const guesses = Array.from(
      { length: 10 },
      (_, at) => `g${at}: enrolDevice(input: { deviceNo: "${deviceNo}", code: "${at}" }) { deviceNo }`,
    );
    const inOne = await server.ask(null, `mutation { ${guesses.join("\n")} }`);
    expect(inOne).toMatchObject({ status: 401, data: null });
    const replies = await Promise.all(Array.from({ length: 30 }, (_, at) => enrol(deviceNo, `guess ${at}`)));
    for (const { codes } of replies) expect(["UNAUTHENTICATED", "OVERLOADED"]).toContain(codes[0]);
    // Those that a busy server turned away have tried nothing.
    for (let more = 0; more < 100; more += 1) await enrol(deviceNo, `guess ${more}`);
    expect(await db().deviceEnrolment.findFirst({ where: { deviceId: id } })).toMatchObject({
      attempts: 100,
    });
    expect((await enrol(deviceNo, code)).codes).toEqual(["UNAUTHENTICATED"]);
    expect((await enrol(deviceNo, await codeFor(id))).status).toBe(200);
  });

  test("is good on a server whose clock is behind, and with the number as it may be typed", async () => {
    const { id } = await addDevice();
    await db().device.update({ where: { id }, data: { deviceNo: "B\u00fcro 1" }, select: { id: true } });
    const code = await codeFor(id);
    later(-1);
    const { status } = await enrol(" Bu\u0308ro  1 ", code);
    later(1);
    expect(status).toBe(200);
  });

  test("of four uses at once one wins", async () => {
    const { id, deviceNo } = await addDevice();
    const code = await codeFor(id);
    const replies = await Promise.all(Array.from({ length: 4 }, () => enrol(deviceNo, code)));
    const won = replies.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(await db().deviceCredential.count({ where: { deviceId: id, revokedAt: null } })).toBe(1);
    expect(seen(await lookWith(won[0]!.data.enrolDevice.credential))).toBe("customers");
  });

  test("of two that are opened at once one is good", async () => {
    const { id, deviceNo } = await addDevice();
    const codes = (await Promise.all([codeFor(id), codeFor(id)])) as string[];
    const statuses = [];
    for (const code of codes) statuses.push((await enrol(deviceNo, code)).status);
    expect(statuses.sort()).toEqual([200, 401]);
  });

  test("while enrolments and revocations cross, a device has one proof at most", async () => {
    const { id, deviceNo } = await addDevice();
    for (let round = 0; round < 10; round += 1) {
      const code = await codeFor(id);
      await Promise.all([
        enrol(deviceNo, code),
        server.ask("tim", revokeIt, { input: { deviceId: id } }),
        open("tess", id),
      ]);
      expect(await db().deviceCredential.count({ where: { deviceId: id, revokedAt: null } })).toBeLessThan(2);
    }
  });
});

describe("a key", () => {
  const { d: _private, ...ed } = ed25519().privateKey.export({ format: "jwk" });
  test.each<[string, object]>([
    ["of another curve", p384().jwk],
    ["of another type", { ...p256().jwk, kty: "RSA" }],
    ["off its curve", { ...p256().jwk, y: p256().jwk.y }],
    ["that is half", { ...p256().jwk, y: undefined }],
    ["that is short", { ...ed, x: "AAAA" }],
    ["padded", { ...ed, x: `${ed.x}=` }],
    ["of no curve", { ...ed, crv: "constructor" }],
    ["written otherwise", { ...ed, x: `${ed.x!.slice(0, -1)}${ed.x!.endsWith("B") ? "C" : "B"}` }],
  ])("%s is refused before the code is tried", async (_what, jwk) => {
    const { id, deviceNo } = await addDevice();
    const code = await codeFor(id);
    const { errors, text } = await enrol(deviceNo, code, jwk);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", inputPath: "input.publicKey" } }]);
    expect(text).not.toContain(code);
    expect(await db().deviceEnrolment.findFirst({ where: { deviceId: id } })).toMatchObject({
      ...{ attempts: 0, usedAt: null },
    });
    expect((await enrol(deviceNo, code)).status).toBe(200);
  });

  test("is never taken with its private half", async () => {
    const { id, deviceNo } = await addDevice();
    const { codes } = await enrol(deviceNo, await codeFor(id), p256().privateKey.export({ format: "jwk" }));
    expect(codes).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  });

  test("that was enrolled before is refused, for this device and others, and the code stays good", async () => {
    const key = p256();
    const [one, other] = [await addDevice(), await addDevice()];
    expect((await enrol(one.deviceNo, await codeFor(one.id), key)).status).toBe(200);
    for (const { id, deviceNo } of [one, other]) {
      const code = await codeFor(id);
      expect((await enrol(deviceNo, code, key)).codes).toEqual(["DUPLICATE"]);
      if (id === one.id) expect(seen(await lookBy({ dpop: await signed(key) }))).toBe("customers");
      expect((await enrol(deviceNo, code, p256())).status).toBe(200);
    }
  });
});

describe("revoking", () => {
  test("takes from the device what proves it, from the next request on", async () => {
    const { id, deviceNo } = await addDevice();
    const { credential } = (await enrol(deviceNo, await codeFor(id))).data.enrolDevice;
    const { data } = await server.ask("tim", revokeIt, { input: { deviceId: id } });
    expect(data.revokeDeviceCredential).toEqual({ device: { deviceNo } });
    expect(seen(await lookWith(credential))).toBe("200 DEVICE_UNREGISTERED");
    expect((await server.ask("tim", revokeIt, { input: { deviceId: id } })).codes).toEqual(["WRONG_STATE"]);
  });

  test("of a device that nothing proves says so", async () => {
    const { id } = await addDevice();
    await codeFor(id);
    later(16);
    expect((await server.ask("tim", revokeIt, { input: { deviceId: id } })).codes).toEqual(["WRONG_STATE"]);
  });
});

test("what a device is told is in no table and no line of the log afterwards", async () => {
  const { id, deviceNo } = await addDevice();
  const code = await codeFor(id);
  const { credential } = (await enrol(deviceNo, code)).data.enrolDevice;
  expect(seen(await lookWith(credential))).toBe("customers");
  const key = p256();
  const second = await codeFor(id);
  await enrol(deviceNo, second, key);
  const dpop = await signed(key);
  await lookBy({ dpop });
  await lookBy({ dpop });
  const tables = await db().$queryRaw<{ name: string; rows: string }[]>`
    SELECT c.relname AS name, query_to_xml('SELECT * FROM ' || quote_ident(c.relname), true, false, '')::text AS rows
    FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`;
  const written = [...tables.map(({ rows }) => rows), ...server.log].join("\n");
  expect(tables.find(({ name }) => name === "DeviceCredential")?.rows).toContain(keptOf(key));
  for (const secret of [code, second, code.replaceAll("-", ""), credential, dpop, dpop.split(".")[2]])
    expect(written).not.toContain(secret);
});

test("a session that was begun from a device is bound to it, by secret or by key", async () => {
  const signIn = "mutation SignIn($input: SignInInput!) { signIn(input: $input) { refreshToken } }";
  const key = ed25519();
  const byKey = await addDevice();
  await enrol(byKey.deviceNo, await codeFor(byKey.id), key);
  const bySecret = await addDevice();
  const { credential } = (await enrol(bySecret.deviceNo, await codeFor(bySecret.id))).data.enrolDevice;
  const dpop = proof(key, { url: `http://127.0.0.1:${server.port}/graphql`, now: server.clock.at });
  const password = { input: { staffNo: "sam", password: "sam-demo" } };
  await server.ask(null, signIn, password, { headers: { dpop } });
  await server.ask(null, signIn, password, { headers: { "device-credential": credential } });
  for (const { id: deviceId } of [byKey, bySecret])
    expect(await db().refreshToken.count({ where: { deviceId } })).toBe(1);
});

test("a device that leaves the company's hands proves nothing when it comes back, and its sessions are over", async () => {
  const { id, deviceNo } = await addDevice();
  const { credential } = (await enrol(deviceNo, await codeFor(id))).data.enrolDevice;
  const pending = await codeFor(id);
  const { data } = await server.ask(
    null,
    `mutation { signIn(input: { staffNo: "sam", password: "sam-demo" }) { accessToken refreshToken } }`,
    undefined,
    { headers: { "device-credential": credential } },
  );
  const { accessToken, refreshToken } = data.signIn;
  const me = async () => {
    const headers = { authorization: `Bearer ${accessToken}` };
    const { status, data: own } = await server.ask(null, "{ me { staffNo } }", undefined, { headers });
    return `${status} ${own?.me?.staffNo ?? ""}`;
  };
  expect(await me()).toBe("200 sam");
  await putInto(id, "LOST");
  await db().$transaction((tx) => endTrust(tx, id, server.clock.at));
  // Not with the next refresh: with the next request.
  expect(await me()).toBe("401 ");
  expect(seen(await lookWith(credential))).toBe("200 DEVICE_NOT_IN_USE");
  expect((await enrol(deviceNo, pending)).codes).toEqual(["UNAUTHENTICATED"]);
  const refresh =
    "mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { refreshToken } }";
  expect((await server.ask(null, refresh, { input: { refreshToken } })).codes).toEqual(["UNAUTHENTICATED"]);
  await putInto(id, "IN_USE");
  expect(seen(await lookWith(credential))).toBe("200 DEVICE_UNREGISTERED");
});
