import { before, type FormDriver, letClock } from "../form-driver.js";

const said = {
  acknowledge: { againstDepartment: "SALES" },
  uphold: { finding: "The list has no purpose" },
  dismiss: { finding: "It has a purpose" },
  finishRectifying: { rectification: "The list is destroyed" },
  close: { answer: "It is as you wish." },
};

const upheld: readonly (readonly [action: string, by: string, state: string])[] = [
  ["acknowledge", "cara", "ACKNOWLEDGED"],
  ["investigate", "adam", "INVESTIGATING"],
  ["uphold", "adam", "UPHELD"],
  ["startRectifying", "sue", "RECTIFYING"],
  ["finishRectifying", "sue", "RECTIFIED"],
  ["close", "cara", "CLOSED"],
];

/** cu1 objects to what sales does; cara takes it in and answers, adam looks into it, sue puts it right. */
export const objection: FormDriver = {
  async stand(play, state) {
    const { must, now } = play;
    const filed = state === "SETTLED" ? before(now, 24 * 40) : now;
    const id = await must("cu1", "file", { against: "I am on a list that I do not know of." }, filed);
    if (state === "FILED") return id;
    for (const [action, by, reached] of upheld) {
      const step = state === "DISMISSED" && action === "uphold" ? "dismiss" : action;
      await must(by, step, { id, ...(said as Record<string, object>)[step] }, filed);
      if (state === reached || step === "dismiss") return id;
    }
    await letClock(play, id);
    return id;
  },
  inputs: Object.fromEntries(Object.entries(said).map(([action, input]) => [action, () => input])),
};
