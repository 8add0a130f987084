import fc from "fast-check";
import { isInputObjectType } from "graphql";
import { describe, expect, test } from "vitest";
import { classesAsked } from "../../src/access/asked-cells.js";
import { recordOf } from "../../src/access/classified.js";
import type { InputUse } from "../../src/access/plan.js";
import { policy as first, type PolicyContent } from "../../src/access/policy.js";
import { changed, changesInWords } from "../../src/access/policy-changes.js";
import {
  customerClasses,
  isCustomerClass,
  type Operation,
  operations,
  tiers,
} from "../../src/access/vocabulary.js";
import { correctableFields } from "../../src/customers/corrections/check-correction.js";
import { Customer } from "../../src/customers/customer.type.js";
import { senselessIn } from "../../src/policies/policy-sense.js";
import { readShape } from "../../src/policies/policy-shape.js";
import { changeOf } from "../../src/policies/read-policy.js";
import { buildClassifiedSchema } from "../../src/schema.js";

// All record types are known from here on.
await buildClassifiedSchema();
const { version: _, ...content } = first;

test("version 1 is in the shape of all versions, and makes sense", () => {
  expect(readShape(JSON.parse(JSON.stringify(content)))).toEqual({ content });
  expect(senselessIn(content)).toEqual([]);
});

