import type { Prisma } from "../database/client.js";
import type { Code } from "../errors.js";
import { onDevice } from "./copies/device-copy.enums.js";
import { over } from "./faults/fault.enums.js";

// What a form decides is not written past it: whoever has an allocated device changes by its transfer (S001-P1-3.1.2.1),
// whoever reported a fault confirms its repair, nobody gets a device with somebody else's copies on it (S000-4.2c), and
// none that is shared becomes one for customer data (rulebook 6-04).

/** What keeps a device from being changed past a form. */
interface Held {
  readonly code: Code;
  readonly reason: string;
  readonly needs: string;
  readonly request: string;
}

const allocated: Held = {
  code: "WRONG_STATE",
  reason: "The device is allocated: it changes hands by its transfer.",
  needs: "the end of its allocation",
  request: "requestDeviceTransfer",
};

const faulty: Held = {
  code: "OPEN_ITEMS",
  reason: "A fault of the device is open: whoever reported it confirms that it is repaired.",
  needs: "the end of the fault",
  request: "confirmRepair",
};

const unwiped: Held = {
  code: "OPEN_ITEMS",
  reason: "Copies of customer data are on the device, and nobody else gets it with them.",
  needs: "that they are wiped",
  request: "wipeDeviceCopy",
};

const shared: Held = {
  code: "OPEN_ITEMS",
  reason: "The device is shared by departments, and so not for customer data.",
  needs: "the end of its shared use",
  request: "endDeviceShare",
};

type Queries = Pick<Prisma.TransactionClient, "allocation" | "fault" | "deviceCopy" | "deviceShare">;

/** What keeps which of these devices, by id, from changing hands, and from being for customer data. */
export async function heldByForms(
  db: Queries,
  ids: readonly string[],
): Promise<Readonly<Record<"hands" | "customerData", ReadonlyMap<string, Held>>>> {
  const deviceId = { in: [...ids] };
  const select = { deviceId: true } as const;
  const copies = await db.deviceCopy.findMany({ where: { deviceId, state: { in: [...onDevice] } }, select });
  const faults = await db.fault.findMany({ where: { deviceId, state: { notIn: [...over] } }, select });
  const allocations = await db.allocation.findMany({ where: { deviceId, endedAt: null }, select });
  const shares = await db.deviceShare.findMany({ where: { deviceId, endedAt: null }, select });
  const by = (rows: readonly { readonly deviceId: string | null }[], held: Held) =>
    rows.map((row) => [row.deviceId!, held] as const);
  return {
    // Of one that is held by several, the last is told.
    hands: new Map([...by(copies, unwiped), ...by(faults, faulty), ...by(allocations, allocated)]),
    customerData: new Map(by(shares, shared)),
  };
}
