// One panel of curves as an SVG: axes, lines, names at their ends, a rule that reads all of them at the pointer's place.

import { apart, placeOf, textWidth } from "../../../src/report/chart-parts.ts";
import { type CurveLine, type CurvePanel, curveTicks, shownNumber, tickRoom } from "../../../src/report/curve-chart.ts";
import type { Point } from "../../../src/report/curve-series.ts";
import { hideTip, showTip } from "../tip.ts";
import type { Surface } from "./gestures.ts";

const names = "http://www.w3.org/2000/svg";
const top = 8;
const bottom = 24;
/** Lines with a name at their end. */
const mostNames = 8;

type Attributes = Readonly<Record<string, string | number | undefined>>;

function element<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...inner: readonly (SVGElement | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(names, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, String(value));
  made.append(...inner);
  return made;
}

export interface DrawnPanel extends Surface {
  readonly svg: SVGSVGElement;
}

interface Plot {
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export function drawPanel(panel: CurvePanel, width: number, height: number): DrawnPanel {
  const ends = endNames(panel);
  const rows = curveTicks(panel.range, 4);
  const left = tickRoom(rows);
  const right = ends.reduce((most, { line }) => Math.max(most, textWidth(line.run.label)), 0) + (ends.length > 0 ? 12 : 8);
  const inner = Math.max(width - left - right, 60);
  const plot: Plot = {
    left,
    width: inner,
    height: height - top - bottom,
    x: (value) => left + ((value - panel.from) / (panel.to - panel.from || 1)) * inner,
    y: (value) => top + placeOf(value, panel.range, height - top - bottom, false),
  };
  const svg = element("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": sentence(panel) });
  svg.append(...axes(panel, plot, rows), clipped(panel, plot), ...crosses(panel, plot), ...labels(ends, plot));
  mountRule(svg, panel, plot);
  return {
    svg,
    valueAt: (clientX) => panel.from + ((clientX - svg.getBoundingClientRect().left - left) / inner) * (panel.to - panel.from),
    plot: () => {
      const box = svg.getBoundingClientRect();
      return { left: box.left + left, top: box.top + top, width: inner, height: plot.height };
    },
  };
}

