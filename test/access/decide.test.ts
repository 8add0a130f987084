import { describe, expect, test } from "vitest";
import { branchesOf } from "../../src/access/branches.js";
import type { Caller } from "../../src/access/caller.js";
import { allRecords, recordOf } from "../../src/access/classified.js";
import { decide, reach } from "../../src/access/decide.js";
import { type Policy, policy } from "../../src/access/policy.js";
import type { ClassifiedField } from "../../src/access/record.js";
import { inWords } from "../../src/access/rows.js";
import { type Tier, type Use, uses } from "../../src/access/vocabulary.js";
import { Customer } from "../../src/customers/customer.type.js";
import { Dossier } from "../../src/dossiers/dossier.type.js";
import { ServiceCase } from "../../src/service/service-case.type.js";
import { caller, days, declaration, device, grant } from "../support/callers.js";

const customers = recordOf(Customer);
const field = (name: string): ClassifiedField => customers.fields.get(name)!;

const branchesFor = (who: Caller, name: string, use: Use, inForce: Policy) =>
  branchesOf(decide(who, field(name), use, inForce), reach(who, customers, inForce).rows);

/** What the caller sees of a field, row set by row set. */
const seen = (who: Caller, name: string): string[] =>
  branchesFor(who, name, "SEE", policy).map(({ rows, outcome, reason }) =>
    [outcome, ...(reason ? [reason.code] : []), rows.length > 0 ? inWords(rows) : "else"].join(" "),
  );

/** What comes first: all that there is to see, where the rows do not matter. */
function first(who: Caller, name: string, use: Use = "SEE", inForce: Policy = policy): string {
  const { outcome, reason } = branchesFor(who, name, use, inForce)[0]!;
  return reason ? `${outcome} ${reason.code}` : outcome;
}

describe("fails closed", () => {
  const cap = (word: string) =>
    [{ fieldClass: "BASIC", cap: word, onlyFields: [] }] as unknown as ReturnType<typeof grant>["classes"];
  test.each<[string, Partial<Caller>, string]>([
    ["nobody's grant", { grants: [] }, "FIELD_WITHHELD"],
    ["no device", { device: null }, "DEVICE_UNREGISTERED"],
    [
      "a device that is not for customer lists",
      { device: device({ isCustomerListDevice: false }) },
      "DEVICE_UNREGISTERED",
    ],
    ["somebody else's device", { device: device({ custodianId: "emp_2" }) }, "DEVICE_NOT_YOURS"],
    ["nobody's device", { device: device({ custodianId: null }) }, "DEVICE_NOT_YOURS"],
    ["a device that is faulty", { device: device({ state: "FAULTY" }) }, "DEVICE_NOT_IN_USE"],
    ["a device in an unknown state", { device: device({ state: "BRAND_NEW" }) }, "DEVICE_NOT_IN_USE"],
    ["no training", { trainings: [] }, "TRAINING_REQUIRED"],
    [
      "training without one topic",
      {
        trainings: [
          { kind: "DEVICE", topics: ["FUNCTIONS", "QUERY_ENTRY"], passed: true, expiresAt: days(1) },
        ],
      },
      "TRAINING_REQUIRED",
    ],
    [
      "a failed training",
      {
        trainings: [
          {
            kind: "DEVICE",
            topics: ["FUNCTIONS", "QUERY_ENTRY", "DATA_PROTECTION"],
            passed: false,
            expiresAt: days(1),
          },
        ],
      },
      "TRAINING_REQUIRED",
    ],
    [
      "a training that expires this instant",
      {
        trainings: [
          {
            kind: "DEVICE",
            topics: ["FUNCTIONS", "QUERY_ENTRY", "DATA_PROTECTION"],
            passed: true,
            expiresAt: days(0),
          },
        ],
      },
      "TRAINING_REQUIRED",
    ],
    ["no commitment", { commitments: [] }, "NDA_REQUIRED"],
    [
      "a commitment that has run out",
      { commitments: [{ kind: "STAFF", signedAt: days(-9), validTo: days(0) }] },
      "NDA_REQUIRED",
    ],
    ["a vendor with a mere staff commitment", { kind: "VENDOR_STAFF" }, "NDA_REQUIRED"],
    ["somebody who is leaving", { status: "LEAVING" }, "WRONG_STATE"],
    ["somebody who has left", { status: "LEFT" }, "WRONG_STATE"],
    ["somebody whose contract has ended", { contractEndsAt: days(0) }, "WRONG_STATE"],
    ["an unknown employment state", { status: "?" }, "WRONG_STATE"],
    ["no purpose", { purpose: null }, "PURPOSE_REQUIRED"],
    ["another purpose", { purpose: "MARKETING" }, "PURPOSE_REQUIRED"],
    ["a suspended grant", { grants: [grant({ state: "SUSPENDED" })] }, "GRANT_EXPIRED"],
    ["a grant that ends this instant", { grants: [grant({ validTo: days(0) })] }, "GRANT_EXPIRED"],
    ["a grant that has not begun", { grants: [grant({ validFrom: days(0.5) })] }, "GRANT_EXPIRED"],
    ["an unknown tier", { grants: [grant({ tier: "GOD" as never })] }, "TIER_TOO_LOW"],
    ["the tier NONE", { grants: [grant({ tier: "NONE" })] }, "TIER_TOO_LOW"],
    ["an unknown scope", { grants: [grant({ customerScope: "WORLD" as never })] }, "FIELD_WITHHELD"],
    ["the scope SELF on a member of staff", { grants: [grant({ customerScope: "SELF" })] }, "FIELD_WITHHELD"],
    ["a class that is not on the grant", { grants: [grant({ classes: [] })] }, "FIELD_WITHHELD"],
    [
      "another field of the class",
      {
        grants: [
          grant({ classes: [{ fieldClass: "BASIC", cap: "CLEAR", onlyFields: ["Customer.mobile"] }] }),
        ],
      },
      "FIELD_WITHHELD",
    ],
    ["the cap WRITE_ONLY", { grants: [grant({ classes: cap("WRITE_ONLY") })] }, "TIER_TOO_LOW"],
    ["an unknown cap", { grants: [grant({ classes: cap("ALL") })] }, "TIER_TOO_LOW"],
    ["a grant without the operation", { grants: [grant({ operations: ["FILTER"] })] }, "TIER_TOO_LOW"],
  ])("%s: name is withheld", (_case, changes, code) => {
    expect(first(caller(changes), "name")).toBe(`WITHHELD ${code}`);
  });

  test("an unknown clearance is ORDINARY", () => {
    expect(seen(caller({ grants: [grant({ secrecyClearance: "COSMIC" as never })] }), "name")[0]).toBe(
      "CLEAR classified up to ORDINARY",
    );
  });

  test("an unknown class is withheld", () => {
    const strange = { ...field("name"), fieldClass: "SECRET_SAUCE" as never };
    expect(decide(caller(), strange, "SEE", policy).openings).toEqual([]);
  });
});

