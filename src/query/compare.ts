// How two values stand to each other. Every comparison is linear in its texts and the same on every machine (no locale).

/** Two ways to write one number (`0.9087 - 0.01`, `0.8987`) differ in the last binary digits only. */
const dust = 1e-12;

/** Negative, zero, positive. */
export function compareNumbers(left: number, right: number): number {
  if (left === right) return 0;
  const difference = left - right;
  return Math.abs(difference) <= dust * Math.max(Math.abs(left), Math.abs(right)) ? 0 : difference;
}

export const fold = (text: string): string => text.trim().toLowerCase();

const chunk = /\d+|\D+/g;

/** Digits inside compare as numbers, so that EXP9 comes before EXP10 and 3.9 before 3.11; letters without their case. */
export function compareText(left: string, right: string): number {
  const ours = left.toLowerCase().match(chunk) ?? [];
  const theirs = right.toLowerCase().match(chunk) ?? [];
  for (let at = 0; at < Math.min(ours.length, theirs.length); at += 1) {
    const sign = compareChunk(ours[at] ?? "", theirs[at] ?? "");
    if (sign !== 0) return sign;
  }
  return ours.length - theirs.length || compareCodes(left, right);
}

function compareChunk(left: string, right: string): number {
  if (!isDigit(left) || !isDigit(right)) return compareCodes(left, right);
  const ours = left.replace(/^0+/, "");
  const theirs = right.replace(/^0+/, "");
  return ours.length - theirs.length || compareCodes(ours, theirs);
}

const isDigit = (text: string): boolean => text >= "0" && text < ":";

/** By code unit. */
export function compareCodes(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `3.11` and `3.11.7`: as far as the shorter goes, as one says "Python 3.11". */
export function compareVersions(left: string, wanted: string): number {
  const ours = left.match(/\d+|[a-z]+/gi) ?? [];
  const theirs = wanted.match(/\d+|[a-z]+/gi) ?? [];
  for (let at = 0; at < theirs.length; at += 1) {
    const sign = compareChunk((ours[at] ?? "0").toLowerCase(), (theirs[at] ?? "").toLowerCase());
    if (sign !== 0) return sign;
  }
  return 0;
}
