import { ID } from "type-graphql";
import { classifiedColumn, classifiedFor, Record, valuesOf } from "../access/classified.js";
import type { EmployeeRole, Employee as Row } from "../database/client.js";
import { one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Day, Decimal, Instant } from "../reading/scalars.js";
import { DepartmentCode, EmploymentStatus, PrincipalKind, Role } from "./enums.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();
const Roles = valuesOf<EmployeeRole>("EmployeeRole");

// Phone, address and relatives' contacts are matched against customers' and never shown: they are no fields.
@Record(
  {
    description:
      "Everybody who can sign in: staff, external people, customers with a login and service accounts (rulebook 2.2).",
    idPrefix: "emp",
    governedBy: "staff",
    defaultOrder: "staffNo",
    rows: { own: { column: "id" }, department: { column: "departmentCode" }, led: "signedForBy" },
  },
  { implements: Node },
)
export class Employee {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The staff number: the name that one signs in with." })
  staffNo?: string;

  @Classified("META", () => String, { description: "Name." })
  name?: string;

  @Classified("META", () => PrincipalKind, {
    description: "In what relation to the company the person stands.",
  })
  kind?: PrincipalKind;

  @Column("META", () => DepartmentCode, "departmentCode", {
    description: "The department; EXTERNAL for outsiders.",
  })
  department?: DepartmentCode;

  @Classified("META", () => String, { description: "The post, in the company's own words." })
  post?: string;

  @Classified("META", () => EmploymentStatus, {
    description: "Where the person stands between coming and leaving.",
  })
  status?: EmploymentStatus;

  @Roles("META", () => Role, "role", "employeeId", {
    description: "The roles, with the duties that each brings.",
  })
  roles?: Role[];

  @One("META", () => Employee, "managerId", { description: "The direct superior." })
  manager?: Employee | null;

  @Classified("META", () => Day, { description: "First day." })
  joinedAt?: string;

  @Classified("META", () => Day, {
    description: "The last day of the contract; null where it is open-ended.",
  })
  contractEndsAt?: string | null;

  @Classified("META", () => Instant, {
    description: "When the person left; from then on everything is refused.",
  })
  leftAt?: string | null;

  @Classified("META", () => Day, { description: "How long the duty of confidentiality lasts after leaving." })
  confidentialityUntil?: string | null;

  @Classified("STAFF", () => String, { description: "Notes on attendance; one's own only." })
  attendance?: string | null;

  @Classified("STAFF", () => Decimal, { description: "Pay, CNY a month; one's own only." })
  payroll?: string | null;

  @Classified("STAFF", () => String, { description: "Notes on performance; one's own only." })
  performance?: string | null;
}

explainsItself(Employee);