describe("cap × tier", () => {
  const on = (tier: string, cap: string) => {
    const classes = grant().classes.map((one) => ({ ...one, cap: cap as never }));
    return caller({ grants: [grant({ tier: tier as never, classes })] });
  };
  test.each([
    ["name", "MASKED", "CLEAR", "MASKED TIER_TOO_LOW"],
    ["name", "POST", "CLEAR", "CLEAR"],
    ["name", "POST", "MASKED", "MASKED TIER_TOO_LOW"],
    ["name", "STEWARD", "WRITE_ONLY", "WITHHELD TIER_TOO_LOW"],
    ["region", "MASKED", "MASKED", "CLEAR"],
    ["rating", "MASKED", "CLEAR", "WITHHELD TIER_TOO_LOW"],
    ["rating", "POST", "CLEAR", "CLEAR"],
    ["rating", "POST", "MASKED", "WITHHELD TIER_TOO_LOW"],
    ["taxId", "POST", "CLEAR", "WITHHELD TIER_TOO_LOW"],
    ["taxId", "SERVICE", "CLEAR", "MASKED TIER_TOO_LOW"],
    ["taxId", "SENSITIVE", "MASKED", "MASKED TIER_TOO_LOW"],
    ["taxId", "SENSITIVE", "CLEAR", "MASKED DECLARATION_REQUIRED"],
    ["taxId", "STEWARD", "CLEAR", "MASKED DECLARATION_REQUIRED"],
    ["birthYear", "SERVICE", "CLEAR", "CLEAR"],
  ])("%s with %s and %s: %s", (name, tier, cap, outcome) => {
    expect(first(on(tier, cap), name)).toBe(outcome);
  });
});

test.each([
  [["Customer.address", "Customer.region"], "MASKED TIER_TOO_LOW"],
  [["Customer.address"], "WITHHELD FIELD_WITHHELD"],
])("a masked address shows the region, so it takes both: with %j it is %s", (onlyFields, outcome) => {
  const classes = [{ fieldClass: "BASIC", cap: "MASKED", onlyFields } as const];
  expect(first(caller({ grants: [grant({ classes })] }), "address")).toBe(outcome);
});

