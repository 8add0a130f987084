import type { Database } from "../../database/client.js";
import { gone } from "../gone.js";
import type { Line } from "./line.js";

/** Two devices cannot have one address (S004-P4-13): neither two of the list, nor one of it and one that stays as it is. */
export async function checkAddresses(db: Pick<Database, "device">, lines: readonly Line[]): Promise<void> {
  const giving = lines.filter(
    ({ values, problems }) => values.ipAddress !== undefined && problems.length === 0,
  );
  const lineOf = new Map<string, Line>();
  for (const line of giving) {
    const address = String(line.values.ipAddress);
    const earlier = lineOf.get(address);
    if (earlier) refuse(line, `Line ${earlier.line} has this address.`);
    else lineOf.set(address, line);
  }
  // A device that moves to another address leaves its own to others of the list, unless it is refused.
  const moved = new Set(
    giving.flatMap(({ device, problems }) => (device && problems.length === 0 ? [device.id] : [])),
  );
  /** Which line wants the address that a device has. */
  const wanted = new Map<string, Line>();
  const addresses = [...lineOf.keys()];
  for (let from = 0; from < addresses.length; from += slice) {
    const holders = await db.device.findMany({
      where: { ipAddress: { in: addresses.slice(from, from + slice) }, state: { notIn: [...gone] } },
      select: { id: true, ipAddress: true },
    });
    for (const { id, ipAddress } of holders) {
      const line = lineOf.get(ipAddress!)!;
      if (line.device?.id !== id) wanted.set(id, line);
    }
  }
  const staying = [...wanted.keys()].filter((id) => !moved.has(id));
  for (const id of staying) {
    const line = wanted.get(id)!;
    if (line.problems.length > 0) continue;
    refuse(line, "Another device has this address.");
    if (line.device && wanted.has(line.device.id)) staying.push(line.device.id);
  }
}

/** Addresses that are looked up at once. */
const slice = 5_000;

const refuse = ({ problems }: Line, reason: string) =>
  void problems.push({ field: "ipAddress", code: "DUPLICATE_IP", reason });
