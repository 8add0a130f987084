import type { Asking, DemoServer } from "./execute-as.js";
import { step } from "./steps.js";

/** tim confirms that what has been recalled from somebody's devices is wiped. */
export async function wipeCopies(server: DemoServer, staffNo: string, asking: Asking = {}): Promise<void> {
  const copies = await server.database.db.deviceCopy.findMany({
    where: { state: "RECALLED", holder: { staffNo } },
  });
  for (const { id } of copies)
    await step(
      server,
      "tim",
      "wipeDeviceCopy",
      { id, method: "OVERWRITE", proof: "Protocol 7" },
      { ...asking, form: "deviceCopy" },
    );
}
