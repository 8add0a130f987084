import { randomBytes } from "node:crypto";
import type { Prisma, ReadSample as Row } from "../database/client.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import { noteStep, type SteppingContext, transact } from "../workflow/transact.js";
import type { SampleReadsInput } from "./read-sample.input.js";

const day = 86_400_000;
const longest = 92 * day;
const most = 200;

function checkInput({ since, until, size }: SampleReadsInput, now: Date): void {
  const bad = (inputPath: string, reason: string) => refusal("BAD_USER_INPUT", { inputPath, reason });
  if (size < 1 || size > most) throw bad("input.size", `It is not from 1 to ${most}.`);
  if (new Date(until) > now) throw bad("input.until", "It is still to come.");
  const length = Date.parse(until) - Date.parse(since);
  if (length <= 0 || length > longest)
    throw bad("input.since", "It is before `until`, and not more than 92 days.");
}

/**
 * Draws looks of a department at customer data by lot, with a seed that is kept: nobody chooses which are checked. That
 * the caller may has been decided before. Throws SELF_DECISION for their own department, BAD_USER_INPUT.
 */
export async function sampleReads(
  context: SteppingContext,
  input: SampleReadsInput,
): Promise<Pick<Row, "id">> {
  const { caller } = context.decisions;
  checkInput(input, caller.now);
  if (input.department === caller.department)
    throw refusal("SELF_DECISION", {
      inputPath: "input.department",
      needs: "an auditor of another department",
    });
  const seed = randomBytes(16).toString("hex");
  return transact(context.db, context.footprint, async (tx) => {
    const { drawn, population } = await draw(tx, input, seed);
    const id = newId("smp", caller.now);
    const { department, since, until, size } = input;
    await tx.readSample.create({
      data: {
        ...{ id, departmentCode: department, since, until, size, population, seed },
        ...{ drawnById: caller.id, drawnAt: caller.now },
      },
    });
    await tx.readSampleEvent.createMany({
      data: drawn.map((eventId, index) => ({ sampleId: id, position: index + 1, eventId })),
    });
    noteStep(tx, { record: "ReadSample", id, step: "- draw DRAWN" });
    return { id };
  });
}

/** The first of the answered looks at customer data, in the order of the lot, and how many there are. */
async function draw(
  tx: Prisma.TransactionClient,
  { department, since, until, size }: SampleReadsInput,
  seed: string,
): Promise<{ drawn: readonly string[]; population: number }> {
  const rows = await tx.$queryRaw<{ id: string; population: number }[]>`
    SELECT e."id", count(*) OVER ()::int4 AS "population" FROM ledger.event e
    WHERE e."department" = ${department}::"DepartmentCode" AND e."at" >= ${since}::text::timestamptz
      AND e."at" < ${until}::text::timestamptz AND e."customers" > 0 AND e."outcome" = 'ANSWERED'
    ORDER BY sha256(convert_to(${seed} || ' ' || e."id", 'UTF8')) LIMIT ${size}`;
  return { drawn: rows.map(({ id }) => id), population: rows[0]?.population ?? 0 };
}
