import { incomplete } from "../reading/form.js";
import type { SealingStepInput } from "./form-inputs.js";
import type { Step } from "./step.js";

/** Seals a form that is signed in the same step. Throws FORM_INCOMPLETE without the seal. */
export async function seal({ input }: Step<{ unitSeal: boolean }, Pick<SealingStepInput, "unitSeal">>) {
  if (input.unitSeal !== true)
    throw incomplete([{ field: "unitSeal", reason: "The department's seal is missing." }]);
  return { set: { unitSeal: true } };
}
