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
const sectionOf = (heading: string): string =>
  readme.split(/^## /m).find((text) => text.startsWith(heading))!;

/** A tour as the README tells it below a heading. */
const tourOf = (heading: string): readonly TourRow[] =>
  [...sectionOf(heading).matchAll(/^\| (\w+) \| (.+) \| (.*`.*) \|$/gm)].map(([, account, title, comes]) => {
    const starter = starters.find((one) => one.title === title);
    if (!starter) throw new Error(`The README's tour opens ${title}, which is not there`);
    const words = [...comes!.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
    return { account: account!, title: title!, starter, refused: comes!.startsWith("refused"), words };
  });

const newcomers = "From new employee to first look, and back";

/** nina's. */
export const tour = tourOf(newcomers);

/** A device's. */
export const deviceTour = tourOf("A device from purchase to scrap");

/** What the README quotes of an answer of nina's tour. */
export const quoted: unknown = JSON.parse(/```json\n(.+?)```/s.exec(sectionOf(newcomers))![1]!);
