// A chart of somebody's own: what their Vega-Lite may hold, the journal's data put in, our look under theirs.

import type { StudyAnalysis } from "../analysis/study.ts";
import type { Problem } from "../base/problem.ts";
import { suggest } from "../base/suggest.ts";
import type { Json } from "../record/tree.ts";
import type { Spec } from "./chart.ts";
import { chartData, type DataName, type DataRow, dataNames, isDataName } from "./chart-data.ts";
import { config } from "./chart-parts.ts";
import { chartClock, chartLoads, chartTooLarge, chartUnknownField, chartWord, chartData as noData, notAChart } from "./messages.ts";
import { cell, left, type Table } from "./table.ts";

export interface UserChart {
  readonly wide: Spec;
  readonly narrow: Spec;
  /** The sentence that stands for the picture. */
  readonly name: string;
  /** Stands above the picture, not in it. */
  readonly title?: string;
  readonly caption: readonly string[];
  readonly data: Table;
}

/** Rows that one chart may draw. */
export const mostDataRows = 10_000;
const mostNodes = 20_000;
const deepest = 60;

type Named = readonly (readonly [DataName, readonly DataRow[]])[];
type Dict = { readonly [key: string]: Json };
const isDict = (value: Json | undefined): value is Dict => typeof value === "object" && value !== null && !Array.isArray(value);

/** Refuses with everything that is wrong. `slug` names the data table. */
export function userChart(spec: Json, studies: readonly StudyAnalysis[], slug: string): UserChart | readonly Problem[] {
  if (!isDict(spec)) return [notAChart("it holds no keys")];
  const kind = wrongKind(spec);
  if (kind !== undefined) return [kind];
  const found = look(spec);
  if (found.problems.length > 0) return found.problems;
  const datasets = isDict(spec["datasets"]) ? spec["datasets"] : {};
  const unknown = [...found.names].filter((name) => !isDataName(name) && !Object.hasOwn(datasets, name));
  if (unknown.length > 0) return unknown.map((name) => noData(name, dataNames, suggest(name, [...dataNames, ...Object.keys(datasets)])));
  const asked = found.data ? [...found.names].filter(isDataName) : (["runs"] as const);
  const named = new Map<DataName, readonly DataRow[]>(asked.map((name) => [name, chartData(name, studies)]));
  const own = rowsIn(spec);
  if (own > mostDataRows) return [chartTooLarge(own, mostDataRows)];
  const fields = unknownFields(spec, found, named);
  if (fields.length > 0) return fields;
  return finish(found.data ? spec : { ...spec, data: { name: "runs" } }, named, slug);
}

const views = ["mark", "layer", "concat", "hconcat", "vconcat", "repeat", "spec"];

function wrongKind(spec: Dict): Problem | undefined {
  if (views.some((key) => spec[key] !== undefined && spec[key] !== null)) return undefined;
  return notAChart(
    "marks" in spec || "signals" in spec ? "it is written in Vega, and only Vega-Lite is drawn" : "it has no `mark`, `layer` or `concat`",
  );
}

interface Look {
  readonly names: Set<string>;
  /** Some data is named or given. */
  data: boolean;
  nodes: number;
  /** Fields that transforms make, and whether one makes fields nobody can foresee. */
  readonly made: Set<string>;
  free: boolean;
  readonly fields: Set<string>;
  readonly problems: Problem[];
}

/** Everything but the data themselves. */
function look(spec: Dict): Look {
  const found: Look = { names: new Set(), data: false, nodes: 0, made: new Set(), free: false, fields: new Set(), problems: [] };
  visit(spec, "", 0, found);
  if (found.nodes > mostNodes) return { ...found, problems: [chartTooLarge(found.nodes, mostNodes)] };
  return found;
}

const loading = new Map([
  ["url", "`url`"],
  ["href", "`href`"],
]);

function visit(value: Json, key: string, depth: number, found: Look): void {
  found.nodes += 1;
  if (found.nodes > mostNodes) return;
  if (depth > deepest) {
    found.problems.push(chartTooLarge(depth, deepest));
    return;
  }
  if (typeof value === "string") checkText(value, key, found);
  else if (Array.isArray(value)) for (const item of value) visit(item as Json, key, depth + 1, found);
  else if (isDict(value)) visitDict(value, depth, found);
}

function visitDict(value: Dict, depth: number, found: Look): void {
  for (const [key, inner] of Object.entries(value)) {
    const what = loading.get(key);
    if (what !== undefined) report(found, chartLoads(what));
    if (key === "signals") report(found, notAChart("`signals` belong to Vega; write `params`"));
    if (key === "datasets") continue;
    if (key === "mark") checkWord(isDict(inner) ? inner["type"] : inner, "mark", marks, found);
    if (key === "type" && ("field" in value || "aggregate" in value)) checkWord(inner, "type", types, found);
    if (key === "data") readData(inner, found);
    if (key === "data" && isDict(inner) && "values" in inner) continue;
    if (key === "field" && typeof inner === "string") found.fields.add(inner);
    if (key === "as" || key === "fold" || key === "groupby") namesIn(inner, found.made);
    if (["pivot", "lookup", "flatten", "repeat", "sample", "density", "regression", "loess", "quantile"].includes(key)) found.free = true;
    visit(inner, key, depth + 1, found);
  }
}

