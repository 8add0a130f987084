import { randomUUID } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RealServer, realServer } from "../attacks/real-server.js";
import type { Answer } from "../support/execute-as.js";

let server: RealServer;
beforeAll(async () => {
  server = await realServer();
});
afterAll(() => server?.close());

interface Client {
  readonly jwk: object;
  ask(body: object, token?: string, purpose?: string): Promise<Answer>;
}

/** The client that the README shows, at this server's address and time. */
async function readmeClient(): Promise<Client> {
  const readme = await readFile(join(import.meta.dirname, "../../README.md"), "utf8");
  const shown = /```js\n(import[\s\S]*?)```/.exec(readme)![1]!;
  const seconds = Math.floor(server.clock.at.getTime() / 1000);
  const source = shown
    .replace(":4000/", `:${server.port}/`)
    .replace("setIssuedAt()", `setIssuedAt(${seconds})`);
  // In the project's folder, so that its packages are found.
  const file = join(import.meta.dirname, `.readme-client-${randomUUID()}.mjs`);
  await writeFile(file, source);
  try {
    return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Client;
  } finally {
    await rm(file);
  }
}

test("the README's client enrols its device and reads customers with it, each request signed", async () => {
  const { jwk, ask } = await readmeClient();
  const { id: deviceId } = await server.database.db.device.findUniqueOrThrow({ where: { deviceNo: "D1" } });
  const opened = await server.ask(
    "tim",
    "mutation Open($deviceId: ID!) { openDeviceEnrolment(input: { deviceId: $deviceId }) { code } }",
    { deviceId },
  );
  const enrolled = await ask({
    query: "mutation Enrol($input: EnrolDeviceInput!) { enrolDevice(input: $input) { deviceNo credential } }",
    variables: { input: { deviceNo: "D1", code: opened.data.openDeviceEnrolment.code, publicKey: jwk } },
  });
  expect(enrolled.data).toEqual({ enrolDevice: { deviceNo: "D1", credential: null } });
  const begun = await ask({
    query: `mutation { signIn(input: { staffNo: "sam", password: "sam-demo" }) { accessToken } }`,
  });
  const token: string = begun.data.signIn.accessToken;
  for (let request = 0; request < 2; request += 1) {
    const { data } = await ask(
      { query: "{ customers(first: 1) { nodes { name } } }" },
      token,
      "ORDER_HANDLING",
    );
    expect(data.customers.nodes).toHaveLength(1);
  }
});
