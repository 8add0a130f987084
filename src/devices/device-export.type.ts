import { Field, Int, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { DeviceKind, DeviceState } from "./device.enums.js";

@ObjectType({ description: "The register of devices as CSV.", simpleResolvers: true })
export class DeviceExport {
  @Guard(everyCaller)
  @Field(() => String, {
    description:
      "CSV (RFC 4180): UTF-8, commas, a header line. A cell that a spreadsheet would take for a formula begins with `'`. The items of a list stand beside each other with semicolons between.",
  })
  csv!: string;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Devices in it." })
  rows!: number;

  @Guard(everyCaller)
  @Field(() => [String], {
    description:
      "Its columns: the fields of Device that you see on any row of it; the custodian by staff number.",
  })
  columns!: readonly string[];
}

@ObjectType({ description: "How many devices of a kind stand in a state.", simpleResolvers: true })
export class DeviceCount {
  @Guard(everyCaller)
  @Field(() => DeviceState, { description: "Where they stand in their lives." })
  state!: DeviceState;

  @Guard(everyCaller)
  @Field(() => DeviceKind, { description: "What they are." })
  kind!: DeviceKind;

  @Guard(everyCaller)
  @Field(() => Int, { description: "How many of them are in your reach." })
  count!: number;
}
