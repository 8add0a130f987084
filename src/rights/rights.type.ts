import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, Info, Int, ObjectType, Root } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { Grant } from "../grants/grant.type.js";
import { SensitiveUse } from "../grants/sensitive-use.type.js";
import { Employee } from "../people/employee.type.js";
import { FieldClass } from "../people/enums.js";
import { type ReadContext, readOne } from "../reading/read.js";

/** By what something is seen. */
@ObjectType()
abstract class Opened {
  grantId!: string | null;
  declarationId!: string | null;

  @Guard(everyCaller)
  @Field(() => String, { description: "CLEAR or MASKED." })
  outcome!: string;

  @Guard(everyCaller)
  @Field(() => Grant, {
    nullable: true,
    description:
      "The grant that opens it, with its form; null: a post, a consultation, or being the customer.",
  })
  grant(@Root() { grantId }: Opened, @Ctx() context: ReadContext, @Info() info: GraphQLResolveInfo) {
    return grantId && readOne(context, info, Grant, grantId);
  }

  @Guard(everyCaller)
  @Field(() => SensitiveUse, {
    nullable: true,
    description: "The declaration without which it would not be clear.",
  })
  declaration(
    @Root() { declarationId }: Opened,
    @Ctx() context: ReadContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return declarationId && readOne(context, info, SensitiveUse, declarationId);
  }
}

@ObjectType({ description: "Somebody who sees a field of a customer, and by what." })
export class FieldSeer extends Opened {
  personId!: string;

  @Guard(everyCaller)
  @Field(() => Employee, { nullable: true, description: "Who." })
  person(@Root() { personId }: FieldSeer, @Ctx() context: ReadContext, @Info() info: GraphQLResolveInfo) {
    return readOne(context, info, Employee, personId);
  }

  @Guard(everyCaller)
  @Field(() => [String], { description: "With which stated purposes; empty: with any, or none." })
  purposes!: readonly string[];
}

@ObjectType({ description: "Everybody who sees a field of a customer at an instant.", simpleResolvers: true })
export class FieldSeers {
  @Guard(everyCaller)
  @Field(() => Int, { description: "How many see it clear." })
  clear!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "How many see it masked." })
  masked!: number;

  @Guard(everyCaller)
  @Field(() => [FieldSeer], {
    description: "Who: those who see it clear in front, then by staff number; at most as many as asked for.",
  })
  people!: readonly FieldSeer[];
}

@ObjectType({ description: "Rows on which somebody sees a field, and by what." })
export class SeenRows extends Opened {
  @Guard(everyCaller)
  @Field(() => String, { description: "Which rows, in words; the first that holds a row applies." })
  rows!: string;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "The code of what keeps it from being clear." })
  reason?: string | null;
}

@ObjectType({ description: "What somebody sees of one field.", simpleResolvers: true })
export class SeenField {
  @Guard(everyCaller)
  @Field(() => String, { description: "The field: `Customer.idNumber`." })
  field!: string;

  @Guard(everyCaller)
  @Field(() => FieldClass, { description: "Its information class." })
  fieldClass!: FieldClass;

  @Guard(everyCaller)
  @Field(() => [SeenRows], { description: "On which rows; empty: on none." })
  seen!: readonly SeenRows[];

  @Guard(everyCaller)
  @Field(() => String, { description: "The code of the condition that keeps all other rows closed." })
  otherwise!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "What would help there, in words." })
  needs!: string;
}
