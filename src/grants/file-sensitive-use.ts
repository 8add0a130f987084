import type { CallerGrant } from "../access/caller.js";
import { customerFields, isSensitive } from "../access/customer-fields.js";
import type { Decisions } from "../access/decisions.js";
import { mayDeclareStanding } from "../access/grant-limits.js";
import { openedBy } from "../access/grant-opening.js";
import { clearance, usable } from "../access/grant-scope.js";
import { refuse } from "../access/guard.js";
import type { GrantLimits } from "../access/policy.js";
import { type Reason, reasons } from "../access/reasons.js";
import type { ClassifiedField } from "../access/record.js";
import { everyRow, type Rows } from "../access/rows.js";
import { Customer } from "../customers/customer.type.js";
import type { Prisma } from "../database/client.js";
import { refusal } from "../errors.js";
import { clearable, type FormRules, filled, readWholeForm } from "../reading/form.js";
import { anyValue, instant, line, lineList } from "../reading/form-readers.js";
import { idsInReach } from "../reading/writable-rows.js";
import type { Opener, Work } from "../workflow/step.js";
import { requireMayLook } from "./may-look.js";
import type { FileSensitiveUseInput } from "./sensitive-use.input.js";

/** A declaration as it is stored, its customers apart. */
export interface DeclarationForm {
  readonly grantId: string | null;
  readonly customerIds: string[];
  readonly fields: string[];
  readonly purpose: string;
  readonly standing: boolean;
  readonly plannedFrom: string;
  readonly plannedUntil: string;
}

const rules: FormRules<DeclarationForm> = {
  grantId: clearable(anyValue),
  customerIds: filled((written) =>
    written.length > 500 ? { reason: "There are more than 500." } : { value: [...new Set(written)] },
  ),
  fields: filled(lineList(100, 100)),
  purpose: filled(line(64)),
  standing: filled(anyValue),
  // What has been looked at is not declared afterwards.
  plannedFrom: filled((written, now) =>
    new Date(written) >= now ? instant(written, now) : { reason: "The instant has passed." },
  ),
  plannedUntil: filled((written, now) =>
    new Date(written) > now ? instant(written, now) : { reason: "The instant has passed." },
  ),
};

/** FINANCIAL and PRIVATE fields by name. */
export const sensitiveFields = (): ReadonlyMap<string, ClassifiedField> =>
  new Map([...customerFields()].filter(([, field]) => isSensitive(field)));

const hour = 3_600_000;

/** How many hours a declaration is open at most. */
const longestIn = ({ declarationHours }: GrantLimits, standing: boolean): number =>
  declarationHours[standing ? "standing" : "named"];

/** Files a declaration: where nothing that it names is classified, it is OPEN from then on (S002-3.3b). */
export const fileSensitiveUse: Opener<FileSensitiveUseInput, DeclarationForm> = {
  read(input, { caller, decisions }) {
    const { now } = caller;
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
    const standing = input.standing ?? false;
    const plannedFrom = input.plannedFrom ?? now.toISOString();
    const longest = longestIn(decisions.policy.limits, standing);
    return readWholeForm<DeclarationForm>(
      {
        ...{ standing, plannedFrom },
        plannedUntil: new Date(Date.parse(plannedFrom) + longest * hour).toISOString(),
        ...(standing && { customerIds: [] }),
        ...given,
      },
      rules,
      now,
      contradictions,
    );
  },
  subject: (_form, { id }) => id,
  async to({ tx, form, by }) {
    requireMayLook(by);
    const fields = sensitiveFields();
    if (form.fields.some((field) => fields.get(field)!.secrecy !== "ORDINARY")) return "FILED";
    const classified = await tx.customer.count({
      where: { id: { in: [...form.customerIds] }, secrecy: { not: "ORDINARY" } },
    });
    return classified > 0 ? "FILED" : "OPEN";
  },
  async write({ tx, now, by, form, entry, subject }) {
    const { limits } = by.decisions.policy;
    await refuseOverdue(tx, subject.id, now);
    if (form.standing && !mayDeclareStanding(limits, subject)) throw refusal("NOT_YOUR_ROLE", standingNeeds);
    const longest = longestIn(limits, form.standing);
    if (Date.parse(form.plannedUntil) - Date.parse(form.plannedFrom) > longest * hour)
      throw refusal("TERM_TOO_LONG", {
        inputPath: "input.plannedUntil",
        needs: `an end at most ${longest} hours after the beginning`,
      });
    const grant = await coveringGrant({ tx, by }, form);
    await tx.sensitiveUse.create({
      data: {
        id: entry.id,
        dueAt: entry.dueAt,
        state: entry.state as "OPEN" | "FILED",
        declaredById: subject.id,
        grantId: grant.id,
        purpose: form.purpose,
        fields: form.fields,
        standing: form.standing,
        plannedFrom: form.plannedFrom,
        plannedUntil: form.plannedUntil,
        filedAt: now,
        customers: { create: form.customerIds.map((customerId) => ({ customerId })) },
      },
      select: { id: true },
    });
  },
};

