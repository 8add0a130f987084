import type { Reason } from "../access/reasons.js";
import type { DepartmentCode, Prisma, Offboarding as Row } from "../database/client.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import {
  clearable,
  type FormRules,
  filled,
  incomplete,
  type Problem,
  readWholeForm,
} from "../reading/form.js";
import { anyValue, instant, line, lineList, lines } from "../reading/form-readers.js";
import { dayOf } from "../workflow/calendar.js";
import { endWithPost } from "../workflow/end-with-post.js";
import type { Facts } from "../workflow/facts.js";
import { nextFormNumber } from "../workflow/form-number.js";
import type { Opener, Step, Work } from "../workflow/step.js";
import type {
  ConfirmOffboardingInput,
  HandOverOffboardingInput,
  PromiseSecrecyInput,
} from "./offboarding.input.js";
import { itemsInWords, openItems, type Settler } from "./open-items.js";

interface OffboardingForm {
  readonly employeeId: string;
  readonly kind: "LEAVE" | "TRANSFER";
  readonly reason: string;
  readonly effectiveAt: string;
  readonly toDepartment: DepartmentCode | null;
  readonly toPost: string | null;
  readonly handover: string[];
}

const rules: FormRules<OffboardingForm> = {
  employeeId: filled(anyValue),
  kind: filled(anyValue),
  reason: filled(lines(2_000)),
  effectiveAt: filled((written, now) =>
    new Date(written) >= now ? instant(written, now) : { reason: "The instant has passed." },
  ),
  toDepartment: clearable(anyValue),
  toPost: clearable(line(100)),
  handover: filled(lineList(500, 100)),
};

const hour = 3_600_000;
/** The system-permission approval form, after it has taken effect (S001-P1-3.3-O4, rulebook 6-20). */
const permissionFormHours = 72;
/** How long secrecy lasts after leaving (S002-4.2a, rulebook 0.3). */
const commitmentMonths = 24;

/** Confirms that somebody goes. From the instant that it takes effect no grant of theirs opens anything, by that date. */
export const confirmOffboarding: Opener<ConfirmOffboardingInput, OffboardingForm> = {
  read(input, { caller: { now } }) {
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
    return readWholeForm<OffboardingForm>(
      { effectiveAt: now.toISOString(), handover: [], ...given },
      rules,
      now,
      transferProblems,
    );
  },
  subject: ({ employeeId }) => employeeId,
  async write({ tx, now, by, form, subject, entry }) {
    const { kind, reason, toDepartment, toPost, handover } = form;
    const effectiveAt = new Date(form.effectiveAt);
    // Whoever comes at the same time waits for the number.
    const formNo = await nextFormNumber(tx, "O", now);
    const open = await tx.offboarding.count({
      where: { employeeId: subject.id, state: { notIn: ["CLOSED", "CANCELLED"] } },
    });
    if (open > 0) throw refusal("DUPLICATE", { inputPath: "input.employeeId" });
    await tx.offboarding.create({
      data: {
        ...{ id: entry.id, state: "CONFIRMED", dueAt: entry.dueAt },
        ...{ kind, reason, toDepartment, toPost, effectiveAt, employeeId: subject.id },
        formNo,
        permissionFormDueAt: new Date(effectiveAt.getTime() + permissionFormHours * hour),
        confirmedById: by.caller.id,
        confirmedAt: now,
        lines: { create: handover.map((item) => ({ id: newId("hol", now), item })) },
      },
      select: { id: true },
    });
  },
};

function transferProblems({ kind, toDepartment, toPost }: Partial<OffboardingForm>): Omit<Problem, "code">[] {
  const given = { toDepartment, toPost };
  return Object.entries(given).flatMap(([field, value]) => {
    if (kind === "TRANSFER" && !value) return [{ field, reason: "It is missing." }];
    return kind === "LEAVE" && value ? [{ field, reason: "Who leaves has no new one." }] : [];
  });
}

/** It takes effect: grants are taken back, forms on their way are dropped, and the person does nothing but settle. */
export async function takeEffect(step: Step<Row, unknown>): Promise<undefined> {
  const { tx, facts } = step;
  const { id } = facts.subject;
  await endWithPost(step, id);
  await tx.employee.update({
    where: { id },
    data: { status: facts.row.kind === "LEAVE" ? "LEAVING" : "TRANSFERRING" },
    select: { id: true },
  });
  // What was opened while this waited for the person: from here on nobody opens anything for them.
  await endWithPost(step, id);
  return undefined;
}

