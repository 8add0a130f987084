import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Guard } from "../access/guard.js";
import { recordQueries } from "../reading/record-queries.js";
import type { WriteContext } from "../reading/writable-rows.js";
import { writes } from "../reading/write-inputs.js";
import { logServiceCase } from "./log-service-case.js";
import { LogServiceCaseInput, UpdateServiceCaseInput } from "./service-case.input.js";
import { LogServiceCasePayload, UpdateServiceCasePayload } from "./service-case.payload.js";
import { ServiceCase } from "./service-case.type.js";
import { updateServiceCase } from "./update-service-case.js";

export const ServiceCaseQueries = recordQueries(ServiceCase, {
  one: "serviceCase",
  many: "serviceCases",
  what: "service cases",
});

@Resolver()
export class ServiceCaseResolver {
  @Guard(writes(ServiceCase, "CREATE"))
  @Mutation(() => LogServiceCasePayload, {
    description:
      "Logs what a customer in your reach asked, complained about or told us (rulebook 3.3: SERVICE, create).",
  })
  async logServiceCase(
    @Arg("input", () => LogServiceCaseInput, { description: "The case." }) input: LogServiceCaseInput,
    @Ctx() context: WriteContext,
  ): Promise<LogServiceCasePayload> {
    const { id } = await logServiceCase(context, input);
    return new LogServiceCasePayload(id);
  }

  @Guard(writes(ServiceCase, "CORRECT"))
  @Mutation(() => UpdateServiceCasePayload, {
    description:
      "Answers, resolves or corrects a service case: people of customer service directly, others as stewards (rulebook 2.4 H2, 3.3).",
  })
  async updateServiceCase(
    @Arg("input", () => UpdateServiceCaseInput, { description: "What is to change." })
    input: UpdateServiceCaseInput,
    @Ctx() context: WriteContext,
  ): Promise<UpdateServiceCasePayload> {
    const { id } = await updateServiceCase(context, input);
    return new UpdateServiceCasePayload(id);
  }
}
