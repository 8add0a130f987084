import type { Caller } from "../../src/access/caller.js";
import type { Database } from "../../src/database/client.js";
import { testNow } from "../support/database.js";

/** A seller of SALES with a grant to create customers of their own. */
export const seller: Caller = {
  id: "emp_seller",
  staffNo: "seller",
  name: "Seller",
  kind: "FORMAL",
  status: "ACTIVE",
  department: "SALES",
  roles: ["SELLER"],
  contractEndsAt: null,
  customerId: null,
  device: null,
  address: null,
  trainings: [],
  commitments: [],
  grants: [
    {
      id: "gra_seller",
      tier: "POST",
      classes: [],
      operations: ["SEE_CLEAR", "CREATE"],
      customerScope: "OWN",
      customerList: [],
      purposes: [],
      secrecyClearance: "ORDINARY",
      validFrom: new Date("2026-01-01T00:00:00Z"),
      validTo: new Date("2027-01-01T00:00:00Z"),
      state: "ACTIVE",
    },
  ],
  declarations: [],
  consultations: [],
  purpose: null,
  now: testNow,
};

/** The same person, reaching customers otherwise. */
export const reaching = (customerScope: Caller["grants"][number]["customerScope"]): Caller => ({
  ...seller,
  grants: seller.grants.map((grant) => ({ ...grant, customerScope })),
});

/** Of this seller's colleague, as they are on file. */
export const staffContacts = {
  phone: "+8613900001111",
  address: "杭州市西湖区文三路 90 号",
  relative: "0571-8765 4321",
};

/** The departments SALES and PRODUCTION, the seller and a colleague. */
export async function addSeller(db: Database): Promise<void> {
  await db.department.createMany({
    data: (["SALES", "PRODUCTION"] as const).map((code) => ({
      id: `dep_${code}`,
      code,
      name: code,
      tierCeiling: "POST" as const,
    })),
  });
  const employee = {
    kind: "FORMAL",
    departmentCode: "SALES",
    post: "Seller",
    status: "ACTIVE",
    joinedAt: new Date("2020-01-01"),
  } as const;
  await db.employee.createMany({
    data: [
      { ...employee, id: seller.id, staffNo: seller.staffNo, name: seller.name },
      {
        ...employee,
        id: "emp_colleague",
        staffNo: "colleague",
        name: "Colleague",
        phone: staffContacts.phone,
        address: staffContacts.address,
        relativesContacts: [staffContacts.relative],
      },
      { ...employee, id: "emp_gone", staffNo: "gone", name: "Gone", status: "LEFT", phone: "+8613900002222" },
    ],
  });
}
