import { role, standIn } from "./workflow.js";

/** For administration's own people the general manager stands in (rulebook 6-32). */
export const forAdministration = standIn("GENERAL_MANAGER", "ADMINISTRATION");

/** Administration decides; for its own people a reviewer of another section or the general manager does (rulebook 6-32). */
export const reviewers = [role("ADMIN_REVIEWER", "otherDepartment"), forAdministration];
