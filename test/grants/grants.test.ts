import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

describe("grants", () => {
  test.each<[string, number | "all"]>([
    ["sam", 1],
    ["neo", 0],
    ["adam", "all"],
    ["tim", "all"],
  ])("%s lists those in reach", async (account, expected) => {
    const { data } = await server.executeAs(account, "{ grants(first: 500) { totalCount } }");
    const all = await server.database.db.grant.count();
    expect(data.grants.totalCount).toBe(expected === "all" ? all : expected);
  });

  test("a head sees the grants of the department", async () => {
    const { data } = await server.executeAs(
      "sue",
      "{ grants(first: 500) { nodes { grantee { staffNo department } } } }",
    );
    const grantees: { staffNo: string; department: string }[] = data.grants.nodes.map(
      ({ grantee }: { grantee: object }) => grantee,
    );
    expect(grantees.map(({ staffNo }) => staffNo)).toEqual(
      expect.arrayContaining(["sam", "sue", "ian", "dora"]),
    );
    expect(new Set(grantees.map(({ department }) => department))).toEqual(new Set(["SALES"]));
  });

  test("a grantee reads the own grant in full", async () => {
    const { data } = await server.executeAs(
      "ian",
      "{ grants { nodes { tier state operations customerScope purposes secrecyClearance classes { fieldClass cap onlyFields } customerList { code } application { state reason reviewerNotes } } } }",
    );
    expect(data.grants.nodes).toEqual([
      {
        tier: "MASKED",
        state: "ACTIVE",
        operations: ["SEE_MASKED"],
        customerScope: "CASE_LIST",
        purposes: [expect.any(String)],
        secrecyClearance: "ORDINARY",
        classes: [{ fieldClass: "BASIC", cap: "MASKED", onlyFields: [] }],
        customerList: [{ code: "C1" }],
        application: { state: "IMPLEMENTED", reason: "Default scope of the post", reviewerNotes: null },
      },
    ]);
  });

  test("those whom nothing about grants concerns have no list of them", async () => {
    const { errors } = await server.executeAs("cu1", "{ grants { totalCount } }");
    expect(errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
  });
});

describe("applications", () => {
  const of = async (staffNo: string, state: "REJECTED" | "DRAFT" | "SUBMITTED" | "APPROVED") =>
    (await server.database.db.grantApplication.findFirstOrThrow({ where: { state, employee: { staffNo } } }))
      .id;
  const query =
    "query ($id: ID!) { grantApplication(id: $id) { tier reason changeReason decision reviewerNotes state } }";
  const rejected = {
    tier: "POST",
    state: "REJECTED",
    reason: "Helps sam with C1",
    changeReason: "Calls customers for sam",
    decision: "REJECT",
  };
  const reviewerNotes = "Interns stay at MASKED; POST is for the group to decide.";

  // ian of SALES applied; adam rejected it.
  test.each<[string, object | null]>([
    ["ian", { ...rejected, reviewerNotes: null }],
    ["sue", { ...rejected, reviewerNotes }],
    ["adam", { ...rejected, reviewerNotes }],
    ["ada", { ...rejected, reviewerNotes }],
    ["tim", null],
    ["sam", null],
    ["pia", null],
    ["cu1", null],
  ])("a rejected one as %s sees it", async (account, expected) => {
    const { data } = await server.executeAs(account, query, {
      variables: { id: await of("ian", "REJECTED") },
    });
    expect(data.grantApplication).toEqual(expected);
  });

  test("an approved one is for technology to implement, without the reasons", async () => {
    const { data } = await server.executeAs("tim", query, {
      variables: { id: await of("S102", "APPROVED") },
    });
    expect(data.grantApplication).toMatchObject({
      tier: "POST",
      state: "APPROVED",
      reason: null,
      decision: null,
      reviewerNotes: null,
    });
  });

  test("the notes are for the head once it is decided, row by row of one list", async () => {
    const { data, extensions } = await server.executeAs(
      "sue",
      "{ grantApplications(first: 500) { nodes { employee { staffNo } state reviewedAt reviewerNotes } } }",
    );
    const rows: { employee: { staffNo: string }; reviewedAt: string | null; reviewerNotes: string | null }[] =
      data.grantApplications.nodes;
    expect(
      rows.find(({ employee, reviewerNotes }) => employee.staffNo === "ian" && reviewerNotes),
    ).toBeDefined();
    expect(rows.find(({ employee }) => employee.staffNo === "neo")).toMatchObject({
      reviewedAt: null,
      reviewerNotes: null,
    });
    expect(extensions?.access?.fields).toContainEqual(
      expect.objectContaining({ field: "GrantApplication.reviewerNotes", outcome: "WITHHELD" }),
    );
  });
});

describe("declarations", () => {
  const query =
    "{ sensitiveUses(first: 500) { totalCount nodes { declaredBy { staffNo } ackBy { staffNo } ackAt fields state customers { code } grant { tier } } } }";

  test("are the declarer's, and administration's", async () => {
    const [own, all] = await Promise.all([server.executeAs("fin", query), server.executeAs("adam", query)]);
    expect(own.data.sensitiveUses.nodes.length).toBeGreaterThan(0);
    for (const { declaredBy } of own.data.sensitiveUses.nodes) expect(declaredBy.staffNo).toBe("fin");
    expect(all.data.sensitiveUses.totalCount).toBe(await server.database.db.sensitiveUse.count());
  });

  test("are nothing to technology, approved grants or not", async () => {
    const { data } = await server.executeAs("tim", query);
    expect(data.sensitiveUses.totalCount).toBe(0);
  });
});
