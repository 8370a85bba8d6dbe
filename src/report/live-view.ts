// A live block with the runs of a journal in it: a table or a chart, and the sentence that says what was counted.

import { findImpact } from "../analysis/impact.ts";
import { viewMetrics } from "../analysis/metrics.ts";
import type { StudyAnalysis } from "../analysis/study.ts";
import type { Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import { columnProblems } from "../query/columns.ts";
import { bestTable } from "./best-table.ts";
import type { Chart } from "./chart.ts";
import { comparisonTable } from "./comparison-table.ts";
import { impactTable } from "./impact-table.ts";
import type { LiveBlock } from "./live-block.ts";
import { runsChart } from "./live-chart.ts";
import { compareTable } from "./live-compare.ts";
import { bestAmong, type Chosen, choose, findStudy, shownBest, type World } from "./live-rows.ts";
import { unknownTableColumn, whichStudy } from "./messages.ts";
import { progressChart } from "./progress-chart.ts";
import { runTable } from "./run-table.ts";
import type { Table } from "./table.ts";

/** Part of a sentence; `code` is shown as typed. */
export interface Word {
  readonly text: string;
  readonly code?: true;
}

export interface LiveView {
  readonly title?: string;
  /** "12 runs match `tag:x`", "numbers as of 0f3a9c1". */
  readonly said: readonly (readonly Word[])[];
  readonly table?: Table;
  readonly chart?: Chart;
  /** The same runs in the log: its study and what its address ends in. */
  readonly log?: { readonly study: string; readonly hash: string };
  readonly problems: readonly Problem[];
}

export interface LiveOptions {
  /** Unique on the site. */
  readonly slug: string;
  /** Study of the file that the block stands in; reports have none. */
  readonly home?: string;
  /** For a page, with typographic signs; else for markdown. */
  readonly screen: boolean;
  /** The commit that the world is of, shortened. */
  readonly commit?: string;
}

const usualRows = 50;

export function liveView(block: LiveBlock, world: World, options: LiveOptions): LiveView {
  const studies = studiesOf(block, world, options);
  if (!Array.isArray(studies)) return { said: [], problems: [studies as Problem] };
  const chosen = choose(world, studies, block);
  const stopped = chosen.rows.length === 0 && chosen.problems.some(({ severity }) => severity === "error");
  const made = stopped ? { problems: [] } : makers[block.kind]({ block, world, options, studies, chosen });
  const log = block.asOf === undefined && studies.length === 1 && !stopped ? logOf(block, chosen, studies[0]) : undefined;
  return {
    ...made,
    ...(block.title === undefined ? {} : { title: block.title }),
    said: stopped ? [] : sentences(block, chosen, options),
    ...(log === undefined ? {} : { log }),
    problems: [...chosen.problems, ...made.problems],
  };
}

/** The one that is named, else the file's own, else all that have runs. */
function studiesOf(block: LiveBlock, world: World, { home }: LiveOptions): readonly StudyAnalysis[] | Problem {
  const { studies } = world.analysis;
  const name = block.study ?? home;
  const named = name === undefined ? undefined : findStudy(world, name);
  if (named !== undefined && "code" in named) return named;
  // Runs that are named may be of any study.
  if (block.runs !== undefined && block.study === undefined) return studies;
  if (named !== undefined) return [named];
  const full = studies.filter(({ files }) => files.length > 0);
  if (full.length < 2) return full.length === 1 ? full : studies.slice(0, 1);
  return block.kind === "table" || block.runs !== undefined
    ? full
    : whichStudy(
        block.kind,
        full.map(({ settings }) => settings.name || "."),
      );
}

interface Made {
  readonly table?: Table;
  readonly chart?: Chart;
  readonly problems: readonly Problem[];
}

interface Asked {
  readonly block: LiveBlock;
  readonly world: World;
  readonly options: LiveOptions;
  readonly studies: readonly StudyAnalysis[];
  readonly chosen: Chosen;
}

const makers: Readonly<Record<LiveBlock["kind"], (asked: Asked) => Made>> = {
  table: ({ block, world, options, chosen }) =>
    runTable(chosen.rows, world, {
      ...named(block, options),
      limit: block.limit ?? usualRows,
      screen: options.screen,
      ...(block.columns === undefined ? {} : { columns: block.columns }),
    }),
  chart: (asked) => {
    const made = chartOf(asked);
    return "code" in made ? { problems: [made] } : { chart: made, problems: [] };
  },
  compare: ({ block, world, options, studies, chosen }) => {
    const [study] = studies;
    if (!isNarrowed(block) && study !== undefined) return { table: comparisonTable(study), problems: [] };
    const table = compareTable(chosen.rows.slice(0, block.limit), world, {
      ...named(block, options),
      screen: options.screen,
      ...(block.columns === undefined ? {} : { columns: block.columns }),
    });
    return {
      table,
      problems: columnProblems(
        (block.columns ?? []).map((name) => ({ name })),
        world.words,
      ),
    };
  },
  best: (asked) => picked(bestTable(bestOf(asked)), asked.block),
  impact: (asked) => picked(impactTable(impactOf(asked)), asked.block),
};

const isNarrowed = ({ where, runs }: LiveBlock): boolean => where !== undefined || runs !== undefined;

const named = ({ kind, title }: LiveBlock, { slug }: LiveOptions): { readonly name: string; readonly title: string } => ({
  name: slug,
  title: title ?? (kind === "compare" ? "Comparison" : "Runs"),
});

function chartOf({ block, world, options, studies, chosen }: Asked): Chart | Problem {
  const [study] = studies;
  const { slug } = options;
  const plain = !isNarrowed(block) && block.columns === undefined && block.sort === undefined && block.limit === undefined;
  const progress = plain && study !== undefined ? progressChart(study, slug) : undefined;
  const { columns, title, limit } = block;
  const rows = chosen.rows.slice(0, limit);
  return (
    progress ?? runsChart(rows, world, { slug, ...(title === undefined ? {} : { title }), ...(columns === undefined ? {} : { columns }) })
  );
}

function groupsOf({ studies, chosen }: Asked): { readonly study: StudyAnalysis; readonly groups: StudyAnalysis["groups"] } {
  const [first] = chosen.rows;
  const study = first?.study ?? (studies[0] as StudyAnalysis);
  const asked = new Set(chosen.rows.map(({ group }) => group));
  return { study, groups: study.groups.filter((group) => asked.has(group)) };
}

/** Chosen among the runs of the block alone. */
function bestOf(asked: Asked): StudyAnalysis {
  const { study, groups } = groupsOf(asked);
  return { ...study, best: isNarrowed(asked.block) ? bestAmong(groups, study, asked.world) : shownBest(study, asked.world) };
}

function impactOf(asked: Asked): StudyAnalysis {
  const { study, groups } = groupsOf(asked);
  if (!isNarrowed(asked.block)) return study;
  const { settings, files, runs, ground } = study;
  const metrics = viewMetrics(files, settings);
  const analysed = new Map([...runs.values()].map((run) => [run.file, run]));
  const impact = findImpact(groups, { study: settings, metrics, ...ground, analysed });
  // A ground of its own: what is found among these runs is not what is found among all.
  return { ...study, groups, files: groups.flatMap((group) => group.files), impact, ground: { ...ground } };
}

/** Columns by key or by the words above them; all where none is named. */
function picked(table: Table, { columns, limit }: LiveBlock): Made {
  const rows = table.rows.slice(0, limit);
  if (columns === undefined || columns.length === 0) return { table: { ...table, rows }, problems: [] };
  const keys = table.columns.map(({ key }) => key);
  const found = columns.map((name) =>
    table.columns.findIndex(({ key, label }) => key === name || label.toLowerCase() === name.toLowerCase()),
  );
  const known = found.filter((index) => index !== -1);
  return {
    table: {
      ...table,
      columns: known.flatMap((index) => table.columns[index] ?? []),
      rows: rows.map((row) => known.flatMap((index) => row[index] ?? [])),
    },
    problems: columns.flatMap((name, at) => (found[at] === -1 ? [unknownTableColumn(name, keys, suggest(name, keys))] : [])),
  };
}

function sentences(block: LiveBlock, { rows, files }: Chosen, { commit }: LiveOptions): readonly (readonly Word[])[] {
  const shown =
    block.kind === "table" ? Math.min(rows.length, block.limit ?? usualRows) : Math.min(rows.length, block.limit ?? rows.length);
  const counted = rows.length === files ? plural(rows.length, "run") : `${plural(rows.length, "configuration")} of ${plural(files, "run")}`;
  const first = shown < rows.length ? `, the first ${shown} shown` : "";
  const one = rows.length === 1 && rows.length === files;
  const count: readonly Word[] =
    block.where === undefined
      ? [{ text: `${counted}${first}` }]
      : [
          { text: rows.length === 0 ? "No run matches " : `${counted} ${one ? "matches" : "match"} ` },
          { text: block.where, code: true },
          ...(first === "" ? [] : [{ text: first }]),
        ];
  return [count, ...(commit === undefined ? [] : [[{ text: `numbers as of ${commit}` }]])];
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;

/** The same keys as a view in journal.yaml. */
function logOf({ where, runs, sort, columns, kind }: LiveBlock, { rows }: Chosen, study: StudyAnalysis | undefined): LiveView["log"] {
  const parts = [
    ["where", where],
    ["runs", runs === undefined ? undefined : rows.map(({ group }) => group.first.run.id).join(",")],
    ["sort", sort],
    ["columns", kind === "table" ? columns?.join(",") : undefined],
  ] as const;
  const hash = parts
    .flatMap(([key, value]) => (value === undefined || value === "" ? [] : [`${key}=${encodeURIComponent(value)}`]))
    .join("&");
  return study === undefined ? undefined : { study: study.settings.name, hash };
}
