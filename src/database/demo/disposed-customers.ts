import type { Calendar } from "./calendar.js";
import { born, customer } from "./customer-parts.js";
import type { CustomerRecord } from "./customer-records.js";
import { expired } from "./former-and-secret-customers.js";

/** C11 to C13 wait to be destroyed, C14 has been. */
export const disposedCustomers = (at: Calendar): CustomerRecord[] => [
  former("C11", at, "范志明", born("1948-05-17", "M", "330106", 611)),
  former("C12", at, "方秀兰", born("1953-09-02", "F", "330106", 402)),
  former("C13", at, "任建华", born("1946-12-24", "M", "330106", 733)),
  tombstone(at),
];

function former(code: string, at: Calendar, name: string, person: ReturnType<typeof born>): CustomerRecord {
  const number = code.slice(1).padStart(3, "0");
  const record = expired(code, at, {
    name,
    mobile: `+8613957550${number}`,
    lastOrder: -1_400,
    retentionDays: -300,
  });
  return { ...record, customer: { ...record.customer, ...person, status: "DISPOSAL_PENDING" } };
}

/** What is left of a customer who has been destroyed. */
const tombstone = (at: Calendar): CustomerRecord => ({
  customer: {
    ...customer("C14", at, { name: "—" }),
    ...{ region: null, address: null, creditLimit: null, balance: null, paymentTermDays: null },
    ...{ source: null, rating: null, collectionPurpose: null, collectionChannel: null, collectedAt: null },
    ...{ firstContactAt: null, retentionUntil: null },
    ...{ verification: "UNVERIFIED", verifiedAt: null, verifiedVia: null },
    ...{ status: "DESTROYED", lastUpdatedAt: at(-30), version: 3 },
  },
  ...{ clearances: [], bankAccounts: [], orders: [], transactions: [], serviceCases: [], dossiers: [] },
});
