import type { Reason } from "./reasons.js";
import type { Outcome } from "./vocabulary.js";

/** What was decided for one cell of an answer. */
export interface Cell {
  readonly outcome: Outcome;
  readonly reason: Reason | null;
}

const cells = new WeakMap<object, ReadonlyMap<string, Cell>>();

/** Notes what was decided for the cells of a row that is about to be answered, by response key. */
export const noteCells = (row: object, decided: ReadonlyMap<string, Cell>): void =>
  void cells.set(row, decided);

export const cellsOf = (row: object): ReadonlyMap<string, Cell> | undefined => cells.get(row);
