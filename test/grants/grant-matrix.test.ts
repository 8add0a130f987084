import { expect, test } from "vitest";
import "../../src/grants/appeal.type.js";
import "../../src/grants/grant-class.type.js";
import "../../src/grants/sensitive-use.type.js";
import { recordOf } from "../../src/access/classified.js";
import { reach } from "../../src/access/decide.js";
import { policy } from "../../src/access/policy.js";
import { GrantApplication } from "../../src/grants/grant-application.type.js";
import { caller } from "../support/callers.js";
import { opened } from "../support/opened.js";

// Rulebook 3.3, the grant matrix. Whoever asks has no grant: it is not by grants that grants are seen.
const people = {
  grantee: caller({ grants: [] }),
  head: caller({ grants: [], roles: ["DEPT_HEAD"] }),
  reviewer: caller({ grants: [], department: "ADMINISTRATION", roles: ["ADMIN_REVIEWER"] }),
  elsewhere: caller({ grants: [], department: "FINANCE", roles: ["ADMIN_REVIEWER"] }),
  auditor: caller({ grants: [], department: "COMPLIANCE", roles: ["AUDITOR"] }),
  manager: caller({ grants: [], department: "MANAGEMENT", roles: ["GENERAL_MANAGER"] }),
  implementer: caller({ grants: [], department: "TECHNOLOGY", roles: ["ACCESS_IMPLEMENTER"] }),
  partner: caller({ grants: [], department: "EXTERNAL", kind: "PARTNER", roles: [] }),
  customer: caller({ grants: [], department: "EXTERNAL", kind: "CUSTOMER", roles: [], customerId: "cus_1" }),
  leaver: caller({ grants: [], department: "ADMINISTRATION", status: "LEFT" }),
};

const own = "your own";
const ownOrDept = "your own or of SALES";
const all = "every row in reach";
const others = "about somebody else";
const ownOrApproved = "your own or approved";

const everybody = {
  grantee: own,
  head: ownOrDept,
  reviewer: all,
  elsewhere: all,
  auditor: all,
  manager: all,
  implementer: ownOrApproved,
  partner: own,
};
const notTechnology = { ...everybody, implementer: own };
// The heads of departments are the group that decides what is escalated (S002-2.1).
const escalated = "with the information management group";
const andGroup = { ...everybody, head: `${ownOrDept} or ${escalated}, ${others}` };
const andGroupNotTechnology = { ...andGroup, implementer: own };

test.each<[string, Partial<Record<keyof typeof people, string>>]>([
  ["Grant.state", everybody],
  ["Grant.tier", everybody],
  ["Grant.classes", everybody],
  ["Grant.customerScope", everybody],
  ["Grant.customerList", everybody],
  ["Grant.validTo", everybody],
  ["GrantClass.fieldClass", andGroup],
  ["GrantClass.cap", andGroup],
  ["GrantApplication.state", andGroup],
  ["GrantApplication.tier", andGroup],
  ["GrantApplication.customerScope", andGroup],
  ["GrantApplication.reason", andGroupNotTechnology],
  ["GrantApplication.changeReason", andGroupNotTechnology],
  ["GrantApplication.decision", andGroupNotTechnology],
  [
    "GrantApplication.reviewerNotes",
    {
      head: `of SALES, decided, ${others} or ${escalated}, ${others}`,
      ...{ reviewer: others, elsewhere: others, auditor: others, manager: others },
    },
  ],
  ["Appeal.text", andGroupNotTechnology],
  ["Appeal.answer", andGroupNotTechnology],
  ["SensitiveUse.fields", notTechnology],
  ["SensitiveUse.customers", notTechnology],
])("%s is seen by those of the matrix", (field, expected) => {
  const found = Object.fromEntries(
    Object.entries(people).map(([person, who]) => [person, opened(who, field)]),
  );
  expect(found).toEqual({
    ...Object.fromEntries(Object.keys(people).map((person) => [person, "-"])),
    ...expected,
  });
});

test("nobody writes a form as if it were a record", () => {
  for (const who of Object.values(people))
    for (const use of ["CREATE", "CORRECT"] as const)
      expect(opened(who, "GrantApplication.tier", use)).toBe("-");
});

test("a customer's login does not reach so much as a row of a form", () => {
  expect(reach(people.customer, recordOf(GrantApplication), policy).rows).toEqual([]);
});
