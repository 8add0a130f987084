import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import type { Context } from "../context.js";
import { importSent } from "../csv/sent-list.js";
import { readOne } from "../reading/read.js";
import { writes } from "../reading/write-inputs.js";
import { createCustomer } from "./create-customer.js";
import { CreateCustomerInput, ImportCustomersInput } from "./customer.input.js";
import { Customer } from "./customer.type.js";
import { CreateCustomerPayload, ImportCustomersPayload } from "./customer-payloads.type.js";
import { type ImportReport, importCsv } from "./import/import-csv.js";
import { whyNotWritten } from "./import/may-write.js";

const mayCreate = writes(Customer, "CREATE");

@Resolver(() => CreateCustomerPayload)
export class CustomerWritingResolver {
  @Guard(mayCreate)
  @Mutation(() => CreateCustomerPayload, {
    nullable: true,
    description:
      "Enters a new customer, whole or not at all (S002-3.3c); every problem of the input is told at once.",
  })
  async createCustomer(
    @Arg("input", () => CreateCustomerInput, { description: "What is asked for." })
    input: CreateCustomerInput,
    @Ctx() context: Context,
  ): Promise<CreateCustomerPayload> {
    const { id } = await createCustomer(context, context.caller!, { ...input });
    return { customerId: id };
  }

  @Guard(everyCaller)
  @FieldResolver(() => Customer, { nullable: true, description: "The new customer, as you may see it." })
  customer(
    @Root() { customerId }: CreateCustomerPayload,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Customer, customerId);
  }

  @Guard(mayCreate)
  @Mutation(() => ImportCustomersPayload, {
    nullable: true,
    description:
      "Enters a list of customers: all rows or none, unless skipInvalid; a second time adds nothing twice.",
  })
  importCustomers(
    @Arg("input", () => ImportCustomersInput, { description: "What is asked for." }) {
      csv,
      ...options
    }: ImportCustomersInput,
    @Ctx() { db, clock, codeKey, caller, decisions, imports }: Context,
  ): Promise<ImportReport> {
    const components = { db, clock, codeKey, mayWrite: whyNotWritten(caller!, decisions!.policy) };
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
    return importSent(imports, csv, (text) => importCsv(components, caller!, text, given));
  }
}
