// Head, cells and rows of the log table. The static page and the script that takes its place draw them with the same functions.

import type { ComponentChildren, VNode } from "preact";
import type { LogCell, LogColumn, LogPart } from "../../../src/report/log-row.ts";
import { Absent, ChangeBar, DeltaText } from "./bar.tsx";
import { Label } from "./label.tsx";
import { Chips } from "./run.tsx";

/** `extra`: see `fit`; nothing where all columns are shown. */
export function LogColumns({ columns, extra }: { readonly columns: readonly LogColumn[]; readonly extra?: readonly string[] }): VNode {
  return (
    <colgroup>
      <col class="c-run" />
      {columns.map((column, at) => (
        <col key={column.name} class={`c-${column.width} ${extra?.[at] ?? ""}`.trim()} />
      ))}
    </colgroup>
  );
}

/** Of the columns that are shown as far as there is room. */
export const isExtra = ({ width }: LogColumn): boolean => width === "metric" || width === "parameter" || width === "wide";

/** Without scripts the page shows metrics and parameters as far as it is wide: three always, each further one from its own width on. */
export function fit(columns: readonly LogColumn[], at: number): string {
  const column = columns[at];
  if (column === undefined || !isExtra(column)) return "";
  return `fit-${columns.slice(0, at + 1).filter(isExtra).length}`;
}

export interface HeadProps {
  readonly column: LogColumn;
  readonly fit: string;
  readonly children?: ComponentChildren;
}

export function LogHead({ column, fit: extra, children }: HeadProps): VNode {
  const { label, title, align, width } = column;
  return (
    <th scope="col" class={`${align} h-${width} ${extra}`} title={title}>
      <Label text={label} />
      {width === "delta" && <span class="sides">worse | better</span>}
      {children}
    </th>
  );
}

/** `children`: what opens the runs behind a pooled value. */
export function LogValue({ cell, children }: { readonly cell: LogCell; readonly children?: ComponentChildren }): VNode | null {
  if (cell.kind === "chips") return <Chips chips={cell.chips} />;
  if (cell.kind === "absent") return <Absent />;
  if (cell.kind === "delta")
    return (
      <span class="change">
        <DeltaText delta={cell.delta} />
        <ChangeBar bar={cell.bar} width={48} />
      </span>
    );
  if (cell.kind === "text") return <>{cell.text}</>;
  return (
    <span class="value">
      {children}
      <span class={cell.state === undefined ? "number" : `number ${cell.state}`} title={cell.title}>
        {cell.text}
      </span>
      {cell.state === "invalid" && <span class="hidden"> invalid</span>}
    </span>
  );
}

/** The single values behind a pooled one, without scripts. */
export interface PartsProps {
  readonly cell: LogCell & { readonly kind: "value" };
  readonly parts: readonly LogPart[];
  readonly at: number;
}

/** n counts values, not files: of three runs of which two failed it is one. */
export function partsText({ state, n }: PartsProps["cell"], parts: number): string {
  return state === "failed" || state === "open" ? `${parts} runs` : `n = ${n ?? 1}`;
}

export function LogParts({ cell, parts, at }: PartsProps): VNode {
  return (
    <details class="parts">
      <summary>{partsText(cell, parts.length)}</summary>
      <ul>
        {parts.map((part) => (
          <li key={`${part.run?.id} ${part.label}`}>
            {part.run?.id ?? part.label} {plain(part.cells[at])}
          </li>
        ))}
      </ul>
    </details>
  );
}

const plain = (cell: LogCell | undefined): string => (cell?.kind === "value" ? cell.text : "–");
