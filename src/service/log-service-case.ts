import { Customer } from "../customers/customer.type.js";
import type { ServiceCaseStatus } from "../database/client.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import { Employee } from "../people/employee.type.js";
import { clearable, type FormRules, filled, readForm, refuseForm } from "../reading/form.js";
import { anyValue, lines, pastInstant, wholeNumber } from "../reading/form-readers.js";
import { requireReachable, requireWritable, type WriteContext } from "../reading/writable-rows.js";
import { fieldsWritten } from "../reading/write-inputs.js";
import type { LogServiceCaseInput } from "./log-service-case.input.js";

type Form = Omit<LogServiceCaseInput, "customerId">;

const rules: FormRules<Form> = {
  kind: filled(anyValue),
  channel: filled(anyValue),
  content: filled(lines(10_000)),
  receivedAt: filled(pastInstant),
  firstReplyAt: clearable(pastInstant),
  resolvedAt: clearable(pastInstant),
  result: clearable(lines(10_000)),
  satisfaction: clearable(wholeNumber(1, 5)),
  misSellingAlleged: filled(anyValue),
  againstEmployeeId: clearable(anyValue),
};

/**
 * Stores a service case and tells its id. That the caller may write these fields has been decided before; here, that
 * the customer is one on whom they may. Throws NOT_FOUND for a customer or a person out of reach, BAD_USER_INPUT.
 */
export async function logServiceCase(
  context: WriteContext,
  input: LogServiceCaseInput,
): Promise<{ id: string }> {
  const { db, decisions } = context;
  const { id: writer, now } = decisions.caller;
  const { customerId, ...form } = input;
  const given = readForm<Form>(form, rules, now);
  const { receivedAt = now.toISOString(), firstReplyAt = null, resolvedAt = null, againstEmployeeId } = given;
  const dates = { receivedAt, firstReplyAt, resolvedAt };
  checkOrder(dates);
  await requireWritable(context, {
    type: Customer,
    id: customerId,
    fields: fieldsWritten(input),
    use: "CREATE",
    inputPath: "input.customerId",
  });
  const { status } = await db.customer.findUniqueOrThrow({
    where: { id: customerId },
    select: { status: true },
  });
  if (status === "DESTROYED")
    throw refusal("WRONG_STATE", {
      inputPath: "input.customerId",
      needs: "a customer who has not been destroyed",
    });
  if (againstEmployeeId)
    await requireReachable(context, {
      type: Employee,
      id: againstEmployeeId,
      inputPath: "input.againstEmployeeId",
    });
  const id = newId("svc", now);
  await db.serviceCase.create({
    data: {
      ...given,
      ...dates,
      id,
      customerId,
      status: statusAfter(dates),
      handlerId: firstReplyAt && writer,
    },
    select: { id: true },
  });
  return { id };
}

interface Dates {
  readonly receivedAt: string;
  readonly firstReplyAt: string | null;
  readonly resolvedAt: string | null;
}

/** Received, answered, resolved: in this order. */
function checkOrder({ receivedAt, firstReplyAt, resolvedAt }: Dates): void {
  const order = [
    ["firstReplyAt", firstReplyAt, "receivedAt", receivedAt],
    ["resolvedAt", resolvedAt, "receivedAt", receivedAt],
    ["resolvedAt", resolvedAt, "firstReplyAt", firstReplyAt],
  ] as const;
  const problems = order
    .filter(([, later, , earlier]) => later && earlier && later < earlier)
    .map(([field, , other]) => ({
      field,
      code: "BAD_USER_INPUT" as const,
      reason: `It lies before ${other}.`,
    }));
  if (problems.length > 0) throw refuseForm(problems);
}

const statusAfter = ({ firstReplyAt, resolvedAt }: Dates): ServiceCaseStatus =>
  resolvedAt ? "RESOLVED" : firstReplyAt ? "ANSWERED" : "OPEN";
