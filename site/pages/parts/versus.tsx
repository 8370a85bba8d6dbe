// Baseline and best, a row per metric. On a phone a row is two lines, so the roles are said aloud.

import type { VNode } from "preact";
import type { Versus as VersusModel, VersusRow } from "../../../src/report/versus.ts";
import { Absent, ChangeBar, DeltaText } from "./bar.tsx";
import * as roles from "./roles.ts";
import { GlyphMark, RunId } from "./run.tsx";
import { ValueText } from "./run-lines.tsx";
import { Scroll } from "./table.tsx";

export function Versus({ versus, path }: { readonly versus: VersusModel; readonly path: string }): VNode {
  const { baseline, best, rows, left } = versus;
  const records = rows.some(({ record }) => record !== undefined);
  const guessed = rows.filter((row) => row.guessed).map(({ name }) => name);
  return (
    <>
      <Scroll label="Baseline and best">
        <table class="pairs" {...roles.table} aria-label="Baseline and best">
          <thead {...roles.rows}>
            <tr {...roles.row}>
              <th {...roles.head}>Metric</th>
              <th {...roles.head} class="right">
                Baseline <RunId run={baseline} path={path} />
              </th>
              <th {...roles.head} class="right">
                Best <GlyphMark glyph={best.glyph} /> <RunId run={best} path={path} />
              </th>
              <th {...roles.head} class="right">
                Change
              </th>
              <th {...roles.head} class="worse-better">
                <span>worse</span> <span>better</span>
              </th>
              {records && (
                <th {...roles.head} class="right">
                  Record
                </th>
              )}
            </tr>
          </thead>
          <tbody {...roles.rows}>
            {rows.map((row) => (
              <Row key={row.name} row={row} path={path} records={records} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {guessed.length > 0 && <p class="note">Direction guessed: {guessed.join(", ")}.</p>}
      {left > 0 && <p class="note">{left} more metrics stand on the pages of the two runs.</p>}
    </>
  );
}

interface RowProps {
  readonly row: VersusRow;
  readonly path: string;
  readonly records: boolean;
}

function Row({ row, path, records }: RowProps): VNode {
  const { name, arrow, before, after, delta, bar, apart, guard, record } = row;
  return (
    <tr {...roles.row}>
      <th {...roles.name} class="name">
        {name}
        {arrow}
        {guard !== undefined && (
          <span class={guard.broken ? "guard broken" : "guard"}> {guard.broken ? `${guard.text}, broken` : guard.text}</span>
        )}
      </th>
      <td {...roles.cell} class="right before">
        {before === undefined ? <Absent /> : <ValueText value={before} />}
      </td>
      <td {...roles.cell} class="right after">
        {after === undefined ? <Absent /> : <ValueText value={after} />}
      </td>
      <td {...roles.cell} class="right on-base">
        {apart === undefined ? <DeltaText delta={delta} /> : <span class="muted">{apart}</span>}
      </td>
      <td {...roles.cell} class="bar-cell">
        <ChangeBar bar={bar} />
      </td>
      {records && (
        <td {...roles.cell} class="right record">
          {record !== undefined && (
            <>
              {record.value} <RunId run={record.run} path={path} />
            </>
          )}
        </td>
      )}
    </tr>
  );
}
