import { afterAll, beforeAll, expect, test } from "vitest";
import type { Caller } from "../../src/access/caller.js";
import { type AccessToken, issueAccessToken } from "../../src/people/access-token.js";
import { createIdentify, type Identify, type IdentityHeaders } from "../../src/people/identify.js";
import { loadSigningKeys, type SigningKeys } from "../../src/people/signing-keys.js";
import { testDatabase } from "../support/database.js";
import { setClock } from "./clock.js";
import { keptDataFolder } from "./data-folder.js";
import { addDepartment, addDevice, addPerson } from "./organisation.js";

const { db, sql, close } = await testDatabase();
const folder = await keptDataFolder();
const clock = setClock();
let keys: SigningKeys;
let identify: (...request: Parameters<Identify>) => Promise<Caller | null>;
let sams: AccessToken;

beforeAll(async () => {
  keys = await loadSigningKeys(folder.path);
  const identity = createIdentify({ db, clock, keys });
  identify = async (headers, address) => (await identity(headers, address)).caller;
  await addDepartment(db);
  await addPerson(db, "sam");
  await addPerson(db, "lea", { status: "LEFT" });
  await addDevice(db, "D1", "sam", "credential of D1");
  sams = await issueAccessToken({ keys, clock }, { staffNo: "sam" });
});

afterAll(async () => {
  await close();
  await folder.remove();
});

const asSam = (headers: IdentityHeaders) =>
  identify({ authorization: `Bearer ${sams.token}`, ...headers }, "10.0.0.1");
const unauthenticated = { extensions: { code: "UNAUTHENTICATED", http: { status: 401 } } };

test("without an authorization header nobody is asking, whatever the other headers say", async () => {
  sql.length = 0;
  expect(
    await identify({ "device-credential": "credential of D1", "access-purpose": "REPORTING" }, null),
  ).toBeNull();
  expect(sql).toHaveLength(0);
});

test("three headers and an address become a caller, in one statement", async () => {
  sql.length = 0;
  const caller = await asSam({ "device-credential": "credential of D1", "access-purpose": "ORDER_HANDLING" });
  expect(caller).toMatchObject({
    staffNo: "sam",
    device: { deviceNo: "D1" },
    purpose: "ORDER_HANDLING",
    address: "10.0.0.1",
    now: clock.now(),
  });
  expect(sql).toHaveLength(1);
});

test.each([
  ["", "empty"],
  ["Bearer", "without a token"],
  ["Bearer ", "with an empty token"],
  ["Basic c2FtOnNhbQ==", "of another scheme"],
  ["Bearer a.b.c", "with garbage"],
  ["Bearer a b", "with two tokens"],
  ["Bearer \u0000", "with a NUL"],
  [`Bearer ${"a".repeat(8186)}`, "that is too long"],
])("%j is refused: an authorization header %s", async (authorization) => {
  sql.length = 0;
  await expect(identify({ authorization }, null)).rejects.toMatchObject(unauthenticated);
  expect(sql).toHaveLength(0);
});

test("the scheme's case does not matter", async () => {
  expect(await identify({ authorization: `bearer ${sams.token}` }, null)).toMatchObject({ staffNo: "sam" });
});

test.each(["nobody", "lea"])(
  "a good token of %s, who is not there or has left, is refused",
  async (staffNo) => {
    const { token } = await issueAccessToken({ keys, clock }, { staffNo });
    await expect(identify({ authorization: `Bearer ${token}` }, null)).rejects.toMatchObject(unauthenticated);
  },
);

test("whoever leaves is refused on the next request", async () => {
  await addPerson(db, "lou");
  const { token } = await issueAccessToken({ keys, clock }, { staffNo: "lou" });
  const headers = { authorization: `Bearer ${token}` };
  expect(await identify(headers, null)).toMatchObject({ staffNo: "lou" });
  await db.employee.update({ where: { staffNo: "lou" }, data: { status: "LEFT" } });
  await expect(identify(headers, null)).rejects.toMatchObject(unauthenticated);
});

test("a lost device is unknown on the next request", async () => {
  await addDevice(db, "D9", "sam", "credential of D9");
  expect((await asSam({ "device-credential": "credential of D9" }))?.device?.deviceNo).toBe("D9");
  await db.deviceCredential.updateMany({ where: { deviceId: "dev_D9" }, data: { revokedAt: clock.now() } });
  expect((await asSam({ "device-credential": "credential of D9" }))?.device).toBeNull();
});

test.each<[string, IdentityHeaders]>([
  ["absent", {}],
  ["empty", { "device-credential": "", "access-purpose": "" }],
  ["repeated", { "device-credential": ["credential of D1"], "access-purpose": ["REPORTING"] }],
  ["too long", { "device-credential": "x".repeat(257), "access-purpose": "P".repeat(65) }],
])("a device credential and a purpose that are %s prove and state nothing", async (_what, headers) => {
  expect(await asSam(headers)).toMatchObject({ device: null, purpose: null });
});

test("with an identity provider, only its tokens count", async () => {
  const other = createIdentify({ db, clock, keys, oidc: async () => ({ staffNo: "sam" }) });
  expect(await other({ authorization: "Bearer anything" }, null)).toMatchObject({
    caller: { staffNo: "sam" },
  });
  const refusing = createIdentify({ db, clock, keys, oidc: () => Promise.reject(new Error("refused")) });
  await expect(refusing({ authorization: `Bearer ${sams.token}` }, null)).rejects.toThrow("refused");
});
