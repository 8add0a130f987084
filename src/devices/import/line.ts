import type { Device } from "../../database/client.js";
import type { Problem } from "../../reading/form.js";

/** A device of the register, as it was found. */
export type Found = Readonly<
  Pick<
    Device,
    | "id"
    | "deviceNo"
    | "version"
    | "state"
    | "custodianId"
    | "isCustomerListDevice"
    | "classified"
    | "idleSince"
  >
>;

/** A line of the list, and what becomes of it unless something is wrong with it. */
export interface Line {
  readonly line: number;
  readonly deviceNo: string;
  readonly outcome: "CREATED" | "CORRECTED" | "UNCHANGED";
  /** The device that is there already, as it was found. */
  readonly device: Found | null;
  /** What is written, by field. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Fields that it gives, and that are left as they are. */
  readonly left: readonly string[];
  readonly problems: Problem[];
}
