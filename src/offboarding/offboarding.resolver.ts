import { recordQueries } from "../reading/record-queries.js";
import { Offboarding } from "./offboarding.type.js";
import "./open-items.type.js";

export const OffboardingResolver = recordQueries(Offboarding, {
  one: "offboarding",
  many: "offboardings",
  what: "forms of leaving and of changes of post",
});
