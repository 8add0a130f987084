import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordOf } from "../../src/access/classified.js";
import { decide, reach } from "../../src/access/decide.js";
import { policy } from "../../src/access/policy.js";
import { type ClassifiedField, fullName, nameableFields } from "../../src/access/record.js";
import { CorrectionRequest } from "../../src/customers/corrections/correction-request.type.js";
import { Customer } from "../../src/customers/customer.type.js";
import { draftFields } from "../../src/customers/draft-fields.js";
import { caller, declaration, grant } from "../support/callers.js";
import type { TestDatabase } from "../support/database.js";
import { type Answer, type DemoServer, demoServer } from "../support/execute-as.js";
import { smallDemo } from "../support/small-demo.js";

// The values of a correction are seen by those who see the field clear on the same customer, and by nobody else.

const fields = nameableFields(recordOf(Customer));
const ofCorrection = (name: string): ClassifiedField => recordOf(CorrectionRequest).fields.get(name)!;

test("what a row can name are the fields that a new customer is given", () => {
  const given = Object.keys(draftFields).filter((name) => !["code", "department"].includes(name));
  expect(fields.map(({ name }) => name).sort()).toEqual(given.sort());
});

describe("the kernel", () => {
  const named = ["oldValue", "newValue", "reason", "evidence", "note"].map(ofCorrection);

  test.each(named.map((field) => [field.name, field] as const))(
    "%s is never filtered by, sorted by or written",
    (_name, field) => {
      const steward = caller({ grants: [grant({ tier: "STEWARD", secrecyClearance: "TOP_SECRET" })] });
      expect(decide(steward, field, "SEE", policy).openings).not.toEqual([]);
      for (const use of ["FILTER", "SORT", "AGGREGATE", "CREATE", "CORRECT", "DELETE"] as const)
        expect(decide(steward, field, use, policy).openings).toEqual([]);
    },
  );

  test("opens nothing on rows that name another field, or none that there is", () => {
    const who = caller({ declarations: [declaration({ fields: ["Customer.idNumber"] })] });
    const { openings } = decide(who, ofCorrection("newValue"), "SEE", policy);
    for (const { rows, outcome } of openings) {
      expect(outcome).toBe("CLEAR");
      expect(rows[0]).toEqual({ is: "naming", fields: expect.any(Array) });
    }
    const openFor = (name: string) =>
      openings.filter(({ rows: [first] }) => first?.is === "naming" && first.fields.includes(name));
    expect(openFor("Customer.mobile")).toHaveLength(1);
    expect(openFor("Customer.idNumber")[0]!.rows).toContainEqual({ is: "customers", ids: ["cus_1"] });
    expect(openFor("Customer.healthNotes")).toEqual([]);
    expect(openFor("Customer.code")).toEqual([]);
  });

  test("a field of the class that says nothing of whose fields is closed to everybody", () => {
    const { named: _, ...lost } = ofCorrection("newValue");
    expect(decide(caller(), lost, "SEE", policy).openings).toEqual([]);
  });

  test("the rows themselves are in reach wherever the customer is, inside the clearance", () => {
    for (const classes of [grant().classes, []]) {
      const who = caller({ grants: [grant({ classes, customerScope: "OWN" })] });
      expect(reach(who, recordOf(CorrectionRequest), policy).rows).toEqual([
        [
          { is: "own", person: who.id },
          { is: "secrecy", upTo: "ORDINARY", reader: who.id },
        ],
      ]);
    }
  });
});

