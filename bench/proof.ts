import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { type Database, openDatabase } from "../src/database/client.js";
import { loadDemo } from "../src/database/demo/load.js";
import { embeddedDatabase } from "../src/database/embedded.js";
import { migrate } from "../src/database/migrate.js";
import { issueAccessToken } from "../src/people/access-token.js";
import { demoCredential, demoKey } from "../src/people/device-credential.js";
import { createIdentify, type IdentityHeaders } from "../src/people/identify.js";
import { signProof } from "../src/people/sign-proof.js";
import { loadSigningKeys } from "../src/people/signing-keys.js";

const now = new Date("2026-11-22T15:00:00+08:00");
const clock = { now: () => now };
const secret = Buffer.alloc(32, "bench");
const host = "127.0.0.1:4000";
const rounds = 40;
const requestsPerRound = 50;

/** Finding out who asks: with a secret that was sent, and with a proof that was signed; medians of paired rounds. */
export async function benchProof(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tierkeep-bench-"));
  // Where the benchmark runs as root, PostgreSQL runs as somebody else.
  await chmod(folder, 0o711);
  const server = await embeddedDatabase(join(folder, "data"), { asServer: true });
  try {
    await migrate(server.url);
    const db = openDatabase({ url: server.url, statementTimeout: 60_000 });
    await loadDemo(db, { now, secret, customers: 20 });
    for (const atOnce of [1, 10]) process.stdout.write(await measure(db, folder, atOnce));
    await db.$disconnect();
  } finally {
    await server.release();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(db: Database, folder: string, atOnce: number): Promise<string> {
  const keys = await loadSigningKeys(folder);
  const identify = createIdentify({ db, clock, keys });
  const { token } = await issueAccessToken({ keys, clock }, { staffNo: "sam" });
  const authorization = `Bearer ${token}`;
  const key = demoKey(secret, "D1");
  const sent: IdentityHeaders = { authorization, host, "device-credential": demoCredential(secret, "D1") };
  const signed = async (): Promise<IdentityHeaders> => ({
    ...{ authorization, host },
    dpop: await signProof(key, { url: `http://${host}/graphql`, token, now }),
  });
  const times: { bearer: number[]; proof: number[] } = { bearer: [], proof: [] };
  for (let round = 0; round < rounds; round += 1) {
    const proofs = await Promise.all(Array.from({ length: requestsPerRound }, signed));
    times.bearer.push(
      await timed(
        identify,
        proofs.map(() => sent),
        atOnce,
      ),
    );
    times.proof.push(await timed(identify, proofs, atOnce));
  }
  const [bearer, proof] = [median(times.bearer), median(times.proof)];
  return `${atOnce} at a time: ${bearer.toFixed(2)} ms a request by secret, ${proof.toFixed(2)} ms by proof\n`;
}

async function timed(
  identify: ReturnType<typeof createIdentify>,
  requests: readonly IdentityHeaders[],
  atOnce: number,
): Promise<number> {
  const remaining = requests.values();
  const began = performance.now();
  const ask = async () => {
    for (const headers of remaining) {
      const { caller } = await identify(headers, null);
      if (!caller?.device) throw new Error("the device was not proved");
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return (performance.now() - began) / requests.length;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
