import { customerFields, isSensitive } from "../access/customer-fields.js";
import type { Reason } from "../access/reasons.js";
import type { Secrecy } from "../access/vocabulary.js";
import type { Channel, ExternalDisclosure as Row } from "../database/client.js";
import {
  clearable,
  type FormRules,
  filled,
  type Problem,
  readWholeForm,
  refuseForm,
} from "../reading/form.js";
import { anyValue, line, lines, pastInstant } from "../reading/form-readers.js";
import { approvalTerm, endOf } from "../workflow/calendar.js";
import type { Facts } from "../workflow/facts.js";
import { nextFormNumber } from "../workflow/form-number.js";
import type { Opener, Step } from "../workflow/step.js";
import type { RequestDisclosureInput, SendExternalDisclosureInput } from "./external-disclosure.input.js";
import { checkHandedOut, type HandedOut, handedOutProblems, handedOutRules } from "./handed-out.js";

/** A disclosure as it is stored. */
export interface DisclosureForm extends HandedOut {
  readonly channel: Channel;
  readonly consentGivenBy: string | null;
  readonly consentAt: string | null;
  readonly legalBasis: string | null;
}

const rules: FormRules<DisclosureForm> = {
  ...handedOutRules,
  channel: filled(anyValue),
  consentGivenBy: clearable(line(200)),
  consentAt: clearable(pastInstant),
  legalBasis: clearable(lines(500)),
};

/** Ordinary phone, private mail, plain telegram: the third of the three don'ts (S004-P5-26). */
export const forbiddenChannels: readonly Channel[] = ["PHONE", "PRIVATE_MAIL", "TELEGRAM"];

/** Asks for the disclosure. Throws CHANNEL_FORBIDDEN and CONSENT_MISSING beside what every form of its kind throws. */
export const requestDisclosure: Opener<RequestDisclosureInput, DisclosureForm> = {
  read(input, { caller: { id, now } }) {
    const form = readWholeForm<DisclosureForm>(input, rules, now, (read) => [
      ...handedOutProblems(read, id),
      ...consentProblems(read),
    ]);
    const forbidden = forbiddenIn(form);
    if (forbidden.length > 0) throw refuseForm(forbidden);
    return form;
  },
  subject: (_form, { id }) => id,
  async write({ form, subject, entry, ...work }) {
    await checkHandedOut(work, form);
    await work.tx.externalDisclosure.create({
      data: {
        ...entry,
        ...form,
        formNo: await nextFormNumber(work.tx, "D", work.now),
        requestedById: subject.id,
        requestedAt: work.now,
        state: "REQUESTED",
      },
      select: { id: true },
    });
  },
};

function consentProblems({ consentGivenBy, consentAt }: Partial<DisclosureForm>) {
  const reason = "Who has consented goes with when they did.";
  // Null was left out; what is not here at all was not usable, and has been named.
  if (consentGivenBy === null && consentAt) return [{ field: "consentGivenBy", reason }];
  return consentAt === null && consentGivenBy ? [{ field: "consentAt", reason }] : [];
}

function forbiddenIn({ channel, fields, consentGivenBy, legalBasis }: DisclosureForm): Problem[] {
  const known = customerFields();
  const sensitive = fields.some((name) => isSensitive(known.get(name)!));
  return [
    ...(forbiddenChannels.includes(channel)
      ? [{ field: "channel", code: "CHANNEL_FORBIDDEN", reason: "It is not a safe channel." } as const]
      : []),
    ...(sensitive && !consentGivenBy && !legalBasis
      ? [
          {
            field: "consentGivenBy",
            code: "CONSENT_MISSING",
            reason: "FINANCIAL and PRIVATE fields take a consent or a legal basis.",
          } as const,
        ]
      : []),
  ];
}

const secrecyOf = ({ more }: Facts<Row>) => more.secrecy as Secrecy;

export const notTopSecret = (facts: Facts<Row>): Reason | null =>
  secrecyOf(facts) === "TOP_SECRET" ? null : { code: "WRONG_STATE", needs: "a customer who is TOP_SECRET" };

/** What is TOP_SECRET leaves with the general manager's permission only (rulebook 3.3). */
export const notPermitted = (facts: Facts<Row>): Reason | null =>
  secrecyOf(facts) === "TOP_SECRET" && facts.seats.permitter === null
    ? {
        code: "APPROVAL_MISSING",
        needs: "the permission of the general manager",
        request: "permitExternalDisclosure",
      }
    : null;

/** Approves it in one of two seats; the second of them approves it altogether. */
export const approveBeside =
  (other: "supervisorId" | "managerId") =>
  async ({ facts, now, calendar }: Step<Row, unknown>) =>
    facts.row[other]
      ? { to: "APPROVED", set: { approvalEndsAt: endOf(approvalTerm, now, calendar) } }
      : { to: "REQUESTED" };

export const refuseDisclosure = async ({ note }: Step<Row, unknown>) => ({ set: { refusalNote: note } });

/** Sends it, with what kept it safe (S004-P5-23.2). */
export async function sendDisclosure({ input, now }: Step<Row, SendExternalDisclosureInput>) {
  const { measures } = readWholeForm<{ measures: string }>(
    { measures: input.measures },
    { measures: filled(lines(2_000)) },
    now,
  );
  return { set: { measures } };
}

/** May what is to be disclosed leave at this instant? Also once it has been sent: what goes with it may follow. */
export const isReleased = (
  disclosure: { readonly state: string; readonly approvalEndsAt: string | null } | null,
  now: Date,
): boolean =>
  disclosure?.state === "SENT" ||
  (disclosure?.state === "APPROVED" && new Date(disclosure.approvalEndsAt!) > now);
