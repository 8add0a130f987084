import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../../access/guard.js";
import { describeEnum } from "../../reading/enums.js";
import { Instant } from "../../reading/scalars.js";

export const DeviceKpiGrouping = {
  DEVICE: "DEVICE",
  EMPLOYEE: "EMPLOYEE",
  DEPARTMENT: "DEPARTMENT",
} as const;
export type DeviceKpiGrouping = keyof typeof DeviceKpiGrouping;

describeEnum("DeviceKpiGrouping", DeviceKpiGrouping, "What the KPIs of devices are told by (S000-6.2).", {
  DEVICE: "By device: those in your reach that have a number.",
  EMPLOYEE: "By who had the device at that time.",
  DEPARTMENT: "By the department that had the device at that time.",
});

@ObjectType({
  description:
    "K1, normal-running rate (正常运行率, S000-6.2a): 1 − Σ unplanned downtime / Σ scheduled service time. Service is scheduled in the company's working hours (nine to six of its working days, Asia/Shanghai) while a device is in somebody's use, and while it is out of order after having been in use. Downtime is of that time what lies between the report of a fault (or its reopening) and its confirmation, the verdict that it cannot be repaired, or the loss of the device; a fault that was withdrawn is none. Idle time is in neither. Planned maintenance puts no device out of order, and how long it takes is not recorded: it is no downtime.",
  simpleResolvers: true,
})
export class NormalRunning {
  @Guard(everyCaller)
  @Field(() => Float, {
    nullable: true,
    description: "1 − downtimeHours / scheduledHours, 0 to 1; null where no service was scheduled.",
  })
  rate!: number | null;

  @Guard(everyCaller)
  @Field(() => Float, { description: "Scheduled service time, device-hours." })
  scheduledHours!: number;

  @Guard(everyCaller)
  @Field(() => Float, { description: "Unplanned downtime in it, device-hours." })
  downtimeHours!: number;
}

@ObjectType({
  description:
    "K19, training coverage (S000-4.2a): persons whose training is valid / persons holding devices, both at the end of the period. Valid is what was passed by then and had not expired: topics of several records add up, and all three are needed. Who sells without holding a device is not counted here. Only persons whose trainings you may read: yourself, and those for whom you sign.",
  simpleResolvers: true,
})
export class TrainingCoverage {
  @Guard(everyCaller)
  @Field(() => Float, {
    nullable: true,
    description: "trained / holders, 0 to 1; null where nobody holds a device.",
  })
  share!: number | null;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Of the holders, those whose training is valid." })
  trained!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Persons who hold a device, each counted once." })
  holders!: number;
}

@ObjectType({
  description:
    "K20, ledger match (账物一致率, S004-P4-8, S004-P4-22): matching lines / counted lines, of the stock-take lines that were counted in the period, each for whoever had the device then. A device that was found without being in the register is a line that does not match. For those who read what was counted: technology.",
  simpleResolvers: true,
})
export class LedgerMatch {
  @Guard(everyCaller)
  @Field(() => Float, {
    nullable: true,
    description: "matching / counted, 0 to 1; null where nothing was counted.",
  })
  share!: number | null;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Lines that are as the register has them." })
  matching!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Lines counted." })
  counted!: number;

  @Guard(everyCaller)
  @Field(() => Int, {
    description:
      "Allocations accepted in the period whose device was not counted from then to its end; five working days are given for it (rulebook 2.5).",
  })
  allocationsUncounted!: number;
}

@ObjectType({
  description:
    "K21, idle rate (S000-4.1c): idle device-days / device-days, by the histories of the devices, fractions of days included. A device counts from its registration until it is lost, written off or scrapped, and is idle while it stands as IDLE, also while a fault is reported of it then.",
  simpleResolvers: true,
})
export class IdleRate {
  @Guard(everyCaller)
  @Field(() => Float, {
    nullable: true,
    description: "idleDeviceDays / deviceDays, 0 to 1; null where there was no device.",
  })
  share!: number | null;

