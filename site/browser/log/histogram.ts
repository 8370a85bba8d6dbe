// Twenty bins of a column: of all rows in the background, of those that the filter leaves in front.

export interface Histogram {
  readonly low: number;
  readonly high: number;
  /** Bins of equal ratio instead of equal width. */
  readonly log: boolean;
  readonly all: readonly number[];
  readonly left: readonly number[];
}

export const bins = 20;

/** NaN is no value. Nothing for fewer than two different ones. */
export function histogramOf(values: Float64Array, rows: Int32Array, log = false): Histogram | undefined {
  const scale = scaleOf(values, log);
  if (scale === undefined) return undefined;
  const left = new Array<number>(bins).fill(0);
  for (const row of rows) count(left, values[row] ?? Number.NaN, scale);
  return { ...scale, left };
}

const scales = new WeakMap<Float64Array, ReadonlyMap<boolean, (Scale & Pick<Histogram, "all">) | undefined>>();

/** The same for all rows, whatever is left of them. */
function scaleOf(values: Float64Array, log: boolean): (Scale & Pick<Histogram, "all">) | undefined {
  const known = scales.get(values);
  if (known?.has(log) === true) return known.get(log);
  const range = rangeOf(values);
  const scale = range === undefined ? undefined : { ...range, log: range.low > 0 && (log || isWide(values, range)) };
  const all = new Array<number>(bins).fill(0);
  if (scale !== undefined) for (const value of values) count(all, value, scale);
  const made = scale === undefined ? undefined : { ...scale, all };
  scales.set(values, new Map([...(known ?? []), [log, made]]));
  return made;
}

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
}

function count(into: number[], value: number, scale: Scale): void {
  if (Number.isNaN(value)) return;
  const at = binOf(value, scale);
  into[at] = (into[at] ?? 0) + 1;
}

/** What lies outside counts at the end. */
export function binOf(value: number, { low, high, log }: Scale): number {
  const share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.min(bins - 1, Math.max(0, Math.floor(share * bins)));
}

/** Where a bin begins; `bins` is the end of the last. */
export function edge(at: number, { low, high, log }: Scale): number {
  const share = at / bins;
  return log ? low * (high / low) ** share : low + (high - low) * share;
}

/** From the least to the largest; where a few outliers would squeeze all others into one bin, only as far as the others reach. */
function rangeOf(values: Float64Array): { readonly low: number; readonly high: number } | undefined {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const low = sorted[0];
  const high = sorted.at(-1);
  if (low === undefined || high === undefined || low === high) return undefined;
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? low;
  const inner = { low: at(0.02), high: at(0.98) };
  const squeezed = inner.high > inner.low && high - low > 10 * (inner.high - inner.low) && !(low > 0 && high / low >= wide);
  return squeezed ? inner : { low, high };
}

const wide = 100;

const isWide = (values: Float64Array, { low, high }: { readonly low: number; readonly high: number }): boolean =>
  low > 0 && high / low >= wide && values.every((value) => Number.isNaN(value) || value > 0);

/** The few largest of the values of a column of words, the rest as one. */
export interface Share {
  readonly text: string;
  readonly count: number;
  /** Of all rows with a value. */
  readonly share: number;
}

const mostShares = 5;

export function sharesOf(values: readonly (string | undefined)[], rows: Int32Array): readonly Share[] {
  const counts = new Map<string, number>();
  let all = 0;
  for (const row of rows) {
    const text = values[row];
    if (text === undefined || text === "") continue;
    counts.set(text, (counts.get(text) ?? 0) + 1);
    all += 1;
  }
  const sorted = [...counts].sort(([, left], [, right]) => right - left);
  const shown = sorted.slice(0, mostShares).map(([text, count]): Share => ({ text, count, share: count / all }));
  const rest = sorted.slice(mostShares).reduce((sum, [, count]) => sum + count, 0);
  return rest === 0 ? shown : [...shown, { text: "", count: rest, share: rest / all }];
}
