import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Guard, guardBy, refuse } from "../access/guard.js";
import { recordQueries } from "../reading/record-queries.js";
import type { SteppingContext } from "../workflow/transact.js";
import { delayDisclosure, liftDisclosureDelay } from "./delay-disclosure.js";
import { DelayDisclosureInput, LiftDisclosureDelayInput } from "./disclosure-delay.input.js";
import { DisclosureDelayPayload } from "./disclosure-delay.payload.js";
import { DisclosureDelay } from "./disclosure-delay.type.js";

const answering = ["ADMIN_HEAD", "GENERAL_MANAGER"];

/** Who answers for what the company tells its customers. */
const answers = guardBy(
  "answers",
  ({ caller: { roles, status } }) =>
    (roles.some((role) => answering.includes(role)) && status === "ACTIVE") ||
    refuse({ code: "NOT_YOUR_ROLE", needs: answering.join(" or ") }),
);

export const DisclosureDelayQueries = recordQueries(DisclosureDelay, {
  one: "disclosureDelay",
  many: "disclosureDelays",
  what: "delays of what customers hear of looks at them",
});

@Resolver()
export class DisclosureDelayResolver {
  @Guard(answers)
  @Mutation(() => DisclosureDelayPayload, {
    description:
      "Lets a customer hear of the looks of a department later, while something is being looked into: with a reason, which " +
      "the customer reads afterwards, and an end. By ADMIN_HEAD or GENERAL_MANAGER, not about their own department.",
  })
  async delayDisclosure(
    @Arg("input", () => DelayDisclosureInput, { description: "The delay." }) input: DelayDisclosureInput,
    @Ctx() context: SteppingContext,
  ): Promise<DisclosureDelayPayload> {
    const { id } = await delayDisclosure(context, input);
    return new DisclosureDelayPayload(id);
  }

  @Guard(answers)
  @Mutation(() => DisclosureDelayPayload, {
    description:
      "Ends a delay before its time. By ADMIN_HEAD or GENERAL_MANAGER, not about their own department.",
  })
  async liftDisclosureDelay(
    @Arg("input", () => LiftDisclosureDelayInput, { description: "Which delay." })
    { id }: LiftDisclosureDelayInput,
    @Ctx() context: SteppingContext,
  ): Promise<DisclosureDelayPayload> {
    await liftDisclosureDelay(context, id);
    return new DisclosureDelayPayload(id);
  }
}
