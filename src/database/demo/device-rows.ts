import { createHash } from "node:crypto";
import type { Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoDevice, demoDevices } from "./devices.js";
import { demoId } from "./id.js";
import { employeeId, isNew } from "./people.js";

/** The number of a device in its deviceNo: 10 of D10. */
const numberOf = ({ deviceNo }: DemoDevice): number => Number(deviceNo.slice(1));
const deviceId = (device: DemoDevice): string => demoId("dev", numberOf(device));
const issued = demoDevices.flatMap((device) =>
  device.custodian === null ? [] : [{ ...device, custodian: device.custodian }],
);

/** Days from the loading to when somebody got their device, below zero. */
const issuedOn = (custodian: string): number => (isNew(custodian) ? -4 : -55);

export const deviceRows = (at: Calendar): Prisma.DeviceCreateManyInput[] =>
  demoDevices.map((device) => {
    const number = numberOf(device);
    const two = number.toString().padStart(2, "0");
    const inUse = device.custodian !== null;
    return {
      id: deviceId(device),
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
      secretReviewedAt: device.classified ? at(-45) : null,
      lastSeenAt: inUse ? at(-0.1) : null,
      price: device.price,
      supplier: device.kind === "SERVER" ? "浪潮信息" : "杭州联科电脑有限公司",
      contractNo: `HT-${two}`,
      invoiceNo: `FP-0330${two}`,
      stockInNo: `RK-${two}`,
      fixedAssetNo: `GD-${two}`,
      maintenanceIntervalDays: 90,
      lastMaintainedAt: at(-30),
      nextMaintenanceAt: at(60),
    };
  });

export const allocationRows = (at: Calendar): Prisma.AllocationCreateManyInput[] =>
  issued.map((device) => ({
    id: demoId("alc", numberOf(device)),
    deviceId: deviceId(device),
    departmentCode: device.department,
    userId: employeeId(device.custodian),
    need: "Work with the customer list",
    allocatedById: employeeId(device.custodian === "clerk" ? "ada" : "clerk"),
    issuedById: employeeId(device.custodian === "tim" ? "tess" : "tim"),
    acceptedAt: at(issuedOn(device.custodian)),
    state: "ACCEPTED",
  }));

/** One credential for each device in use, given in the clear by `credentialOf`; only its SHA-256 is a row. */
export const credentialRows = (
  at: Calendar,
  credentialOf: (deviceNo: string) => string,
): Prisma.DeviceCredentialCreateManyInput[] =>
  issued.map((device) => ({
    credentialHash: createHash("sha256").update(credentialOf(device.deviceNo)).digest("hex"),
    deviceId: deviceId(device),
    issuedAt: at(issuedOn(device.custodian)),
  }));
