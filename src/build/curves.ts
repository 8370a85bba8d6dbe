// Curves and logs that lie beside a run, and the script that hands a run's curves to the live chart.

import { basename } from "node:path";
import type { RunFile } from "../record/experiment.ts";
import { readCurves, type Series, thin } from "../report/curve-series.ts";
import { publicLog } from "../report/private-facts.ts";
import type { OwnSeries, RunCurves, RunFacts } from "../report/run-facts.ts";
import { type AttachedFile, attachmentsOf, readBytes, readEnd } from "./attachments.ts";
import type { SiteContext } from "./context.ts";
import { runPages } from "./run-pages.ts";

const table = /\.(?:csv|tsv)$/i;
/** As many points of one curve as the live chart is handed. */
const mostPoints = 1000;

const decoder = new TextDecoder();

/** The run's tables; whether they hold curves only their content tells. */
export function tablesOf(site: SiteContext, { path, run }: RunFile): readonly AttachedFile[] {
  return attachmentsOf(site, path, run.id).filter((file) => file.address !== undefined && table.test(file.name));
}

export function curvesAddress(page: string): string {
  return `data/curves/${page}.js`;
}

export function curvesOf(site: SiteContext, file: RunFile, base: RunFile | undefined): RunCurves | undefined {
  const page = runPages(site).get(file.path);
  const series = seriesOf(site, file);
  if (page === undefined || series.length === 0) return undefined;
  const theirs = base === undefined ? [] : seriesOf(site, base);
  const basePage = base === undefined || theirs.length === 0 ? undefined : runPages(site).get(base.path);
  return {
    series,
    base: theirs,
    data: curvesAddress(page),
    ...(basePage === undefined ? {} : { baseData: curvesAddress(basePage) }),
  };
}

/** Of all tables; a name that stands in several is told apart by the file. */
function seriesOf(site: SiteContext, file: RunFile): readonly OwnSeries[] {
  const taken = new Set<string>();
  return tablesOf(site, file).flatMap((one) => {
    const stem = basename(one.name).replace(/\.\w+$/, "");
    const text = decoder.decode(readBytes(site.journal.root, one.path));
    return readCurves(text, stem).map((series): OwnSeries => {
      const name = taken.has(series.name) ? `${series.name} (${stem})` : series.name;
      taken.add(name);
      return { ...series, name, table: one.address ?? "" };
    });
  });
}

/** `window.journal.curves["EXP042-k7f3"] = { series: [{ name, x, points }] }` */
export function curvesScript(site: SiteContext, file: RunFile): string {
  const series = seriesOf(site, file).map(({ name, x, points }): Series => ({ name, x, points: thin(points, mostPoints).map(rounded) }));
  return `((window.journal ??= {}).curves ??= {})[${inScript(file.run.id)}] = ${inScript({ series })};\n`;
}

const rounded = ([x, y]: Series["points"][number]): Series["points"][number] => [x, y === null ? null : Number(y.toPrecision(6))];

/** JSON that a script may hold as it is. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const logs: readonly RegExp[] = [
  /(?:^|\/)log\.txt$/i,
  /(?:^|\/)run\.log$/i,
  /\.log$/i,
  /(?:^|\/)(?:output|stdout|stderr|console)(?:\.txt)?$/i,
];
const lastLines = 20;
const longestLine = 400;

/** What a run that did not come to its end said last. */
export function tailOf(site: SiteContext, file: RunFile): RunFacts["tail"] {
  const { run } = file;
  if (run.status !== "failed" && run.status !== "lost" && run.status !== "running") return undefined;
  const files = attachmentsOf(site, file.path, run.id);
  const log = logs.map((pattern) => files.find(({ name }) => pattern.test(name))).find((found) => found !== undefined);
  const recorded = run.run?.other["log"] ?? run.run?.other["tail"];
  const text =
    log === undefined
      ? typeof recorded === "string" && recorded.includes("\n")
        ? recorded
        : undefined
      : decoder.decode(readEnd(site.journal.root, log.path));
  const lines = text === undefined ? "" : plainLines(text);
  return lines === "" ? undefined : { name: log?.name ?? "the log", text: publicLog(lines, site.journal.settings).text };
}

/** Without colours, and of a line that was drawn again and again only what it showed in the end. */
function plainLines(text: string): string {
  const plain = text.replace(/\x1b\[[0-9;?]{0,20}[ -/]{0,4}[@-~]|\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)|\x1b./g, "");
  return plain
    .split(/\r?\n/)
    .map((line) => line.slice(line.replace(/\r+$/, "").lastIndexOf("\r") + 1).replace(/[\x00-\x08\x0b-\x1f\x7f]/g, ""))
    .filter((line) => line.trim() !== "")
    .slice(-lastLines)
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line))
    .join("\n");
}
