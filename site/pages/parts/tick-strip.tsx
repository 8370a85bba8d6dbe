// Repeats of two sides on one axis: a row of ticks before, a row after, means longer. Axis, before, its mean, after, its mean: the style sheet
// tells them by their order, for there are three of these on each of thousands of pages.

import type { VNode } from "preact";
import type { StripRow, TickStrip as TickStripModel } from "../../../src/report/tick-strip.ts";

export function TickStrip({ strip }: { readonly strip: TickStripModel }): VNode {
  return (
    <svg class={`strip ${strip.word}`} role="img" aria-label={strip.name}>
      <path d="M0 11H96" />
      <path d={ticks(strip.before, 2, 8)} />
      <path d={mean(strip.before, 0, 10)} />
      <path d={ticks(strip.after, 14, 20)} />
      <path d={mean(strip.after, 12, 22)} />
    </svg>
  );
}

function ticks({ ticks: places, spread }: StripRow, top: number, bottom: number): string {
  const middle = (top + bottom) / 2;
  return places.map((x) => `M${x} ${top}V${bottom}`).join("") + (spread === undefined ? "" : `M${spread[0]} ${middle}H${spread[1]}`);
}

const mean = ({ mean: x }: StripRow, top: number, bottom: number): string => `M${x} ${top}V${bottom}`;
