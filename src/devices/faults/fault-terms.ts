import type { Term } from "../../workflow/calendar.js";

// By when a fault is seen to (rulebook 2.4 E).

/** Until when a repairer has taken it. */
export const toAcknowledge = { workingHours: 4 } as const satisfies Term;

/** Until when its user has the device back and has confirmed it. */
export const overall = { workingDays: 3 } as const satisfies Term;
