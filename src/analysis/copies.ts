// Repetitions that repeated nothing: a program that ran again with the same seed gives the same numbers to the last digit. Counting them as
// independent values would be false confidence.

import type { Reading, RunFile } from "../record/experiment.ts";
import { seedText } from "../record/seed.ts";
import { finite, mean, sd } from "./statistics.ts";
import type { Group, Member, MetricView } from "./study.ts";

/** One value, however often it was written down. Times of a program that always gives the same result are repeats all the same. */
export function countsOnce({ identical }: Pick<Group, "identical">, { duration }: Pick<MetricView, "duration">, reading: Reading): boolean {
  return reading.n > 1 && (duration ? reading.sd === 0 : identical);
}

/**
 * The members with the slots emptied whose qualities all equal those of an earlier one. Equal by chance are only short numbers: a copy has one of
 * seven digits or more, or the seed of the other.
 */
export function withoutCopies(
  members: readonly Member[],
  isQuality: (name: string) => boolean,
): { members: readonly Member[]; copies: number } {
  if (areDistinct(members, isQuality)) return { members, copies: 0 };
  const seen = new Set<string>();
  let copies = 0;
  const cleared = members.map((member): Member => {
    const qualities = [...member.readings].filter(([name]) => isQuality(name));
    const slots = Math.max(0, ...qualities.map(([, { values }]) => values.length));
    const copied = new Set<number>();
    for (let at = 0; at < slots; at++) {
      const key = keyOf(member.file, qualities, at);
      if (key === undefined) continue;
      if (seen.has(key)) copied.add(at);
      seen.add(key);
    }
    copies += copied.size;
    if (copied.size === 0) return member;
    const readings = new Map([...member.readings].map(([name, reading]) => [name, isQuality(name) ? without(reading, copied) : reading]));
    return { file: member.file, readings };
  });
  return { members: cleared, copies };
}

/** No value of some quality occurs twice, so that nothing can be a copy: what is nearly always so. */
function areDistinct(members: readonly Member[], isQuality: (name: string) => boolean): boolean {
  const qualities = [...(members[0]?.readings ?? [])].filter(([name]) => isQuality(name));
  const slots = Math.max(0, ...qualities.map(([, { values }]) => values.length));
  return qualities.some(([name, { values }]) => values.length === slots && isDistinct(members, name));
}

function isDistinct(members: readonly Member[], name: string): boolean {
  const seen = new Set<number>();
  for (const { readings } of members) {
    for (const value of readings.get(name)?.values ?? [null]) {
      if (value === null || seen.has(value)) return false;
      seen.add(value);
    }
  }
  return seen.size > 0;
}

function keyOf({ run }: RunFile, qualities: readonly (readonly [string, Reading])[], at: number): string | undefined {
  const values = qualities.map(([name, { values }]) => [name, values[at] ?? null] as const);
  if (values.every(([, value]) => value === null)) return undefined;
  const seed = run.repeats[at]?.seed ?? seedText(run.config["seed"]);
  const long = values.some(([, value]) => value !== null && isLong(value));
  return long ? JSON.stringify(values) : seed === undefined ? undefined : JSON.stringify([seed, values]);
}

const isLong = (value: number): boolean =>
  String(Math.abs(value))
    .replace(/e.*$|\./g, "")
    .replace(/^0+/, "").length >= 7;

function without(reading: Reading, copied: ReadonlySet<number>): Reading {
  const values = reading.values.map((value, at) => (copied.has(at) ? null : value));
  const left = values.filter((value) => value !== null);
  const { mean: _, sd: __, ...rest } = reading;
  const middle = mean(left);
  const spread = finite(sd(left) ?? Number.NaN);
  return {
    ...rest,
    values,
    n: left.length,
    ...(middle === undefined ? {} : { mean: middle }),
    ...(spread === undefined ? {} : { sd: spread }),
  };
}