const marks = "arc area bar boxplot circle errorband errorbar geoshape image line point rect rule square text tick trail".split(" ");
const types = ["quantitative", "temporal", "nominal", "ordinal", "geojson"];

/** Vega-Lite itself says little about a word that it does not know. */
function checkWord(word: Json | undefined, what: "mark" | "type", words: readonly string[], found: Look): void {
  if (typeof word === "string" && !words.includes(word.toLowerCase())) report(found, chartWord(word, what, words, suggest(word, words)));
}

function readData(data: Json, found: Look): void {
  found.data = found.data || data !== null;
  if (!isDict(data)) return;
  const { name } = data;
  if (typeof name === "string" && !["values", "url", "sequence", "sphere", "graticule"].some((key) => key in data)) found.names.add(name);
  if (typeof name === "string" && "values" in data) found.names.delete(name);
}

function namesIn(value: Json, into: Set<string>): void {
  if (typeof value === "string") into.add(value);
  else if (Array.isArray(value)) for (const item of value) namesIn(item as Json, into);
}

const expressions = new Set(["calculate", "filter", "test", "expr", "signal", "labelExpr", "value", "update"]);

function checkText(text: string, key: string, found: Look): void {
  if ((key === "mark" || key === "type") && text === "image") report(found, chartLoads("a mark `image`"));
  if (/url\s*\(/i.test(text)) report(found, chartLoads("`url(…)`"));
  const moving = expressions.has(key) ? /\b(now|screen|windowSize|containerSize)\s*\(/.exec(text)?.[1] : undefined;
  if (moving !== undefined) report(found, chartClock(moving));
}

function report(found: Look, problem: Problem): void {
  if (!found.problems.some(({ message }) => message === problem.message)) found.problems.push(problem);
}

function rowsIn(value: Json, key = ""): number {
  if (Array.isArray(value))
    return key === "values" || key === "datasets" ? value.length : value.reduce<number>((sum, item) => sum + rowsIn(item as Json), 0);
  if (!isDict(value)) return key === "values" && typeof value === "string" ? value.split("\n").length : 0;
  return Object.entries(value).reduce(
    (sum, [name, inner]) => sum + (key === "datasets" && Array.isArray(inner) ? inner.length : rowsIn(inner, name)),
    0,
  );
}

/** Only where all data are the journal's and nothing makes fields of its own kind. */
function unknownFields(spec: Dict, found: Look, named: ReadonlyMap<DataName, readonly DataRow[]>): readonly Problem[] {
  const own = Object.keys(isDict(spec["datasets"]) ? spec["datasets"] : {});
  if (found.free || own.length > 0 || rowsIn(spec) > 0 || [...named.values()].every((rows) => rows.length === 0)) return [];
  const rows = [...named.values()].flat();
  const known = new Set([...found.made, "key", "value", "*"]);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const missing = [...found.fields].filter((field) => !known.has(field) && !/^__/.test(field) && !rows.some((row) => has(row, field)));
  return missing.map((field) => chartUnknownField(field, suggest(field, names)));
}

const has = (row: DataRow, field: string): boolean => reach(row, field) !== undefined;

function finish(spec: Dict, named: ReadonlyMap<DataName, readonly DataRow[]>, slug: string): UserChart {
  const most = [...named].map(([name, rows]): [DataName, readonly DataRow[]] => [name, rows.slice(-mostDataRows)]);
  const left = [...named].flatMap(([name, rows]) =>
    rows.length > mostDataRows ? [`the newest ${mostDataRows} of ${rows.length} ${name}`] : [],
  );
  const title = textOf(spec["title"]);
  const description = textOf(spec["description"]);
  const datasets = { ...(isDict(spec["datasets"]) ? spec["datasets"] : {}), ...Object.fromEntries(most) };
  const { title: _, ...untitled } = spec;
  const whole = { ...(coloured(isPlainTitle(spec["title"]) ? untitled : spec, decisionScale(most)) as Dict), datasets, background: null };
  return {
    wide: styled(whole, { view: wideView }),
    narrow: styled(narrowed(whole), { view: narrowView, legend: { orient: "bottom", columns: 3 } }),
    name: description ?? title ?? `Chart of ${[...named.keys()].join(" and ") || "inline data"}`,
    ...(title === undefined || !isPlainTitle(spec["title"]) ? {} : { title }),
    caption: [...(description === undefined ? [] : [description]), ...left],
    data: dataTable(spec, most, slug),
  };
}

/** One that says more than its text is drawn as its author wants it. */
const isPlainTitle = (value: Json | undefined): boolean => value !== undefined && (!isDict(value) || Object.keys(value).length === 1);

/** A title may be several lines, or a map that holds the text. */
function textOf(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value.trim() || undefined;
  if (Array.isArray(value))
    return (
      value
        .filter((line) => typeof line === "string")
        .join(" ")
        .trim() || undefined
    );
  return isDict(value) ? textOf(value["text"]) : undefined;
}

const wideView: Dict = { continuousWidth: 640, continuousHeight: 300, discreteWidth: { step: 40 } };
const decisionColours: Readonly<Record<string, string>> = {
  kept: "var(--keep)",
  discarded: "var(--discard)",
  undecided: "var(--undecided)",
  failed: "var(--bad)",
  lost: "var(--bad)",
  running: "var(--muted)",
  planned: "var(--faint)",
};

/** Those that occur, in their fixed order. */
function decisionScale(named: Named): Dict {
  const words = new Set(named.flatMap(([, rows]) => rows.map((row) => row["decision"])));
  const domain = Object.keys(decisionColours).filter((word) => words.has(word));
  return { domain, range: domain.map((word) => decisionColours[word] ?? "") };
}

/** The decision has its colours everywhere, unless the chart says otherwise. */
function coloured(value: Json, scale: Dict): Json {
  if (Array.isArray(value)) return value.map((item) => coloured(item as Json, scale));
  if (!isDict(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === "datasets" || key === "data") return [key, inner];
      const plain =
        ["color", "fill", "stroke"].includes(key) && isDict(inner) && inner["field"] === "decision" && inner["scale"] === undefined;
      return [key, plain ? { ...inner, scale } : coloured(inner, scale)];
    }),
  );
}