test("a version from before some conditions says of them what version 1 says", () => {
  const { deviceKey, stockTake, maintenance, review, ...before } = content.conditions;
  const old = JSON.parse(JSON.stringify({ ...content, conditions: before }));
  expect(readShape(old)).toEqual({ content });
  expect({ deviceKey, stockTake, maintenance, review }).toEqual({
    ...{ deviceKey: false, stockTake: false, maintenance: false, review: true },
  });
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
      { customers: { SERVICE: { CORRECT: { direct: { departments: [] } } } } },
      ["customers.SERVICE.CORRECT: STEWARD, SERVICE for CUSTOMER_SERVICE → STEWARD, SERVICE for nobody"],
    ],
    [{ conditions: { address: true } }, ["conditions.address: false → true"]],
    [{ conditions: { deviceKey: true } }, ["conditions.deviceKey: false → true"]],
    [
      { conditions: { stockTake: true, maintenance: true } },
      ["conditions.stockTake: false → true", "conditions.maintenance: false → true"],
    ],
    [{ exemptFromPersonalConditions: [] }, ["exemptFromPersonalConditions: no longer SYSTEM"]],
    [
      { limits: { terms: [{ kinds: ["TEMP"], hours: 240 }, { hours: 1_000 }] } },
      expect.arrayContaining([
        "limits.terms: now in line 1 TEMP: 240 hours",
        "limits.terms: now in line 2 everyone: 1000 hours",
        "limits.terms: no longer everyone: 17544 hours",
        "limits.terms: no longer TECHNOLOGY, CASE: 24 hours",
      ]),
    ],
    [{ limits: { emergencyHours: 4 } }, ["limits.emergencyHours: 0 → 4"]],
    [{ posts: { inbox: [] } }, ["posts.inbox: no longer everyone: SEE, FILTER, SORT META, rows: own"]],
    [
      {
        posts: {
          inbox: [...content.posts.inbox, { who: {}, rows: [], uses: ["SEE"], fields: { META: "*" } }],
        },
      },
      ["posts.inbox: now everyone: SEE META, rows: all"],
    ],
    [
      {
        posts: {
          device: [
            ...content.posts.device,
            {
              who: { departments: [], roles: ["AUDITOR"] },
              ...{ rows: ["own", "department"], uses: ["SEE", "CORRECT"], records: ["Device"] },
              fields: { DEVICE_FINANCE: ["Device.price"], META: "*" },
            },
          ],
        },
      },
      [
        "posts.device: now nobody: SEE, CORRECT DEVICE_FINANCE: Device.price; META (of Device), rows: own and department",
      ],
    ],
    [
      { limits: { ceilings: [...content.limits.ceilings].reverse() } },
      [
        "limits.ceilings: now in the order ADMINISTRATION or COMPLIANCE or CHANNEL_MGMT, STANDING or TRANSFER or CHANGE: " +
          "MASKED; CUST_INFO_SUPERVISOR or CS_MANAGER or DATA_STEWARD or GENERAL_MANAGER: STEWARD; PARTNER or AGENCY: " +
          "POST; TEMP or INTERN or VENDOR_STAFF: MASKED; TECHNOLOGY, STANDING or TRANSFER or CHANGE: NONE",
      ],
    ],
    [
      { limits: { ceilings: [{ tier: "STEWARD" }, ...content.limits.ceilings] } },
      ["limits.ceilings: now in line 1 everyone: STEWARD"],
    ],
    [
      {
        limits: {
          never: [
            { kinds: [], operations: ["EXPORT"] },
            { departments: ["SALES"], operations: [] },
          ],
        },
      },
      [
        "limits.never: no longer PARTNER or AGENCY or VENDOR_STAFF: EXPORT, BORROW",
        "limits.never: now nobody: EXPORT",
        "limits.never: now SALES: nothing",
      ],
    ],
    [{ limits: { standingDeclarations: [] } }, ["limits.standingDeclarations: no longer FINANCE"]],
    [{ self: [...content.self].reverse() }, ["self: the same, written otherwise"]],
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
    [
      "a list that is too long, whatever is in it",
      { self: Array.from({ length: 201 }, () => "SECRET") },
      [["changes.self", "There are more than 200."]],
    ],
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
      "seeing from a higher tier than all that tells of it",
      cell("ORDER", "SEE_CLEAR", { tier: "STEWARD" }),
      ["FILTER", "SORT", "EXPORT"].map((one) => [`changes.customers.ORDER.${one}`]),
    ],
    [
      "seeing from a higher tier than the record is borrowed from",
      cell("BASIC", "BORROW", { tier: "MASKED" }),
      [["changes.customers.BASIC.BORROW"]],
    ],
    [
      "seeing by nobody what can still be filtered by",
      cell("ORDER", "SEE_CLEAR", null),
      ["FILTER", "SORT", "EXPORT"].map((one) => [`changes.customers.ORDER.${one}`]),
    ],
    ["a tier that is none", cell("BASIC", "CREATE", { tier: "NONE" }), [["changes.customers.BASIC.CREATE"]]],
    [
      "a condition that nothing asks for",
      cell("ORDER", "FILTER", { extra: ["APPROVAL"] }),
      [["changes.customers.ORDER.FILTER"]],
    ],
    [
      "leaving out a condition that is there anyway",
      cell("BASIC", "DELETE", { extra: [] }),
      [["changes.customers.BASIC.DELETE"]],
    ],
    [
      "a declaration about what is not sensitive",
      cell("BUSINESS", "CORRECT", { extra: ["DECLARATION"] }),
      [["changes.customers.BUSINESS.CORRECT"]],
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
      "correcting from a tier below that of authorised managers",
      cell("SERVICE", "CORRECT", { tier: "POST" }),
      [["changes.customers.SERVICE.CORRECT"]],
    ],
    [
      "correcting directly as another department than customer service",
      cell("SERVICE", "CORRECT", { direct: { departments: ["CUSTOMER_SERVICE", "QUALITY"] } }),
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
      [["changes.posts.inbox.0.uses"]],
    ],
    [
      "a post's rows that nobody knows",
      { posts: { inbox: [{ who: {}, rows: ["everything"], uses: ["SEE"], fields: { META: "*" } }] } },
      [["changes.posts.inbox.0.rows.0"]],
    ],
    [
      "fields that there are not",
      {
        posts: {
          device: [
            {
              who: {},
              rows: [],
              uses: ["SEE"],
              fields: { DEVICE_BASIC: ["Device.deviceNo", "Customer.name"] },
            },
          ],
        },
      },
      [["changes.posts.device.0.fields.DEVICE_BASIC.1", "There is no such field of the class."]],
    ],
    [
      "a record of another matrix",
      {
        posts: {
          device: [{ who: {}, rows: [], uses: ["SEE"], records: ["Customer"], fields: { META: "*" } }],
        },
      },
      [["changes.posts.device.0.records.0", "There is no such record type in this matrix."]],
    ],
    ...["SEE_CLEAR", "AGGREGATE", "DELETE", "EXPORT", "BORROW"].map((use): [string, object, [string][]] => [
      `a post's right to what no post is asked for: ${use}`,
      { posts: { device: [{ who: {}, rows: [], uses: ["SEE", use], fields: { META: "*" } }] } },
      [["changes.posts.device.0.uses.1"]],
    ]),
    [
      "writing by post what no post writes",
      {
        posts: {
          inbox: [{ who: {}, rows: ["own"], uses: ["SEE", "CORRECT"], fields: { META: "*" } }],
        },
      },
      [["changes.posts.inbox.0.uses", "Nothing of this matrix is written by right of a post."]],
    ],
    [
      "a version after which there could be no other",
      { posts: { grant: content.posts.grant.filter(({ who }) => !who.roles?.includes("DEPT_HEAD")) } },
      [
        [
          "changes.posts.grant",
          "The heads of departments, their leader and the general manager have to see the next version.",
        ],
      ],
    ],
  ])("%s", (_what, changes, problems) => {
    const { problems: told } = changeOf(first, changes) as { problems: { field: string; reason: string }[] };
    expect(told).toEqual(
      problems.map(([field, reason]) => ({ field, reason: reason ?? expect.any(String) })),
    );
  });
});

