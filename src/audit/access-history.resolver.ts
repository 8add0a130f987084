import { Args, Ctx, Extensions, Query, Resolver } from "type-graphql";
import { recordOf } from "../access/classified.js";
import { Guard, guardBy, refuse } from "../access/guard.js";
import { Customer } from "../customers/customer.type.js";
import { computed } from "../reading/computed.js";
import type { ReadContext } from "../reading/read.js";
import { accessHistory } from "./access-history.js";
import { AccessHistoryArgs, AccessHistoryEntry } from "./access-history.type.js";

const customers = guardBy("customers", (decisions) => {
  if (decisions.caller.customerId === null) return refuse({ code: "NOT_YOUR_ROLE", needs: "a customer" });
  const { rows, otherwise } = decisions.reach(recordOf(Customer));
  return rows.length > 0 || refuse(otherwise);
});

const told =
  "When data of the customer was shown to somebody of the company, the newest first, without the customer's own looks " +
  "(S000-5.2a). LIMIT_EXCEEDED where a window holds more than 1,000 entries.";

computed<ReadContext, AccessHistoryArgs>(
  Customer,
  "accessHistory",
  () => [AccessHistoryEntry],
  `${told} For that customer, and for customer service, which tells them.`,
  accessHistory,
  { args: AccessHistoryArgs, heavy: true },
);

@Resolver()
export class AccessHistoryResolver {
  @Guard(customers)
  @Extensions({ heavy: true })
  @Query(() => [AccessHistoryEntry], { nullable: true, description: `${told} For a customer's own login.` })
  myAccessHistory(
    @Args(() => AccessHistoryArgs) args: AccessHistoryArgs,
    @Ctx() context: ReadContext,
  ): Promise<readonly AccessHistoryEntry[]> {
    return accessHistory(context.decisions!.caller.customerId!, context, args);
  }
}
