// What grew from what, configuration by configuration: hidden runs are passed over, circles do not exist, the way to the best is known.

import type { RunFile } from "../record/experiment.ts";
import type { AnalysedRun, Group, StudyAnalysis } from "./study.ts";

export interface Descendant {
  readonly group: Group;
  /** Of the first run; absent only for a second file of one id. */
  readonly run?: AnalysedRun;
  /** The first is the base that it is compared with; the others were merged in. */
  readonly parents: readonly Descendant[];
  /** In order of the runs. */
  readonly children: readonly Descendant[];
  /** Bases in other studies. */
  readonly elsewhere: readonly RunFile[];
  /** Bases that are not in this journal, as written. */
  readonly missing: readonly string[];
  /** Bases that would have closed a circle. */
  readonly cut: readonly RunFile[];
}

export interface Descent {
  /** In order of the runs; no hidden ones. */
  readonly all: readonly Descendant[];
  /** From the first ancestor to the best configuration. */
  readonly path: readonly Descendant[];
}

type Growing = { -readonly [key in keyof Descendant]: Descendant[key] } & {
  readonly parents: Descendant[];
  readonly children: Descendant[];
  readonly elsewhere: RunFile[];
};

export function descentOf({ groups, runs, best, metrics }: Pick<StudyAnalysis, "groups" | "runs" | "best" | "metrics">): Descent {
  const shown = groups.filter(({ first }) => !first.run.hidden);
  const homes = new Map<RunFile, Group>();
  for (const group of groups) for (const file of group.files) homes.set(file, group);
  const nodes = new Map<Group, Growing>();
  for (const group of shown) nodes.set(group, plant(group, runs));
  const order = new Map(shown.map((group, at) => [group, at]));
  const wanted = shown.map((group) => visibleBases(group, homes, runs));
  const backwards = wanted.some((bases, at) => bases.groups.some((base) => (order.get(base) ?? 0) >= at));
  for (const [at, group] of shown.entries()) {
    const node = nodes.get(group);
    const bases = wanted[at];
    if (node === undefined || bases === undefined) continue;
    node.elsewhere.push(...bases.elsewhere);
    for (const base of bases.groups) {
      const parent = nodes.get(base);
      if (parent === undefined || parent === node || (backwards && reaches(parent, node))) continue;
      node.parents.push(parent);
      parent.children.push(node);
    }
  }
  const all = [...nodes.values()];
  const top = bestOf(best, metrics);
  return { all, path: pathTo(top === undefined ? undefined : nodes.get(top)) };
}

const none: readonly never[] = [];

function plant(group: Group, runs: StudyAnalysis["runs"]): Growing {
  const found = runs.get(group.first.run.id);
  const run = found?.file === group.first ? found : undefined;
  const node = { group, parents: [], children: [], elsewhere: [], missing: run?.missing ?? none, cut: run?.cut ?? none };
  return run === undefined ? node : { ...node, run };
}

function bestOf(best: StudyAnalysis["best"], metrics: StudyAnalysis["metrics"]): Group | undefined {
  return (
    best.find(({ goal, group }) => goal.metric === metrics[0]?.name && group !== undefined) ?? best.find(({ group }) => group !== undefined)
  )?.group;
}

interface Bases {
  readonly groups: readonly Group[];
  readonly elsewhere: readonly RunFile[];
}

/** A hidden base is passed over to what it was made from. */
function visibleBases(group: Group, homes: ReadonlyMap<RunFile, Group>, runs: StudyAnalysis["runs"]): Bases {
  const bases = runs.get(group.first.run.id)?.bases ?? none;
  const [only] = bases;
  if (only === undefined) return { groups: none, elsewhere: none };
  const direct = bases.length === 1 ? homes.get(only) : undefined;
  if (direct !== undefined && direct !== group && !direct.first.run.hidden) return { groups: [direct], elsewhere: none };
  const found = new Set<Group>();
  const elsewhere = new Set<RunFile>();
  const seen = new Set<RunFile>();
  const open = [...bases];
  for (let file = open.shift(); file !== undefined; file = open.shift()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const home = homes.get(file);
    if (home === undefined) {
      if (!file.run.hidden) elsewhere.add(file);
    } else if (!home.first.run.hidden) found.add(home);
    else open.push(...(runs.get(home.first.run.id)?.bases ?? []));
  }
  found.delete(group);
  return { groups: [...found], elsewhere: [...elsewhere] };
}

/** Whether the way up from `from` comes to `to`. */
function reaches(from: Descendant, to: Descendant): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) return true;
    for (const parent of next.parents) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      open.push(parent);
    }
  }
  return false;
}

function pathTo(end: Descendant | undefined): readonly Descendant[] {
  const path: Descendant[] = [];
  for (let node = end; node !== undefined; [node] = node.parents) path.push(node);
  return path.reverse();
}