const narrowView: Dict = { continuousWidth: 260, continuousHeight: 200, discreteWidth: { step: 24 } };
const narrowest = 300;

/** A single view with a width of its own is drawn narrower; several beside each other are scaled. */
function narrowed(spec: Dict): Dict {
  const { width } = spec;
  return typeof width === "number" && width > narrowest && (spec["mark"] !== undefined || spec["layer"] !== undefined)
    ? { ...spec, width: 260 }
    : spec;
}

const ourLook: Dict = {
  axis: { gridColor: "var(--line)", domainColor: "var(--strong)", tickColor: "var(--strong)" },
  axisXDiscrete: { labelAngle: -40 },
  legend: { labelColor: "var(--muted)", titleColor: "var(--muted)", labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400 },
  header: { labelColor: "var(--text)", titleColor: "var(--muted)" },
  title: { color: "var(--text)", subtitleColor: "var(--muted)", fontSize: 15, fontWeight: 600, anchor: "start" },
  mark: { color: "var(--s1)" },
  rule: { color: "var(--strong)" },
  tick: { color: "var(--s1)" },
  boxplot: { rule: { color: "var(--strong)" }, median: { color: "var(--bg)" } },
  errorbar: { color: "var(--muted)" },
  range: { category: ["var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)", "var(--s5)", "var(--discard)"] },
};

/** Theirs wins. */
function styled(spec: Dict, place: Dict): Spec {
  const base = merge(merge(config as Dict, ourLook), place);
  return { ...spec, config: isDict(spec["config"]) ? merge(base, spec["config"]) : base };
}

function merge(under: Dict, over: Dict): Dict {
  const out: { [key: string]: Json } = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = out[key];
    out[key] = isDict(below) && isDict(value) ? merge(below, value) : value;
  }
  return out;
}

const mostShown = 50;

/** The fields that the chart names, of the data that it names first. */
function dataTable(spec: Dict, named: Named, slug: string): Table {
  const inline = isDict(spec["data"]) && Array.isArray(spec["data"]["values"]) ? spec["data"]["values"].filter(isDict) : undefined;
  const rows = named[0]?.[1] ?? inline ?? [];
  const fields = [...look(spec).fields].filter((field) => rows.some((row) => has(row, field)));
  return {
    name: slug,
    title: "Data of the chart",
    columns: fields.map((field) => left(field, field)),
    rows: fields.length === 0 ? [] : rows.slice(-mostShown).map((row) => fields.map((field) => cell(shown(reach(row, field))))),
    notes: rows.length > mostShown ? [`The last ${mostShown} of ${rows.length} rows.`] : [],
    empty: "No data.",
  };
}

/** `a.b`, `a[b]` and `a\\.b` reach into a row. */
function reach(row: DataRow, field: string): Json | undefined {
  return (field.match(/(?:\\.|[^.[\]\\])+/g) ?? []).reduce<Json | undefined>((at, part) => {
    const name = part.replace(/\\(.)/g, "$1").replace(/^['"]|['"]$/g, "");
    return isDict(at) ? at[name] : undefined;
  }, row);
}

const shown = (value: Json | undefined): string | undefined =>
  value === undefined || value === null ? undefined : typeof value === "object" ? JSON.stringify(value) : String(value);
