// Curves as they are committed beside a run: one table for each way of counting, thinned so that all together stay small.

import type { Told } from "./recorder.ts";
import { shortest } from "./results.ts";
import type { Axis, Sample, Series } from "./series.ts";
import type { UsagePoint } from "./usage.ts";

export interface Table {
  readonly name: string;
  readonly text: string;
}

/** What all curves of a run may take in the history of git. */
const budget = 64_000;
const fewest = 24;
const most = 500;
const bytesOfRow = 24;
const mostCurves = 200;

const tables: Readonly<Record<Axis, string>> = { step: "curves.csv", epoch: "curves-by-epoch.csv", index: "curves-by-index.csv" };

/** A value that stands alone is no curve. `first` names what must not be left out. */
export function curveTables(told: readonly Told[], first: readonly string[]): readonly Table[] {
  const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length);
  const curves = told
    .flatMap(({ series }, index) =>
      [...series.values()].filter(({ count }) => count > 1).map((one) => ({ series: one, repeat: index + 1 })),
    )
    .sort((one, other) => rank(one.series.name) - rank(other.series.name))
    .slice(0, mostCurves);
  const share = Math.min(Math.max(Math.floor(budget / bytesOfRow / Math.max(curves.length, 1)), fewest), most);
  return (Object.keys(tables) as Axis[]).flatMap((axis) => {
    const own = curves.filter(({ series }) => series.axis === axis);
    if (own.length === 0) return [];
    const repeated = told.length > 1;
    const rows = own.flatMap(({ series, repeat }) =>
      thinned(series, share).map((sample) => row(sample, series, repeated ? repeat : undefined)),
    );
    return [{ name: tables[axis], text: `${axis},metric${repeated ? ",repeat" : ""},value\n${rows.join("")}` }];
  });
}

function row({ x, y }: Sample, { name }: Series, repeat: number | undefined): string {
  return `${shortest(x)},${cell(name)}${repeat === undefined ? "" : `,${repeat}`},${Number.isFinite(y) ? shortest(Number(y.toPrecision(7))) : numberWord(y)}\n`;
}

const numberWord = (value: number): string => (Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");

/** No line end, which a reader of lines would stumble over. */
function cell(name: string): string {
  const plain = name.replace(/[\r\n]+/g, " ");
  return /[",;\t]|^\s|\s$/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** The ends, and of each stretch between them the lowest, the highest and a gap. */
function thinned(series: Series, limit: number): readonly Sample[] {
  const all = series.points();
  if (all.length <= limit) return all;
  const inner = all.slice(1, -1);
  const stretches = Math.max(Math.floor((limit - 2) / 2), 1);
  const kept: (Sample | undefined)[] = [all[0]];
  for (let at = 0; at < stretches; at += 1) {
    const part = inner.slice(Math.floor((at * inner.length) / stretches), Math.floor(((at + 1) * inner.length) / stretches));
    kept.push(...standingOut(part));
  }
  kept.push(all.at(-1));
  return kept.filter((sample) => sample !== undefined);
}

function standingOut(samples: readonly Sample[]): readonly Sample[] {
  const finite = samples.filter(({ y }) => Number.isFinite(y));
  const low = finite.reduce<Sample | undefined>((best, sample) => (best === undefined || sample.y < best.y ? sample : best), undefined);
  const high = finite.reduce<Sample | undefined>((best, sample) => (best === undefined || sample.y > best.y ? sample : best), undefined);
  const gap = samples.find(({ y }) => !Number.isFinite(y));
  return samples.filter((sample) => sample === low || sample === high || sample === gap);
}

const mostUsage = 400;

/** Processors and memory over time; of each stretch the moment with the most memory. */
export function usageTable(points: readonly UsagePoint[]): Table {
  const start = points[0]?.time ?? 0;
  const size = Math.max(1, Math.ceil(points.length / mostUsage));
  const kept = points.filter((point, at) => {
    const from = at - (at % size);
    return points.slice(from, from + size).reduce((most, one) => (one.rss > most.rss ? one : most), points[from] ?? point) === point;
  });
  const gpu = points.some((point) => point.gpu !== undefined);
  const rows = kept.map(({ time, cpu, rss, gpu: load, gpuMemory }) =>
    [
      ((time - start) / 1000).toFixed(1),
      cpu.toFixed(2),
      (rss / 1e9).toFixed(3),
      ...(gpu ? [load ?? "", gpuMemory === undefined ? "" : (gpuMemory / 1e9).toFixed(3)] : []),
    ].join(","),
  );
  return { name: "usage.csv", text: `seconds,processors,memory_gb${gpu ? ",gpu,gpu_memory_gb" : ""}\n${rows.join("\n")}\n` };
}
