import type { Caller } from "../access/caller.js";
import type { Decisions } from "../access/decisions.js";
import type { Clock } from "../clock.js";
import { Customer } from "../customers/customer.type.js";
import type { Database, ServiceCaseStatus } from "../database/client.js";
import { newId } from "../database/id.js";
import { Employee } from "../people/employee.type.js";
import { clearable, type FormRules, filled, readForm, refuseForm } from "../reading/form.js";
import { anyValue, lines, pastInstant, wholeNumber } from "../reading/form-readers.js";
import { requireReachable, requireWritable } from "../reading/writable-rows.js";
import { fieldsWritten } from "../reading/write-inputs.js";
import type { LogServiceCaseInput } from "./log-service-case.input.js";

interface Components {
  readonly db: Database;
  readonly clock: Clock;
  readonly caller: Caller;
  readonly decisions: Decisions;
}

type Form = Omit<LogServiceCaseInput, "customerId">;

const rules: FormRules<Form> = {
  kind: filled(anyValue),
  channel: filled(anyValue),
  content: filled(lines(10_000)),
  receivedAt: clearable(pastInstant),
  firstReplyAt: clearable(pastInstant),
  resolvedAt: clearable(pastInstant),
  result: clearable(lines(10_000)),
  satisfaction: clearable(wholeNumber(1, 5)),
  misSellingAlleged: clearable(anyValue),
  againstEmployeeId: clearable(anyValue),
};

/**
 * Stores a service case and tells its id. That the caller may write these fields has been decided before; here, that
 * the customer is one on whom they may. Throws NOT_FOUND for a customer or a person out of reach, BAD_USER_INPUT.
 */
export async function logServiceCase(
  { db, clock, caller, decisions }: Components,
  input: LogServiceCaseInput,
): Promise<{ id: string }> {
  const now = clock.now();
  const { customerId, ...form } = input;
  const given = readForm<Form>(form, rules, now);
  const dates = {
    receivedAt: given.receivedAt ?? now.toISOString(),
    firstReplyAt: given.firstReplyAt ?? null,
    resolvedAt: given.resolvedAt ?? null,
  };
  checkOrder(dates);
  await requireWritable(
    { db, decisions },
    {
      type: Customer,
      id: customerId,
      fields: fieldsWritten(input),
      use: "CREATE",
      inputPath: "input.customerId",
    },
  );
  const { againstEmployeeId } = given;
  if (againstEmployeeId)
    await requireReachable(
      { db, decisions },
      { type: Employee, id: againstEmployeeId, inputPath: "input.againstEmployeeId" },
    );
  const id = newId("svc", now);
  await db.serviceCase.create({
    data: {
      ...given,
      ...dates,
      id,
      customerId,
      misSellingAlleged: given.misSellingAlleged ?? false,
      status: statusAfter(dates),
      handlerId: dates.firstReplyAt ? caller.id : null,
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
  const early = (field: string, other: string) => ({
    field,
    code: "BAD_USER_INPUT" as const,
    reason: `It lies before ${other}.`,
  });
  const problems = [
    ...(firstReplyAt && firstReplyAt < receivedAt ? [early("firstReplyAt", "receivedAt")] : []),
    ...(resolvedAt && resolvedAt < (firstReplyAt ?? receivedAt)
      ? [early("resolvedAt", firstReplyAt ? "firstReplyAt" : "receivedAt")]
      : []),
  ];
  if (problems.length > 0) throw refuseForm(problems);
}

const statusAfter = ({ firstReplyAt, resolvedAt }: Dates): ServiceCaseStatus =>
  resolvedAt ? "RESOLVED" : firstReplyAt ? "ANSWERED" : "OPEN";
