import type {
  DepartmentCode,
  Deviation,
  Prisma,
  Device as Row,
  StockTakeState,
  ViolationRule,
  ViolationState,
} from "../client.js";
import { allocationRows } from "./allocation-rows.js";
import type { Calendar } from "./calendar.js";
import { deviceLifeRows } from "./device-life-rows.js";
import { deviceRows } from "./device-rows.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { departmentOf, employeeId, personNumber } from "./people.js";

// The stock-takes of the demo organisation: each department as a whole fifty days ago, and some devices since; with the
// violations that they found, in every state.

type Device = Pick<
  Row,
  "id" | "state" | "custodianId" | "departmentCode" | "sealNo" | "ipAddress" | "software" | "stockTakenAt"
>;
type StockTakeRow = Prisma.StockTakeCreateManyInput;
type LineRow = Prisma.StockTakeLineCreateManyInput;

/** Where nobody looks for a device: not in the register yet, or gone. */
const notThere = ["ACCEPTED", "STOCKED", "CONFIGURED", "SCRAPPED", "LOST", "WRITTEN_OFF"];

/** The days on which the departments were counted, from the loading. */
const [begun, counted, closed] = [-51, -50, -49.9];

const dev = (number: number): string => demoId("dev", number);
const [tim, tess, adam] = [employeeId("tim"), employeeId("tess"), employeeId("adam")];
/** Nobody counts what they have themselves. */
const counterOf = (custodianId: string | null | undefined): string => (custodianId === tim ? tess : tim);

/** How what was found of some devices differed when their department was counted. */
const deviating: Readonly<Record<string, Deviation>> = {
  [dev(114)]: "SEAL_BROKEN",
  [dev(119)]: "SOFTWARE_DEVIATION",
};

interface Course {
  readonly state: StockTakeState;
  readonly opened: number;
  readonly by: string | null;
  readonly opening: string;
}