describe("declarations", () => {
  test.each<[string, Partial<ReturnType<typeof declaration>>, string]>([
    ["open", {}, "CLEAR"],
    ["filed, not open", { state: "FILED" }, "MASKED DECLARATION_REQUIRED"],
    ["overdue", { state: "OVERDUE" }, "MASKED DECLARATION_OVERDUE"],
    ["run out", { plannedUntil: days(0) }, "MASKED DECLARATION_OVERDUE"],
    ["not begun", { plannedFrom: days(0.5) }, "MASKED DECLARATION_REQUIRED"],
    ["for another field", { fields: ["Customer.healthNotes"] }, "MASKED DECLARATION_REQUIRED"],
    ["on another grant", { grantId: "gra_2" }, "MASKED DECLARATION_REQUIRED"],
    ["not acknowledged, for a confidential field", { acknowledged: false }, "MASKED CLEARANCE_REQUIRED"],
  ])("%s: idNumber is %s", (_case, changes, outcome) => {
    expect(first(caller({ declarations: [declaration(changes)] }), "idNumber")).toBe(outcome);
  });

  test("opens the customers that it names and no other", () => {
    expect(seen(caller({ declarations: [declaration()] }), "taxId")).toEqual([
      "CLEAR classified up to ORDINARY, one customer named to you",
      "MASKED DECLARATION_REQUIRED classified up to ORDINARY",
      "WITHHELD CLEARANCE_REQUIRED else",
    ]);
  });
});

describe("several grants", () => {
  const own = grant({ id: "gra_own", customerScope: "OWN", tier: "POST" });
  const all = grant({ id: "gra_all", tier: "MASKED" });

  test("add up by rows", () => {
    expect(seen(caller({ grants: [own, all] }), "name")).toEqual([
      "CLEAR your own, classified up to ORDINARY",
      "MASKED TIER_TOO_LOW classified up to ORDINARY",
      "WITHHELD CLEARANCE_REQUIRED else",
    ]);
  });

  test("never lend each other a condition", () => {
    const tierOnly = grant({ id: "a", tier: "STEWARD", classes: [] });
    const classOnly = grant({ id: "b", tier: "MASKED" });
    expect(first(caller({ grants: [tierOnly, classOnly] }), "rating")).toBe("WITHHELD FIELD_WITHHELD");
    const purposeless = grant({ id: "c", purposes: ["ORDER_HANDLING"], tier: "MASKED" });
    const otherPurpose = grant({ id: "d", purposes: ["MARKETING"] });
    expect(first(caller({ grants: [purposeless, otherPurpose] }), "name")).toBe("MASKED TIER_TOO_LOW");
  });
});

describe("consultations", () => {
  const dossiers = recordOf(Dossier);
  const consultation = { dossierId: "dos_1", from: days(-1), to: days(1) };
  const title = (who: Caller, use: Use = "SEE") =>
    branchesOf(
      decide(who, dossiers.fields.get("title")!, use, policy),
      reach(who, dossiers, policy).rows,
    ).map(({ rows, outcome, reason }) =>
      [outcome, ...(reason ? [reason.code] : []), rows.length > 0 ? inWords(rows) : "else"].join(" "),
    );

  test("open the dossier that they name beside what grants open", () => {
    expect(title(caller({ consultations: [consultation] }))).toEqual([
      "CLEAR classified up to ORDINARY",
      "CLEAR one that you consult",
      "WITHHELD CLEARANCE_REQUIRED else",
    ]);
  });

  test("take no grant, and reach nothing else without one", () => {
    const who = caller({ grants: [], purpose: null, consultations: [consultation] });
    expect(title(who)).toEqual(["CLEAR else"]);
    expect(reach(who, dossiers, policy).rows).toEqual([[{ is: "consulted", ids: ["dos_1"] }]]);
    expect(reach(who, customers, policy).rows).toEqual([]);
  });

  test("are for reading: nothing is found, sorted or borrowed by them", () => {
    const who = caller({ grants: [], consultations: [consultation] });
    expect(reach(who, dossiers, policy).candidates).toEqual([]);
    for (const use of ["FILTER", "SORT", "BORROW"] as const)
      expect(decide(who, dossiers.fields.get("title")!, use, policy).openings).toEqual([]);
  });

  test.each<[string, Partial<typeof consultation>, boolean]>([
    ["that begins this instant", { from: days(0) }, true],
    ["that has not begun", { from: days(0.001) }, false],
    ["that ends this instant", { to: days(0) }, false],
  ])("one %s opens: %s", (_case, changes, opens) => {
    const who = caller({ grants: [], consultations: [{ ...consultation, ...changes }] });
    expect(reach(who, dossiers, policy).rows.length > 0).toBe(opens);
    expect(title(who)[0]!.startsWith("CLEAR")).toBe(opens);
  });

  test.each<[string, Partial<Caller>, string]>([
    ["no device", { device: null }, "DEVICE_UNREGISTERED"],
    ["no training", { trainings: [] }, "TRAINING_REQUIRED"],
    ["no commitment", { commitments: [] }, "NDA_REQUIRED"],
    ["somebody who is leaving", { status: "LEAVING" }, "WRONG_STATE"],
    ["a customer", { kind: "CUSTOMER", customerId: "cus_1" }, "FIELD_WITHHELD"],
  ])("%s: nothing is opened by one", (_case, changes, code) => {
    const who = caller({ grants: [], consultations: [consultation], ...changes });
    expect(title(who)).toEqual([`${who.kind === "CUSTOMER" ? "CLEAR" : `WITHHELD ${code}`} else`]);
    expect(reach(who, dossiers, policy).rows.flat()).not.toContainEqual({ is: "consulted", ids: ["dos_1"] });
  });
});

