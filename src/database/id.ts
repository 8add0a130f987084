import { v7 } from "uuid";

/** A new primary key, as `cus_0198…`: the type's prefix and a UUIDv7 of `now`, so that keys rise with time. */
export const newId = (prefix: string, now: Date): string =>
  `${prefix}_${v7({ msecs: now.getTime() }).replaceAll("-", "")}`;
