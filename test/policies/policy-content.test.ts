import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policy as first, type PolicyContent } from "../../src/access/policy.js";
import { customerClasses, operations, tiers } from "../../src/access/vocabulary.js";
import { changed, changesInWords } from "../../src/policies/policy-changes.js";
import { senselessIn } from "../../src/policies/policy-sense.js";
import { policyShape } from "../../src/policies/policy-shape.js";
import { changeOf } from "../../src/policies/read-policy.js";
import { buildClassifiedSchema } from "../../src/schema.js";

// All record types are known from here on.
await buildClassifiedSchema();
const { version: _, ...content } = first;

test("version 1 is in the shape of all versions, and makes sense", () => {
  expect(policyShape.parse(JSON.parse(JSON.stringify(content)))).toEqual(content);
  expect(senselessIn(content)).toEqual([]);
});

describe("changes that make another version", () => {
  test.each<[changes: object, words: string[]]>([
    [{ customers: { ORDER: { EXPORT: null } } }, ["customers.ORDER.EXPORT: POST + APPROVAL → nobody"]],
    [
      { customers: { BUSINESS: { SEE_MASKED: { tier: "MASKED", extra: [] } } } },
      ["customers.BUSINESS.SEE_MASKED: nobody → MASKED"],
    ],
    [
      { customers: { BASIC: { SEE_MASKED: { tier: "POST" } } } },
      ["customers.BASIC.SEE_MASKED: MASKED → POST"],
    ],
    [
      { customers: { SERVICE: { SEE_CLEAR: { tier: "POST" }, FILTER: { tier: "POST" } } } },
      ["customers.SERVICE.SEE_CLEAR: SERVICE → POST", "customers.SERVICE.FILTER: SERVICE → POST"],
    ],
    [
      { customers: { FINANCIAL: { CORRECT: { extra: [] } } } },
      ["customers.FINANCIAL.CORRECT: STEWARD + DECLARATION → STEWARD"],
    ],
    [
      { customers: { SERVICE: { CORRECT: { direct: { departments: ["CUSTOMER_SERVICE", "QUALITY"] } } } } },
      [
        "customers.SERVICE.CORRECT: STEWARD, SERVICE for CUSTOMER_SERVICE → STEWARD, SERVICE for CUSTOMER_SERVICE and QUALITY",
      ],
    ],
    [
      { customers: { SERVICE: { CORRECT: { direct: { departments: [] } } } } },
      ["customers.SERVICE.CORRECT: STEWARD, SERVICE for CUSTOMER_SERVICE → STEWARD, SERVICE for nobody"],
    ],
    [{ conditions: { address: true } }, ["conditions.address: false → true"]],
    [{ exemptFromPersonalConditions: [] }, ["exemptFromPersonalConditions: no longer SYSTEM"]],
    [
      { limits: { terms: [{ kinds: ["TEMP"], hours: 240 }, { hours: 1_000 }] } },
      expect.arrayContaining([
        "limits.terms: now kinds TEMP, hours 240",
        "limits.terms: no longer hours 17544",
      ]),
    ],
    [{ limits: { emergencyHours: 4 } }, ["limits.emergencyHours: 0 → 4"]],
    [
      { posts: { inbox: [] } },
      ["posts.inbox: no longer who (), rows own, uses SEE or FILTER or SORT, fields (META *)"],
    ],
    [{ limits: { ceilings: [...content.limits.ceilings].reverse() } }, ["limits.ceilings: in another order"]],
  ])("%j: %j", (changes, words) => {
    expect(changeOf(first, changes)).toMatchObject({ inWords: words });
  });
});

