import { Field, ID, InputType } from "type-graphql";
import { DepartmentCode } from "../../people/enums.js";
import { FormStepInput, historyNote } from "../../workflow/form-inputs.js";

@InputType({ description: "A stock-take by hand. All that is missing is named at once." })
export class OpenStockTakeInput {
  @Field(() => DepartmentCode, { nullable: true, description: "Whose devices are counted." })
  department?: DepartmentCode | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Only these of its devices, at most 500; all of them where it is left out.",
  })
  deviceIds?: string[] | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType({ description: "What was found of one device." })
export class CountedDeviceInput {
  @Field(() => ID, { nullable: true, description: "The device: one that the stock-take expects." })
  deviceId?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it was there." })
  found?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether all its parts were (S004-P4-11): of one that was there.",
  })
  complete?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Which of its parts were not, at most 500 characters: of one that was there, and not complete.",
  })
  missing?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The number of the seal on it; left out: it has none.",
  })
  sealNo?: string | null;

  @Field(() => String, { nullable: true, description: "Its network address; left out: it has none." })
  ipAddress?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "The software on it, at most 500, perhaps none: of one that was there.",
  })
  software?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "What else there is to say, to technology: at most 500 characters.",
  })
  remark?: string | null;
}

@InputType({ description: "A device that was found, and is not in the register (S004-P4-10)." })
export class SurplusDeviceInput {
  @Field(() => String, { nullable: true, description: "What it is: at most 200 characters." })
  surplus?: string | null;

  @Field(() => String, { nullable: true, description: "The number that it bears, if it bears one." })
  labelNo?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "With whom it was found: a person in your reach; nobody where it is left out.",
  })
  custodianId?: string | null;
}

@InputType({ description: "What was found. A line is counted once." })
export class CountStockTakeInput extends FormStepInput {
  @Field(() => [CountedDeviceInput], {
    nullable: true,
    description: "Devices that the stock-take expects, at most 100.",
  })
  lines?: CountedDeviceInput[] | null;

  @Field(() => [SurplusDeviceInput], {
    nullable: true,
    description: "Devices that are not in the register, at most 100.",
  })
  surplus?: SurplusDeviceInput[] | null;
}
