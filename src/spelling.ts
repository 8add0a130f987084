/**
 * The known name that `name` is a slip of the hand away from: other case, or one wrong, missing, additional or swapped
 * letter for each five. Undefined for a known name and for one that is far from all.
 */
export function misspelt(name: string, known: readonly string[]): string | undefined {
  if (known.includes(name)) return undefined;
  return known.find((other) => distance(name.toUpperCase(), other) <= Math.floor(other.length / 5));
}

/** Letters to add, drop, replace or swap with the next (Damerau–Levenshtein, each pair swapped once). */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= from.length; i++) {
    const [above, twoAbove] = [rows[i - 1]!, rows[i - 2]];
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = above[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped =
        twoAbove && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? twoAbove[j - 2]! + 1 : replaced;
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return rows[from.length]![to.length]!;
}
