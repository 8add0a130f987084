import type { Prisma } from "../../database/client.js";
import { newId } from "../../database/id.js";
import { retryDeadlock } from "../../database/retry-deadlock.js";
import { refusal } from "../../errors.js";
import { join, name, sql } from "../../reading/sql.js";
import type { WriteContext } from "../../reading/writable-rows.js";
import { companyCalendar } from "../../workflow/company-calendar.js";
import { deviceWorkflow } from "../device.workflow.js";
import { whyNotWritten } from "../device-form.js";
import { endForeignProof } from "../foreign-proof.js";
import { endReview, noLongerAsReviewed } from "../secret-review/end-review.js";
import { changesToSql, columnOf, corrected, storedForm } from "./changed-by.js";
import { heedForms } from "./heed-forms.js";
import type { Line } from "./line.js";
import type { RegisterColumns } from "./register-columns.js";

/** Lines that one statement writes, so that none takes long. */
const sliceLength = 1_000;

/** Milliseconds for the longest list, on a busy machine. */
const longestImport = 10 * 60_000;

type Correcting = Line & { readonly device: NonNullable<Line["device"]> };

/**
 * Writes lines that have been checked, all of them or none: new devices REGISTERED, corrections counted as a version, each
 * with an entry in the device's history. Throws WRONG_STATE for a device that has changed since it was looked at, DUPLICATE
 * and DUPLICATE_IP for what somebody has taken in the meantime: the same list tells its line when it comes again.
 */
export async function writeDevices(
  { db, decisions }: WriteContext,
  columns: RegisterColumns,
  lines: readonly Line[],
): Promise<void> {
  const { now, id: by } = decisions.caller;
  const calendar = await companyCalendar(db, now);
  const created = lines.filter(({ outcome }) => outcome === "CREATED");
  const correcting = lines.filter(
    (line): line is Correcting => line.outcome === "CORRECTED" && !!line.device,
  );
  await retryDeadlock(() =>
    db.$transaction(
      async (tx) => {
        await lockUnchanged(tx, correcting);
        const [held] = await heedForms(tx, correcting);
        if (held) throw changedMeanwhile([held[0]]);
        for (const slice of slices(correcting)) await recordCorrections(tx, slice, columns, { now, by });
        // Of two that change their addresses with each other, each would find the other's taken.
        await freeAddresses(tx, correcting);
        for (const slice of slices(correcting)) {
          const altered = await noLongerAsReviewed(tx, correctionsOf(slice));
          await endForeignProof(tx, correctionsOf(slice), now);
          await correct(tx, slice, columns);
          for (const id of altered)
            await endReview({ tx, now, calendar, by: { caller: decisions.caller, decisions } }, id);
        }
        for (const slice of slices(created)) await create(tx, slice, { now, by });
      },
      { timeout: longestImport },
    ),
  ).catch(whyNotWritten);
}

async function lockUnchanged(tx: Prisma.TransactionClient, lines: readonly Correcting[]): Promise<void> {
  const versions = await tx.$queryRaw<{ id: string; version: number }[]>`
    SELECT "id", "version" FROM "Device" WHERE "id" = ANY(${lines.map(({ device }) => device.id)}::text[])
    ORDER BY "id" FOR NO KEY UPDATE`;
  const now = new Map(versions.map(({ id, version }) => [id, version]));
  const stale = lines.filter(({ device }) => now.get(device.id) !== device.version);
  if (stale.length > 0) throw changedMeanwhile(stale);
}

const changedMeanwhile = (lines: readonly Line[]) =>
  refusal("WRONG_STATE", {
    inputPath: "input.csv",
    reason: `A device has changed while the list was read: ${linesIn(lines)}.`,
    needs: "the same list once more",
  });

const linesIn = (lines: readonly Line[]): string =>
  `line ${lines
    .slice(0, 10)
    .map(({ line }) => line)
    .join(", ")}${lines.length > 10 ? ", …" : ""}`;

