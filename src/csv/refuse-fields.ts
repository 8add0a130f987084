import { refusal } from "../errors.js";
import type { Problem } from "../reading/form.js";

/** Why a field is not imported, and the column that it would be read from. */
export interface FieldRefusal extends Problem {
  readonly column?: string;
}

/** Refuses an import of fields that the caller may not write, naming all of them. */
export function refuseFields(problems: readonly FieldRefusal[]): void {
  const [first] = problems;
  if (!first) return;
  const reasons = [...new Set(problems.map(({ reason }) => reason))];
  const fieldsOf = (reason: string) => problems.filter((problem) => problem.reason === reason).map(nameOf);
  const reason = reasons.map((one) => `${fieldsOf(one).join(", ")}: ${one}`).join(" ");
  throw refusal(first.code, {
    reason: `You may not import these fields. ${reason}`,
    inputPath: "input.map",
    more: { problems },
  });
}

const nameOf = ({ field, column }: FieldRefusal): string =>
  column === undefined || column === field ? field : `${field} (from ${column})`;
