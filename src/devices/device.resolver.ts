import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Mutation, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readOne, readPage } from "../reading/read.js";
import type { WriteContext } from "../reading/writable-rows.js";
import { writes } from "../reading/write-inputs.js";
import "./allocation.type.js";
import { RegisterDeviceInput, UpdateDeviceInput } from "./device.input.js";
import { RegisterDevicePayload, UpdateDevicePayload } from "./device.payload.js";
import { Device } from "./device.type.js";
import { registerDevice } from "./register-device.js";
import { updateDevice } from "./update-device.js";

@Resolver()
export class DeviceResolver {
  @Guard(reads(Device))
  @Query(() => connectionOf(Device), { nullable: true, description: "The devices in your reach." })
  devices(
    @Args(() => listArgs(Device)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Device);
  }

  @Guard(reads(Device))
  @Query(() => Device, {
    nullable: true,
    description: "One device; null where it is out of reach or does not exist.",
  })
  device(
    @Arg("id", () => ID, { description: "The device's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Device, id);
  }

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