function sentence({ name, lines, x, from, to }: CurvePanel): string {
  const told = lines
    .slice(0, mostNames)
    .map(({ run, last }) => `${run.label} ${last?.[1] == null ? "without a value" : `ends at ${shownNumber(last[1])}`}`);
  return `${name} over ${x} ${shownNumber(from)} to ${shownNumber(to)}: ${told.join(", ")}${lines.length > mostNames ? `, and ${lines.length - mostNames} more` : ""}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function axes(panel: CurvePanel, plot: Plot, rows: ReturnType<typeof curveTicks>): readonly SVGElement[] {
  const base = top + plot.height;
  const columns = curveTicks({ low: panel.from, high: panel.to, log: false }, Math.max(2, Math.floor(plot.width / 110)));
  return [
    ...rows.map(({ at }) => element("path", { d: `M${plot.left} ${round(plot.y(at))}h${round(plot.width)}`, stroke: "var(--line)" })),
    element("path", { d: `M${plot.left} ${base}h${round(plot.width)}`, stroke: "var(--strong)" }),
    ...rows.map(({ at, text }) =>
      element("text", { x: plot.left - 6, y: round(plot.y(at) + 4), "text-anchor": "end", fill: "var(--muted)" }, text),
    ),
    ...columns.flatMap(({ at, text }, index) => [
      element("path", { d: `M${round(plot.x(at))} ${base}v4`, stroke: "var(--strong)" }),
      element(
        "text",
        { x: round(plot.x(at)), y: base + 18, "text-anchor": "middle", fill: "var(--muted)" },
        index === columns.length - 1 ? `${panel.x} ${text}` : text,
      ),
    ]),
  ];
}

/** Everything that may reach beyond the plot. */
function clipped({ lines }: CurvePanel, plot: Plot): SVGSVGElement {
  const inner = element("svg", {
    x: plot.left,
    y: top - 2,
    width: round(plot.width),
    height: plot.height + 4,
    viewBox: `${plot.left} ${top - 2} ${round(plot.width)} ${plot.height + 4}`,
    fill: "none",
  });
  for (const { band, run } of lines)
    if (band !== undefined) inner.append(element("path", { d: bandPath(band, plot), fill: run.color, "fill-opacity": 0.15 }));
  const behindFirst = [...lines.filter(({ run }) => run.isFaint === true), ...lines.filter(({ run }) => run.isFaint !== true)];
  for (const { points, smoothed, run } of behindFirst) {
    const look = { stroke: run.color, "stroke-dasharray": run.isDashed === true ? "6 3" : undefined, "stroke-linejoin": "round" };
    if (smoothed !== undefined) inner.append(element("path", { ...look, d: path(points, plot), "stroke-width": 1, "stroke-opacity": 0.3 }));
    inner.append(
      element("path", {
        ...look,
        d: path(smoothed ?? points, plot),
        "stroke-width": run.isFaint === true ? 1 : smoothed === undefined ? 1.5 : 2,
      }),
    );
  }
  return inner;
}

function path(points: readonly Point[], { x, y }: Plot): string {
  let isOpen = false;
  let out = "";
  for (const [at, value] of points) {
    if (value === null || !Number.isFinite(y(value))) {
      isOpen = false;
      continue;
    }
    out += `${isOpen ? "L" : "M"}${round(x(at))} ${round(y(value))}`;
    isOpen = true;
  }
  return out;
}

function bandPath(band: NonNullable<CurveLine["band"]>, { x, y }: Plot): string {
  const above = band.map(([at, , high]) => `${round(x(at))} ${round(y(high))}`);
  const below = band.toReversed().map(([at, low]) => `${round(x(at))} ${round(y(low))}`);
  return `M${[...above, ...below].join("L")}Z`;
}

/** Where a run was last seen before its values were no numbers. */
function crosses({ lines, from, to }: CurvePanel, { x, y }: Plot): readonly SVGElement[] {
  return lines.flatMap(({ lost, run }) => {
    if (lost?.[1] == null || lost[0] < from || lost[0] > to) return [];
    return [
      element("path", {
        d: `M${round(x(lost[0]) - 4)} ${round(y(lost[1]) - 4)}l8 8m0 -8l-8 8`,
        stroke: run.color,
        "stroke-width": 1.5,
        fill: "none",
      }),
    ];
  });
}

interface EndName {
  readonly line: CurveLine;
  readonly at: number;
}

/** Of one line alone the heading says whose it is. */
function endNames({ lines, to }: CurvePanel): readonly EndName[] {
  const named = lines.filter(({ run, last }) => run.isFaint !== true && last !== undefined);
  if (lines.length < 2 || named.length > mostNames) return [];
  return named.flatMap((line) => {
    const last = (line.smoothed ?? line.points).findLast(([x, y]) => y !== null && x <= to);
    return last?.[1] == null ? [] : [{ line, at: last[1] }];
  });
}

function labels(ends: readonly EndName[], { left, width, height, y }: Plot): readonly SVGElement[] {
  const places = apart(
    ends.map(({ at }) => y(at)),
    top + height,
  );
  return ends.map(({ line }, index) =>
    element(
      "text",
      { x: round(left + width + 6), y: round((places[index] ?? 0) + 4), fill: line.run.color, "font-weight": 500 },
      line.run.label,
    ),
  );
}

/** The values of all lines where the pointer is. */
function mountRule(svg: SVGSVGElement, panel: CurvePanel, plot: Plot): void {
  const rule = element("path", { stroke: "var(--line-2)", "pointer-events": "none" });
  svg.append(rule);
  svg.addEventListener("pointermove", (event) => {
    event.stopPropagation();
    const box = svg.getBoundingClientRect();
    const at = panel.from + ((event.clientX - box.left - plot.left) / plot.width) * (panel.to - panel.from);
    const read = at < panel.from || at > panel.to || event.buttons !== 0 ? undefined : readAt(panel, at);
    rule.setAttribute("d", read === undefined ? "" : `M${round(plot.x(read.x))} ${top}v${plot.height}`);
    if (read === undefined) hideTip();
    else showTip({ left: box.left + plot.x(read.x), top: box.top + top, width: 0, height: plot.height }, read.text);
  });
  svg.addEventListener("pointerleave", () => {
    rule.setAttribute("d", "");
    hideTip();
  });
}

function readAt({ lines, x }: CurvePanel, at: number): { readonly x: number; readonly text: string } | undefined {
  const read = lines.flatMap(({ run, points, smoothed }) => {
    const point = nearestPoint(smoothed ?? points, at);
    return point === undefined
      ? []
      : [{ run, x: point[0], text: point[1] === null ? "diverged" : shownNumber(Number(point[1].toPrecision(5))) }];
  });
  const first = read.reduce<(typeof read)[number] | undefined>(
    (near, one) => (near === undefined || Math.abs(one.x - at) < Math.abs(near.x - at) ? one : near),
    undefined,
  );
  if (first === undefined) return undefined;
  const told = read.slice(0, 12).map(({ run, text }) => `${run.label} ${text}`);
  return {
    x: first.x,
    text: [`${x} ${shownNumber(first.x)}`, ...told, ...(read.length > 12 ? [`and ${read.length - 12} more`] : [])].join(" · "),
  };
}

function nearestPoint(points: readonly Point[], at: number): Point | undefined {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [points[low - 1], points[low]];
  if (before === undefined || after === undefined) return after ?? before;
  return at - before[0] < after[0] - at ? before : after;
}
