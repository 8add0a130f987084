import { Field, ID, InputType, Int } from "type-graphql";
import { Instant } from "../reading/scalars.js";
import { writesIdsOf, writesTo } from "../reading/write-inputs.js";
import { Channel, ServiceCaseKind } from "./service-case.enums.js";
import { ServiceCase } from "./service-case.type.js";

const Logs = writesTo(ServiceCase, "CREATE");
const LogsId = writesIdsOf(ServiceCase, "CREATE");
const Corrects = writesTo(ServiceCase, "CORRECT");
const CorrectsId = writesIdsOf(ServiceCase, "CORRECT");

@InputType({ description: "A service case that has come in, with its answer where there was one at once." })
export class LogServiceCaseInput {
  @Field(() => ID, { description: "The customer whose case it is; one in your reach." })
  customerId!: string;

  @Logs(() => ServiceCaseKind, { required: true })
  kind!: ServiceCaseKind;

  @Logs(() => Channel, { required: true })
  channel!: Channel;

  @Logs(() => String, { required: true, description: "What the customer said; at most 10,000 characters." })
  content!: string;

  @Logs(() => Instant, { description: "When it reached us; now by default." })
  receivedAt?: string;

  @Logs(() => Instant, {
    description: "When the customer first had a reply; makes the case ANSWERED, and yours.",
  })
  firstReplyAt?: string | null;

  @Logs(() => Instant, { description: "When it was done with; makes the case RESOLVED." })
  resolvedAt?: string | null;

  @Logs(() => String, { description: "What came of it; at most 10,000 characters." })
  result?: string | null;

  @Logs(() => Int)
  satisfaction?: number | null;

  @Logs(() => Boolean, {
    description: "Whether the customer says that something was mis-sold; false by default.",
  })
  misSellingAlleged?: boolean;

  @LogsId("againstEmployee", { description: "Whom the customer complains about; one in your reach." })
  againstEmployeeId?: string | null;
}

@InputType({
  description:
    "What is to change about a service case. What is left out stays as it is; null clears what may be empty.",
})
export class UpdateServiceCaseInput {
  @Field(() => ID, { description: "The case's id." })
  id!: string;

  @Field(() => Int, {
    description: "The version that was read. If the case has changed since, nothing happens: WRONG_STATE.",
  })
  version!: number;

  @Corrects(() => ServiceCaseKind)
  kind?: ServiceCaseKind;

  @Corrects(() => Channel)
  channel?: Channel;

  @Corrects(() => String, { description: "What the customer said; at most 10,000 characters." })
  content?: string;

  @Corrects(() => Instant)
  receivedAt?: string;

  @Corrects(() => Instant, {
    description:
      "When the customer first had a reply; whoever gives it first deals with the case. The dates say the status.",
  })
  firstReplyAt?: string | null;

  @Corrects(() => Instant, { description: "When it was done with; null opens it again." })
  resolvedAt?: string | null;

  @Corrects(() => String, { description: "What came of it; at most 10,000 characters." })
  result?: string | null;

  @Corrects(() => Int)
  satisfaction?: number | null;

  @Corrects(() => Boolean)
  misSellingAlleged?: boolean;

  @CorrectsId("againstEmployee", { description: "Whom the customer complains about; one in your reach." })
  againstEmployeeId?: string | null;
}
