// Whether the bare numbers of a metric in % are percent or parts of 1: nobody wrote it, and a wrong guess is a hundred times off.

import type { Reading, RunFile } from "./experiment.ts";
import { formatQuantity } from "./format.ts";

export interface ShareReading {
  readonly percent: boolean;
  /** Why it could be otherwise: nothing to hold it against, or what is usual spoke against the number alone. */
  readonly doubt?: "alone" | "usual";
}

/**
 * `extent` is the largest of its curve, `size` what is picked of it, `usual` what the metric was before; none of them negative, `usual` as a
 * part of 1. Errors begin near 1 and end small, so that `size` is what is held against `usual`.
 */
export function readShare(extent: number, size: number, usual?: number): ShareReading {
  if (extent > 10) return { percent: true };
  const known = usual !== undefined && usual > 0 && size > 0;
  const asPart = known ? apart(size, usual) : 0;
  const asPercent = known ? apart(size / 100, usual) : 0;
  if (extent > 1) {
    if (!known) return { percent: true, doubt: "alone" };
    return asPart < asPercent ? { percent: false, doubt: "usual" } : { percent: true };
  }
  return known && asPart > 1 && asPercent <= 0.5 ? { percent: true, doubt: "usual" } : { percent: false };
}

/** In powers of ten. */
const apart = (one: number, other: number): number => Math.abs(Math.log10(one / other));

/** The same for a curve whose result was recorded: as the reading that holds a point like it, or lies nearer. */
export function curveIsPercent(values: readonly number[], recorded?: number): boolean {
  const sizes = values.map(Math.abs).filter((value) => value > 0 && Number.isFinite(value));
  const extent = sizes.reduce((most, one) => Math.max(most, one), 0);
  const size = Math.abs(recorded ?? 0);
  if (size === 0) return readShare(extent, extent).percent;
  const nearest = (over: number): number =>
    sizes.reduce((least, one) => Math.min(least, apart(one / over, size)), Number.POSITIVE_INFINITY);
  return nearest(100) < nearest(1);
}

/** A reading that a person should see. */
export interface ShareGuess extends ShareReading {
  readonly written: string;
  readonly usual?: number;
}

/** How it was read, why, and what to type so that nothing is guessed. */
export function shareWords(name: string, { percent, written, usual }: ShareGuess): { readonly message: string; readonly hint: string } {
  const signed = percent ? `${written}%` : formatQuantity(Number(written), "%");
  const why = usual === undefined ? "there is no earlier value to hold it against" : `the usual is ${formatQuantity(usual, "%")}`;
  return {
    message: `\`${name}\` is in %, and \`${written}\` came without a sign: read as ${signed}, as ${why}`,
    hint: `let the script say it with its sign: METRIC ${name}=${signed}`,
  };
}

export interface Usual {
  /** Of a metric in %: as a part of 1. */
  readonly value: number;
  readonly unit?: string;
}

interface Place {
  readonly study: string;
  /** Of the run itself, which is not held against itself. */
  readonly id?: string;
  readonly base?: readonly string[];
}

/** What a metric was before: in the base, else in the middle of the study's runs. */
export function usualIn(files: readonly RunFile[], { study, id, base = [] }: Place): (name: string) => Usual | undefined {
  return (name) => {
    const readings = (among: readonly RunFile[]): readonly Reading[] =>
      among.flatMap(({ run }) => run.metrics.find((metric) => metric.name === name)?.after ?? []).filter(({ mean = 0 }) => mean !== 0);
    const own = readings(files.filter(({ run }) => base.includes(run.id)));
    const found = own.length > 0 ? own : readings(files.filter((file) => file.study === study && file.run.id !== id));
    const sizes = found.map(({ mean = 0 }) => Math.abs(mean)).sort((one, other) => one - other);
    const value = sizes[sizes.length >> 1];
    const unit = found.find((reading) => reading.unit !== undefined)?.unit;
    return value === undefined ? undefined : { value, ...(unit === undefined ? {} : { unit }) };
  };
}
