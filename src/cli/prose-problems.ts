// What is wrong with reports, READMEs, live blocks and charts of one's own, for `journal check`: found without a site.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyse } from "../analysis/analyse.ts";
import type { Analysis, StudyAnalysis } from "../analysis/study.ts";
import type { Problem } from "../base/problem.ts";
import { readLiveView } from "../build/live-block.ts";
import { openWorlds, type Worlds } from "../build/live-world.ts";
import { markContradictions } from "../build/prose-claims.ts";
import { readmePath, readReports } from "../build/report-files.ts";
import { type ChartPlace, drawUserChart, findChart, listCharts, readChartFile } from "../build/user-chart.ts";
import { scanBody } from "../markdown/body.ts";
import { findFences } from "../markdown/fences.ts";
import { toHtml } from "../markdown/html.ts";
import { findLiveFences } from "../markdown/live-fences.ts";
import { removeBlocks } from "../markdown/markers.ts";
import type { Journal } from "../store/journal.ts";
import { bodyClaims, tableClaims } from "./body-claims.ts";
import { deadLinksOf, type Exists, finder } from "./dead-links.ts";

/** A text that may hold links, blocks and numbers. */
interface Source {
  readonly path: string;
  readonly text: string;
  readonly bodyStart: number;
  /** Name of the study it belongs to; reports have none. */
  readonly home?: string;
  /** Somebody's account of runs, not a run. */
  readonly prose: boolean;
}

interface Context {
  readonly journal: Journal;
  readonly analysis: () => Analysis;
  readonly worlds: Worlds;
  readonly exists: Exists;
}

/** A larger journal takes a moment to read: its runs' own prose is asked for with `--strict`. */
const usually = 5000;

/** The runs are analysed only when something is about them. */
export async function proseProblems(journal: Journal, strict: boolean): Promise<readonly Problem[]> {
  let made: Analysis | undefined;
  const analysis = (): Analysis => (made ??= analyse(journal.files(), journal.settings, journal.studies));
  const context = { journal, analysis, worlds: openWorlds(journal, analysis), exists: finder(journal.root) };
  const sources = sourcesOf(journal);
  const problems: Problem[] = sources.flatMap(({ problems: own }) => own);
  for (const source of sources)
    problems.push(...linkProblems(source, context), ...claimProblems(source, context), ...(await blockProblems(source, context)));
  if (strict || journal.files().length <= usually) problems.push(...bodyClaims(journal, context.worlds.now()));
  for (const { path } of listCharts(journal.root)) problems.push(...(await fileProblems(path, context)));
  return problems;
}

/** Files outside of the runs that `check` can be asked about. */
export function proseFiles(journal: Journal): readonly string[] {
  return [
    ...readReports(journal.root).map(({ path }) => path),
    ...readmes(journal).map(({ path }) => path),
    ...listCharts(journal.root).map(({ path }) => path),
  ];
}

function sourcesOf(journal: Journal): readonly (Source & { readonly problems: readonly Problem[] })[] {
  const runs = journal.files().filter(({ body, broken }) => body.live === true && broken !== true);
  return [
    ...readReports(journal.root).map((report) => ({ ...report, prose: true })),
    ...readmes(journal).map((readme) => ({ ...readme, problems: [] })),
    ...runs.map(({ path, study }) => {
      const text = readFileSync(join(journal.root, path), "utf8");
      return { path, text, bodyStart: findFences(text)?.bodyStart ?? 0, home: study, prose: false, problems: [] };
    }),
  ];
}

function readmes({ root, studies }: Journal): readonly Source[] {
  return [...studies.keys()].flatMap((home) => {
    const path = readmePath(home);
    const file = join(root, path);
    return existsSync(file) ? [{ path, text: readFileSync(file, "utf8"), bodyStart: 0, home, prose: true }] : [];
  });
}

/** Those of runs are told where runs are checked; what `journal index` wrote is not the author's. */
function linkProblems({ path, text, bodyStart, prose }: Source, { exists }: Context): readonly Problem[] {
  if (!prose) return [];
  const own = text.slice(0, bodyStart) + removeBlocks(text.slice(bodyStart));
  return deadLinksOf({ path, links: scanBody(own, bodyStart).facts.links }, () => own, exists);
}

function claimProblems({ path, text, bodyStart, prose }: Source, { worlds }: Context): readonly Problem[] {
  const body = prose ? removeBlocks(text.slice(bodyStart)) : "";
  if (!/[A-Za-z]{2}\d{3}/.test(body)) return [];
  const line = text.slice(0, bodyStart).split("\n").length;
  const { problems } = markContradictions(toHtml(body), worlds.now(), { path, markdown: body, line });
  return [...problems, ...tableClaims(body, line - 1, path, worlds.now())];
}

async function blockProblems({ path, text, bodyStart, home }: Source, context: Context): Promise<readonly Problem[]> {
  const body = text.slice(bodyStart);
  const above = text.slice(0, bodyStart).split("\n").length - 1;
  const problems: Problem[] = [];
  for (const { kind, line, bodyStart: start, bodyEnd } of findLiveFences(body)) {
    const block = { kind, text: dedented(body.slice(start, bodyEnd)), path, line: line + above };
    if (kind === "vega-lite") {
      problems.push(...(await drawUserChart(block, placeOf(studiesFor(home, context), context))).problems);
      continue;
    }
    const view = readLiveView(block, context.worlds, { slug: "check", screen: false, ...(home === undefined ? {} : { home }) });
    const missing = view.file === undefined ? undefined : findChart(context.journal.root, view.file);
    problems.push(...view.problems, ...(missing !== undefined && "code" in missing ? [{ ...missing, path, line: block.line }] : []));
  }
  return problems;
}

/** A fence in a list or a quote is set in. */
function dedented(text: string): string {
  const [, margin = ""] = /^([ \t>]*)/.exec(text) ?? [];
  return margin === "" ? text : text.replace(/^[ \t>]+/gm, (space) => space.slice(Math.min(margin.length, space.length)));
}

const placeOf = (studies: readonly StudyAnalysis[], { journal }: Context): ChartPlace => ({ slug: "check", studies, journal });

function studiesFor(home: string | undefined, { analysis }: Context): readonly StudyAnalysis[] {
  const { studies } = analysis();
  return home === undefined ? studies : studies.filter(({ settings }) => settings.name === home);
}

async function fileProblems(path: string, context: Context): Promise<readonly Problem[]> {
  const text = readChartFile(context.journal.root, path);
  return "code" in text ? [text] : (await drawUserChart(text, placeOf(context.analysis().studies, context))).problems;
}
