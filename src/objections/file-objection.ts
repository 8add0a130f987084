import { recordOf } from "../access/classified.js";
import type { Decisions } from "../access/decisions.js";
import { Customer } from "../customers/customer.type.js";
import type { Database, DepartmentCode } from "../database/client.js";
import { refusal } from "../errors.js";
import { clearable, type FormRules, filled, readWholeForm } from "../reading/form.js";
import { anyValue, lines } from "../reading/form-readers.js";
import { idsInReach } from "../reading/writable-rows.js";
import { nextFormNumber } from "../workflow/form-number.js";
import type { Opener, Work } from "../workflow/step.js";
import type { FileObjectionInput } from "./objection.input.js";
import { whomItIsAgainst } from "./whom-it-is-against.js";

interface Written {
  readonly customerId: string;
  readonly against: string;
  readonly againstDepartment: DepartmentCode | null;
  readonly againstEmployeeId: string | null;
  readonly statementVersion: number | null;
}

interface ObjectionForm extends Written {
  /** The customer's login, if there is one. */
  readonly loginId: string | null;
}

const rules: FormRules<Written> = {
  customerId: filled(anyValue),
  against: filled(lines(2_000)),
  againstDepartment: clearable(anyValue),
  againstEmployeeId: clearable(anyValue),
  statementVersion: clearable(anyValue),
};

/** A customer objects, or customer service writes it down for one (S000-5.2a). */
export const fileObjection: Opener<FileObjectionInput, ObjectionForm> = {
  async read(input, { caller }, db) {
    const form = readWholeForm<Written>(
      { ...input, customerId: input.customerId ?? caller.customerId },
      rules,
      caller.now,
    );
    return {
      ...form,
      loginId: caller.kind === "CUSTOMER" ? caller.id : await loginOf(db, form.customerId),
    };
  },
  subject: ({ loginId }) => loginId,
  async write({ tx, now, by: { decisions }, form, entry }) {
    const { customerId, statementVersion } = form;
    await requireCustomer(tx, decisions, customerId);
    const version = { version: statementVersion ?? 0 };
    if (statementVersion !== null && (await tx.purposeStatement.count({ where: version })) === 0)
      throw refusal("NOT_FOUND", { inputPath: "input.statementVersion" });
    await tx.objection.create({
      data: {
        ...{ ...form, ...(await whomItIsAgainst({ tx, decisions }, form)) },
        ...{ id: entry.id, dueAt: entry.dueAt, state: "FILED", filedAt: now },
        formNo: await nextFormNumber(tx, "OB", now),
      },
      select: { id: true },
    });
  },
};

async function loginOf(db: Database, customerId: string): Promise<string | null> {
  const login = await db.employee.findFirst({
    where: { customerId, status: "ACTIVE" },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return login?.id ?? null;
}

/** A customer inside the caller's scope and clearance, which is a customer's own record, of whom there still is something to object to. */
async function requireCustomer(tx: Work["tx"], decisions: Decisions, id: string): Promise<void> {
  const { candidates } = decisions.reach(recordOf(Customer));
  if (!(await idsInReach(tx, Customer, [id], candidates)).has(id))
    throw refusal("NOT_FOUND", { inputPath: "input.customerId" });
  const { status } = await tx.customer.findUniqueOrThrow({ where: { id }, select: { status: true } });
  if (status === "DESTROYED")
    throw refusal("WRONG_STATE", {
      inputPath: "input.customerId",
      needs: "a customer who has not been destroyed",
    });
}
