// Ticks at calendar steps: of an axis that counts runs in order, and of one that shows true dates.

import { groupThousands } from "../base/number.ts";
import type { DayStart } from "./chart.ts";
import type { Tick } from "./chart-parts.ts";

/** Where each day begins, from the days of all places, 1 the first. A place without a day, or with an earlier one, belongs to the day before. */
export function dayStarts(days: readonly (string | undefined)[]): readonly DayStart[] {
  const starts: DayStart[] = [];
  for (const [index, day] of days.entries()) if (day !== undefined && day > (starts.at(-1)?.day ?? "")) starts.push({ at: index + 1, day });
  return starts;
}

/** A step of the calendar: days of one step share its key. */
interface Step {
  readonly key: (day: string) => string;
  readonly text: (day: string, isFirst: boolean) => string;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const year = (day: string): string => day.slice(0, 4);
const month = (day: string): string => months[Number(day.slice(5, 7)) - 1] ?? "";
/** `3 Nov 2026`, `3 Nov` */
export const dayText = (day: string, isFirst: boolean): string => `${Number(day.slice(8))} ${month(day)}${isFirst ? ` ${year(day)}` : ""}`;
const monthText = (day: string, isFirst: boolean): string => `${month(day)}${isFirst ? ` ${year(day)}` : ""}`;
const dayLength = 86_400_000;
const epochDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayLength;
const years = (count: number): Step => ({ key: (day) => String(Math.floor(Number(year(day)) / count)), text: year });

/** From fine to coarse. */
const steps: readonly Step[] = [
  { key: (day) => day, text: dayText },
  // 1970-01-05 was a Monday.
  { key: (day) => String(Math.floor((epochDay(day) - 4) / 7)), text: dayText },
  { key: (day) => day.slice(0, 7), text: monthText },
  { key: (day) => `${year(day)} ${Math.floor((Number(day.slice(5, 7)) - 1) / 3)}`, text: monthText },
  ...[1, 2, 5, 10, 20, 50, 100].map(years),
];

/** At most `most` ticks of an axis from `from` to `to` that counts; plain numbers where there are no days to tell apart. */
export function orderTicks(starts: readonly DayStart[], from: number, to: number, most: number): readonly Tick[] {
  const first = Math.ceil(from);
  const before = starts.findLast(({ at }) => at <= first);
  const inside = starts.filter(({ at }) => at > first && at <= to);
  const shown = before === undefined ? inside : [{ ...before, at: first }, ...inside];
  if (shown.length < 2) return countTicks(from, to, most);
  return calendarTicks(shown, { gap: (to - from) / (most + 1), most, withFirst: true });
}

interface Room {
  readonly gap: number;
  readonly most: number;
  /** The first day begins a step, wherever in it that is. */
  readonly withFirst: boolean;
}

/** Of the finest step of which there are few enough; every second or third one where of the next step there would be one only. */
function calendarTicks(starts: readonly DayStart[], { gap, most, withFirst }: Room): readonly Tick[] {
  let finer: readonly Tick[] = [];
  for (const step of steps) {
    const isChange = ({ day }: DayStart, index: number): boolean =>
      index === 0 ? withFirst || step === steps[0] : step.key(day) !== step.key(starts[index - 1]?.day ?? "");
    const changes = starts.filter(isChange);
    const apart = spread(changes, gap);
    if (apart.length < 2 && finer.length > 1) return finer;
    if (changes.length <= most) return textsOf(apart, step);
    const every = Math.ceil(changes.length / most);
    const some = changes.filter((_, index) => index % every === 0);
    finer = textsOf(spread(some, gap), step);
  }
  return finer;
}

/** Of ticks that stand too near to each other the later one goes. */
function spread(starts: readonly DayStart[], gap: number): readonly DayStart[] {
  const kept: DayStart[] = [];
  for (const start of starts) if (start.at - (kept.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= gap) kept.push(start);
  return kept;
}

/** The year stands where it is new. */
function textsOf(starts: readonly DayStart[], step: Step): readonly Tick[] {
  return starts.map(({ at, day }, index) => {
    const before = starts[index - 1]?.day;
    return { at, text: step.text(day, before === undefined || year(before) !== year(day)) };
  });
}

/** Whole numbers at even steps: 20, 40, 60. */
export function countTicks(from: number, to: number, most: number): readonly Tick[] {
  const rough = Math.max((to - from) / most, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) if (at > 0) ticks.push({ at, text: groupThousands(String(at)) });
  return ticks;
}

/** Of an axis of milliseconds since 1970 in UTC. */
export function dateTicks(from: number, to: number, most: number): readonly Tick[] {
  const hours = hourTicks(from, to, most);
  if (hours.length > 0) return hours;
  const days = Math.ceil((to - from) / dayLength);
  // Further apart than ten thousand days, months do as well as days.
  const stride = Math.max(1, Math.floor(days / 10_000));
  const starts: DayStart[] = [];
  for (let at = Math.ceil(from / dayLength); at * dayLength <= to; at += stride) {
    starts.push({ at: at * dayLength, day: new Date(at * dayLength).toISOString().slice(0, 10) });
  }
  return calendarTicks(starts, { gap: (to - from) / (most + 1), most, withFirst: false });
}

/** Within three days. */
function hourTicks(from: number, to: number, most: number): readonly Tick[] {
  const hour = dayLength / 24;
  if (to - from > 3 * dayLength) return [];
  const step = ([1, 2, 3, 6, 12, 24].find((count) => (to - from) / (count * hour) <= most) ?? 24) * hour;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const date = new Date(at).toISOString();
    const midnight = date.startsWith("00:00", 11);
    ticks.push({
      at,
      text: midnight || ticks.length === 0 ? `${dayText(date.slice(0, 10), false)} ${date.slice(11, 16)}` : date.slice(11, 16),
    });
  }
  return ticks;
}
