import { addDossier } from "../../dossiers/add-dossier.js";
import { before, type FormDriver, letClock } from "../form-driver.js";

const note = "Because.";
const texts = { purpose: "A complaint", reason: "It is in the file only", readerProfile: "Two years here" };

/** sam reads; sue signs, cara decides. */
export const consultation: FormDriver = {
  async stand(play, state, step) {
    const { server, now, must } = play;
    const secrecy = step === "permit" ? "TOP_SECRET" : "ORDINARY";
    const dossierId = await addDossier(server.database.db, "C1", { secrecy });
    const begun = state === "CLOSED" ? before(now, 72) : now;
    const id = await must("sam", "request", { dossierId, ...texts }, begun);
    if (state === "WITHDRAWN") return must("sam", "withdraw", { id });
    if (state === "DRAFT") return id;
    await must("sue", "submit", { id, unitSeal: true }, begun);
    if (state === "SUBMITTED") return id;
    if (state === "REFUSED") return must("cara", "refuse", { id, note });
    await must("cara", "approve", { id }, begun);
    if (state === "CLOSED") await letClock(play, id);
    return id;
  },
  inputs: { submit: () => ({ unitSeal: true }) },
};

/** sam borrows; sue signs, spec keeps the register. */
export const loan: FormDriver = {
  async stand(play, state) {
    const { server, now, must } = play;
    const { db } = server.database;
    // What is overdue keeps its borrower from the next.
    const out = await db.loan.findMany({
      where: { borrower: { staffNo: "sam" }, state: { in: ["LENT", "OVERDUE"] } },
      select: { id: true },
    });
    for (const one of out) await must("spec", "return", { id: one.id, condition: "GOOD" });
    const late = state === "OVERDUE" || state === "RETURNED_LATE";
    const begun = late ? before(now, 73) : now;
    const dossierId = await addDossier(db, "C1");
    const id = await must("sam", "request", { dossierId, copies: 1, reason: "A visit" }, begun);
    if (state === "WITHDRAWN") return must("sam", "withdraw", { id });
    if (state === "REQUESTED") return id;
    await must("sue", "seal", { id, unitSeal: true }, begun);
    if (state === "SIGNED") return id;
    if (state === "REFUSED") return must("spec", "refuse", { id, note });
    await must("spec", "approve", { id }, begun);
    if (state === "APPROVED") return id;
    await must("spec", "register", { id }, begun);
    if (state === "REGISTERED") return id;
    await must("sam", "sign", { id }, begun);
    if (late) await letClock(play, id);
    if (state === "LOST") await must("sam", "lose", { id, note });
    if (state === "RETURNED" || state === "RETURNED_LATE")
      await must("spec", "return", { id, condition: "GOOD" });
    return id;
  },
  inputs: {
    seal: () => ({ unitSeal: true }),
    return: (_play, _id, dice) => ({ condition: dice.pick(["GOOD", "DAMAGED"]) }),
  },
  // The manager decides on what is classified.
  kept: { approve: { mona: "NOT_YOUR_ROLE" }, refuse: { mona: "NOT_YOUR_ROLE" } },
};
