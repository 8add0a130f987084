import type { Reason } from "../access/reasons.js";
import { Prisma, type Violation as Row, type ViolationRule } from "../database/client.js";
import { clearable, filled, readWholeForm } from "../reading/form.js";
import { amount, lines } from "../reading/form-readers.js";
import { reviewers } from "../workflow/administration.js";
import type { Actor, Facts } from "../workflow/facts.js";
import { nextFormNumber } from "../workflow/form-number.js";
import { recordOpening } from "../workflow/history.js";
import { loadNobody, loadPerson } from "../workflow/load-facts.js";
import type { Step, Work } from "../workflow/step.js";
import { entryTo } from "../workflow/take-step.js";
import { tell } from "../workflow/tell.js";
import { nowhere, subject, system, workflow } from "../workflow/workflow.js";
import { DismissViolationInput, RespondToViolationInput, UpholdViolationInput } from "./violation.input.js";
import { Violation } from "./violation.type.js";

/** Nobody decides on what they have found themselves, as nobody does on what is about them. */
const notFoundByThem = ({ row }: Facts<Row>, { id }: Actor): Reason | null =>
  row.foundById === id ? { code: "SELF_DECISION", needs: "somebody else than who found it" } : null;

const notYetHeard = ({ row }: Facts<Row>): Reason | null =>
  row.statement === null ? null : { code: "WRONG_STATE", needs: "a violation that nothing was said to yet" };

const foundTold = {
  to: ["subject", "head", "ADMIN_REVIEWER"],
  says: "A violation has been found.",
} as const;
const decidedTold = { to: ["subject", "head"], says: "A violation has been decided on." } as const;

export const violationWorkflow = workflow<Row>()({
  type: Violation,
  machine: "I2",
  title: "Violation",
  clause: "S002-2.2d, S001-P1-3.2, S004-P4-10, S004-P4-11, S004-P4-22",
  model: "violation",
  subject: "personId",
  unassigned: { department: "departmentCode", otherwise: "TECHNOLOGY" },
  seats: { handler: { by: "handledById", at: "handledAt" } },
  states: {
    FOUND: { due: { workingDays: 2 }, waitsFor: ["review"] },
    UNDER_REVIEW: { due: { workingDays: 10 }, waitsFor: ["uphold", "dismiss"] },
    UPHELD: { end: "It stays on file." },
    DISMISSED: { end: "It stays on file." },
  },
  reminders: [
    {
      states: ["FOUND", "UNDER_REVIEW"],
      of: "dueAt",
      daily: true,
      to: ["ADMIN_REVIEWER"],
      says: "A violation waits longer than it may.",
    },
  ],
  actions: {
    find: {
      from: [nowhere],
      to: "FOUND",
      who: [system],
      meaning: "It is found: by a stock-take, line by line.",
      tells: foundTold,
    },
    review: {
      from: ["FOUND"],
      to: "UNDER_REVIEW",
      who: reviewers,
      seat: "handler",
      requires: notFoundByThem,
      meaning: "Looks into it (S002-2.2d).",
    },
    respond: {
      from: ["FOUND", "UNDER_REVIEW"],
      who: [subject],
      requires: notYetHeard,
      meaning:
        "Says what there is to say to it, once, before it is decided (our own step: the rulebook has none).",
      mutation: "respondToViolation",
      input: () => RespondToViolationInput,
      effect: respond,
      tells: { to: ["ADMIN_REVIEWER"], says: "Somebody has responded to a violation." },
    },
    uphold: {
      from: ["UNDER_REVIEW"],
      to: "UPHELD",
      who: reviewers,
      seat: "handler",
      requires: notFoundByThem,
      meaning: "Decides that it was one: why, and what follows (S002-2.2d).",
      input: () => UpholdViolationInput,
      effect: uphold,
      tells: decidedTold,
    },
    dismiss: {
      from: ["UNDER_REVIEW"],
      to: "DISMISSED",
      who: reviewers,
      seat: "handler",
      requires: notFoundByThem,
      meaning: "Decides that it was none, and why.",
      input: () => DismissViolationInput,
      effect: dismiss,
      tells: decidedTold,
    },
  },
});

const text = filled(lines(2_000));

async function respond({ now, input }: Step<Row, RespondToViolationInput>) {
  return {
    set: readWholeForm<{ statement: string }>({ statement: input.statement }, { statement: text }, now),
  };
}

interface Upheld {
  readonly reason: string;
  readonly sanction: string;
  readonly amount: string | null;
}

async function uphold({ now, input }: Step<Row, UpholdViolationInput>) {
  const { amount: due, ...decided } = readWholeForm<Upheld>(
    input,
    { reason: text, sanction: text, amount: clearable(amount) },
    now,
  );
  return { set: { ...decided, amount: due === null ? null : new Prisma.Decimal(due) } };
}

async function dismiss({ now, input }: Step<Row, DismissViolationInput>) {
  return { set: readWholeForm<{ reason: string }>({ reason: input.reason }, { reason: text }, now) };
}

/** The clause that each rule stands in. */
const clauses: Readonly<Record<ViolationRule, string>> = {
  NOT_FOUND: "S004-P4-8",
  INCOMPLETE: "S004-P4-11",
  SEAL_BROKEN: "S001-P1-3.2.1",
  IP_CHANGED: "S001-P1-3.2.5",
  SOFTWARE_DEVIATION: "S001-P1-3.2.3",
  UNREGISTERED: "S004-P4-10",
};

type Found = Pick<
  Row,
  "rule" | "personId" | "departmentCode" | "deviceId" | "stockTakeLineId" | "details" | "foundById"
>;

/** Puts a violation on record, within the step that finds it; administration, the head and the person are told. */
export async function findViolation(work: Work, found: Found): Promise<void> {
  const { tx, now } = work;
  const { personId, departmentCode, rule } = found;
  const person = personId ? (await loadPerson(tx, personId))! : await loadNobody(tx, departmentCode);
  const entry = entryTo(work, violationWorkflow, "FOUND");
  await tx.violation.create({
    data: {
      ...{ ...found, id: entry.id, state: "FOUND", dueAt: entry.dueAt, foundAt: now },
      formNo: await nextFormNumber(tx, "VN", now),
      clause: clauses[rule],
      departmentCode: person.department as Row["departmentCode"],
      notifiedDept: "ADMINISTRATION",
    },
    select: { id: true },
  });
  await recordOpening(work, violationWorkflow, "find", person, entry);
  const occasion = `find@${now.toISOString()}`;
  await tell(work, violationWorkflow, { id: entry.id, subject: person }, { ...foundTold, occasion });
}
