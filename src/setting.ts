import { BlockList, isIP } from "node:net";

/** One setting of the environment. */
export interface Setting<Value> {
  readonly name: string;
  /** As it would be written in the environment; null: unset. */
  readonly default: string | null;
  /** What it is, for the person who sets it. */
  readonly meaning: string;
  /** The form that a value must have, in words that follow "must be". */
  readonly form: string;
  /** Undefined where the text has not the form. */
  readonly parse: (text: string) => Value | undefined;
  /** What may be printed of a value: all of it, unless the setting says otherwise. */
  readonly shown?: (text: string) => string;
}

type Form<Value> = Pick<Setting<Value>, "form" | "parse" | "shown">;

export const text: Form<string> = { form: "a text", parse: (value) => value };

export const whole = (least: number, most: number): Form<number> => ({
  form: `a whole number from ${least} to ${most}`,
  parse: (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    return number >= least && number <= most ? number : undefined;
  },
});

export const oneOf = <Word extends string>(...words: readonly Word[]): Form<Word> => ({
  form: words.map((word) => `"${word}"`).join(" or "),
  parse: (value) => words.find((word) => word === value),
});

export const yesOrNo: Form<boolean> = {
  form: `"true" or "false"`,
  parse: (value) => ({ true: true, false: false })[value],
};

export const instant: Form<Date> = {
  form: "an instant with its offset, as 2026-11-22T15:00:00+08:00",
  parse: (value) => {
    const hasForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value);
    const date = new Date(value);
    return hasForm && !Number.isNaN(date.getTime()) ? date : undefined;
  },
};

export const webAddress: Form<string> = {
  form: "a web address, as https://login.example.com",
  parse: (value) => (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) ? value : undefined),
};

export const databaseAddress: Form<string> = {
  form: "an address, as postgresql://user:password@host:5432/database",
  parse: (value) =>
    URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol) ? value : undefined,
  shown: withoutSecrets,
};

/** Addresses and networks, as `10.0.0.1,192.168.0.0/16`. */
export const networks: Form<BlockList> = {
  form: "addresses or networks, as 10.0.0.1,192.168.0.0/16",
  parse: (value) => {
    const list = new BlockList();
    const entries = value.split(",").map((entry) => entry.trim());
    return entries.every((entry) => addNetwork(list, entry)) ? list : undefined;
  },
};

function addNetwork(list: BlockList, entry: string): boolean {
  const [address = "", prefix, ...rest] = entry.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  const bits = family === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : whole(0, bits).parse(prefix);
  if (length === undefined) return false;
  list.addSubnet(address, length, family === 4 ? "ipv4" : "ipv6");
  return true;
}

/** The address of a database, fit to be printed: no password, and no parameters, which could hold one. */
export function withoutSecrets(address: string): string {
  const url = new URL(address);
  url.password = "";
  url.search = "";
  return url.href;
}
