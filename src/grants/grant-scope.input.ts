import { Field, ID, InputType } from "type-graphql";
import { Cap, CustomerScope, FieldClass, Operation, Secrecy, Tier } from "../people/enums.js";
import { Instant } from "../reading/scalars.js";

@InputType({ description: "One class of fields, and how far it is to be opened (rulebook 3.1)." })
export class GrantedClassInput {
  @Field(() => FieldClass, { description: "The class." })
  fieldClass!: FieldClass;

  @Field(() => Cap, { description: "How far it is to be opened." })
  cap!: Cap;

  @Field(() => [String], {
    nullable: true,
    description: "Only these fields of the class, as `Order.quantity`; all of them where it is left out.",
  })
  onlyFields?: string[] | null;
}

// What is missing is told by the form itself, all of it at once: nothing here is mandatory to GraphQL.

/** What a grant is to open, field by field. */
@InputType()
export abstract class GrantScopeInput {
  @Field(() => Tier, { nullable: true, description: "How far the grant is to reach." })
  tier?: Tier | null;

  @Field(() => [GrantedClassInput], {
    nullable: true,
    description: "What it is to open; a class that is not listed stays closed.",
  })
  classes?: GrantedClassInput[] | null;

  @Field(() => [Operation], { nullable: true, description: "What it is to allow." })
  operations?: Operation[] | null;

  @Field(() => CustomerScope, { nullable: true, description: "Which customers it is to reach." })
  customerScope?: CustomerScope | null;

  @Field(() => [ID], { nullable: true, description: "The customers of a CASE_LIST; of those in your reach." })
  customerIds?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Codes of the purposes that it is for; at least one.",
  })
  purposes?: string[] | null;

  @Field(() => Secrecy, {
    nullable: true,
    description: "Up to where it is to open classified records; ORDINARY where it is left out.",
  })
  secrecyClearance?: Secrecy | null;

  @Field(() => Instant, {
    nullable: true,
    description:
      "When it is to end; of a new form, where it is left out, as late as such a grant can end from its implementation.",
  })
  validTo?: string | null;
}
