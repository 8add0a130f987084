import { Field, ID, InputType } from "type-graphql";
import { Decimal } from "../reading/scalars.js";
import { FormStepInput, historyNote } from "../workflow/form-inputs.js";
import { passMark } from "./trained.js";

@InputType({ description: "Who is to take part in which training (S000-5.1a)." })
export class EnrolInTrainingInput {
  @Field(() => ID, { nullable: true, description: "The session: one that is still to come." })
  sessionId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Who: yourself where it is left out, or somebody of your own department.",
  })
  employeeId?: string | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType({ description: "That somebody was there." })
export class RecordTrainingAttendanceInput extends FormStepInput {
  @Field(() => Decimal, {
    nullable: true,
    description:
      "How long: class hours, more than 0 and at most those of the session; all of them where it is left out.",
  })
  attendedHours?: string | null;
}

@InputType({ description: "The result of the test." })
export class GradeTrainingInput extends FormStepInput {
  @Field(() => Decimal, {
    nullable: true,
    description: `From 0 to 100, with one decimal place at most: ${passMark} is the pass mark.`,
  })
  score?: string | null;
}
