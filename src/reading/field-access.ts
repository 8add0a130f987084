import { Field, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";

@ObjectType({ description: "What you see of one field, and why not more.", simpleResolvers: true })
export class FieldAccess {
  @Guard(everyCaller)
  @Field(() => String, { description: "The field: `Customer.idNumber`." })
  field!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "CLEAR, MASKED or WITHHELD." })
  outcome!: string;

  @Guard(everyCaller)
  @Field(() => String, {
    nullable: true,
    description: "The code of the condition that failed first; null where the field is clear.",
  })
  reason?: string | null;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "What would help, in words." })
  needs?: string | null;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "The mutation that asks for it." })
  request?: string | null;
}

/** Adds `access` to a record type: what the caller sees of each field of this very row. */
export function explainsItself(type: new () => object): void {
  Field(() => [FieldAccess], { description: "What you see of each field of this record, and why not more." })(
    type.prototype,
    "access",
  );
  Guard(everyCaller)(type.prototype, "access");
}
