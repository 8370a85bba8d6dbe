// Small sums that never overflow: a value that cannot be given is absent, never NaN or infinite.

export function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

/** Of finite values; nothing for none. */
export function mean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 0;
  // Scaled, so that the sum of values near the largest number stays a number; from the first value on, so that the mean of
  // equal values is that value to the last digit and their spread is none.
  const scale = largest > 1e300 ? largest : 1;
  const start = (values[0] ?? 0) / scale;
  const average = start + values.reduce((sum, value) => sum + (value / scale - start), 0) / values.length;
  return finite(average * scale);
}

/** Sample standard deviation; nothing below two values. */
export function sd(values: readonly number[]): number | undefined {
  const center = mean(values);
  if (center === undefined || values.length < 2) return undefined;
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value - center)), 0);
  if (largest === 0) return 0;
  const squares = values.reduce((sum, value) => sum + ((value - center) / largest) ** 2, 0);
  return finite(largest * Math.sqrt(squares / (values.length - 1)));
}

export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[sorted.length >> 1];
  if (upper === undefined || sorted.length % 2 === 1) return upper;
  const lower = sorted[(sorted.length >> 1) - 1] ?? upper;
  return lower / 2 + upper / 2;
}
