/** A tape of numbers that every choice is read from: fast-check makes it, prints its seed and replays it. */
export interface Dice {
  below(count: number): number;
  chance(percent: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  some<Item>(items: readonly Item[], most: number): Item[];
}

export function diceOf(tape: readonly number[]): Dice {
  let at = 0;
  const below = (count: number) => (tape[at++ % tape.length]! + at) % count;
  const pick = <Item>(items: readonly Item[]) => items[below(items.length)]!;
  return {
    below,
    pick,
    chance: (percent) => below(100) < percent,
    some(items, most) {
      const left = [...items];
      return Array.from(
        { length: Math.min(items.length, 1 + below(most)) },
        () => left.splice(below(left.length), 1)[0]!,
      );
    },
  };
}
