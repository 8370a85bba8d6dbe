// Runs as rows: what each changed, what came out, how it stands to its base. On a phone a row is two lines, so the roles are said aloud.

import type { VNode } from "preact";
import type { RunLine } from "../../../src/report/run-line.ts";
import { ChangeBar, DeltaText } from "./bar.tsx";
import * as roles from "./roles.ts";
import { Chips, GlyphMark, RunId } from "./run.tsx";

export interface RunLinesProps {
  readonly lines: readonly RunLine[];
  readonly path: string;
  /** What the table is, for those who do not see where it stands. */
  readonly name: string;
  /** Of the metric; without one there is no column for results. */
  readonly metric: string | undefined;
  readonly dates?: boolean;
}

export function RunLines({ lines, path, name, metric, dates = false }: RunLinesProps): VNode {
  return (
    <table class="lines" {...roles.table} aria-label={name}>
      <thead {...roles.rows}>
        <tr {...roles.row}>
          <th {...roles.head}>Run</th>
          {metric !== undefined && (
            <>
              <th {...roles.head} class="right">
                {metric}
              </th>
              <th {...roles.head} class="right">
                On its base
              </th>
              <th {...roles.head} class="worse-better">
                <span>worse</span> <span>better</span>
              </th>
            </>
          )}
          {dates && (
            <th {...roles.head} class="day">
              Date
            </th>
          )}
          <th {...roles.head}>Decision</th>
        </tr>
      </thead>
      <tbody {...roles.rows}>
        {lines.map((line) => (
          <Row key={line.run.id} line={line} path={path} metric={metric !== undefined} dates={dates} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly line: RunLine;
  readonly path: string;
  readonly metric: boolean;
  readonly dates: boolean;
}

function Row({ line, path, metric, dates }: RowProps): VNode {
  const { run, chips, result, delta, bar, day } = line;
  return (
    <tr {...roles.row}>
      <td {...roles.cell} class="who">
        <GlyphMark glyph={run.glyph} /> <RunId run={run} path={path} />
        <span class="title" title={run.title}>
          {run.title}
        </span>
        <Chips chips={chips} />
      </td>
      {metric && (
        <>
          <td {...roles.cell} class={result?.word ? "right result word" : "right result"}>
            {result === undefined ? "" : result.text}
          </td>
          <td {...roles.cell} class="right change">
            {delta !== undefined && <DeltaText delta={delta} />}
          </td>
          <td {...roles.cell} class="drawn">
            <ChangeBar bar={bar} />
          </td>
        </>
      )}
      {dates && (
        <td {...roles.cell} class="day">
          {day}
        </td>
      )}
      <td {...roles.cell} class={`decision ${run.glyph.word}`}>
        {run.glyph.word}
      </td>
    </tr>
  );
}
