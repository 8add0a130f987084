import type { NewEvent } from "../../src/ledger/event.js";

/** An answered look at one customer, known by the id of its request. */
export const eventNamed = (requestId: string): NewEvent => ({
  ...({ kind: "QUERY", roots: ["customers"], outcome: "ANSWERED", codes: [], reasons: [] } as const),
  ...{ principalId: "emp_1", department: null, deviceId: null, address: null, purpose: null },
  ...{ grants: [], declarations: [], policyVersion: 1, requestId, used: [] },
  touched: [
    {
      ...{ record: "Customer", recordId: "cus_1", customerId: "cus_1", step: null },
      fields: { clear: ["Customer.name"], masked: [], withheld: [] },
    },
  ],
});
