// What of a lineage is shown: the way to the best, what was kept and what led there. The rest is folded where it grew.

import type { Descendant, Descent } from "../analysis/descent.ts";
import type { Group } from "../analysis/study.ts";

/** What grew from a run and is not shown. */
export interface Fold {
  /** Absent for runs without a base. */
  readonly base?: Descendant;
  /** All of it, newest first. */
  readonly tries: readonly Descendant[];
  readonly kept: number;
  readonly undecided: number;
}

/** A row, in no order yet. */
export type Shown =
  | { readonly kind: "run"; readonly node: Descendant; readonly fold?: Fold }
  /** A part of the way to the best that is left out. */
  | { readonly kind: "gap"; readonly newest: Descendant; readonly oldest: Descendant; readonly steps: number; readonly tries: number };

export interface Selection {
  readonly shown: ReadonlyMap<Descendant, Shown>;
  readonly onPath: ReadonlySet<Descendant>;
  readonly gap?: Extract<Shown, { kind: "gap" }>;
  /** Runs without a base of which none was kept, and those for which there was no room. */
  readonly rest?: Fold;
}

/** Of a run with all that grew from it by its first base. */
interface Branch {
  size: number;
  /** Runs to show: kept ones, running ones, and those that led there. */
  live: number;
}

const mostRows = 140;
const mostPath = 100;
const oldestOfPath = 20;
const largestBranch = 40;
/** Where nobody decided anything all are shown up to so many. */
const mostUndecided = 60;

export function selectLineage(descent: Descent, baseline: Group | undefined): Selection {
  const { all, path } = descent;
  const onPath = new Set(path);
  const decided = all.some(({ group }) => group.decision === "keep");
  const isLive = ({ group }: Descendant): boolean =>
    group.decision === "keep" || group.status === "running" || group === baseline || (!decided && all.length <= mostUndecided);
  const tree = growTree(all);
  const branches = weigh(tree.order, (node) => onPath.has(node) || isLive(node), tree);
  const visible = new Set<Descendant>();
  const gap = showPath(path, visible);
  let room = mostRows - visible.size;
  const expand = (node: Descendant): void => {
    const live = branches.get(node)?.live ?? 0;
    if (live === 0 || live > room) return;
    room -= live;
    for (const one of liveIn(node, tree, branches)) visible.add(one);
  };
  for (const node of path.toReversed()) {
    if (!visible.has(node)) continue;
    for (const child of tree.children(node).toReversed())
      if (!onPath.has(child) && (branches.get(child)?.live ?? 0) <= largestBranch) expand(child);
  }
  const roots = tree.roots.filter((root) => !visible.has(root) && !onPath.has(root)).toReversed();
  for (const root of roots) expand(root);
  const shown = new Map<Descendant, Shown>();
  for (const node of visible) {
    const fold = foldOf(node, tree, visible, onPath);
    shown.set(node, { kind: "run", node, ...(fold === undefined ? {} : { fold }) });
  }
  const left = roots.filter((root) => !visible.has(root)).flatMap((root) => everyIn(root, tree));
  const told = gap === undefined ? undefined : { ...gap, tries: triesIn(gap, path, tree, onPath) };
  return {
    shown,
    onPath,
    ...(told === undefined ? {} : { gap: told }),
    ...(left.length === 0 ? {} : { rest: countFold(left) }),
  };
}

interface Tree {
  readonly roots: readonly Descendant[];
  /** Children before their bases. */
  readonly order: readonly Descendant[];
  /** Those that have it as their first base, in order. */
  readonly children: (node: Descendant) => readonly Descendant[];
}

function growTree(all: readonly Descendant[]): Tree {
  const children = new Map<Descendant, Descendant[]>();
  const roots: Descendant[] = [];
  for (const node of all) {
    const [base] = node.parents;
    if (base === undefined) roots.push(node);
    else {
      const known = children.get(base);
      if (known === undefined) children.set(base, [node]);
      else known.push(node);
    }
  }
  const of = (node: Descendant): readonly Descendant[] => children.get(node) ?? [];
  const down: Descendant[] = [...roots];
  for (let at = 0; at < down.length; at += 1) {
    const node = down[at];
    if (node !== undefined) for (const child of of(node)) down.push(child);
  }
  return { roots, order: down.reverse(), children: of };
}

function weigh(order: readonly Descendant[], isLive: (node: Descendant) => boolean, { children }: Tree): ReadonlyMap<Descendant, Branch> {
  const branches = new Map<Descendant, Branch>();
  for (const node of order) {
    const branch = { size: 1, live: 0 };
    for (const child of children(node)) {
      const own = branches.get(child);
      branch.size += own?.size ?? 0;
      branch.live += own?.live ?? 0;
    }
    if (branch.live > 0 || isLive(node)) branch.live += 1;
    branches.set(node, branch);
  }
  return branches;
}

/** All of it, or both its ends. */
function showPath(path: readonly Descendant[], visible: Set<Descendant>): Omit<Extract<Shown, { kind: "gap" }>, "tries"> | undefined {
  const newest = path.slice(oldestOfPath - mostPath);
  const left = path.length <= mostPath ? [] : path.slice(oldestOfPath, oldestOfPath - mostPath);
  for (const node of path.length <= mostPath ? path : [...path.slice(0, oldestOfPath), ...newest]) visible.add(node);
  const [first, last] = [left[0], left.at(-1)];
  return first === undefined || last === undefined ? undefined : { kind: "gap", newest: last, oldest: first, steps: left.length };
}

function triesIn(
  { newest, oldest }: Pick<Extract<Shown, { kind: "gap" }>, "newest" | "oldest">,
  path: readonly Descendant[],
  tree: Tree,
  onPath: ReadonlySet<Descendant>,
): number {
  const part = path.slice(path.indexOf(oldest), path.indexOf(newest) + 1);
  return part.reduce((sum, node) => sum + outside(node, tree, onPath).reduce((all, child) => all + everyIn(child, tree).length, 0), 0);
}

const outside = (node: Descendant, { children }: Tree, onPath: ReadonlySet<Descendant>): readonly Descendant[] =>
  children(node).filter((child) => !onPath.has(child));

function liveIn(root: Descendant, { children }: Tree, branches: ReadonlyMap<Descendant, Branch>): readonly Descendant[] {
  const found = [root];
  for (let at = 0; at < found.length; at += 1) {
    const node = found[at];
    if (node !== undefined) for (const child of children(node)) if ((branches.get(child)?.live ?? 0) > 0) found.push(child);
  }
  return found;
}

function everyIn(root: Descendant, { children }: Tree): readonly Descendant[] {
  const found = [root];
  for (let at = 0; at < found.length; at += 1) {
    const node = found[at];
    if (node !== undefined) for (const child of children(node)) found.push(child);
  }
  return found;
}

/** The way to the best is never folded. */
function foldOf(node: Descendant, tree: Tree, visible: ReadonlySet<Descendant>, onPath: ReadonlySet<Descendant>): Fold | undefined {
  const hidden = outside(node, tree, onPath).filter((child) => !visible.has(child));
  const tries = hidden.flatMap((child) => everyIn(child, tree));
  return tries.length === 0 ? undefined : { base: node, ...countFold(tries) };
}

function countFold(tries: readonly Descendant[]): Omit<Fold, "base"> {
  return {
    tries: tries.toReversed(),
    kept: tries.filter(({ group }) => group.decision === "keep").length,
    undecided: tries.filter(({ group }) => group.decision === undefined && group.status === "finished").length,
  };
}
