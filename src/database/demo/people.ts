import type { DepartmentCode, EmploymentStatus, Role } from "../client.js";
import type { DemoAccount } from "./account.js";
import { demoAccounts } from "./accounts.js";
import { demoId } from "./id.js";

/** Somebody of the demo organisation, with or without a login. */
export type DemoPerson = Pick<
  DemoAccount,
  "staffNo" | "name" | "kind" | "department" | "roles" | "post" | "grant" | "customer" | "contractDays"
> & {
  /** At work, unless it says otherwise. */
  readonly status?: EmploymentStatus;
};

const colleague = (
  staffNo: string,
  name: string,
  department: DepartmentCode,
  role: Role,
  post: string,
): DemoPerson => ({
  staffNo,
  name,
  department,
  roles: [role],
  post,
  kind: "FORMAL",
  grant: null,
  customer: null,
  contractDays: null,
});

/** Everybody; those without a login own customers and hold trainings. */
export const demoPeople: readonly DemoPerson[] = [
  ...demoAccounts,
  colleague("S101", "罗素", "SALES", "SELLER", "Seller"),
  colleague("S102", "陶冶", "SALES", "SELLER", "Seller"),
  colleague("S103", "倪虹", "SALES", "SELLER", "Seller"),
  { ...colleague("S104", "卓越", "SALES", "SELLER", "Seller"), status: "LEAVING" },
  colleague("T101", "白杨", "TRAINING", "TRAINER", "Trainer"),
  { ...colleague("P101", "秋实", "PRODUCTION", "PLANNER", "Production planner"), status: "LEAVING" },
  { ...colleague("P102", "夏禾", "PRODUCTION", "PLANNER", "Production planner"), status: "LEFT" },
];

const numbers = new Map(demoPeople.map(({ staffNo }, position) => [staffNo, position + 1]));

/** The position of somebody in `demoPeople`, from 1. */
export function personNumber(staffNo: string): number {
  const number = numbers.get(staffNo);
  if (!number) throw new Error(`nobody in the demo organisation is called ${staffNo}`);
  return number;
}

export const departmentOf = (staffNo: string): DepartmentCode =>
  demoPeople[personNumber(staffNo) - 1]!.department;

/** Those in a secret post: whoever has a clearance, carl, who consults a classified dossier, and tim, who looks after their devices. */
export const isInSecretPost = ({ staffNo, grant }: Pick<DemoPerson, "staffNo" | "grant">): boolean =>
  ["carl", "tim"].includes(staffNo) || (grant !== null && grant.secrecyClearance !== "ORDINARY");

/** Those who joined a week ago. */
export const isNew = (staffNo: string): boolean => ["neo", "nina"].includes(staffNo);

export const employeeId = (staffNo: string): string => demoId("emp", personNumber(staffNo));

/** Who owns the customers. neo has none yet. */
export const sellers = demoPeople.filter(
  ({ roles, staffNo }) => roles.includes("SELLER") && staffNo !== "neo",
);

const heads: Partial<Record<DepartmentCode, string>> = {
  SALES: "sue",
  PRODUCTION: "pia",
  TECHNOLOGY: "tess",
  CUSTOMER_SERVICE: "mona",
  ADMINISTRATION: "ada",
};

/** Who leads somebody: the head of the department, for heads and for departments without one the general manager. */
export function headOf({ staffNo, department }: DemoPerson): string {
  const head = heads[department] ?? "gina";
  return head === staffNo ? "gina" : head;
}
