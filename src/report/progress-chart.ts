// Are we getting better? Every finished run in order, the best kept so far as a step line, the baseline as a dotted rule.

import type { StudyAnalysis } from "../analysis/study.ts";
import type { Direction } from "../record/experiment.ts";
import { formatQuantity } from "../record/format.ts";
import type { Chart } from "./chart.ts";
import { glyphOf, newestFirst } from "./words.ts";

interface ProgressPoint {
  readonly id: string;
  readonly title: string;
  readonly value: number;
  readonly decision: "kept" | "discarded" | "undecided";
}

interface ProgressInput {
  /** In order. */
  readonly points: readonly ProgressPoint[];
  readonly metric: string;
  readonly unit?: string;
  readonly direction: Direction;
  readonly baseline?: number;
}

interface ChartSpec {
  readonly spec: Readonly<Record<string, unknown>>;
  /** The sentence that stands for the picture. */
  readonly name: string;
}

/** At most this many marks in a static chart; the newest are kept. */
const most = 400;

/** Nothing is drawn below three points: a sentence says it better. */
export function progressChart(study: StudyAnalysis, slug: string): Chart | undefined {
  const metric = study.primary;
  if (metric?.direction === undefined) return undefined;
  const baseline = study.baseline?.readings.get(metric.name)?.mean;
  const points = newestFirst(study)
    .toReversed()
    .flatMap((group) => {
      const value = group.readings.get(metric.name)?.mean;
      const { word } = glyphOf(group);
      if (value === undefined || (word !== "kept" && word !== "discarded" && word !== "undecided")) return [];
      return [{ id: group.first.run.id, title: group.first.run.title, value, decision: word } as const];
    });
  if (points.length < 3) return undefined;
  const { spec, name } = draft({
    points,
    metric: metric.label,
    direction: metric.direction,
    ...(metric.unit === undefined ? {} : { unit: metric.unit }),
    ...(baseline === undefined ? {} : { baseline }),
  });
  const data = { name: "progress", title: "Progress", columns: [], rows: [], notes: [], empty: "" };
  return { slug, name, wide: spec, caption: [name], legend: [], data };
}

function draft(input: ProgressInput): ChartSpec {
  const shown = input.points.slice(-most);
  const better = input.direction === "max" ? Math.max : Math.min;
  const scale = input.unit === "%" ? 100 : 1;
  const offset = input.points.length - shown.length;
  const kept = input.points.filter((point) => point.decision === "kept");
  let best: number | undefined;
  const rows = input.points.map((point, index) => {
    if (point.decision === "kept") best = best === undefined ? point.value : better(best, point.value);
    return {
      x: index + 1,
      y: point.value * scale,
      best: best === undefined ? null : best * scale,
      decision: point.decision,
      tip: tip(point, input),
    };
  });
  const y = { field: "y", type: "quantitative", title: title(input), scale: { zero: false, nice: true }, axis: axisY };
  const x = {
    field: "x",
    type: "quantitative",
    title: "finished runs, in order",
    scale: { nice: false, domain: [offset + 0.5, input.points.length + 0.5] },
    axis: axisX,
  };
  const layer: unknown[] = [];
  if (input.baseline !== undefined) {
    layer.push({
      mark: { type: "rule", color: "var(--strong)", strokeDash: [2, 3] },
      data: { values: [{ y: input.baseline * scale }] },
      encoding: { y },
    });
  }
  if (kept.length > 0) {
    layer.push({
      mark: { type: "line", interpolate: "step-after", color: "var(--keep)", strokeWidth: 2 },
      encoding: { x, y: { ...y, field: "best" } },
    });
  }
  for (const [decision, mark] of Object.entries(marks)) {
    layer.push({
      transform: [{ filter: { field: "decision", equal: decision } }],
      mark: { type: "point", opacity: 1, ...mark },
      encoding: { x, y, description: { field: "tip" } },
    });
  }
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: 1100,
    height: 260,
    background: null,
    data: { values: rows.slice(-most) },
    layer,
    config: {
      view: { stroke: null },
      axis: { labelColor: "var(--muted)", titleColor: "var(--muted)", labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400 },
    },
  };
  return { spec, name: sentence(input, kept, better) };
}

const axisY = {
  grid: true,
  gridColor: "var(--line)",
  domain: false,
  ticks: false,
  tickCount: 5,
  titleAngle: 0,
  titleAlign: "left",
  titleAnchor: "end",
  titleY: -12,
  titleX: -40,
};
const axisX = { grid: false, domainColor: "var(--strong)", tickColor: "var(--strong)", tickMinStep: 1, format: "d" };
const marks = {
  discarded: { shape: "circle", filled: false, size: 42, stroke: "var(--discard)", strokeWidth: 1.25, fill: "var(--bg)" },
  undecided: { shape: "diamond", filled: false, size: 60, stroke: "var(--undecided)", strokeWidth: 1.5, fill: "var(--bg)" },
  kept: { shape: "circle", filled: true, size: 60, color: "var(--keep)" },
} as const;

const title = (input: ProgressInput): string =>
  `${input.metric}${input.unit === undefined ? "" : ` (${input.unit})`}, ${input.direction === "max" ? "higher" : "lower"} is better`;

function tip(point: ProgressPoint, input: ProgressInput): string {
  return `${point.id} ${point.title} · ${formatQuantity(point.value, input.unit)} · ${point.decision}`;
}

function sentence(input: ProgressInput, kept: readonly ProgressPoint[], better: (a: number, b: number) => number): string {
  const counts = `${input.points.length} finished runs, ${kept.length} kept`;
  if (kept.length === 0) return `${input.metric} over ${counts}`;
  const best = kept.map((point) => point.value).reduce((a, b) => better(a, b));
  return `${input.metric} over ${counts}; best kept ${formatQuantity(best, input.unit)}`;
}
