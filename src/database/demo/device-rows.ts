import type { Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoDevice, demoDevices } from "./devices.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId, isNew } from "./people.js";

/** The number of a device in its deviceNo: 10 of D10. */
export const numberOf = ({ deviceNo }: DemoDevice): number => Number(deviceNo.slice(1));
export const deviceIdOf = (device: DemoDevice): string => demoId("dev", numberOf(device));
/** Those that are in somebody's hands. */
export const issued = demoDevices.flatMap((device) =>
  device.custodian === null ? [] : [{ ...device, custodian: device.custodian }],
);

/** Days from the loading to when somebody got their device, below zero. */
export const issuedOn = (custodian: string): number => (isNew(custodian) ? -4 : -55);

/** The day from the loading on which devices for classified records were reviewed. */
export const secretReviewedOn = -45;

export const deviceRows = (at: Calendar): Prisma.DeviceCreateManyInput[] =>
  demoDevices.map((device) => {
    const number = numberOf(device);
    const two = number.toString().padStart(2, "0");
    const inUse = device.custodian !== null;
    const isCounted = !(device.custodian && isNew(device.custodian));
    return {
      id: deviceIdOf(device),
      deviceNo: device.deviceNo,
      kind: device.kind,
      model: device.model,
      spec: device.spec,
      departmentCode: device.department,
      custodianId: device.custodian === null ? null : employeeId(device.custodian),
      purchasedAt: at(-380 - number),
      state: device.state,
      isCustomerListDevice: true,
      classified: device.classified,
      ipAddress: inUse ? `10.20.${device.kind === "SERVER" ? 9 : 1}.${100 + number}` : null,
      vlan: device.kind === "SERVER" ? 209 : 201,
      macAddress: `02:54:4b:00:00:${two}`,
      software:
        device.kind === "SERVER" ? ["Debian 12", "PostgreSQL 15"] : ["UOS 20", "WPS Office", "360 EDR"],
      components: ["mainboard", "memory", "disk"],
      sealNo: `SEAL-${two}`,
      configBaseline: device.kind === "SERVER" ? "server-2026.1" : "office-2026.1",
      antivirusAt: at(-1),
      firewall: true,
      passwordSet: true,
      secretReviewedAt: device.classified ? at(secretReviewedOn) : null,
      lastSeenAt: inUse ? at(-0.1) : null,
      price: device.price,
      supplier: device.kind === "SERVER" ? "浪潮信息" : "杭州联科电脑有限公司",
      contractNo: `HT-${two}`,
      invoiceNo: `FP-0330${two}`,
      stockInNo: `RK-${two}`,
      fixedAssetNo: `GD-${two}`,
      maintenanceIntervalDays: 90,
      stockTakenAt: isCounted ? at(-50) : null,
      // Half a year on, and the fourteen days that the next one takes.
      stockTakeDueAt: isCounted ? at(146) : at(3),
      lastMaintainedAt: at(-30),
      nextMaintenanceAt: at(60),
    };
  });

/** How each of them came to be in the register and in somebody's hands. */
export const deviceSteps = (at: Calendar) =>
  demoDevices.flatMap((device) => {
    const { custodian } = device;
    const steps: DemoStep[] = [{ action: "import", to: "REGISTERED", by: null, at: at(-60) }];
    if (custodian !== null)
      steps.push({ action: "takeUp", to: "IN_USE", by: null, at: at(issuedOn(custodian)) });
    return stepsOf("Device", deviceIdOf(device), custodian ?? "tim", steps);
  });

type Kept = Required<Pick<Prisma.DeviceCredentialCreateManyInput, "kind" | "credentialHash">>;

/** What proves each device in use, as it is kept: the hash of a secret, and that of a key. */
export async function credentialRows(
  at: Calendar,
  keptOf: (deviceNo: string) => Promise<readonly Kept[]>,
): Promise<Prisma.DeviceCredentialCreateManyInput[]> {
  const rows = issued.map(async (device) =>
    (await keptOf(device.deviceNo)).map((kept) => ({
      ...kept,
      deviceId: deviceIdOf(device),
      issuedAt: at(issuedOn(device.custodian)),
    })),
  );
  return (await Promise.all(rows)).flat();
}