// S004-P5-18.4, rulebook 3.2: outsiders who come to read a dossier consult it at the desk, and have nothing else.
describe("visitors", () => {
  const dossiers = recordOf(Dossier);
  const atDesk = (changes: Partial<ReturnType<typeof device>> = {}) =>
    device({ custodianId: "emp_2", custodianDepartment: "CUSTOMER_SERVICE", ...changes });
  const consultation = { dossierId: "dos_1", from: days(-1), to: days(1) };
  const visitor = (changes: Partial<Caller> = {}) =>
    caller({
      ...{ kind: "VISITOR", department: "EXTERNAL", roles: [], grants: [], trainings: [], commitments: [] },
      ...{ purpose: null, device: atDesk(), consultations: [consultation] },
      ...changes,
    });
  const lenient = {
    ...policy,
    conditions: {
      ...{ device: false, deviceKey: false, address: false, training: false, commitment: false },
      ...{ purpose: false, stockTake: false, maintenance: false, review: false },
    },
  };
  const opened = (who: Caller, use: Use = "SEE", inForce: Policy = policy) => {
    const { openings, otherwise } = decide(who, dossiers.fields.get("title")!, use, inForce);
    return openings.length > 0 ? openings.map(({ rows }) => rows) : otherwise.code;
  };
  const theDossier = [[{ is: "consulted", ids: ["dos_1"] }]];

  test("read the dossier that they consult, and reach no other record", () => {
    expect(opened(visitor())).toEqual(theDossier);
    expect(reach(visitor(), dossiers, policy)).toMatchObject({ rows: theDossier, candidates: [] });
    for (const record of allRecords().filter(({ governedBy }) => governedBy === "grants"))
      if (record !== dossiers) expect(reach(visitor(), record, policy).rows, record.name).toEqual([]);
  });

  test("see nothing of a customer's classes, whatever they consult", () => {
    for (const one of customers.fields.values())
      expect(decide(visitor(), one, "SEE", policy).openings, one.name).toEqual([]);
  });

  test.each(uses.filter((use) => use !== "SEE"))("do not %s", (use) => {
    expect(opened(visitor(), use)).toBe("FIELD_WITHHELD");
  });

  test.each<[string, Partial<Caller>, string]>([
    ["no device", { device: null }, "DEVICE_UNREGISTERED"],
    ["a device of their own", { device: device() }, "DEVICE_NOT_YOURS"],
    ["a device of another department", { device: device({ custodianId: "emp_2" }) }, "DEVICE_NOT_YOURS"],
    ["nobody's device", { device: atDesk({ custodianDepartment: null }) }, "DEVICE_NOT_YOURS"],
    [
      "a device that is not for customer lists",
      { device: atDesk({ isCustomerListDevice: false }) },
      "DEVICE_UNREGISTERED",
    ],
    ["a device that is faulty", { device: atDesk({ state: "FAULTY" }) }, "DEVICE_NOT_IN_USE"],
    ["a device in an unknown state", { device: atDesk({ state: "BRAND_NEW" }) }, "DEVICE_NOT_IN_USE"],
    ["a login that has been closed", { status: "LEFT" }, "WRONG_STATE"],
    ["a visit that is over", { contractEndsAt: days(0) }, "WRONG_STATE"],
    ["no consultation", { consultations: [] }, "FIELD_WITHHELD"],
    [
      "a window that has not begun",
      { consultations: [{ ...consultation, from: days(0.001) }] },
      "FIELD_WITHHELD",
    ],
    [
      "a window that ends this instant",
      { consultations: [{ ...consultation, to: days(0) }] },
      "FIELD_WITHHELD",
    ],
  ])("with %s read nothing: %s", (_case, changes, code) => {
    for (const inForce of [policy, lenient]) {
      expect(opened(visitor(changes), "SEE", inForce)).toBe(code);
      expect(reach(visitor(changes), dossiers, inForce).rows).toEqual([]);
    }
  });

  test("have no use of a grant that somebody wrote on them, nor of training and a commitment", () => {
    const everything = caller({ kind: "VISITOR", device: atDesk(), consultations: [] });
    for (const inForce of [policy, lenient]) {
      expect(reach(everything, customers, inForce)).toMatchObject({ rows: [], candidates: [] });
      expect(first(everything, "name", "SEE", inForce)).toBe("WITHHELD FIELD_WITHHELD");
      expect(opened(everything, "BORROW", inForce)).toBe("FIELD_WITHHELD");
    }
  });

  test("ask from the desk's registered address, where a deployment demands it", () => {
    const strict = { ...policy, conditions: { ...policy.conditions, address: true } };
    expect(opened(visitor(), "SEE", strict)).toEqual(theDossier);
    expect(opened(visitor({ address: "10.9.9.9" }), "SEE", strict)).toBe("IP_MISMATCH");
  });

  test.each(["PARTNER", "AGENCY", "VENDOR_STAFF", "FORMAL", "visitor", ""])(
    "the desk opens nothing to %s",
    (kind) => {
      expect(opened(visitor({ kind }))).toBe("DEVICE_NOT_YOURS");
    },
  );
});

