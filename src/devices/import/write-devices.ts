import type { Prisma } from "../../database/client.js";
import { newId } from "../../database/id.js";
import { refusal } from "../../errors.js";
import { join, name, sql } from "../../reading/sql.js";
import { companyCalendar } from "../../workflow/company-calendar.js";
import { letFollow } from "../../workflow/take-step.js";
import { type SteppingContext, transact } from "../../workflow/transact.js";
import { type Correction, columnOf, corrected, fieldsOf, storedForm } from "../correction.js";
import { deviceWorkflow } from "../device.workflow.js";
import { whyNotWritten } from "../device-form.js";
import { recordCorrections, recordCreations, type Writer } from "../device-history.js";
import { endForeignProof } from "../foreign-proof.js";
import { endReview, noLongerAsReviewed } from "../secret-review/end-review.js";
import { noLongerSetUp } from "../set-up.js";
import { heedForms } from "./heed-forms.js";
import type { Found, Line } from "./line.js";

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
  { db, decisions, footprint }: SteppingContext,
  lines: readonly Line[],
): Promise<void> {
  const { now, id: by } = decisions.caller;
  const calendar = await companyCalendar(db, now);
  const work = { now, calendar, by: { caller: decisions.caller, decisions } };
  const created = lines.filter(({ outcome }) => outcome === "CREATED");
  const correcting = lines.filter(
    (line): line is Correcting => line.outcome === "CORRECTED" && !!line.device,
  );
  const corrections = correcting.map(({ device, values }): Correction => ({ id: device.id, values }));
  await transact(
    db,
    footprint,
    async (tx) => {
      await lockUnchanged(tx, correcting);
      const [held] = await heedForms(tx, correcting);
      if (held) throw changedMeanwhile([held[0]]);
      for (const slice of slices(corrections)) await recordCorrections(tx, "import", slice, { now, by });
      // Of two that change their addresses with each other, each would find the other's taken.
      await freeAddresses(tx, correcting);
      const unfit: string[] = [];
      for (const slice of slices(corrections)) {
        unfit.push(...(await noLongerSetUp(tx, slice)));
        const altered = await noLongerAsReviewed(tx, slice);
        await endForeignProof(tx, slice, now);
        await correct(tx, slice);
        for (const id of altered) await endReview({ tx, ...work }, id);
      }
      // Whoever gets it by the register alone has not signed for it.
      const inOtherHands = correcting.filter(
        ({ device, values }) => "custodian" in values && values.custodian !== device.custodianId,
      );
      for (const id of new Set([...inOtherHands.map(({ device }) => device.id), ...unfit]))
        await letFollow({ tx, ...work }, deviceWorkflow, "fallIdle", id);
      for (const slice of slices(created)) await create(tx, slice, { now, by });
    },
    { timeout: longestImport },
  ).catch(whyNotWritten);
}

async function lockUnchanged(tx: Prisma.TransactionClient, lines: readonly Correcting[]): Promise<void> {
  const rows = await tx.$queryRaw<Pick<Found, "id" | "version" | "state">[]>`
    SELECT "id", "version", "state"::text FROM "Device" WHERE "id" = ANY(${lines.map(({ device }) => device.id)}::text[])
    ORDER BY "id" FOR NO KEY UPDATE`;
  const now = new Map(rows.map((row) => [row.id, row]));
  const stale = lines.filter(({ device }) => {
    const { version, state } = now.get(device.id)!;
    return version !== device.version || state !== device.state;
  });
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

async function correct(tx: Prisma.TransactionClient, corrections: readonly Correction[]): Promise<void> {
  const set = fieldsOf(corrections).map((field) => {
    const column = name(columnOf(field));
    return sql`${column} = given.${column}`;
  });
  await tx.$executeRaw`
    UPDATE "Device" d SET ${join(set)}, "version" = d."version" + 1
    FROM ${corrected(corrections)} WHERE d."id" = was."id"`;
}

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
  await recordCreations(
    tx,
    devices.map(({ id }) => id),
    writer,
  );
}

const slices = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / sliceLength) }, (_, at) =>
    items.slice(at * sliceLength, (at + 1) * sliceLength),
  );
