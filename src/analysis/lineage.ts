// Who was made from whom, and in which order.

import { compareCodes } from "../query/compare.ts";
import { instantOf, numberOf } from "../query/fields.ts";
import type { RunFile } from "../record/experiment.ts";
import { type IdIndex, indexIds, resolve } from "../record/reference.ts";

export interface Lineage {
  /** All runs by start, number, id; runs without a date come last. */
  readonly order: readonly RunFile[];
  readonly index: IdIndex;
  /** By id; of two files with one id the first in order. */
  readonly byId: ReadonlyMap<string, RunFile>;
  readonly bases: ReadonlyMap<RunFile, readonly RunFile[]>;
  /** References that lead nowhere or to several runs, as written. */
  readonly missing: ReadonlyMap<RunFile, readonly string[]>;
  /** Bases left out: each would have closed a circle as its newest edge. */
  readonly cut: ReadonlyMap<RunFile, readonly RunFile[]>;
  readonly children: ReadonlyMap<RunFile, readonly RunFile[]>;
}

export function trace(files: readonly RunFile[]): Lineage {
  const order = inOrder(files);
  const index = indexIds(order);
  const byId = new Map<string, RunFile>();
  for (const file of order) if (!byId.has(file.run.id)) byId.set(file.run.id, file);
  const wanted = new Map<RunFile, RunFile[]>();
  const missing = new Map<RunFile, string[]>();
  for (const file of order) {
    for (const reference of file.run.base) {
      const base = fileOf(reference, index, byId);
      if (base === undefined) push(missing, file, reference);
      else if (!wanted.get(file)?.includes(base)) push(wanted, file, base);
    }
  }
  return { order, index, byId, missing, ...withoutCircles(order, wanted) };
}

/** The run a reference names, when it names exactly one. */
export function fileOf(reference: string, index: IdIndex, byId: ReadonlyMap<string, RunFile>): RunFile | undefined {
  const found = resolve(reference, index);
  return "id" in found ? byId.get(found.id) : undefined;
}

interface Keyed {
  readonly file: RunFile;
  readonly start: number;
  readonly number: number;
}

/** Dates are read once per run, however often the journal is analysed. */
const keys = new WeakMap<RunFile, Keyed>();

function keyOf(file: RunFile): Keyed {
  const known = keys.get(file);
  if (known !== undefined) return known;
  const { run } = file;
  const start = run.run?.started ?? run.date;
  const made = {
    file,
    start: (start === undefined ? undefined : instantOf(start)) ?? Number.POSITIVE_INFINITY,
    number: numberOf(run.id) ?? Number.POSITIVE_INFINITY,
  };
  keys.set(file, made);
  return made;
}

function inOrder(files: readonly RunFile[]): readonly RunFile[] {
  const keyed = files.map(keyOf);
  keyed.sort((left, right) => {
    if (left.start !== right.start) return left.start - right.start;
    if (left.number !== right.number) return left.number - right.number;
    return compareCodes(left.file.run.id, right.file.run.id) || compareCodes(left.file.path, right.file.path);
  });
  return keyed.map(({ file }) => file);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Edges are added from the oldest run to the newest; one that would close a circle is cut. A base older than its run cannot, unless some base is younger. */
function withoutCircles(
  order: readonly RunFile[],
  wanted: ReadonlyMap<RunFile, readonly RunFile[]>,
): Pick<Lineage, "bases" | "cut" | "children"> {
  const position = new Map(order.map((file, at) => [file, at]));
  const backwards = order.every((file) => (wanted.get(file) ?? []).every((base) => (position.get(base) ?? 0) < (position.get(file) ?? 0)));
  const bases = new Map<RunFile, RunFile[]>();
  const cut = new Map<RunFile, RunFile[]>();
  const children = new Map<RunFile, RunFile[]>();
  const islands = new Islands();
  for (const file of order) {
    for (const base of wanted.get(file) ?? []) {
      if (!backwards && !islands.join(file, base) && reaches(base, file, bases)) push(cut, file, base);
      else {
        push(bases, file, base);
        push(children, base, file);
      }
    }
  }
  return { bases, cut, children };
}

function reaches(from: RunFile, to: RunFile, bases: ReadonlyMap<RunFile, readonly RunFile[]>): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) return true;
    for (const base of bases.get(next) ?? []) {
      if (seen.has(base)) continue;
      seen.add(base);
      open.push(base);
    }
  }
  return false;
}

/** Disjoint sets. Two runs on different islands are joined by no path yet, so that no circle has to be looked for. */
export class Islands {
  private readonly parents = new Map<unknown, unknown>();

  find(item: unknown): unknown {
    let root = item;
    for (let up = this.parents.get(root); up !== undefined; up = this.parents.get(root)) root = up;
    for (let next = item; next !== root; ) {
      const up = this.parents.get(next);
      this.parents.set(next, root);
      next = up;
    }
    return root;
  }

  /** True when the two were apart; the root of `into` stays. */
  join(item: unknown, into: unknown): boolean {
    const one = this.find(item);
    const other = this.find(into);
    if (one === other) return false;
    this.parents.set(one, other);
    return true;
  }
}
