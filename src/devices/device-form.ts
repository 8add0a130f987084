import { uniqueColumnsOf } from "../database/database-refusal.js";
import { codes } from "../errors.js";
import { normalAddress } from "../network-address.js";
import { clearable, type FormRules, filled, type Problem, type Reader, refuseForm } from "../reading/form.js";
import {
  amount,
  anyValue,
  line,
  lineList,
  lines,
  pastDay,
  pastInstant,
  wholeNumber,
} from "../reading/form-readers.js";
import type { UpdateDeviceInput } from "./device.input.js";

/** What can be written about a device. */
export type DeviceForm = Omit<UpdateDeviceInput, "id" | "version">;

const ipAddress: Reader<string> = (written) => {
  const value = normalAddress(written.trim());
  return value === null ? { reason: "It is not an IPv4 or IPv6 address." } : { value };
};

/** Six pairs of hexadecimal digits; stored with colons, in small letters. */
const macAddress: Reader<string> = (written) => {
  const digits =
    /^([\da-f]{2})[:-]?([\da-f]{2})[:-]?([\da-f]{2})[:-]?([\da-f]{2})[:-]?([\da-f]{2})[:-]?([\da-f]{2})$/i.exec(
      written.trim(),
    );
  return digits
    ? { value: digits.slice(1).join(":").toLowerCase() }
    : { reason: "It is not a hardware address, written as 00:1a:2b:3c:4d:5e." };
};

export const deviceRules: FormRules<DeviceForm> = {
  deviceNo: filled(line(64)),
  kind: filled(anyValue),
  model: filled(line(200)),
  spec: clearable(lines(2_000)),
  department: clearable(anyValue),
  custodianId: clearable(anyValue),
  purchasedAt: clearable(pastDay),
  idleSince: clearable(pastInstant),
  isCustomerListDevice: filled(anyValue),
  classified: filled(anyValue),
  ipAddress: clearable(ipAddress),
  vlan: clearable(wholeNumber(1, 4_094)),
  macAddress: clearable(macAddress),
  software: filled(lineList(200, 500)),
  components: filled(lineList(200, 500)),
  sealNo: clearable(line(64)),
  configBaseline: clearable(line(200)),
  antivirusAt: clearable(pastInstant),
  firewall: clearable(anyValue),
  passwordSet: clearable(anyValue),
  maintenanceIntervalDays: clearable(wholeNumber(1, 3_650)),
  price: clearable(amount),
  supplier: clearable(line(200)),
  contractNo: clearable(line(64)),
  invoiceNo: clearable(line(64)),
  stockInNo: clearable(line(64)),
  fixedAssetNo: clearable(line(64)),
  scrapProceeds: clearable(amount),
  liability: clearable(amount),
};

/** What is stored in another form than it is read in: the driver takes days as instants. */
export const deviceColumns = ({ purchasedAt }: Pick<DeviceForm, "purchasedAt">) =>
  purchasedAt === undefined ? {} : { purchasedAt: purchasedAt && new Date(purchasedAt) };

/** What another device has already, by the column that says so. */
const taken: Readonly<Record<string, Problem>> = {
  deviceNo: { field: "deviceNo", code: "DUPLICATE", reason: "Another device has this number." },
  ipAddress: { field: "ipAddress", code: "DUPLICATE_IP", reason: codes.DUPLICATE_IP },
};

/**
 * Throws a failed write as what its caller is told: DUPLICATE for a number that is taken, DUPLICATE_IP for an address
 * (S001-P1-3.2.5). Whoever may write them sees them all (rulebook 3.3), or does it for those who do (6-32); only that the
 * address of a device for classified records is taken nobody could be kept from hearing. `root` is where the fields stand
 * in the input.
 */
export function whyNotWritten(error: unknown, root = "input."): never {
  const column = uniqueColumnsOf(error).find((name) => name in taken);
  if (!column) throw error;
  throw refuseForm([taken[column]!], root);
}

/** Every device is stocked in or capitalised before it is registered (S004-P4-24). */
export const stockProblems = ({
  stockInNo,
  fixedAssetNo,
}: {
  readonly stockInNo?: unknown;
  readonly fixedAssetNo?: unknown;
}): Omit<Problem, "code">[] =>
  stockInNo || fixedAssetNo
    ? []
    : [{ field: "stockInNo", reason: "It takes a stock-in number or a fixed-asset number." }];
