import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { everyCaller, Guard, guardBy, refuse } from "../../access/guard.js";
import { recordQueries } from "../../reading/record-queries.js";
import type { StepContext } from "../../workflow/take-step.js";
import { whyNever } from "../../workflow/why-not.js";
import { Allocation } from "./allocation.type.js";
import { allocationWorkflow } from "./allocation.workflow.js";
import { CheckInDevicesInput, CheckOutDevicesInput } from "./check-in-and-out.input.js";
import { checkInDevices, checkOutDevices } from "./check-in-and-out.js";
import { CheckedDevice } from "./checked-device.type.js";
import { custodyTerms } from "./custody-terms.js";
import { CustodyTerms } from "./custody-terms.type.js";

export const AllocationQueries = recordQueries(Allocation, {
  one: "allocation",
  many: "allocations",
  what: "allocations of devices",
});

/** Whoever takes the step of one takes it of many. */
const takes = (action: "issue" | "return") =>
  guardBy(`${action}Many`, ({ caller }) => {
    const never = whyNever(allocationWorkflow.actions[action], caller);
    return never ? refuse(never) : true;
  });

@Resolver()
export class AllocationResolver {
  @Guard(everyCaller)
  @Query(() => CustodyTerms, {
    description: "What whoever is handed a device signs: the version in force.",
  })
  custodyTerms(): CustodyTerms {
    return custodyTerms;
  }

  @Guard(takes("issue"))
  @Mutation(() => [CheckedDevice], {
    description:
      "Makes devices ready for those to whom they are allocated: `issueAllocation` for each, by the number on its label. A result for each, in the order of the list.",
  })
  checkOutDevices(
    @Arg("input", () => CheckOutDevicesInput, { description: "The devices." }) input: CheckOutDevicesInput,
    @Ctx() context: StepContext,
  ): Promise<CheckedDevice[]> {
    return checkOutDevices(context, input.devices);
  }

  @Guard(takes("return"))
  @Mutation(() => [CheckedDevice], {
    description:
      "Takes devices back: `checkReturnedDevice` and `returnDevice` for each, by the number on its label, both or neither. A result for each, in the order of the list.",
  })
  checkInDevices(
    @Arg("input", () => CheckInDevicesInput, { description: "The devices." }) input: CheckInDevicesInput,
    @Ctx() context: StepContext,
  ): Promise<CheckedDevice[]> {
    return checkInDevices(context, input.devices);
  }
}
