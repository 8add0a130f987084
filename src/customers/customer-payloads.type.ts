import { Field, Int, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { ImportProblem } from "../csv/import-problem.type.js";

@ObjectType({ description: "The customer that was created, as you may see it." })
export class CreateCustomerPayload {
  /** Resolved through the read path; not a field itself. */
  customerId!: string;
}

@ObjectType({ description: "What came of an import.", simpleResolvers: true })
export class ImportCustomersPayload {
  @Guard(everyCaller)
  @Field(() => Int, { description: "Rows of the list, without the header." })
  rows!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Customers written, or to be written were it not a dry run." })
  created!: number;

  @Guard(everyCaller)
  @Field(() => Int, {
    description: "Rows whose customer you have imported before; they are left as they are.",
  })
  unchanged!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Rows with a problem." })
  invalid!: number;

  @Guard(everyCaller)
  @Field(() => [ImportProblem], { description: "The first thousand problems, in the order of the lines." })
  problems!: readonly ImportProblem[];

  @Guard(everyCaller)
  @Field(() => [String], { description: "Columns that filled nothing." })
  unusedColumns!: readonly string[];
}
