import type { DeviceState } from "../database/client.js";

/** Where a device is in nobody's hands of the company any more: its address is free. */
export const gone: readonly DeviceState[] = ["SCRAPPED", "LOST", "WRITTEN_OFF"];
