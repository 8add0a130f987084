import { expect, test } from "vitest";
import "../../src/orders/order.type.js";
import { branchesOf } from "../../src/access/branches.js";
import type { CallerGrant } from "../../src/access/caller.js";
import { recordOf } from "../../src/access/classified.js";
import { decide, reach } from "../../src/access/decide.js";
import { policy } from "../../src/access/policy.js";
import { operations } from "../../src/access/vocabulary.js";
import { Customer } from "../../src/customers/customer.type.js";
import { caller, declaration, grant } from "../support/callers.js";

const record = recordOf(Customer);
const basic = (cap: "MASKED" | "WRITE_ONLY"): Partial<CallerGrant> => ({
  classes: [{ fieldClass: "BASIC", cap, onlyFields: [] }],
});

/** What comes first of taking a field out of the system. */
function exported(field: string, changes: Partial<CallerGrant>, declared = false): string {
  const who = caller({ grants: [grant(changes)], declarations: declared ? [declaration()] : [] });
  const decision = decide(who, record.fields.get(field)!, "EXPORT", policy);
  const [{ outcome, reason }] = branchesOf(decision, reach(who, record, policy).rows) as [never];
  return reason ? `${outcome} ${(reason as { code: string }).code}` : outcome;
}

// Rulebook 3.3, the column of exports: a tier, the operation, the class clear, and what opens it where it is sensitive.
test.each<[what: string, field: string, changes: Partial<CallerGrant>, expected: string]>([
  ["a class that the grant opens clear", "mobile", {}, "CLEAR"],
  [
    "without the operation",
    "mobile",
    { operations: operations.filter((one) => one !== "EXPORT") },
    "WITHHELD TIER_TOO_LOW",
  ],
  ["at a tier below", "mobile", { tier: "MASKED" }, "WITHHELD TIER_TOO_LOW"],
  ["of a class that is masked", "mobile", basic("MASKED"), "WITHHELD TIER_TOO_LOW"],
  ["of a class that is written only", "mobile", basic("WRITE_ONLY"), "WITHHELD TIER_TOO_LOW"],
  ["of a class that is not on the grant", "businessNeeds", basic("MASKED"), "WITHHELD FIELD_WITHHELD"],
  ["of what is sensitive, undeclared", "taxId", {}, "WITHHELD DECLARATION_REQUIRED"],
  ["of what is sensitive, below SENSITIVE", "taxId", { tier: "SERVICE" }, "WITHHELD TIER_TOO_LOW"],
  ["of the catalogue line", "code", {}, "WITHHELD TIER_TOO_LOW"],
])("%s: %s with %o is %s", (_what, field, changes, expected) => {
  expect(exported(field, changes)).toBe(expected);
});

test("a declaration opens what it names for taking out, and nothing else", () => {
  expect(exported("taxId", {}, true)).toBe("CLEAR");
  expect(exported("balance", {}, true)).toBe("WITHHELD DECLARATION_REQUIRED");
});
