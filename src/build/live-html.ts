// Fences in rendered prose → what they ask for. In this HTML a fence is `<pre><code class="language-…">`, and nothing else looks like it.

import { renderLiveBlock } from "../../site/pages/live-block.tsx";
import type { StudyAnalysis } from "../analysis/study.ts";
import type { Problem } from "../base/problem.ts";
import { findLiveFences } from "../markdown/live-fences.ts";
import type { Chart } from "../report/chart.ts";
import { livePart, saidOf } from "../report/live-part.ts";
import type { Figure } from "../report/page.ts";
import type { SiteContext } from "./context.ts";
import { fromHtmlText } from "./html-text.ts";
import { type BlockText, readLiveView } from "./live-block.ts";
import { explorable, slugOf } from "./live-explore.ts";
import { openWorlds, type Worlds } from "./live-world.ts";
import type { ProseOptions } from "./prose-options.ts";
import { type DrawnPart, drawUserChart, findChart } from "./user-chart.ts";

const fence = /<pre><code class="language-(?:journal-([a-z]{1,20})|(vega-lite))">([^<]*)<\/code><\/pre>/g;

/** `markdown` is what the HTML was made of, for the lines. */
export async function fillLiveBlocks(
  html: string,
  markdown: string,
  site: SiteContext,
  options: ProseOptions,
): Promise<{ readonly html: string; readonly problems: readonly Problem[] }> {
  const fences = findLiveFences(markdown);
  const problems: Problem[] = [];
  const out: string[] = [];
  let at = 0;
  let index = 0;
  for (const match of html.matchAll(fence)) {
    const kind = match[1] ?? "vega-lite";
    const known = fences[index]?.kind === kind ? fences[index] : undefined;
    const line = known === undefined ? undefined : known.line + (options.line ?? 1) - 1;
    const block = { kind, text: fromHtmlText(match[3] ?? ""), path: options.source, ...(line === undefined ? {} : { line }) };
    const made = await makePart(block, slugOf(options.source, line ?? `n${index + 1}`), site, options);
    problems.push(...made.problems);
    out.push(html.slice(at, match.index), renderLiveBlock(made.part, options.path));
    at = match.index + match[0].length;
    index += 1;
  }
  out.push(html.slice(at));
  return { html: out.join(""), problems };
}

async function makePart(block: BlockText, slug: string, site: SiteContext, options: ProseOptions): Promise<DrawnPart> {
  const own = options.study?.study;
  const studies = own === undefined ? site.analysis.studies : [own];
  if (block.kind === "vega-lite") return drawUserChart(block, { slug, studies, journal: site.journal });
  const view = readLiveView(block, worldsOf(site), { slug, screen: true, ...(own === undefined ? {} : { home: own.settings.name }) });
  if (view.file !== undefined) return chartOfFile(block, view.file, view.problems, { site, studies, slug });
  const figure: Figure | undefined = view.chart === undefined ? undefined : await site.figure(explored(view.chart, site));
  const folder = site.studies.find(({ study }) => study.settings.name === view.log?.study)?.folder;
  const part = livePart(view, {
    source: block.text,
    ...(figure === undefined ? {} : { figure }),
    ...(folder === undefined ? {} : { log: `${folder}log.html` }),
  });
  return { part, problems: view.problems };
}

/** A live form is offered where one is planned. */
function explored(chart: Chart, site: SiteContext): Chart {
  if (explorable(site).has(chart.slug)) return chart;
  const { live: _, ...still } = chart;
  return still;
}

interface Drawing {
  readonly site: SiteContext;
  readonly studies: readonly StudyAnalysis[];
  readonly slug: string;
}

/** What is wrong with the chart itself, its own page of the journal tells. */
async function chartOfFile(
  block: BlockText,
  file: string,
  problems: readonly Problem[],
  { site, studies, slug }: Drawing,
): Promise<DrawnPart> {
  const found = findChart(site.journal.root, file);
  if ("code" in found) {
    const here = { ...found, path: block.path, ...(block.line === undefined ? {} : { line: block.line }) };
    const all = [...problems, here];
    return { part: { problems: all.map(saidOf), said: [], source: block.text }, problems: all };
  }
  const { part } = await drawUserChart(found, { slug, studies, journal: site.journal });
  return { part: { ...part, problems: [...problems.map(saidOf), ...part.problems] }, problems };
}

const opened = new WeakMap<SiteContext, Worlds>();

/** The names of all runs are gathered once per site. */
export function worldsOf(site: SiteContext): Worlds {
  const known = opened.get(site) ?? openWorlds(site.journal, () => site.analysis);
  opened.set(site, known);
  return known;
}