// S004-P4-15, rulebook 3.4: what is classified takes a reviewed device and somebody trained for a secret post.
describe("what is classified", () => {
  const dossiers = recordOf(Dossier);
  const cleared = grant({ secrecyClearance: "CONFIDENTIAL" });
  const training = (changes: Partial<Caller["trainings"][number]>) => ({
    trainings: caller().trainings.map((one) => (one.kind === "SECRET_POST" ? { ...one, ...changes } : one)),
  });
  const failing: [string, Partial<Caller>, string | null][] = [
    ["a reviewed device and the training", {}, null],
    ["a review this instant", { device: device({ secretReviewedAt: days(0) }) }, null],
    ["a review to come", { device: device({ secretReviewedAt: days(0.001) }) }, "DEVICE_NOT_REVIEWED"],
    ["no review", { device: device({ secretReviewedAt: null }) }, "DEVICE_NOT_REVIEWED"],
    ["a reviewed device for other things", { device: device({ classified: false }) }, "DEVICE_NOT_REVIEWED"],
    ["no training for it", training({ kind: "SELLER" }), "TRAINING_REQUIRED"],
    ["a failed training", training({ passed: false }), "TRAINING_REQUIRED"],
    ["a training that expires this instant", training({ expiresAt: days(0) }), "TRAINING_REQUIRED"],
  ];

  test.each(failing)("with %s: the rest stays open, and what is above says why", (_case, changes, code) => {
    const who = caller({ grants: [cleared], ...changes });
    expect(seen(who, "name")).toEqual([
      ...(code
        ? ["CLEAR classified up to ORDINARY", `WITHHELD ${code} classified up to CONFIDENTIAL`]
        : ["CLEAR classified up to CONFIDENTIAL"]),
      "WITHHELD CLEARANCE_REQUIRED else",
    ]);
    expect(seen(who, "code")).toEqual(["CLEAR else"]);
    const { rows, candidates } = reach(who, customers, policy);
    expect(rows).toEqual([[]]);
    expect(candidates.map(inWords)).toEqual([`classified up to ${code ? "ORDINARY" : "CONFIDENTIAL"}`]);
  });

  test.each(failing)("with %s: every other use keeps to the same rows", (_case, changes, code) => {
    const who = caller({ grants: [{ ...cleared, tier: "STEWARD" }], ...changes });
    for (const use of uses.filter((one) => !["SEE", "AGGREGATE", "DELETE", "BORROW"].includes(one)))
      expect(
        decide(who, field("name"), use, policy).openings.map(({ rows }) => inWords(rows)),
        use,
      ).toContain(`classified up to ${code ? "ORDINARY" : "CONFIDENTIAL"}`);
  });

  test.each(failing)("with %s: consulted, it keeps its catalogue line", (_case, changes, code) => {
    const consultation = { dossierId: "dos_1", from: days(-1), to: days(1) };
    const who = caller({ grants: [], consultations: [consultation], ...changes });
    const shown = (name: string) =>
      branchesOf(
        decide(who, dossiers.fields.get(name)!, "SEE", policy),
        reach(who, dossiers, policy).rows,
      ).map(({ rows, outcome, reason }) => [outcome, reason?.code ?? "-", inWords(rows)].join(" "));
    const always = "CLEAR - every row in reach";
    expect(shown("code")).toEqual([always]);
    expect(shown("title")).toEqual(
      code ? ["CLEAR - classified up to ORDINARY", `WITHHELD ${code} every row in reach`] : [always],
    );
  });

  test("says so also where another grant is not cleared for it", () => {
    const who = caller({
      grants: [grant(), { ...cleared, id: "gra_2" }],
      device: device({ classified: false }),
    });
    expect(seen(who, "name")).toContain("WITHHELD DEVICE_NOT_REVIEWED classified up to CONFIDENTIAL");
    expect(seen(who, "name").at(-1)).toBe("WITHHELD CLEARANCE_REQUIRED else");
  });

  test("says of a class that is not granted what it said, up to ORDINARY", () => {
    const classes = [{ fieldClass: "BUSINESS", cap: "CLEAR", onlyFields: [] }] as const;
    const who = caller({ grants: [{ ...cleared, classes }], device: device({ classified: false }) });
    expect(seen(who, "name").slice(0, 2)).toEqual([
      "WITHHELD FIELD_WITHHELD classified up to ORDINARY",
      "WITHHELD DEVICE_NOT_REVIEWED classified up to CONFIDENTIAL",
    ]);
  });

  // Class belongs to the field, secrecy to the record (rulebook 2.2): a field's own takes a clearance or an acknowledgement.
  test("is a record: a confidential field of an ordinary one is not touched", () => {
    const who = caller({ grants: [cleared], declarations: [declaration({ acknowledged: false })] });
    const unreviewed = { ...who, device: device({ classified: false, secretReviewedAt: null }) };
    expect(seen(unreviewed, "idNumber")[0]).toBe(
      "CLEAR classified up to ORDINARY, one customer named to you",
    );
  });

  test("takes no training of a service account, and the review all the same", () => {
    const service = caller({ kind: "SYSTEM", trainings: [], commitments: [], grants: [cleared] });
    expect(seen(service, "name")[0]).toBe("CLEAR classified up to CONFIDENTIAL");
    const elsewhere = { ...service, device: device({ secretReviewedAt: null }) };
    expect(seen(elsewhere, "name")[1]).toBe("WITHHELD DEVICE_NOT_REVIEWED classified up to CONFIDENTIAL");
  });

  test.each<[string, Partial<ReturnType<typeof device>>, string | null]>([
    ["a reviewed desk, run by somebody trained", {}, null],
    ["a desk that is not reviewed", { secretReviewedAt: null }, "DEVICE_NOT_REVIEWED"],
    ["a desk for other things", { classified: false }, "DEVICE_NOT_REVIEWED"],
    ["a desk run by somebody untrained", { custodianSecretPostUntil: null }, "TRAINING_REQUIRED"],
    ["a desk run by somebody trained till now", { custodianSecretPostUntil: days(0) }, "TRAINING_REQUIRED"],
  ])("visitors read it at %s", (_case, changes, code) => {
    const desk = device({ custodianId: "emp_2", custodianDepartment: "CUSTOMER_SERVICE", ...changes });
    const visitor = caller({
      ...{
        kind: "VISITOR",
        department: "EXTERNAL",
        grants: [],
        trainings: [],
        commitments: [],
        device: desk,
      },
      consultations: [{ dossierId: "dos_1", from: days(-1), to: days(1) }],
    });
    const { openings, closings } = decide(visitor, dossiers.fields.get("title")!, "SEE", policy);
    expect(openings.map(({ rows }) => inWords(rows))).toEqual([
      code ? "one that you consult, classified up to ORDINARY" : "one that you consult",
    ]);
    expect(closings.map(({ reason }) => reason.code)).toEqual(code ? [code] : []);
  });

  test("a policy without the condition asks for neither", () => {
    const lenient = { ...policy, conditions: { ...policy.conditions, review: false } };
    const who = caller({
      grants: [cleared],
      device: device({ classified: false }),
      ...training({ kind: "?" }),
    });
    const [first] = decide(who, field("name"), "SEE", lenient).openings;
    expect(inWords(first!.rows)).toBe("classified up to CONFIDENTIAL");
  });
});

