import type { ServiceCaseStatus } from "../database/client.js";
import { clearable, type FormRules, filled, refuseForm } from "../reading/form.js";
import { anyValue, lines, pastInstant, wholeNumber } from "../reading/form-readers.js";
import type { UpdateServiceCaseInput } from "./service-case.input.js";

/** What can be written about a service case. */
export type CaseForm = Omit<UpdateServiceCaseInput, "id" | "version">;

export const caseRules: FormRules<CaseForm> = {
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

/** As they are stored: instants of the same notation, which are in the order of their texts. */
export interface CaseDates {
  readonly receivedAt: string;
  readonly firstReplyAt: string | null;
  readonly resolvedAt: string | null;
}

/** Received, answered, resolved: in this order. */
export function checkOrder({ receivedAt, firstReplyAt, resolvedAt }: CaseDates): void {
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

export const statusAfter = ({ firstReplyAt, resolvedAt }: CaseDates): ServiceCaseStatus =>
  resolvedAt ? "RESOLVED" : firstReplyAt ? "ANSWERED" : "OPEN";
