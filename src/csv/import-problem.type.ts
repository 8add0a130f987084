import { Field, Int, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";

/** Problems that the answer to an import names; a command writes all of them into a file. */
export const problemsTold = 1_000;

@ObjectType({ description: "What is wrong with one field of one row.", simpleResolvers: true })
export class ImportProblem {
  @Guard(everyCaller)
  @Field(() => Int, { description: "The line of the list, the header being 1." })
  line!: number;

  @Guard(everyCaller)
  @Field(() => String, { description: "The column." })
  column!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "The field that it fills." })
  field!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "A code of the closed list." })
  code!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "In words; never the value." })
  reason!: string;
}
