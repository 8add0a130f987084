export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Wilcoxon's signed-rank test of pairs: how likely differences like these are where neither side is the larger (two
 * sides, normal approximation). Pairs taken one after the other share what else the machine does.
 */
export function rankTest(left: readonly number[], right: readonly number[]): number {
  const differences = left
    .map((value, index) => value - right[index]!)
    .filter((difference) => difference !== 0);
  const ranked = [...differences].sort((a, b) => Math.abs(a) - Math.abs(b));
  const positive = ranked.reduce((sum, difference, index) => (difference > 0 ? sum + index + 1 : sum), 0);
  const count = ranked.length;
  const deviation = Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24);
  const z = Math.abs(positive - (count * (count + 1)) / 4) / deviation;
  return 2 * (1 - normal(z));
}

/** The standard normal distribution function (Abramowitz and Stegun, 26.2.17), for z ≥ 0. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const tail = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429].reduceRight(
    (sum, factor) => (sum + factor) * t,
    0,
  );
  return 1 - (Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}