describe("as somebody sees them", () => {
  let database: TestDatabase;
  let server: DemoServer;
  beforeAll(async () => {
    database = await smallDemo();
    server = await demoServer({ database });
    // A correction of every field of three customers, each of the value that the field has.
    await database.db.$executeRaw`DELETE FROM "CorrectionRequest"`;
    await database.db.$executeRaw`
      INSERT INTO "CorrectionRequest" ("id", "formNo", "customerId", "field", "oldValue", "newValue", "reason", "evidence", "note", "proposedById", "proposedAt", "state")
      SELECT 'cor_' || c."code" || f.name, 'B-' || c."code" || f.name, c."id", 'Customer.' || f.name,
        coalesce(to_jsonb(c) ->> f.name, 'nothing'), coalesce(to_jsonb(c) ->> f.name, 'nothing'),
        coalesce(to_jsonb(c) ->> f.name, 'nothing'), ARRAY[coalesce(to_jsonb(c) ->> f.name, 'nothing')],
        coalesce(to_jsonb(c) ->> f.name, 'nothing'), e."id", now(), 'WITHDRAWN'
      FROM "Customer" c, unnest(${fields.map(({ name }) => name)}::text[]) AS f(name), "Employee" e
      WHERE c."code" IN ('C1', 'C2', 'C3', 'C4') AND e."staffNo" = 'sam'`;
  });
  afterAll(async () => {
    await server?.close();
    await database?.close();
  });

  const query = `{ customers(first: 4, where: { code: { in: ["C1", "C2", "C3", "C4"] } }) { nodes {
    code ${fields.map(({ name }) => name).join(" ")}
    access { field outcome reason }
    corrections(first: 30) { nodes { field oldValue newValue reason evidence note access { field outcome reason } } }
  } } }`;

  interface Told {
    readonly field: string;
    readonly outcome: string;
    readonly reason: string | null;
  }

  const accounts = ["sam", "pat", "cara", "carl", "mona", "dora", "fin", "gina", "ian", "qin", "cu1", "rep"];

  test.each(accounts)("%s sees of a correction what they see of the field", async (account) => {
    const { data, errors } = await server.executeAs(account, query);
    expect(errors).toBeUndefined();
    let clear = 0;
    for (const customer of data.customers.nodes) {
      // Beyond the clearance there is the customer's line in the catalogue, and no correction.
      if (
        customer.access.every(
          ({ outcome, field }: Told) => outcome !== "CLEAR" || /\.(id|code|secrecy)$/.test(field),
        )
      ) {
        expect(customer.corrections?.nodes ?? []).toEqual([]);
        continue;
      }
      expect(customer.corrections.nodes).toHaveLength(fields.length);
      for (const correction of customer.corrections.nodes) {
        const name = correction.field.split(".")[1]!;
        const of: Told = customer.access.find(({ field }: Told) => field === correction.field);
        const seen = of.outcome === "CLEAR";
        if (seen) clear += 1;
        const shown = seen ? asText(correction.newValue) : correction.newValue;
        expect([correction.field, shown]).toEqual([correction.field, seen ? asText(customer[name]) : null]);
        for (const other of ["oldValue", "reason", "note"])
          expect(correction[other]).toBe(correction.newValue);
        expect(correction.evidence).toEqual(seen ? [correction.newValue] : null);
        for (const { field, outcome, reason } of correction.access as Told[])
          if (/\.(oldValue|newValue|reason|evidence|note)$/.test(field))
            expect([of.field, outcome, reason]).toEqual([
              of.field,
              ...(seen ? ["CLEAR", null] : ["WITHHELD", of.reason]),
            ]);
      }
    }
    expect(clear).toBeGreaterThan(0);
  });

  /** As a field prints it: numbers are numbers there, and nothing is nothing. */
  const asText = (value: unknown): string | null => {
    if (value === null) return "nothing";
    return Number.isNaN(Date.parse(String(value))) || !/T/.test(String(value))
      ? String(value)
      : new Date(String(value)).toISOString();
  };

  test("reasons are told once each, not per row", async () => {
    const { extensions } = await server.executeAs(
      "cara",
      "{ correctionRequests(first: 500) { nodes { newValue } } }",
    );
    const told = extensions!.access!.fields.map(({ field, outcome, reason }) => [field, outcome, reason]);
    expect(told).toEqual([["CorrectionRequest.newValue", "WITHHELD", "TIER_TOO_LOW"]]);
  });

  test("a declaration that ends takes the value with it", async () => {
    const read = async () => {
      const { data } = await server.executeAs(
        "carl",
        '{ customers(where: {code: {eq: "C1"}}) { nodes { idNumber corrections(first: 30) { nodes { field newValue } } } } }',
      );
      const [{ idNumber, corrections }] = data.customers.nodes;
      return [idNumber, corrections.nodes.find(({ field }: Told) => field === "Customer.idNumber").newValue];
    };
    const [idNumber, newValue] = await read();
    expect(newValue).toBe(idNumber);
    await database.db.sensitiveUse.updateMany({ where: { id: "use_carl" }, data: { state: "REVOKED" } });
    expect((await read())[1]).toBe(null);
  });

  test.each(["oldValue", "newValue", "reason", "evidence", "note"])(
    "there is no filter and no order by %s",
    async (name) => {
      const ask = (args: string): Promise<Answer> =>
        server.executeAs("mona", `{ correctionRequests(${args}) { totalCount } }`);
      for (const args of [`where: { ${name}: { eq: "x" } }`, `orderBy: { field: ${name} }`])
        expect((await ask(args)).errors?.[0]?.extensions?.code).toBe("GRAPHQL_VALIDATION_FAILED");
    },
  );

  test.each(["cara", "sam", "cu1"])(
    "the statement of %s holds no column that is open on no row",
    async (account) => {
      const [statement] = await server.sqlOf(account, "{ correctionRequests { nodes { newValue } } }");
      expect(statement).toContain('"newValue"');
      for (const field of fields) expect(statement).not.toContain(`"${field.name}"`);
    },
  );

  test("who reaches no customer data reaches no correction", async () => {
    for (const account of ["tim", "tess", "neo"]) {
      const { data, errors } = await server.executeAs(account, "{ correctionRequests { totalCount } }");
      expect([data?.correctionRequests ?? null, errors?.length]).toEqual([null, 1]);
    }
  });

  test("the fields that a row can name have one name each", () => {
    expect(new Set(fields.map(fullName)).size).toBe(fields.length);
  });
});