/** Hands over the list, and the customers and dossiers that the person owns or keeps. */
export async function handOver({ tx, now, facts, input }: Step<Row, HandOverOffboardingInput>) {
  const { subject } = facts;
  if (!input.successorId) throw incomplete([{ field: "successorId", reason: "It is missing." }]);
  const atWork: Prisma.EmployeeWhereInput = { id: { not: subject.id }, status: "ACTIVE", kind: "FORMAL" };
  const inDepartment = { ...atWork, departmentCode: subject.department as DepartmentCode };
  const alone = (await tx.employee.count({ where: inDepartment })) === 0;
  const successor = await tx.employee.findFirst({
    where: { AND: [{ id: input.successorId }, alone ? atWork : inDepartment] },
    select: { id: true },
  });
  if (!successor)
    throw refusal("NOT_FOUND", {
      inputPath: "input.successorId",
      needs: alone ? "somebody at work in the company" : "somebody at work in the same department",
    });
  await passOn(tx, subject.id, successor.id);
  await tx.handoverLine.updateMany({
    where: { offboardingId: facts.id, settledAt: null },
    data: { settledAt: now },
  });
  return { set: { successorId: successor.id } };
}

/** Customers and dossiers that somebody owns or keeps become somebody else's. */
async function passOn(tx: Work["tx"], from: string, to: string): Promise<void> {
  await tx.customer.updateMany({ where: { ownerId: from }, data: { ownerId: to } });
  await tx.customer.updateMany({ where: { keeperId: from }, data: { keeperId: to } });
  await tx.dossier.updateMany({ where: { keeperId: from }, data: { keeperId: to } });
}

/** Promises secrecy for the time after leaving. */
export async function promiseSecrecy({ facts, input }: Step<Row, PromiseSecrecyInput>) {
  if (input.promised !== true)
    throw incomplete([{ field: "promised", reason: "Nobody leaves without the promise of secrecy." }]);
  return { set: { commitmentUntil: monthsAfter(new Date(facts.row.effectiveAt), commitmentMonths) } };
}

/** The day so many months after an instant, on the company's calendar. */
function monthsAfter(instant: Date, months: number): Date {
  const day = new Date(`${dayOf(instant)}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + months);
  return day;
}

const columnOf = {
  head: "headClearedById",
  technology: "technologyClearedById",
  specialist: "specialistClearedById",
} as const satisfies Record<Settler, keyof Row>;

/** Nothing of one's own kinds is open. */
export const nothingOpen =
  (settler?: Settler) =>
  (facts: Facts<Row>): Reason | null => {
    const items = openItems(facts, settler);
    return items.length === 0 ? null : { code: "OPEN_ITEMS", needs: `settled: ${itemsInWords(items)}` };
  };

/** One of three says that what is theirs is settled; the last of them makes it ITEMS_CLEARED. */
export const clear =
  (settler: Settler) =>
  async ({ facts }: Step<Row, unknown>) => {
    const others = (Object.keys(columnOf) as Settler[]).filter((other) => other !== settler);
    return { to: others.every((other) => facts.row[columnOf[other]]) ? "ITEMS_CLEARED" : "ITEMS_OPEN" };
  };

/** It is over: who leaves can no longer sign in, who changes post is at work in the new one, without the old one's roles. */
export async function closeOffboarding({ tx, now, facts }: Step<Row, unknown> & Work) {
  const { kind, toDepartment, toPost, commitmentUntil, successorId } = facts.row;
  const { id } = facts.subject;
  // What has become theirs since the hand-over goes the same way: nothing is left without somebody.
  await passOn(tx, id, successorId!);
  if (kind === "TRANSFER") {
    await tx.employee.update({
      where: { id },
      data: { status: "ACTIVE", departmentCode: toDepartment!, post: toPost! },
      select: { id: true },
    });
    await tx.employeeRole.deleteMany({ where: { employeeId: id } });
    const { roles } = facts.subject;
    return roles.length > 0 ? { changes: [`no longer ${[...roles].sort().join(", ")}`] } : undefined;
  }
  await tx.employee.update({
    where: { id },
    data: { status: "LEFT", leftAt: now, confidentialityUntil: new Date(commitmentUntil!) },
    select: { id: true },
  });
  await tx.refreshToken.deleteMany({ where: { employeeId: id } });
  return undefined;
}
