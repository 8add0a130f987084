import { afterAll, describe, expect, test } from "vitest";
import { failedBaseCondition } from "../../../src/access/conditions.js";
import { policy } from "../../../src/access/policy.js";
import { demoAccounts } from "../../../src/database/demo/accounts.js";
import { demoCredential } from "../../../src/people/device-credential.js";
import { loadCaller } from "../../../src/people/load-caller.js";
import { matchesPassword } from "../../../src/people/password.js";
import { demoDatabase, testNow, testSecret } from "../../support/database.js";

const { db, close } = await demoDatabase();
afterAll(close);

const caller = async (staffNo: string) => {
  const { device, purpose } = demoAccounts.find((account) => account.staffNo === staffNo)!;
  return (await loadCaller(
    db,
    { staffNo },
    { proof: device && demoCredential(testSecret, device), purpose, address: null, now: testNow },
  ))!;
};

const sales = "BASIC:CLEAR BUSINESS:CLEAR FINANCIAL:WRITE_ONLY ORDER:CLEAR PRIVATE:WRITE_ONLY SERVICE:MASKED";
const service = "BASIC:CLEAR BUSINESS:CLEAR FINANCIAL:MASKED ORDER:CLEAR PRIVATE:MASKED SERVICE:CLEAR";
const all = "BASIC:CLEAR BUSINESS:CLEAR FINANCIAL:CLEAR ORDER:CLEAR PRIVATE:CLEAR SERVICE:CLEAR";
const masked = "BASIC:MASKED";

describe("every demo account has its department, its device and the default grant of its post", () => {
  test.each`
    staffNo     | department            | device   | grant
    ${"sam"}    | ${"SALES"}            | ${"D1"}  | ${`POST OWN ${sales}`}
    ${"sue"}    | ${"SALES"}            | ${"D10"} | ${`POST OWN ${sales}`}
    ${"pat"}    | ${"PRODUCTION"}       | ${"D2"}  | ${"POST OPEN_ORDERS BASIC:MASKED ORDER:CLEAR"}
    ${"pia"}    | ${"PRODUCTION"}       | ${"D11"} | ${"POST OPEN_ORDERS BASIC:MASKED ORDER:CLEAR"}
    ${"tess"}   | ${"TECHNOLOGY"}       | ${"D12"} | ${"NONE CASE_LIST "}
    ${"neo"}    | ${"SALES"}            | ${null}  | ${null}
    ${"cara"}   | ${"CUSTOMER_SERVICE"} | ${"D3"}  | ${`SERVICE ALL ${service}`}
    ${"carl"}   | ${"CUSTOMER_SERVICE"} | ${"D4"}  | ${`SENSITIVE ALL ${all}`}
    ${"mona"}   | ${"CUSTOMER_SERVICE"} | ${"D13"} | ${`STEWARD ALL ${all} CONFIDENTIAL`}
    ${"sven"}   | ${"CUSTOMER_SERVICE"} | ${"D14"} | ${`STEWARD ALL ${all} CONFIDENTIAL`}
    ${"spec"}   | ${"CUSTOMER_SERVICE"} | ${"D15"} | ${`SERVICE ALL ${service}`}
    ${"dora"}   | ${"SALES"}            | ${"D16"} | ${"STEWARD DEPARTMENT BASIC:CLEAR BUSINESS:CLEAR FINANCIAL:MASKED ORDER:CLEAR PRIVATE:MASKED SERVICE:MASKED"}
    ${"adam"}   | ${"ADMINISTRATION"}   | ${"D17"} | ${`MASKED CASE_LIST ${masked}`}
    ${"ada"}    | ${"ADMINISTRATION"}   | ${"D18"} | ${`MASKED CASE_LIST ${masked}`}
    ${"tim"}    | ${"TECHNOLOGY"}       | ${"D19"} | ${"NONE CASE_LIST "}
    ${"clerk"}  | ${"ADMINISTRATION"}   | ${"D20"} | ${`MASKED CASE_LIST ${masked}`}
    ${"fin"}    | ${"FINANCE"}          | ${"D21"} | ${"SENSITIVE TRANSACTIONS BASIC:MASKED FINANCIAL:CLEAR"}
    ${"gina"}   | ${"MANAGEMENT"}       | ${"D22"} | ${`SERVICE ALL ${service} TOP_SECRET`}
    ${"ian"}    | ${"SALES"}            | ${"D23"} | ${`MASKED CASE_LIST ${masked} [C1]`}
    ${"vic"}    | ${"EXTERNAL"}         | ${"D24"} | ${`MASKED CASE_LIST ${masked} [C1]`}
    ${"bo"}     | ${"CHANNEL_MGMT"}     | ${"D25"} | ${`MASKED CASE_LIST ${masked} [C1]`}
    ${"cory"}   | ${"COMPLIANCE"}       | ${"D26"} | ${`MASKED CASE_LIST ${masked} [C1]`}
    ${"qin"}    | ${"QUALITY"}          | ${"D27"} | ${"SERVICE CASE_LIST BASIC:MASKED SERVICE:CLEAR [C1]"}
    ${"cu1"}    | ${"EXTERNAL"}         | ${null}  | ${null}
    ${"rep"}    | ${"CUSTOMER_SERVICE"} | ${"D28"} | ${"POST ALL BASIC:MASKED BUSINESS:CLEAR ORDER:CLEAR"}
    ${"nina"}   | ${"CUSTOMER_SERVICE"} | ${"D29"} | ${null}
    ${"vera"}   | ${"EXTERNAL"}         | ${null}  | ${null}
    ${"tara"}   | ${"TRAINING"}         | ${null}  | ${null}
    ${"audrey"} | ${"MANAGEMENT"}       | ${null}  | ${null}
  `("$staffNo", async ({ staffNo, department, device, grant }) => {
    const person = await db.employee.findUniqueOrThrow({
      where: { staffNo },
      include: {
        devices: true,
        login: true,
        grants: { include: { classes: true, customerList: { include: { customer: true } } } },
      },
    });
    expect(person.departmentCode).toBe(department);
    expect(person.devices.map(({ deviceNo, state }) => [deviceNo, state])).toEqual(
      device ? [[device, "IN_USE"]] : [],
    );
    expect(person.grants.map(described)).toEqual(grant === null ? [] : [grant]);
    expect(person.login).not.toBeNull();
  });

  test("and the password that the table says", async () => {
    const { password } = demoAccounts.find(({ staffNo }) => staffNo === "pat")!;
    const { login } = await db.employee.findUniqueOrThrow({
      where: { staffNo: "pat" },
      include: { login: true },
    });
    expect(await matchesPassword(password, login!.passwordHash)).toBe(true);
  });

  test("and there are no others", async () => {
    expect(demoAccounts).toHaveLength(29);
    expect(await db.login.count()).toBe(29);
  });
});

