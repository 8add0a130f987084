import { Arg, Ctx, Extensions, Int, Query, Resolver } from "type-graphql";
import { Guard, guardBy, refuse } from "../../access/guard.js";
import type { Context } from "../../context.js";
import { refusal } from "../../errors.js";
import type { WriteContext } from "../../reading/writable-rows.js";
import { deviceKpis } from "./device-kpis.js";
import { DeviceKpiGrouping, DeviceKpis } from "./device-kpis.type.js";
import { KpiPeriodInput } from "./kpi-period.input.js";
import { readPeriod } from "./kpi-period.js";
import { closedFor } from "./kpi-rows.js";

/** Those who see of any device where it stands and who has it, and of any fault when it was seen to. */
const mayCount = guardBy("countsDevices", (decisions) => {
  const closed = closedFor(decisions, "device") ?? closedFor(decisions, "fault");
  return closed ? refuse(closed) : true;
});

@Resolver()
export class DeviceKpisResolver {
  @Guard(mayCount)
  @Extensions({ heavy: true })
  @Query(() => DeviceKpis, {
    nullable: true,
    description:
      "The KPIs of devices in a period (rulebook 4: K1, K19 to K22), with the sums and counts that each share is made of. Everything is counted for who had the device at that time by its allocations, and for who has it now where the register alone gives it to somebody; of your own devices, those of your department as its head, or of all for administration, technology and finance. What you may not see enters no sum. A period counts no further than now. Throws BAD_USER_INPUT for a period that has not begun, is backwards, or is longer than two years.",
  })
  async deviceKpis(
    @Arg("period", () => KpiPeriodInput, { description: "Which period." }) period: KpiPeriodInput,
    @Arg("by", () => DeviceKpiGrouping, { description: "What they are told by." }) by: DeviceKpiGrouping,
    @Arg("first", () => Int, { defaultValue: 50, description: "At most this many groups: 0 to 500." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Only those after this label." })
    after: string | null,
    @Ctx() { db, decisions, statements }: WriteContext & Context,
  ): Promise<DeviceKpis> {
    if (first < 0 || first > 500)
      throw refusal("BAD_USER_INPUT", { inputPath: "first", reason: "It is not from 0 to 500." });
    const asked = { period: readPeriod(period, decisions.caller.now), by, first, after: after ?? null };
    return statements(() => deviceKpis(db, decisions, asked));
  }
}
