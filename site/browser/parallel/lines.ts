// The lines of the picture under a filter: those that do not match fade, and those for which the picture had no room are drawn beside it.

import type { Group } from "../../../src/analysis/study.ts";
import { recordedValue } from "../../../src/analysis/table.ts";
import { parseValue } from "../../../src/record/value.ts";
import { inUnit } from "../../../src/report/chart-parts.ts";
import type { AxisFrame } from "../../../src/report/parallel-chart.ts";
import { fan, type ParallelAxis, within } from "../../../src/report/parallel-rows.ts";
import { placeIn, valueAxis } from "../../../src/report/value-axis.ts";

/** `undefined`: no filter. The id of a line is the first word of its tip. */
export function fadeLines(section: Element, matching: ReadonlySet<string> | undefined): void {
  for (const line of section.querySelectorAll<SVGPathElement>(".chart path[data-run]")) {
    const id = line.dataset["run"] || (line.dataset["tip"] ?? "").split(" ", 1)[0] || "";
    line.classList.toggle("faded", matching !== undefined && !matching.has(id));
  }
}

/** Where the configurations stand on an axis; in the gutter where they recorded nothing. */
export function placer(axis: ParallelAxis): (group: Group) => number | undefined {
  if (axis.kind === "metric") {
    const at = placeIn(axis);
    return ({ readings }) => {
      const mean = readings.get(axis.name)?.mean;
      const share = mean === undefined ? undefined : at(inUnit(mean, axis.unit));
      return share === undefined ? undefined : within(axis.turned ? 1 - share : share);
    };
  }
  const texts = axis.kind === "words" ? axis.words : [];
  const words = valueAxis(texts.map((text) => ({ text, value: parseValue(text) })));
  const numbers = placeIn(axis);
  return ({ first }) => {
    const value = recordedValue(first, axis.name);
    if (value === undefined) return undefined;
    const share = axis.kind === "words" ? words?.place(value) : numbers(Number(value.value));
    return share === undefined ? undefined : within(share);
  };
}

const mostDrawn = 10_000;
const gutter = -0.16;

/** −1 to 1, the best last: lines that meet in a value stand side by side. */
function ranksOf(groups: readonly Group[], axes: readonly ParallelAxis[]): ReadonlyMap<Group, number> {
  const metric = axes.at(-1);
  const value = ({ readings }: Group): number => readings.get(metric?.name ?? "")?.mean ?? 0;
  const sign = metric?.turned ? -1 : 1;
  const sorted = groups.toSorted((left, right) => (value(left) - value(right)) * sign);
  return new Map(sorted.map((group, at) => [group, sorted.length < 2 ? 0 : (2 * at) / (sorted.length - 1) - 1]));
}

/** All of them on a canvas over the picture, whose own lines are faded meanwhile. Takes it away without any. */
export function drawLines(chart: HTMLElement, groups: readonly Group[], axes: readonly ParallelAxis[], frame: AxisFrame): void {
  const svg = chart.querySelector("svg");
  const old = chart.querySelector("canvas");
  if (svg === null || groups.length === 0) return old?.remove();
  const canvas = old ?? document.createElement("canvas");
  canvas.className = "lines";
  canvas.setAttribute("aria-hidden", "true");
  const { width, height } = svg.getBoundingClientRect();
  const scale = width / frame.width;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  pen.setTransform(ratio * scale, 0, 0, ratio * scale, 0, 0);
  const colors = getComputedStyle(chart);
  const places = axes.map(placer);
  const ranks = ranksOf(groups, axes);
  const alpha = Math.min(Math.max(12 / Math.sqrt(groups.length), 0.1), 0.6);
  const y = (place: number): number => frame.top + frame.height * (1 - (place - frame.low) / (1 - frame.low));
  for (const kept of [false, true]) {
    pen.strokeStyle = colors.getPropertyValue(kept ? "--keep" : "--discard");
    pen.globalAlpha = kept ? alpha : alpha / 2;
    pen.lineWidth = kept ? 1.25 : 1;
    for (const group of groups.slice(-mostDrawn)) {
      if ((group.decision === "keep") !== kept) continue;
      pen.beginPath();
      for (const [at, place] of places.entries()) {
        const spread = axes[at]?.discrete ? (ranks.get(group) ?? 0) * fan : 0;
        pen.lineTo(frame.left + at * frame.step, y((place(group) ?? gutter) + spread));
      }
      pen.stroke();
    }
  }
  if (old === null) chart.append(canvas);
}
