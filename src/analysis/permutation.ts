// Exact permutation tests of a mean: they ask nothing but that the values could have been exchanged. Fisher 1935.

/** Two-sided, over all ways to turn the signs of the differences; nothing beyond twenty pairs. */
export function signFlip(differences: readonly number[]): number | undefined {
  const n = differences.length;
  if (n === 0 || n > 20) return undefined;
  const observed = Math.abs(differences.reduce((sum, one) => sum + one, 0));
  const slack = differences.reduce((sum, one) => sum + Math.abs(one), 0) * 1e-12;
  let far = 0;
  const walk = (at: number, sum: number): void => {
    if (at === n) {
      if (Math.abs(sum) >= observed - slack) far += 1;
      return;
    }
    const one = differences[at] ?? 0;
    walk(at + 1, sum + one);
    walk(at + 1, sum - one);
  };
  walk(0, 0);
  return far / 2 ** n;
}

const mostChoices = 200_000;

/** Two-sided, over all ways to divide the values into two sides of these sizes; nothing where there are more than 200,000. */
export function exchange(first: readonly number[], second: readonly number[]): number | undefined {
  const values = [...first, ...second];
  const size = second.length;
  if (first.length === 0 || size === 0 || choices(values.length, size) > mostChoices) return undefined;
  const total = values.reduce((sum, one) => sum + one, 0);
  const distance = (sum: number): number => Math.abs(sum / size - (total - sum) / first.length);
  const observed = distance(second.reduce((sum, one) => sum + one, 0));
  const slack = values.reduce((most, one) => Math.max(most, Math.abs(one)), 0) * 1e-12;
  let far = 0;
  let all = 0;
  const walk = (at: number, left: number, sum: number): void => {
    if (left === 0) {
      all += 1;
      if (distance(sum) >= observed - slack) far += 1;
      return;
    }
    if (values.length - at < left) return;
    walk(at + 1, left - 1, sum + (values[at] ?? 0));
    walk(at + 1, left, sum);
  };
  walk(0, size, 0);
  return far / all;
}

function choices(n: number, k: number): number {
  let count = 1;
  for (let at = 1; at <= Math.min(k, n - k) && count <= mostChoices; at++) count = (count * (n - at + 1)) / at;
  return count;
}
