import type { FormDriver } from "../form-driver.js";

const said = {
  contain: { remedy: "Shut off" },
  resolve: { cause: "A door stood open" },
  review: { findings: "Shut it" },
};

const steps: readonly (readonly [
  action: keyof typeof said | "investigate" | "close",
  by: string,
  state: string,
])[] = [
  ["contain", "tim", "CONTAINED"],
  ["investigate", "adam", "INVESTIGATING"],
  ["resolve", "adam", "RESOLVED"],
  ["review", "gina", "REVIEWED"],
  ["close", "adam", "CLOSED"],
];

/** sam reports; tim stops it, adam investigates, gina reviews. */
export const incident: FormDriver = {
  async stand({ must }, state) {
    const id = await must("sam", "report", { kind: "OTHER", text: "A door stood open" });
    if (state === "REPORTED") return id;
    for (const [action, by, reached] of steps) {
      await must(by, action, { id, ...(said as Record<string, object>)[action] });
      if (state === reached) return id;
      if (state === "PLAN_ACTIVATED" && reached === "CONTAINED") return must("tess", "activatePlan", { id });
    }
    return id;
  },
  inputs: { contain: () => said.contain, resolve: () => said.resolve, review: () => said.review },
};
