import { ID, Int } from "type-graphql";
import { classifiedColumn, classifiedFor, Record } from "../access/classified.js";
import type { ReadSample as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { DepartmentCode } from "../people/enums.js";
import { listVia, one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { LedgerEvent } from "./ledger-event.type.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "Looks of a department at customer data, drawn by lot, to be checked: was each in order? (S002-5.1a). Never changed " +
      "afterwards: whoever has the seed can draw again and find the same.",
    idPrefix: "smp",
    governedBy: "ledger",
    defaultOrder: "drawnAt",
  },
  { implements: Node },
)
export class ReadSample {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Column("META", () => DepartmentCode, "departmentCode", { description: "Whose looks." })
  department?: DepartmentCode;

  @Classified("META", () => Instant, { description: "From when on." })
  since?: string;

  @Classified("META", () => Instant, { description: "Up to when, which is left out." })
  until?: string;

  @Classified("META", () => Int, { description: "How many were asked for." })
  size?: number;

  @Classified("META", () => Int, {
    description: "Of how many they were drawn; where it is fewer, all of them.",
  })
  population?: number;

  @Classified("META", () => String, {
    description:
      "What the lot was drawn with, in hexadecimal: the events come in the order of SHA-256 over the seed, a space and the " +
      "id of the event.",
  })
  seed?: string;

  @One("META", () => Employee, "drawnById", { description: "Who drew them." })
  drawnBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When." })
  drawnAt?: string;
}

explainsItself(ReadSample);
listVia(
  ReadSample,
  "events",
  LedgerEvent,
  { table: "ReadSampleEvent", here: "sampleId", there: "eventId" },
  {
    description: "Those that were drawn, in the order of time; without any that have gone into a file since.",
  },
);
