import type { DeviceState, Prisma } from "../database/client.js";
import { newId } from "../database/id.js";
import { type Correction, changesToSql, corrected, fieldsOf } from "./correction.js";
import { deviceWorkflow } from "./device.workflow.js";

// What the history of a device says of what was written to the register past its steps.

/** `import`: by a list; `correct`: by hand. */
type Way = "import" | "correct";

/** Who writes, and when. */
export interface Writer {
  readonly now: Date;
  readonly by: string;
}

/** Whose entries are those of a device that nobody has, and no department either. */
const { otherwise } = deviceWorkflow.unassigned!;

interface Entry {
  readonly recordId: string;
  readonly department: string;
  readonly from: DeviceState | null;
  readonly to: DeviceState;
  /** The fields that it changed. */
  readonly changes: readonly string[];
}

const record = (tx: Prisma.TransactionClient, way: Way, entries: readonly Entry[], { now, by }: Writer) =>
  tx.$executeRaw`
    INSERT INTO "FormEvent" ("id", "form", "recordId", "department", "action", "from", "to", "byId", "changes", "at")
    SELECT "id", ${deviceWorkflow.name}, "recordId", "department", ${way}, "from", "to", ${by}, "changes", ${now}
    FROM jsonb_to_recordset(${JSON.stringify(entries.map((entry) => ({ ...entry, id: newId("evt", now) })))}::jsonb)
      AS entry("id" text, "recordId" text, "department" "DepartmentCode", "from" text, "to" text, "changes" text[])`;

/** Says which devices have been registered by a list. */
export const recordCreations = (tx: Prisma.TransactionClient, ids: readonly string[], writer: Writer) =>
  record(
    tx,
    "import",
    ids.map((id) => ({
      ...{ recordId: id, department: otherwise, from: null, to: "REGISTERED", changes: [] },
    })),
    writer,
  );

/** Says of each device what these corrections change, before they are written. */
export async function recordCorrections(
  tx: Prisma.TransactionClient,
  way: Way,
  corrections: readonly Correction[],
  writer: Writer,
): Promise<void> {
  const entries = await tx.$queryRaw<Entry[]>`
    SELECT was."id" AS "recordId", was."state"::text AS "from", was."state"::text AS "to",
      ${changesToSql(fieldsOf(corrections))} AS "changes",
      coalesce(holder."departmentCode", was."departmentCode", ${otherwise}::"DepartmentCode")::text AS "department"
    FROM ${corrected(corrections)} LEFT JOIN "Employee" holder ON holder."id" = was."custodianId"`;
  await record(tx, way, entries, writer);
}
