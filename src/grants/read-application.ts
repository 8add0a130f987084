import type { Decisions } from "../access/decisions.js";
import { isPostGrant, type Policy } from "../access/policy.js";
import type { GrantKind } from "../database/client.js";
import {
  clearable,
  type FormRules,
  filled,
  type Problem,
  type Reader,
  readWholeForm,
} from "../reading/form.js";
import { anyValue, futureInstant, lineList, lines } from "../reading/form-readers.js";
import type { Person } from "../workflow/facts.js";
import type { ApplyForGrantInput } from "./grant-application.input.js";
import type { GrantedClassInput } from "./grant-scope.input.js";
import { noSuchPurpose, type Purposes } from "./known-purposes.js";
import { contradictions, type GrantScope, type ScopedClass } from "./scope.js";
import { neverAt } from "./within-limits.js";

/** An application as it is stored, its lists apart. */
export interface ApplicationForm extends GrantScope {
  readonly employeeId: string;
  readonly kind: GrantKind;
  readonly reason: string;
  readonly changeReason: string | null;
  readonly replacesId: string | null;
}

/** What there is, and for whom it is asked: nothing is known of somebody out of reach. */
export interface Circumstances {
  readonly purposes: Purposes;
  readonly grantee: Person | undefined;
}

const everyone = <Item>(written: readonly Item[]) => ({ value: [...new Set(written)] });

/** A list of at most so many, each once. */
const listOf =
  <Item>(most: number): Reader<readonly Item[]> =>
  (written) =>
    written.length > most ? { reason: `There are more than ${most}.` } : everyone(written);

const classList: Reader<readonly ScopedClass[]> = (written, now) => {
  if (written.length > 12) return { reason: "There are more than 12." };
  const value: ScopedClass[] = [];
  for (const { fieldClass, cap, onlyFields } of written) {
    const read = lineList(100, 100)([...(onlyFields ?? [])], now);
    if ("reason" in read) return read;
    value.push({ fieldClass, cap, onlyFields: read.value });
  }
  return { value };
};

const codes: Reader<readonly string[]> = (written, now) => lineList(64, 50)([...written], now);

const rules: FormRules<ApplicationForm> = {
  employeeId: filled(anyValue),
  kind: filled(anyValue),
  tier: filled(anyValue),
  classes: filled(classList),
  operations: filled(listOf(20)),
  customerScope: filled(anyValue),
  customerIds: filled(listOf(1_000)),
  purposes: filled(codes),
  secrecyClearance: filled(anyValue),
  validTo: clearable(futureInstant),
  reason: filled(lines(2_000)),
  changeReason: clearable(lines(2_000)),
  replacesId: clearable(anyValue),
};

/** What an empty form has: no customers, and no clearance. */
const blank = { customerIds: [], secrecyClearance: "ORDINARY" } as const;

type Written = { readonly [Name in keyof ApplicationForm]?: ApplicationForm[Name] | null | undefined };

/** An application, whole and without contradictions. Throws FORM_INCOMPLETE, naming everything that is not, below `path`. */
export function readApplication(
  {
    classes,
    ...written
  }: Omit<ApplyForGrantInput, "classes"> & { classes?: readonly GrantedClassInput[] | null },
  { caller: { now }, policy }: Pick<Decisions, "caller" | "policy">,
  circumstances: Circumstances,
  path = "",
): ApplicationForm {
  const given = Object.fromEntries(Object.entries(written).filter(([, value]) => value != null));
  const form: Written = { ...blank, ...given, classes: classes as readonly ScopedClass[] | null | undefined };
  return readWholeForm<ApplicationForm>(
    form,
    rules,
    now,
    (read) => [
      ...contradictions(read, policy, circumstances.grantee?.department),
      ...kindProblems(read),
      ...circumstantialProblems(read, policy, circumstances),
    ],
    path,
  );
}

/** Purposes that there are not, and operations that the grantee is never granted. */
const circumstantialProblems = (
  { purposes = [], operations = [], kind = "STANDING" }: Partial<ApplicationForm>,
  { limits }: Pick<Policy, "limits">,
  { purposes: known, grantee }: Circumstances,
): Omit<Problem, "code">[] => [
  ...purposes.flatMap((code, at) =>
    known.has(code) ? [] : [{ field: `purposes.${at}`, reason: noSuchPurpose }],
  ),
  ...(grantee ? neverAt(limits, { grantee, kind }, operations) : []).map((at) => ({
    field: `operations.${at}`,
    reason: "Such a person is never granted it.",
  })),
];

function kindProblems({
  kind,
  changeReason,
  replacesId,
  customerScope,
  customerIds,
}: Partial<ApplicationForm>) {
  const problems: Omit<Problem, "code">[] = [];
  if (kind === "CONSULT")
    problems.push({ field: "kind", reason: "A consultation is asked for with requestConsultation." });
  if ((kind === "CHANGE" || kind === "TRANSFER") && !changeReason)
    problems.push({ field: "changeReason", reason: "It is missing." });
  if (kind && isPostGrant(kind) && replacesId)
    problems.push({
      field: "replacesId",
      reason: "A grant of the post replaces what the post has by itself.",
    });
  if (kind && !isPostGrant(kind) && customerScope === "CASE_LIST" && customerIds?.length === 0)
    problems.push({ field: "customerIds", reason: "At least one is needed." });
  return problems;
}
