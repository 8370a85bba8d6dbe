import type { VNode } from "preact";
import type { ParallelRows } from "../../../src/report/parallel-rows.ts";
import { Absent } from "./bar.tsx";
import { RunCell } from "./run.tsx";
import { Scroll } from "./table.tsx";

export function ParallelTable({
  rows,
  path,
  labelledBy,
}: {
  readonly rows: ParallelRows;
  readonly path: string;
  readonly labelledBy: string;
}): VNode {
  return (
    <Scroll labelledBy={labelledBy}>
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col" class="right">
              {rows.metric}
            </th>
            {rows.columns.map(({ label, number }) => (
              <th key={label} scope="col" class={number ? "right" : "left"}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.rows.map(({ run, cells, value }) => (
            <tr key={run.id}>
              <th scope="row">
                <RunCell run={run} path={path} />
              </th>
              <td class="right">{value}</td>
              {cells.map((cell, at) => (
                <td key={rows.columns[at]?.label} class={rows.columns[at]?.number ? "right" : "left"}>
                  {cell === undefined ? <Absent /> : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
