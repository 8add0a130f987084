import { Field, ID, InputType } from "type-graphql";
import { Day } from "../../reading/scalars.js";
import { FormStepInput } from "../../workflow/form-inputs.js";
import { MaintenanceKind } from "./maintenance.enums.js";

@InputType({
  description: "Maintenance beside what comes round by itself. All that is missing is named at once.",
})
export class PlanMaintenanceInput {
  @Field(() => ID, { nullable: true, description: "The device: one in your reach." })
  deviceId?: string | null;

  @Field(() => MaintenanceKind, { nullable: true, description: "What is to be done." })
  kind?: MaintenanceKind | null;

  @Field(() => Day, {
    nullable: true,
    description: "The last day on which it is in time: today or later, until 2099.",
  })
  dueOn?: string | null;
}

@InputType({ description: "What the maintenance of a device came to (S000-4.4a)." })
export class CompleteMaintenanceInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "What was found and done: at most 2,000 characters." })
  result?: string | null;
}
