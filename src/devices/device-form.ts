import { isIP } from "node:net";
import { Prisma } from "../database/client.js";
import { clearable, type FormRules, filled, type Reader, refuseForm } from "../reading/form.js";
import {
  amount,
  anyValue,
  instant,
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
  const value = written.trim().toLowerCase();
  return isIP(value) ? { value } : { reason: "It is not an IPv4 or IPv6 address." };
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
  secretReviewedAt: clearable(pastInstant),
  maintenanceIntervalDays: clearable(wholeNumber(1, 3_650)),
  lastMaintainedAt: clearable(pastInstant),
  nextMaintenanceAt: clearable(instant),
  downtimeMinutes: filled(wholeNumber(0, 2_147_483_647)),
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

/**
 * Throws a failed write as what its caller is told: DUPLICATE for a number that is taken. Whoever may write numbers sees them
 * all (rulebook 3.3), so that this tells nothing new.
 */
export function whyNotWritten(error: unknown): never {
  const duplicate = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
  if (!duplicate) throw error;
  throw refuseForm([{ field: "deviceNo", code: "DUPLICATE", reason: "Another device has this number." }]);
}
