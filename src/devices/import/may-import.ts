import { recordOf } from "../../access/classified.js";
import type { Decision } from "../../access/decision.js";
import type { Decisions } from "../../access/decisions.js";
import type { Reason } from "../../access/reasons.js";
import type { Rows } from "../../access/rows.js";
import { columnNames } from "../../csv/columns.js";
import { type FieldRefusal, refuseFields } from "../../csv/refuse-fields.js";
import type { Code } from "../../errors.js";
import { Device } from "../device.type.js";
import { deviceRules } from "../device-form.js";
import type { RegisterColumns } from "./register-columns.js";

/** What the caller may do with a column. */
export interface ColumnRights {
  /** Why a new device may not be given it; null: it may. */
  readonly create: Reason | null;
  /** The devices on which it may be corrected; none: on no device. */
  readonly correct: readonly Rows[];
  readonly whyNotCorrect: Reason;
}

export type Rights = ReadonlyMap<string, ColumnRights>;

/** The field of the forms of devices that a column fills; undefined: nobody writes it. */
export const ruleOf = (field: string) =>
  field === "custodian" ? deviceRules.custodianId : deviceRules[field as keyof typeof deviceRules];

/**
 * What the caller may do with each of these columns. The number says which device a line is about, and takes a right where
 * the device is new; the version is compared, and written by nobody. Throws one refusal that names every column that is
 * not the caller's at all.
 */
export function rightsTo(decisions: Decisions, columns: RegisterColumns): Rights {
  const { fields } = recordOf(Device);
  const problems: FieldRefusal[] = [];
  const refuse = (field: string, code: Code, reason: string) =>
    problems.push({ field, column: columnNames(columns, field), code, reason });
  const rights = new Map<string, ColumnRights>();
  for (const name of columns.sources.keys()) {
    if (name === "version") continue;
    const field = fields.get(name)!;
    if (!ruleOf(name)) {
      refuse(name, "FIELD_WITHHELD", "Nobody imports it.");
      continue;
    }
    const [create, correct, see] = (["CREATE", "CORRECT", "SEE"] as const).map((use) =>
      decisions.of(field, use),
    ) as [Decision, Decision, Decision];
    // Whether a value is the stored one already is told: whoever does not see it is not told that either.
    const seen = see.openings.some(({ outcome }) => outcome === "CLEAR");
    const right: ColumnRights = {
      // A device gets into hands by its allocation, never by a list.
      create: name !== "custodian" && create.openings.length > 0 ? null : reasonOf(create),
      correct: seen ? correct.openings.map(({ rows }) => rows) : [],
      whyNotCorrect: reasonOf(correct),
    };
    rights.set(name, right);
    if (name !== "deviceNo" && right.create && right.correct.length === 0)
      refuse(name, right.create.code, `It takes ${right.create.needs}.`);
  }
  refuseFields(problems);
  return rights;
}

const reasonOf = ({ closings, otherwise }: Decision): Reason => closings[0]?.reason ?? otherwise;
