import { randomUUID } from "node:crypto";
import { custodyTerms } from "../../../src/devices/allocations/custody-terms.js";
import type { FormDriver, FormPlay } from "../form-driver.js";

const note = "Because.";

/** A seller who is trained and has no device yet. */
export async function newUser({ server }: Pick<FormPlay, "server">, trained = true) {
  const staffNo = `U${randomUUID().slice(0, 8)}`;
  return server.database.db.employee.create({
    data: {
      ...{ id: `emp_${randomUUID()}`, staffNo, name: "新人", kind: "FORMAL", departmentCode: "SALES" },
      ...{ post: "Seller", status: "ACTIVE", joinedAt: new Date("2026-01-05") },
      roles: { create: [{ role: "SELLER" }] },
      ...(trained && {
        trainingRecords: {
          create: {
            ...{ id: `trn_${randomUUID()}`, kind: "DEVICE", state: "PASSED", attendedHours: "4.0" },
            topics: ["FUNCTIONS", "QUERY_ENTRY", "DATA_PROTECTION"],
            ...{ heldAt: new Date("2026-01-06"), evaluatedAt: new Date("2026-01-06") },
            expiresAt: new Date("2028-01-01"),
          },
        },
      }),
    },
    select: { id: true, staffNo: true },
  });
}

let devices = 0;

/** A registered device that nobody has, with its invoice. */
export async function freeDevice({ server }: Pick<FormPlay, "server">, more: object = {}) {
  devices += 1;
  const id = `dev_${randomUUID()}`;
  return server.database.db.device.create({
    data: {
      ...{ id, deviceNo: `A${devices}`, kind: "LAPTOP", model: "T14", state: "REGISTERED", invoiceNo: "FP" },
      ...{ configBaseline: "office-2026.1", passwordSet: true },
      ...more,
    },
    select: { id: true, deviceNo: true },
  });
}

let addresses = 0;
export const nextAddress = (): string => {
  addresses += 1;
  return `10.77.${addresses >> 8}.${addresses & 255}`;
};

export const issued = () => ({ ipAddress: nextAddress(), sealNo: "SEAL-1" });
export const signed = { termsVersion: custodyTerms.version, promised: true };
export const sound = { sealIntact: true, complete: true, wiped: true };

/** How far back a device has come; everybody's steps in order. */
const back: readonly (readonly [state: string, account: string, action: string, input?: object])[] = [
  ["TRANSFER_REQUESTED", "", "requestTransfer"],
  ["CHECKED_DEPT", "sue", "checkDepartment"],
  ["CHECKED_IT", "tim", "checkTechnology", sound],
  ["RETURNED", "tim", "return"],
];

/** sue asks for a seller, the clerk chooses, tim makes ready and takes back. */
export const allocation: FormDriver = {
  async stand(play, state, step) {
    const { must, server } = play;
    const user = await newUser(play);
    const id = await must("sue", "request", { employeeId: user.id, need: "Visits" });
    if (state === "REFUSED") return must("clerk", "refuse", { id, note });
    if (state === "WITHDRAWN") return must("sue", "withdraw", { id });
    if (state === "REQUESTED") return id;
    const device = await freeDevice(play);
    await must("clerk", "allocate", { id, deviceId: device.id });
    if (state === "ALLOCATED") return id;
    await must("tim", "issue", { id, ...issued() });
    if (state === "DECLINED") return must(user.staffNo, "decline", { id, note });
    if (state === "ISSUED") return id;
    await must(user.staffNo, "accept", { id, ...signed });
    if (state === "ACCEPTED") {
      // As it is after a repair of what nobody used: idle, and no report is under way.
      if (step === "resume")
        await server.database.db.device.update({
          where: { id: device.id },
          data: { state: "IDLE" },
          select: { id: true },
        });
      return id;
    }
    if (state === "ENDED") {
      const lost = { input: { id: device.id, note } };
      await server.executeAs(
        "clerk",
        "mutation ($input: ReportDeviceLostInput!) { reportDeviceLost(input: $input) { device { id } } }",
        { variables: lost, now: play.now },
      );
      return id;
    }
    if (state === "IDLE_REPORTED") return must("sue", "reportIdle", { id });
    if (state === "FILE_UPDATED") {
      await must("sue", "reportIdle", { id });
      return must("clerk", "updateFile", { id });
    }
    for (const [reached, account, action, input] of back) {
      if (state === "REASSIGNED" && reached === "RETURNED") break;
      await must(account || user.staffNo, action, { id, ...input });
      if (reached === state) return id;
    }
    return must("clerk", "reassign", { id, requestId: await allocation.stand(play, "REQUESTED") });
  },
  inputs: {
    allocate: async (play) => ({ deviceId: (await freeDevice(play)).id }),
    issue: issued,
    accept: () => signed,
    updateFile: (play, _id, dice) => ({ idleSince: dice.pick([null, play.now.toISOString()]) }),
    checkTechnology: (_play, _id, dice) =>
      dice.pick([sound, { ...sound, sealIntact: false, findings: "It is torn." }]),
    reassign: async (play) => ({ requestId: await allocation.stand(play, "REQUESTED") }),
  },
};

/** A device in use that is not for customer data. */
export async function sharable(play: Pick<FormPlay, "server" | "now">) {
  const { server, now } = play;
  const { db } = server.database;
  const [device, user] = [await freeDevice(play, { isCustomerListDevice: false }), await newUser(play)];
  const part = await db.employee.findMany({ where: { staffNo: { in: ["sue", "clerk", "tim"] } } });
  const by = (staffNo: string) => part.find((one) => one.staffNo === staffNo)!.id;
  await db.allocation.create({
    data: {
      ...{ id: `alc_${randomUUID()}`, deviceId: device.id, departmentCode: "SALES", userId: user.id },
      ...{ need: "Visits", state: "ACCEPTED", acceptedAt: now, unusedAt: new Date("2028-01-01") },
      ...{ requestedById: by("sue"), requestedAt: now, allocatedById: by("clerk"), allocatedAt: now },
      ...{ issuedById: by("tim"), issuedAt: now },
    },
  });
  await db.device.update({ where: { id: device.id }, data: { state: "IN_USE", custodianId: user.id } });
  return { ...device, deviceNo: device.deviceNo!, user };
}

const day = 86_400_000;

/** pat of production asks for a seller's; sue decides. */
export const deviceShare: FormDriver = {
  async stand(play, state) {
    const { must, now } = play;
    const until = new Date(now.getTime() + 20 * day).toISOString();
    const { deviceNo } = await sharable(play);
    const id = await must("pat", "ask", { deviceNo, purpose: "A slide", until });
    if (state === "ASKED") return id;
    if (state === "REFUSED") return must("sue", "refuse", { id, note });
    await must("sue", "consent", { id });
    return state === "CONSENTED" ? id : must("pat", "end", { id });
  },
};
