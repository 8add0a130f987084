import { Field, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { oversees } from "../access/oversees.js";
import { FieldClass, Operation, Tier } from "../people/enums.js";
import { Json } from "../reading/scalars.js";

@ObjectType({
  description: "One cell of the tier matrix (rulebook 3.3): from which tier an operation on a class is open.",
  simpleResolvers: true,
})
export class AccessRule {
  @Guard(everyCaller)
  @Field(() => FieldClass, { description: "The information class." })
  fieldClass!: FieldClass;

  @Guard(everyCaller)
  @Field(() => Operation, { description: "The operation." })
  operation!: Operation;

  @Guard(everyCaller)
  @Field(() => Tier, { nullable: true, description: "The lowest tier; null where no tier opens it." })
  tier!: Tier | null;

  @Guard(everyCaller)
  @Field(() => [String], {
    description:
      "What it needs beyond the tier: DECLARATION, GROUP, SECOND_PERSON, APPROVAL, TIME_LIMIT, QUALIFICATION, WRITE_ONLY.",
  })
  conditions!: readonly string[];

  @Guard(everyCaller)
  @Field(() => String, {
    description: "All of it in words, with the departments whose people it takes less; `—` where nobody may.",
  })
  inWords!: string;
}

@ObjectType({
  description: "A version of the tier policy: the matrix and the conditions of every look at customer data.",
  simpleResolvers: true,
})
export class AccessMatrix {
  @Guard(everyCaller)
  @Field(() => String, { description: "The version of the policy." })
  version!: string;

  @Guard(everyCaller)
  @Field(() => [String], {
    description:
      "The base conditions that are enforced: device, address, training, commitment, purpose; stockTake and maintenance " +
      "where a device that is overdue for them lets nothing through; review where classified records take a reviewed device.",
  })
  baseConditions!: readonly string[];

  @Guard(everyCaller)
  @Field(() => [AccessRule], { description: "Class by class, operation by operation." })
  rules!: readonly AccessRule[];

  @Guard(oversees)
  @Field(() => Json, {
    description:
      "All that the version says, as data: the conditions, the matrix, the rights of posts, the limits of grants. For " +
      "those who oversee who sees what: administration, the information management group and auditors.",
  })
  content!: object;
}

@ObjectType({
  description: "Some rows of a record type, and what you see of a field on them.",
  simpleResolvers: true,
})
export class AccessOpening {
  @Guard(everyCaller)
  @Field(() => String, { description: "Which rows, in words." })
  rows!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "CLEAR, MASKED or WITHHELD." })
  outcome!: string;

  @Guard(everyCaller)
  @Field(() => String, {
    nullable: true,
    description: "The code of the condition that keeps it from being clear.",
  })
  reason?: string | null;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "What would help." })
  needs?: string | null;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "The mutation that asks for it." })
  request?: string | null;
}

@ObjectType({ description: "What you may do with one field.", simpleResolvers: true })
export class MyFieldAccess {
  @Guard(everyCaller)
  @Field(() => String, { description: "The field: `Customer.idNumber`." })
  field!: string;

  @Guard(everyCaller)
  @Field(() => FieldClass, { description: "Its information class." })
  fieldClass!: FieldClass;

  @Guard(everyCaller)
  @Field(() => [AccessOpening], {
    description: "What you see on which rows; the first that holds a row applies.",
  })
  see!: readonly AccessOpening[];

  @Guard(everyCaller)
  @Field(() => Boolean, { description: "May you filter and sort by it?" })
  filter!: boolean;
}

@ObjectType({ description: "What you may do with one record type.", simpleResolvers: true })
export class MyTypeAccess {
  @Guard(everyCaller)
  @Field(() => String, { description: "The record type." })
  type!: string;

  @Guard(everyCaller)
  @Field(() => [String], { description: "The rows in your reach, in words; none: the type is out of reach." })
  reach!: readonly string[];

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "Why nothing, or nothing more, is in reach: a code." })
  reason?: string | null;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "What would bring more into reach." })
  needs?: string | null;

  @Guard(everyCaller)
  @Field(() => [MyFieldAccess], { description: "Field by field." })
  fields!: readonly MyFieldAccess[];
}
