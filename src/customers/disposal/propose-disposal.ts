import type { DisposalMethod } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { type FormRules, filled, readWholeForm } from "../../reading/form.js";
import { anyValue, lines } from "../../reading/form-readers.js";
import { nextFormNumber } from "../../workflow/form-number.js";
import type { Opener } from "../../workflow/step.js";
import { requireInClearance } from "../in-clearance.js";
import { lockCustomers, requireDisposable } from "./check-disposable.js";
import type { ProposeDisposalInput } from "./disposal.input.js";

export interface DisposalForm {
  readonly customerIds: string[];
  readonly method: DisposalMethod;
  readonly reason: string;
}

const rules: FormRules<DisposalForm> = {
  customerIds: filled((written) => {
    const value = [...new Set(written)];
    return value.length >= 1 && value.length <= 100 ? { value } : { reason: "There are 1 to 100 of them." };
  }),
  method: filled(anyValue),
  reason: filled(lines(2_000)),
};

/** Proposes a batch; from then on its customers are DISPOSAL_PENDING. */
export const proposeDisposal: Opener<ProposeDisposalInput, DisposalForm> = {
  read(input, { caller: { now } }) {
    const form = readWholeForm<DisposalForm>({ ...input }, rules, now);
    if (form.method === "SALE")
      throw refusal("METHOD_FORBIDDEN", { inputPath: "input.method", needs: "SHRED, WIPE or PULP" });
    return form;
  },
  subject: (_form, { id }) => id,
  async write({ tx, now, by: { decisions }, form, entry, subject }) {
    const { customerIds, method, reason } = form;
    const pathOf = (index: number) => `customerIds.${index}`;
    await requireInClearance(tx, decisions, customerIds, (index) => `input.${pathOf(index)}`);
    const customers = await lockCustomers(tx, customerIds);
    const gone = customers.find(({ status }) => status === "DESTROYED");
    if (gone)
      throw refusal("WRONG_STATE", {
        inputPath: `input.${pathOf(customerIds.indexOf(gone.id))}`,
        needs: "a customer who has not been destroyed",
      });
    await requireDisposable(tx, customers, {
      ...{ now, decisions, disposalId: null },
      pathOf: (id) => pathOf(customerIds.indexOf(id)),
    });
    await tx.disposal.create({
      data: {
        ...{ id: entry.id, dueAt: entry.dueAt, state: "PROPOSED", method, reason },
        formNo: await nextFormNumber(tx, "V", now),
        proposedById: subject.id,
        proposedAt: now,
        customers: {
          create: customers.map(({ id, status }) => ({ customerId: id, statusBefore: status })),
        },
      },
      select: { id: true },
    });
    await tx.customer.updateMany({
      where: { id: { in: customerIds } },
      data: { status: "DISPOSAL_PENDING", lastUpdatedAt: now, version: { increment: 1 } },
    });
  },
};
