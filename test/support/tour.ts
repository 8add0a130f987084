import { readFileSync } from "node:fs";
import { readStarters, type Starter } from "../../src/playground/starters.js";

/** A row of the README's tour. */
export interface TourRow {
  readonly account: string;
  readonly title: string;
  readonly starter: Starter;
  readonly refused: boolean;
  /** What stands in the answer, word for word. */
  readonly words: readonly string[];
}

const starters = await readStarters();
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const section = readme
  .split(/^## /m)
  .find((text) => text.startsWith("From new employee to first look, and back"))!;

/** The tour as the README tells it. */
export const tour: readonly TourRow[] = [...section.matchAll(/^\| (\w+) \| (.+) \| (.*`.*) \|$/gm)].map(
  ([, account, title, comes]) => {
    const starter = starters.find((one) => one.title === title);
    if (!starter) throw new Error(`The README's tour opens ${title}, which is not there`);
    const words = [...comes!.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
    return { account: account!, title: title!, starter, refused: comes!.startsWith("refused"), words };
  },
);

/** What the README quotes of an answer. */
export const quoted: unknown = JSON.parse(/```json\n(.+?)```/s.exec(section)![1]!);
