// Runs as rows: what each changed, what came out, how it stands to its base. On a phone a row is two lines, so the roles are said aloud.

import type { VNode } from "preact";
import type { RunLine, Value } from "../../../src/report/run-line.ts";
import { Absent, ChangeBar, DeltaText } from "./bar.tsx";
import * as roles from "./roles.ts";
import { Chips, GlyphMark, RunId } from "./run.tsx";
import { Scroll } from "./table.tsx";

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
    <Scroll label={name}>
      <table class="run-lines" {...roles.table} aria-label={name}>
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
    </Scroll>
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
      <td {...roles.cell} class="which">
        <span class="run-name">
          <GlyphMark glyph={run.glyph} /> <RunId run={run} path={path} />{" "}
          <span class="run-title" title={run.title}>
            {run.title}
          </span>
        </span>
        <Chips chips={chips} />
      </td>
      {metric && (
        <>
          <td {...roles.cell} class={result?.word ? "right outcome word" : "right outcome"}>
            {result === undefined ? <Absent /> : <ValueText value={result} />}
          </td>
          <td {...roles.cell} class="right on-base">
            <DeltaText delta={delta} />
          </td>
          <td {...roles.cell} class="bar-cell">
            <ChangeBar bar={bar} />
          </td>
        </>
      )}
      {dates && (
        <td {...roles.cell} class="day">
          {day}
        </td>
      )}
      <td {...roles.cell} class={`decided ${run.glyph.word}`}>
        {run.glyph.word}
      </td>
    </tr>
  );
}

/** What stands behind a value may stand below it. */
export function ValueText({ value }: { readonly value: Value }): VNode {
  return (
    <>
      <span class="mean">{value.value}</span>
      {value.spread !== undefined && <span class="spread"> {value.spread}</span>}
    </>
  );
}
