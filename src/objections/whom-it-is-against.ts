import type { Decisions } from "../access/decisions.js";
import type { DepartmentCode } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { incomplete } from "../reading/form.js";
import { requireReachable } from "../reading/writable-rows.js";
import type { Work } from "../workflow/step.js";

/** A department, and who of it where somebody is meant. */
interface Against {
  readonly againstDepartment: DepartmentCode | null;
  readonly againstEmployeeId: string | null;
}

const outside: readonly string[] = ["CUSTOMER", "VISITOR"];

/**
 * The person, and the department that goes with them. Throws NOT_FOUND for a person out of reach, FORM_INCOMPLETE for one
 * who does not work for the company, or for another department beside them.
 */
export async function whomItIsAgainst(
  { tx, decisions }: Pick<Work, "tx"> & { readonly decisions: Decisions },
  { againstDepartment, againstEmployeeId }: Against,
): Promise<Against> {
  if (!againstEmployeeId) return { againstDepartment, againstEmployeeId: null };
  const inputPath = "input.againstEmployeeId";
  await requireReachable({ db: tx, decisions }, { type: Employee, id: againstEmployeeId, inputPath });
  const { kind, departmentCode } = await tx.employee.findUniqueOrThrow({
    where: { id: againstEmployeeId },
    select: { kind: true, departmentCode: true },
  });
  if (outside.includes(kind))
    throw incomplete([{ field: "againstEmployeeId", reason: "It is nobody who works for the company." }]);
  if (againstDepartment && againstDepartment !== departmentCode)
    throw incomplete([{ field: "againstDepartment", reason: "The person belongs to another department." }]);
  return { againstDepartment: departmentCode, againstEmployeeId };
}