interface GrantWithLists {
  tier: string;
  customerScope: string;
  secrecyClearance: string;
  classes: { fieldClass: string; cap: string }[];
  customerList: { customer: { code: string } }[];
}

function described({ tier, customerScope, secrecyClearance, classes, customerList }: GrantWithLists): string {
  const caps = classes.map(({ fieldClass, cap }) => `${fieldClass}:${cap}`).sort();
  const clearance = secrecyClearance === "ORDINARY" ? "" : ` ${secrecyClearance}`;
  const list = customerList.length > 0 ? ` [${customerList.map(({ customer }) => customer.code)}]` : "";
  return `${tier} ${customerScope} ${caps.join(" ")}${clearance}${list}`;
}

describe("the operations of a grant are those that its tier opens", () => {
  test.each`
    staffNo   | operations
    ${"sam"}  | ${"SEE_MASKED SEE_CLEAR FILTER SORT AGGREGATE CREATE EXPORT BORROW"}
    ${"pat"}  | ${"SEE_MASKED SEE_CLEAR FILTER SORT AGGREGATE EXPORT BORROW"}
    ${"cara"} | ${"SEE_MASKED SEE_CLEAR FILTER SORT AGGREGATE CREATE CORRECT EXPORT BORROW"}
    ${"mona"} | ${"SEE_MASKED SEE_CLEAR FILTER SORT AGGREGATE CREATE CORRECT DELETE EXPORT BORROW"}
    ${"adam"} | ${"SEE_MASKED"}
    ${"tim"}  | ${""}
  `("$staffNo", async ({ staffNo, operations }) => {
    const { grants } = await caller(staffNo);
    expect([...grants[0]!.operations].sort()).toEqual(operations.split(" ").filter(Boolean).sort());
  });
});

test("production reads four fields of an order", async () => {
  const { grants } = await caller("pat");
  expect(grants[0]!.classes.find(({ fieldClass }) => fieldClass === "ORDER")!.onlyFields).toEqual([
    "Order.quantity",
    "Order.deliveryDate",
    "Order.specification",
    "Order.status",
  ]);
});

