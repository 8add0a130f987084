import type { Prisma, ProcurementState } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { departmentOf, employeeId } from "./people.js";

// Procurements in every state: what a department of the demo organisation wishes, and how far it has come.

/** Steps of a procurement: whereto, and by whom, on which seat; null: whose wish it is. */
const taken = {
  wish: { to: "WISHED", by: null },
  assess: { to: "NEED_ASSESSED", by: "adam", seat: "assessor" },
  assessOral: { to: "NEED_ASSESSED", by: "clerk", seat: "assessor" },
  decline: { to: "REJECTED", by: "adam", seat: "assessor", note: "The one in the store will do" },
  request: { to: "REQUESTED", by: "clerk", seat: "requester" },
  approve: { to: "APPROVED", by: "gina", seat: "decider" },
  reject: { to: "REJECTED", by: "gina", seat: "decider", note: "Not in this year's plan" },
  order: { to: "ORDERED", by: "tess", seat: "orderer" },
  deliver: { to: "DELIVERED", by: "tim" },
  accept: { to: "ACCEPTED", by: "tim", seat: "inspector" },
  return: { to: "RETURNED_TO_SUPPLIER", by: "tim", seat: "inspector" },
  cancel: { to: "CANCELLED", by: "tim", note: "The supplier cannot deliver it" },
  withdraw: { to: "WITHDRAWN", by: null },
} as const satisfies Record<
  string,
  { to: ProcurementState; by: string | null; seat?: string; note?: string }
>;
type Taken = keyof typeof taken;

const approved: readonly Taken[] = ["wish", "assess", "request", "approve"];
const delivered: readonly Taken[] = [...approved, "order", "deliver"];

interface Bought {
  readonly staffNo: string;
  readonly need: string;
  readonly way: readonly Taken[];
}

/** The last one brought the devices from number 71 on. */
const wishes: readonly Bought[] = [
  { staffNo: "sam", need: "A tablet for visits to customers", way: ["wish"] },
  { staffNo: "pia", need: "A second screen for the planners", way: ["assessOral"] },
  { staffNo: "cara", need: "A headset that does not break", way: ["wish", "assess", "request"] },
  { staffNo: "sue", need: "Two laptops for new sellers", way: approved },
  { staffNo: "qin", need: "A printer of its own", way: ["wish", "decline"] },
  { staffNo: "pat", need: "A large screen", way: ["wish", "assess", "request", "reject"] },
  { staffNo: "dora", need: "A laptop in place of an old one", way: [...approved, "order"] },
  { staffNo: "fin", need: "A computer for the new colleague", way: delivered },
  { staffNo: "mona", need: "Telephones for the hotline", way: [...delivered, "return"] },
  { staffNo: "sven", need: "A scanner", way: [...delivered, "return", "cancel"] },
  { staffNo: "cory", need: "A tablet", way: ["wish", "withdraw"] },
  { staffNo: "spec", need: "Devices for the general office", way: [...delivered, "accept"] },
];

export const acceptedProcurementId = demoId("pro", wishes.length);
export const demoContract = { contractNo: "CG-0012", supplier: "杭州联科电脑有限公司", price: "6999.00" };

const offers = [
  { supplier: demoContract.supplier, quality: 4, performance: 4, security: 5, chosen: true },
  { supplier: "浪潮信息", quality: 4, performance: 5, security: 4, chosen: false },
  { supplier: "宁波电子", quality: 3, performance: 3, security: 3, chosen: false },
];

/** Days from the beginning of a procurement to each step. */
const day: Record<Taken, number> = {
  ...{ wish: 0, withdraw: 1, assess: 2, assessOral: 2, decline: 2, request: 4, approve: 6, reject: 6 },
  ...{ order: 10, deliver: 18, accept: 20, return: 20, cancel: 20.5 },
};

/** Days from the loading to the beginning: what has brought devices began earlier. */
const began = (way: readonly Taken[]): number => (way.includes("accept") ? -90 : -21);

