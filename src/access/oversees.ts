import type { Caller } from "./caller.js";
import { guardBy, refuse } from "./guard.js";

const overseers = ["AUDITOR", "GENERAL_MANAGER", "ADMIN_HEAD", "DEPT_HEAD"];

/** Is it one of those who answer for who sees what: administration, the information management group, auditors? */
export const mayOversee = ({ department, roles, status }: Caller): true | Error =>
  ((department === "ADMINISTRATION" || roles.some((role) => overseers.includes(role))) &&
    status === "ACTIVE") ||
  refuse({
    code: "NOT_YOUR_ROLE",
    needs: "administration, a member of the information management group or an auditor",
  });

export const oversees = guardBy("oversees", ({ caller }) => mayOversee(caller));
