import { before, type FormDriver, formPlay, letClock } from "../form-driver.js";
import { customer, person } from "../form-steps.js";
import { classify } from "./classify.js";

const note = "Because.";
const handedOut = {
  customerId: customer(1),
  fields: ["Customer.name", "Customer.mobile"],
  recipient: "Zhejiang Tea Express, Ms Wang",
  purpose: "ORDER_HANDLING",
  carrierId: person("spec"),
};
const disclosed = { ...handedOut, channel: "SECURE_CARRIER" };

/** sam asks for a copy of C1; gina decides, spec carries. */
export const copyRequest: FormDriver = {
  async stand(play, state, step) {
    const { now, must } = play;
    const begun = state === "LAPSED" ? before(now, 24 * 8) : now;
    const copy = { ...handedOut, medium: "PAPER", reason: "To pack", forOutside: step === "link" };
    const id = await must("sam", "request", copy, begun);
    if (state === "REQUESTED") return id;
    if (state === "REFUSED") return must("gina", "refuse", { id, note });
    await must("gina", "approve", { id }, begun);
    if (state === "LAPSED") await letClock(play, id);
    if (state === "HANDED_OVER")
      await must("spec", "handOver", { id, measures: "Sealed envelope", receipt: "Signed" });
    return id;
  },
  inputs: {
    link: async ({ server, now }) => ({
      disclosureId: await formPlay(server, "ExternalDisclosure", now).must("sam", "request", disclosed),
    }),
    handOver: () => ({ measures: "Sealed envelope", receipt: "Signed" }),
  },
  repeatable: ["link"],
};

/** sam asks to give data of C1 outside; sven and mona approve, spec carries. */
export const externalDisclosure: FormDriver = {
  async stand(play, state, step) {
    const { server, now, must } = play;
    const begun = state === "LAPSED" ? before(now, 24 * 8) : now;
    await classify(server, "ORDINARY");
    const id = await must("sam", "request", disclosed, begun);
    if (step === "permit" && state === "REQUESTED") await classify(server, "TOP_SECRET");
    if (state === "REQUESTED") return id;
    if (state === "REFUSED") return must("mona", "refuse", { id, note });
    if (state === "WITHDRAWN") return must("sam", "withdraw", { id });
    await must("sven", "approveAsSupervisor", { id }, begun);
    await must("mona", "approveAsManager", { id }, begun);
    if (state === "LAPSED") await letClock(play, id);
    if (step === "permit") await classify(server, "TOP_SECRET");
    if (state === "SENT") await must("spec", "send", { id, measures: "Sealed envelope" });
    return id;
  },
  inputs: { send: () => ({ measures: "Sealed envelope" }) },
};
