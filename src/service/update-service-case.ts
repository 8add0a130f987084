import { recordOf } from "../access/classified.js";
import type { Decisions } from "../access/decisions.js";
import { refuse } from "../access/guard.js";
import type { ServiceCase as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { Employee } from "../people/employee.type.js";
import { readForm, refuseForm } from "../reading/form.js";
import { requireReachable, requireWritable, type WriteContext } from "../reading/writable-rows.js";
import { fieldsWritten } from "../reading/write-inputs.js";
import type { UpdateServiceCaseInput } from "./service-case.input.js";
import { ServiceCase } from "./service-case.type.js";
import { type CaseDates, type CaseForm, caseRules, checkOrder, statusAfter } from "./service-case-form.js";

const dateNames = ["receivedAt", "firstReplyAt", "resolvedAt"] as const satisfies (keyof CaseDates)[];

/**
 * Changes what the input gives of a service case, all of it or nothing. That the caller may write these fields has been
 * decided before; here, that this case is one on which they may. Throws BAD_USER_INPUT, NOT_FOUND for a case or a person
 * out of reach, WRONG_STATE where the case has changed since it was read or its customer has been destroyed.
 */
export async function updateServiceCase(
  context: WriteContext,
  input: UpdateServiceCaseInput,
): Promise<{ id: string }> {
  const { db, decisions } = context;
  const { id: writer, now } = decisions.caller;
  const { id, version, ...form } = input;
  const changes = readForm<CaseForm>(form, caseRules, now);
  const given = fieldsWritten(input);
  if (given.length === 0)
    throw refusal("BAD_USER_INPUT", { inputPath: "input", reason: "Nothing is to change." });
  const changesDates = dateNames.some((name) => changes[name] !== undefined);
  const dates = changesDates ? dateFields(decisions) : [];
  const fields = [...new Set([...given, ...dates])];
  await requireWritable(context, { type: ServiceCase, id, fields, use: "CORRECT", inputPath: "input.id" });
  if (changes.againstEmployeeId)
    await requireReachable(context, {
      type: Employee,
      id: changes.againstEmployeeId,
      inputPath: "input.againstEmployeeId",
    });
  const found = await db.serviceCase.findUnique({
    where: { id },
    include: { customer: { select: { status: true } } },
  });
  if (found?.customer.status === "DESTROYED")
    throw refusal("WRONG_STATE", {
      inputPath: "input.id",
      needs: "a case of a customer who has not been destroyed",
    });
  if (!found || found.version !== version) throw changedSince();
  if (changes.misSellingAlleged === false && found.misSellingUpheldAt)
    throw refuseForm([
      { field: "misSellingAlleged", code: "BAD_USER_INPUT", reason: "The company has found that it was." },
    ]);
  const { count } = await db.serviceCase.updateMany({
    where: { id, version },
    data: {
      ...changes,
      ...(changesDates && followingFrom(found, changes, writer)),
      version: { increment: 1 },
    },
  });
  if (count === 0) throw changedSince();
  return { id };
}

const changedSince = () =>
  refusal("WRONG_STATE", {
    inputPath: "input.version",
    reason: "The case has changed since it was read.",
    needs: "the version that it has now",
  });

/**
 * All dates of a case: one is compared with the others, so that who may not write those would learn of them by trying.
 * Throws what keeps the caller from writing one of them.
 */
const dateFields = (decisions: Decisions) =>
  dateNames.map((name) => {
    const field = recordOf(ServiceCase).fields.get(name)!;
    const { openings, closings, otherwise } = decisions.of(field, "CORRECT");
    if (openings.length === 0) throw refuse(closings[0]?.reason ?? otherwise, "input");
    return field;
  });

const written = (instant: Date | null): string | null => instant?.toISOString() ?? null;

/** What follows from the dates: where the case stands, and whose it is. Throws BAD_USER_INPUT for dates out of order. */
function followingFrom(
  before: Pick<Row, keyof CaseDates | "handlerId">,
  changes: Partial<CaseDates>,
  writer: string,
) {
  const {
    receivedAt = before.receivedAt.toISOString(),
    firstReplyAt = written(before.firstReplyAt),
    resolvedAt = written(before.resolvedAt),
  } = changes;
  checkOrder({ receivedAt, firstReplyAt, resolvedAt });
  const answered = firstReplyAt && !before.firstReplyAt ? { handlerId: writer } : {};
  return {
    status: statusAfter({ receivedAt, firstReplyAt, resolvedAt }),
    ...(firstReplyAt ? answered : { handlerId: null }),
  };
}