const freeAddresses = (tx: Prisma.TransactionClient, lines: readonly Correcting[]) => {
  const moving = lines.filter(({ values }) => values.ipAddress !== undefined).map(({ device }) => device.id);
  return tx.$executeRaw`UPDATE "Device" SET "ipAddress" = NULL WHERE "id" = ANY(${moving}::text[])`;
};

interface Writer {
  readonly now: Date;
  readonly by: string;
}

/** Whose entries in the history of a device are while nobody has it, and no department either. */
const { otherwise } = deviceWorkflow.unassigned!;

interface Entry {
  readonly recordId: string;
  readonly department: string;
  readonly from: string | null;
  readonly to: string;
  readonly changes: readonly string[];
}

/** What the history of each device says of the import. */
const record = (tx: Prisma.TransactionClient, entries: readonly Entry[], { now, by }: Writer) =>
  tx.$executeRaw`
    INSERT INTO "FormEvent" ("id", "form", "recordId", "department", "action", "from", "to", "byId", "changes", "at")
    SELECT "id", 'Device', "recordId", "department", 'import', "from", "to", ${by}, "changes", ${now}
    FROM jsonb_to_recordset(${JSON.stringify(entries.map((entry) => ({ ...entry, id: newId("evt", now) })))}::jsonb)
      AS entry("id" text, "recordId" text, "department" "DepartmentCode", "from" text, "to" text, "changes" text[])`;

async function recordCorrections(
  tx: Prisma.TransactionClient,
  lines: readonly Correcting[],
  columns: RegisterColumns,
  writer: Writer,
): Promise<void> {
  const entries = await tx.$queryRaw<Entry[]>`
    SELECT was."id" AS "recordId", was."state"::text AS "from", was."state"::text AS "to",
      ${changesToSql(correctedFields(columns))} AS "changes",
      coalesce(holder."departmentCode", was."departmentCode", ${otherwise}::"DepartmentCode")::text AS "department"
    FROM ${corrected(correctionsOf(lines))} LEFT JOIN "Employee" holder ON holder."id" = was."custodianId"`;
  await record(tx, entries, writer);
}

async function correct(
  tx: Prisma.TransactionClient,
  lines: readonly Correcting[],
  columns: RegisterColumns,
): Promise<void> {
  const set = correctedFields(columns).map((field) => {
    const column = name(columnOf(field));
    return sql`${column} = given.${column}`;
  });
  await tx.$executeRaw`
    UPDATE "Device" d SET ${join(set)}, "version" = d."version" + 1
    FROM ${corrected(correctionsOf(lines))} WHERE d."id" = was."id"`;
}

const correctionsOf = (lines: readonly Correcting[]) =>
  lines.map(({ device, values }) => ({ id: device.id, values }));

/** The number says which device it is, and the version which state of it: neither is corrected. */
const correctedFields = ({ sources }: RegisterColumns): string[] =>
  [...sources.keys()].filter((field) => field !== "deviceNo" && field !== "version");

async function create(tx: Prisma.TransactionClient, lines: readonly Line[], writer: Writer): Promise<void> {
  const devices = lines.map(({ deviceNo, values }) => ({
    ...storedForm(values),
    ...{ id: newId("dev", writer.now), deviceNo, state: "REGISTERED" },
  }));
  // Only what is given: any other column has its own default.
  const given = join([...new Set(devices.flatMap((device) => Object.keys(device)))].map(name));
  await tx.$executeRaw`
    INSERT INTO "Device" (${given})
    SELECT ${given} FROM jsonb_populate_recordset(NULL::"Device", ${JSON.stringify(devices)}::jsonb)`;
  const entries = devices.map(
    ({ id }): Entry => ({ recordId: id, department: otherwise, from: null, to: "REGISTERED", changes: [] }),
  );
  await record(tx, entries, writer);
}

const slices = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / sliceLength) }, (_, at) =>
    items.slice(at * sliceLength, (at + 1) * sliceLength),
  );
