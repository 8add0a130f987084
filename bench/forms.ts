import type { Database } from "../src/database/client.js";
import { benchServer, median, now, onBenchDatabase, timed } from "./bench-server.js";

/** Two fifths of them are sue's. */
const staff = 5_000;
const usualRounds = 100;
const preview =
  "query ($changes: JSONObject) { previewPolicy(changes: $changes) { gaining losing effects { inWords } } }";

/** What steps of forms, the list of what waits and the question who sees what take, in a company of 5,000. */
export const benchForms = (): Promise<void> =>
  onBenchDatabase(async (db) => {
    await hire(db);
    await measureAll(db);
  });

/** People of sales and production, each with a grant and its history, and each with an application under way. */
async function hire(db: Database): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Employee" (id, "staffNo", name, kind, "departmentCode", post, status, "joinedAt", "relativesContacts")
    SELECT 'emp_b' || n, 'B' || n, 'Colleague ' || n, 'FORMAL',
      (CASE WHEN n % 5 < 2 THEN 'SALES' ELSE 'PRODUCTION' END)::"DepartmentCode", 'Clerk', 'ACTIVE', '2020-01-01', '{}'
    FROM generate_series(1, ${staff}) n`;
  await db.$executeRaw`
    INSERT INTO "TrainingRecord" (id, "employeeId", kind, topics, "heldAt", "attendedHours", state, "evaluatedAt", "expiresAt")
    SELECT 'trn_b' || n, 'emp_b' || n, 'DEVICE', '{FUNCTIONS,QUERY_ENTRY,DATA_PROTECTION}', '2026-06-01'::timestamptz, 4, 'PASSED', '2026-06-01'::timestamptz, '2027-06-01'::timestamptz
    FROM generate_series(1, ${staff}) n`;
  await db.$executeRaw`
    INSERT INTO "ConfidentialityCommitment" (id, "employeeId", kind, "signedAt")
    SELECT 'com_b' || n, 'emp_b' || n, 'STAFF', '2020-01-01' FROM generate_series(1, ${staff}) n`;
  await db.$executeRaw`
    INSERT INTO "Device" (id, "deviceNo", kind, model, state, "custodianId", "isCustomerListDevice", "ipAddress", software, components)
    SELECT 'dev_b' || n, 'B' || n, 'LAPTOP', 'M', 'IN_USE', 'emp_b' || n, TRUE,
      '10.30.' || n / 250 || '.' || n % 250, '{}', '{}' FROM generate_series(1, ${staff}) n`;
  await db.$executeRaw`
    INSERT INTO "Grant" (id, "granteeId", kind, tier, operations, "customerScope", purposes, "validFrom", "validTo", state, "policyVersion")
    SELECT 'gra_b' || n, 'emp_b' || n, 'STANDING', 'POST', '{SEE_MASKED,SEE_CLEAR}',
      (CASE WHEN n % 3 = 0 THEN 'ALL' ELSE 'OWN' END)::"CustomerScope", '{ORDER_HANDLING,MARKETING}', '2026-01-01', '2027-12-01', 'ACTIVE', 1
    FROM generate_series(1, ${staff}) n`;
  await db.$executeRaw`
    INSERT INTO "GrantClass" (id, "grantId", "fieldClass", cap, "onlyFields")
    SELECT 'gcl_b' || n || c, 'gra_b' || n, c::"FieldClass", 'CLEAR', '{}'
    FROM generate_series(1, ${staff}) n, unnest(ARRAY['BASIC', 'ORDER']) c`;
  await db.$executeRaw`
    INSERT INTO "FormEvent" (id, form, "recordId", department, action, "to", changes, at)
    SELECT 'evt_b' || n, 'Grant', 'gra_b' || n, e."departmentCode", 'give', 'ACTIVE', '{}', '2026-01-01'
    FROM generate_series(1, ${staff}) n JOIN "Employee" e ON e.id = 'emp_b' || n`;
  await db.$executeRaw`
    INSERT INTO "GrantApplication" (id, "formNo", kind, "employeeId", tier, operations, "customerScope", purposes, "validTo",
      reason, "unitSeal", "signedById", "signedAt", "dueAt", state)
    SELECT 'app_b' || n, 'B' || n, 'STANDING', 'emp_b' || n, 'POST', '{SEE_CLEAR}', 'OWN', '{ORDER_HANDLING}', '2027-11-01',
      'Sells', n % 2 = 0, CASE WHEN n % 2 = 0 THEN h.id END, CASE WHEN n % 2 = 0 THEN ${now}::timestamptz END,
      CASE WHEN n % 2 = 0 THEN ${now}::timestamptz + n * interval '1 minute' END,
      (CASE WHEN n % 2 = 0 THEN 'SUBMITTED' ELSE 'DRAFT' END)::"ApplicationState"
    FROM generate_series(1, ${staff}) n JOIN "Employee" h ON h."staffNo" = CASE WHEN n % 5 < 2 THEN 'sue' ELSE 'pia' END`;
  await db.$executeRaw`ANALYZE`;
}

async function measureAll(db: Database): Promise<void> {
  const server = await benchServer(db);
  const { id: customerId } = await db.customer.findFirstOrThrow({ where: { code: "C1" } });
  const form = (round: number) => ({ input: { id: `app_b${2 * (round + 1)}`, note: "Measured" } });
  const cases = [
    {
      title: "a step of a form (return an application)",
      account: "adam",
      query:
        "mutation ($input: ReturnGrantApplicationInput!) { returnGrantApplication(input: $input) { grantApplication { state } } }",
      variables: form,
    },
    {
      title: "myTasks of a head of 2,000",
      account: "sue",
      query: "{ myTasks(first: 50) { form state mutations dueAt overdue } }",
      variables: () => ({}),
    },
    {
      title: "whoCanSee among 5,000",
      account: "ada",
      query: `query ($id: ID!) { whoCanSee(customerId: $id, field: "Customer.name") { clear masked } }`,
      variables: () => ({ id: customerId }),
    },
    {
      title: "previewPolicy for 5,000, a cell of the matrix",
      account: "ada",
      query: preview,
      variables: () => ({ changes: { customers: { BASIC: { SEE_MASKED: { tier: "STEWARD" } } } } }),
      rounds: 15,
    },
    {
      title: "previewPolicy for 5,000, a condition of every look",
      account: "ada",
      query: preview,
      variables: () => ({ changes: { conditions: { purpose: false } } }),
      rounds: 15,
    },
  ];
  for (const { title, account, query, variables, rounds = usualRounds } of cases) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1)
      times.push(await timed(server, db, account, query, variables(round)));
    process.stdout.write(`${title}: ${median(times.slice(10)).toFixed(1)} ms\n`);
  }
  await server.apollo.stop();
}
