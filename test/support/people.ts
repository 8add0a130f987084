import type { Prisma, Role } from "../../src/database/client.js";
import { employeeId } from "../../src/database/demo/people.js";
import type { DemoServer } from "./execute-as.js";

interface Otherwise extends Omit<Prisma.EmployeeUncheckedUpdateInput, "roles"> {
  /** Beside those that they have. */
  readonly roles?: readonly Role[];
}

/** Lets somebody of the demo organisation be otherwise than they are there, while something is done. */
export async function otherwise<Result>(
  { database: { db } }: Pick<DemoServer, "database">,
  staffNo: string,
  { roles = [], ...changes }: Otherwise,
  work: () => Promise<Result>,
): Promise<Result> {
  const id = employeeId(staffNo);
  const before = await db.employee.findUniqueOrThrow({
    where: { id },
    select: Object.fromEntries([["id", true], ...Object.keys(changes).map((name) => [name, true])]),
  });
  await db.employee.update({ where: { id }, data: changes });
  await db.employeeRole.createMany({ data: roles.map((role) => ({ employeeId: id, role })) });
  try {
    return await work();
  } finally {
    await db.employeeRole.deleteMany({ where: { employeeId: id, role: { in: [...roles] } } });
    await db.employee.update({ where: { id }, data: before as Prisma.EmployeeUncheckedUpdateInput });
  }
}
