import { formerCustomer } from "../../customers/former-customer.js";
import type { FormDriver } from "../form-driver.js";
import { customer } from "../form-steps.js";
import { classify } from "./classify.js";

const note = "Because.";
let proposals = 0;

/** sam proposes another e-mail address of C1 each time; dora settles it. */
export const correctionRequest: FormDriver = {
  async stand({ server, must }, state, step) {
    await classify(server, "ORDINARY");
    proposals += 1;
    const id = await must("sam", "propose", {
      ...{ customerId: customer(1), field: "Customer.email", reason: "Said so on the phone." },
      newValue: `other${proposals}@example.com`,
    });
    if (step === "consent") await classify(server, "CONFIDENTIAL");
    if (step === "permit") await classify(server, "TOP_SECRET");
    if (state === "APPLIED") return must("dora", "apply", { id });
    if (state === "REJECTED") return must("dora", "reject", { id, note });
    if (state === "WITHDRAWN") return must("sam", "withdraw", { id });
    return id;
  },
};

/** spec proposes a former customer, cara witnesses, sven approves. */
export const disposal: FormDriver = {
  async stand({ server, must }, state) {
    const customerIds = [await formerCustomer(server.database.db)];
    const id = await must("spec", "propose", { customerIds, method: "SHRED", reason: "Its time is over." });
    if (state === "PROPOSED") return id;
    if (state === "WITHDRAWN") return must("spec", "withdraw", { id });
    await must("cara", "witness", { id });
    if (state === "WITNESSED") return id;
    if (state === "REFUSED") return must("sven", "refuse", { id, note });
    await must("sven", "approve", { id });
    if (state === "DESTROYED") await must("spec", "destroy", { id });
    return id;
  },
  kept: {
    // The general manager's own grant does not allow to delete.
    approve: { gina: "TIER_TOO_LOW" },
    // Neither the proposer nor the witness.
    destroy: { carl: "NOT_YOUR_ROLE", nina: "NOT_YOUR_ROLE", mona: "NOT_YOUR_ROLE" },
  },
};