describe("what the rulebook holds is no version's to give up", () => {
  type Broken = [clause: string, changes: object, path: string];
  const cell = (fieldClass: string, operation: string, to: object): object => ({
    customers: { [fieldClass]: { [operation]: to } },
  });
  const declared = ["FINANCIAL", "PRIVATE"].flatMap((fieldClass) =>
    ["SEE_CLEAR", "FILTER", "SORT", "CORRECT", "EXPORT"].map((operation): Broken => {
      const { extra } = content.customers[fieldClass as "PRIVATE"][operation as "FILTER"]!;
      const without = extra.filter((word) => word !== "DECLARATION");
      return [
        "S002-3.3b",
        cell(fieldClass, operation, { extra: without }),
        `customers.${fieldClass}.${operation}`,
      ];
    }),
  );
  const managed = ["BASIC", "BUSINESS", "FINANCIAL", "PRIVATE"].map(
    (fieldClass): Broken => [
      "S000-4.3c, S002-2.2c",
      cell(fieldClass, "CORRECT", { tier: "SENSITIVE" }),
      `customers.${fieldClass}.CORRECT`,
    ],
  );
  const rule = { who: {}, uses: ["SEE"], rows: [], fields: {} };
  const staff = (added: object): object => ({ posts: { staff: [...content.posts.staff, added] } });
  const at = `posts.staff.${content.posts.staff.length}`;

  test.each<Broken>([
    ...declared,
    ...managed,
    ["S000-4.3c, S002-2.2c", cell("BASIC", "DELETE", { tier: "SENSITIVE" }), "customers.BASIC.DELETE"],
    ...customerClasses.map(
      (fieldClass): Broken => [
        "S000-4.2c",
        cell(fieldClass, "SEE_CLEAR", { tier: "MASKED" }),
        `customers.${fieldClass}.SEE_CLEAR`,
      ],
    ),
    ["S000-4.1b, S000-5.1b", { conditions: { device: false } }, "conditions.device"],
    ["S000-4.2a", { conditions: { training: false } }, "conditions.training"],
    ["S001-P3-11", { conditions: { commitment: false } }, "conditions.commitment"],
    ["S004-P4-15", { conditions: { review: false } }, "conditions.review"],
    [
      "S000-4.2a, S001-P3-11",
      { exemptFromPersonalConditions: ["SYSTEM", "TEMP"] },
      "exemptFromPersonalConditions",
    ],
    ["S000-5.2a, rulebook 6-24", { self: ["BASIC", "BUSINESS"] }, "self"],
    ["S002-3.3b", { limits: { declarationHours: { named: 73 } } }, "limits.declarationHours.named"],
    ["S002-3.3b", { limits: { declarationHours: { standing: 745 } } }, "limits.declarationHours.standing"],
    ["S002-3.3b", { limits: { standingDeclarations: [{}] } }, "limits.standingDeclarations.0"],
    [
      "S002-3.3b",
      { limits: { standingDeclarations: [{ departments: ["FINANCE"] }, { kinds: ["FORMAL"] }] } },
      "limits.standingDeclarations.1",
    ],
    ["S003-2.1.2", staff({ ...rule, fields: { STAFF: "*" } }), at],
    ["S003-2.1.2", staff({ ...rule, fields: { STAFF: ["Employee.payroll"] } }), at],
    [
      "S003-2.1.2",
      staff({ ...rule, who: { roles: ["DEPT_HEAD"] }, rows: ["department"], fields: { STAFF: "*" } }),
      at,
    ],
    ["S003-2.1.2", staff({ ...rule, rows: ["department"], fields: { STAFF: ["TrainingRecord.score"] } }), at],
  ])("%s: %j", (clause, changes, path) => {
    const { problems } = changeOf(first, changes) as { problems: { field: string; reason: string }[] };
    const told = problems.filter(({ field }) => field === `changes.${path}`);
    expect(told).toEqual([
      { field: `changes.${path}`, reason: expect.stringMatching(new RegExp(`\\(${clause}\\)$`)) },
    ]);
  });

  // What only the numbers of tiers and terms say is the group's.
  test.each<[changes: object]>([
    [cell("PRIVATE", "SEE_MASKED", { tier: "MASKED" })],
    [cell("PRIVATE", "SEE_CLEAR", { tier: "SERVICE" })],
    [cell("PRIVATE", "CREATE", { tier: "SERVICE" })],
    [cell("BASIC", "SEE_CLEAR", { tier: "POST" })],
    [{ exemptFromPersonalConditions: [] }],
    [{ conditions: { purpose: false } }],
    [{ self: ["BASIC"] }],
    [{ limits: { declarationHours: { named: 1, standing: 744 } } }],
    [{ limits: { standingDeclarations: [] } }],
    [staff({ ...rule, rows: ["own"], fields: { STAFF: ["Employee.payroll"] } })],
  ])("the group's to move: %j", (changes) => {
    const { problems = [] } = changeOf(first, changes);
    expect(problems.filter(({ reason }) => reason !== "Nothing would be different.")).toEqual([]);
  });

  test.each([
    ["AGGREGATE", customerClasses],
    ["CREATE", ["ORDER"]],
    ["CORRECT", ["ORDER"]],
    ["DELETE", customerClasses.filter((one) => one !== "BASIC")],
    ["BORROW", customerClasses.filter((one) => one !== "BASIC")],
  ] as const)("nothing is promised that nothing asks for: %s of %j", (operation, classes) => {
    for (const fieldClass of classes)
      for (const to of [null, { tier: "MASKED" }])
        expect(changeOf(first, cell(fieldClass, operation, to as object)).problems).toContainEqual({
          field: `changes.customers.${fieldClass}.${operation}`,
          reason: "Nothing on this server asks for it: it would be promised, and not kept.",
        });
  });
});

