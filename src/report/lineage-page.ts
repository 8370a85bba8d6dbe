// Where did this come from? The way to the best straight down, what was kept beside it, what was tried and thrown away folded.

import { deltaBetweenGroups } from "../analysis/deltas.ts";
import { type Descendant, type Descent, descentOf } from "../analysis/descent.ts";
import type { Group, MetricView, StudyAnalysis } from "../analysis/study.ts";
import { groupThousands } from "../base/number.ts";
import { dayText, writtenDay } from "./day.ts";
import { emptyStudy } from "./empty-study.ts";
import { filterTerm, logAddress } from "./filter-text.ts";
import { groupRef } from "./group-ref.ts";
import { layRails, type RailItem, type Rails } from "./lineage-rails.ts";
import { type Fold, type Selection, selectLineage } from "./lineage-tree.ts";
import type { Chip, DeltaView, Figure, Notice, PageFrame, RunRef } from "./page.ts";
import { chips, deltaView, runRef, valueText } from "./view.ts";

/** One run: on the rails, or in a fold. */
export interface LineageRun {
  readonly run: RunRef;
  /** Its base, for those who do not see the rails. */
  readonly from?: string;
  /** Bases that were merged in and have no row. */
  readonly also: readonly RunRef[];
  readonly chips: readonly Chip[];
  readonly value?: string;
  readonly delta?: DeltaView;
  readonly date?: string;
  readonly note?: "best" | "baseline";
}

export type LineageRow = { readonly rails: Rails } & (
  | ({ readonly kind: "run" } & LineageRun)
  | {
      readonly kind: "fold";
      readonly text: string;
      readonly id: string;
      /** Instead of the runs themselves, where they are many. */
      readonly log?: string;
      readonly tries: readonly LineageRun[];
    }
  /** A base that is not here, or a part of the way that is left out. */
  | { readonly kind: "stub"; readonly text: string; readonly run?: RunRef }
);

export interface LineagePage {
  readonly frame: PageFrame;
  readonly notices: readonly Notice[];
  /** In a sentence: how many, how the best came about. */
  readonly summary?: string;
  readonly metric?: string;
  readonly figure?: Figure;
  readonly rows: readonly LineageRow[];
  readonly lanes: number;
  /** Runs without a base that are not on the rails. */
  readonly rest?: Omit<Extract<LineageRow, { kind: "fold" }>, "rails" | "kind">;
}

const mostOpen = 50;
const mostFolded = 80;
const longestTitle = 120;

/** Without its picture. */
export function lineagePage(study: StudyAnalysis, frame: PageFrame, descent: Descent = descentOf(study)): LineagePage {
  const shown = study.groups.some(({ first }) => !first.run.hidden);
  const empty = shown ? undefined : emptyStudy(study);
  if (empty !== undefined) return { frame, notices: [empty], rows: [], lanes: 1 };
  const selection = selectLineage(descent, study.baseline);
  const context: Context = {
    study,
    folder: frame.study?.folder ?? "",
    primary: study.primary,
    end: descent.path.at(-1),
    room: { left: mostFolded },
  };
  const items = itemsOf(selection, descent);
  const rails = layRails(items);
  const rows = items.flatMap(({ content }, at): readonly LineageRow[] => {
    const own = rails[at];
    return own === undefined ? [] : [rowOf(content, own, selection, context)];
  });
  return {
    frame,
    notices: alone(descent, study.primary),
    ...(descent.all.length === 1 ? {} : { summary: summary(descent, study) }),
    ...(study.primary === undefined ? {} : { metric: study.primary.label }),
    rows,
    lanes: rails.reduce((most, { lanes }) => Math.max(most, lanes), 1),
    ...(selection.rest === undefined ? {} : { rest: foldRow(selection.rest, context) }),
  };
}

/** One run is no lineage yet. */
function alone({ all }: Descent, primary: MetricView | undefined): readonly Notice[] {
  const [only] = all;
  if (only === undefined || all.length > 1) return [];
  const value = primary === undefined ? undefined : valueText(only.group.readings.get(primary.name), primary);
  const text = `One run so far${value === undefined ? "" : `: ${value}`}. Make the next one:`;
  return [{ kind: "info", text, command: `journal new --base ${only.group.first.run.id}` }];
}