// S004-P4-22, S000-4.4a: by policy, by date, whether or not a clock has looked.
describe("a device that is overdue", () => {
  const due = { stockTake: "stockTakeDueAt", maintenance: "nextMaintenanceAt" } as const;
  const conditions = ["stockTake", "maintenance"] as const;
  const needs = { stockTake: /stock-take/, maintenance: /maintenance/ };

  test.each(
    conditions.flatMap((condition): [typeof condition, string, Date | null, boolean][] => [
      [condition, "no date", null, true],
      [condition, "a date to come", days(0.001), true],
      [condition, "this instant", days(0), false],
      [condition, "a date that has passed", days(-30), false],
    ]),
  )("for its %s at %s", (condition, _case, date, opens) => {
    const strict = { ...policy, conditions: { ...policy.conditions, [condition]: true } };
    const late = device({ [due[condition]]: date });
    const atDesk = { ...late, custodianId: "emp_2", custodianDepartment: "CUSTOMER_SERVICE" };
    const consultations = [{ dossierId: "dos_1", from: days(-1), to: days(1) }];
    const visitor = caller({ kind: "VISITOR", grants: [], device: atDesk, consultations });
    const title = recordOf(Dossier).fields.get("title")!;
    for (const decided of [
      decide(caller({ device: late }), field("name"), "SEE", strict),
      decide(visitor, title, "SEE", strict),
    ]) {
      expect(decided.openings.length > 0).toBe(opens);
      if (opens) continue;
      expect(decided.otherwise.code).toBe("DEVICE_NOT_IN_USE");
      expect(decided.otherwise.needs).toMatch(needs[condition]);
    }
    expect(first(caller({ device: late }), "name")).toBe("CLEAR");
  });
});

