import { type DepartmentCode, type IncidentKind, Prisma, type Incident as Row } from "../database/client.js";
import { Device } from "../devices/device.type.js";
import { deviceWorkflow } from "../devices/device.workflow.js";
import { Employee } from "../people/employee.type.js";
import { clearable, type FormRules, filled, readWholeForm } from "../reading/form.js";
import { amount, anyValue, lines, pastInstant } from "../reading/form-readers.js";
import { requireReachable } from "../reading/writable-rows.js";
import { isReportedLate } from "../workflow/at-once.js";
import { nextFormNumber } from "../workflow/form-number.js";
import { loadPerson } from "../workflow/load-facts.js";
import type { Entry, Opener, Step, Work } from "../workflow/step.js";
import type { OpenedBy } from "../workflow/workflow.js";
import type {
  ContainIncidentInput,
  ReportIncidentInput,
  ResolveIncidentInput,
  ReviewIncidentInput,
} from "./incident.input.js";

interface IncidentForm {
  readonly kind: IncidentKind;
  readonly text: string;
  readonly discoveredAt: string;
  readonly deviceId: string | null;
}

const text = filled(lines(2_000));

const rules: FormRules<IncidentForm> = {
  kind: filled(anyValue),
  text,
  discoveredAt: filled(pastInstant),
  deviceId: clearable(anyValue),
};

/** Whoever finds something reports it (S002-4.2b, S004-P5-27). */
export const reportIncident: Opener<ReportIncidentInput, IncidentForm> = {
  read: (input, { caller: { now } }) =>
    readWholeForm<IncidentForm>(
      { ...input, discoveredAt: input.discoveredAt ?? now.toISOString() },
      rules,
      now,
    ),
  subject: (_form, { id }) => id,
  async write({ by, form, entry, ...work }) {
    const { deviceId } = form;
    const { decisions } = by;
    if (deviceId)
      await requireReachable(
        { db: work.tx, decisions },
        { type: Device, id: deviceId, inputPath: "input.deviceId" },
      );
    await store(work, entry, { ...form, reporterId: by.caller.id });
  },
};

/** A device that is lost is an incident from the moment on that it is reported. */
export const reportLoss: OpenedBy<string>["write"] = async (work, entry, { id: deviceId, row }, note) => {
  const { caller } = work.by!;
  const number = (row as { deviceNo: string | null }).deviceNo ?? "without a number";
  await store(work, entry, {
    ...{ kind: "LOSS", deviceId, reporterId: caller.id, discoveredAt: work.now.toISOString() },
    text: `Device ${number} is lost. ${note}`,
  });
  return (await loadPerson(work.tx, caller.id))!;
};

/** The department of whoever has a device, or of those who answer for what is nobody's. */
async function holderOf(tx: Work["tx"], id: string): Promise<DepartmentCode> {
  const { departmentCode, custodian } = await tx.device.findUniqueOrThrow({
    where: { id },
    select: { departmentCode: true, custodian: { select: { departmentCode: true } } },
  });
  return custodian?.departmentCode ?? departmentCode ?? deviceWorkflow.unassigned!.otherwise;
}

type Stored = IncidentForm & Pick<Row, "reporterId">;

async function store(
  { tx, now }: Pick<Work, "tx" | "now">,
  { id, state, dueAt }: Entry,
  form: Stored,
): Promise<void> {
  const discoveredAt = new Date(form.discoveredAt);
  const { kind, deviceId } = form;
  await tx.incident.create({
    data: {
      holderDepartment: kind === "LOSS" && deviceId ? await holderOf(tx, deviceId) : null,
      ...{ id, dueAt, ...form, reportedAt: now, state: state as Row["state"] },
      ...{ discoveredAt, reportedLate: isReportedLate(discoveredAt, now) },
      formNo: await nextFormNumber(tx, "I", now),
    },
    select: { id: true },
  });
}

/** It goes no further. */
export async function contain({ now, by, input }: Step<Row, ContainIncidentInput>) {
  const { remedy } = readWholeForm<{ remedy: string }>({ remedy: input.remedy }, { remedy: text }, now);
  return { set: { remedy, containedById: by!.caller.id, containedAt: now } };
}

interface Resolution {
  readonly cause: string;
  readonly liableId: string | null;
  readonly cost: string | null;
}

const resolutionRules: FormRules<Resolution> = {
  cause: text,
  liableId: clearable(anyValue),
  cost: clearable(amount),
};

/** Its cause, who answers for it, and what it has cost (S000-5.1c). */
export async function resolve({ tx, now, by, input }: Step<Row, ResolveIncidentInput>) {
  const { cause, liableId, cost } = readWholeForm<Resolution>(input, resolutionRules, now);
  const { decisions } = by!;
  if (liableId)
    await requireReachable(
      { db: tx, decisions },
      { type: Employee, id: liableId, inputPath: "input.liableId" },
    );
  return { set: { cause, liableId, cost: cost === null ? null : new Prisma.Decimal(cost), resolvedAt: now } };
}

/** What is to be learnt from it. */
export async function review({ now, input }: Step<Row, ReviewIncidentInput>) {
  return { set: readWholeForm<{ findings: string }>({ findings: input.findings }, { findings: text }, now) };
}
