import { Field, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../../access/guard.js";
import { RefusedLine } from "../../workflow/refused-line.type.js";

@ObjectType({
  description: "What became of one device of a list; each is done whole, or not at all.",
  simpleResolvers: true,
})
export class CheckedDevice extends RefusedLine {
  @Guard(everyCaller)
  @Field(() => String, { description: "The number that was given." })
  deviceNo!: string;

  @Guard(everyCaller)
  @Field(() => Boolean, { description: "Whether it was done." })
  done!: boolean;
}
