import type { Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** Drawn before anything was on record: of none. */
export const readSampleRows = (at: Calendar): Prisma.ReadSampleCreateManyInput[] => [
  {
    ...{
      id: demoId("smp", 1),
      departmentCode: "SALES",
      since: at(-90),
      until: at(-60),
      size: 20,
      population: 0,
    },
    ...{ seed: "5c".repeat(16), drawnById: employeeId("audrey"), drawnAt: at(-59) },
  },
];
