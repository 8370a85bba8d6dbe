// The right side of a comparison, read once per filter: a number with its unit, a range, a date, a bound on the best.

import { JournalError } from "../base/problem.ts";
import { parseDate } from "../base/time.ts";
import { isDuration, isSize } from "../record/guess.ts";
import { parseQuantity, unitScale } from "../record/quantity.ts";
import { parseReading } from "../record/reading.ts";
import { tree } from "../record/tree.ts";
import { compareNumbers } from "./compare.ts";
import type { Spot, Term } from "./filter.ts";
import type { Operator } from "./lexer.ts";
import * as say from "./messages.ts";
import type { MetricName } from "./vocabulary.ts";

/** A term and what it was typed in, for messages. */
export interface Typed {
  readonly term: Term;
  readonly text: string;
}

export const spotOf = ({ text }: Typed, spot: Spot): say.Place => ({ text, start: spot.start, end: spot.end });

const signs: Readonly<Record<Operator, (sign: number) => boolean>> = {
  "=": (sign) => sign === 0,
  ":": (sign) => sign === 0,
  "!=": (sign) => sign !== 0,
  "<": (sign) => sign < 0,
  "<=": (sign) => sign <= 0,
  ">": (sign) => sign > 0,
  ">=": (sign) => sign >= 0,
  "~": (sign) => sign === 0,
};

export const isOrder = (operator: Operator): boolean => operator.startsWith("<") || operator.startsWith(">");

/** Whether a sign of comparison satisfies the operator. */
export const holds = (operator: Operator, sign: number): boolean => signs[operator](sign);

interface Side {
  readonly low?: Spot;
  readonly high?: Spot;
}

/** `80%..90%`, `..2h`, `2026-11..`: only after an equals sign or a colon. */
function rangeOf({ term }: Typed): Side | undefined {
  const { text, quoted, start } = term.value;
  const dots = text.indexOf("..");
  if (quoted || dots === -1 || isOrder(term.operator) || term.operator === "~") return undefined;
  const side = (from: number, to: number): Spot | undefined => {
    const part = text.slice(from, to);
    const trimmed = part.trim();
    const at = start + from + part.indexOf(trimmed);
    return trimmed === "" ? undefined : { text: trimmed, quoted: false, start: at, end: at + trimmed.length };
  };
  const low = side(0, dots);
  const high = side(dots + 2, text.length);
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

/** The test of a comparison of numbers; `read` turns a side into one, or throws. */
export function numberTest(typed: Typed, read: (spot: Spot) => number): (value: number) => boolean {
  const range = rangeOf(typed);
  const { operator, value } = typed.term;
  if (range === undefined) {
    const wanted = read(value);
    return (found) => holds(operator, compareNumbers(found, wanted));
  }
  const low = range.low === undefined ? Number.NEGATIVE_INFINITY : read(range.low);
  const high = range.high === undefined ? Number.POSITIVE_INFINITY : read(range.high);
  const inside = operator !== "!=";
  return (found) => (compareNumbers(found, low) >= 0 && compareNumbers(found, high) <= 0) === inside;
}

/** A bare or scaled number under a name; undefined where the text is none. */
export function quantityUnder(text: string, name: string): number | undefined {
  return parseQuantity(text, { time: isDuration(name), size: isSize(name) })?.value;
}

/** Read exactly as a value of that metric in a run would be. */
export function metricNumber(typed: Typed, metric: MetricName, spot: Spot): number {
  const place = spotOf(typed, spot);
  const reading = parseReading(tree(spot.text), metric.name).reading;
  const value = reading?.mean;
  if (value === undefined) throw new JournalError(say.notANumber(place, metric.name));
  const dimension = reading?.unit === undefined ? undefined : unitScale(reading.unit)?.dimension;
  const own = metric.unit === undefined ? undefined : unitScale(metric.unit)?.dimension;
  if (dimension === "time" && !metric.duration && own !== "time")
    throw new JournalError(say.wrongUnit(place, metric.name, reading?.unit ?? "", "time"));
  if (metric.unit === "%" && reading?.unit === undefined && reading?.count === undefined && Math.abs(value) > 1)
    throw new JournalError(say.percent(place, metric.name, spot.text));
  return value;
}

const bound = /^best(?:\s?([+-])\s?(\S.*))?$/s;

/** `best`, `best - 1pp`, `best + 10%` (of the best): undefined for any other text. */
export function boundOnBest(typed: Typed, metric: MetricName, spot: Spot, best: number | undefined): number | undefined {
  const match = spot.quoted ? null : bound.exec(spot.text);
  if (match === null) return undefined;
  if (best === undefined) throw new JournalError(say.noBest(spotOf(typed, spot), metric.name));
  const amount = match[2]?.trim();
  if (amount === undefined) return best;
  const share = /^[\d.]{1,20}\s?%$/.test(amount) ? parseQuantity(amount)?.value : undefined;
  const distance =
    share === undefined
      ? metricNumber({ ...typed }, { name: metric.name, names: metric.names, duration: metric.duration }, { ...spot, text: amount })
      : share * Math.abs(best);
  return match[1] === "-" ? best - distance : best + distance;
}

/** What a date is compared with: as much of it as was typed, `2026-11` or a moment. */
interface Moment {
  readonly prefix?: string;
  readonly instant: number;
}

function momentOf(typed: Typed, spot: Spot): Moment {
  if (/^\d{4}(?:-\d{2})?$/.test(spot.text)) return { prefix: spot.text, instant: 0 };
  const date = parseDate(spot.text);
  if (date === undefined) throw new JournalError(say.notADate(spotOf(typed, spot), typed.term.name.text));
  return date.instant === undefined ? { prefix: date.day, instant: 0 } : { instant: date.instant };
}

/** Takes the day as written and the moment of a run. */
export function dateTest(typed: Typed): (day: string, instant: number) => boolean {
  const against = (spot: Spot): ((day: string, instant: number) => number) => {
    const { prefix, instant } = momentOf(typed, spot);
    if (prefix === undefined) return (_, found) => found - instant;
    return (day) => (day.slice(0, prefix.length) < prefix ? -1 : day.slice(0, prefix.length) > prefix ? 1 : 0);
  };
  const range = rangeOf(typed);
  const { operator, value } = typed.term;
  if (range === undefined) {
    const compare = against(value);
    return (day, instant) => holds(operator, compare(day, instant));
  }
  const low = range.low === undefined ? undefined : against(range.low);
  const high = range.high === undefined ? undefined : against(range.high);
  const inside = operator !== "!=";
  return (day, instant) => ((low?.(day, instant) ?? 0) >= 0 && (high?.(day, instant) ?? 0) <= 0) === inside;
}
