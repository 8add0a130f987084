import { Field, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../../access/guard.js";

@ObjectType({
  description: "What whoever is handed a device promises with the signature (S000-5.1b, S001-P1-3.1, 3.2).",
  simpleResolvers: true,
})
export class CustodyTerms {
  @Guard(everyCaller)
  @Field(() => String, { description: "Its version: what `acceptAllocation` names." })
  version!: string;

  @Guard(everyCaller)
  @Field(() => [String], { description: "Sentence by sentence, with the clause of each." })
  promises!: readonly string[];
}
