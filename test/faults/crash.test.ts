import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { withDatabase } from "../../src/database/running.js";
import { askAs, newDataFolder, startServer } from "../support/server-process.js";

const rounds = Number(process.env.CRASH_ROUNDS ?? 3);
const perRound = 40;
const writers = 8;

const create = `mutation ($code: String!) { createCustomer(input: {
  code: $code, name: "Teehaus", partyType: ORGANISATION, mobile: "+8613957110123"
  bankAccounts: [{ holderName: "Teehaus", bankName: "Bank", accountNumber: "6222020200012345678" }]
}) { customer { code } } }`;

const postmaster = async (dataDir: string) =>
  Number((await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n", 1)[0]);

const victims = ["the database", "the server", "both"] as const;

test(
  "killed in the middle of writing, database, server or both: nothing acknowledged is lost, and nothing is half there",
  async () => {
    const dataDir = await newDataFolder();
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    let server = startServer({ DATA_DIR: dataDir });
    onTestFinished(async () => {
      server.child.kill("SIGTERM");
      await server.ended;
    });
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const victim = victims[round % victims.length]!;
      const sam = await askAs(await server.ready(), dataDir, "sam");
      let killed = false;
      const kill = async () => {
        killed = true;
        const pid = await postmaster(dataDir);
        if (victim !== "the database") server.child.kill("SIGKILL");
        if (victim !== "the server") process.kill(pid, "SIGKILL");
      };
      const write = async (writer: number) => {
        for (let count = 0; !killed; count += 1) {
          const code = `R${round}-${writer}-${count}`;
          const answer = await sam(create, { code }).catch(() => undefined);
          if (answer?.data?.createCustomer) acknowledged.push(code);
          if (acknowledged.length >= (round + 1) * perRound && !killed) await kill();
        }
      };
      await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
      if (victim !== "the database") {
        await server.ended;
        server = startServer({ DATA_DIR: dataDir });
      }
      const again = await askAs(await server.ready(), dataDir, "sam");
      const codes = async () =>
        (await again("{ customers { totalCount } }")).data.customers.totalCount as number;
      await expect.poll(codes, { timeout: 20_000 }).toBeGreaterThanOrEqual(acknowledged.length);
      const stored = await withDatabase({ dataDir, databaseUrl: undefined }, (db) =>
        db.customer.findMany({
          where: { code: { startsWith: "R" } },
          select: { code: true, bankAccounts: { select: { id: true } } },
        }),
      );
      const there = new Set(stored.map(({ code }) => code));
      expect(
        acknowledged.filter((code) => !there.has(code)),
        victim,
      ).toEqual([]);
      expect(
        stored.filter(({ bankAccounts }) => bankAccounts.length !== 1),
        victim,
      ).toEqual([]);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(rounds * perRound);
  },
  60_000 + rounds * 20_000,
);