describe("correcting service cases", () => {
  const content = recordOf(ServiceCase).fields.get("content")!;
  const corrects = (changes: Partial<ReturnType<typeof grant>>, who: Partial<Caller> = {}) => {
    const { openings, closings } = decide(
      caller({ grants: [grant({ operations: ["SEE_CLEAR", "CORRECT"], ...changes })], ...who }),
      content,
      "CORRECT",
      policy,
    );
    return openings.length > 0 ? "CLEAR" : closings[0]!.reason.code;
  };
  test.each<[string, Tier, string]>([
    ["CUSTOMER_SERVICE", "SERVICE", "CLEAR"],
    ["CUSTOMER_SERVICE", "STEWARD", "CLEAR"],
    ["CUSTOMER_SERVICE", "POST", "TIER_TOO_LOW"],
    ["QUALITY", "SERVICE", "TIER_TOO_LOW"],
    ["QUALITY", "SENSITIVE", "TIER_TOO_LOW"],
    ["QUALITY", "STEWARD", "CLEAR"],
    ["customer_service", "SERVICE", "TIER_TOO_LOW"],
    ["", "SERVICE", "TIER_TOO_LOW"],
  ])("%s at %s: %s", (department, tier, outcome) => {
    expect(corrects({ tier }, { department })).toBe(outcome);
  });

  const service = { department: "CUSTOMER_SERVICE" };
  test("takes the operation and the class clear of customer service, too", () => {
    const classes = [{ fieldClass: "SERVICE", cap: "MASKED", onlyFields: [] }] as const;
    expect(corrects({ tier: "SERVICE", operations: ["SEE_CLEAR", "CREATE"] }, service)).toBe("TIER_TOO_LOW");
    expect(corrects({ tier: "SERVICE", classes }, service)).toBe("TIER_TOO_LOW");
  });

  test("is direct for service cases only", () => {
    const { openings } = decide(
      caller({ grants: [grant({ tier: "SENSITIVE", operations: ["CORRECT"] })], ...service }),
      field("rating"),
      "CORRECT",
      policy,
    );
    expect(openings).toEqual([]);
  });
});

describe("borrowing", () => {
  const id = recordOf(Dossier).fields.get("id")!;
  test.each<[string, Partial<ReturnType<typeof grant>>, string]>([
    ["with BORROW from POST on", { tier: "POST" }, "classified up to ORDINARY"],
    ["within the clearance", { secrecyClearance: "CONFIDENTIAL" }, "classified up to CONFIDENTIAL"],
    ["within the scope", { customerScope: "OWN" }, "your own, classified up to ORDINARY"],
    ["not below POST", { tier: "MASKED" }, "TIER_TOO_LOW"],
    ["not without BORROW", { operations: ["SEE_CLEAR"] }, "TIER_TOO_LOW"],
  ])("a dossier is borrowed %s", (_case, changes, expected) => {
    const { openings, closings } = decide(caller({ grants: [grant(changes)] }), id, "BORROW", policy);
    expect(openings.length > 0 ? inWords(openings[0]!.rows) : closings[0]!.reason.code).toBe(expected);
  });
});

describe("customers", () => {
  const self = caller({
    kind: "CUSTOMER",
    customerId: "cus_1",
    grants: [],
    device: null,
    trainings: [],
    commitments: [],
    purpose: null,
  });
  test.each([
    ["name", "CLEAR"],
    ["idNumber", "CLEAR"],
    ["creditLimit", "CLEAR"],
    ["rating", "WITHHELD FIELD_WITHHELD"],
  ])("see of themselves %s: %s", (name, outcome) => expect(first(self, name)).toBe(outcome));

  test("reach themselves alone", () => {
    expect(reach(self, customers, policy).rows).toEqual([[{ is: "customers", ids: ["cus_1"] }]]);
    expect(reach({ ...self, customerId: null }, customers, policy).rows).toEqual([]);
  });

  test("have no use of a grant that somebody wrote on them", () => {
    expect(reach({ ...self, grants: [grant()] }, customers, policy).rows).toHaveLength(1);
    expect(first({ ...self, grants: [grant()] }, "rating")).toBe("WITHHELD FIELD_WITHHELD");
  });
});

