import type { DepartmentCode, DeviceKind, DeviceState } from "../client.js";
import { demoAccounts } from "./accounts.js";
import { isInSecretPost } from "./people.js";

/** A device on the register of the demo organisation. */
export interface DemoDevice {
  readonly deviceNo: string;
  readonly kind: DeviceKind;
  readonly model: string;
  readonly spec: string;
  readonly price: string;
  readonly department: DepartmentCode;
  /** staffNo of whom it was issued to; null: registered, not issued. */
  readonly custodian: string | null;
  readonly state: DeviceState;
  /** Reviewed for classified records. */
  readonly classified: boolean;
}

type Make = Pick<DemoDevice, "kind" | "model" | "spec" | "price">;

const makes: readonly Make[] = [
  {
    kind: "LAPTOP",
    model: "ThinkPad T14 Gen 5",
    spec: "14 in, 16 GB, 512 GB SSD, TPM 2.0",
    price: "8999.00",
  },
  { kind: "PC", model: "OptiPlex 7020", spec: "16 GB, 512 GB SSD, TPM 2.0", price: "5499.00" },
  { kind: "TERMINAL", model: "RG-CT3200", spec: "8 GB, no local storage", price: "2380.00" },
];
const server: Make = {
  kind: "SERVER",
  model: "NF5280M7",
  spec: "2 × 16 cores, 128 GB, 2 × 1.92 TB SSD mirrored",
  price: "68500.00",
};

/** Every login's own device, then the two that wait to be issued. */
export const demoDevices: readonly DemoDevice[] = [
  ...demoAccounts.flatMap((account, position) => {
    const { device, staffNo, kind, department } = account;
    return device === null
      ? []
      : [
          {
            ...(kind === "SYSTEM" ? server : makes[position % makes.length]!),
            deviceNo: device,
            department,
            custodian: staffNo,
            state: "IN_USE" as const,
            classified: isInSecretPost(account),
          },
        ];
  }),
  ...["D5", "D6"].map((deviceNo, position) => ({
    ...makes[position]!,
    deviceNo,
    department: "SALES" as const,
    custodian: null,
    state: "REGISTERED" as const,
    classified: false,
  })),
];
