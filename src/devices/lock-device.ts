import type { Prisma } from "../database/client.js";

const asked = {
  deviceNo: true,
  version: true,
  state: true,
  custodianId: true,
  idleSince: true,
  departmentCode: true,
  isCustomerListDevice: true,
  classified: true,
  invoiceNo: true,
  configBaseline: true,
  passwordSet: true,
  maintenanceIntervalDays: true,
  lastMaintainedAt: true,
  nextMaintenanceAt: true,
} as const;

/** A device as it is, of which nobody takes a step before the transaction ends. */
export async function lockDevice(tx: Prisma.TransactionClient, id: string) {
  await tx.$queryRaw`SELECT 1 AS "locked" FROM "Device" WHERE "id" = ${id} FOR NO KEY UPDATE`;
  return tx.device.findUniqueOrThrow({ where: { id }, select: asked });
}
