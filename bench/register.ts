import type { Database } from "../src/database/client.js";
import type { TierkeepServer } from "../src/server.js";
import { benchServer, median, onBenchDatabase, timed } from "./bench-server.js";

const devices = 20_000;
const rounds = 60;

const number = (index: number): string => `R${String(index).padStart(5, "0")}`;

const header =
  "deviceNo,kind,model,spec,purchasedAt,ipAddress,vlan,macAddress,software,sealNo,configBaseline,firewall,stockInNo\n";

/** A list of devices, as technology brings it. */
const listOf = (model: string): string =>
  header +
  Array.from({ length: devices }, (_, index) =>
    [
      ...[
        number(index),
        ["PC", "LAPTOP", "TABLET", "PHONE"][index % 4],
        model,
        "16 GB, 512 GB",
        "2026-03-07",
      ],
      `10.${100 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`,
      1 + (index % 400),
      index.toString(16).padStart(12, "0"),
      "UOS 20; WPS Office; 360 EDR",
      ...[`SEAL-${index}`, "office-2026.1", "yes", `RK-${index}`],
    ]
      .map((cell) => (/,/.test(String(cell)) ? `"${cell}"` : cell))
      .join(","),
  ).join("\n");

/** How long it takes to bring 20,000 devices into the register and out of it, to list and to count them. */
export const benchRegister = (): Promise<void> =>
  onBenchDatabase(async (db) => {
    const server = await benchServer(db);
    const list = (title: string, model: string) =>
      once(
        server,
        db,
        title,
        "mutation ($csv: String!) { importDevices(input: { csv: $csv }) { created corrected unchanged invalid } }",
        {
          csv: listOf(model),
        },
      );
    await list("20,000 new devices", "Tiangong 14");
    await list("the same list again", "Tiangong 14");
    await list("20,000 corrections", "Tiangong 15");
    await scatter(db);
    await once(server, db, "exportDevices", "{ exportDevices { rows } }", {});
    for (const [account, title, query] of questions) {
      const times: number[] = [];
      for (let round = 0; round < rounds; round += 1) times.push(await timed(server, db, account, query, {}));
      process.stdout.write(`${account}, ${title}: ${median(times.slice(10)).toFixed(1)} ms\n`);
    }
    await server.apollo.stop();
  });

const fields = "deviceNo kind model department state custodian { name }";

const questions = [
  ["tim", "devices(first: 50)", `{ devices(first: 50) { nodes { ${fields} ipAddress } } }`],
  ["sue", "devices(first: 50) of her department", `{ devices(first: 50) { nodes { ${fields} } } }`],
  [
    "tim",
    "a filtered and sorted page with its total",
    `{ devices(first: 50, where: { state: { eq: IDLE }, kind: { in: [LAPTOP, PC] } }, orderBy: [{ field: deviceNo, direction: DESC }]) { totalCount nodes { ${fields} } } }`,
  ],
  [
    "tim",
    "one by its number",
    `{ devices(where: { deviceNo: { eq: "${number(777)}" } }) { nodes { ${fields} } } }`,
  ],
  ["clerk", "deviceCounts", "{ deviceCounts { state kind count } }"],
  ["sue", "deviceCounts of her department", "{ deviceCounts { state kind count } }"],
  [
    "clerk",
    "deviceCounts, filtered",
    "{ deviceCounts(where: { state: { in: [IDLE, FAULTY] } }) { state kind count } }",
  ],
] as const;

async function once(
  server: TierkeepServer,
  db: Database,
  title: string,
  query: string,
  variables: Record<string, unknown>,
): Promise<void> {
  const took = await timed(server, db, "tim", query, variables);
  process.stdout.write(`${title}: ${(took / 1000).toFixed(1)} s\n`);
}

/** Puts them where devices are in a company: most in use, in every department. */
async function scatter(db: Database): Promise<void> {
  await db.$executeRaw`UPDATE "Device" SET state = 'IN_USE', "departmentCode" =
    (enum_range(NULL::"DepartmentCode"))[1 + length(id) % 2 + abs(hashtext(id)) % 6] WHERE "deviceNo" LIKE 'R%' AND abs(hashtext(id)) % 10 > 0`;
  await db.$executeRaw`UPDATE "Device" SET state = 'IDLE' WHERE "deviceNo" LIKE 'R%' AND state = 'IN_USE' AND abs(hashtext(id)) % 10 = 1`;
  await db.$executeRaw`UPDATE "Device" SET state = 'FAULTY' WHERE "deviceNo" LIKE 'R%' AND state = 'IN_USE' AND abs(hashtext(id)) % 50 = 2`;
  await db.$executeRaw`ANALYZE`;
}
