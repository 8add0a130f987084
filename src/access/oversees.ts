import { guardBy, refuse } from "./guard.js";

const overseers = ["AUDITOR", "GENERAL_MANAGER", "ADMIN_HEAD", "DEPT_HEAD"];

/** Administration, the information management group and auditors: those who answer for who sees what. */
export const oversees = guardBy("oversees", ({ caller: { department, roles, status } }) => {
  const may = department === "ADMINISTRATION" || roles.some((role) => overseers.includes(role));
  return (
    (may && status === "ACTIVE") ||
    refuse({
      code: "NOT_YOUR_ROLE",
      needs: "administration, a member of the information management group or an auditor",
    })
  );
});
