// The change bar: axis in the middle, better always to the right. Solid is judged, hollow cannot tell, dashed is not judged.

import type { VNode } from "preact";
import type { Bar, DeltaView } from "../../../src/report/page.ts";

const height = 14;

export function ChangeBar({ bar, width = 96 }: { readonly bar: Bar | undefined; readonly width?: 48 | 96 }): VNode | null {
  if (bar === undefined) return null;
  const middle = width / 2;
  const reach = middle - 2;
  const x = (at: number): number => Math.round((middle + Math.max(-1, Math.min(1, at)) * reach) * 10) / 10;
  const end = x(bar.at);
  const cut = Math.abs(bar.at) > 1;
  const left = Math.min(middle, end);
  const size = Math.round(Math.max(Math.abs(end - middle), 1) * 10) / 10;
  const point = bar.at > 0 ? `M${end} 3L${end + 2} 7L${end} 11Z` : `M${end} 3L${end - 2} 7L${end} 11Z`;
  return (
    <svg class={`bar ${bar.word}${width === 48 ? " short" : ""}`} aria-hidden="true">
      <path class="axis" d={`M${middle} 0V${height}`} />
      {bar.at !== 0 && <rect x={left} y="3" width={size} height="8" />}
      {cut && <path class="point" d={point} />}
      {bar.low !== undefined && bar.high !== undefined && <path class="whisker" d={`M${x(bar.low)} 7H${x(bar.high)}`} />}
    </svg>
  );
}

/** `+1.7 pp`, coloured only when judged; the rest in its title. */
export function DeltaText({ delta, full = false }: { readonly delta: DeltaView | undefined; readonly full?: boolean }): VNode {
  if (delta === undefined) return <Absent />;
  const judged = delta.word === "better" || delta.word === "worse";
  const more = [delta.relative, delta.interval, delta.evidence, delta.method ?? delta.n].filter(Boolean).join(" · ");
  return (
    <span class={`delta ${judged ? delta.word : "open"}`} title={more}>
      {delta.text}
      {full && delta.relative !== undefined && <span class="rel"> ({delta.relative})</span>}
      {full && delta.interval !== undefined && <span class="interval"> {delta.interval}</span>}
    </span>
  );
}

/** Not recorded. */
export function Absent({ label = "not recorded" }: { readonly label?: string }): VNode {
  return (
    <span class="absent">
      <span aria-hidden="true">–</span>
      <span class="hidden">{label}</span>
    </span>
  );
}
