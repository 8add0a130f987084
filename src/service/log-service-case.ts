import { Customer } from "../customers/customer.type.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import { Employee } from "../people/employee.type.js";
import { readForm } from "../reading/form.js";
import { requireReachable, requireWritable, type WriteContext } from "../reading/writable-rows.js";
import { fieldsWritten } from "../reading/write-inputs.js";
import type { LogServiceCaseInput } from "./service-case.input.js";
import { caseRules, checkOrder, statusAfter } from "./service-case-form.js";

type Form = Omit<LogServiceCaseInput, "customerId">;

/**
 * Stores a service case and tells its id. That the caller may write these fields has been decided before; here, that
 * the customer is one on whom they may. Throws NOT_FOUND for a customer or a person out of reach, CLEARANCE_REQUIRED or
 * what else is missing for a customer above the caller's clearance, BAD_USER_INPUT.
 */
export async function logServiceCase(
  context: WriteContext,
  input: LogServiceCaseInput,
): Promise<{ id: string }> {
  const { db, decisions } = context;
  const { id: writer, now } = decisions.caller;
  const { customerId, ...form } = input;
  const given = readForm<Form>(form, caseRules, now);
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