function summary({ all, path }: Descent, { primary }: StudyAnalysis): string {
  const count = `${groupThousands(String(all.length))} ${all.length === 1 ? "configuration" : "configurations"}`;
  const end = path.at(-1);
  if (end === undefined || path.length < 2)
    return end === undefined ? `${count}.` : `${count}; the best, ${end.group.first.run.id}, has no base.`;
  const [start] = path;
  const value = (group: Group | undefined): string | undefined =>
    primary === undefined || group === undefined ? undefined : valueText(group.readings.get(primary.name), primary);
  const [from, to] = [value(start?.group), value(end.group)];
  const steps = `${path.length - 1} ${path.length === 2 ? "step leads" : "steps lead"}`;
  return `${count}. ${steps} from ${start?.group.first.run.id}${from === undefined ? "" : ` (${from})`} to the best, ${end.group.first.run.id}${to === undefined ? "" : ` (${to})`}.`;
}

type Content =
  | { readonly kind: "run"; readonly node: Descendant }
  | { readonly kind: "fold"; readonly fold: Fold }
  | { readonly kind: "stub"; readonly text: string; readonly run?: RunRef };

interface Item extends RailItem<Content> {
  readonly parents: Item[];
}

const makeItem = (content: Content, onPath = false): Item => ({
  content,
  parents: [],
  onPath,
  ...(content.kind === "stub" && !onPath ? { dashed: true } : {}),
});

/** Rows from top to bottom: each run below all that came from it, its fold right above it, what it came from and is not here right below. */
function itemsOf({ shown, onPath, gap }: Selection, { all, path }: Descent): readonly Item[] {
  const items = new Map<Descendant, Item>();
  for (const node of shown.keys()) items.set(node, makeItem({ kind: "run", node }, onPath.has(node)));
  const bridge: Item | undefined = gap === undefined ? undefined : makeItem({ kind: "stub", text: gapText(gap) }, true);
  const above = new Map<Item, Item[]>();
  const link = (child: Item, parent: Item): void => {
    child.parents.push(parent);
    const known = above.get(parent);
    if (known === undefined) above.set(parent, [child]);
    else known.push(child);
  };
  const roots: Item[] = [];
  for (const node of all) {
    const item = items.get(node);
    if (item === undefined) continue;
    for (const parent of node.parents) {
      const own = items.get(parent) ?? (bridge !== undefined && onPath.has(parent) && onPath.has(node) ? bridge : undefined);
      if (own !== undefined) link(item, own);
    }
    for (const stub of stubsOf(node)) link(item, stub);
    if (item.parents.length === 0) roots.push(item);
    else roots.push(...item.parents.filter(({ content }) => content.kind === "stub" && content !== bridge?.content));
    const own = shown.get(node);
    if (own?.kind === "run" && own.fold !== undefined) link(makeItem({ kind: "fold", fold: own.fold }), item);
  }
  const below = gap === undefined ? undefined : items.get(gap.oldest.parents[0] ?? gap.oldest);
  if (bridge !== undefined && below !== undefined) link(bridge, below);
  const first = path[0] === undefined ? undefined : items.get(path[0]);
  const ordered = roots.toReversed().sort((left, right) => Number(leads(right, first)) - Number(leads(left, first)));
  return emit(ordered, above);
}

const leads = (root: Item, first: Item | undefined): boolean => first !== undefined && (root === first || first.parents.includes(root));

function gapText({ steps, newest, oldest, tries }: NonNullable<Selection["gap"]>): string {
  const also = tries === 0 ? "" : `, and ${tries} tries beside them`;
  return `${steps} more steps, ${oldest.group.first.run.id} to ${newest.group.first.run.id}${also}`;
}

function stubsOf({ missing, cut, elsewhere }: Descendant): readonly Item[] {
  const stub = (text: string, run?: RunRef): Item => makeItem({ kind: "stub", text, ...(run === undefined ? {} : { run }) });
  return [
    ...missing.map((id) => stub(`${shorten(id)} is not in this journal`)),
    ...elsewhere.map((file) => stub(`in ${file.study === "" ? "the default study" : `study ${file.study}`}`, runRef(file))),
    ...cut.map((file) => stub("would close a circle, so this line is cut", runRef(file))),
  ];
}