/** The contract's list: that of the accepted one is of the devices that it has brought. */
const listOf = (way: readonly Taken[]) =>
  way.includes("accept")
    ? ([
        ["LAPTOP", 4],
        ["PC", 4],
        ["TABLET", 3],
        ["PRINTER", 3],
      ] as const)
    : ([["LAPTOP", 1]] as const);

export const demoModel = "Tiangong 14";

export function procurementRows(at: Calendar) {
  const rows: Prisma.ProcurementCreateManyInput[] = [];
  const quotes: Prisma.QuoteCreateManyInput[] = [];
  const lines: Prisma.ConfigLineCreateManyInput[] = [];
  const acceptances: Prisma.AcceptanceCreateManyInput[] = [];
  const found: Prisma.AcceptanceLineCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  for (const [position, { staffNo, need, way }] of wishes.entries()) {
    const number = position + 1;
    const procurementId = demoId("pro", number);
    const when = (action: Taken): Date => at(began(way) + day[action]);
    const signed = (...actions: readonly Taken[]) => {
      const action = actions.find((one) => way.includes(one));
      return action ? { by: employeeId(taken[action].by!), at: when(action) } : { by: null, at: null };
    };
    const [assessed, requested] = [signed("assess", "assessOral", "decline"), signed("request")];
    const [decided, ordered] = [signed("approve", "reject"), signed("order")];
    const inspected = signed("accept", "return");
    const { to: state } = taken[way.at(-1)!];
    rows.push({
      ...{ id: procurementId, need, state },
      formNo: `W-${at(0).getUTCFullYear()}-${String(number).padStart(4, "0")}`,
      wishedById: employeeId(staffNo),
      departmentCode: departmentOf(staffNo),
      assessment: assessed.by && !way.includes("decline") ? "Nothing in the store will do" : null,
      specification: requested.by ? `${need}: as usual in the office` : null,
      ...{ assessedById: assessed.by, assessedAt: assessed.at },
      ...{ requestedById: requested.by, requestedAt: requested.at },
      ...{ decidedById: decided.by, decidedAt: decided.at },
      ...{ orderedById: ordered.by, orderedAt: ordered.at },
      contractNo: ordered.by && `CG-${String(number).padStart(4, "0")}`,
      deliveredAt: way.includes("deliver") ? when("deliver") : null,
      ...{ inspectedById: inspected.by, inspectedAt: inspected.at },
      dueAt: state === "DELIVERED" ? at(2) : null,
    });
    if (ordered.by) {
      const list = listOf(way);
      const units = list.reduce((sum, [, qty]) => sum + qty, 0);
      quotes.push(
        ...offers.map((offer, place) => ({
          ...{ id: demoId("quo", quotes.length + place + 1), procurementId, position: place + 1, ...offer },
          price: `${units * (Number(demoContract.price) + place * 200)}.00`,
        })),
      );
      lines.push(
        ...list.map(([kind, qty], place) => ({
          ...{ id: demoId("cfl", number * 10 + place), procurementId, position: place + 1, kind, qty },
          ...{ line: `${demoModel}, ${kind}`, model: demoModel, unitPrice: demoContract.price },
        })),
      );
      if (inspected.by) {
        const back = way.includes("return");
        const acceptanceId = demoId("acp", number);
        acceptances.push({
          ...{ id: acceptanceId, procurementId, acceptedById: inspected.by, at: inspected.at! },
          returnedAt: back ? inspected.at : null,
        });
        found.push(
          ...list.map(([, qty], place) => ({
            ...{ id: demoId("acl", number * 10 + place), acceptanceId, position: place + 1, qty },
            configLineId: demoId("cfl", number * 10 + place),
            ...{ conforms: !back, deviation: back ? "Half the memory of the contract" : null },
          })),
        );
      }
    }
    const history = way.map((action): DemoStep => {
      const { to, by, ...more }: { to: string; by: string | null; seat?: string; note?: string } =
        taken[action];
      return { action, to, by: employeeId(by ?? staffNo), at: when(action), ...more };
    });
    steps.push(...stepsOf("Procurement", procurementId, staffNo, history));
  }
  return { rows, quotes, lines, acceptances, found, steps };
}
