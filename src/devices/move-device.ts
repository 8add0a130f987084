import { refusal } from "../errors.js";
import type { Work } from "../workflow/step.js";
import { letFollow } from "../workflow/take-step.js";
import { deviceWorkflow } from "./device.workflow.js";

/** Takes a device along with another form; throws WRONG_STATE, and nothing happens, where it does not stand there. */
export async function moveDevice(
  work: Work,
  action: keyof typeof deviceWorkflow.actions,
  id: string,
  inputPath = "input.id",
): Promise<void> {
  if (await letFollow(work, deviceWorkflow, action, id)) return;
  const { from } = deviceWorkflow.actions[action]!;
  throw refusal("WRONG_STATE", { inputPath, needs: `a device in the state ${from.join(" or ")}` });
}
