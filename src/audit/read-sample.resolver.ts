import { Arg, Ctx, Extensions, Mutation, Resolver } from "type-graphql";
import { Guard, guardBy, refuse } from "../access/guard.js";
import { recordQueries } from "../reading/record-queries.js";
import type { SteppingContext } from "../workflow/transact.js";
import { SampleReadsInput } from "./read-sample.input.js";
import { SampleReadsPayload } from "./read-sample.payload.js";
import { ReadSample } from "./read-sample.type.js";
import { sampleReads } from "./sample-reads.js";

/** Administration checks how permissions are used, and auditors do (S002-5.1a). */
const inspects = guardBy(
  "inspects",
  ({ caller: { department, roles, status } }) =>
    ((department === "ADMINISTRATION" || roles.includes("AUDITOR")) && status === "ACTIVE") ||
    refuse({ code: "NOT_YOUR_ROLE", needs: "administration or an auditor" }),
);

export const ReadSampleQueries = recordQueries(ReadSample, {
  one: "readSample",
  many: "readSamples",
  what: "samples of looks at customer data",
});

@Resolver()
export class ReadSampleResolver {
  @Guard(inspects)
  @Extensions({ heavy: true })
  @Mutation(() => SampleReadsPayload, {
    description:
      "Draws looks of a department at customer data by lot, to be checked (S002-5.1a): those of a time that were answered. " +
      "By administration or AUDITOR, of another department than their own.",
  })
  async sampleReads(
    @Arg("input", () => SampleReadsInput, { description: "Which, and how many." }) input: SampleReadsInput,
    @Ctx() context: SteppingContext,
  ): Promise<SampleReadsPayload> {
    const { id } = await sampleReads(context, input);
    return new SampleReadsPayload(id);
  }
}