test.each([
  ["device", { device: null }],
  ["training", { trainings: [] }],
  ["commitment", { commitments: [] }],
  ["purpose", { purpose: null }],
] as const)("a deployment may leave the condition on the %s out", (condition, changes) => {
  const lenient = { ...policy, conditions: { ...policy.conditions, [condition]: false } };
  expect(first(caller(changes), "name", "SEE", lenient)).toBe("CLEAR");
  expect(first(caller(changes), "name")).not.toBe("CLEAR");
});

test.each<[string, Partial<Caller>, string]>([
  ["from the registered address", {}, "CLEAR"],
  ["from another one", { address: "10.9.9.9" }, "WITHHELD IP_MISMATCH"],
  ["from an unknown one", { address: null }, "WITHHELD IP_MISMATCH"],
  ["with none registered", { device: device({ ipAddress: null }) }, "WITHHELD IP_MISMATCH"],
  [
    "with none registered, from an unknown one",
    { device: device({ ipAddress: null }), address: null },
    "WITHHELD IP_MISMATCH",
  ],
])("a deployment may demand the registered address: %s", (_case, changes, outcome) => {
  const strict = { ...policy, conditions: { ...policy.conditions, address: true } };
  expect(first(caller(changes), "name", "SEE", strict)).toBe(outcome);
});

test.each<[string, Partial<Caller>, string]>([
  ["that signed it", { device: device({ provedBy: "KEY" }) }, "CLEAR"],
  ["whose secret came along", {}, "WITHHELD DEVICE_UNREGISTERED"],
  [
    "proved by words that nobody knows",
    { device: device({ provedBy: "ORACLE" }) },
    "WITHHELD DEVICE_UNREGISTERED",
  ],
  ["that is not there", { device: null }, "WITHHELD DEVICE_UNREGISTERED"],
  [
    "that signed it and is lost",
    { device: device({ provedBy: "KEY", state: "LOST" }) },
    "WITHHELD DEVICE_NOT_IN_USE",
  ],
])("a deployment may demand requests that devices sign: from one %s", (_case, changes, outcome) => {
  const strict = { ...policy, conditions: { ...policy.conditions, deviceKey: true } };
  expect(first(caller(changes), "name", "SEE", strict)).toBe(outcome);
});

describe("where a version of the policy demands no declaration", () => {
  const undeclared = Object.fromEntries(
    Object.entries(policy.customers.PRIVATE).map(([operation, cell]) => [
      operation,
      cell && { ...cell, extra: cell.extra.filter((word) => word !== "DECLARATION") },
    ]),
  ) as Policy["customers"]["PRIVATE"];
  const lenient: Policy = { ...policy, customers: { ...policy.customers, PRIVATE: undeclared } };
  const steward = (changes: Parameters<typeof grant>[0] = {}, more: Partial<Caller> = {}) =>
    caller({ grants: [grant({ tier: "STEWARD", ...changes })], ...more });
  const closed = "WITHHELD CLEARANCE_REQUIRED";

  test.each<[name: string, use: Use, who: Caller, expected: string]>([
    ["idNumber", "SEE", steward(), "MASKED CLEARANCE_REQUIRED"],
    ["idNumber", "SEE", steward({ secrecyClearance: "CONFIDENTIAL" }), "CLEAR"],
    ["idNumber", "SEE", steward({}, { declarations: [declaration()] }), "CLEAR"],
    [
      "idNumber",
      "SEE",
      steward({}, { declarations: [declaration({ acknowledged: false })] }),
      "MASKED CLEARANCE_REQUIRED",
    ],
    ...(["SEE_CLEAR", "FILTER", "SORT", "CORRECT", "EXPORT"] as const).flatMap(
      (use): [string, Use, Caller, string][] => [
        ["idNumber", use, steward(), closed],
        ["idNumber", use, steward({ secrecyClearance: "CONFIDENTIAL" }), "CLEAR"],
        ["dateOfBirth", use, steward(), "CLEAR"],
      ],
    ),
    ["dateOfBirth", "SEE", steward(), "CLEAR"],
  ])("a field's own secrecy still counts: %s for %s", (name, use, who, expected) => {
    expect(first(who, name, use, lenient)).toBe(expected);
  });
});
