// How much a parameter decides whether a run is among the best: Watanabe, Bansal & Hutter 2023 (PED-ANOVA). The density of its values among
// the best runs is held against that among all, on a grid; their Pearson divergence is its importance.

import { normalBelow } from "./normal.ts";

/** Cells of a numeric parameter's grid. */
const steps = 50;

/** By subject the cell of its value, and how many cells there are; words are cells of their own. */
export interface Cells {
  readonly cells: Int32Array;
  readonly count: number;
  readonly words: boolean;
}

export function wordCells(codes: Int32Array, count: number): Cells {
  return { cells: codes, count, words: true };
}

/** `numbers` of the subjects within [low, high]; NaN where there is none. */
export function numberCells(
  numbers: Float64Array,
  { low, high, log }: { readonly low: number; readonly high: number; readonly log: boolean },
): Cells {
  const scale = log ? Math.log : (value: number): number => value;
  const [from, to] = [scale(low), scale(high)];
  const step = (to - from) / (steps - 1);
  const cells = new Int32Array(numbers.length).fill(-1);
  for (let subject = 0; subject < numbers.length; subject++) {
    const value = numbers[subject] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const at = Math.ceil((scale(value) - from) / step - 0.5);
    cells[subject] = Number.isFinite(at) ? Math.min(Math.max(at, 0), steps - 1) : 0;
  }
  return { cells, count: steps, words: false };
}

/** Divergence of the density of `top` from that of `all`, both counted by cell. */
export function divergence(top: Float64Array, all: Float64Array, words: boolean, bell: Bell = exactBell): number {
  const best = words ? wordDensity(top) : numberDensity(top, bell);
  const every = words ? wordDensity(all) : numberDensity(all, bell);
  let sum = 0;
  for (let cell = 0; cell < every.length; cell++) {
    const density = (every[cell] ?? 0) + 1e-12;
    sum += density * (((best[cell] ?? 0) + 1e-12) / density - 1) ** 2;
  }
  return sum;
}

/** Shares below (k + 1/2) / sigma for k = -count … count. */
export type Bell = (sigma: number, count: number) => Float64Array;

const exactBell: Bell = (sigma, count) => Float64Array.from({ length: 2 * count + 1 }, (_, k) => normalBelow((k - count + 0.5) / sigma));

/** For many estimates whose last digits do not matter: widths within half a percent share a table. */
export function sharedBell(): Bell {
  const tables = new Map<number, Float64Array>();
  return (sigma, count) => {
    const level = Math.round(Math.log(sigma) * 100);
    const key = level * 1000 + count;
    const known = tables.get(key) ?? exactBell(Math.exp(level / 100), count);
    tables.set(key, known);
    return known;
  };
}

/** One kernel for each cell with runs, one as wide as the grid for what was not tried. */
function numberDensity(counts: Float64Array, bell: Bell): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const density = new Float64Array(counts.length);
  const table = bell(widthOf(counts, total), counts.length);
  for (let cell = 0; cell < counts.length; cell++) {
    const count = counts[cell] ?? 0;
    if (count > 0) addKernel(density, table, cell, count / (total + 1));
  }
  const wide = wideKernel(counts.length);
  for (let cell = 0; cell < density.length; cell++) density[cell] = (density[cell] ?? 0) + (wide[cell] ?? 0) / (total + 1);
  return density;
}

const wideKernels = new Map<number, Float64Array>();

/** In its middle, as wide as the grid of so many cells. */
function wideKernel(cells: number): Float64Array {
  const known = wideKernels.get(cells);
  if (known !== undefined) return known;
  const middle = (cells - 1) / 2;
  const below = (edge: number): number => normalBelow((edge - middle) / cells);
  const inside = below(cells - 0.5) - below(-0.5);
  const kernel = new Float64Array(cells).map((_, cell) => (below(cell + 0.5) - below(cell - 0.5)) / inside);
  wideKernels.set(cells, kernel);
  return kernel;
}

function addKernel(density: Float64Array, table: Float64Array, middle: number, weight: number): void {
  const size = density.length;
  const below = (edge: number): number => table[edge - middle + size] ?? 0;
  const inside = below(size - 1) - below(-1);
  for (let cell = 0; cell < size; cell++) density[cell] = (density[cell] ?? 0) + (weight * (below(cell) - below(cell - 1))) / inside;
}

/** Nine tenths of a kernel lie within its own cell. */
const narrowest = 0.5 / 1.64;

/** Scott's rule, with the smaller of the standard deviation and what the quartiles say. */
function widthOf(counts: Float64Array, total: number): number {
  if (total === 0) return narrowest;
  const cells = [...counts.keys()].filter((cell) => (counts[cell] ?? 0) > 0);
  const middle = cells.reduce((sum, cell) => sum + (cell * (counts[cell] ?? 0)) / total, 0);
  const squares = cells.reduce((sum, cell) => sum + (counts[cell] ?? 0) * (cell - middle) ** 2, 0);
  const spread = Math.sqrt(squares / Math.max(1, total - 1));
  const range = reachedBy(cells, counts, Math.floor((total * 3) / 4), true) - reachedBy(cells, counts, Math.floor(total / 4), false);
  return Math.max(1.059 * Math.min(range / 1.34, spread) * total ** -0.2, narrowest);
}

/** The cell at which the count comes to `wanted`, or beyond it. */
function reachedBy(cells: readonly number[], counts: Float64Array, wanted: number, beyond: boolean): number {
  let sum = 0;
  for (const cell of cells) {
    sum += counts[cell] ?? 0;
    if (beyond ? sum > wanted : sum >= wanted) return cell;
  }
  return cells.at(-1) ?? 0;
}

/** A kernel for each word tried, with a little for every other word, and one that holds all alike. */
function wordDensity(counts: Float64Array): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const alone = 1 / (counts.reduce((sum, count) => sum + Number(count > 0), 0) + 1);
  const whole = (total + 1) * (1 + counts.length * alone);
  const floor = 1 / counts.length / (total + 1) + (total * alone) / whole;
  return counts.map((count) => floor + count / whole);
}