describe("everybody meets the base conditions on their own device, but for those who shall not", () => {
  const failing: Record<string, string> = {
    neo: "DEVICE_UNREGISTERED",
    vic: "NDA_REQUIRED",
    cu1: "DEVICE_UNREGISTERED",
    vera: "DEVICE_UNREGISTERED",
    tara: "DEVICE_UNREGISTERED",
    audrey: "DEVICE_UNREGISTERED",
  };
  test.each(demoAccounts.map(({ staffNo }) => staffNo))("%s", async (staffNo) => {
    expect(failedBaseCondition(await caller(staffNo), policy)?.code).toBe(failing[staffNo]);
  });

  test("neo lacks a training topic too", async () => {
    const deviceless = { ...policy, conditions: { ...policy.conditions, device: false } };
    expect(failedBaseCondition(await caller("neo"), deviceless)?.code).toBe("TRAINING_REQUIRED");
  });

  test("each grant is in force and names the purpose that the account states", async () => {
    for (const { staffNo, grant } of demoAccounts) {
      if (!grant) continue;
      const { grants, purpose } = await caller(staffNo);
      expect(grants).toHaveLength(1);
      expect(grants[0]!.validFrom < testNow && testNow < grants[0]!.validTo, staffNo).toBe(true);
      expect(grants[0]!.purposes, staffNo).toContain(purpose);
    }
  });
});

test("finance has a standing declaration in force for less than a month, nobody else has any open", async () => {
  const declarations = await db.sensitiveUse.findMany({
    where: { state: "OPEN" },
    include: { declaredBy: true },
  });
  expect(declarations).toMatchObject([{ declaredBy: { staffNo: "fin" }, standing: true }]);
  const { plannedFrom, plannedUntil } = declarations[0]!;
  expect(plannedFrom < testNow && testNow < plannedUntil).toBe(true);
  expect(plannedUntil.getTime() - plannedFrom.getTime()).toBeLessThan(30 * 86_400_000);
});

test("an intern's grant ends with the contract, after ninety days at most", async () => {
  const { contractEndsAt, grants } = await caller("ian");
  const { validFrom, validTo } = grants[0]!;
  expect(validTo <= contractEndsAt!).toBe(true);
  expect(validTo.getTime() - validFrom.getTime()).toBeLessThanOrEqual(90 * 86_400_000);
});

test("every grant comes from an application of the same content, through four hands", async () => {
  const grants = await db.grant.findMany({
    where: { emergency: null },
    include: {
      application: { include: { classes: true, customerList: true } },
      classes: true,
      customerList: true,
    },
  });
  for (const { application, granteeId, ...grant } of grants) {
    const { employeeId, signedById, reviewedById, implementedById } = application!;
    expect(application!.state).toBe("IMPLEMENTED");
    expect(employeeId).toBe(granteeId);
    expect(new Set([employeeId, signedById, reviewedById, implementedById]).size).toBe(4);
    for (const content of [
      "tier",
      "operations",
      "customerScope",
      "purposes",
      "secrecyClearance",
      "validTo",
    ] as const)
      expect(application![content]).toEqual(grant[content]);
    const lists = ({ classes, customerList }: Pick<typeof grant, "classes" | "customerList">) => ({
      classes: classes.map(({ fieldClass, cap, onlyFields }) => ({ fieldClass, cap, onlyFields })),
      customers: customerList.map(({ customerId }) => customerId),
    });
    expect(lists(application!)).toEqual(lists(grant));
  }
});

test("some applications are still on their way or were refused", async () => {
  const others = await db.grantApplication.findMany({
    where: { state: { not: "IMPLEMENTED" } },
    orderBy: { formNo: "asc" },
  });
  expect(others.map(({ state }) => state).sort()).toEqual([
    ...["APPROVED", "APPROVED", "DRAFT", "ESCALATED", "REJECTED", "RETURNED", "SUBMITTED", "WITHDRAWN"],
  ]);
  expect(others.find(({ state }) => state === "REJECTED")!.reviewerNotes).toMatch(/./);
});

test("D5 and D6 are registered and wait to be issued", async () => {
  const waiting = await db.device.findMany({
    where: { state: "REGISTERED" },
    include: { allocations: true, credentials: true },
    orderBy: { deviceNo: "asc" },
  });
  expect(waiting).toMatchObject(
    ["D5", "D6"].map((deviceNo) => ({
      deviceNo,
      state: "REGISTERED",
      custodianId: null,
      allocations: [],
      credentials: [],
    })),
  );
});