const standingNeeds = { inputPath: "input.standing", needs: "a post of finance, or named customers" };

function contradictions({
  customerIds,
  fields,
  standing,
  plannedFrom,
  plannedUntil,
}: Partial<DeclarationForm>) {
  const known = sensitiveFields();
  return [
    ...(fields?.length === 0 ? [{ field: "fields", reason: "At least one is needed." }] : []),
    ...(fields ?? []).flatMap((name, at) =>
      known.has(name)
        ? []
        : [{ field: `fields.${at}`, reason: "There is no such FINANCIAL or PRIVATE field." }],
    ),
    ...(customerIds?.length === 0 && !standing
      ? [{ field: "customerIds", reason: "At least one is needed." }]
      : []),
    ...(customerIds?.length && standing
      ? [{ field: "customerIds", reason: "A standing declaration names no customers." }]
      : []),
    ...(plannedFrom && plannedUntil && plannedUntil <= plannedFrom
      ? [{ field: "plannedUntil", reason: "It lies before the beginning." }]
      : []),
  ];
}

/** Who has not returned what is over declares nothing new (rulebook 2.4 B). */
async function refuseOverdue(tx: Prisma.TransactionClient, declaredById: string, now: Date): Promise<void> {
  const overdue = await tx.sensitiveUse.count({
    where: { declaredById, OR: [{ state: "OVERDUE" }, { state: "OPEN", plannedUntil: { lte: now } }] },
  });
  if (overdue > 0)
    throw refusal("OVERDUE_ITEMS", {
      needs: "the return of every overdue declaration",
      request: "returnSensitiveUse",
    });
}

/**
 * The grant under which a declaration would open every one of these fields of these customers. Throws what is missing
 * where there is none, NOT_FOUND for customers out of its reach.
 */
async function coveringGrant(
  { tx, by: { caller, decisions } }: Pick<Work, "tx"> & { by: NonNullable<Work["by"]> },
  form: DeclarationForm,
): Promise<CallerGrant> {
  const candidates = caller.grants.filter(({ id }) => !form.grantId || id === form.grantId);
  if (form.grantId && candidates.length === 0) throw refusal("NOT_FOUND", { inputPath: "input.grantId" });
  let reason: { reason: Reason; path: string } = { reason: reasons.noGrant, path: "input.fields" };
  let missing: number | null = null;
  for (const grant of candidates) {
    const covered = coverage(decisions, grant, form);
    if ("failed" in covered) {
      reason = covered.failed;
      continue;
    }
    if (form.standing) return grant;
    const found = await idsInReach(tx, Customer, form.customerIds, [covered.rows]);
    missing = form.customerIds.findIndex((id) => !found.has(id));
    if (missing < 0) return grant;
  }
  if (missing !== null) throw refusal("NOT_FOUND", { inputPath: `input.customerIds.${missing}` });
  throw refuse(reason.reason, reason.path);
}

/** The rows on which a declaration under this grant would open all the fields; or why it would open one of them nowhere. */
function coverage(
  { caller, policy }: Decisions,
  grant: CallerGrant,
  { fields, purpose }: DeclarationForm,
): { rows: Rows } | { failed: { reason: Reason; path: string } } {
  const basis = usable({ ...caller, purpose }, grant, policy);
  if ("failed" in basis)
    return {
      failed: {
        reason: basis.failed,
        path: basis.failed === reasons.purposeRequired ? "input.purpose" : "input.grantId",
      },
    };
  if (!grant.purposes.includes(purpose))
    return { failed: { reason: reasons.purposeRequired, path: "input.purpose" } };
  const known = sensitiveFields();
  for (const [at, name] of fields.entries()) {
    const field = known.get(name)!;
    // As if it had been filed and acknowledged, for everything.
    const declared = {
      ...{
        id: "",
        grantId: grant.id,
        customers: [],
        fields,
        standing: true,
        acknowledged: true,
        state: "OPEN",
      },
      ...{ plannedFrom: caller.now, plannedUntil: new Date(caller.now.getTime() + hour) },
    };
    const asked = { caller: { ...caller, declarations: [declared] }, grant, field, rows: everyRow };
    const { openings, refused } = openedBy(asked, "SEE", policy);
    const because = openings.find(({ because }) => because)?.because ?? refused;
    if (!openings.some(({ outcome }) => outcome === "CLEAR"))
      return { failed: { reason: because ?? reasons.fieldNotGranted, path: `input.fields.${at}` } };
  }
  return { rows: [...basis.scope, clearance(caller, grant)] };
}
