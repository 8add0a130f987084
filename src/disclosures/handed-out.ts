import { customerFields } from "../access/customer-fields.js";
import { refusal } from "../errors.js";
import type { Problem } from "../reading/form.js";
import { type FormRules, filled, incomplete } from "../reading/form.js";
import { anyValue, line, lineList } from "../reading/form-readers.js";
import { loadPerson } from "../workflow/load-facts.js";
import type { Work } from "../workflow/step.js";
import { named, subjectOf } from "../workflow/workflow.js";
import { requireExportable } from "./exportable.js";

// What a copy and a disclosure have in common: whose data, which fields, to whom, what for, by whom.

export interface HandedOut {
  readonly customerId: string;
  readonly fields: string[];
  readonly recipient: string;
  readonly purpose: string;
  readonly carrierId: string;
}

/** Who asks, and who carries: people of the company. */
const employed = ["FORMAL", "TEMP", "INTERN"] as const;
export const requester = subjectOf(...employed);
export const carrier = named("carrierId", "the carrier whom the form designates");

export const handedOutRules: FormRules<HandedOut> = {
  customerId: filled(anyValue),
  fields: filled(lineList(100, 100)),
  recipient: filled(line(200)),
  purpose: filled(line(64)),
  carrierId: filled(anyValue),
};

/** What contradicts itself, whoever is asked about. */
export function handedOutProblems(
  { fields, carrierId }: Partial<HandedOut>,
  requesterId: string,
): Omit<Problem, "code">[] {
  const known = customerFields();
  return [
    ...(fields?.length === 0 ? [{ field: "fields", reason: "At least one is needed." }] : []),
    ...(fields ?? []).flatMap((name, at) =>
      known.get(name)?.value.kind === "column"
        ? []
        : [{ field: `fields.${at}`, reason: "There is no such field of customer information." }],
    ),
    ...(carrierId === requesterId
      ? [{ field: "carrierId", reason: "Somebody else than who asks for it carries it." }]
      : []),
  ];
}

/**
 * What is asked for, against what there is and what its requester sees and may take out. Throws NOT_FOUND for a customer
 * or a carrier out of reach, FORM_INCOMPLETE, and the kernel's own reason for fields.
 */
export async function checkHandedOut(
  { tx, by: { caller, decisions } }: Pick<Work, "tx"> & { by: NonNullable<Work["by"]> },
  { customerId, fields, purpose, carrierId }: HandedOut,
): Promise<void> {
  const carrier = await loadPerson(tx, carrierId, decisions);
  if (!carrier) throw refusal("NOT_FOUND", { inputPath: "input.carrierId" });
  const problems: Omit<Problem, "code">[] = [];
  if ((await tx.purpose.count({ where: { code: purpose } })) === 0)
    problems.push({ field: "purpose", reason: "There is no such purpose." });
  if (carrier.status !== "ACTIVE" || !employed.some((kind) => kind === carrier.kind))
    problems.push({ field: "carrierId", reason: "Somebody who is at work in the company carries it." });
  if (problems.length > 0) throw incomplete(problems);
  await requireExportable(tx, { ...caller, purpose }, decisions.policy, { customerId, fields });
}
