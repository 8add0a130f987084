import type { GraphQLResolveInfo } from "graphql";
import type { LimitFunction } from "p-limit";
import { Arg, Ctx, Extensions, Info, Mutation, Query, Resolver } from "type-graphql";
import { recordOf } from "../access/classified.js";
import { Guard, guardBy, reads, refuse } from "../access/guard.js";
import { importSent } from "../csv/sent-list.js";
import { enumNamed } from "../reading/enums.js";
import { whereInput } from "../reading/filter-inputs.js";
import type { Where } from "../reading/page-arguments.js";
import { type ReadContext, readCounts } from "../reading/read.js";
import type { SteppingContext } from "../workflow/transact.js";
import { ImportDevicesInput } from "./device.input.js";
import { Device } from "./device.type.js";
import { DeviceCount, DeviceExport } from "./device-export.type.js";
import { DeviceImport } from "./device-import.type.js";
import { exportDevices } from "./export-devices.js";
import { importDevices } from "./import/import-devices.js";

const where = {
  type: () => whereInput(recordOf(Device), enumNamed),
  options: { nullable: true, description: "Which devices; all in your reach where it is left out." },
} as const;

/** Those who may register devices, or correct anything of them. */
const mayImport = guardBy("importsDevices", (decisions) => {
  const decided = [...recordOf(Device).fields.values()]
    .filter(({ fieldClass }) => fieldClass !== "META")
    .flatMap((field) => (["CREATE", "CORRECT"] as const).map((use) => decisions.of(field, use)));
  return decided.some(({ openings }) => openings.length > 0) || refuse(decided[0]!.otherwise);
});

@Resolver()
export class DeviceRegisterResolver {
  @Guard(reads(Device))
  @Query(() => [DeviceCount], {
    nullable: true,
    description:
      "How many devices in your reach stand in which state, by kind. Throws FILTER_FORBIDDEN where you do not see state and kind of every one.",
  })
  deviceCounts(
    @Arg("where", where.type, where.options) given: Where | null,
    @Ctx() context: ReadContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const { fields } = recordOf(Device);
    const by = [fields.get("state")!, fields.get("kind")!];
    return readCounts(context, info, by, given ?? null);
  }

  @Guard(reads(Device))
  @Extensions({ heavy: true })
  @Query(() => DeviceExport, {
    nullable: true,
    description:
      "The register as CSV, in the order of device numbers: the rows in your reach, with the columns that you see on any of them. A cell that you do not see is empty. At most 50,000 rows: LIMIT_EXCEEDED.",
  })
  exportDevices(
    @Arg("where", where.type, where.options) given: Where | null,
    @Arg("byteOrderMark", () => Boolean, {
      defaultValue: true,
      description: "Begin with a byte order mark, by which spreadsheets know UTF-8.",
    })
    byteOrderMark: boolean,
    @Ctx() context: ReadContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<DeviceExport> {
    return exportDevices(context, info, { where: given ?? null, byteOrderMark });
  }

  @Guard(mayImport)
  @Mutation(() => DeviceImport, {
    nullable: true,
    description:
      "Enters a list of devices. A number that is not there yet is a new device, REGISTERED, for which the list gives kind, model and a stock-in or fixed-asset number (S004-P4-24); any other number is a device to correct, where an empty cell leaves the value as it is. All lines or none, unless skipInvalid; a second time it changes nothing. A column that is not yours to give (rulebook 3.3) refuses the list whole. A column `version` keeps a line from correcting what has changed since: WRONG_STATE.",
  })
  importDevices(
    @Arg("input", () => ImportDevicesInput, { description: "What is asked for." }) {
      csv,
      ...options
    }: ImportDevicesInput,
    @Ctx() context: SteppingContext & { readonly imports: LimitFunction },
  ): Promise<DeviceImport> {
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
    return importSent(context.imports, csv, (text) => importDevices(context, text, given));
  }
}