test("the classes of which an operation is asked are those of the fields that the server writes", async () => {
  const schema = await buildClassifiedSchema();
  const writtenFor = (wanted: Operation) =>
    Object.values(schema.getTypeMap())
      .filter(isInputObjectType)
      .flatMap((type) => Object.values(type.getFields()))
      .flatMap(({ extensions }) => (extensions.use as InputUse | undefined)?.(null) ?? [])
      .filter(({ field, use }) => use === wanted && isCustomerClass(field.fieldClass))
      .map(({ field }) => field.fieldClass);
  const proposed = [...correctableFields().values()].map(({ fieldClass }) => fieldClass);
  const inOrder = (classes: readonly string[]) => [...new Set(classes)].sort();
  expect(inOrder(classesAsked("CREATE"))).toEqual(inOrder(writtenFor("CREATE")));
  expect(inOrder(classesAsked("CORRECT"))).toEqual(inOrder([...writtenFor("CORRECT"), ...proposed]));
  expect(classesAsked("DELETE")).toEqual([recordOf(Customer).fields.get("name")!.fieldClass]);
});

describe("nobody is shut out of the forms that change everything else", () => {
  const sees = ["SEE"];
  const ownRow = { who: {}, rows: ["own"], uses: sees, fields: { META: "*" } };
  const ownPeople = {
    who: { roles: ["DEPT_HEAD"] },
    rows: ["department"],
    uses: sees,
    fields: { META: "*" },
  };
  const versions = (roles: string[], changes: object = {}) => ({
    ...{ who: { roles }, rows: ["escalated"], uses: sees, records: ["TierPolicy"] },
    fields: { META: "*", GRANT: "*" },
    ...changes,
  });
  const deciding = ["DEPT_HEAD", "ADMIN_HEAD", "GENERAL_MANAGER"];
  const closed = (domain: "staff" | "grant") => `changes.posts.${domain}`;

  test.each<[what: string, posts: object, path: string | null]>([
    ["nobody reaches anybody", { staff: [] }, closed("staff")],
    ["heads reach nobody else", { staff: [ownRow] }, closed("staff")],
    ["heads reach their people, and nobody themselves", { staff: [ownPeople] }, closed("staff")],
    [
      "customers do not reach themselves",
      { staff: [{ ...ownRow, who: { kinds: ["FORMAL"] } }, ownPeople] },
      closed("staff"),
    ],
    [
      "heads of one department reach their people",
      { staff: [ownRow, { ...ownPeople, who: { roles: ["DEPT_HEAD"], departments: ["SALES"] } }] },
      closed("staff"),
    ],
    ["own rows, and those of one's people", { staff: [ownRow, ownPeople] }, null],
    ["nobody sees versions", { grant: [] }, closed("grant")],
    ["the leader does not", { grant: [versions(["DEPT_HEAD", "GENERAL_MANAGER"])] }, closed("grant")],
    ["members do not", { grant: [versions(["ADMIN_HEAD", "GENERAL_MANAGER"])] }, closed("grant")],
    ["who stands in does not", { grant: [versions(["DEPT_HEAD", "ADMIN_HEAD"])] }, closed("grant")],
    ["not what they say", { grant: [versions(deciding, { fields: { META: "*" } })] }, closed("grant")],
    ["their own only", { grant: [versions(deciding, { rows: ["own"] })] }, closed("grant")],
    ["decided ones only", { grant: [versions(deciding, { rows: ["decided"] })] }, closed("grant")],
    ["those who decide see versions", { grant: [versions(deciding)] }, null],
  ])("%s", (_what, posts, path) => {
    const { problems = [] } = changeOf(first, { posts });
    expect(problems.map(({ field }) => field)).toEqual(path === null ? [] : problems.map(() => path));
    expect(problems.length > 0).toBe(path !== null);
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

  /** Tiers of what shows a value or tells of it, with what version 1 takes beside them, as a rule. */
  const showing = fc
    .record({
      fieldClass: fc.constantFrom(...customerClasses),
      operation: fc.constantFrom("SEE_CLEAR", "FILTER", "SORT", "EXPORT"),
      tier: fc.constantFrom(...tiers),
      extra: fc.oneof(
        { weight: 9, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.constant({ extra: [] }) },
      ),
      isOpen: fc.oneof(
        { weight: 9, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
    })
    .map(({ fieldClass, operation, tier, extra, isOpen }) => ({
      customers: { [fieldClass]: { [operation]: isOpen ? { tier, ...extra } : null } },
    }));

  test("nothing that tells of a value is open where the value is not clear", () => {
    const runs = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(showing, { minLength: 1, maxLength: 5 }), (all) => {
        const change = changeOf(
          first,
          all.reduce<object>((merged, one) => changed(merged, one) as object, {}),
        );
        runs[change.problems ? "refused" : "accepted"] += 1;
        if (change.problems) return;
        for (const row of Object.values(change.content.customers))
          for (const telling of ["FILTER", "SORT", "EXPORT"] as const) {
            const [clear, asked] = [row.SEE_CLEAR, row[telling]];
            if (!asked) continue;
            expect(clear).not.toBeNull();
            expect(tiers.indexOf(asked.tier)).toBeGreaterThanOrEqual(tiers.indexOf(clear!.tier));
            if (clear!.extra.includes("DECLARATION")) expect(asked.extra).toContain("DECLARATION");
          }
      }),
      { numRuns: 500 },
    );
    // Of both there are enough to mean something.
    expect(runs.accepted).toBeGreaterThan(50);
    expect(runs.refused).toBeGreaterThan(50);
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
