import { expect, test } from "vitest";
import { allRecords } from "../../src/access/classified.js";
import { policy } from "../../src/access/policy.js";
import { fullName } from "../../src/access/record.js";
import { buildClassifiedSchema } from "../../src/schema.js";

await buildClassifiedSchema();

const known = new Map(
  allRecords().flatMap((record) =>
    [...record.fields.values()].map((field) => [fullName(field), field] as const),
  ),
);

test.each(Object.entries(policy.posts))(
  "the policy's %s rules name fields that there are, under their class",
  (domain, rules) => {
    const named = rules.flatMap(({ fields }) =>
      Object.entries(fields).flatMap(([fieldClass, names]) =>
        names === "*" ? [] : names.map((name) => ({ name, fieldClass, domain })),
      ),
    );
    const declared = named.map(({ name }) => {
      const field = known.get(name);
      return { name, fieldClass: field?.fieldClass, domain: field?.record.governedBy };
    });
    expect(declared).toEqual(named);
  },
);

test("every record type has the words of the rows that its domain's rules speak of, or none of them by intent", () => {
  const unknown = allRecords().flatMap((record) => {
    if (record.governedBy === "grants" || record.partOf.length > 0) return [];
    const rules = policy.posts[record.governedBy].filter(
      ({ records }) => !records || records.includes(record.name),
    );
    const words = new Set(rules.flatMap(({ rows }) => rows));
    return [...words].filter((word) => !record.rows[word]).map((word) => `${record.name}: ${word}`);
  });
  // What technology implements is approved, and what a reviewer notes is decided: of other forms there is neither. Of
  // what a department needs nothing is technical.
  expect(unknown.sort()).toEqual([
    "Appeal: approved",
    "Consultation: approved",
    "CopyRequest: approved",
    ...["Disposal: approved", "Disposal: decided"],
    "EmergencyAccess: approved",
    "ExternalDisclosure: approved",
    "Grant: decided",
    ...["Incident: approved", "Incident: decided"],
    "Loan: approved",
    "NeedAssessment: secrecy",
    ...["Offboarding: approved", "Offboarding: decided"],
    ...["Recertification: approved", "Recertification: decided"],
    ...["SensitiveUse: approved", "SensitiveUse: decided"],
    "TierPolicy: approved",
    "Violation: approved",
  ]);
});
