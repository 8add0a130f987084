import { expect, test } from "vitest";
import "../../src/people/confidentiality-commitment.type.js";
import "../../src/people/department.type.js";
import "../../src/training/training-record.type.js";
import { recordOf } from "../../src/access/classified.js";
import { Employee } from "../../src/people/employee.type.js";
import { caller } from "../support/callers.js";
import { opened } from "../support/opened.js";

// Rulebook 2.2: pay, attendance and performance are one's own; trainings are for the person and whoever signs for them.
const people = {
  seller: caller({ grants: [] }),
  head: caller({ grants: [], roles: ["DEPT_HEAD"] }),
  administrator: caller({ grants: [], department: "ADMINISTRATION", roles: ["ADMIN_HEAD"] }),
  manager: caller({ grants: [], department: "MANAGEMENT", roles: ["GENERAL_MANAGER"] }),
  partner: caller({ grants: [], department: "EXTERNAL", kind: "PARTNER", roles: [] }),
  customer: caller({ grants: [], department: "EXTERNAL", kind: "CUSTOMER", roles: [], customerId: "cus_1" }),
  leaver: caller({ grants: [], status: "LEFT" }),
};

type Person = keyof typeof people;
const own = "your own";
const ownOrDept = "your own or of SALES";
const all = "every row in reach";

const ownOrLed = "your own or of somebody for whom you sign";
/** Heads for their people, the general manager for heads, and the head of administration for the general manager. */
const signing = { head: ownOrDept, manager: ownOrLed, administrator: ownOrLed };

const self = { seller: own, head: own, administrator: own, manager: own, partner: own, customer: own };

test.each<[string, Partial<Record<Person, string>>]>([
  ["Employee.name", { ...self, seller: all, head: all, administrator: all, manager: all }],
  ["Employee.department", { ...self, seller: all, head: all, administrator: all, manager: all }],
  ["Employee.contractEndsAt", { ...self, head: ownOrDept, administrator: all, manager: ownOrLed }],
  ["Employee.manager", { ...self, head: ownOrDept, administrator: all, manager: ownOrLed }],
  ["Employee.payroll", self],
  ["Employee.attendance", self],
  ["Employee.performance", self],
  ["Employee.trainingRecords", { ...self, ...signing }],
  ["TrainingRecord.score", { ...self, ...signing }],
  ["TrainingRecord.employee", { ...self, ...signing }],
  ["ConfidentialityCommitment.signedAt", self],
  ["Department.name", { ...Object.fromEntries(Object.keys(self).map((person) => [person, all])) }],
])("%s is seen by those whom it concerns", (field, expected) => {
  const found = Object.fromEntries(
    Object.entries(people).map(([person, who]) => [person, opened(who, field)]),
  );
  expect(found).toEqual({ leaver: "-", ...expected });
});

test.each(["phone", "address", "relativesContacts"])("%s is only ever matched: it is no field", (column) => {
  expect(recordOf(Employee).fields.has(column)).toBe(false);
});

test("nobody writes staff data through the API", () => {
  for (const who of Object.values(people)) expect(opened(who, "Employee.payroll", "CORRECT")).toBe("-");
});