describe("changes that are refused, everything at once", () => {
  const cell = (fieldClass: string, operation: string, to: object | null) => ({
    customers: { [fieldClass]: { [operation]: to } },
  });
  test.each<[what: string, changes: object, problems: [field: string, reason?: string][]]>([
    ["nothing", {}, [["changes", "Nothing would be different."]]],
    ["what is so already", { conditions: { device: true } }, [["changes", "Nothing would be different."]]],
    ["an unknown part", { colours: {} }, [["changes"]]],
    ["another version's number", { version: 7 }, [["changes"]]],
    ["a part that is no object", { limits: [] }, [["changes.limits"]]],
    ["a part that is missing", { limits: null }, [["changes.limits"]]],
    ["an unknown word", cell("BASIC", "FILTER", { tier: "BOSS" }), [["changes.customers.BASIC.FILTER.tier"]]],
    ["an unknown class", cell("SECRET", "FILTER", null), [["changes.customers"]]],
    ["code", { conditions: { device: "() => true" } }, [["changes.conditions.device"]]],
    ["a way into the machine", JSON.parse('{"__proto__": {"polluted": true}}'), [["changes"]]],
    [
      "several at once",
      { conditions: { device: 1 }, limits: { emergencyHours: 5 } },
      [["changes.conditions.device"], ["changes.limits.emergencyHours"]],
    ],
    [
      "hours that are none",
      { limits: { declarationHours: { named: 0 } } },
      [["changes.limits.declarationHours.named"]],
    ],
    ["hours in parts", { limits: { emergencyHours: 0.5 } }, [["changes.limits.emergencyHours"]]],
    [
      "filtering by what is not seen",
      cell("PRIVATE", "FILTER", { tier: "SERVICE" }),
      [["changes.customers.PRIVATE.FILTER"]],
    ],
    [
      "filtering without the declaration that seeing takes",
      cell("PRIVATE", "FILTER", { extra: [] }),
      [["changes.customers.PRIVATE.FILTER"]],
    ],
    [
      "seeing from a higher tier than all that tells of it",
      cell("ORDER", "SEE_CLEAR", { tier: "STEWARD" }),
      ["FILTER", "SORT", "AGGREGATE", "EXPORT"].map((one) => [`changes.customers.ORDER.${one}`]),
    ],
    [
      "seeing by nobody what can still be filtered by",
      cell("ORDER", "SEE_CLEAR", null),
      ["FILTER", "SORT", "AGGREGATE", "EXPORT"].map((one) => [`changes.customers.ORDER.${one}`]),
    ],
    ["a tier that is none", cell("BASIC", "CREATE", { tier: "NONE" }), [["changes.customers.BASIC.CREATE"]]],
    [
      "a condition that nothing asks for",
      cell("ORDER", "FILTER", { extra: ["APPROVAL"] }),
      [["changes.customers.ORDER.FILTER"]],
    ],
    [
      "leaving out a condition that is there anyway",
      cell("ORDER", "DELETE", { extra: [] }),
      [["changes.customers.ORDER.DELETE"]],
    ],
    [
      "a declaration about what is not sensitive",
      cell("ORDER", "CORRECT", { extra: ["DECLARATION"] }),
      [["changes.customers.ORDER.CORRECT"]],
    ],
    [
      "a declaration of new data",
      cell("PRIVATE", "CREATE", { extra: ["WRITE_ONLY", "DECLARATION"] }),
      [["changes.customers.PRIVATE.CREATE"]],
    ],
    [
      "seeing directly what others see from a higher tier",
      cell("SERVICE", "SEE_CLEAR", { direct: { departments: ["SALES"], tier: "MASKED" } }),
      [["changes.customers.SERVICE.SEE_CLEAR"]],
    ],
    [
      "correcting directly from a higher tier than the others",
      cell("SERVICE", "CORRECT", { tier: "POST" }),
      [["changes.customers.SERVICE.CORRECT"]],
    ],
    [
      "correcting directly from no tier",
      cell("SERVICE", "CORRECT", { direct: { tier: "NONE" } }),
      [["changes.customers.SERVICE.CORRECT"]],
    ],
    [
      "correcting directly as a department that there is not",
      cell("SERVICE", "CORRECT", { direct: { departments: ["MAGIC"] } }),
      [["changes.customers.SERVICE.CORRECT.direct.departments.0"]],
    ],
    [
      "terms that leave somebody without",
      { limits: { terms: [{ kinds: ["TEMP"], hours: 24 }] } },
      [["changes.limits.terms"]],
    ],
    [
      "a post that filters by what it does not see",
      { posts: { inbox: [{ who: {}, rows: [], uses: ["FILTER"], fields: { META: "*" } }] } },
      [["changes.posts.inbox.0"]],
    ],
    [
      "a post's rows that nobody knows",
      { posts: { inbox: [{ who: {}, rows: ["everything"], uses: ["SEE"], fields: { META: "*" } }] } },
      [["changes.posts.inbox.0.rows.0"]],
    ],
    [
      "fields that there are not",
      { posts: { device: [{ who: {}, rows: [], uses: ["SEE"], fields: { META: ["Customer.name"] } }] } },
      [["changes.posts.device.0"]],
    ],
    [
      "a record of another matrix",
      {
        posts: {
          device: [{ who: {}, rows: [], uses: ["SEE"], records: ["Customer"], fields: { META: "*" } }],
        },
      },
      [["changes.posts.device.0"]],
    ],
    [
      "a version after which there could be no other",
      { posts: { grant: content.posts.grant.filter(({ who }) => !who.roles?.includes("DEPT_HEAD")) } },
      [["changes.posts.grant", "The heads of departments would not see the next version."]],
    ],
  ])("%s", (_what, changes, problems) => {
    const { problems: told } = changeOf(first, changes) as { problems: { field: string; reason: string }[] };
    expect(told).toEqual(
      problems.map(([field, reason]) => ({ field, reason: reason ?? expect.any(String) })),
    );
  });
});

