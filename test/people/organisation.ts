import { createHash } from "node:crypto";
import type { Database } from "../../src/database/client.js";
import { hashPassword, type PasswordCost } from "../../src/people/password.js";

/** Cheap enough to try hundreds of passwords in a test. */
export const passwordCost: PasswordCost = { ln: 4, r: 8, p: 1 };

/** The one department that everybody in these tests belongs to. */
export const addDepartment = (db: Database) =>
  db.department.create({ data: { id: "dep_sales", code: "SALES", name: "Sales", tierCeiling: "SENSITIVE" } });

/** A member of staff; the id is `emp_<staffNo>`. */
export const addPerson = (
  db: Database,
  staffNo: string,
  { status = "ACTIVE", contractEndsAt }: { status?: "ACTIVE" | "LEFT"; contractEndsAt?: string } = {},
) =>
  db.employee.create({
    data: {
      id: `emp_${staffNo}`,
      staffNo,
      name: staffNo,
      kind: "FORMAL",
      departmentCode: "SALES",
      post: "Seller",
      status,
      joinedAt: new Date("2020-01-01"),
      ...(contractEndsAt && { contractEndsAt: new Date(contractEndsAt) }),
    },
  });

/** A member of staff who can sign in. */
export async function addLogin(
  db: Database,
  staffNo: string,
  password: string,
  { cost = passwordCost, ...person }: { status?: "ACTIVE" | "LEFT"; cost?: PasswordCost } = {},
): Promise<void> {
  await addPerson(db, staffNo, person);
  await db.login.create({
    data: { employeeId: `emp_${staffNo}`, passwordHash: await hashPassword(password, cost) },
  });
}

/** A customer; the id is `cus_<code>`. */
export const addCustomer = (db: Database, code: string) =>
  db.customer.create({
    data: {
      id: `cus_${code}`,
      code,
      partyType: "PERSON",
      name: code,
      departmentCode: "SALES",
      lastUpdatedAt: new Date("2026-01-01"),
    },
  });

/** A device in somebody's custody, with its credential; the id is `dev_<deviceNo>`. D7 has the address 10.0.0.7. */
export const addDevice = (
  db: Database,
  deviceNo: string,
  custodian: string,
  credential: string,
  { revoked = false } = {},
) =>
  db.device.create({
    data: {
      id: `dev_${deviceNo}`,
      deviceNo,
      kind: "LAPTOP",
      model: "T1",
      state: "IN_USE",
      custodianId: `emp_${custodian}`,
      ipAddress: /^D\d+$/.test(deviceNo) ? `10.0.0.${deviceNo.slice(1)}` : null,
      secretReviewedAt: new Date("2026-11-01T00:00:00Z"),
      stockTakeDueAt: new Date("2027-01-01T00:00:00Z"),
      nextMaintenanceAt: new Date("2027-02-01T00:00:00Z"),
      lastSeenAt: new Date("2026-11-22T00:00:00Z"),
      credentials: {
        create: {
          credentialHash: createHash("sha256").update(credential).digest("hex"),
          issuedAt: new Date("2026-01-01"),
          ...(revoked && { revokedAt: new Date("2026-02-01") }),
        },
      },
    },
  });