  @Guard(everyCaller)
  @Field(() => Float, { description: "Idle time, device-days of 24 hours." })
  idleDeviceDays!: number;

  @Guard(everyCaller)
  @Field(() => Float, { description: "Time in the register, device-days of 24 hours." })
  deviceDays!: number;
}

@ObjectType({
  description:
    "K22, fault handling (S000-4.4b): of faults in your reach, where they were reported. A reopened fault counts anew from its reopening; a fault that was withdrawn does not count.",
  simpleResolvers: true,
})
export class FaultHandling {
  @Guard(everyCaller)
  @Field(() => Int, { description: "Faults reported or reopened in the period." })
  reported!: number;

  @Guard(everyCaller)
  @Field(() => Float, {
    nullable: true,
    description: "Mean hours by the clock from report to acknowledgement, of those; null: there are none.",
  })
  meanHoursToAcknowledge!: number | null;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Faults acknowledged in the period, whenever they were reported." })
  acknowledged!: number;

  @Guard(everyCaller)
  @Field(() => Float, {
    nullable: true,
    description: "Mean hours by the clock from report to confirmation, of those; null: there are none.",
  })
  meanHoursToConfirm!: number | null;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Faults confirmed in the period, whenever they were reported." })
  confirmed!: number;

  @Guard(everyCaller)
  @Field(() => Int, {
    description:
      "Faults that were open at the end of the period and past a term: four working hours to be acknowledged, three working days to be confirmed.",
  })
  openOverDeadline!: number;
}

@ObjectType({ description: "The KPIs of some devices in a period (rulebook 4).", simpleResolvers: true })
export class DeviceKpi {
  @Guard(everyCaller)
  @Field(() => ID, {
    nullable: true,
    description: "The device or person; null for a department, and for everything together.",
  })
  id!: string | null;

  @Guard(everyCaller)
  @Field(() => String, {
    nullable: true,
    description:
      "The device number, staff number or department code, by which they are in order; null for everything together.",
  })
  label!: string | null;

  @Guard(everyCaller)
  @Field(() => NormalRunning, { description: "K1." })
  normalRunning!: NormalRunning;

  @Guard(everyCaller)
  @Field(() => TrainingCoverage, { description: "K19." })
  training!: TrainingCoverage;

  @Guard(everyCaller)
  @Field(() => LedgerMatch, { description: "K20." })
  ledger!: LedgerMatch;

  @Guard(everyCaller)
  @Field(() => IdleRate, { description: "K21." })
  idle!: IdleRate;

  @Guard(everyCaller)
  @Field(() => FaultHandling, { description: "K22." })
  faults!: FaultHandling;
}

@ObjectType({ description: "Where a page of KPIs lies.", simpleResolvers: true })
export class DeviceKpiPage {
  @Guard(everyCaller)
  @Field(() => Boolean, { description: "More follow." })
  hasNextPage!: boolean;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "The last one's label: the next page comes after it." })
  endCursor!: string | null;
}

@ObjectType({ description: "The KPIs of devices in a period.", simpleResolvers: true })
export class DeviceKpis {
  @Guard(everyCaller)
  @Field(() => Instant, { description: "The first instant that is counted." })
  from!: string;

  @Guard(everyCaller)
  @Field(() => Instant, { description: "The first instant after it: the end of the period, or now." })
  to!: string;

  @Guard(everyCaller)
  @Field(() => DeviceKpi, {
    description: "All in your reach together, with what nobody and no department had at that time.",
  })
  total!: DeviceKpi;

  @Guard(everyCaller)
  @Field(() => Int, { description: "How many devices, persons or departments there are." })
  groupCount!: number;

  @Guard(everyCaller)
  @Field(() => [DeviceKpi], { description: "Each by itself, in the order of their labels." })
  groups!: DeviceKpi[];

  @Guard(everyCaller)
  @Field(() => DeviceKpiPage, { description: "Where the page of them lies." })
  pageInfo!: DeviceKpiPage;
}
