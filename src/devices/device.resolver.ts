import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readOne, readPage } from "../reading/read.js";
import "./allocation.type.js";
import { Device } from "./device.type.js";

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
}
