import { policy } from "../../../src/access/policy.js";
import { askWhatIsNeeded } from "../../../src/grants/recertify.js";
import { after, before, type FormDriver, type FormPlay, formPlay, letClock } from "../form-driver.js";
import { type ApplicationState, aCase, application, customers, granted, stepOn } from "../forms.js";

const note = "Because.";

/** A seller applies; sue signs, adam reviews, tim implements. */
export const grantApplication: FormDriver = {
  async stand({ server, now, must }, state, step) {
    const form = { validTo: after(now, 24 * 200).toISOString() };
    const id = await application(server, state as ApplicationState, { form, now });
    if (step === "decide" && state === "ESCALATED")
      for (const member of ["pia", "tess"]) await must(member, "vote", { id, inFavour: true });
    return id;
  },
  inputs: {
    amend: (_play, _id, dice) => ({ reason: dice.pick(["Sells", "Sells more"]) }),
    submit: () => ({ unitSeal: true }),
    vote: (_play, _id, dice) => ({ inFavour: dice.chance(60) }),
  },
  // The leader records.
  kept: { vote: { ada: "NOT_YOUR_ROLE" } },
  repeatable: ["amend"],
};

/** A grant of cara's, for a case. */
const caseOf = ({ server }: FormPlay, now: Date, hours = 480, more: object = {}) =>
  granted(server, {
    employee: "cara",
    form: { ...aCase, validTo: after(now, hours).toISOString(), ...more },
    now,
  });

export const grant: FormDriver = {
  async stand(play, state) {
    const { server, now, must } = play;
    if (state === "EXPIRED") {
      const id = await caseOf(play, before(now, 2), 1);
      await letClock(play, id);
      return id;
    }
    const id = await caseOf(play, now);
    if (state === "SUPERSEDED")
      await application(server, "IMPLEMENTED", {
        employee: "cara",
        form: { ...aCase, validTo: after(now, 480).toISOString(), replacesId: id },
        now,
      });
    if (state === "SUSPENDED" || state === "REVOKED") await must("adam", "suspend", { id, note });
    if (state === "REVOKED") await must("ada", "revoke", { id, note });
    return id;
  },
};

/** cara's head, mona, is asked whether a grant is still needed: each month. */
export const recertification: FormDriver = {
  async stand(play, state) {
    const { server, now, must } = play;
    const { db } = server.database;
    const month = (at: Date) => new Date(`${at.toISOString().slice(0, 7)}-01T00:00:00+08:00`);
    const asked = state === "LAPSED" ? after(month(now), 24) : now;
    const grantId = await caseOf(play, before(month(asked), 48), 24 * 60);
    await askWhatIsNeeded(db, asked, 1);
    const { id } = await db.recertification.findFirstOrThrow({ where: { grantId } });
    if (state === "LAPSED") await letClock(play, id);
    if (state === "CONFIRMED") await must("mona", "confirm", { id });
    if (state === "DROPPED") await must("mona", "drop", { id });
    if (state === "CLOSED") {
      const ends = formPlay(server, "Grant", now);
      await ends.must("adam", "suspend", { id: grantId, note });
      await ends.must("ada", "revoke", { id: grantId, note });
    }
    return id;
  },
};

/** cara opens access to C2; the one before has been reviewed. */
export const emergencyAccess: FormDriver = {
  policy: { ...policy, limits: { ...policy.limits, emergencyHours: 3 } },
  async stand({ server, now, must }, state) {
    const open = await server.database.db.emergencyAccess.findMany({
      where: { employee: { staffNo: "cara" }, state: { in: ["OPEN", "ENDED"] } },
      select: { id: true, state: true, openUntil: true },
    });
    for (const one of open) {
      if (one.state === "OPEN" && one.openUntil > now) await must("cara", "end", { id: one.id });
      await must("adam", "justify", { id: one.id, note });
    }
    const purpose = "CUSTOMER_SERVICE";
    const id = await must("cara", "open", { customerCodes: ["C2"], reason: note, purpose, hours: 2 });
    if (state !== "OPEN") await must("cara", "end", { id });
    if (state === "JUSTIFIED") await must("adam", "justify", { id, note });
    if (state === "UNJUSTIFIED") await must("adam", "disallow", { id, note });
    return id;
  },
};

/** carl declares; what is classified waits for adam. */
export const sensitiveUse: FormDriver = {
  async stand(play, state, step) {
    const { server, now, must } = play;
    const open = await server.database.db.sensitiveUse.findMany({
      where: { declaredBy: { staffNo: "carl" }, state: { in: ["OPEN", "OVERDUE"] } },
      select: { id: true },
    });
    for (const { id } of open) await must("carl", "return", { id, records: [], noneKept: true });
    const late = state === "OVERDUE" || state === "RETURNED_LATE";
    const classified = state === "FILED" || step === "acknowledge";
    const filed = late ? before(now, 72) : now;
    const id = await stepOn(
      server,
      "carl",
      "fileSensitiveUse",
      {
        customerIds: customers("C1"),
        fields: [classified ? "Customer.idNumber" : "Customer.balance"],
        purpose: "CUSTOMER_SERVICE",
        plannedUntil: after(filed, 40).toISOString(),
      },
      { now: filed },
    );
    if (late) await letClock(play, id);
    if (state === "RETURNED" || state === "RETURNED_LATE")
      await must("carl", "return", { id, records: [], noneKept: true });
    if (state === "REVOKED") await must("adam", "object", { id, note });
    return id;
  },
  inputs: { return: () => ({ records: [], noneKept: true }) },
};

/** sam appeals; sue is the head. */
export const appeal: FormDriver = {
  async stand(play, state, step) {
    const { now, must } = play;
    const answer = "Ask for the dossier.";
    const filed = state === "CLOSED" ? before(now, 24 * 30) : now;
    const id = await must("sam", "file", { text: "I do not see last year's orders." }, filed);
    if (state === "FILED") return id;
    if (state === "ANSWERED" || state === "CLOSED") {
      await must("sue", "answer", { id, answer }, filed);
      if (state === "CLOSED") await letClock(play, id);
      return id;
    }
    await must("sue", "forward", { id });
    if (state === "FORWARDED") return id;
    await must("adam", "resolve", { id, result: "REJECTED", answer });
    if (state === "REVIEWED") return id;
    await must("sue", "agree", { id });
    if (state === "RESOLVED") return id;
    await must("sam", "escalate", { id, note });
    if (state === "DECIDED" || step === "decide")
      for (const member of ["pia", "tess"]) await must(member, "vote", { id, inFavour: false });
    if (state === "DECIDED") await must("ada", "decide", { id, result: "REJECTED", answer });
    return id;
  },
  inputs: {
    answer: () => ({ answer: "Ask for the dossier." }),
    resolve: () => ({ result: "EXPLAINED", answer: "Ask for the dossier." }),
    decide: () => ({ result: "EXPLAINED", answer: "Ask for the dossier." }),
    vote: (_play, _id, dice) => ({ inFavour: dice.chance(60) }),
  },
  kept: { vote: { ada: "NOT_YOUR_ROLE" } },
};
