import { employeeId } from "../../../src/database/demo/people.js";
import { after, before, type FormDriver, type FormPlay, letClock } from "../form-driver.js";
import { stepOn } from "../forms.js";

const note = "Because.";

/** A course about devices that begins at an instant, announced an hour before it. */
export const aCourse = (heldAt: Date) => ({
  ...{ kind: "DEVICE", topics: ["FUNCTIONS", "QUERY_ENTRY", "DATA_PROTECTION"] },
  ...{ title: "Customer-list devices", place: "Room 1", hours: "4.0" },
  heldAt: heldAt.toISOString(),
});

/** tara holds it. */
export const trainingSession: FormDriver = {
  async stand({ now, must }, state) {
    const heldAt = state === "SCHEDULED" || state === "CANCELLED" ? now : before(now, 2);
    const id = await must("tara", "schedule", aCourse(heldAt), before(heldAt, 1));
    if (state === "SCHEDULED") return id;
    if (state === "CANCELLED") return must("tara", "cancel", { id, note });
    await must("tara", "hold", { id });
    return state === "EVALUATED" ? must("tara", "evaluate", { id }) : id;
  },
  inputs: {
    reschedule: ({ now }) => ({ heldAt: after(now, 48).toISOString() }),
    handOver: () => ({ trainerId: employeeId("T101") }),
  },
  repeatable: ["reschedule"],
};

/** sam takes part in a session of tara's, who held it some time ago. */
export const trainingRecord: FormDriver = {
  async stand(play: FormPlay, state, step) {
    const { server, now, must } = play;
    const held = state === "EXPIRED" ? before(now, 24 * 370) : before(now, 2);
    const toCome = step === "withdraw" || state === "WITHDRAWN" || (state === "ENROLLED" && !step);
    const heldAt = toCome ? after(now, 1) : held;
    const announced = before(heldAt, 3);
    const sessionId = await stepOn(server, "tara", "scheduleTrainingSession", aCourse(heldAt), {
      now: announced,
      form: "trainingSession",
    });
    const id = await must("sam", "enrol", { sessionId }, announced);
    if (state === "WITHDRAWN") return must("sam", "withdraw", { id });
    if (toCome) return id;
    await stepOn(
      server,
      "tara",
      "holdTrainingSession",
      { id: sessionId },
      { now: held, form: "trainingSession" },
    );
    if (state === "ENROLLED") return id;
    if (state === "ABSENT") return must("tara", "miss", { id });
    await must("tara", "attend", { id, attendedHours: "4.0" }, held);
    if (state === "ATTENDED") return id;
    await must("tara", "grade", { id, score: state === "FAILED" ? "59.9" : "60.0" }, held);
    if (state === "EXPIRED") await letClock(play, id);
    return id;
  },
  inputs: {
    attend: (_play, _id, dice) => ({ attendedHours: dice.pick(["4.0", "2.5"]) }),
    grade: (_play, _id, dice) => ({ score: dice.pick(["59.9", "60", "100"]) }),
  },
};
