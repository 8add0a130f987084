/** What whoever is handed a device promises with the signature (S000-5.1b, S001-P1-3.1, 3.2); another text is another version. */
export const custodyTerms = {
  version: "2026-1",
  promises: [
    "I keep the device safely and lend it to nobody (S000-5.1b).",
    "I change none of its settings, neither its address nor its proxy (S001-P1-3.2.5).",
    "I open and repair nothing myself (S001-P1-3.1.3, 3.2.1).",
    "I install no software that has not been confirmed (S001-P1-3.2.3, 3.2.4).",
    "I report its loss and every trouble with it at once (S001-P1-3.2.2).",
    "I give it back before I leave the company or change my post (S001-P1-3.1.2.1).",
  ],
} as const;
