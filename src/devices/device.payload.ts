import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, Info, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { type ReadContext, readOne } from "../reading/read.js";
import { Device } from "./device.type.js";

@ObjectType({ description: "A device that has been written." })
export class DevicePayload {
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  @Guard(everyCaller)
  @Field(() => Device, { nullable: true, description: "The device, as far as you may see it." })
  device(@Ctx() context: ReadContext, @Info() info: GraphQLResolveInfo): Promise<Device | null> {
    return readOne(context, info, Device, this.#id) as Promise<Device | null>;
  }
}

@ObjectType({ description: "A device that has been changed." })
export class UpdateDevicePayload extends DevicePayload {}
