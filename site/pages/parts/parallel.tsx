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
            {rows.columns.map(({ name, text, number }) => (
              <th key={name} scope="col" class={number ? "right" : "left"} title={text.title}>
                {text.text}
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
                <td key={rows.columns[at]?.name} class={rows.columns[at]?.number ? "right" : "left nowrap"} title={cell?.title}>
                  {cell === undefined ? <Absent /> : cell.text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
