// Reports, the charts of the journal, and the views of journal.yaml.

import { renderReport } from "../../site/pages/report.tsx";
import { renderReports } from "../../site/pages/reports.tsx";
import { renderView } from "../../site/pages/view.tsx";
import { pageName } from "../base/address.ts";
import { scanBlocks } from "../markdown/blocks.ts";
import { plainText } from "../markdown/body.ts";
import { joinLines } from "../markdown/lines.ts";
import { removeBlocks } from "../markdown/markers.ts";
import type { View } from "../record/settings.ts";
import { dayText } from "../report/day.ts";
import { saidOf } from "../report/live-part.ts";
import { publicModel, publicName, publicText } from "../report/private.ts";
import type { ReportPage } from "../report/report-page.ts";
import { type ChartPart, firstSentence, type ReportLine, type ViewLink } from "../report/reports-page.ts";
import { viewPage } from "../report/view-page.ts";
import { contentOf, hashOf } from "./attachments.ts";
import type { SiteContext, StudySite } from "./context.ts";
import { readLiveView } from "./live-block.ts";
import { explorable } from "./live-explore.ts";
import { worldsOf } from "./live-html.ts";
import { type Entry, keyOf } from "./plan.ts";
import { planChart } from "./plan-chart.ts";
import { renderProse } from "./prose.ts";
import { wholeKey } from "./prose-key.ts";
import { findNeighbours, placesOf } from "./prose-links.ts";
import type { ReportFile } from "./report-files.ts";
import { drawUserChart, listCharts, readChartFile } from "./user-chart.ts";

export function planReports(site: SiteContext): readonly Entry[] {
  const key = (): string => wholeKey(site);
  return [
    ...findNeighbours(site).map((path) => neighbour(site, path)),
    ...placesOf(site).reports.map((report): Entry => [report.address, { key, make: () => reportHtml(site, report) }]),
    ...exploredCharts(site),
    ["reports.html", { key, make: () => reportsHtml(site) }],
    ...viewPlaces(site).map((place): Entry => [place.address, { key, make: () => viewHtml(site, place) }]),
  ];
}

/** What a chart of a report needs in the browser. */
function exploredCharts(site: SiteContext): readonly Entry[] {
  const [only] = site.studies;
  const home = site.studies.length === 1 && only !== undefined ? { home: only.study.settings.name } : {};
  return [...explorable(site)].map(([slug, block]): Entry => {
    const [address, file] = planChart(site, slug, () => readLiveView(block, worldsOf(site), { slug, screen: true, ...home }).chart);
    return [address, { ...file, key: () => keyOf(wholeKey(site), slug) }];
  });
}

/** A picture or a table beside a report, copied. */
function neighbour(site: SiteContext, path: string): Entry {
  const file = { name: path, path, bytes: 0, inert: false, address: path };
  return [path, { key: () => `${hashOf(site, file)} ${site.journal.settings.site.private}`, make: () => contentOf(site, file) }];
}

async function reportHtml(site: SiteContext, report: ReportFile): Promise<string> {
  const { settings } = site.journal;
  const { address: path, path: source, text, bodyStart } = report;
  const title = publicText(report.title, settings);
  const line = text.slice(0, bodyStart).split("\n").length;
  const [only] = site.studies;
  const study = site.studies.length === 1 && only !== undefined ? { study: only } : {};
  const { html } = await renderProse(site, withoutTitle(text.slice(bodyStart)), { path, source, line, ids: true, ...study });
  const { repository } = placesOf(site);
  const page: ReportPage = {
    frame: site.frame({ path, title, tab: "reports", scripts: scriptsFor(html.includes("<figure")) }),
    title,
    ...bylineOf(site, report),
    prose: publicText(html, settings),
    problems: report.problems.map(saidOf),
    source: {
      path: source,
      ...(repository === undefined ? {} : { url: `${repository}${source.split("/").map(encodeURIComponent).join("/")}` }),
    },
  };
  return renderReport(page);
}

/** The buttons below figures. */
const scriptsFor = (figures: boolean): readonly string[] => (figures ? ["chart"] : []);

function bylineOf(site: SiteContext, { date, author }: ReportFile): { readonly date?: string; readonly author?: string } {
  return {
    ...(date === undefined ? {} : { date: dayText(date) ?? date }),
    ...(author === undefined ? {} : { author: publicName(author, site.journal.settings) }),
  };
}

/** The first heading stands above the page already; its line end stays, so that line numbers stay true. */
function withoutTitle(markdown: string): string {
  const first = scanBlocks(markdown, 0).headings[0];
  if (first?.level !== 1 || markdown.slice(0, first.start).trim() !== "") return markdown;
  return (
    markdown.slice(0, first.start) + markdown.slice(first.start, first.bodyStart).replace(/[^\r\n]/g, "") + markdown.slice(first.bodyStart)
  );
}

async function reportsHtml(site: SiteContext): Promise<string> {
  const path = "reports.html";
  const reports = placesOf(site).reports.map((report) => lineOf(site, report));
  const several = site.studies.length > 1;
  const places = viewPlaces(site);
  const views = site.studies.flatMap((study) => {
    const links = places.filter((place) => place.study === study).map(({ name, address }): ViewLink => ({ name, address }));
    return links.length === 0 ? [] : [{ links, ...(several ? { study: study.title } : {}) }];
  });
  const charts: ChartPart[] = [];
  for (const chart of listCharts(site.journal.root)) charts.push(await chartPart(site, chart));
  const frame = site.frame({ path, title: "Reports", tab: "reports", scripts: scriptsFor(charts.length > 0) });
  return renderReports({ frame, ...publicModel({ reports, views }, site.journal.settings), charts });
}

function lineOf(site: SiteContext, report: ReportFile): ReportLine {
  const body = removeBlocks(withoutTitle(report.text.slice(report.bodyStart)));
  const first = scanBlocks(body, 0).paragraphs.find(({ item }) => item === undefined);
  const lead = first === undefined ? undefined : firstSentence(plainText(joinLines(body.slice(first.start, first.end))));
  return { title: report.title, address: report.address, ...bylineOf(site, report), ...(lead === undefined ? {} : { lead }) };
}

async function chartPart(site: SiteContext, { name, path }: { readonly name: string; readonly path: string }): Promise<ChartPart> {
  const id = `chart-${pageName(name)}`;
  const text = readChartFile(site.journal.root, path);
  if ("code" in text) return { id, title: name, path, part: { problems: [saidOf(text)], said: [] } };
  const { part } = await drawUserChart(text, { slug: id, studies: site.analysis.studies, journal: site.journal });
  const { title = name.replace(/[-_]+/g, " "), ...rest } = part;
  return { id, title, path, part: rest };
}

interface ViewPlace {
  readonly name: string;
  readonly view: View;
  readonly study: StudySite;
  readonly address: string;
}

function viewPlaces(site: SiteContext): readonly ViewPlace[] {
  return site.studies.flatMap((study) => {
    const taken = new Set<string>();
    return Object.entries(site.journal.settings.views).map(([name, view]): ViewPlace => {
      let slug = pageName(name);
      while (taken.has(slug.toLowerCase())) slug += "-";
      taken.add(slug.toLowerCase());
      return { name, view, study, address: `${study.folder}views/${slug}.html` };
    });
  });
}

function viewHtml(site: SiteContext, { name, view, study, address: path }: ViewPlace): string {
  const frame = site.frame({ path, title: name, study, tab: "log" });
  const model = viewPage(name, view, { study: study.study, world: worldsOf(site).now(), log: `${study.folder}log.html` });
  return renderView({ ...publicModel(model, site.journal.settings), frame });
}
