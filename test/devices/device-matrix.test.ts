import { describe, expect, test } from "vitest";
import "../../src/devices/allocations/allocation.type.js";
import "../../src/devices/device.type.js";
import type { Use } from "../../src/access/vocabulary.js";
import { caller } from "../support/callers.js";
import { opened } from "../support/opened.js";

// Rulebook 3.3, the device matrix. The callers have no grant: grants open nothing about devices.
const people = {
  seller: caller({ grants: [] }),
  head: caller({ grants: [], roles: ["DEPT_HEAD"] }),
  clerk: caller({ grants: [], department: "ADMINISTRATION", roles: ["ADMIN_HR_CLERK"] }),
  engineer: caller({ grants: [], department: "TECHNOLOGY", roles: ["IT_ENGINEER"] }),
  accountant: caller({ grants: [], department: "FINANCE", roles: ["FINANCE_OFFICER"] }),
  inspector: caller({ grants: [], department: "QUALITY", roles: ["INSPECTOR"] }),
  vendor: caller({ grants: [], department: "EXTERNAL", kind: "VENDOR_STAFF", roles: [] }),
  customer: caller({ grants: [], department: "EXTERNAL", kind: "CUSTOMER", roles: [], customerId: "cus_1" }),
  leaver: caller({ grants: [], department: "TECHNOLOGY", status: "LEFT" }),
};

type Person = keyof typeof people;
const everyone = Object.keys(people) as Person[];
const all = "every row in reach";

/** What each of these may do; everybody else nothing. */
const expected = (table: Partial<Record<Person, string>>) =>
  Object.fromEntries(everyone.map((person) => [person, table[person] ?? "-"]));

const own = "your own";
const ownOrDept = "your own or of SALES";

/** A field, who sees it, who edits it. */
type Row = [string, Partial<Record<Person, string>>, Partial<Record<Person, string>>];

describe.each<Row>([
  [
    "Device.deviceNo",
    { seller: own, head: ownOrDept, clerk: all, engineer: all, accountant: all, inspector: own, vendor: own },
    { engineer: all },
  ],
  [
    "Device.model",
    { seller: own, head: ownOrDept, clerk: all, engineer: all, accountant: all, inspector: own, vendor: own },
    { engineer: all },
  ],
  [
    "Device.classified",
    { seller: own, head: ownOrDept, clerk: all, engineer: all, accountant: all, inspector: own, vendor: own },
    { engineer: all },
  ],
  [
    "Device.department",
    { seller: own, head: ownOrDept, clerk: all, engineer: all, accountant: all, inspector: own, vendor: own },
    { clerk: all },
  ],
  [
    "Device.custodian",
    { seller: own, head: ownOrDept, clerk: all, engineer: all, accountant: all, inspector: own, vendor: own },
    { clerk: all },
  ],
  [
    "Device.idleSince",
    { seller: own, head: ownOrDept, clerk: all, engineer: all, accountant: all, inspector: own, vendor: own },
    { clerk: all },
  ],
  [
    "Device.state",
    { seller: own, head: ownOrDept, clerk: all, engineer: all, accountant: all, inspector: own, vendor: own },
    {},
  ],
  [
    "Device.ipAddress",
    { seller: own, head: own, clerk: own, engineer: all, accountant: own, inspector: own, vendor: own },
    { engineer: all },
  ],
  [
    "Device.sealNo",
    { seller: own, head: own, clerk: own, engineer: all, accountant: own, inspector: all, vendor: own },
    { engineer: all },
  ],
  ["Device.antivirusAt", { engineer: all, inspector: all }, { engineer: all }],
  ["Device.software", { engineer: all }, { engineer: all }],
  ["Device.maintenanceIntervalDays", { engineer: all }, { engineer: all }],
  // What is observed, and what the forms of a device tell, nobody writes by hand.
  ...[
    ...["downtimeMinutes", "lastMaintainedAt", "nextMaintenanceAt", "secretReviewedAt"],
    ...["lastSeenAt", "stockTakenAt", "stockTakeDueAt"],
  ].map((name): Row => [`Device.${name}`, { engineer: all }, {}]),
  ["Device.price", { clerk: all, accountant: all }, { clerk: all, accountant: all }],
  ["Device.supplier", { clerk: all, accountant: all }, { clerk: all, accountant: all }],
  ["Device.stockInNo", { clerk: all, accountant: all }, { clerk: all, accountant: all }],
  ["Device.fixedAssetNo", { clerk: all, accountant: all }, { clerk: all, accountant: all }],
  ["Device.invoiceNo", { clerk: all, accountant: all }, { accountant: all }],
  ["Device.liability", { clerk: all, accountant: all }, { accountant: all }],
  [
    "Allocation.user",
    {
      ...{ seller: own, head: ownOrDept, clerk: all, engineer: all, accountant: all, inspector: own },
      vendor: own,
    },
    {},
  ],
])("%s", (field, seers, editors) => {
  const found = (use: Use) =>
    Object.fromEntries(everyone.map((person) => [person, opened(people[person], field, use)]));

  test("is seen by those of the matrix", () => expect(found("SEE")).toEqual(expected(seers)));
  test("is edited by those of the matrix", () => expect(found("CORRECT")).toEqual(expected(editors)));
  test("is filtered by no more rows than it is seen on", () => {
    const { inspector: _filtered, ...filters } = found("FILTER");
    const { inspector: _seen, ...sees } = expected(seers);
    expect(filters).toEqual(sees);
  });
});

test("an inspector looks at seal and antivirus, but lists no devices by them", () => {
  expect(opened(people.inspector, "Device.antivirusAt", "FILTER")).toBe("-");
  // Of the forms about devices they reach their own alone.
  expect(opened(people.inspector, "Allocation.state")).toBe(own);
});

test.each(everyone)("%s registers devices only from technology", (person) => {
  expect(opened(people[person], "Device.deviceNo", "CREATE")).toBe(person === "engineer" ? all : "-");
});

test.each(["Device.stockInNo", "Device.fixedAssetNo"])(
  "technology gives a new device its %s (S004-P4-24), and neither reads nor changes it",
  (field) => {
    for (const person of everyone)
      expect([person, opened(people[person], field, "CREATE")]).toEqual([
        person,
        person === "engineer" ? all : "-",
      ]);
    expect(opened(people.engineer, field)).toBe("-");
    expect(opened(people.engineer, field, "CORRECT")).toBe("-");
  },
);

test.each(everyone)(
  "the label of a device is seen by %s where the number is, and used for nothing else",
  (person) => {
    expect(opened(people[person], "Device.label")).toBe(opened(people[person], "Device.deviceNo"));
    for (const use of ["FILTER", "SORT", "CREATE", "CORRECT"] as const)
      expect(opened(people[person], "Device.label", use)).toBe("-");
  },
);

test.each(["CREATE", "CORRECT"] as const)(
  "whoever may %s device numbers sees them all, so that a taken one is no secret",
  (use) => {
    for (const person of everyone)
      if (opened(people[person], "Device.deviceNo", use) !== "-")
        expect(opened(people[person], "Device.deviceNo")).toBe(all);
  },
);
