// One of many tests is significant by chance: p-values as they count when several were looked at. Holm 1979, Benjamini & Hochberg 1995,
// Pocock 1977.

/** For decisions: the chance of one false finding among all stays below the level. In the order given. */
export function holm(ps: readonly number[]): readonly number[] {
  let least = 0;
  return inOrder(ps, (p, at) => {
    least = Math.max(least, Math.min(1, p * (ps.length - at)));
    return least;
  });
}

/** For tables: the expected share of false findings among those called so (the q-value). In the order given. */
export function benjaminiHochberg(ps: readonly number[]): readonly number[] {
  const order = ps.map((_, at) => at).sort((a, b) => (ps[b] ?? 0) - (ps[a] ?? 0));
  const out = [...ps];
  let most = 1;
  for (const [at, index] of order.entries()) {
    most = Math.min(most, ((ps[index] ?? 1) * ps.length) / (ps.length - at));
    out[index] = most;
  }
  return out;
}

function inOrder(ps: readonly number[], adjust: (p: number, at: number) => number): readonly number[] {
  const order = ps.map((_, at) => at).sort((a, b) => (ps[a] ?? 0) - (ps[b] ?? 0));
  const out = [...ps];
  for (const [at, index] of order.entries()) out[index] = adjust(ps[index] ?? 1, at);
  return out;
}

const pocock: readonly number[] = [0.05, 0.0294, 0.0221, 0.0182, 0.0158];

/** The level of each of several looks at growing data, so that all of them together keep 5%. Not planned, or beyond five: an equal share each. */
export function lookLevel(looks: number, planned: boolean): number {
  const count = Math.max(1, Math.ceil(looks));
  return (planned ? pocock[count - 1] : undefined) ?? 0.05 / count;
}
