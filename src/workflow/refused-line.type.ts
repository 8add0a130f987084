import { Field, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";

@ObjectType({ description: "What is wrong with one field of a line.", simpleResolvers: true })
export class LineProblem {
  @Guard(everyCaller)
  @Field(() => String, { description: "The field of the line." })
  field!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "The code: see schema/errors.md." })
  code!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "In words what is wrong." })
  reason!: string;
}

/** What became of one line of a list, where it was refused. */
@ObjectType({ simpleResolvers: true })
export abstract class RefusedLine {
  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "The code of the refusal: see schema/errors.md." })
  code?: string | null;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "In words what failed." })
  reason?: string | null;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "In words what would help." })
  needs?: string | null;

  @Guard(everyCaller)
  @Field(() => [LineProblem], { description: "Field by field what is wrong, where it is with fields." })
  problems!: readonly LineProblem[];
}
