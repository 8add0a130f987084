import type { Caller } from "../access/caller.js";
import { blankEvent } from "./blank-event.js";
import type { Ledger } from "./ledger.js";

/** Puts on record that somebody who is known was turned away before they could ask for anything. */
export const recordRefusal = (ledger: Ledger, { id, department, device, address }: Caller): Promise<void> =>
  ledger.record({
    ...blankEvent(),
    ...{ kind: "IDENTITY", outcome: "REFUSED", codes: ["UNAUTHENTICATED"] },
    ...{ principalId: id, department, deviceId: device?.id ?? null, address },
  });
