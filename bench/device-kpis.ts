import type { Database } from "../src/database/client.js";
import { benchServer, median, now, onBenchDatabase, timed } from "./bench-server.js";

const devices = 20_000;
const rounds = 15;

/** How long the KPIs of a quarter take on 20,000 devices that have been in use, out of order, idle and in other hands. */
export const benchDeviceKpis = (): Promise<void> =>
  onBenchDatabase(async (db) => {
    await live(db);
    const server = await benchServer(db);
    for (const account of ["tim", "sue"])
      for (const by of ["DEVICE", "EMPLOYEE", "DEPARTMENT"]) {
        const query = `{ deviceKpis(period: { quarter: "2026-Q4" }, by: ${by}) {
          groupCount total { normalRunning { rate } }
          groups { label normalRunning { rate } training { share } idle { share } faults { meanHoursToConfirm } } } }`;
        const times: number[] = [];
        for (let round = 0; round < rounds; round += 1)
          times.push(await timed(server, db, account, query, {}));
        process.stdout.write(`${account}, by ${by}: ${median(times.slice(3)).toFixed(0)} ms\n`);
      }
    await server.apollo.stop();
  });

/** Each device: registered, in two hands one after another, idle between them, every second one out of order once. */
async function live(db: Database): Promise<void> {
  await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`CREATE TEMP TABLE made ON COMMIT DROP AS
        SELECT n, 'dev_k' || n AS id, p."id" AS person, p."departmentCode" AS department,
          ${now}::timestamptz - interval '200 days' + (n % 90) * interval '1 day' AS began
        FROM generate_series(1, ${devices}::int4) n
        JOIN (SELECT *, row_number() OVER (ORDER BY "id") AS no, count(*) OVER () AS of FROM "Employee") p
          ON p.no = 1 + n % p.of`;
      await tx.$executeRaw`INSERT INTO "Device" ("id", "deviceNo", "kind", "model", "state", "custodianId", "departmentCode", "software", "components")
        SELECT id, 'K' || lpad(n::text, 5, '0'), 'PC', 'M', 'IN_USE', person, department, '{}', '{}' FROM made`;
      await tx.$executeRaw`INSERT INTO "Allocation" ("id", "deviceId", "departmentCode", "userId", "need", "requestedById", "requestedAt",
          "allocatedById", "allocatedAt", "issuedById", "issuedAt", "checkedDeptById", "checkedDeptAt", "checkedItById", "checkedItAt",
          "acceptedAt", "unusedAt", "endedAt", "state")
        SELECT 'alc_k' || n || '_' || h, id, department, person, 'Work', 'r', at, 'a', at, 'i', at,
          CASE h WHEN 0 THEN 'r' END, CASE h WHEN 0 THEN at END, CASE h WHEN 0 THEN 'i' END, CASE h WHEN 0 THEN at END,
          at, at, CASE h WHEN 0 THEN at + interval '80 days' END, (CASE h WHEN 0 THEN 'RETURNED' ELSE 'ACCEPTED' END)::"AllocationState"
        FROM made, generate_series(0, 1) h, LATERAL (SELECT began + interval '2 days' + h * interval '90 days') t(at)`;
      await tx.$executeRaw`INSERT INTO "Fault" ("id", "formNo", "deviceId", "departmentCode", "custodianId", "reportedById", "discoveredAt",
          "reportedAt", "reportedLate", "symptom", "confirmBy", "repairerId", "ackAt", "confirmedAt", "verdict", "state")
        SELECT 'fau_k' || n, 'FK' || n, id, department, person, 'r', at, at, FALSE, 'Dark', at, 'tim', at, at, 'REPAIRED', 'CONFIRMED'
        FROM made, LATERAL (SELECT began + interval '100 days') t(at) WHERE n % 2 = 0`;
      await tx.$executeRaw`INSERT INTO "FormEvent" ("id", "form", "recordId", "department", "action", "from", "to", "changes", "at")
        SELECT 'evt_k' || row_number() OVER (ORDER BY at), form, record, 'TECHNOLOGY', action, "from", "to", '{}', at FROM (
          SELECT s.form, replace(s.record, '?', n::text) AS record, s.action, s."from", s."to", began + s.day * interval '1 day' AS at
          FROM made, (VALUES ('Device', 'dev_k?', 'import', NULL, 'REGISTERED', 0), ('Device', 'dev_k?', 'takeUp', 'REGISTERED', 'IN_USE', 2),
            ('Allocation', 'alc_k?_0', 'requestTransfer', 'ACCEPTED', 'TRANSFER_REQUESTED', 75), ('Device', 'dev_k?', 'fallIdle', 'IN_USE', 'IDLE', 75),
            ('Device', 'dev_k?', 'takeUp', 'IDLE', 'IN_USE', 92), ('Device', 'dev_k?', 'breakDown', 'IN_USE', 'FAULTY', 100),
            ('Device', 'dev_k?', 'goToRepair', 'FAULTY', 'IN_REPAIR', 101), ('Device', 'dev_k?', 'restore', 'IN_REPAIR', 'IN_USE', 103),
            ('Fault', 'fau_k?', 'report', NULL, 'REPORTED', 100), ('Fault', 'fau_k?', 'acknowledge', 'REPORTED', 'ACKNOWLEDGED', 101),
            ('Fault', 'fau_k?', 'confirm', 'REPAIRED', 'CONFIRMED', 103)) s(form, record, action, "from", "to", day)
          WHERE n % 2 = 0 OR s.day < 100) made_events ORDER BY at`;
    },
    { timeout: 300_000 },
  );
  await db.$executeRaw`ANALYZE`;
}