describe("always", () => {
  const cells = fc
    .record({
      fieldClass: fc.constantFrom(...customerClasses),
      operation: fc.constantFrom(...operations),
      to: fc.option(fc.record({ tier: fc.constantFrom(...tiers), declared: fc.boolean() })),
    })
    .map(({ fieldClass, operation, to }) => {
      const extra = (content.customers[fieldClass][operation]?.extra ?? []).filter(
        (one) => one !== "DECLARATION",
      );
      const requirement = to && { tier: to.tier, extra: to.declared ? [...extra, "DECLARATION"] : extra };
      return { customers: { [fieldClass]: { [operation]: requirement } } };
    });

  test("nothing that tells of a value is open where the value is not clear", () => {
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 8 }), (all) => {
        const change = changeOf(
          first,
          all.reduce<object>((merged, one) => changed(merged, one) as object, {}),
        );
        if (change.problems) return;
        for (const row of Object.values(change.content.customers))
          for (const telling of ["FILTER", "SORT", "AGGREGATE", "EXPORT"] as const) {
            const [clear, asked] = [row.SEE_CLEAR, row[telling]];
            if (!asked) continue;
            expect(clear).not.toBeNull();
            expect(tiers.indexOf(asked.tier)).toBeGreaterThanOrEqual(tiers.indexOf(clear!.tier));
            if (clear!.extra.includes("DECLARATION")) expect(asked.extra).toContain("DECLARATION");
          }
      }),
    );
  });

  test("what is left out stays, and the words are about what differs", () => {
    fc.assert(
      fc.property(cells, (changes) => {
        const after = changed(content, changes) as PolicyContent;
        const words = changesInWords(content, after);
        expect(words.length > 0).toBe(JSON.stringify(after) !== JSON.stringify(content));
        const [[fieldClass]] = Object.entries(changes.customers) as [[string, object]];
        for (const other of customerClasses)
          if (other !== fieldClass) expect(after.customers[other]).toEqual(content.customers[other]);
        expect(after.posts).toEqual(content.posts);
      }),
    );
  });
});
