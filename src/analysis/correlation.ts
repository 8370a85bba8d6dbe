// Ranks, and how sure a correlation of them is: Spearman 1904; Bonett & Wright 2000 for the interval.

/** 1 for the smallest; equal values share the mean of their ranks. */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const ranks = new Map<number, number>();
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1;
    ranks.set(sorted[from] ?? 0, (from + 1 + to) / 2);
    from = to;
  }
  for (let at = 0; at < sorted.length; at++) sorted[at] = ranks.get(values[at] ?? 0) ?? 0;
  return sorted;
}

/** 95%, from three degrees of freedom up. */
export function correlationInterval(rho: number, df: number): { readonly low: number; readonly high: number } | undefined {
  if (df < 2 || Math.abs(rho) >= 1) return undefined;
  const half = 1.96 * Math.sqrt((1 + (rho * rho) / 2) / (df - 1));
  return { low: Math.tanh(Math.atanh(rho) - half), high: Math.tanh(Math.atanh(rho) + half) };
}
