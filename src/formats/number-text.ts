// Numbers as programs print them: no thousands, no prose, but NaN and the infinities of every language.

const numeric = /^[+-]?(?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const lost = /^[+-]?\.?nan$/i;
const endless = /^([+-]?)\.?inf(?:inity)?$/i;
const measured = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([%\p{L}µ°][\p{L}\p{N}µ°%/^]*)$/u;

export function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (numeric.test(trimmed)) return Number(trimmed.replaceAll("_", ""));
  if (lost.test(trimmed)) return Number.NaN;
  const found = endless.exec(trimmed);
  return found === null ? undefined : found[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** A quantity: `0.25`, `1.6 h`; `87.2%` is a fraction. */
export function readMeasured(text: string): { readonly value: number; readonly unit?: string } | undefined {
  const plain = readNumber(text);
  if (plain !== undefined) return { value: plain };
  const [, digits, unit] = measured.exec(text.trim()) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  return { value: unit === "%" ? Number(digits) / 100 : Number(digits), unit };
}