/** Everything that is counted, first to last. */
export function stockTakeRows(at: Calendar) {
  const rows: StockTakeRow[] = [];
  const lines: LineRow[] = [];
  const violations: Prisma.ViolationCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const year = at(0).getUTCFullYear();
  const made = [...deviceRows(at), ...deviceLifeRows(at).rows, ...allocationRows(at).devices];
  const all = made as unknown as readonly Device[];
  const byNumber = (number: number): Device => all.find(({ id }) => id === dev(number))!;

  const open = (
    about: Pick<StockTakeRow, "trigger" | "departmentCode"> & Partial<StockTakeRow>,
    { state, opened, by, opening }: Course,
  ): string => {
    const number = rows.length + 1;
    const id = demoId("stk", number);
    const done = state === "CLOSED";
    rows.push({
      ...{ whole: false, ...about, id, state, formNo: `ST-${year}-${String(number).padStart(4, "0")}` },
      ...{ openedAt: at(opened), closedById: done ? tim : null, closedAt: done ? at(closed) : null },
      dueAt: state === "OPEN" ? at(opened + 14) : state === "COUNTED" ? at(1) : null,
    });
    const course: DemoStep[] = [{ action: opening, to: "OPEN", by, at: at(opened) }];
    if (state === "COUNTED" || done)
      course.push({ action: "count", to: "COUNTED", by: tim, at: at(opened + 1) });
    if (done) course.push({ action: "close", to: "CLOSED", by: tim, at: at(closed), seat: "closer" });
    if (state === "DROPPED") course.push({ action: "drop", to: state, by: null, at: at(opened + 1) });
    const history = stepsOf("StockTake", id, "tim", course);
    steps.push(...history.map((step) => ({ ...step, department: about.departmentCode })));
    return id;
  };
  const line = (stockTakeId: string, device: Device | null, found: Partial<LineRow> = {}): string => {
    const id = demoId("stl", lines.length + 1);
    const position = lines.filter((one) => one.stockTakeId === stockTakeId).length + 1;
    const software = device?.software ?? [];
    lines.push({
      ...{ id, stockTakeId, position, deviceId: device?.id ?? null },
      custodianId: device?.custodianId ?? null,
      ...{ expectedSealNo: device?.sealNo ?? null, expectedIpAddress: device?.ipAddress ?? null },
      ...{ expectedSoftware: software, software: [], deviations: [], ...found },
    });
    return id;
  };
  /** As the register has it, but for one thing. */
  const found = (device: Device, on: number, deviation?: Deviation): Partial<LineRow> => ({
    ...{ found: true, complete: deviation !== "INCOMPLETE", matches: !deviation },
    sealNo: deviation === "SEAL_BROKEN" ? null : (device.sealNo ?? null),
    ipAddress: device.ipAddress ?? null,
    software: [...(device.software ?? []), ...(deviation === "SOFTWARE_DEVIATION" ? ["QQ 9.7"] : [])],
    ...{
      deviations: deviation ? [deviation] : [],
      remark: null,
      missing: deviation === "INCOMPLETE" ? "The memory" : null,
    },
    ...{ countedById: counterOf(device.custodianId), countedAt: at(on) },
  });
  const violate = (
    lineId: string,
    [rule, clause, details]: readonly [ViolationRule, string, string | null],
    { state, on, staffNo }: { state: ViolationState; on: number; staffNo: string | null },
  ): void => {
    const number = violations.length + 1;
    const id = demoId("vio", number);
    const decided = state === "UPHELD" || state === "DISMISSED";
    const departmentCode = staffNo ? departmentOf(staffNo) : "TRAINING";
    const handledAt = state === "FOUND" ? null : at(on + (decided ? 2 : 1));
    violations.push({
      ...{ id, rule, clause, details, state, formNo: `VN-${year}-${String(number).padStart(4, "0")}` },
      ...{ personId: staffNo && employeeId(staffNo), departmentCode, notifiedDept: "ADMINISTRATION" },
      ...{ deviceId: lines.find((one) => one.id === lineId)!.deviceId ?? null, stockTakeLineId: lineId },
      ...{ foundById: tim, foundAt: at(on), handledById: handledAt && adam, handledAt },
      dueAt: decided ? null : at(4),
      ...(state === "UPHELD" && {
        ...{ reason: "Chat programs are nobody's work", sanction: "A warning", amount: "50.00" },
      }),
      ...(state === "DISMISSED" && { reason: "The repairer had opened it, and forgot the seal" }),
    });
    const course: DemoStep[] = [{ action: "find", to: "FOUND", by: null, at: at(on) }];
    const handled = { by: adam, seat: "handler" };
    if (handledAt) course.push({ ...handled, action: "review", to: "UNDER_REVIEW", at: at(on + 1) });
    if (decided)
      course.push({
        ...{ ...handled, to: state, at: handledAt! },
        action: state === "UPHELD" ? "uphold" : "dismiss",
      });
    const history = stepsOf("Violation", id, staffNo ?? "tim", course);
    steps.push(...history.map((step) => ({ ...step, department: departmentCode })));
  };

  // Whoever hands a device back at once has it counted by nobody.
  const given = byNumber(111);
  const dropped = open(
    {
      ...{ trigger: "ALLOCATION", departmentCode: departmentOf("T101"), custodianId: employeeId("T101") },
      allocationId: demoId("alc", 101),
    },
    { state: "DROPPED", opened: -66, by: null, opening: "followAllocation" },
  );
  line(dropped, { ...given, custodianId: employeeId("T101") });

  const keeper: DepartmentCode = "TECHNOLOGY";
  const there = all.filter(({ state, stockTakenAt, id }) =>
    Boolean(!notThere.includes(state) && (stockTakenAt || deviating[id])),
  );
  for (const departmentCode of [...new Set(there.map((device) => device.departmentCode ?? keeper))].sort()) {
    const id = open(
      { trigger: "PERIODIC", departmentCode, whole: true },
      { state: "CLOSED", opened: begun, by: null, opening: "comeRound" },
    );
    for (const device of there) {
      if ((device.departmentCode ?? keeper) !== departmentCode) continue;
      const deviation = deviating[device.id];
      const lineId = line(id, device, found(device, counted, deviation));
      const about = { on: counted, staffNo: "T101" };
      if (deviation === "SOFTWARE_DEVIATION")
        violate(lineId, [deviation, "S001-P1-3.2.3", "Not in the register: QQ 9.7"], {
          ...{ ...about, state: "UPHELD" },
        });
      else if (deviation)
        violate(lineId, [deviation, "S001-P1-3.2.1", null], { ...about, state: "DISMISSED" });
    }
  }

  const again = open(
    { trigger: "PERIODIC", departmentCode: departmentOf("T101") },
    { state: "COUNTED", opened: -3, by: tim, opening: "open" },
  );
  const missing = line(again, byNumber(115), found(byNumber(115), -2, "INCOMPLETE"));
  violate(missing, ["INCOMPLETE", "S004-P4-11", "The memory"], {
    ...{ state: "UNDER_REVIEW", on: -2, staffNo: "T101" },
  });
  const surplus = line(again, null, {
    ...{ surplus: "A portable disk without a number", found: true, matches: false },
    ...{ deviations: ["UNREGISTERED"], countedById: tim, countedAt: at(-2) },
  });
  violate(surplus, ["UNREGISTERED", "S004-P4-10", "A portable disk without a number"], {
    ...{ state: "FOUND", on: -2, staffNo: null },
  });

  for (const device of all.filter(
    ({ state, custodianId }) => state === "IN_USE" && isNewcomer(custodianId),
  )) {
    const { id: deviceId, custodianId, departmentCode } = device;
    const allocation = allocationRows(at).rows.find((one) => one.deviceId === deviceId)!;
    const id = open(
      {
        ...{ trigger: "ALLOCATION", departmentCode: departmentCode!, custodianId },
        allocationId: allocation.id,
      },
      { state: "OPEN", opened: -4, by: null, opening: "followAllocation" },
    );
    line(id, device);
  }

  const spot = open(
    { trigger: "PERIODIC", departmentCode: "SALES" },
    { state: "OPEN", opened: -1, by: tess, opening: "open" },
  );
  for (const number of [5, 6]) line(spot, byNumber(number));
  return { rows, lines, violations, steps };
}

/** Those who joined a week ago have their devices since. */
const newcomers = ["neo", "nina"].map((staffNo) => demoId("emp", personNumber(staffNo)));
const isNewcomer = (id: string | null | undefined): boolean => !!id && newcomers.includes(id);
