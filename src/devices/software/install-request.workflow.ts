import type { Database, InstallRequest as Row } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { type FormRules, filled, readWholeForm } from "../../reading/form.js";
import { anyValue, line, lines } from "../../reading/form-readers.js";
import { requireReachable } from "../../reading/writable-rows.js";
import { companyCalendar } from "../../workflow/company-calendar.js";
import { nextFormNumber } from "../../workflow/form-number.js";
import { recordOpening } from "../../workflow/history.js";
import { loadPerson } from "../../workflow/load-facts.js";
import type { Entry, Opener, Step, Work } from "../../workflow/step.js";
import { entryTo } from "../../workflow/take-step.js";
import { tell } from "../../workflow/tell.js";
import { type Hearer, transact } from "../../workflow/transact.js";
import { nowhere, role, subject, subjectOf, system, workflow } from "../../workflow/workflow.js";
import { allocationWorkflow, ofItsDevice } from "../allocations/allocation.workflow.js";
import { Device } from "../device.type.js";
import { deviceWorkflow } from "../device.workflow.js";
import { lockDevice } from "../lock-device.js";
import { softwareForbidden, standingsOf } from "./forbidden-software.js";
import { RequestInstallationInput } from "./install-request.input.js";
import { InstallRequest } from "./install-request.type.js";
import { softwareKey } from "./software-name.js";

const technology = [role("IT_ENGINEER")];
const going = ["ASKED", "CONFIRMED"] as const;

export const installRequestWorkflow = workflow<Row>()({
  type: InstallRequest,
  machine: "F4",
  title: "Installation of software",
  clause: "S004-P4-16, S001-P1-3.2.3, S001-P1-3.2.4, S000-4.2b, rulebook 2.4 O",
  model: "installRequest",
  subject: "askerId",
  seats: {
    confirmer: { by: "confirmedById", at: "confirmedAt" },
    installer: { by: "installedById", at: "installedAt" },
  },
  states: {
    ASKED: { due: { workingDays: 2 }, waitsFor: ["confirm", "refuse"] },
    CONFIRMED: { due: { workingDays: 2 }, waitsFor: ["install"] },
    REFUSED: { end: "It can be asked for anew." },
    INSTALLED: { end: "The device's file says so." },
    WITHDRAWN: { end: "It can be asked for anew." },
    DROPPED: { end: "Whoever has the device next asks anew." },
    BARRED: { end: "It is never installed; the attempt stays on record." },
  },
  // It is the custody's: whoever has the device next asks for themselves.
  follows: [
    {
      ...{ of: deviceWorkflow, steps: ["fallIdle", "planRenewal", "lose", "scrap"] },
      ...{ by: "deviceId", action: "drop" },
    },
    {
      ...{ of: allocationWorkflow, steps: ["requestTransfer", "recall"] },
      ...{ by: ofItsDevice, action: "drop" },
    },
  ],
  actions: {
    ask: {
      from: [nowhere],
      to: ["ASKED", "CONFIRMED"],
      who: [subjectOf("FORMAL", "TEMP", "INTERN")],
      meaning:
        "Asks for software on one's own device: what is allowed needs no word of technology, and what is forbidden is refused and on record (S001-P1-3.2.3, S001-P1-3.2.4, S004-P4-16).",
      mutation: "requestInstallation",
      input: () => RequestInstallationInput,
      open: askToInstall(),
    },
    bar: {
      from: [nowhere],
      to: "BARRED",
      who: [system],
      meaning: "Somebody has asked for what is forbidden (S001-P1-3.2.4).",
    },
    confirm: {
      from: ["ASKED"],
      to: "CONFIRMED",
      who: technology,
      seat: "confirmer",
      meaning: "Confirms that it may be installed (S004-P4-16).",
      mutation: "confirmInstallation",
      effect: requireAllowed,
    },
    refuse: {
      from: [...going],
      to: "REFUSED",
      who: technology,
      alsoBy: ["confirmer"],
      note: "required",
      meaning: "Does not let it be installed: why, stands in the history.",
      mutation: "refuseInstallation",
    },
    install: {
      from: ["CONFIRMED"],
      to: "INSTALLED",
      who: technology,
      seat: "installer",
      alsoBy: ["confirmer"],
      meaning: "Has installed it: the device's file says so from now on (S004-P4-16).",
      mutation: "completeInstallation",
      effect: install,
    },
    withdraw: {
      from: [...going],
      to: "WITHDRAWN",
      who: [subject],
      meaning: "Takes it back (our own step: the rulebook has none).",
      mutation: "withdrawInstallation",
    },
    drop: {
      from: [...going],
      to: "DROPPED",
      who: [system],
      whenSubjectGoes: true,
      meaning: "The device is not in the asker's use any more, or whoever asked leaves.",
    },
  },
});

interface Wish {
  readonly deviceId: string;
  readonly software: string;
  readonly purpose: string;
}

