import type { ScrapSheet as Row } from "../../database/client.js";
import { nowhere, role, subject, subjectAs, system, workflow } from "../../workflow/workflow.js";
import { deviceWorkflow } from "../device.workflow.js";
import { FinishScrapInput, RequestScrapInput, WipeForScrapInput } from "./scrap-sheet.input.js";
import { ScrapSheet } from "./scrap-sheet.type.js";
import { finish, keep, letGo, requestScrap, takeBack, wipe } from "./scrap-sheet-steps.js";

const clerk = role("ADMIN_HR_CLERK");

export const scrapSheetWorkflow = workflow<Row>()({
  type: ScrapSheet,
  machine: "D4",
  title: "Scrapping of a device",
  clause: "S001-P1-3.1.5, S000-4.4b, rulebook 2.4 D",
  model: "scrapSheet",
  subject: "requestedById",
  seats: {
    decider: { by: "decidedById", at: "decidedAt" },
    wiper: { by: "wipedById", at: "wipedAt" },
  },
  states: {
    REQUESTED: { due: { workingDays: 5 }, waitsFor: ["approve"] },
    APPROVED: { due: { workingDays: 5 }, waitsFor: ["wipe"] },
    WIPED: { due: { workingDays: 5 }, waitsFor: ["finish"] },
    SCRAPPED: { end: "The device is gone; its file stays." },
    REFUSED: { end: "It can be asked for anew." },
    WITHDRAWN: { end: "It can be asked for anew." },
  },
  follows: [{ of: deviceWorkflow, steps: ["lose"], by: "deviceId", action: "drop" }],
  actions: {
    request: {
      from: [nowhere],
      to: "REQUESTED",
      who: [subjectAs("ADMIN_HR_CLERK")],
      meaning: "Proposes a device for scrapping that cannot be repaired, or is to be replaced.",
      mutation: "requestScrap",
      input: () => RequestScrapInput,
      open: requestScrap,
    },
    approve: {
      from: ["REQUESTED"],
      to: "APPROVED",
      who: [role("FINANCE_OFFICER")],
      seat: "decider",
      meaning: "Lets the device go, by the rules of finance for fixed assets (S001-P1-3.1.5).",
      mutation: "approveScrap",
      effect: letGo,
    },
    refuse: {
      from: ["REQUESTED"],
      to: "REFUSED",
      who: [role("FINANCE_OFFICER")],
      seat: "decider",
      note: "required",
      meaning: "Does not let it go.",
      mutation: "refuseScrap",
      effect: keep,
    },
    withdraw: {
      from: ["REQUESTED", "APPROVED", "WIPED"],
      to: "WITHDRAWN",
      who: [subject, clerk],
      meaning: "Takes it back before the device is gone (our own step).",
      mutation: "withdrawScrap",
      effect: takeBack,
    },
    wipe: {
      from: ["APPROVED"],
      to: "WIPED",
      who: [role("IT_ENGINEER")],
      seat: "wiper",
      meaning: "Wipes what is stored on it, and says what shows that (S000-4.1c, rulebook 2.4 D).",
      mutation: "wipeForScrap",
      input: () => WipeForScrapInput,
      effect: wipe,
    },
    finish: {
      from: ["WIPED"],
      to: "SCRAPPED",
      who: [subject, clerk],
      meaning: "It is gone, for what it brought: nothing that was not wiped goes.",
      mutation: "finishScrap",
      input: () => FinishScrapInput,
      effect: finish,
    },
    drop: {
      from: ["REQUESTED", "APPROVED", "WIPED"],
      to: "WITHDRAWN",
      who: [system],
      meaning: "The device has been lost meanwhile.",
    },
  },
});
