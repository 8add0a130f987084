import { ledgerKinds, ledgerOutcomes } from "../ledger/event.js";
import { describeEnum } from "../reading/enums.js";

const words = <Word extends string>(known: readonly Word[]) =>
  Object.fromEntries(known.map((word) => [word, word])) as { readonly [One in Word]: One };

export const LedgerKind = words(ledgerKinds);
export type LedgerKind = (typeof ledgerKinds)[number];
export const LedgerOutcome = words(ledgerOutcomes);
export type LedgerOutcome = (typeof ledgerOutcomes)[number];

describeEnum("LedgerKind", LedgerKind, "What kind of thing the ledger tells of.", {
  QUERY: "Something was to be read.",
  MUTATION: "Something was to be done.",
  IDENTITY: "Somebody was turned away before anything was looked at.",
  CLOCKWORK: "The clock, or a command of whoever runs the server, did something.",
});

describeEnum("LedgerOutcome", LedgerOutcome, "What came of it.", {
  BEGUN: "It was begun; a second event, of the same request, tells the end, unless the server ended first.",
  ANSWERED: "It was answered, though of some fields perhaps nothing was shown.",
  REFUSED: "Nothing was shown or done; the codes say why.",
  FAILED: "It failed; what had been done until then is among what it touched.",
});
