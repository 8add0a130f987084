import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Guard } from "../access/guard.js";
import { recordQueries } from "../reading/record-queries.js";
import type { WriteContext } from "../reading/writable-rows.js";
import { writes } from "../reading/write-inputs.js";
import "./allocation.type.js";
import { RegisterDeviceInput, UpdateDeviceInput } from "./device.input.js";
import { RegisterDevicePayload, UpdateDevicePayload } from "./device.payload.js";
import { Device } from "./device.type.js";
import { registerDevice } from "./register-device.js";
import { updateDevice } from "./update-device.js";

export const DeviceQueries = recordQueries(Device, {
  one: "device",
  many: "devices",
  what: "devices",
});

@Resolver()
export class DeviceResolver {
  @Guard(writes(Device, "CREATE"))
  @Mutation(() => RegisterDevicePayload, {
    description: "Gives a configured device its number and file: it becomes REGISTERED (rulebook 2.4 D).",
  })
  async registerDevice(
    @Arg("input", () => RegisterDeviceInput, { description: "The device." }) input: RegisterDeviceInput,
    @Ctx() context: WriteContext,
  ): Promise<RegisterDevicePayload> {
    const { id } = await registerDevice(context, input);
    return new RegisterDevicePayload(id);
  }

  @Guard(writes(Device, "CORRECT"))
  @Mutation(() => UpdateDevicePayload, {
    description:
      "Changes a device's file, each field by those whose it is to edit (rulebook 3.3, device matrix).",
  })
  async updateDevice(
    @Arg("input", () => UpdateDeviceInput, { description: "What is to change." }) input: UpdateDeviceInput,
    @Ctx() context: WriteContext,
  ): Promise<UpdateDevicePayload> {
    const { id } = await updateDevice(context, input);
    return new UpdateDevicePayload(id);
  }
}
