import { Field, ID, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { Cap, CustomerScope, FieldClass, Operation, Secrecy, Tier } from "../people/enums.js";
import { GrantKind } from "./grant.enums.js";

// The fields of `ApplyForGrantInput`, so that a client hands them back as they are, with a reason.

@ObjectType({ description: "One class of a form that is filled in beforehand.", simpleResolvers: true })
export class DraftedClass {
  @Guard(everyCaller)
  @Field(() => FieldClass, { description: "The class." })
  fieldClass!: FieldClass;

  @Guard(everyCaller)
  @Field(() => Cap, { description: "How far it is to be opened." })
  cap!: Cap;

  @Guard(everyCaller)
  @Field(() => [String], { description: "Only these fields of it; empty: all of them." })
  onlyFields!: string[];
}

@ObjectType({
  description: "An application that is filled in beforehand: what `applyForGrant` takes, but for the reason.",
  simpleResolvers: true,
})
export class GrantApplicationDraft {
  @Guard(everyCaller)
  @Field(() => ID, { description: "For whom." })
  employeeId!: string;

  @Guard(everyCaller)
  @Field(() => GrantKind, { description: "On what occasion." })
  kind!: GrantKind;

  @Guard(everyCaller)
  @Field(() => Tier, { description: "How far it is to reach." })
  tier!: Tier;

  @Guard(everyCaller)
  @Field(() => [DraftedClass], { description: "What it is to open." })
  classes!: DraftedClass[];

  @Guard(everyCaller)
  @Field(() => [Operation], { description: "What it is to allow." })
  operations!: Operation[];

  @Guard(everyCaller)
  @Field(() => CustomerScope, { description: "Which customers it is to reach." })
  customerScope!: CustomerScope;

  @Guard(everyCaller)
  @Field(() => [ID], { description: "The customers of a CASE_LIST, of those in your reach." })
  customerIds!: string[];

  @Guard(everyCaller)
  @Field(() => [String], { description: "Codes of the purposes." })
  purposes!: string[];

  @Guard(everyCaller)
  @Field(() => Secrecy, { description: "Up to where it is to open classified records." })
  secrecyClearance!: Secrecy;

  @Guard(everyCaller)
  @Field(() => ID, { nullable: true, description: "The grant of a case that it follows on." })
  replacesId?: string | null;
}
