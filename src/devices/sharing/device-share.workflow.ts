import type { DeviceShare as Row } from "../../database/client.js";
import { headsToSql } from "../../reading/heads.js";
import { sql } from "../../reading/sql.js";
import { named, nowhere, subject, subjectOf, system, workflow } from "../../workflow/workflow.js";
import { allocationWorkflow } from "../allocations/allocation.workflow.js";
import { deviceWorkflow } from "../device.workflow.js";
import { askDeviceShare } from "./ask-device-share.js";
import { AskDeviceShareInput } from "./device-share.input.js";
import { DeviceShare } from "./device-share.type.js";

const head = named("headIds", "the head of the custodian's department (for heads the general manager)");
const custodian = named("custodianId", "the custodian");

const going = ["ASKED", "CONSENTED"] as const;
const over = async ({ now }: { readonly now: Date }) => ({ set: { endedAt: now } });

/** It opens no customer data: nothing that decides on reads knows of it. */
export const deviceShareWorkflow = workflow<Row>()({
  type: DeviceShare,
  machine: "F2",
  title: "Shared use of a device",
  clause: "S000-5.1b, S001-P1-3.1.4.3, rulebook 6-04",
  model: "deviceShare",
  subject: "askerId",
  seats: { decider: { by: "decidedById", at: "decidedAt" } },
  states: {
    ASKED: { due: { workingDays: 1 }, waitsFor: ["consent"] },
    CONSENTED: { dueBy: "until" },
    REFUSED: { end: "It can be asked for anew." },
    ENDED: { end: "It can be asked for anew." },
  },
  // It is the custody's: whoever has the device next is asked anew.
  follows: [
    {
      of: deviceWorkflow,
      steps: ["fallIdle", "planRenewal", "giveUp", "lose"],
      by: "deviceId",
      action: "close",
    },
    { of: allocationWorkflow, by: "allocationId", action: "close" },
  ],
  // A head who asks does not consent: who answers for that head does.
  more: (row) => sql`json_build_object('custodianId', ${row}."custodianId", 'headIds', (
    SELECT coalesce(
      (SELECT json_agg(h) FROM json_array_elements_text(${headsToSql(sql`c`)}) h WHERE h <> ${row}."askerId"),
      ${headsToSql(sql`a`)})
    FROM "Employee" c, "Employee" a WHERE c."id" = ${row}."custodianId" AND a."id" = ${row}."askerId"))`,
  actions: {
    ask: {
      from: [nowhere],
      to: "ASKED",
      who: [subjectOf("FORMAL", "TEMP", "INTERN")],
      meaning: "Asks to use a colleague's device (S001-P1-3.1.4.3).",
      mutation: "askDeviceShare",
      input: () => AskDeviceShareInput,
      open: askDeviceShare,
    },
    consent: {
      from: ["ASKED"],
      to: "CONSENTED",
      who: [head],
      seat: "decider",
      meaning: "Consents: it may be used beside its custodian, who still answers for it (S001-P1-3.1.4.3).",
      mutation: "consentToDeviceShare",
    },
    refuse: {
      from: ["ASKED"],
      to: "REFUSED",
      who: [head],
      seat: "decider",
      note: "required",
      meaning: "Does not consent.",
      effect: over,
    },
    end: {
      from: [...going],
      to: "ENDED",
      who: [subject, custodian, head],
      alsoBy: ["decider"],
      meaning: "Ends it, before its time.",
      effect: over,
    },
    expire: {
      from: [...going],
      to: "ENDED",
      who: [system],
      when: "until",
      meaning: "Its time is over.",
      effect: over,
    },
    close: {
      from: [...going],
      to: "ENDED",
      who: [system],
      meaning: "The custodian does not use the device any more, or does not have it.",
      effect: over,
    },
    drop: {
      from: [...going],
      to: "ENDED",
      who: [system],
      whenSubjectGoes: true,
      meaning: "Whoever asked leaves, or leaves the post.",
      effect: over,
    },
  },
});
