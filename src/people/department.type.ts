import { ID } from "type-graphql";
import { classifiedFor, Record } from "../access/classified.js";
import type { Department as Row } from "../database/client.js";
import { Node } from "../reading/node.js";
import { DepartmentCode, Tier } from "./enums.js";

const Classified = classifiedFor<Row>();

@Record(
  {
    description: "A department of the company (rulebook 2.1).",
    idPrefix: "dep",
    governedBy: "directory",
    defaultOrder: "code",
  },
  { implements: Node },
)
export class Department {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => DepartmentCode, { description: "The word that stands for it everywhere else." })
  code?: DepartmentCode;

  @Classified("META", () => String, { description: "What it calls itself." })
  name?: string;

  @Classified("META", () => Tier, {
    description: "The highest tier that administration may approve alone for its people (rulebook 3.2).",
  })
  tierCeiling?: Tier;
}
