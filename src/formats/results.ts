// Which curves become metrics of the front matter, and which of their points.

import { directionOf, isDuration, isSize, isSpent, unitOfName } from "../record/guess.ts";
import type { MetricSettings } from "../record/settings.ts";
import { readShare, type ShareGuess, type ShareReading, type Usual } from "../record/share.ts";
import type { Sample, Series } from "./series.ts";
import type { Told } from "./told.ts";

export interface Picked {
  /** As the journal calls it. */
  readonly name: string;
  /** As the command calls it, where that is another name. */
  readonly from?: string;
  /** `best`, `last`, …; absent where there was one point only. */
  readonly pick?: string;
  /** One per repetition: what was measured, as it is written. */
  readonly values: readonly (string | undefined)[];
  /** Of the first repetition. */
  readonly step?: number;
  /** Where percent or part of 1 was a guess that a person should see. */
  readonly guess?: ShareGuess;
}

/** What the declared metrics do not name is taken up to here; the rest stays in the curves. */
const mostOthers = 12;

type Declared = Readonly<Record<string, MetricSettings>>;

export interface Asked {
  readonly declared: Declared;
  /** Names the run has already: from its base, or by hand. */
  readonly known: ReadonlySet<string>;
  /** A point of any series, from disk. */
  readonly valueAt: (repeat: number, name: string, x: number) => number | undefined;
  /** What the metric was before: the base's, else the study's middle. */
  readonly usual?: (name: string) => Usual | undefined;
}

export function pickResults(told: readonly Told[], asked: Asked): readonly Picked[] {
  const names = [...new Set(told.flatMap(({ series }) => [...series.keys()]))];
  const owners = new Map(names.map((name) => [name, ownerOf(name, names, asked.declared)]));
  const declared = names.filter((name) => owners.get(name) !== undefined);
  const others = names.filter((name) => owners.get(name) === undefined && !isShadow(name, names, asked.declared));
  const rank = (name: string): number =>
    asked.known.has(name) ? 0 : isQuality(name, undefined) || isSpent(name) ? 1 : isSingle(told, name) ? 2 : 3;
  const chosen = others.filter((name) => rank(name) < 3).sort((one, other) => rank(one) - rank(other));
  return [...declared, ...chosen.slice(0, mostOthers)].flatMap((name) => pickOne(told, name, owners.get(name), asked) ?? []);
}

/** The declared metric that a curve is. */
function ownerOf(name: string, names: readonly string[], declared: Declared): MetricSettings | undefined {
  if (Object.hasOwn(declared, name)) return declared[name];
  const owner = Object.values(declared).find(({ from }) => from.includes(name));
  if (owner === undefined || names.includes(owner.name)) return undefined;
  return owner.from.find((one) => names.includes(one)) === name ? owner : undefined;
}

/** A further name of a metric whose curve is there already. */
const isShadow = (name: string, names: readonly string[], declared: Declared): boolean =>
  Object.values(declared).some(
    (owner) => owner.from.includes(name) && [owner.name, ...owner.from].some((one) => one !== name && names.includes(one)),
  );

const isSingle = (told: readonly Told[], name: string): boolean => told.every(({ series }) => (series.get(name)?.count ?? 1) === 1);

/** What one wants to be good: no time, no size and nothing that adds up, whose best moment says little. */
function isQuality(name: string, settings: MetricSettings | undefined): boolean {
  if (settings?.goal !== undefined) return true;
  const measured = isDuration(name) || isSize(name) || isSpent(name) || (unitOfName(name) ?? "%") !== "%";
  return !measured && directionOf(name, settings).direction !== undefined;
}

