import {
  checkLines,
  clearable,
  type FormRules,
  filled,
  incomplete,
  type Problem,
} from "../../reading/form.js";
import { anyValue, line, lineList, lines } from "../../reading/form-readers.js";
import { deviceRules } from "../device-form.js";
import type { CountStockTakeInput } from "./stock-take.input.js";

/** What was found of a device, as it is stored. */
export interface Counted {
  readonly deviceId: string;
  readonly found: boolean;
  readonly complete: boolean | null;
  readonly missing: string | null;
  readonly sealNo: string | null;
  readonly ipAddress: string | null;
  readonly software: string[] | null;
  readonly remark: string | null;
}

/** What was found that is not in the register. */
export interface Surplus {
  readonly surplus: string;
  readonly labelNo: string | null;
  readonly custodianId: string | null;
}

/** Lines of one mutation. */
const most = 100;

const countRules: FormRules<Counted> = {
  deviceId: filled(anyValue),
  found: filled(anyValue),
  complete: clearable(anyValue),
  missing: clearable(lines(500)),
  sealNo: clearable(line(64)),
  ipAddress: clearable(deviceRules.ipAddress.read),
  software: clearable(lineList(200, 500)),
  remark: clearable(lines(500)),
};

const surplusRules: FormRules<Surplus> = {
  surplus: filled(line(200)),
  labelNo: clearable(line(64)),
  custodianId: clearable(anyValue),
};

type Told = Omit<Problem, "code">;

/** What was found, as it is stored. Throws FORM_INCOMPLETE naming all that is missing or contradicts itself. */
export function readCount(
  input: CountStockTakeInput,
  now: Date,
): { readonly lines: readonly Counted[]; readonly surplus: readonly Surplus[] } {
  const none = { lines: [], problems: [] };
  const counted = input.lines?.length
    ? checkLines<Counted>("lines", input.lines, countRules, now, most)
    : none;
  const surplus = input.surplus?.length
    ? checkLines<Surplus>("surplus", input.surplus, surplusRules, now, most)
    : none;
  const problems = [...counted.problems, ...surplus.problems, ...contradictions(counted.lines)];
  if (!input.lines?.length && !input.surplus?.length)
    problems.push({ field: "lines", reason: "It is missing." });
  if (problems.length > 0) throw incomplete(problems);
  return { lines: counted.lines as readonly Counted[], surplus: surplus.lines as readonly Surplus[] };
}

const ofFound = ["complete", "software"] as const;
const ofFoundOnly = [...ofFound, "missing", "sealNo", "ipAddress"] as const;

function contradictions(lines: readonly Partial<Counted>[]): Told[] {
  const ids = lines.map(({ deviceId }) => deviceId);
  return lines.flatMap((one, at): Told[] => [
    ...(one.deviceId !== undefined && ids.indexOf(one.deviceId) < at
      ? [{ field: `lines.${at}.deviceId`, reason: "It has been given already." }]
      : []),
    ...(one.found === true
      ? ofFound.flatMap((field) =>
          one[field] === null ? [{ field: `lines.${at}.${field}`, reason: "It is missing." }] : [],
        )
      : []),
    ...(one.complete === false && one.missing === null
      ? [{ field: `lines.${at}.missing`, reason: "It is missing: which parts were not there?" }]
      : []),
    ...(one.complete === true && one.missing
      ? [{ field: `lines.${at}.missing`, reason: "All its parts were there." }]
      : []),
    ...(one.found === false
      ? ofFoundOnly.flatMap((field) =>
          one[field] == null ? [] : [{ field: `lines.${at}.${field}`, reason: "It was not there." }],
        )
      : []),
  ]);
}