const rules: FormRules<Wish> = {
  deviceId: filled(anyValue),
  software: filled(line(200)),
  purpose: filled(lines(2_000)),
};

const notTheirs = () =>
  refusal("DEVICE_NOT_YOURS", { inputPath: "input.deviceId", needs: "a device that you have, in use" });

/** What the company says of some software. */
const standingOf = async (db: Pick<Database, "$queryRaw">, software: string) =>
  (await standingsOf(db, [software])).get(software);

/** Asks for software. Throws SOFTWARE_FORBIDDEN for what is forbidden, once the attempt is on record. */
function askToInstall(): Opener<RequestInstallationInput, Wish & { readonly listed: boolean }> {
  return {
    async read(input, by, db, hearer) {
      const { caller, decisions } = by;
      const wish = readWholeForm<Wish>(input, rules, caller.now);
      const { deviceId: id, software } = wish;
      await requireReachable({ db, decisions }, { type: Device, id, inputPath: "input.deviceId" });
      if ((await db.device.count({ where: { id, custodianId: caller.id, state: "IN_USE" } })) === 0)
        throw notTheirs();
      const standing = await standingOf(db, software);
      if (standing === "FORBIDDEN") {
        if (caller.status === "ACTIVE") await keepAttempt(db, hearer, by, wish);
        throw softwareForbidden("software", [software]);
      }
      return { ...wish, listed: standing === "ALLOWED" };
    },
    subject: (_form, { id }) => id,
    to: ({ form }) => (form.listed ? "CONFIRMED" : "ASKED"),
    async write({ form, entry, subject: asker, ...work }) {
      const { tx } = work;
      const { deviceId, software } = form;
      const custodianId = await lockCustody(tx, deviceId);
      if (custodianId !== asker.id) throw notTheirs();
      if ((await standingOf(tx, software)) === "FORBIDDEN") throw softwareForbidden("software", [software]);
      const open = await tx.installRequest.findMany({
        where: { deviceId, askerId: asker.id, state: { in: [...going] } },
        select: { software: true },
      });
      if (open.some((one) => softwareKey(one.software) === softwareKey(software)))
        throw refusal("DUPLICATE", { inputPath: "input.software" });
      await store(work, entry, { ...form, askerId: asker.id });
    },
  };
}

type Stored = Wish & Pick<Row, "listed" | "askerId">;

async function store({ tx, now }: Work, { id, state, dueAt }: Entry, wish: Stored): Promise<void> {
  const formNo = await nextFormNumber(tx, "IR", now);
  await tx.installRequest.create({
    data: { ...wish, ...{ id, formNo, dueAt, state: state as Row["state"] }, askedAt: now },
    select: { id: true },
  });
}

/** Who asks for what is forbidden is refused, and that they asked stays (S001-P1-3.2.4). */
async function keepAttempt(
  db: Database,
  hearer: Hearer,
  by: NonNullable<Work["by"]>,
  wish: Wish,
): Promise<void> {
  const { id: askerId, now } = by.caller;
  const calendar = await companyCalendar(db, now);
  await transact(db, hearer, async (tx) => {
    const work = { tx, now, calendar, by };
    const entry = entryTo(work, installRequestWorkflow, "BARRED");
    await store(work, entry, { ...wish, askerId, listed: false });
    const asker = (await loadPerson(tx, askerId))!;
    await recordOpening(work, installRequestWorkflow, "bar", asker, entry);
    const says = "Somebody has asked for software that is forbidden.";
    const told = { to: ["head", "IT_ENGINEER", "SECURITY_OFFICER"] as const, says, occasion: "bar" };
    await tell(work, installRequestWorkflow, { id: entry.id, subject: asker }, told);
  });
}

/** Locks the device; who has it in use. */
async function lockCustody(tx: Work["tx"], id: string): Promise<string | null> {
  const { state, custodianId } = await lockDevice(tx, id);
  return state === "IN_USE" ? custodianId : null;
}

/** What has been forbidden since it was asked for is not installed either. */
async function requireAllowed({ tx, facts }: Step<Row, unknown>): Promise<undefined> {
  const { software } = facts.row;
  if ((await standingOf(tx, software)) === "FORBIDDEN") throw softwareForbidden("id", [software]);
  return undefined;
}

/** It is on the device: its file, which the next stock-take compares with, says so. */
async function install(step: Step<Row, unknown>): Promise<undefined> {
  const { tx, facts } = step;
  const { deviceId, software } = facts.row;
  if ((await lockCustody(tx, deviceId)) !== facts.subject.id)
    throw refusal("WRONG_STATE", { inputPath: "input.id", needs: "a device that the asker has, in use" });
  await requireAllowed(step);
  await tx.device.updateMany({
    where: { id: deviceId, NOT: { software: { has: software } } },
    data: { software: { push: software }, version: { increment: 1 } },
  });
  return undefined;
}
