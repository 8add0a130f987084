import type { Decisions } from "../../access/decisions.js";
import type { Database } from "../../database/client.js";
import { companyCalendar } from "../../workflow/company-calendar.js";
import type { DeviceKpi, DeviceKpis } from "./device-kpis.type.js";
import { enteringRows } from "./kpi-rows.js";
import { type Asked, kpiStatement } from "./kpi-statement.js";
import { daysTable } from "./working-time.js";

type Sum =
  | ("scheduled" | "down" | "idle" | "there" | "holders" | "trained")
  | ("counted" | "matching" | "uncounted")
  | ("reported" | "acknowledged" | "toAcknowledge" | "confirmed" | "toConfirm" | "over");

/** Sums of milliseconds and counts, as the statement brings them; null where there is nothing to sum. */
type Sums = Readonly<Record<Sum, number | null>> & {
  readonly id?: string | null;
  readonly label?: string | null;
};

interface Found {
  readonly total: Sums;
  readonly groupCount: number;
  readonly groups: readonly Sums[];
}

/** The KPIs K1 and K19 to K22 of what somebody may see of devices (rulebook 4): two statements. */
export async function deviceKpis(db: Database, decisions: Decisions, asked: Asked): Promise<DeviceKpis> {
  const { from, to } = asked.period;
  const calendar = await companyCalendar(db, from);
  const [row] = await db.$queryRaw<{ json: string }[]>(
    kpiStatement(asked, daysTable(asked.period, calendar), enteringRows(decisions)),
  );
  const { total, groupCount, groups: found } = JSON.parse(row!.json) as Found;
  const groups = found.slice(0, asked.first);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    total: kpiOf(total),
    groupCount,
    groups: groups.map(kpiOf),
    pageInfo: { hasNextPage: found.length > asked.first, endCursor: groups.at(-1)?.label ?? null },
  };
}

const hour = 3_600_000;
const day = 24 * hour;

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function kpiOf(sums: Sums): DeviceKpi {
  const { id = null, label = null } = sums;
  const of = (name: Sum): number => sums[name] ?? 0;
  const down = share(of("down"), of("scheduled"));
  return {
    ...{ id, label },
    normalRunning: {
      rate: down === null ? null : 1 - down,
      scheduledHours: of("scheduled") / hour,
      downtimeHours: of("down") / hour,
    },
    training: {
      share: share(of("trained"), of("holders")),
      trained: of("trained"),
      holders: of("holders"),
    },
    ledger: {
      share: share(of("matching"), of("counted")),
      matching: of("matching"),
      counted: of("counted"),
      allocationsUncounted: of("uncounted"),
    },
    idle: {
      share: share(of("idle"), of("there")),
      idleDeviceDays: of("idle") / day,
      deviceDays: of("there") / day,
    },
    faults: {
      reported: of("reported"),
      meanHoursToAcknowledge: share(of("toAcknowledge") / hour, of("acknowledged")),
      acknowledged: of("acknowledged"),
      meanHoursToConfirm: share(of("toConfirm") / hour, of("confirmed")),
      confirmed: of("confirmed"),
      openOverDeadline: of("over"),
    },
  };
}
