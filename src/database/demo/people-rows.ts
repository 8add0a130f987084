import type { Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { customerId, demoId } from "./id.js";
import { type DemoPerson, demoPeople, employeeId, headOf, isNew, personNumber } from "./people.js";

const joinedDaysAgo = ({ staffNo, kind }: DemoPerson): number => {
  if (isNew(staffNo)) return 7;
  return kind === "INTERN" ? 30 : 400 + 13 * personNumber(staffNo);
};

/** Contacts are in a number range that no demo customer has. */
export const employeeRows = (at: Calendar): Prisma.EmployeeCreateManyInput[] =>
  demoPeople.map((person) => {
    const number = personNumber(person.staffNo);
    const employed = person.kind === "FORMAL" || person.kind === "INTERN";
    const ending = number.toString().padStart(4, "0");
    return {
      id: employeeId(person.staffNo),
      staffNo: person.staffNo,
      name: person.name,
      kind: person.kind,
      departmentCode: person.department,
      post: person.post,
      status: person.status ?? "ACTIVE",
      ...(person.status === "LEFT" && { leftAt: at(-20), confidentialityUntil: at(709) }),
      managerId: employed && person.staffNo !== "gina" ? employeeId(headOf(person)) : null,
      joinedAt: at(-joinedDaysAgo(person)),
      contractEndsAt: person.contractDays === null ? null : at(person.contractDays),
      customerId: person.customer && customerId(person.customer),
      ...(employed && {
        attendance: `${20 + (number % 3)} of 22 days last month`,
        payroll: `${6_000 + 350 * (number % 17)}.00`,
        performance: "ABC".charAt(number % 3),
        phone: `+861990571${ending}`,
        address: `浙江省杭州市余杭区茶园路${number}号`,
        relativesContacts: [`+861990572${ending}`],
      }),
    };
  });

export const roleRows = (): Prisma.EmployeeRoleCreateManyInput[] =>
  demoPeople.flatMap(({ staffNo, roles }) =>
    roles.map((role) => ({ employeeId: employeeId(staffNo), role })),
  );

/** Everybody's own, until further notice, but for customers, visitors and the vendor's staff. */
export const commitmentRows = (at: Calendar): Prisma.ConfidentialityCommitmentCreateManyInput[] =>
  demoPeople
    .filter(({ kind }) => kind !== "CUSTOMER" && kind !== "VISITOR" && kind !== "VENDOR_STAFF")
    .map((person, position) => ({
      id: demoId("com", position + 1),
      employeeId: employeeId(person.staffNo),
      kind: "STAFF",
      signedAt: at(-joinedDaysAgo(person)),
    }));
