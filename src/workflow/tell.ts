import type { Role } from "../database/client.js";
import { newId } from "../database/id.js";
import type { Facts } from "./facts.js";
import type { Work } from "./step.js";
import type { Recipient, Workflow } from "./workflow.js";

interface Said {
  readonly to: readonly Recipient[];
  readonly says: string;
  /** What it is said on: for one person and one form, the same is said once. */
  readonly occasion: string;
}

/** A form, as far as it says who is told; one that is being opened has no further facts yet. */
export type FormTold = Pick<Facts<unknown>, "id" | "subject"> & Partial<Pick<Facts<unknown>, "more">>;

/** Tells people something about a form; whoever has been told on the same occasion is not told again. */
export async function tell(
  { tx, now, by }: Work,
  { name }: Workflow,
  form: FormTold,
  { to, says, occasion }: Said,
): Promise<void> {
  const { id } = form;
  const people = new Set((await Promise.all(to.map((one) => peopleOf(tx, one, form)))).flat());
  // Nobody is told what they have just done.
  if (by) people.delete(by.caller.id);
  await tx.notification.createMany({
    data: [...people].map((personId) => ({
      id: newId("not", now),
      ...{ personId, form: name, recordId: id, occasion, says, at: now },
    })),
    skipDuplicates: true,
  });
}

async function peopleOf(
  tx: Work["tx"],
  recipient: Recipient,
  { subject, more = {} }: FormTold,
): Promise<readonly string[]> {
  if (typeof recipient === "object") return (more[recipient.fact] as readonly string[] | undefined) ?? [];
  if (recipient === "subject") return subject.id ? [subject.id] : [];
  if (recipient === "head") return subject.heads;
  return holdersOf(tx, recipient);
}

const holdersOf = async (tx: Work["tx"], role: Role): Promise<readonly string[]> =>
  (
    await tx.employeeRole.findMany({
      where: { role, employee: { status: "ACTIVE" } },
      select: { employeeId: true },
    })
  ).map(({ employeeId }) => employeeId);
