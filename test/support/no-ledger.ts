import type { Ledger } from "../../src/ledger/ledger.js";

/** Records nothing: for measuring anything else, or what recording costs. */
export const noLedger: Ledger = {
  record: async () => {},
  isWritable: () => true,
  requireWritable() {},
  close: async () => {},
};
