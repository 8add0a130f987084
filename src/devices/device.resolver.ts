import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Guard } from "../access/guard.js";
import { recordQueries } from "../reading/record-queries.js";
import { writes } from "../reading/write-inputs.js";
import type { SteppingContext } from "../workflow/transact.js";
import { UpdateDeviceInput } from "./device.input.js";
import { UpdateDevicePayload } from "./device.payload.js";
import { Device } from "./device.type.js";
import "./device.workflow.js";
import { updateDevice } from "./update-device.js";

export const DeviceQueries = recordQueries(Device, {
  one: "device",
  many: "devices",
  what: "devices",
});

@Resolver()
export class DeviceResolver {
  @Guard(writes(Device, "CORRECT"))
  @Mutation(() => UpdateDevicePayload, {
    description:
      "Changes a device's file, each field by those whose it is to edit (rulebook 3.3, device matrix); which fields, and by " +
      "whom, stands in its history (rulebook 6-06). Throws DUPLICATE for a number and DUPLICATE_IP for an address that " +
      "another device has, WRONG_STATE where it has changed since it was read, where its custodian is an allocation's to " +
      "change, for all but finance's fields of what is lost or gone, for a number before its registration, and for " +
      "`idleSince` of what is not idle, OPEN_ITEMS where it is shared, has an open fault or holds copies that are not " +
      "wiped, SOFTWARE_FORBIDDEN for software that is. What is in use and goes to somebody else lies idle until it is " +
      "allocated to them; what is in use for customer data and loses its baseline or its password, until it has them and is taken up again.",
  })
  async updateDevice(
    @Arg("input", () => UpdateDeviceInput, { description: "What is to change." }) input: UpdateDeviceInput,
    @Ctx() context: SteppingContext,
  ): Promise<UpdateDevicePayload> {
    const { id } = await updateDevice(context, input);
    return new UpdateDevicePayload(id);
  }
}
