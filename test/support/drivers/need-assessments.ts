import { openNeedAssessment } from "../../../src/procurement/need-assessment/open-all.js";
import { calendarOf } from "../../../src/workflow/calendar.js";
import type { FormDriver, FormPlay } from "../form-driver.js";

/** Two laptops, and a printer in place of one. */
export const found = {
  assessment: "Two sellers start in January; the rest will do.",
  needs: [
    { kind: "LAPTOP", qty: 2, reason: "For the two who start" },
    { kind: "PRINTER", qty: 1, reason: "The old one is worn out" },
  ],
};

/** The assessment of sales comes round, as it does by the clock; one that was due before is done. */
async function comeRound({ server, now, must }: FormPlay): Promise<string> {
  const { db } = server.database;
  const before = await db.needAssessment.findFirst({ where: { departmentCode: "SALES", state: "DUE" } });
  if (before) await must("clerk", "finish", { id: before.id, ...found });
  return db.$transaction((tx) =>
    openNeedAssessment({ tx, now, calendar: calendarOf([]), by: null }, "SALES"),
  );
}

/** Of sales: the clerk assesses. */
export const needAssessment: FormDriver = {
  async stand(play, state) {
    const id = await comeRound(play);
    return state === "DONE" ? play.must("clerk", "finish", { id, ...found }) : id;
  },
  inputs: {
    finish: (_play, _id, dice) =>
      dice.chance(30) ? { assessment: "Everything will do.", needs: [] } : found,
  },
};
