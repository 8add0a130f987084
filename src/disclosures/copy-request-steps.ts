import { refuse } from "../access/guard.js";
import type { CopyMedium, Prisma, CopyRequest as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { deviceToKeepOn } from "../kept-on-device.js";
import { clearable, type FormRules, filled, incomplete, readWholeForm } from "../reading/form.js";
import { anyValue, line, lines } from "../reading/form-readers.js";
import { approvalTerm, endOf } from "../workflow/calendar.js";
import type { Facts } from "../workflow/facts.js";
import { nextFormNumber } from "../workflow/form-number.js";
import { loadForm } from "../workflow/load-facts.js";
import type { Opener, Step } from "../workflow/step.js";
import type {
  HandOverCopyRequestInput,
  LinkDisclosureInput,
  RequestCopyInput,
} from "./copy-request.input.js";
import { externalDisclosureWorkflow } from "./external-disclosure.workflow.js";
import { isReleased } from "./external-disclosure-steps.js";
import { checkHandedOut, type HandedOut, handedOutProblems, handedOutRules } from "./handed-out.js";

/** A request as it is stored. */
export interface CopyForm extends HandedOut {
  readonly medium: CopyMedium;
  readonly reason: string;
  readonly forOutside: boolean;
  readonly disclosureId: string | null;
}

const rules: FormRules<CopyForm> = {
  ...handedOutRules,
  medium: filled(anyValue),
  reason: filled(lines(2_000)),
  forOutside: filled(anyValue),
  disclosureId: clearable(anyValue),
};

/** What a copy's table knows of it beyond its row. */
export interface CopyFacts {
  /** Of the customer. */
  readonly secrecy: string;
  readonly disclosure: { readonly state: string; readonly approvalEndsAt: string | null } | null;
}

export const moreOf = ({ more }: Facts<Row>): CopyFacts => more as unknown as CopyFacts;

/** Asks for a copy: never of more than whoever asks sees (S004-P5-23.1). */
export const requestCopy: Opener<RequestCopyInput, CopyForm> = {
  read: (input, { caller: { id, now } }) =>
    readWholeForm<CopyForm>(input, rules, now, (read) => [
      ...handedOutProblems(read, id),
      ...(read.disclosureId && read.forOutside === false
        ? [{ field: "disclosureId", reason: "A disclosure goes with a copy for outside only." }]
        : []),
    ]),
  subject: (_form, { id }) => id,
  async write({ form, subject, entry, ...work }) {
    await checkHandedOut(work, form);
    if (form.disclosureId)
      await requireDisclosure(work.tx, form.disclosureId, {
        ...form,
        id: entry.id,
        requestedById: subject.id,
      });
    await work.tx.copyRequest.create({
      data: {
        ...entry,
        ...form,
        formNo: await nextFormNumber(work.tx, "K", work.now),
        requestedById: subject.id,
        requestedAt: work.now,
        state: "REQUESTED",
      },
      select: { id: true },
    });
  },
};

type Copy = Pick<Row, "id" | "requestedById" | "customerId" | "fields" | "recipient">;

const underWay = ["REQUESTED", "APPROVED"] as const;

/**
 * A disclosure approves one copy: of the same customer, to the same recipient, with no other fields. Throws NOT_FOUND
 * for somebody else's, FORM_INCOMPLETE for one that does not fit.
 */
async function requireDisclosure(tx: Prisma.TransactionClient, id: string, copy: Copy): Promise<void> {
  // Whoever links another copy to it waits here.
  await tx.$queryRaw`SELECT 1 FROM "ExternalDisclosure" WHERE "id" = ${id} FOR UPDATE`;
  const found = await tx.externalDisclosure.findFirst({ where: { id, requestedById: copy.requestedById } });
  if (!found) throw refusal("NOT_FOUND", { inputPath: "input.disclosureId" });
  const fits =
    found.customerId === copy.customerId &&
    found.recipient === copy.recipient &&
    copy.fields.every((field) => found.fields.includes(field));
  const taken = await tx.copyRequest.count({
    where: { disclosureId: id, id: { not: copy.id }, state: { in: [...underWay, "HANDED_OVER"] } },
  });
  const reason = !fits
    ? "It is of another customer, to another recipient or without these fields."
    : !underWay.some((state) => state === found.state)
      ? "It is no longer under way."
      : taken > 0
        ? "Another copy goes with it."
        : null;
  if (reason) throw incomplete([{ field: "disclosureId", reason }]);
}

/** Links the disclosure that a copy for outside takes as well (rulebook 6-10). */
export async function linkDisclosure({ tx, facts, input, now }: Step<Row, LinkDisclosureInput>) {
  const { disclosureId } = readWholeForm<{ disclosureId: string }>(
    { disclosureId: input.disclosureId },
    { disclosureId: filled(anyValue) },
    now,
  );
  await requireDisclosure(tx, disclosureId, facts.row);
  return { set: { disclosureId } };
}

export const approveCopy = async ({ now, calendar, note }: Step<Row, unknown>) => ({
  set: { approvalEndsAt: endOf(approvalTerm, now, calendar), decisionNote: note },
});

export const refuseCopy = async ({ note }: Step<Row, unknown>) => ({ set: { decisionNote: note } });

export const disclosureMissing = {
  code: "APPROVAL_MISSING",
  needs: "an approved external disclosure linked to the copy (S004-P5-24)",
  request: "requestDisclosure",
} as const;

interface HandedOver {
  readonly measures: string;
  readonly receipt: string;
  readonly deviceNo: string | null;
  readonly keptUntil: string | null;
}

const handedOverRules: FormRules<HandedOver> = {
  measures: filled(lines(2_000)),
  receipt: filled(lines(500)),
  deviceNo: clearable(line(64)),
  keptUntil: clearable(anyValue),
};

/** What is electronic lies on a device that is known (S004-P5-19.1); what goes outside may lie on none of ours. */
function placeProblems(
  { deviceNo, keptUntil }: Partial<HandedOver>,
  { medium, forOutside }: { medium: string; forOutside: boolean },
) {
  if (medium === "PAPER")
    return deviceNo || keptUntil
      ? [{ field: "deviceNo", reason: "What is on paper lies on no device." }]
      : [];
  if (!deviceNo) return forOutside && !keptUntil ? [] : [{ field: "deviceNo", reason: "It is missing." }];
  return keptUntil ? [] : [{ field: "keptUntil", reason: "It is missing." }];
}

/** How long a copy may lie on a device, days (proposed). */
const longestKept = 90;

function endOfKeeping(until: string, now: Date): Date {
  const end = new Date(until);
  if (end <= now) throw incomplete([{ field: "keptUntil", reason: "It is not in the future." }]);
  if (end.getTime() > now.getTime() + longestKept * 86_400_000)
    throw refusal("TERM_TOO_LONG", {
      inputPath: "input.keptUntil",
      needs: `a term of at most ${longestKept} days`,
    });
  return end;
}

/** Hands it over, with what kept it safe and how it was acknowledged (S004-P5-23.2). */
export async function handOverCopy({ tx, facts, input, now }: Step<Row, HandOverCopyRequestInput>) {
  const { measures, receipt, deviceNo, keptUntil } = input;
  const { disclosureId, medium, forOutside } = facts.row;
  const given = readWholeForm<HandedOver>(
    { measures, receipt, deviceNo, keptUntil },
    handedOverRules,
    now,
    (read) => placeProblems(read, { medium, forOutside }),
  );
  // Nobody withdraws the disclosure while the copy changes hands.
  const disclosure =
    disclosureId && (await loadForm(tx, externalDisclosureWorkflow, disclosureId, { lock: true }));
  if (disclosure && !isReleased(disclosure.row as never, now)) throw refuse(disclosureMissing, "input.id");
  const place = given.deviceNo && given.keptUntil && { deviceNo: given.deviceNo, until: given.keptUntil };
  return {
    set: {
      ...{ measures: given.measures, receipt: given.receipt },
      ...(place && {
        deviceId: await deviceToKeepOn(tx, place.deviceNo),
        keptUntil: endOfKeeping(place.until, now),
      }),
    },
  };
}