function pickOne(told: readonly Told[], name: string, owner: MetricSettings | undefined, asked: Asked): Picked | undefined {
  const pick = owner?.pick ?? (isQuality(owner?.name ?? name, owner) ? "best" : "last");
  const samples = told.map(({ series }, repeat) => choose(series, repeat, { name, pick, owner, asked }));
  const several = told.some(({ series }) => (series.get(name)?.count ?? 0) > 1);
  const [first] = samples;
  const counted = told.some(({ series }) => series.get(name)?.axis !== "index");
  const curves = told.flatMap(({ series }) => series.get(name) ?? []);
  const share = shareOf(curves, samples, owner, () => asked.usual?.(owner?.name ?? name));
  return {
    name: owner?.name ?? name,
    ...(owner === undefined || owner.name === name ? {} : { from: name }),
    values: samples.map((sample, repeat) =>
      sample === undefined ? undefined : valueText(sample.y, told[repeat]?.series.get(name)?.unit, share),
    ),
    ...(share?.doubt === undefined ? {} : { guess: share }),
    ...(several ? { pick } : {}),
    ...(several && told.length === 1 && counted && first !== undefined ? { step: first.x } : {}),
  };
}

interface Wish {
  readonly name: string;
  readonly pick: string;
  readonly owner: MetricSettings | undefined;
  readonly asked: Asked;
}

function choose(all: Told["series"], repeat: number, { name, pick, owner, asked }: Wish): Sample | undefined {
  const series = all.get(name);
  if (series === undefined) return undefined;
  const at = /^at (best|last|first|min|max) (.+)$/.exec(pick);
  if (at === null) return sampleOf(series, pick, owner) ?? series.last;
  const [, how = "best", other = ""] = at;
  const settings = Object.hasOwn(asked.declared, other) ? asked.declared[other] : undefined;
  const guide = [other, ...(settings?.from ?? [])].map((one) => all.get(one)).find((one) => one !== undefined);
  const place = guide === undefined ? undefined : sampleOf(guide, how, settings)?.x;
  const y = place === undefined ? undefined : asked.valueAt(repeat + 1, name, place);
  return place === undefined || y === undefined ? series.last : { x: place, y };
}

function sampleOf(series: Series, pick: string, owner: MetricSettings | undefined): Sample | undefined {
  if (pick === "first") return series.first;
  if (pick === "min") return series.lowest;
  if (pick === "max") return series.highest;
  if (pick !== "best") return series.last;
  const { direction } = directionOf(owner?.name ?? series.name, owner);
  return direction === "min" ? series.lowest : direction === "max" ? series.highest : series.last;
}

/** How the bare numbers of a metric in % are read, all repetitions alike; nothing where it is in no %, or each has its sign. */
function shareOf(
  curves: readonly Series[],
  samples: readonly (Sample | undefined)[],
  owner: MetricSettings | undefined,
  usually: () => Usual | undefined,
): ShareGuess | undefined {
  const bare = curves.filter(({ unit }) => unit === undefined);
  if (bare.length === 0 || (owner?.unit !== undefined && owner.unit !== "%")) return undefined;
  const usual = usually();
  if (owner?.unit !== "%" && usual?.unit !== "%" && bare.length === curves.length) return undefined;
  const extent = Math.max(0, ...bare.flatMap(({ lowest, highest }) => [Math.abs(lowest?.y ?? 0), Math.abs(highest?.y ?? 0)]));
  const picked = samples.find((sample) => sample !== undefined && Number.isFinite(sample.y) && sample.y !== 0)?.y ?? 0;
  const before = usual === undefined ? {} : { usual: Math.abs(usual.value) };
  return { ...readShare(extent, Math.abs(picked), before.usual), written: shortest(picked), ...before };
}

/** As a person would write it: a share in percent where the metric is one. What was printed with its sign is a part of 1 by now. */
function valueText(value: number, unit: string | undefined, share: ShareReading | undefined): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
  if (unit !== undefined && unit !== "%") return `${shortest(value)} ${unit}`;
  if (unit === undefined && share === undefined) return shortest(value);
  const percent = unit === undefined && share?.percent === true ? value : value * 100;
  return `${shortest(Number(percent.toPrecision(15)))}%`;
}

/** That gives the same number again; one that was single precision without the digits that only the wider format shows. */
export function shortest(value: number): string {
  if (Math.fround(value) === value && !Number.isInteger(value)) {
    for (let digits = 3; digits < 9; digits += 1) {
      const short = Number(value.toPrecision(digits));
      if (Math.fround(short) === value) return String(short);
    }
  }
  return String(value);
}
