import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { ImportProblem } from "../csv/import-problem.type.js";

export const DeviceImportOutcome = {
  CREATED: "CREATED",
  CORRECTED: "CORRECTED",
  UNCHANGED: "UNCHANGED",
  REFUSED: "REFUSED",
  NOT_WRITTEN: "NOT_WRITTEN",
} as const;
export type DeviceImportOutcome = keyof typeof DeviceImportOutcome;

registerEnumType(DeviceImportOutcome, {
  name: "DeviceImportOutcome",
  description: "What became of one line of a list of devices, or would were it not a dry run.",
  valuesConfig: {
    CREATED: { description: "The device is new: REGISTERED, with nobody yet." },
    CORRECTED: { description: "What the line gives has been corrected." },
    UNCHANGED: { description: "The register says the same already." },
    REFUSED: { description: "Something is wrong with the line." },
    NOT_WRITTEN: { description: "It is good, but others are not, and it was all or none." },
  },
});

@ObjectType({ description: "What became of one line.", simpleResolvers: true })
export class DeviceImportResult {
  @Guard(everyCaller)
  @Field(() => Int, { description: "The line of the list, the header being 1." })
  line!: number;

  @Guard(everyCaller)
  @Field(() => String, { description: "The device number, as the list says." })
  deviceNo!: string;

  @Guard(everyCaller)
  @Field(() => DeviceImportOutcome, { description: "What became of it." })
  outcome!: DeviceImportOutcome;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "Of a line that is refused, the first code." })
  code!: string | null;
}

@ObjectType({ description: "A column that was left as it is.", simpleResolvers: true })
export class ColumnLeft {
  @Guard(everyCaller)
  @Field(() => String, { description: "The field that it would fill." })
  field!: string;

  @Guard(everyCaller)
  @Field(() => Int, { description: "On how many devices." })
  rows!: number;
}

@ObjectType({ description: "What came of an import of the register.", simpleResolvers: true })
export class DeviceImport {
  @Guard(everyCaller)
  @Field(() => Int, { description: "Lines of the list, without the header." })
  rows!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Devices registered, or to be registered were it not a dry run." })
  created!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Devices corrected, or to be corrected were it not a dry run." })
  corrected!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Lines that say what the register says already." })
  unchanged!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Lines with a problem." })
  invalid!: number;

  @Guard(everyCaller)
  @Field(() => [ImportProblem], { description: "The first thousand problems, in the order of the lines." })
  problems!: readonly ImportProblem[];

  @Guard(everyCaller)
  @Field(() => [DeviceImportResult], { description: "What became of each line." })
  results!: readonly DeviceImportResult[];

  @Guard(everyCaller)
  @Field(() => [ColumnLeft], {
    description:
      "Columns that you may give to new devices only: on devices that exist they were left as they are, whatever the list says.",
  })
  leftAsTheyAre!: readonly ColumnLeft[];

  @Guard(everyCaller)
  @Field(() => [String], { description: "Columns that filled nothing." })
  unusedColumns!: readonly string[];

  /** Which field was read from what. */
  columns!: readonly { readonly field: string; readonly from: string }[];
}
