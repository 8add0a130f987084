import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Guard } from "../access/guard.js";
import { recordQueries } from "../reading/record-queries.js";
import type { WriteContext } from "../reading/writable-rows.js";
import { writes } from "../reading/write-inputs.js";
import { LogServiceCaseInput } from "./log-service-case.input.js";
import { logServiceCase } from "./log-service-case.js";
import { LogServiceCasePayload } from "./log-service-case.payload.js";
import { ServiceCase } from "./service-case.type.js";

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
}
