import { randomUUID } from "node:crypto";
import { employeeId } from "../../../src/database/demo/people.js";
import { after, type FormDriver, type FormPlay } from "../form-driver.js";

const note = "Because.";

/** Another seller, who has nothing yet. */
async function newSeller({ server }: FormPlay): Promise<{ id: string; staffNo: string }> {
  const staffNo = `N${randomUUID().slice(0, 8)}`;
  const { id } = await server.database.db.employee.create({
    data: {
      ...{ id: `emp_${randomUUID()}`, staffNo, name: "新人", kind: "FORMAL", departmentCode: "SALES" },
      ...{ post: "Seller", status: "ACTIVE", joinedAt: new Date("2026-01-05") },
      roles: { create: [{ role: "SELLER" }] },
    },
    select: { id: true },
  });
  return { id, staffNo };
}

/** A seller leaves; sue is the head, tim has the devices back, spec the material, and the clerk closes it. */
export const offboarding: FormDriver = {
  async stand(play, state, step) {
    const { now, must } = play;
    const { id: employee, staffNo } = await newSeller(play);
    const effectiveAt = state === "CONFIRMED" || state === "CANCELLED" ? after(now, 24) : now;
    const id = await must("sue", "confirm", {
      ...{ employeeId: employee, kind: "LEAVE", reason: "Gave notice", handover: ["Samples"] },
      effectiveAt: effectiveAt.toISOString(),
    });
    if (state === "CANCELLED") return must("sue", "cancel", { id, note });
    if (state === "CONFIRMED" || (state === "ITEMS_OPEN" && !step?.startsWith("clear"))) return id;
    await must(staffNo, "promise", { id, promised: true });
    await must("sue", "filePermissionForm", { id });
    await must("sue", "handOver", { id, successorId: employeeId("S102") });
    if (state === "ITEMS_OPEN") return id;
    await must("sue", "clearDepartment", { id });
    await must("tim", "clearDevices", { id });
    await must("spec", "clearMaterial", { id });
    if (state === "CLOSED") await must("clerk", "close", { id });
    return id;
  },
  inputs: {
    promise: () => ({ promised: true }),
    handOver: () => ({ successorId: employeeId("S102") }),
  },
  repeatable: ["handOver"],
};