/** Children before parents; the way to the best first, then the newest, the fold last. */
function emit(roots: readonly Item[], above: ReadonlyMap<Item, readonly Item[]>): readonly Item[] {
  const out: Item[] = [];
  const seen = new Set<Item>();
  const open: { readonly item: Item; readonly rest: Item[] }[] = [];
  const enter = (item: Item): void => {
    if (seen.has(item)) return;
    seen.add(item);
    // Taken from the end: the fold comes first there.
    const rest = [...(above.get(item) ?? [])].sort((left, right) => rank(left) - rank(right));
    open.push({ item, rest });
  };
  for (const root of roots) {
    enter(root);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.rest.pop();
      if (next !== undefined) enter(next);
      else {
        out.push(top.item);
        open.pop();
      }
    }
  }
  return out;
}

const rank = ({ content, onPath }: Item): number => (onPath ? 2 : content.kind === "fold" ? 0 : 1);

interface Context {
  readonly study: StudyAnalysis;
  readonly folder: string;
  readonly primary: MetricView | undefined;
  readonly end: Descendant | undefined;
  /** Folded runs that may still be listed. */
  readonly room: { left: number };
}

function rowOf(content: Content, rails: Rails, { shown }: Selection, context: Context): LineageRow {
  if (content.kind === "stub") return { ...content, rails };
  if (content.kind === "fold") return { kind: "fold", rails, ...foldRow(content.fold, context) };
  const { node } = content;
  const also = node.parents.slice(1).filter((parent) => !shown.has(parent));
  return { kind: "run", rails, ...runRow(node, context), also: also.map(({ group }) => groupRef(group)) };
}

const shorten = (text: string, most = longestTitle): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function runRow({ group, run, parents }: Descendant, { study, primary, end }: Context): LineageRun {
  const ref = groupRef(group);
  const reading = primary === undefined ? undefined : group.readings.get(primary.name);
  const value = primary === undefined ? undefined : valueText(reading, primary);
  const delta = primary === undefined ? undefined : deltaView(run?.deltas.get(primary.name), primary);
  const date = dayText(writtenDay(group.first.run));
  const from = parents[0]?.group.first.run.id;
  return {
    run: { ...ref, title: shorten(ref.title) },
    also: [],
    chips: chips(run, 2),
    ...(from === undefined ? {} : { from }),
    ...(value === undefined ? {} : { value }),
    ...(delta === undefined ? {} : { delta }),
    ...(date === undefined ? {} : { date }),
    ...(group === end?.group ? { note: "best" as const } : group === study.baseline ? { note: "baseline" as const } : {}),
  };
}

/** `14 tries from EXP031, none kept, best −0.2 pp` */
function foldRow(fold: Fold, context: Context): Omit<Extract<LineageRow, { kind: "fold" }>, "rails" | "kind"> {
  const { base, tries, kept, undecided } = fold;
  const id = base?.group.first.run.id;
  const count = `${groupThousands(String(tries.length))} ${tries.length === 1 ? "try" : "tries"}`;
  const decisions = kept === 0 ? `none kept${undecided > 0 ? `, ${undecided} undecided` : ""}` : `${kept} kept`;
  const best = bestOf(fold, context);
  const text = [`${count} ${id === undefined ? "without a base" : `from ${id}`}`, decisions, best === undefined ? "" : `best ${best}`]
    .filter(Boolean)
    .join(", ");
  if (tries.length <= mostOpen && tries.length <= context.room.left) {
    context.room.left -= tries.length;
    return { text, id: id ?? "", tries: tries.map((node) => runRow(node, context)) };
  }
  return {
    text,
    id: id ?? "",
    tries: [],
    log: logAddress(context.folder, id === undefined ? "not has:base" : filterTerm("base", "=", id)),
  };
}

/** Against the base where they are compared, else the value. */
function bestOf({ base, tries }: Fold, { primary, study }: Context): string | undefined {
  if (primary?.direction === undefined) return undefined;
  const sign = primary.direction === "max" ? 1 : -1;
  let top: Group | undefined;
  let value = Number.NEGATIVE_INFINITY;
  for (const { group } of tries) {
    const mean = group.status === "finished" ? group.readings.get(primary.name)?.mean : undefined;
    if (mean === undefined || mean * sign <= value) continue;
    top = group;
    value = mean * sign;
  }
  if (top === undefined) return undefined;
  const delta = base === undefined ? undefined : deltaView(deltaBetweenGroups(base.group, top, primary, study), primary);
  return delta?.text ?? valueText(top.readings.get(primary.name), primary);
}
