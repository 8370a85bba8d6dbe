// Changes against one run, each with its interval: filled where judged, hollow where it cannot be told. Percentages place everything, so
// that it fits any width without scripts.

import type { VNode } from "preact";
import type { Forest as ForestModel, ForestRow } from "../../../src/report/compare-page.ts";
import { DeltaText } from "./bar.tsx";
import { RunCell } from "./run.tsx";

const height = 28;
const percent = (at: number): string => `${Math.round((50 + Math.max(-1, Math.min(1, at)) * 48) * 100) / 100}%`;

export function Forest({ forest, path }: { readonly forest: ForestModel; readonly path: string }): VNode {
  return (
    <table class="forest">
      <caption>{forest.title}</caption>
      <thead class="hidden">
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Place</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {forest.rows.map((row) => (
          <tr key={row.run.id}>
            <th scope="row">
              <RunCell run={row.run} path={path} />
            </th>
            <td class="strip">
              <Strip row={row} forest={forest} />
            </td>
            <td class="words">
              <DeltaText delta={row.delta} /> {row.delta.interval} <span class="muted">{row.delta.evidence}</span>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td />
          <td class="strip">
            <svg class="forest-axis" width="100%" height="20" aria-hidden="true">
              {forest.ticks.map(({ at, text }) => (
                <text key={at} x={percent(at)} y="14" class={at === -1 ? "first" : at === 1 ? "last" : at % 1 === 0 ? undefined : "minor"}>
                  {text}
                </text>
              ))}
            </svg>
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function Strip({ row, forest }: { readonly row: ForestRow; readonly forest: ForestModel }): VNode {
  const { at, low, high, delta } = row;
  const cut = Math.abs(at) > 1;
  return (
    <svg class={`forest-row ${delta.word}`} width="100%" height={height} aria-hidden="true">
      {forest.zone > 0 && (
        <rect
          class="zone"
          x={percent(-forest.zone)}
          y="0"
          width={`${Math.round(Math.min(forest.zone, 1) * 9600) / 100}%`}
          height={height}
        />
      )}
      <line class="zero" x1="50%" x2="50%" y1="0" y2={height} />
      {low !== undefined && high !== undefined && (
        <line class="interval" x1={percent(low)} x2={percent(high)} y1={height / 2} y2={height / 2} />
      )}
      <svg x={percent(at)} y={height / 2} overflow="visible" aria-hidden="true">
        {cut ? (
          <path class="mark" d={at > 0 ? "M-5 -5L4 0L-5 5Z" : "M5 -5L-4 0L5 5Z"} />
        ) : (
          <rect class="mark" x="-4" y="-4" width="8" height="8" />
        )}
      </svg>
    </svg>
  );
}
