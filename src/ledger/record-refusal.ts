import { randomUUID } from "node:crypto";
import type { Caller } from "../access/caller.js";
import type { Ledger } from "./ledger.js";

/** Puts on record that somebody who is known was turned away before they could ask for anything. */
export const recordRefusal = (ledger: Ledger, { id, department, device, address }: Caller): Promise<void> =>
  ledger.record({
    ...{ kind: "IDENTITY", roots: [], outcome: "REFUSED", codes: ["UNAUTHENTICATED"], reasons: [] },
    ...{ principalId: id, department, deviceId: device?.id ?? null, address, purpose: null },
    ...{ grants: [], declarations: [], policyVersion: null, requestId: randomUUID(), used: [], touched: [] },
  });
