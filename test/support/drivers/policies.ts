import { after, type FormDriver } from "../form-driver.js";

let proposed = 0;

/** tess proposes other hours for declarations each time; pia and mona vote, ada records. */
export const tierPolicy: FormDriver = {
  async stand({ server, now, must }, state, step) {
    const pending = await server.database.db.tierPolicy.findMany({
      where: { state: "PROPOSED" },
      select: { id: true, proposedBy: { select: { staffNo: true } } },
    });
    for (const { id, proposedBy } of pending) await must(proposedBy.staffNo, "withdraw", { id });
    proposed += 1;
    const id = await must("tess", "propose", {
      changes: { limits: { declarationHours: { named: 24 + (proposed % 20) } } },
      // Later than whatever has been adopted so far.
      effectiveFrom: after(now, 24 * (100 + 20 * proposed)).toISOString(),
      reason: "It takes no longer.",
    });
    if (state === "WITHDRAWN") return must("tess", "withdraw", { id });
    if (state === "PROPOSED" && step !== "decide") return id;
    for (const member of ["pia", "mona"]) await must(member, "vote", { id, inFavour: state !== "REJECTED" });
    if (state !== "PROPOSED") await must("ada", "decide", { id });
    return id;
  },
  inputs: { vote: (_play, _id, dice) => ({ inFavour: dice.chance(60) }) },
  // The leader records.
  kept: { vote: { ada: "NOT_YOUR_ROLE" } },
};
