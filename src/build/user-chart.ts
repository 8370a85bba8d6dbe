// Charts of somebody's own, from a fence or from `charts/`: read, looked through, drawn apart, looked at again.

import type { StudyAnalysis } from "../analysis/study.ts";
import { sha256 } from "../base/hash.ts";
import { lineStarts, type Problem, place } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import { decode } from "../markdown/decode.ts";
import { parseYaml } from "../markdown/yaml.ts";
import { type Json, plain } from "../record/tree.ts";
import { type LivePart, saidOf } from "../report/live-part.ts";
import { chartFailed, chartSlow, noChartFile, notAChart } from "../report/messages.ts";
import type { Figure } from "../report/page.ts";
import { publicModel } from "../report/private.ts";
import { type UserChart, userChart } from "../report/user-chart.ts";
import type { Journal } from "../store/journal.ts";
import { readBytes } from "../store/read.ts";
import type { Drawn } from "./chart-apart.ts";
import { type ChartCache, type Drawings, openChartCache } from "./chart-cache.ts";
import { namesIn } from "./report-files.ts";
import { findHarm } from "./svg-check.ts";

export interface ChartText {
  readonly text: string;
  /** Of the file it stands in. */
  readonly path: string;
  /** Of the line above its first one: the fence's; 0 for a file of its own. */
  readonly line?: number;
}

export interface DrawnPart {
  readonly part: LivePart;
  readonly problems: readonly Problem[];
}

/** What a chart is drawn for. */
export interface ChartPlace {
  /** Unique on the site. */
  readonly slug: string;
  /** Whose runs it can name. */
  readonly studies: readonly StudyAnalysis[];
  readonly journal: Pick<Journal, "root" | "settings">;
}

/** Never fails: what cannot be drawn says why, with its text below. */
export async function drawUserChart(source: ChartText, { slug, studies, journal }: ChartPlace): Promise<DrawnPart> {
  const found = readChart(source, studies, slug);
  if (!("wide" in found)) return failed(found, source);
  const read = publicModel(found, journal.settings);
  const drawn = await drawOnce(read, slug, journal.root);
  const problem = await problemOf(drawn);
  if (problem !== undefined) return failed([located(problem, source)], source);
  const { wide, narrow } = drawn as { readonly wide: string; readonly narrow: string };
  const { name, title, caption, data } = read;
  const figure: Figure = { slug, name, caption, legend: [], data, wide, narrow };
  return { part: { problems: [], said: [], figure, ...(title === undefined ? {} : { title }) }, problems: [] };
}

/** What can be said without drawing. */
export function readChart(source: ChartText, studies: readonly StudyAnalysis[], slug: string): UserChart | readonly Problem[] {
  const read = parseSpec(source.text);
  if ("problems" in read) return read.problems.map((problem) => located(problem, source));
  const chart = userChart(read.spec, studies, slug);
  return "wide" in chart ? chart : chart.map((problem) => located(problem, source));
}

/** JSON where it is, else YAML, which JSON with comments is too. */
function parseSpec(text: string): { readonly spec: Json } | { readonly problems: readonly Problem[] } {
  const trimmed = text.trim();
  if (trimmed === "") return { problems: [notAChart("nothing is written in it")] };
  if (trimmed.startsWith("{")) {
    try {
      return { spec: JSON.parse(trimmed) as Json };
    } catch {
      // YAML says what is wrong, and where
    }
  }
  const { tree, problems } = parseYaml(text, 0, text.length);
  const errors = problems.filter(({ severity }) => severity === "error");
  return errors.length > 0 || tree === undefined ? { problems: errors } : { spec: plain(tree) };
}

/** What has no place of its own is about the whole chart. */
function located(problem: Problem, { text, path, line = 0 }: ChartText): Problem {
  const { offset, ...rest } = problem;
  if (offset === undefined) return { ...rest, path, line: Math.max(line, 1) };
  const found = place({ ...rest, offset }, path, lineStarts(text));
  return { ...found, line: line + (found.line ?? 1) };
}

const caches = new Map<string, ChartCache>();
const failures = new Map<string, Drawn>();
const mostFailures = 200;

/** Found drawn by an earlier build; what cannot be drawn is not tried again by this process, for `serve` asks at every request. */
async function drawOnce({ wide, narrow, name }: UserChart, slug: string, root: string): Promise<Drawn> {
  const key = sha256(JSON.stringify([wide, narrow, name, slug]));
  const failed = failures.get(key);
  if (failed !== undefined) return failed;
  const cache = caches.get(root) ?? openChartCache(root);
  caches.set(root, cache);
  let drawn: Drawn | undefined;
  const draw = async (): Promise<Drawings> => {
    const { drawApart } = await import("./chart-apart.ts");
    drawn = await drawApart({ wide, narrow, name, slug });
    if ("wide" in drawn) return drawn;
    throw new Error("not drawn");
  };
  try {
    const { wide: large = "", narrow: small = "" } = await cache.find(["own", key], draw);
    return { wide: large, narrow: small };
  } catch (error) {
    if (drawn === undefined || "wide" in drawn) throw error;
    if (failures.size >= mostFailures) failures.clear();
    failures.set(key, drawn);
    return drawn;
  }
}

async function problemOf(drawn: Drawn): Promise<Problem | undefined> {
  if ("stopped" in drawn) return chartSlow((await import("./chart-apart.ts")).patience / 1000);
  const why = "failure" in drawn ? drawn.failure : (findHarm(drawn.wide) ?? findHarm(drawn.narrow ?? ""));
  return why === undefined ? undefined : chartFailed(why.replace(/\s+/g, " ").replace(/\.$/, "").slice(0, 300));
}

function failed(problems: readonly Problem[], { text }: ChartText): DrawnPart {
  return { part: { problems: problems.map(saidOf), said: [], source: text.slice(0, 20_000) }, problems };
}

export const chartFolder = "charts";
const ending = /\.vl\.(?:ya?ml|json)$/i;

/** Files of `charts/`, by name. */
export function listCharts(root: string): readonly { readonly name: string; readonly path: string }[] {
  return namesIn(root, chartFolder)
    .filter((name) => ending.test(name))
    .map((name) => ({ name: name.replace(ending, ""), path: `${chartFolder}/${name}` }));
}

/** The text of a chart of `charts/`, by its name with or without folder and ending. */
export function findChart(root: string, wanted: string): ChartText | Problem {
  const charts = listCharts(root);
  const name = wanted.replace(/^charts\//, "").replace(ending, "");
  const found = charts.find((chart) => chart.name === name);
  const names = charts.map((chart) => chart.name);
  if (found === undefined) return noChartFile(name, names, suggest(name, names));
  return readChartFile(root, found.path);
}

export function readChartFile(root: string, path: string): ChartText | Problem {
  const { bytes, problem } = readBytes(root, path);
  const decoded = bytes === undefined ? { problem } : decode(bytes);
  return decoded.text === undefined ? { ...decoded.problem, path } : { text: decoded.text.replace(/^\ufeff/, ""), path };
}
