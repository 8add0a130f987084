import { Field, ID, InputType, Int } from "type-graphql";
import { Instant } from "../reading/scalars.js";
import { writesIdsOf, writesTo } from "../reading/write-inputs.js";
import { Channel, ServiceCaseKind } from "./service-case.enums.js";
import { ServiceCase } from "./service-case.type.js";

const Writes = writesTo(ServiceCase, "CREATE");
const WritesId = writesIdsOf(ServiceCase, "CREATE");

@InputType({ description: "A service case that has come in, with its answer where there was one at once." })
export class LogServiceCaseInput {
  @Field(() => ID, { description: "The customer whose case it is; one in your reach." })
  customerId!: string;

  @Writes(() => ServiceCaseKind, { required: true })
  kind!: ServiceCaseKind;

  @Writes(() => Channel, { required: true })
  channel!: Channel;

  @Writes(() => String, { required: true, description: "What the customer said; at most 10,000 characters." })
  content!: string;

  @Writes(() => Instant, { description: "When it reached us; now by default." })
  receivedAt?: string;

  @Writes(() => Instant, {
    description: "When the customer first had a reply; makes the case ANSWERED, and yours.",
  })
  firstReplyAt?: string | null;

  @Writes(() => Instant, { description: "When it was done with; makes the case RESOLVED." })
  resolvedAt?: string | null;

  @Writes(() => String, { description: "What came of it; at most 10,000 characters." })
  result?: string | null;

  @Writes(() => Int)
  satisfaction?: number | null;

  @Writes(() => Boolean, {
    description: "Whether the customer says that something was mis-sold; false by default.",
  })
  misSellingAlleged?: boolean;

  @WritesId("againstEmployee", { description: "Whom the customer complains about; one in your reach." })
  againstEmployeeId?: string | null;
}
