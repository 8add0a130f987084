import { recordOf } from "../access/classified.js";
import { decideByPost, reachByPost } from "../access/decide-by-post.js";
import type { PolicyProblem } from "../access/floors.js";
import type { PolicyContent } from "../access/policy.js";
import { covers, type Rows } from "../access/rows.js";
import { DepartmentCode, PrincipalKind } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { TierPolicy } from "./tier-policy.type.js";

// Whom a version would shut out of the forms by which everything else is changed, the next version among it.

type Holder = Parameters<typeof decideByPost>[0];

const somebody: Holder = {
  id: "somebody",
  kind: "FORMAL",
  status: "ACTIVE",
  department: "",
  customerId: null,
  roles: [],
};

const heads = Object.values(DepartmentCode).map(
  (department): Holder => ({ ...somebody, department, roles: ["DEPT_HEAD"] }),
);

/** Who proposes versions, votes on them and records the decision: the group, its leader, and who stands in for the leader. */
const deciding: readonly Holder[] = [
  ...heads,
  { ...somebody, department: "ADMINISTRATION", roles: ["ADMIN_HEAD"] },
  { ...somebody, department: "MANAGEMENT", roles: ["GENERAL_MANAGER"] },
];

const everyKind = Object.values(PrincipalKind).map((kind): Holder => ({ ...somebody, kind }));

const ownRow = ({ id, department }: Holder): Rows => [
  { is: "own", person: id },
  { is: "department", department },
];
const rowOfOwnPeople = ({ department }: Holder): Rows => [{ is: "department", department }];
/** A version that somebody else has proposed: it is the group's from the beginning. */
const versionOfAnother = ({ id }: Holder): Rows => [{ is: "escalated" }, { is: "aboutOthers", person: id }];

export function shutOut({ posts }: PolicyContent): PolicyProblem[] {
  const reaches = (holder: Holder, row: Rows): boolean =>
    reachByPost(holder, recordOf(Employee), posts.staff, null).rows.some((rows) => covers(rows, row));
  const seesVersions = (holder: Holder): boolean =>
    [...recordOf(TierPolicy).fields.values()].every((field) =>
      decideByPost(holder, field, "SEE", posts.grant, null).openings.some(({ rows }) =>
        covers(rows, versionOfAnother(holder)),
      ),
    );
  const line = (isOpen: boolean, path: string, reason: string) => (isOpen ? [] : [{ path, reason }]);
  return [
    ...line(
      [...deciding, ...everyKind].every((holder) => reaches(holder, ownRow(holder))),
      "posts.staff",
      "Who does not reach their own record opens no form.",
    ),
    ...line(
      heads.every((head) => reaches(head, rowOfOwnPeople(head))),
      "posts.staff",
      "The heads of departments have to reach their people, for whom they apply.",
    ),
    ...line(
      deciding.every(seesVersions),
      "posts.grant",
      "The heads of departments, their leader and the general manager have to see the next version.",
    ),
  ];
}
