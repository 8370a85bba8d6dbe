// `Epoch [3/5], loss: 0.38, val_acc: 71%`: a line that begins with where it stands and holds nothing but named numbers.
// One word that is neither makes it talk: what is said in sentences is never a metric.

import { readMeasured } from "./number-text.ts";

/** What a line holds that may be one. */
export const countMarks: readonly string[] = ["poch", "POCH", "tep", "STEP", "ter", "ITER"];

const count =
  /[\s,;|([-]*\b(epoch|(?:global_)?step|iteration|iter)[\s:=#[(]{1,3}(\d+(?:\.\d+)?)(?:\s*(?:\/|of)\s*\d+)?(?![\w.])[\])]{0,2}/iy;
const named =
  /[\s,;|:-]*?(?<![\w.+-])([\p{L}_][\w./@-]{0,80}(?: [\p{L}_][\w./@-]{0,80}){0,2}) ?[:=][ \t]{0,4}([^\s,;|]{1,40})(?: (%|[a-zµ]{1,3}(?:\/[a-z]{1,4})?)(?=\s*(?:[,;|]|- |$)))?/iuy;
const longest = 1000;

/** Names and texts, the count first; nothing for talk. A bare integer is rarely a result, so one number at least has a fraction. */
export function countedIn(line: string): readonly (readonly [name: string, text: string])[] {
  const text = line.trim();
  if (text.length > longest || !/^\[?(?:epoch|global_step|step|iter)/i.test(text)) return [];
  const counts: (readonly [string, string])[] = [];
  let at = 0;
  for (let found = take(count, text, at); found !== null; found = take(count, text, at)) {
    counts.push([(found[1] ?? "").toLowerCase(), found[2] ?? ""]);
    at = count.lastIndex;
  }
  const values: (readonly [string, string])[] = [];
  for (let found = take(named, text, at); found !== null; found = take(named, text, at)) {
    values.push([found[1] ?? "", `${found[2] ?? ""}${found[3] ?? ""}`]);
    at = named.lastIndex;
  }
  const result = values.some(([, value]) => /\d\.\d|\de[-+]?\d|%|^[-+]?(?:nan|inf)/i.test(value) && readMeasured(value) !== undefined);
  return counts.length > 0 && result && /^[\s,;|.\])-]*$/.test(text.slice(at)) ? [...counts, ...values] : [];
}

function take(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
