/** The one source of time: everything that asks for the time is given a clock. */
export interface Clock {
  now(): Date;
}

/** The machine's clock, moved so that it reads `start` now. Without `start`, the machine's own time. */
export function clockFrom(start?: Date): Clock {
  const offset = start ? start.getTime() - Date.now() : 0;
  return { now: () => new Date(Date.now() + offset) };
}
