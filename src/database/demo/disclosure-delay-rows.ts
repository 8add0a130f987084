import type { Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { customerId, demoId } from "./id.js";
import { employeeId } from "./people.js";

/** What C2 hears of later, of two departments: of the one because of an objection, of the other it has heard meanwhile. */
export const disclosureDelayRows = (at: Calendar): Prisma.DisclosureDelayCreateManyInput[] => [
  {
    ...{ id: demoId("dly", 1), customerId: customerId("C2"), departmentCode: "SALES" },
    reason: "What became of the list of birthdays was being looked into.",
    ...{ setById: employeeId("ada"), setAt: at(-9), until: at(20) },
  },
  {
    ...{ id: demoId("dly", 2), customerId: customerId("C2"), departmentCode: "PRODUCTION" },
    reason: "Whether production saw the name was being looked into.",
    ...{ setById: employeeId("ada"), setAt: at(-8), until: at(30) },
    ...{ liftedById: employeeId("gina"), liftedAt: at(-1) },
  },
];
