import { Field, Int, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { FieldClass } from "../people/enums.js";

@ObjectType({ description: "One way in which people's rights would change.", simpleResolvers: true })
export class PolicyEffect {
  @Guard(everyCaller)
  @Field(() => String, { description: "In words, with how many people and fields." })
  inWords!: string;

  @Guard(everyCaller)
  @Field(() => Boolean, { description: "Whether they would gain it; false: they would lose it." })
  gains!: boolean;

  @Guard(everyCaller)
  @Field(() => String, {
    description: "What they do with the fields: SEE, FILTER, SORT, CREATE, CORRECT, DELETE, EXPORT, BORROW.",
  })
  use!: string;

  @Guard(everyCaller)
  @Field(() => FieldClass, { description: "The information class." })
  fieldClass!: FieldClass;

  @Guard(everyCaller)
  @Field(() => [String], { description: "Which fields: `Customer.idNumber`." })
  fields!: readonly string[];

  @Guard(everyCaller)
  @Field(() => String, {
    description: "The most that they have of it under the version before: CLEAR, MASKED or WITHHELD.",
  })
  before!: string;

  @Guard(everyCaller)
  @Field(() => String, {
    description: "And after; where it is the same, on more rows or fewer, or with other purposes.",
  })
  after!: string;

  @Guard(everyCaller)
  @Field(() => Int, { description: "How many people." })
  count!: number;

  @Guard(everyCaller)
  @Field(() => [String], { description: "Who, by staff number: the first 100." })
  people!: readonly string[];
}

@ObjectType({
  description:
    "What another version of the tier policy would change, for the people and grants there are now.",
  simpleResolvers: true,
})
export class PolicyPreview {
  @Guard(everyCaller)
  @Field(() => Int, { description: "The version that it is compared with." })
  basedOn!: number;

  @Guard(everyCaller)
  @Field(() => [String], { description: "What the version says otherwise, in words." })
  changes!: readonly string[];

  @Guard(everyCaller)
  @Field(() => Int, { description: "How many people would gain something." })
  gaining!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "How many people would lose something." })
  losing!: number;

  @Guard(everyCaller)
  @Field(() => [PolicyEffect], { description: "What, those with the most people in front." })
  effects!: readonly PolicyEffect[];

  @Guard(everyCaller)
  @Field(() => [String], {
    description:
      "What could be given, declared or opened otherwise from then on, and to how many people, in words: ceilings and terms " +
      "of grants, operations that are never granted, declarations, access in an emergency.",
  })
  limits!: readonly string[];

  @Guard(everyCaller)
  @Field(() => [String], {
    description: "Grants in force that could no longer be given so, in words. They stay until they end.",
  })
  grants!: readonly string[];
}
